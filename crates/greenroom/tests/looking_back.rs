//! `greenroom audit` and `greenroom retention`: what was done, and what would be deleted.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn greenroom(home: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .current_dir(home)
        .env("GREENROOM__LLM__ENABLED", "false")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its stdin").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn verified(home: &Path, more: &[&str]) -> (Option<i32>, Value) {
    let output = greenroom(home, &[&["audit", "verify", "--json"], more].concat(), "");
    (output.status.code(), serde_json::from_slice(&output.stdout).expect("JSON"))
}

#[test]
fn what_an_operator_does_is_written_down_and_sealed() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let home = home.path();
    assert_eq!(verified(home, &[]).1["entries"], 0);
    let add = ["user", "add", "--email", "ada@example.com", "--role", "curator"];
    assert!(greenroom(home, &add, "a quiet green room\n").status.success());
    let role = ["user", "set-role", "--email", "ada@example.com", "--role", "admin"];
    assert!(greenroom(home, &role, "").status.success());
    let (code, found) = verified(home, &[]);
    assert_eq!((code, &found["entries"], &found["fault"]), (Some(0), &2.into(), &Value::Null));
    let mark = found["mark"].as_str().expect("a mark");
    assert!(greenroom(home, &["keys", "rotate"], "").status.success());
    let (code, found) = verified(home, &["--noted", mark]);
    assert_eq!((code, &found["entries"], &found["unknown"]), (Some(0), &3.into(), &0.into()));

    let other = mark.replacen("2:", "3:", 1);
    let (code, found) = verified(home, &["--noted", &other]);
    assert_eq!((code, &found["fault_at"]), (Some(1), &3.into()));
    assert_eq!(greenroom(home, &["audit", "verify", "--noted", "x"], "").status.code(), Some(2));

    // The old key is gone: what it sealed cannot be checked, and that is said.
    let old = std::fs::read_dir(home.join("data")).expect("the data directory").flatten();
    let old = old.map(|file| file.path()).find(|path| path.to_string_lossy().contains("secret.key."));
    std::fs::remove_file(old.expect("the old key")).expect("it goes");
    let (code, found) = verified(home, &[]);
    assert_eq!((code, &found["unknown"], &found["fault"]), (Some(1), &2.into(), &Value::Null));
}

#[test]
fn a_dry_run_of_retention_says_every_rule_and_deletes_nothing() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let run = |more: &[&str]| {
        let output = greenroom(home.path(), &[&["retention", "run"], more].concat(), "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let document: Value = serde_json::from_str(&run(&["--dry-run", "--json"])).expect("JSON");
    let kinds: Vec<&str> =
        document["kinds"].as_array().into_iter().flatten().filter_map(|kind| kind["kind"].as_str()).collect();
    assert_eq!(
        kinds,
        [
            "guests",
            "resumes",
            "set_ups",
            "interviews",
            "recordings",
            "judgements",
            "repeats",
            "given_up",
            "costs",
            "erasures",
            "audit"
        ]
    );
    assert!(run(&["--dry-run"]).ends_with("Nothing was deleted.\n"));
    assert_eq!(run(&[]), "Nothing is older than its rule says.\n");
}
