//! `greenroom bank`: the question bank.

mod stats;
mod validate;

use super::Failure;
use clap::Subcommand;
use greenroom_providers::bank as shipped;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Bank {
    /// How many questions there are, by role, type and level.
    Stats {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
    /// Check every question: form, law, reading level, duplicates, reference, review.
    Validate {
        /// A folder with the bank's files, or one file of it; without it, the bank that is part of the program.
        path: Option<PathBuf>,
        /// For programs: a finding a line.
        #[arg(long)]
        json: bool,
        /// Warnings fail as well.
        #[arg(long)]
        strict: bool,
    },
    /// Write all questions as JSON lines.
    Export,
}

pub fn bank(what: Bank) -> Result<ExitCode, Failure> {
    match what {
        Bank::Stats { json } => stats::stats(&shipped::Bank::shipped()?, json),
        Bank::Validate { path, json, strict } => validate::validate(path.as_deref(), json, strict),
        Bank::Export => {
            for (role, question) in shipped::Bank::shipped()?.questions() {
                println!("{}", serde_json::json!({"role": role.role, "question": question}));
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
