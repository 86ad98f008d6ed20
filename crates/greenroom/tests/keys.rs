//! Keys: changed while the server runs, missed in words, and gone with the person, from copies too.
#![cfg(unix)]

mod server;

use serde_json::Value;
use server::{Candidate, GREENROOM, Server};
use std::path::Path;
use std::process::{Command, Output};

fn run(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(GREENROOM);
    command.current_dir(home).args(arguments).env("GREENROOM__LLM__ENABLED", "false");
    command.output().expect("the program runs")
}

#[track_caller]
fn works(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn serve(home: &Path) -> Server {
    let mut command = Command::new(GREENROOM);
    command.current_dir(home);
    Server::start(command, &home.join("data"))
}

fn stop(mut server: Server) {
    server.child.kill().expect("it can be killed");
    server.child.wait().expect("it has ended");
}

fn title(server: &Server, candidate: &Candidate, session: &Value) -> Option<String> {
    let mut candidate = candidate.clone();
    candidate.address.clone_from(&server.address);
    let path = format!("/api/sessions/{}", session["id"].as_str().expect("an id"));
    let (status, session) = candidate.get(&path).expect("an answer");
    (status == 200).then(|| session["title"].as_str().expect("a title").to_owned())
}

/// Erases everything of the candidate.
fn erase(candidate: &Candidate) {
    let request = ureq::delete(format!("{}/api/users/me", candidate.address));
    let answer = request.header("authorization", format!("Bearer {}", candidate.token)).call();
    assert_eq!(answer.expect("an answer").status().as_u16(), 204);
}

#[test]
fn the_master_key_is_changed_while_the_server_runs() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let data = home.path().join("data");
    let server = serve(home.path());
    let (before, after) = (server.candidate_for(20, None), server.candidate_for(20, None));
    let early = before.start().expect("an interview");
    let first: Value =
        serde_json::from_str(&works(&run(home.path(), &["keys", "status", "--json"]))).unwrap();
    let said = works(&run(home.path(), &["keys", "rotate"]));
    assert!(said.contains("2 people's keys"), "{said}");
    let second: Value =
        serde_json::from_str(&works(&run(home.path(), &["keys", "status", "--json"]))).unwrap();
    assert_ne!(first["master"], second["master"]);
    assert_eq!(second["people"].as_array().map(Vec::len), Some(1));
    assert_eq!(second["people"][0]["people"], 2);

    // Nobody notices: not who is in its memory, and not who is not.
    assert!(title(&server, &before, &early).is_some());
    let late = after.start().expect("an interview");
    assert!(after.answer(&late, &late["current_question"], "words", "late").is_some());
    stop(server);
    let old = format!("secret.key.{}", first["master"].as_str().expect("an id"));
    std::fs::remove_file(data.join(old)).expect("the old one was kept");
    let server = serve(home.path());
    assert!(title(&server, &before, &early).is_some() && title(&server, &after, &late).is_some());
    stop(server);

    std::fs::rename(data.join("secret.key"), home.path().join("elsewhere")).expect("it is there");
    let refused = run(home.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    let wanted = second["master"].as_str().expect("an id");
    assert!(said.contains(wanted) && said.contains("secret.key into the data directory"), "{said}");
}

#[test]
fn a_copy_does_not_bring_back_who_was_erased() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let server = serve(home.path());
    let (leaves, stays) = (server.candidate_for(20, None), server.candidate_for(20, None));
    let (gone, kept) = (leaves.start().expect("an interview"), stays.start().expect("an interview"));
    works(&run(home.path(), &["backup", "monday.db", "--keys", "keys"]));
    erase(&leaves);
    works(&run(home.path(), &["backup", "tuesday.db", "--keys", "keys"]));
    stop(server);

    // Another machine, with Monday's copy, the newest keys and the master key.
    let other = tempfile::tempdir().expect("a temporary directory");
    for file in ["monday.db", "keys"] {
        std::fs::copy(home.path().join(file), other.path().join(file)).expect("it is copied");
    }
    let restore = ["restore", "monday.db", "--keys", "keys"];
    let refused = run(other.path(), &restore);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("which is not here"), "{said}");
    assert!(!other.path().join("data/greenroom.db").exists(), "nothing was changed");
    let secret = "data/secret.key";
    std::fs::copy(home.path().join(secret), other.path().join(secret)).expect("it is copied");
    let token = "data/token.key";
    std::fs::copy(home.path().join(token), other.path().join(token)).expect("it is copied");
    let refused = run(other.path(), &["restore", "monday.db"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("their keys are not here"), "{said}");
    assert!(works(&run(other.path(), &restore)).contains("were erased since"));
    let server = serve(other.path());
    assert!(title(&server, &stays, &kept).is_some());
    assert!(title(&server, &leaves, &gone).is_none());
    stop(server);

    // The same machine: who was erased stays so even with Monday's keys.
    let server = serve(home.path());
    stop(server);
    works(&run(home.path(), &["restore", "monday.db", "--keys", "keys", "--force"]));
    let server = serve(home.path());
    assert!(title(&server, &stays, &kept).is_some() && title(&server, &leaves, &gone).is_none());
    stop(server);
}
