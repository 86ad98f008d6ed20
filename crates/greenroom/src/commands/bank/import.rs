//! `greenroom bank import`.

use super::FileFormat;
use crate::commands::{Failure, read_text, run};
use crate::config::{Config, Source};
use crate::wiring::wire;
use clap::Args;
use greenroom_app::bank::{self, Imported, Severity};
use greenroom_providers::bank::exchange::Format;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Import {
    /// JSON lines or CSV: docs/bank.md.
    file: PathBuf,
    /// Kind of file; by its ending otherwise.
    #[arg(long, value_enum)]
    format: Option<FileFormat>,
    /// The role of all its questions, whatever they say themselves.
    #[arg(long)]
    role: Option<String>,
    /// Only tell what would happen.
    #[arg(long)]
    dry_run: bool,
}

pub fn import(source: Source, what: Import) -> Result<ExitCode, Failure> {
    let by_name = || Format::of(&what.file.to_string_lossy());
    let Some(format) = what.format.map(Format::from).or_else(by_name) else {
        let message = "the file's name does not end in .jsonl or .csv: say --format jsonl or --format csv";
        return Err(Failure::BadInput(message.to_owned()));
    };
    let file = bank::Import { format, text: read_text(&what.file)?, role: what.role };
    let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let outcome = run(async {
        let app = wire(&config).await?.app;
        Ok(match what.dry_run {
            true => bank::rehearse(&app, file).await,
            false => bank::import(&app, None, file).await,
        })
    })?;
    let imported = outcome.map_err(|error| Failure::BadInput(error.message))?;
    print(&what.file.to_string_lossy(), &imported, what.dry_run);
    Ok(if imported.refused > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print(file: &str, imported: &Imported, dry_run: bool) {
    for note in &imported.notes {
        let column = note.column.as_ref().map_or(String::new(), |column| format!(":{column}"));
        let question = note.question.as_ref().map_or(String::new(), |id| format!(" {id}:"));
        let severity = match note.severity {
            Severity::Error => "refused",
            Severity::Warning => "warning",
        };
        println!("{file}:{}{column}: {severity}:{question} {} ({})", note.line, note.message, note.rule);
    }
    let Imported { rows, added, changed, unchanged, refused, .. } = imported;
    let what = if dry_run { " (nothing was stored)" } else { "" };
    println!("{rows} rows: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused{what}");
}
