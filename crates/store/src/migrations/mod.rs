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
mod m0009_attempts;
mod m0010_operating;
mod m0011_identities;
mod m0012_audit;
mod m0013_objects;
mod m0014_managed_users;
mod m0015_voice_parts;
mod m0016_watching;

use crate::dialect::{Engine, alone, write_options};
use crate::error::{Result, StoreError};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};

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
            Box::new(m0009_attempts::Attempts),
            Box::new(m0010_operating::Operating),
            Box::new(m0011_identities::Identities),
            Box::new(m0012_audit::Audit),
            Box::new(m0013_objects::Objects),
            Box::new(m0014_managed_users::ManagedUsers),
            Box::new(m0015_voice_parts::VoiceParts),
            Box::new(m0016_watching::Watching),
        ]
    }
}

/// Brings the tables up to date. [`StoreError::Newer`] when a newer version of this program was here before.
/// Nodes that start together do so one after the other.
pub(crate) async fn up(engine: Engine, db: &DatabaseConnection) -> Result<()> {
    match applied(db).await {
        Ok(_) | Err(StoreError::NotOurs) => {}
        Err(error) => return Err(error),
    }
    let tx = db.begin_with_options(write_options(engine)).await?;
    alone(engine, &tx, "migrations").await?;
    Migrator::up(&tx, None).await?;
    Ok(tx.commit().await?)
}

/// Whether the tables have seen every migration, and none that is not known here.
pub(crate) async fn are_applied(db: &DatabaseConnection) -> Result<bool> {
    match applied(db).await {
        Ok(seen) => Ok(seen as usize == Migrator::migrations().len()),
        Err(StoreError::NotOurs | StoreError::Newer(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// How many migrations the tables have seen. [`StoreError::NotOurs`] when there are none of this program.
pub(crate) async fn applied(db: &impl ConnectionTrait) -> Result<u32> {
    let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let ask = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let rows = match ask {
        Ok(rows) => rows,
        Err(error) if is_missing(&error) => return Err(StoreError::NotOurs),
        Err(error) => return Err(error.into()),
    };
    let mut seen = 0;
    for row in rows {
        let version: String = row.try_get("", "version")?;
        if !known.contains(&version) {
            return Err(StoreError::Newer(version));
        }
        seen += 1;
    }
    Ok(seen)
}

/// SQLite and PostgreSQL say it in words of their own.
fn is_missing(error: &DbErr) -> bool {
    let text = error.to_string();
    text.contains("no such table") || text.contains("does not exist")
}
