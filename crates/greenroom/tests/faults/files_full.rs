//! The disk beneath the files of people is full, and then there is room again; the database has its own. Needs root.

use crate::disk::Disk;
use crate::load::Load;
use crate::server::{Candidate, GREENROOM, Server};
use serde_json::{Value, json};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};

/// How soon a recording must be there: what lies on the disk is looked for each minute.
const PUT_AWAY_WITHIN: Duration = Duration::from_secs(100);
/// Longest wait for an answer.
const DEADLINE: Duration = Duration::from_secs(30);
/// 20 ms of sound each: three seconds.
const FRAMES: u32 = 150;
const FRAME: Duration = Duration::from_millis(20);
const BOUNDARY: &str = "a-boundary-that-no-resume-has";

/// Somebody with a resume and a microphone.
struct Person(Candidate);

impl Person {
    fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> (u16, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(DEADLINE))
            .build()
            .into();
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.0.address))
            .header("authorization", format!("Bearer {}", self.0.token))
            .header("content-type", kind);
        let mut answer = agent.run(request.body(body.to_owned()).expect("a request")).expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap_or_default())
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let (status, text) = self.send(method, path, "application/json", &body.to_string());
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    /// Uploads a resume; what was read of it.
    fn uploads(&self, resume: &str) -> Value {
        let head = "content-disposition: form-data; name=\"file\"; filename=\"cv.txt\"";
        let body = format!("--{BOUNDARY}\r\n{head}\r\n\r\n{resume}\r\n--{BOUNDARY}--\r\n");
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let (status, text) = self.send("POST", "/api/resumes", &kind, &body);
        assert_eq!(status, 201, "what was read is kept: {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    fn original(&self, resume: &Value) -> (u16, String) {
        let path = format!("/api/resumes/{}/original", resume["id"].as_str().expect("an id"));
        self.send("GET", &path, "", "")
    }

    /// What is said of the storage of files.
    fn readiness(&self) -> String {
        let (_, ready) = self.call("GET", "/readyz", &Value::Null);
        ready["dependencies"]["objects"]["status"].as_str().expect("a word").to_owned()
    }

    fn agrees_to_be_recorded(&self) {
        let (_, texts) = self.call("GET", "/api/consents", &Value::Null);
        let mut texts = texts["items"].as_array().expect("texts").iter();
        let text = texts.find(|text| text["purpose"] == "recording").expect("a text");
        let version = json!({"version": text["version"]});
        assert_eq!(self.call("PUT", "/api/users/me/consents/recording", &version).0, 200);
    }

    /// Speaks for three seconds in an interview; where that is found.
    fn speaks(&self) -> (String, WebSocket<TcpStream>) {
        let session = self.0.start().expect("an interview");
        let path = format!("/api/sessions/{}", session["id"].as_str().expect("an id"));
        let host = self.0.address.strip_prefix("http://").expect("an address");
        let stream = TcpStream::connect(host).expect("the server listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a limit");
        let mut request = format!("ws://{host}{path}/voice/socket").into_client_request().expect("a request");
        let bearer = format!("Bearer {}", self.0.token).parse().expect("a header");
        request.headers_mut().insert("authorization", bearer);
        let (mut line, _) = tungstenite::client(request, stream).expect("the line stands");
        let hello = json!({"type": "hello", "version": 1, "muted": false});
        line.send(Message::text(hello.to_string())).expect("the line stands");
        let begun = Instant::now();
        for number in 0..FRAMES {
            std::thread::sleep((begun + FRAME * number).saturating_duration_since(Instant::now()));
            let tone = (0..320_i16).map(|at| (at % 40 - 20) * 400);
            let mut frame = number.to_le_bytes().to_vec();
            frame.extend(tone.flat_map(i16::to_le_bytes));
            line.send(Message::binary(frame)).expect("the line stands");
        }
        (path, line)
    }
}

fn resume(skill: &str) -> String {
    format!(
        "Ada Lovelace\nada@example.com\n\nExperience\nEngineer at Analytical Engines, 2019 - 2024\n\nSkills\n{skill}\n"
    )
}

/// What people are told of a file that was not kept.
fn told(resume: &Value) -> Option<&str> {
    let mut warnings = resume["warnings"].as_array()?.iter();
    warnings.find(|warning| warning["code"] == "original_not_kept")?["message"].as_str()
}

/// Files below a folder, but the mark of the installation and what fills the disk.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| !path.ends_with("installation") && !path.ends_with("filler")).collect()
}

fn serve(files: &Path, data: &Path) -> Server {
    let mut command = Command::new(GREENROOM);
    command
        .env("GREENROOM__OBJECTS__URL", format!("file://{}", files.display()))
        // Nobody hears there; what is spoken is taken down all the same.
        .env("GREENROOM__SPEECH__TO_TEXT__ORDER", "[nobody]")
        .env("GREENROOM__SPEECH__TO_TEXT__ENGINES__NOBODY__PROTOCOL", "openai")
        .env("GREENROOM__SPEECH__TO_TEXT__ENGINES__NOBODY__MODEL", "none")
        .env("GREENROOM__SPEECH__TO_TEXT__ENGINES__NOBODY__BASE_URL", "http://127.0.0.1:9/v1");
    Server::start(command, data)
}

/// Waits for the recording; how long after `since` it was there.
fn until_recorded(person: &Person, interview: &str, since: Instant) -> Duration {
    loop {
        let (status, said) = person.send("GET", &format!("{interview}/recording"), "", "");
        if status == 200 {
            return since.elapsed();
        }
        assert!(since.elapsed() < PUT_AWAY_WITHIN, "the recording is not there: {said}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
#[ignore = "a fault run: scripts/faults files"]
fn files_full() {
    let disk = Disk::of(96);
    let home = tempfile::tempdir().expect("a temporary directory");
    let server = serve(disk.path(), home.path());
    let load = Load::start(&[&server]);
    let person = Person(server.candidate_for(20, None));
    person.agrees_to_be_recorded();
    let before = person.uploads(&resume("Rust"));
    assert_eq!(told(&before), None);
    let (interview, line) = person.speaks();
    assert_eq!(person.readiness(), "ok");
    disk.fill();

    let full = person.uploads(&resume("SQL"));
    let message = told(&full).expect("the person is told");
    println!("disk of the files full: {message}");
    assert!(message.contains("storage of files is full"), "{message}");
    assert_eq!(full["original"], Value::Null);
    assert_eq!(person.original(&before), (200, resume("Rust")), "what lies there can be had");
    assert_ne!(person.readiness(), "ok", "operators are told");
    assert_eq!(person.call("PUT", &format!("{interview}/complete"), &Value::Null).0, 200);
    drop(line);
    let (status, waits) = person.call("GET", &format!("{interview}/recording"), &Value::Null);
    // Nobody heard what was spoken, so it may as well never have been agreed to.
    assert_eq!((status, &waits["error"]), (404, &json!("recording_not_found")));
    let message = waits["message"].as_str().expect("words");
    println!("disk of the files full: {message}");
    assert!(message.contains("has not taken it yet"), "{message}");
    load.go_on(Duration::from_secs(4));
    assert_eq!(files(disk.path()).len(), 1, "what was not kept leaves nothing behind");

    disk.make_room();
    let room = Instant::now();
    let after = person.uploads(&resume("Go"));
    assert_eq!(told(&after), None, "{after}");
    println!("room again (files): the next resume is kept after {} ms", room.elapsed().as_millis());
    let recorded = until_recorded(&person, &interview, room);
    println!("room again (files): the recording is there after {} ms", recorded.as_millis());
    assert_eq!(person.original(&before), (200, resume("Rust")));
    assert_eq!(person.original(&after), (200, resume("Go")));
    assert_eq!(person.readiness(), "ok");
    let refusals = load.refusals();
    load.end("disk of the files full");
    assert!(refusals.is_empty(), "interviews go on: {refusals:?}");
}
