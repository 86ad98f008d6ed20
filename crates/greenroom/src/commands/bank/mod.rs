//! `greenroom bank`: the question bank.

mod calibrate;
mod export;
mod import;
mod recalibrate;
mod stats;
mod validate;

use super::Failure;
use crate::config::Source;
use clap::{Subcommand, ValueEnum};
use greenroom_providers::bank as shipped;
use greenroom_providers::bank::exchange::Format;
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
    /// Write questions to a file.
    Export(export::Export),
    /// Add questions from a file to this server's database. What does not pass the checks is named and left out.
    Import(import::Import),
    /// How hard questions are and how sharply they tell people apart, with standard errors, from the answers
    /// that they got. Prints JSON.
    ///
    /// Ability is standard normal. `a` is the discrimination; `b` the difficulty, or the list of abilities at
    /// which each better one of `grades` becomes as likely as not; `a_se` and `b_se` are their standard
    /// errors. Marginal maximum likelihood by EM, with weak priors that hold what few answers leave open.
    Calibrate(calibrate::Calibrate),
    /// Calibrate this server's bank by the answers that are stored in its database; interviews use what is found. The
    /// server does the same once a week.
    Recalibrate {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
    /// How calibrated questions lie to their authors' levels; those that a curator should look at first.
    Drift {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
}

/// Kinds of file with questions.
#[derive(Clone, Copy, ValueEnum)]
pub enum FileFormat {
    /// A JSON object a line.
    Jsonl,
    /// Comma-separated values.
    Csv,
}

impl From<FileFormat> for Format {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Jsonl => Self::Jsonl,
            FileFormat::Csv => Self::Csv,
        }
    }
}

pub fn bank(source: Source, what: Bank) -> Result<ExitCode, Failure> {
    match what {
        Bank::Stats { json } => stats::stats(&shipped::Bank::shipped()?, json),
        Bank::Validate { path, json, strict } => validate::validate(path.as_deref(), json, strict),
        Bank::Export(what) => export::export(source, what),
        Bank::Import(what) => import::import(source, what),
        Bank::Calibrate(asked) => calibrate::run(&asked),
        Bank::Recalibrate { json } => recalibrate::recalibrate(&source, json),
        Bank::Drift { json } => recalibrate::drift(&source, json),
    }
}
