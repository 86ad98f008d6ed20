//! Copies of the database: taken while the server runs, put back without losing what was there.
#![cfg(unix)]

mod server;

use serde_json::Value;
use server::{Candidate, GREENROOM, Server};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// A database of another name than the usual one.
const URL: &str = "sqlite://data/practice.sqlite";

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a temporary directory");
    std::fs::create_dir(home.path().join("data")).expect("a folder is made");
    home
}

fn command(home: &Path) -> Command {
    let mut command = Command::new(GREENROOM);
    command.current_dir(home).env("GREENROOM__DATABASE__URL", URL);
    command
}

fn serve(home: &Path) -> Server {
    Server::start(command(home), &home.join("data"))
}

fn kill(mut server: Server) {
    server.child.kill().expect("it can be killed");
    server.child.wait().expect("it has ended");
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    command(home).args(arguments).output().expect("the program runs")
}

#[track_caller]
fn works(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Whether the server knows this interview.
fn knows(server: &Server, candidate: &Candidate, session: &Value) -> bool {
    let mut candidate = candidate.clone();
    candidate.address.clone_from(&server.address);
    let path = format!("/api/sessions/{}", session["id"].as_str().expect("an id"));
    candidate.get(&path).expect("an answer").0 == 200
}

#[test]
fn a_copy_goes_back_and_what_was_there_is_kept_whole() {
    let home = home();
    let server = serve(home.path());
    let candidate = server.candidate_for(20, None);
    let early = candidate.start().expect("an interview");
    works(&run(home.path(), &["backup", "copy.db"]));
    let mode = std::fs::metadata(home.path().join("copy.db")).expect("the copy").permissions().mode();
    assert_eq!(mode & 0o077, 0, "it is nobody else's to read");
    let late = candidate.start().expect("an interview");
    candidate.answer(&late, &late["current_question"], "words", "late").expect("it is taken");

    let refused = run(home.path(), &["restore", "copy.db"]);
    assert_eq!(refused.status.code(), Some(2), "not while the server runs");
    assert!(knows(&server, &candidate, &late), "it goes on");
    // What it wrote last is in the log beside the database only.
    kill(server);

    let refused = run(home.path(), &["restore", "copy.db"]);
    assert_eq!(refused.status.code(), Some(2), "not over data");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    works(&run(home.path(), &["restore", "copy.db", "--force"]));
    let server = serve(home.path());
    assert!(knows(&server, &candidate, &early));
    assert!(!knows(&server, &candidate, &late));
    kill(server);

    works(&run(home.path(), &["restore", "copy.db", "--force"]));
    let first = "data/practice.sqlite.before-restore";
    assert!(home.path().join(format!("{first}-2")).exists(), "an older one is not overwritten");
    std::fs::rename(home.path().join(first), home.path().join("was.db")).expect("it is there");
    works(&run(home.path(), &["restore", "was.db", "--force"]));
    let server = serve(home.path());
    assert!(knows(&server, &candidate, &late));
    kill(server);
}

#[test]
fn what_is_no_copy_changes_nothing() {
    let home = home();
    let server = serve(home.path());
    let candidate = server.candidate_for(20, None);
    let session = candidate.start().expect("an interview");
    works(&run(home.path(), &["backup", "copy.db"]));
    kill(server);
    let copy = std::fs::read(home.path().join("copy.db")).expect("the copy");
    let cases: [(&str, &[u8]); 3] = [
        ("half.db", &copy[..copy.len() / 2]),
        ("text.db", b"SQLite format 3\0 and then nothing"),
        ("empty.db", b""),
    ];
    for (name, bytes) in cases {
        std::fs::write(home.path().join(name), bytes).expect("a file is written");
        let output = run(home.path(), &["restore", name, "--force"]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let server = serve(home.path());
        assert!(knows(&server, &candidate, &session), "{name}");
        kill(server);
    }
    let left: Vec<_> = std::fs::read_dir(home.path().join("data"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("restor"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn there_is_no_copy_of_nothing() {
    let home = home();
    let output = run(home.path(), &["backup", "copy.db"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!home.path().join("copy.db").exists() && !home.path().join("data/practice.sqlite").exists());
}
