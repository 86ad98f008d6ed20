//! Copies of the database: taken while the server runs, put back without losing what was there.
#![cfg(unix)]

mod server;

use serde_json::{Value, json};
use server::{Candidate, GREENROOM, Server};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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

const PASSWORD: &str = "a quiet green room";

/// An administrator, made by the command line.
fn add_administrator(home: &Path) {
    let add = ["user", "add", "--email", "root@example.com", "--role", "admin"];
    let mut child =
        command(home).args(add).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
    let words = format!("{PASSWORD}\n");
    child.stdin.take().expect("its stdin").write_all(words.as_bytes()).expect("it reads");
    assert!(child.wait().expect("it ends").success());
}

/// What an administrator finds in the audit log of copies, the newest first.
fn noted(server: &Server) -> Vec<Value> {
    let mut somebody = server.candidate_for(20, None);
    let credentials = json!({"email": "root@example.com", "password": PASSWORD});
    let (_, tokens) = somebody.post_with("/api/users/login", &credentials, &[]).expect("an answer");
    somebody.token = tokens["access_token"].as_str().expect("a token").to_owned();
    let (status, found) = somebody.get("/api/admin/audit?action=backup.").expect("an answer");
    assert_eq!(status, 200, "{found}");
    found["items"].as_array().expect("entries").clone()
}

#[test]
fn that_a_copy_was_made_and_put_back_stands_in_the_audit_log() {
    let home = home();
    add_administrator(home.path());
    let server = serve(home.path());
    works(&run(home.path(), &["backup", "copy.db"]));
    let entries = noted(&server);
    let path = std::path::absolute(home.path().join("copy.db")).expect("a path");
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0]["action"], &entries[0]["actor"]), (&json!("backup.made"), &Value::Null));
    assert_eq!(entries[0]["subject"], path.to_str().expect("a name"));
    let details = entries[0]["details"].as_str().expect("words");
    assert!(details.starts_with("by user ") && details.contains("copy.db.keys"), "{details}");
    kill(server);

    let verified = run(home.path(), &["audit", "verify", "--json"]);
    let before: Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    works(&run(home.path(), &["restore", "copy.db", "--force"]));
    works(&run(home.path(), &["audit", "verify"]));
    let server = serve(home.path());
    let entries = noted(&server);
    let actions: Vec<&Value> = entries.iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["backup.restored"], "the copy was made before it was noted");
    let details = entries[0]["details"].as_str().expect("words");
    let end = before["mark"].as_str().expect("a mark");
    assert!(details.ends_with(&format!("the log before ended at {end}")), "{details}");
    kill(server);
}

#[test]
fn a_copy_is_made_without_the_key_that_seals_the_audit_log() {
    let home = home();
    add_administrator(home.path());
    let key = home.path().join("data/secret.key");
    std::fs::rename(&key, home.path().join("away")).expect("it is there");
    let output = run(home.path(), &["backup", "copy.db"]);
    works(&output);
    assert!(String::from_utf8_lossy(&output.stderr).contains("the audit log does not say"), "it is told");
    assert!(!key.exists(), "no other key is made");
    std::fs::rename(home.path().join("away"), &key).expect("it goes back");
    works(&run(home.path(), &["audit", "verify"]));
}
