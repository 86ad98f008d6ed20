//! `greenroom parse`: read a resume or a job description.

use super::{Failure, read_text};
use chrono::Datelike;
use clap::Subcommand;
use greenroom_app::SystemClock;
use greenroom_documents::{Limits, read_job, refresh, sandbox, seniority_on};
use greenroom_domain::clock::Clock;
use greenroom_providers::bank::Bank;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Parse {
    /// A resume: PDF, DOCX, text or Markdown.
    Resume {
        /// The file.
        file: PathBuf,
    },
    /// A job description: text.
    Job {
        /// The file.
        file: PathBuf,
    },
}

pub fn parse(what: Parse) -> Result<ExitCode, Failure> {
    match what {
        Parse::Resume { file } => {
            let bytes = std::fs::read(&file)
                .map_err(|error| Failure::BadInput(format!("{} cannot be read: {error}", file.display())))?;
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
            let executable = std::env::current_exe()?;
            match sandbox::parse_in_child(&executable, &bytes, name.as_deref(), &Limits::default()) {
                Ok(mut resume) => {
                    // A position held "until now" has a length only for those who know the date.
                    let today = SystemClock.now().as_datetime();
                    resume.seniority = seniority_on(&resume, today.year(), today.month());
                    refresh(&mut resume, today.year(), today.month());
                    println!("{}", serde_json::to_string_pretty(&resume)?);
                }
                Err(error) => {
                    let refusal = serde_json::json!({"error": error.code(), "message": error.to_string()});
                    return Err(Failure::BadInput(refusal.to_string()));
                }
            }
        }
        Parse::Job { file } => {
            let text = read_text(&file)?;
            let posting = read_job(&text, Bank::shipped()?.competencies());
            println!("{}", serde_json::to_string_pretty(&posting)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}
