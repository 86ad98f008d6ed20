//! `greenroom simulate adaptive` and `greenroom bank calibrate` as programs use them.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

fn greenroom(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .current_dir(home)
        .output()
        .expect("the program runs")
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A directory with these files.
fn home(files: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a temporary directory");
    for (name, text) in files {
        std::fs::write(home.path().join(name), text).expect("a file is written");
    }
    home
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn a_simulation_says_how_near_it_came() {
    let home = home(&[]);
    let arguments = ["simulate", "adaptive", "--items", "60", "--examinees", "40", "--seed", "2"];
    let figures = json(&greenroom(home.path(), &arguments));
    for figure in ["rmse", "coverage", "bias"] {
        let lengths: std::collections::BTreeSet<_> = keys(&figures[figure]).into_iter().collect();
        assert_eq!(lengths, ["5", "10", "15", "20", "30"].into(), "{figure}");
    }
    let rmse = |length: &str| figures["rmse"][length].as_f64().expect("a number");
    assert!(rmse("30") < rmse("5") && rmse("30") < 0.5);
    assert!(figures["ms_per_step"].as_f64().expect("a number") > 0.0);
    assert_eq!(
        (&figures["items"], &figures["examinees"], &figures["seed"]),
        (&60.into(), &40.into(), &2.into())
    );
    let again = json(&greenroom(home.path(), &arguments));
    assert_eq!(again["rmse"], figures["rmse"], "the same seed gives the same figures");
    let bound = json(&greenroom(home.path(), &[&arguments[..], &["--constraints"]].concat()));
    assert_eq!(bound["constraints"], true);
    assert!(bound["most_exposed"].as_f64() < figures["most_exposed"].as_f64());
}

#[test]
fn files_fix_the_data_plain_or_compressed() {
    let home = home(&[
        ("items.csv", "name,a,b\nx,1.0,-1\ny,2.0,0\nz,1.5,1\n"),
        ("thetas.csv", "theta\n0.5\n-0.5\n"),
        ("uniforms.csv", "0.1,0.9,0.4\n0.2,0.8,0.5\n"),
    ]);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"0.1,0.9,0.4\n0.2,0.8,0.5\n").expect("it is packed");
    std::fs::write(home.path().join("uniforms.csv.gz"), packed.finish().expect("packed")).expect("written");
    let run = |uniforms| {
        let arguments = ["simulate", "adaptive", "--items-file", "items.csv", "--thetas-file", "thetas.csv"];
        greenroom(home.path(), &[&arguments[..], &["--uniforms-file", uniforms]].concat())
    };
    let (plain, packed) = (json(&run("uniforms.csv")), json(&run("uniforms.csv.gz")));
    assert_eq!(plain["rmse"], packed["rmse"]);
    assert_eq!((&plain["items"], &plain["examinees"]), (&3.into(), &2.into()));
    assert_eq!(keys(&plain["rmse"]), ["3"], "a small bank is asked whole");
}

#[test]
fn data_that_cannot_be_simulated_is_refused_with_its_place() {
    let good = "a,b\n1,0\n2,1\n";
    for (items, uniforms, why) in [
        ("a,c\n1,0\n", "0.1\n", "no column \"b\""),
        ("1,0\n2,1\n", "0.1,0.2\n", "no column \"a\""),
        ("a,b\n1,0\n-1,0\n", "0.1,0.2\n", "line 3: the discrimination a must be above 0"),
        ("a,b\n0,0\n", "0.1\n", "must be above 0"),
        ("a,b\nNaN,0\n", "0.1\n", "must be above 0"),
        ("a,b\n1,\n", "0.1\n", "the difficulty b"),
        ("a,b\n1,x\n", "0.1\n", "line 2, column 2: \"x\" is not a number"),
        ("a,b,c\n1,0,0.2\n", "0.1\n", "the model has no c"),
        ("a,b\n", "0.1\n", "no rows"),
        (good, "0.1\n", "1 rows of 1 numbers"),
        (good, "0.1,0.2\n0.3\n", "uniforms.csv: CSV error"),
        (good, "0.1,1.5\n", "between 0 and 1"),
        (good, "0.1,\n", "nothing stands there"),
    ] {
        let home = home(&[("items.csv", items), ("uniforms.csv", uniforms), ("thetas.csv", "0.0\n")]);
        let files =
            ["--items-file", "items.csv", "--uniforms-file", "uniforms.csv", "--thetas-file", "thetas.csv"];
        let output = greenroom(home.path(), &[&["simulate", "adaptive"][..], &files].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{items:?} {uniforms:?}: {said}");
        assert!(said.contains(why) && output.stdout.is_empty(), "{items:?} {uniforms:?}: {said}");
    }
    let nowhere = greenroom(home(&[]).path(), &["simulate", "adaptive", "--items-file", "none.csv"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert_eq!(greenroom(home(&[]).path(), &["simulate", "adaptive", "--items", "0"]).status.code(), Some(2));
}

/// Answers of 60 people to three questions: the better a person, the more are right; the last question has
/// one answer only.
fn answers(graded: bool) -> String {
    let mut text = "person,easy,hard,same\n".to_owned();
    for person in 0..60_u32 {
        let able = f64::from(person * 7 % 60) / 60.0;
        let grade = |level: f64| if graded { (able * 3.0 + level) as u32 } else { u32::from(able > level) };
        let (easy, hard) = if graded { (grade(1.2), grade(0.2)) } else { (grade(0.25), grade(0.75)) };
        let hard = if person % 10 == 0 { String::new() } else { hard.to_string() };
        text.push_str(&format!("{person},{easy},{hard},1\n"));
    }
    text
}

#[test]
fn calibration_orders_questions_by_difficulty() {
    let home = home(&[("answers.csv", &answers(false))]);
    let arguments = ["bank", "calibrate", "--responses", "answers.csv", "--model", "2pl"];
    let found = json(&greenroom(home.path(), &arguments));
    assert_eq!((&found["model"], &found["persons"]), (&"2pl".into(), &60.into()));
    let item = |place: usize, key: &str| found["items"][place][key].as_f64().expect("a number");
    assert!(item(0, "b") < -0.3 && item(1, "b") > 0.3, "{found}");
    assert!(
        (0..2).all(|place| item(place, "a") > 0.5 && item(place, "a_se") > 0.0 && item(place, "b_se") > 0.0)
    );
    assert_eq!((item(0, "answers"), item(1, "answers")), (60.0, 54.0), "who was not asked does not count");
    assert_eq!(found["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(found["not_calibrated"][0]["item"], "same");
    assert_eq!(found["not_calibrated"][0]["reason"], "all answers are alike");
}

#[test]
fn graded_questions_have_rising_thresholds() {
    let home = home(&[("answers.csv", &answers(true))]);
    let arguments = ["bank", "calibrate", "--responses", "answers.csv", "--model", "grm"];
    let found = json(&greenroom(home.path(), &arguments));
    let grades = found["items"][0]["grades"].as_array().expect("grades").len();
    let b: Vec<f64> = serde_json::from_value(found["items"][0]["b"].clone()).expect("numbers");
    assert_eq!(b.len(), grades - 1);
    assert!(b.len() >= 2 && b.windows(2).all(|pair| pair[0] < pair[1]), "{b:?}");
    assert_eq!(found["items"][0]["b_se"].as_array().map(Vec::len), Some(b.len()));
}

#[test]
fn answers_that_cannot_be_are_refused_with_their_place() {
    for (model, text, why) in [
        ("2pl", "a,b\n1,2\n", "line 2, column 2: 2 stands there; an answer must be 0 or 1"),
        ("grm", "a,b\n1,1.5\n", "a grade must be a whole number"),
        ("grm", "a,b\n1,-1\n", "a grade must be a whole number"),
        ("2pl", "a,b\n1,yes\n", "\"yes\" is not a number"),
        ("2pl", "a,b\n1,1\n1,1\n", "no question that was answered in two different ways"),
        ("2pl", "a,b\n1\n", "CSV error"),
        ("2pl", "", "no rows"),
    ] {
        let home = home(&[("answers.csv", text)]);
        let output =
            greenroom(home.path(), &["bank", "calibrate", "--responses", "answers.csv", "--model", model]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{text:?}: {said}");
        assert!(said.contains(why) && output.stdout.is_empty(), "{text:?}: {said}");
    }
    let unknown = ["bank", "calibrate", "--responses", "answers.csv", "--model", "3pl"];
    assert_eq!(greenroom(home(&[]).path(), &unknown).status.code(), Some(2));
}

/// A server on which nobody has answered yet has nothing to learn from, and says so.
#[test]
fn a_bank_without_answers_keeps_its_levels() {
    let home = home(&[]);
    let found = json(&greenroom(home.path(), &["bank", "recalibrate", "--json"]));
    let nothing =
        serde_json::json!({"interviews": 0, "answers": 0, "questions": 0, "too_few": 0, "flagged": 0});
    assert_eq!(found, nothing);
    assert_eq!(json(&greenroom(home.path(), &["bank", "drift", "--json"])), serde_json::json!([]));
}
