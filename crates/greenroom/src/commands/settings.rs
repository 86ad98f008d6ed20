//! `greenroom openapi`, `greenroom config`.

use super::Failure;
use crate::config::{Config, Source};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Print the JSON schema of the configuration.
    Schema,
    /// Print the configuration in force, without secrets.
    Show,
}

pub fn openapi(live: bool) -> Result<ExitCode, Failure> {
    let text = if live {
        serde_json::to_string_pretty(&greenroom_api::live_protocol_document())?
    } else {
        serde_json::to_string_pretty(&greenroom_api::openapi_document())?
    };
    println!("{text}");
    Ok(ExitCode::SUCCESS)
}

pub fn config(source: Source, command: ConfigCommand) -> Result<ExitCode, Failure> {
    match command {
        ConfigCommand::Schema => {
            println!("{}", serde_json::to_string_pretty(&schemars::schema_for!(Config))?)
        }
        ConfigCommand::Show => {
            let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
            // Secrets show themselves as [REDACTED].
            println!("{config:#?}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
