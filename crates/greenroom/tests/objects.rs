//! Files of people through the real server: in a folder, and in a storage that speaks S3.
#![cfg(unix)]

mod server;

use greenroom_testkit::StoragePeer;
use serde_json::Value;
use server::{Candidate, GREENROOM, Server};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

const RESUME: &str = "Ada Lovelace\nada@example.com\n\nExperience\nEngineer at Analytical Engines, 2019 - 2024\n\
    Led the zebrafish pipeline at Quuxworks.\n\nSkills\nRust, SQL\n";
const BOUNDARY: &str = "a-boundary-that-no-resume-has";

fn command(data: &Path) -> Command {
    let mut command = Command::new(GREENROOM);
    command.env("GREENROOM__DATABASE__URL", format!("sqlite://{}/greenroom.db", data.display()));
    command
}

fn on_s3(data: &Path, peer: &StoragePeer) -> Command {
    let mut command = command(data);
    command
        .env("GREENROOM__OBJECTS__URL", "s3://rooms/greenroom")
        .env("GREENROOM__OBJECTS__ENDPOINT", &peer.address)
        .env("GREENROOM__OBJECTS__ALLOW_HTTP", "true")
        .env("GREENROOM__OBJECTS__ACCESS_KEY_ID", &peer.account)
        .env("GREENROOM__OBJECTS__SECRET_ACCESS_KEY", &peer.key);
    command
}

fn agent() -> ureq::Agent {
    let timeout = Some(Duration::from_secs(60));
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(timeout).build().into()
}

/// Uploads a text file; what was read.
fn upload(candidate: &Candidate) -> Value {
    let body = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"Zoë.txt\"\r\n\r\n{RESUME}\r\n--{BOUNDARY}--\r\n"
    );
    let mut answer = agent()
        .post(format!("{}/api/resumes", candidate.address))
        .header("authorization", format!("Bearer {}", candidate.token))
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .send(body)
        .expect("an answer");
    assert_eq!(answer.status(), 201);
    answer.body_mut().read_json().expect("JSON")
}

/// Fetches the original; status, header and body.
fn original(
    candidate: &Candidate,
    resume: &Value,
    range: Option<&str>,
) -> (u16, ureq::http::HeaderMap, String) {
    let id = resume["id"].as_str().expect("an id");
    let mut request = agent().get(format!("{}/api/resumes/{id}/original", candidate.address));
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let answer = request.header("authorization", format!("Bearer {}", candidate.token)).call();
    let mut answer = answer.expect("an answer");
    let headers = answer.headers().clone();
    (answer.status().as_u16(), headers, answer.body_mut().read_to_string().unwrap_or_default())
}

fn forget(candidate: &Candidate, path: &str) -> u16 {
    let request = agent().delete(format!("{}{path}", candidate.address));
    let answer = request.header("authorization", format!("Bearer {}", candidate.token)).call();
    answer.expect("an answer").status().as_u16()
}

/// Files below a folder, but the mark of the installation.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.file_name().is_some_and(|name| name != "installation")).collect()
}

/// Waits until it is so; a deletion goes on behind its answer.
#[track_caller]
fn comes_true(what: &str, is_so: impl Fn() -> bool) {
    let began = std::time::Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn an_original_comes_back_as_it_was_and_goes_with_its_resume() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("objects");
    let server = Server::start(command(home.path()), home.path());
    let candidate = server.candidate_for(20, None);
    let resume = upload(&candidate);
    assert_eq!(resume["original"]["bytes"], RESUME.len());
    let (status, headers, body) = original(&candidate, &resume, None);
    assert_eq!((status, body.as_str()), (200, RESUME));
    let header =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"Zo_.txt\"; filename*=UTF-8''Zo%C3%AB.txt"
    );
    assert_eq!(
        (header("content-type").as_str(), header("x-content-type-options").as_str()),
        ("text/plain; charset=utf-8", "nosniff")
    );
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(header("cache-control"), "no-store");
    let (status, headers, body) = original(&candidate, &resume, Some("bytes=4-11"));
    assert_eq!((status, body.as_str()), (206, &RESUME[4..12]));
    assert_eq!(headers["content-range"], format!("bytes 4-11/{}", RESUME.len()));
    assert_eq!(original(&candidate, &resume, Some("bytes=9999-")).0, 416);

    let kept = files(&folder);
    assert_eq!(kept.len(), 1);
    assert!(
        !String::from_utf8_lossy(&fs::read(&kept[0]).expect("it lies there")).contains("zebrafish"),
        "it is sealed"
    );
    assert!(!kept[0].display().to_string().contains("Zo"), "its name says nothing");
    // Another person has no such file.
    let stranger = server.candidate_for(20, None);
    assert_eq!(original(&stranger, &resume, None).0, 404);

    // A file that lost its end is told of, not handed out.
    let whole = fs::read(&kept[0]).expect("it lies there");
    fs::write(&kept[0], &whole[..whole.len() - 1]).expect("it is cut");
    let (status, _, body) = original(&candidate, &resume, None);
    assert_eq!(status, 500, "{body}");
    assert!(body.contains("file_damaged") && body.contains("upload it again"), "{body}");
    fs::write(&kept[0], &whole).expect("it is mended");

    let path = format!("/api/resumes/{}", resume["id"].as_str().expect("an id"));
    assert_eq!(forget(&candidate, &path), 204);
    comes_true("the file goes with the resume", || files(&folder).is_empty());
    upload(&candidate);
    assert_eq!(files(&folder).len(), 1);
    assert_eq!(forget(&candidate, "/api/users/me"), 204);
    comes_true("the file goes with the person", || files(&folder).is_empty());
}

#[test]
fn a_storage_that_is_away_loses_nothing_and_is_caught_up_with() {
    let home = tempfile::tempdir().expect("a folder");
    let (folder, away) = (home.path().join("objects"), home.path().join("away"));
    let server = Server::start(command(home.path()), home.path());
    let candidate = server.candidate_for(20, None);
    let first = upload(&candidate);
    fs::rename(&folder, &away).expect("it is moved");
    fs::write(&folder, "no folder").expect("something else is there");
    // What was read is kept, and the person is told that the file is not.
    let second = upload(&candidate);
    assert_eq!((&second["original"], &second["name"]), (&Value::Null, &first["name"]));
    let warning = second["warnings"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["code"] == "original_not_kept"));
    assert!(
        warning.is_some_and(|one| one["message"].to_string().contains("is kept and can be used")),
        "{second}"
    );
    let (status, _, body) = original(&candidate, &first, None);
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("file_storage_unavailable"), "{body}");
    let (_, ready) = candidate.get("/readyz").expect("an answer");
    assert_ne!(ready["dependencies"]["objects"]["status"], "ok", "{ready}");
    let session = candidate.start().expect("interviews go on");
    let words = "I measured the slow query and added an index.";
    candidate.answer(&session, &session["current_question"], words, "answer").expect("answers are kept");
    let path = format!("/api/resumes/{}", first["id"].as_str().expect("an id"));
    assert_eq!(forget(&candidate, &path), 204, "forgetting does not wait for the storage");
    drop(server);

    fs::remove_file(&folder).expect("it is removed");
    fs::rename(&away, &folder).expect("it is back");
    assert_eq!(files(&folder).len(), 1);
    let _server = Server::start(command(home.path()), home.path());
    comes_true("the next start deletes it", || files(&folder).is_empty());
}

fn run(command: &mut Command, data: &Path, arguments: &[&str]) -> Output {
    command.arg("--data-dir").arg(data).args(arguments).output().expect("the program runs")
}

#[track_caller]
fn says(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned();
    assert!(said.contains(words), "{said}");
}

#[test]
fn a_copy_brings_files_back() {
    let home = tempfile::tempdir().expect("a folder");
    let (data, copy) = (home.path().join("data"), home.path().join("copy.db"));
    fs::create_dir(&data).expect("a folder");
    let server = Server::start(command(&data), &data);
    let candidate = server.candidate_for(20, None);
    let resume = upload(&candidate);
    let name = copy.to_str().expect("a name");
    let done = run(&mut command(&data), &data, &["backup", name]);
    says(&done, "1 files of people");
    drop(server);
    fs::remove_dir_all(data.join("objects")).expect("they are lost");
    let done = run(&mut command(&data), &data, &["restore", name, "--force"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let server = Server::start(command(&data), &data);
    let mut again = candidate.clone();
    again.address.clone_from(&server.address);
    assert_eq!(original(&again, &resume, None).2, RESUME);
}

#[test]
fn files_lie_in_s3_and_wrong_credentials_are_told_at_the_start() {
    let peer = StoragePeer::s3();
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(on_s3(home.path(), &peer), home.path());
    let candidate = server.candidate_for(20, None);
    let resume = upload(&candidate);
    assert_eq!(original(&candidate, &resume, None).2, RESUME);
    assert_eq!(original(&candidate, &resume, Some("bytes=-3")).2, RESUME[RESUME.len() - 3..]);
    assert!(files(&home.path().join("objects")).is_empty(), "nothing lies here");
    says(&run(&mut on_s3(home.path(), &peer), home.path(), &["check"]), "pass  files: S3");
    drop(server);

    let mut wrong = on_s3(home.path(), &peer);
    wrong.env("GREENROOM__OBJECTS__SECRET_ACCESS_KEY", "wrong");
    let refused = run(&mut wrong, home.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(1));
    says(&refused, "objects.secret_access_key");
    let mut slip = on_s3(home.path(), &peer);
    slip.env("GREENROOM__OBJECTS__URL", "ftp://rooms");
    let refused = run(&mut slip, home.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(2));
    says(&refused, "environment: objects.url begins with ftp://");
}

#[test]
fn a_setting_that_stops_everything_is_told_once() {
    let home = tempfile::tempdir().expect("a folder");
    let mut lost = command(home.path());
    lost.env("GREENROOM__OBJECTS__URL", "gs://rooms")
        .env("GREENROOM__OBJECTS__SERVICE_ACCOUNT_FILE", home.path().join("lost.json"));
    let checked = run(&mut lost, home.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    says(&checked, "FAIL  settings: objects.url cannot be used with the settings beside it");
    says(&checked, "lost.json");
    assert_eq!(String::from_utf8_lossy(&checked.stdout).matches("FAIL").count(), 1);
}
