//! Greenroom: practice interviews with judgements that stand on verified quotes.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks through them")]

mod cli;
mod commands;
mod config;
mod key_file;
mod logs;
mod master_keys;
mod models;
mod object_copies;
mod radio;
mod roles;
mod wiring;

use clap::Parser;
use std::process::ExitCode;

/// Half of the time of an answer went into the allocator of the C library. No huge pages: they double the
/// memory of a server at rest.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The resume reader's child must stay small: nothing is set up before it takes over.
    if std::env::args_os().nth(1).is_some_and(|arg| arg == "parse-worker") {
        return greenroom_documents::sandbox::worker_main();
    }
    cli::Cli::parse().run()
}
