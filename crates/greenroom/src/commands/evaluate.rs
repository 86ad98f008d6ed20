//! `greenroom evaluate`: judge a finished conversation.

use super::{Failure, read_text};
use clap::Args;
use greenroom_scoring::screening;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Evaluate {
    /// Greenroom's transcript, or a LiveKit Agents chat history.
    transcript: PathBuf,
    /// The job's title, when the file does not say it.
    #[arg(long)]
    position: Option<String>,
    /// Write to this file instead of stdout.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub fn evaluate(given: &Evaluate) -> Result<ExitCode, Failure> {
    let text = read_text(&given.transcript)?;
    let mut conversation = screening::parse(&text)
        .map_err(|error| Failure::BadInput(format!("{}: {error}", given.transcript.display())))?;
    if given.position.is_some() {
        conversation.position.clone_from(&given.position);
    }
    let verdict = serde_json::to_string_pretty(&screening::screen(&conversation))?;
    match &given.out {
        Some(file) => std::fs::write(file, verdict + "\n")?,
        None => println!("{verdict}"),
    }
    Ok(ExitCode::SUCCESS)
}
