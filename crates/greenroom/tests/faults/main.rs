//! What happens to people in interviews when something beneath the server breaks, and how soon all is well again. Each
//! run needs seconds to a minute, and some of them need root: `scripts/faults NAME`, or all of them by `make faults`.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "a run says how long things took")]

#[path = "../server/mod.rs"]
mod server;

mod clock;
mod disk;
mod disk_full;
mod files_full;
mod load;
mod network;
mod postgres;
mod postgres_restarts;
mod redis_dies;
mod slow_disk;

use server::{GREENROOM, Server};
use std::path::Path;
use std::process::Command;

/// A server whose database is at `url`, a file in `data` when there is none.
fn serve(data: &Path, url: Option<&str>) -> Server {
    serve_by(Command::new(GREENROOM), data, url)
}

/// The same, started by `command`.
fn serve_by(mut command: Command, data: &Path, url: Option<&str>) -> Server {
    if let Some(url) = url {
        command.env("DATABASE_URL", url);
    }
    Server::start(command, data)
}

/// Runs a program of the system that must succeed.
fn run(program: &str, arguments: &[&str]) {
    let done = Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}
