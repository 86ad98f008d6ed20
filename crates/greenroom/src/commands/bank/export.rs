//! `greenroom bank export`.

use super::FileFormat;
use crate::commands::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::wire;
use clap::Args;
use greenroom_domain::bank::BankEntry;
use greenroom_providers::bank::Bank;
use greenroom_providers::bank::exchange::Format;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Export {
    /// Kind of file; by the ending of --out, else JSON lines.
    #[arg(long, value_enum)]
    format: Option<FileFormat>,
    /// Only questions of this role.
    #[arg(long)]
    role: Option<String>,
    /// The file to write; must not exist. Without it, to stdout.
    #[arg(long)]
    out: Option<PathBuf>,
    /// With the questions that were added to this server's database.
    #[arg(long)]
    own: bool,
}

pub fn export(source: Source, what: Export) -> Result<ExitCode, Failure> {
    let by_name = what.out.as_ref().and_then(|file| Format::of(&file.to_string_lossy()));
    let format = what.format.map(Format::from).or(by_name).unwrap_or(Format::Jsonl);
    let shipped = Bank::shipped()?;
    if let Some(role) = what.role.as_deref().filter(|role| shipped.role(role).is_none()) {
        return Err(Failure::BadInput(format!("there is no role {role}; `greenroom bank stats` lists them")));
    }
    let text = if what.own {
        let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
        run(async {
            let app = wire(&config).await?.app;
            Ok(greenroom_app::bank::export(&app, format, what.role.as_deref()).await?)
        })?
    } else {
        format.write(&entries(&shipped, what.role.as_deref()))
    };
    match what.out {
        None => print!("{text}"),
        Some(file) => {
            let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&file);
            let written = made.and_then(|mut out| std::io::Write::write_all(&mut out, text.as_bytes()));
            written.map_err(|error| {
                Failure::BadInput(format!("{} cannot be written: {error}", file.display()))
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn entries(bank: &Bank, role: Option<&str>) -> Vec<BankEntry> {
    let wanted = bank.questions().filter(|(of, _)| role.is_none_or(|role| of.role == role));
    let entry =
        |(role, question): (&greenroom_domain::bank::BankRole, &greenroom_domain::bank::BankQuestion)| {
            BankEntry { role: role.role.clone(), question: question.clone(), source: None, licence: None }
        };
    wanted.map(entry).collect()
}
