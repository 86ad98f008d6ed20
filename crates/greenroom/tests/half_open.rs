//! A thousand connections that open and say nothing, a thousand that begin to speak and never do, a thousand offers whose
//! pages never come: the server answers others, holds little for them, and lets go of them in its time.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "says what they cost")]

#[expect(dead_code, reason = "others answer through it")]
mod server;

use serde_json::{Value, json};
use server::{Candidate, GREENROOM, Server};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, connect};

const MANY: usize = 1_000;
/// Pages that may be awaited at once, and interviews that offer: an interview awaits one page, the last.
const PENDING: usize = 16;
const INTERVIEWS: usize = 20;
/// How long the server waits for the head of a request, and for the page of an offer, here.
const PATIENCE: Duration = Duration::from_secs(15);
/// By when everything has been let go that is silent: as long, and as long again for a machine with other work.
const DEADLINE: Duration = Duration::from_secs(30);
/// Longest answer to somebody else meanwhile.
const SLOWEST: Duration = Duration::from_secs(15);
/// What all of it may take, MiB.
const MOST_MIB: u64 = 200;

fn serve(data: &std::path::Path) -> Server {
    let mut command = Command::new(GREENROOM);
    command.env("GREENROOM__SERVER__HEADER_TIMEOUT_SECONDS", PATIENCE.as_secs().to_string());
    command.env("GREENROOM__VOICE__WEBRTC__CONNECT_TIMEOUT_MS", PATIENCE.as_millis().to_string());
    command.env("GREENROOM__VOICE__WEBRTC__MAX_PENDING", PENDING.to_string());
    command.env("GREENROOM__VOICE__WEBRTC__ADVERTISE", r#"["203.0.113.7"]"#);
    // Offers come from many addresses, as the proxy says.
    command.env("GREENROOM__SERVER__TRUSTED_PROXIES", r#"["127.0.0.1"]"#);
    Server::start(command, data)
}

fn interview(who: &Candidate) -> String {
    let (_, configs) = who.get("/api/configs").expect("an answer");
    let wish = json!({"config_id": configs["items"][0]["id"], "channel": "voice"});
    let (status, session) = who.post_with("/api/sessions", &wish, &[]).expect("an answer");
    assert_eq!(status, 201, "{session}");
    format!("/api/sessions/{}", session["id"].as_str().expect("an id"))
}

/// Memory of the server, MiB.
fn memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("its memory");
    line.split_whitespace().nth(1).expect("a number").parse::<u64>().expect("a number") / 1024
}

fn open(server: &Server) -> TcpStream {
    TcpStream::connect(server.address.trim_start_matches("http://")).expect("it is let in")
}

/// A WebSocket of an interview that says nothing.
fn silent_line(server: &Server, who: &Candidate, session: &str) -> TcpStream {
    let mut stream = open(server);
    let head = format!(
        "GET {session}/voice/socket HTTP/1.1\r\nhost: here\r\nauthorization: Bearer {}\r\nupgrade: websocket\r\n\
         connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        who.token
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 101", "it is let in");
    stream
}

/// So many offers whose pages never come, each from an address of its own; how many were answered.
fn offers(who: &Candidate, sessions: &[String], count: usize) -> usize {
    let sdp = json!({"sdp": greenroom_media::fuzz::sample_offer()});
    let answered = (0..count).filter(|number| {
        let from = format!("198.51.{}.{}", 100 + number / 250, number % 250 + 1);
        let path = format!("{}/voice/offer", sessions[number % sessions.len()]);
        let (status, body) =
            who.post_with(&path, &sdp, &[("x-forwarded-for", from.as_str())]).expect("an answer");
        assert!(status == 200 || body["error"] == "lines_taken", "{status} {body}");
        status == 200
    });
    answered.count()
}

/// Somebody else hears the first question.
fn is_spoken_to(who: &Candidate, session: &str) {
    let begun = Instant::now();
    let address = who.address.replacen("http", "ws", 1);
    let mut request =
        format!("{address}{session}/voice/socket").into_client_request().expect("a valid request");
    let bearer = format!("Bearer {}", who.token).parse().expect("a valid header");
    request.headers_mut().insert("authorization", bearer);
    let (mut socket, _) = connect(request).expect("a line");
    socket.send(Message::text(r#"{"type":"hello","version":1}"#)).expect("sent");
    while !matches!(socket.read().expect("the line stands"), Message::Binary(_)) {}
    assert!(begun.elapsed() < SLOWEST, "the interviewer was heard after {:?}", begun.elapsed());
}

fn answers(who: &Candidate, session: &str) {
    let begun = Instant::now();
    let (status, found): (u16, Value) = who.get(session).expect("an answer");
    assert_eq!(status, 200, "{found}");
    assert!(begun.elapsed() < SLOWEST, "an answer took {:?}", begun.elapsed());
}

/// Whether the server has closed it by `end`, and what it said.
fn last_words(stream: &mut TcpStream, end: Instant) -> Vec<u8> {
    let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    stream.set_read_timeout(Some(left)).expect("a time");
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Ok(_) => said,
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => said,
        Err(error) => panic!("it stays open: {error}"),
    }
}

#[test]
fn a_thousand_of_each_that_stay_silent_are_let_go_and_disturb_nobody() {
    let files = rlimit::increase_nofile_limit(4 * MANY as u64).expect("a limit");
    assert!(files >= 3 * MANY as u64, "the system allows {files} files; `ulimit -n` must give more");
    let data = tempfile::tempdir().expect("a temporary directory");
    let server = serve(data.path());
    let stranger = server.candidate_for(20, None);
    let sessions: Vec<String> = (0..INTERVIEWS).map(|_| interview(&stranger)).collect();
    let other = server.candidate_for(20, None);
    let (spoken, first) = (interview(&other), interview(&other));
    is_spoken_to(&other, &first);
    let before = memory(&server);

    let answered = offers(&stranger, &sessions, MANY);
    assert!((PENDING..MANY).contains(&answered), "{answered} of {MANY} offers were answered");
    let begun = [&b""[..], b"GET /api/sess", b"GET / HTTP/1.1\r\nupgrade: websocket\r\n", b"\x16\x03\x01"];
    let mut silent: Vec<TcpStream> = (0..MANY)
        .map(|number| {
            let mut stream = open(&server);
            stream.write_all(begun[number % begun.len()]).expect("sent");
            stream
        })
        .collect();
    let mut lines: Vec<TcpStream> =
        (0..MANY).map(|number| silent_line(&server, &stranger, &sessions[number % sessions.len()])).collect();
    answers(&other, &spoken);
    is_spoken_to(&other, &spoken);
    let with_them = memory(&server);
    println!("{before} MiB before, {with_them} MiB with them, {answered} offers answered");
    assert!(with_them.saturating_sub(before) <= MOST_MIB, "{before} MiB and {with_them} MiB");

    let end = Instant::now() + DEADLINE;
    silent.iter_mut().for_each(|stream| drop(last_words(stream, end)));
    for stream in &mut lines {
        let said = last_words(stream, end);
        assert!(said.ends_with(b"no_hello"), "{}", String::from_utf8_lossy(&said));
    }
    answers(&other, &spoken);
    // Their places are free again.
    assert!(offers(&stranger, &sessions, 1) == 1);
}
