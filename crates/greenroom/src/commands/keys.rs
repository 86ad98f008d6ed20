//! `greenroom keys`: the keys that what people said is encrypted with.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::key_file;
use crate::master_keys;
use crate::wiring::wire;
use clap::Subcommand;
use greenroom_app::keys;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Keys {
    /// Say which master keys are in use, and whether anything is not encrypted yet.
    Status {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
    /// Make a new master key and wrap everybody's keys with it. The server may run; run it again if it was interrupted.
    Rotate,
    /// Write everybody's keys, wrapped by the master key, to a file: to be kept apart from copies of the database.
    Export {
        /// The file; one that is there is replaced.
        file: PathBuf,
    },
    /// Put back keys that are missing.
    Import {
        /// The file.
        file: PathBuf,
    },
}

pub fn keys(source: Source, what: Keys) -> Result<ExitCode, Failure> {
    let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    match what {
        Keys::Status { json } => status(&config, json),
        Keys::Rotate => rotate(&config),
        Keys::Export { file } => {
            let written =
                run(async { key_file::write(&wire(&config).await?.app.store().clone(), &file).await })?;
            println!("{written} keys in {}", file.display());
            Ok(ExitCode::SUCCESS)
        }
        Keys::Import { file } => {
            let keys = key_file::read(&file).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
            let taken = run(async { Ok(wire(&config).await?.app.store().put_wrapped_keys(&keys).await?) })?;
            println!("{taken} of {} keys were missing and are back", keys.len());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn status(config: &Config, json: bool) -> Result<ExitCode, Failure> {
    let standing = run(async { Ok(keys::standing(&wire(config).await?.app).await?) })?;
    if json {
        let people = standing
            .people
            .iter()
            .map(|of| serde_json::json!({"master": of.master, "people": of.people, "is_here": of.is_here}));
        let unsealed = standing.unsealed.iter().map(|of| (of.column.to_owned(), of.rows.into()));
        let document = serde_json::json!({
            "master": standing.master,
            "people": people.collect::<Vec<_>>(),
            "unsealed": unsealed.collect::<serde_json::Map<_, _>>(),
        });
        println!("{document}");
        return Ok(ExitCode::SUCCESS);
    }
    println!("Present master key: {}", standing.master);
    for of in &standing.people {
        let here = if of.is_here { "" } else { "  (this key is not here)" };
        println!("  {} wraps the keys of {} people{here}", of.master, of.people);
    }
    match standing.unsealed.as_slice() {
        [] => println!("Everything that people said is encrypted."),
        columns => {
            println!("Not encrypted yet; a running server does it:");
            columns.iter().for_each(|of| println!("  {}: {}", of.column, of.rows));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn rotate(config: &Config) -> Result<ExitCode, Failure> {
    let (app, made, (people, vendors)) = run(async {
        let app = wire(config).await?.app;
        let keyring = app.store().keyring();
        // One that was interrupted is finished before another one begins.
        let others = app.store().keys_of_people().await?.into_iter().any(|of| of.master != keyring.current());
        let made = !others && master_keys::make_new(config)?;
        let done = keys::take_up_master(&app).await?;
        Ok((app, made, done))
    })?;
    println!(
        "Master key {}: {people} people's keys and {vendors} vendors' keys wrapped.",
        app.store().keyring().current()
    );
    if made {
        println!(
            "The old one stays in the data directory: copies from before need it. Delete it with the last of them."
        );
    } else if config.secrets.key.is_some() {
        println!(
            "The master key is configured. To change it: put the new one into secrets.key and the old one into"
        );
        println!("secrets.old_keys at every node, start them anew, and run this once more.");
    }
    Ok(ExitCode::SUCCESS)
}
