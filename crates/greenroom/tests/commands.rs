//! The commands as programs use them: what goes in, what comes out, and the exit code.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn greenroom(home: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .current_dir(home)
        // A key in the environment of whoever runs the tests must not be used.
        .env("GREENROOM__LLM__ENABLED", "false")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its stdin").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

#[test]
fn score_answers_every_line_in_order() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let input = concat!(
        r#"{"id":"a","question":"What is a prototype for?","answer":"To simulate parts of the software before building it all.","reference":"A prototype simulates the behaviour of portions of the software."}"#,
        "\nnot json\n",
        r#"{"id":"b","question":"What is a prototype for?","answer":"","key_points":["simulates the software"]}"#,
        "\n"
    );
    let output = greenroom(home.path(), &["score"], input);
    assert_eq!(output.status.code(), Some(1), "a bad line is told by the exit code");
    let lines = lines(&output);
    assert_eq!((lines[0]["id"].as_str(), lines[0]["status"].as_str()), (Some("a"), Some("assessed")));
    assert!((0.0..=1.0).contains(&lines[0]["score"].as_f64().expect("a score")));
    assert_eq!((&lines[1]["id"], lines[1]["line"].as_u64()), (&Value::Null, Some(2)));
    assert_eq!((lines[2]["status"].as_str(), &lines[2]["score"]), (Some("not_assessed"), &Value::Null));
    assert_eq!(lines[2]["key_points"][0]["covered"], false);
}

#[test]
fn evaluate_reads_a_livekit_history() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let history = r#"{"items":[
        {"type":"message","role":"assistant","content":["Tell me about a time you fixed a hard bug."]},
        {"type":"function_call","name":"end"},
        {"type":"message","role":"user","content":["At my last job our orders were lost twice a week. I measured each step and found that the queue dropped messages on restart. I changed the acknowledgement and tested it for a week. As a result we lost none in three months.", {"type":"image"}]}
    ]}"#;
    std::fs::write(home.path().join("h.json"), history).expect("a file is written");
    let output = greenroom(home.path(), &["evaluate", "h.json", "--position", "Backend engineer"], "");
    assert_eq!(output.status.code(), Some(0));
    let verdict: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(verdict["metadata"]["position"], "Backend engineer");
    assert!(verdict["ratings"]["communication"].is_number());
    assert_eq!(verdict["ratings"]["culture_fit"], Value::Null, "nothing in the words shows it");
    for evidence in verdict["evidence"].as_array().expect("evidence") {
        assert!(history.contains(evidence["quote"].as_str().expect("words")));
    }
    std::fs::write(home.path().join("x.json"), "{}").expect("a file is written");
    for bad in ["x.json", "missing.json"] {
        assert_eq!(greenroom(home.path(), &["evaluate", bad], "").status.code(), Some(2), "{bad}");
    }
}

#[test]
fn practice_from_a_file_of_answers_writes_a_report() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let job = "Registered Nurse\nYou will assess patients and escalate with SBAR. Essential: safe medicines management, teamwork.";
    std::fs::write(home.path().join("job.txt"), job).expect("a file is written");
    let answer = "On my ward a patient's score rose, so I stayed, checked breathing and called the doctor with SBAR.\n";
    std::fs::write(home.path().join("answers.txt"), answer.repeat(3)).expect("a file is written");
    let arguments = ["practice", "--job", "job.txt", "--minutes", "5", "--answers", "answers.txt"];
    let output = greenroom(home.path(), &arguments, "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report = std::fs::read_to_string(home.path().join("report.md")).expect("a report");
    assert!(report.contains("I stayed, checked breathing"));
}

#[test]
fn a_wrong_setting_names_its_source() {
    let home = tempfile::tempdir().expect("a temporary directory");
    std::fs::write(home.path().join("greenroom.toml"), "[server]\nlisten_on = \"x\"\n")
        .expect("a file is written");
    let output = greenroom(home.path(), &["config", "show"], "");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("listen_on") && message.contains("greenroom.toml"), "{message}");
}

#[test]
fn accounts_are_imported_with_their_hashes_listed_and_given_roles() {
    let home = tempfile::tempdir().expect("a temporary directory");
    // The password is "a quiet green room".
    let hash = bcrypt::hash("a quiet green room", 4).expect("a hash");
    let line = |email: &str, hash: &str| format!("{{\"email\":\"{email}\",\"password_hash\":\"{hash}\"}}\n");
    let file = home.path().join("accounts.jsonl");
    std::fs::write(&file, line("Ada@example.com", &hash) + &line("kim@example.com", "plain"))
        .expect("a file");
    let imported = greenroom(home.path(), &["user", "import", "accounts.jsonl"], "");
    assert_eq!(imported.status.code(), Some(1), "one was refused");
    assert_eq!(String::from_utf8_lossy(&imported.stdout), "ada@example.com: imported\n");
    assert!(String::from_utf8_lossy(&imported.stderr).contains("kim@example.com: The hash is neither"));
    std::fs::write(&file, "{\"email\":1}").expect("a file");
    let broken = greenroom(home.path(), &["user", "import", "accounts.jsonl"], "");
    assert_eq!(broken.status.code(), Some(2), "nothing was imported");

    let set =
        greenroom(home.path(), &["user", "set-role", "--email", "ada@example.com", "--role", "curator"], "");
    assert_eq!(set.status.code(), Some(0));
    let listed = lines(&greenroom(home.path(), &["user", "list", "--json"], ""));
    assert_eq!((listed.len(), &listed[0]["role"]), (1, &Value::from("curator")));
    let unlock = greenroom(home.path(), &["user", "unlock", "--email", "ada@example.com"], "");
    assert_eq!(String::from_utf8_lossy(&unlock.stdout), "was not locked\n");
    let known =
        greenroom(home.path(), &["user", "reset-password", "--email", "ada@example.com"], "Password2026!\n");
    assert_eq!(known.status.code(), Some(2), "a password that many people use");
}

#[test]
fn a_backup_can_be_put_back() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let add = ["user", "add", "--email", "ada@example.com", "--role", "admin"];
    assert_eq!(greenroom(home.path(), &add, "a quiet green room\n").status.code(), Some(0));
    assert_eq!(greenroom(home.path(), &["backup", "copy.db"], "").status.code(), Some(0));
    assert_eq!(
        greenroom(home.path(), &["backup", "copy.db"], "").status.code(),
        Some(2),
        "nothing is overwritten"
    );
    let over_data = greenroom(home.path(), &["restore", "copy.db"], "");
    assert_eq!(over_data.status.code(), Some(2), "not over what is there");
    let forced = greenroom(home.path(), &["restore", "copy.db", "--force"], "");
    assert_eq!(forced.status.code(), Some(0), "{}", String::from_utf8_lossy(&forced.stderr));
    let again = greenroom(home.path(), &add, "a quiet green room\n");
    assert_eq!(again.status.code(), Some(2), "the account is there again");
}

#[test]
fn what_ships_passes_its_own_checks() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let sound = greenroom(home.path(), &["bank", "validate"], "");
    assert_eq!(sound.status.code(), Some(0), "{}", String::from_utf8_lossy(&sound.stdout));
}

#[test]
fn validate_tells_what_is_wrong_with_a_bank() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let bank = r#"
role = "cook"
title = "Cook"
industries = ["hospitality"]
aliases = ["cook"]
competencies = []
review = { on = "last week", read = 1 }
[[question]]
id = "cook.sauce"
type = "technical"
competency = "sauces"
difficulty = "beginner"
minutes = 2
phase = "technical"
tags = []
text = "How do you keep a sauce from splitting?"
reference = "I keep the heat low and stir."
red_flags = []
[[question.key_points]]
point = "Adds the fat slowly"
says = "I add the butter a little at a time."
weight = 2
"#;
    std::fs::write(home.path().join("cook.toml"), bank).expect("a file is written");
    let output = greenroom(home.path(), &["bank", "validate", "."], "");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for problem in [
        "cook.toml: 11 errors, 4 warnings",
        "is no day of review",
        "cook.sauce: error: unknown competency sauces",
        "does not cover: I add the butter",
        "cook.sauce: error: 0 follow-ups",
        "has no case question",
        "1 questions, 11 errors, 4 warnings",
    ] {
        assert!(said.contains(problem), "{problem} is missing in: {said}");
    }
    let one = greenroom(home.path(), &["bank", "validate", "cook.toml", "--json"], "");
    assert_eq!(one.status.code(), Some(1));
    let said = String::from_utf8_lossy(&one.stdout).into_owned();
    let findings: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("a finding a line")).collect();
    assert!(findings.iter().all(|finding| finding["file"] == "cook"), "{said}");
    assert!(findings.iter().any(|f| f["rule"] == "follow_ups" && f["question"] == "cook.sauce"), "{said}");
    let missing = greenroom(home.path(), &["bank", "validate", "nowhere"], "");
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn questions_go_out_as_a_file_and_come_in_again() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let done = |arguments: &[&str]| {
        let output = greenroom(home.path(), arguments, "");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let csv = home.path().join("out.csv");
    assert_eq!(done(&["bank", "export", "--role", "teacher", "--out", "out.csv"]), (Some(0), String::new()));
    let exported = std::fs::read_to_string(&csv).expect("it is written");
    assert!(exported.starts_with("role,id,type,") && !exported.contains("general."), "{exported}");
    assert_eq!(done(&["bank", "export", "--out", "out.csv"]).0, Some(2), "a file is not overwritten");
    assert_eq!(done(&["bank", "export", "--role", "wizard"]).0, Some(2));

    // What ships is there already, so each row is refused and named.
    let (code, said) = done(&["bank", "import", "out.csv", "--dry-run"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("out.csv:2:id: refused: teacher."), "{said}");
    assert!(
        said.contains("16 rows: 0 added, 0 changed, 0 unchanged, 16 refused (nothing was stored)"),
        "{said}"
    );

    let question = serde_json::json!({"role": "wizard", "licence": "CC0-1.0", "question": {
        "id": "general.canteen_stock", "type": "technical", "competency": "planning", "difficulty": "beginner",
        "minutes": 2, "tags": [], "text": "How do you make a brown veal stock for a canteen of forty covers?",
        "reference": "I roast the bones and the vegetables until they are brown. I start the stock in cold water and never let it boil. I skim the foam and strain the stock through a cloth.",
        "key_points": [
            {"point": "Roasts", "says": "I roast the bones and the vegetables until they are brown.", "weight": 2},
            {"point": "Starts cold", "says": "I start the stock in cold water and never let it boil.", "weight": 3},
            {"point": "Strains", "says": "I skim the foam and strain the stock through a cloth.", "weight": 1}],
        "follow_ups": [{"asks_for": 1, "text": "How dark?"}, {"asks_for": 0, "text": "What goes wrong?"}]}});
    std::fs::write(home.path().join("own.jsonl"), format!("{question}\n")).expect("a file is written");
    let (code, said) = done(&["bank", "import", "own.jsonl"]);
    assert!(code == Some(1) && said.contains("own.jsonl:1:role: refused:"), "{said}");
    let import = ["bank", "import", "own.jsonl", "--role", "general"];
    let (code, said) = done(&import);
    assert!(code == Some(0) && said.contains("1 rows: 1 added"), "{said}");
    assert!(said.contains("own.jsonl:1:reference: warning:"), "a short reference is told: {said}");
    assert!(done(&import).1.contains("1 unchanged"));
    let (_, own) = done(&["bank", "export", "--role", "general", "--own"]);
    assert!(own.contains("general.canteen_stock") && own.contains("CC0-1.0"));
    assert!(!done(&["bank", "export", "--role", "general"]).1.contains("general.canteen_stock"));
    assert_eq!(done(&["bank", "import", "own.txt"]).0, Some(2), "the kind of file is not known");
}

#[cfg(unix)]
#[test]
fn output_that_nobody_reads_to_the_end_is_no_fault() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(["bank", "export"])
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "no complaint");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_look_into_the_data() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a temporary directory");
    let output = greenroom(home.path(), &["migrate", "--data-dir", "new/data"], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mode = std::fs::metadata(home.path().join("new/data")).expect("it is made").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn a_slip_in_the_configuration_names_its_place_and_what_was_meant() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let file = home.path().join("greenroom.toml");
    let refused = |text: &str, variable: Option<(&str, &str)>| {
        std::fs::write(&file, text).expect("it is written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        let output = command.args(["config", "show"]).current_dir(home.path()).envs(variable).output();
        let output = output.expect("the program runs");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = refused("[server]\n\nmetrics_lisen = \"127.0.0.1:9090\"\n", None);
    let wanted = "greenroom.toml:3: server.metrics_lisen: there is no such setting; did you mean server.metrics_listen?";
    assert!(said.contains(wanted), "{said}");
    let said = refused("[accounts]\nguest_hours = 100000\n", None);
    assert!(said.contains("greenroom.toml:2: accounts.guest_hours is 100000; it must be 1 to 720"), "{said}");
    let said = refused("", Some(("GREENROOM__SERVER__LISEN", "127.0.0.1:80")));
    let wanted = "environment: GREENROOM__SERVER__LISEN: there is no such setting; did you mean GREENROOM__SERVER__LISTEN?";
    assert!(said.contains(wanted), "{said}");
}
