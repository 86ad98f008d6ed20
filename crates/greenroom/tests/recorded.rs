//! `kill -9` while an interview is recorded, then start again: all but the last second can be heard.

#[expect(dead_code, reason = "others answer through it")]
mod server;

use axum::Router;
use axum::routing::post;
use serde_json::{Value, json};
use server::{Candidate, GREENROOM, Server};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::stream::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{Message, WebSocket, connect};

/// How long is spoken before the server dies, ms: a place within a second, not at its end.
const SPOKEN_MS: u64 = 7_480;
/// What a crash may cost, ms.
const LOST_MS: u64 = 1_000;
/// What lay on its way to the disk when the server died, ms: a page, since nothing less is written.
const ON_ITS_WAY_MS: u64 = 1_000;
/// Loud and soft alternate so often, ms.
const CHANGES_MS: u64 = 500;
const FRAME_MS: u64 = 20;
const FRAME: usize = 320;
/// Longest wait until the recording is put together.
const DEADLINE: Duration = Duration::from_secs(60);

/// A recogniser that understands nothing: with nobody who hears, nothing is recorded.
fn recogniser() -> SocketAddr {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("its address");
    let hears = || async { axum::Json(json!({"text": ""})) };
    let router = Router::new().route("/v1/audio/transcriptions", post(hears));
    thread::spawn(move || runtime.block_on(async { axum::serve(listener, router).await }));
    address
}

fn start(data: &Path, hears: SocketAddr) -> Server {
    let mut command = Command::new(GREENROOM);
    let engine = "GREENROOM__SPEECH__TO_TEXT__ENGINES__NOTHING";
    command.env("GREENROOM__SPEECH__TO_TEXT__ORDER", r#"["nothing"]"#);
    command.env(format!("{engine}__PROTOCOL"), "openai");
    command.env(format!("{engine}__BASE_URL"), format!("http://{hears}/v1"));
    command.env(format!("{engine}__MODEL"), "none");
    Server::start(command, data)
}

fn put(who: &Candidate, path: &str, body: &Value) -> u16 {
    let request = ureq::put(format!("{}{path}", who.address));
    let request = request.header("authorization", format!("Bearer {}", who.token));
    request.send_json(body).unwrap_or_else(|error| panic!("{path}: {error}")).status().as_u16()
}

fn agree(who: &Candidate) {
    let (_, texts) = who.get("/api/consents").expect("an answer");
    let texts = texts["items"].as_array().expect("texts");
    let text = texts.iter().find(|text| text["purpose"] == "recording").expect("a text");
    assert_eq!(put(who, "/api/users/me/consents/recording", &json!({"version": text["version"]})), 200);
}

/// A spoken interview of somebody who agreed to be recorded; its path.
fn interview(who: &Candidate) -> String {
    agree(who);
    let (_, configs) = who.get("/api/configs").expect("an answer");
    let wish = json!({"config_id": configs["items"][0]["id"], "channel": "voice"});
    let (status, session) = who.post_with("/api/sessions", &wish, &[]).expect("an answer");
    assert_eq!(status, 201, "{session}");
    format!("/api/sessions/{}", session["id"].as_str().expect("an id"))
}

fn line(who: &Candidate, session: &str) -> WebSocket<MaybeTlsStream<TcpStream>> {
    let address = who.address.replacen("http", "ws", 1);
    let mut request =
        format!("{address}{session}/voice/socket").into_client_request().expect("a valid request");
    let bearer = format!("Bearer {}", who.token).parse().expect("a valid header");
    request.headers_mut().insert("authorization", bearer);
    let (mut socket, _) = connect(request).expect("a line");
    socket.send(Message::text(r#"{"type":"hello","version":1}"#)).expect("sent");
    while !matches!(socket.read().expect("the line stands"), Message::Text(text) if text.contains("ready")) {}
    socket
}

/// Speaks in time, loud and soft in turn.
fn speak(socket: &mut WebSocket<MaybeTlsStream<TcpStream>>) {
    let begun = Instant::now();
    for frame in 0..SPOKEN_MS / FRAME_MS {
        let at_ms = frame * FRAME_MS;
        let level = if (at_ms / CHANGES_MS).is_multiple_of(2) { 12_000.0 } else { 600.0 };
        let sample = |at: usize| ((at as f32 * 0.12).sin() * level) as i16;
        let mut bytes = (frame as u32).to_le_bytes().to_vec();
        bytes.extend((0..FRAME).flat_map(|at| sample(at + frame as usize * FRAME).to_le_bytes()));
        // A microphone gives no more than time passes.
        thread::sleep(Duration::from_millis(at_ms + FRAME_MS).saturating_sub(begun.elapsed()));
        socket.send(Message::binary(bytes)).expect("the line stands");
    }
}

/// Waits until all that was said has been taken down: what is asked after it, to hear the question again, is done.
fn heard_out(socket: &mut WebSocket<MaybeTlsStream<TcpStream>>) {
    socket.send(Message::text(r#"{"type":"repeat"}"#)).expect("the line stands");
    let mut first = None;
    loop {
        let Message::Text(text) = socket.read().expect("the line stands") else { continue };
        let told: Value = serde_json::from_str(&text).expect("JSON");
        if told["type"] != "caption" || told["who"] != "interviewer" {
            continue;
        }
        // The question has been asked before.
        if *first.get_or_insert_with(|| told["id"].clone()) != told["id"] {
            return;
        }
    }
}

/// The heights of the recording, once it is put together.
fn recorded(who: &Candidate, session: &str) -> Value {
    let begun = Instant::now();
    loop {
        let (status, peaks) = who.get(&format!("{session}/recording/peaks?width=1000")).expect("an answer");
        if status == 200 {
            return peaks;
        }
        assert!(begun.elapsed() < DEADLINE, "it is not there: {peaks}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_server_that_is_killed_while_it_records_loses_its_last_moments() {
    let data = tempfile::tempdir().expect("a temporary directory");
    let hears = recogniser();
    let mut server = start(data.path(), hears);
    let mut who = server.candidate_for(20, None);
    let session = interview(&who);
    let mut socket = line(&who, &session);
    speak(&mut socket);
    heard_out(&mut socket);
    server.child.kill().expect("it can be killed");
    server.child.wait().expect("it has ended");
    drop(socket);

    let server = start(data.path(), hears);
    who.address.clone_from(&server.address);
    assert_eq!(put(&who, &format!("{session}/complete"), &json!({})), 200);
    let peaks = recorded(&who, &session);
    let duration_ms = peaks["duration_ms"].as_u64().expect("a length");
    assert!(duration_ms + LOST_MS + ON_ITS_WAY_MS >= SPOKEN_MS, "{duration_ms} of {SPOKEN_MS} ms");
    // And it is what was said: loud and soft in turn, to its end.
    let step_ms = peaks["step_ms"].as_u64().expect("a step");
    let heights = peaks["candidate"].as_array().expect("heights");
    let heights: Vec<f64> = heights.iter().map(|height| height.as_f64().expect("a number")).collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let loud: Vec<bool> = heights.iter().map(|height| *height > highest / 4.0).collect();
    let longest = loud.chunk_by(|one, other| one == other).map(<[bool]>::len).max().expect("heights");
    assert!(longest as u64 * step_ms <= CHANGES_MS + 2 * step_ms, "{heights:?}");
    assert!(heights.iter().filter(|height| **height > 0.0).count() as u64 * step_ms >= duration_ms - 300);
}
