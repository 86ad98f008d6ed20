//! `greenroom retention`: how long what is kept.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::wire;
use clap::Subcommand;
use greenroom_app::retention::{self, Due};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Retention {
    /// Delete what is older than its rule says, as a running server does every hour. The server may run.
    Run {
        /// Say what would be deleted; delete nothing.
        #[arg(long)]
        dry_run: bool,
        /// The clock of this machine is right, whatever speaks against it. Running servers go by that, too.
        #[arg(long, conflicts_with = "dry_run")]
        believe_clock: bool,
        /// For programs.
        #[arg(long)]
        json: bool,
    },
}

pub fn retention(source: Source, what: Retention) -> Result<ExitCode, Failure> {
    let Retention::Run { dry_run, believe_clock, json } = what;
    let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let found = run(async {
        let app = wire(&config).await?.app;
        if dry_run {
            return Ok(retention::due(&app).await?);
        }
        if believe_clock {
            greenroom_app::believe_clock(&app).await?;
        }
        if let Some(doubt) = greenroom_app::clock_doubt(&app).await? {
            anyhow::bail!("{doubt}");
        }
        Ok(retention::run(&app).await?)
    })?;
    if json {
        println!("{}", document(&found, dry_run));
        return Ok(ExitCode::SUCCESS);
    }
    for Due { rule, count } in &found {
        println!("{count:>8}  {}: {}", rule.what, rule.words);
    }
    if dry_run {
        println!("Nothing was deleted.");
    } else if found.is_empty() {
        println!("Nothing is older than its rule says.");
    }
    Ok(ExitCode::SUCCESS)
}

fn document(found: &[Due], dry_run: bool) -> serde_json::Value {
    let entry =
        |due: &Due| serde_json::json!({"kind": due.rule.kind, "kept": due.rule.words, "count": due.count});
    serde_json::json!({"dry_run": dry_run, "kinds": found.iter().map(entry).collect::<Vec<_>>()})
}
