//! `greenroom audit`: who did what.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::open_store;
use clap::Subcommand;
use greenroom_app::{AuditCheck, AuditMark};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Audit {
    /// Look at every entry: whether one was changed, or some are missing. Exit 1 when something is not right.
    Verify {
        /// Where the log ended at some time, as this command said then: shows whether the end was cut off since.
        #[arg(long)]
        noted: Option<AuditMark>,
        /// For programs.
        #[arg(long)]
        json: bool,
    },
}

pub fn audit(source: Source, what: Audit) -> Result<ExitCode, Failure> {
    let Audit::Verify { noted, json } = what;
    let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let check = run(async { Ok(open_store(&config).await?.check_audit(noted.as_ref()).await?) })?;
    if json {
        println!("{}", document(&check));
    } else {
        say(&check);
    }
    let fine = check.fault.is_none() && check.unknown == 0;
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn document(check: &AuditCheck) -> serde_json::Value {
    serde_json::json!({
        "entries": check.entries,
        "unknown": check.unknown,
        "fault_at": check.fault.map(|(seq, _)| seq),
        "fault": check.fault.map(|(_, why)| why),
        "mark": check.last.as_ref().map(ToString::to_string),
    })
}

fn say(check: &AuditCheck) {
    println!("{} entries.", check.entries);
    match check.fault {
        None => println!("What is there was not changed, and nothing is missing before its end."),
        Some((seq, why)) => println!("Entry {seq} is not right: {why}."),
    }
    if check.unknown > 0 {
        println!(
            "{} were sealed with a master key that is not here and cannot be checked: put the old key back.",
            check.unknown
        );
    }
    if let Some(mark) = &check.last {
        println!("The log ends at {mark}");
        println!(
            "Note that elsewhere: `greenroom audit verify --noted MARK` shows later whether the end was cut off."
        );
    }
}
