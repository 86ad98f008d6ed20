//! Measures the product: `make bench-program`.
//!
//! The load driver runs on the machine that it measures and takes its share of the processors; its share
//! is in the figures. Everything is made in temporary directories, and only what was started is stopped.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks through them")]

mod crowd;
mod features;
mod languages;
mod models;
mod percentile;
mod process;
mod program;
mod scorer;

use anyhow::Context;
use clap::{Parser, Subcommand};
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The allocator of the program that is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Cli {
    /// Where to write the figures as JSON, beside those of other commands.
    #[arg(long, global = true, default_value = "target/bench.json")]
    out: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure the program on its databases.
    Program(program::Arguments),
    /// Measure it with many people in interviews at the same time.
    Crowd(crowd::Arguments),
    /// Measure what our layer over language models adds, beside LiteLLM's proxy.
    Models(models::Arguments),
    /// Measure `greenroom score`.
    Score(scorer::Arguments),
    /// Measure answers for the training of the built-in scorer (tools/scorer).
    Features(features::Arguments),
    /// Measure how the built-in scorer tells answers apart in each language of the bank's core questions.
    Languages,
    /// Play a vendor of language models until killed; `models` starts it.
    #[command(hide = true)]
    Vendor(models::vendor::Pace),
}

// One thread: the driver must leave the other processor to the server.
#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let Cli { out, command } = Cli::parse();
    match command {
        Command::Program(arguments) => {
            let report = program::measure(arguments).await?;
            print!("{report}");
            keep(&out, "program", &report)
        }
        Command::Crowd(arguments) => {
            let report = crowd::measure(&arguments).await?;
            print!("{report}");
            keep(&out, "crowd", &report)?;
            report.ensure_within(arguments.limits)
        }
        Command::Models(arguments) => {
            let report = models::measure(arguments).await?;
            print!("{report}");
            keep(&out, "models", &report)
        }
        Command::Score(arguments) => {
            let report = scorer::measure(&arguments)?;
            print!("{report}");
            keep(&out, "score", &report)
        }
        Command::Features(arguments) => features::write(&arguments),
        Command::Languages => languages::print(),
        Command::Vendor(pace) => models::vendor::serve(pace).await,
    }
}

/// Writes `figures` into the file as `key` and leaves its other keys.
fn keep(file: &Path, key: &str, figures: &impl Serialize) -> anyhow::Result<()> {
    let before = std::fs::read(file).unwrap_or_default();
    let mut all: Map<String, Value> = serde_json::from_slice(&before).unwrap_or_default();
    all.insert(key.to_owned(), serde_json::to_value(figures)?);
    std::fs::write(file, serde_json::to_string_pretty(&all)?)
        .with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn figures_of_other_commands_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("bench.json");
        keep(&file, "program", &1).unwrap();
        keep(&file, "models", &2).unwrap();
        keep(&file, "program", &3).unwrap();
        let all: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(all, serde_json::json!({"program": 3, "models": 2}));
    }
}
