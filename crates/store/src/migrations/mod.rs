//! The tables' history: one file a migration, additive. A shipped migration is never edited.

mod columns;
mod m0001_base;
mod m0002_judge_checks;
mod m0003_model_providers;
mod m0004_bank_questions;
mod m0005_question_calibrations;
mod m0006_cluster;
mod m0007_person_keys;
mod m0008_sign_ins;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_base::Base),
            Box::new(m0002_judge_checks::JudgeChecks),
            Box::new(m0003_model_providers::ModelProviders),
            Box::new(m0004_bank_questions::BankQuestions),
            Box::new(m0005_question_calibrations::QuestionCalibrations),
            Box::new(m0006_cluster::Cluster),
            Box::new(m0007_person_keys::PersonKeys),
            Box::new(m0008_sign_ins::SignIns),
        ]
    }
}
