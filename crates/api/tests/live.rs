//! The WebSocket of an interview over a real listener: nothing twice, nothing left out, and nobody else's.

use axum::http::StatusCode;
use futures::{SinkExt, StreamExt};
use greenroom_testkit::played_model::{GOES_ON, Gate, PlayedModel, REACTION, Step};
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const ANSWER: &str =
    "I stored an idempotency key with the result in one transaction, so a retry returns the first result.";
/// Longest wait for something that must happen.
const DEADLINE: Duration = Duration::from_secs(20);

/// One end of the line.
struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    async fn open(to: SocketAddr, path: &str, headers: &[(&'static str, String)]) -> Result<Self, Error> {
        let mut request = format!("ws://{to}{path}").into_client_request().expect("a valid request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a valid header"));
        }
        connect_async(request).await.map(|(stream, _)| Self(stream))
    }

    /// The next message; `None` when the server has ended the line.
    async fn next(&mut self) -> Option<Value> {
        let told = async {
            loop {
                match self.0.next().await? {
                    Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("JSON")),
                    Ok(Message::Close(_)) | Err(_) => return None,
                    Ok(_) => {}
                }
            }
        };
        tokio::time::timeout(DEADLINE, told).await.expect("something comes in time")
    }

    /// Everything up to the first message of this kind.
    async fn until(&mut self, kind: &str) -> Vec<Value> {
        let mut all = Vec::new();
        while all.last().is_none_or(|message: &Value| message["kind"] != kind) {
            all.push(self.next().await.expect("the line stands"));
        }
        all
    }

    /// Everything up to this sign of what is being written.
    async fn until_draft(&mut self, at_work: bool, words: &str) -> Vec<Value> {
        let sign = json!({"kind": "writing", "data": {"at_work": at_work, "words": words}});
        let mut all = Vec::new();
        while all.last() != Some(&sign) {
            all.push(self.next().await.expect("the line stands"));
        }
        all
    }

    async fn say(&mut self, message: impl Into<Message>) {
        self.0.send(message.into()).await.expect("the line stands");
    }

    /// Writes bytes under the protocol.
    async fn write(&mut self, bytes: &[u8]) {
        let MaybeTlsStream::Plain(tcp) = self.0.get_mut() else { panic!("a plain line") };
        tcp.write_all(bytes).await.expect("the line stands");
    }
}

fn live(session: &Value, after: impl std::fmt::Display) -> String {
    at(session, &format!("/live?after={after}"))
}

fn bearer(client: &Client) -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {}", client.token.as_deref().expect("somebody is signed in")))]
}

async fn watch(client: &Client, to: SocketAddr, session: &Value, after: u64) -> Line {
    Line::open(to, &live(session, after), &bearer(client)).await.expect("the line stands")
}

/// Status and error of a refused line.
fn refusal(outcome: Result<Line, Error>) -> (StatusCode, String) {
    let Err(Error::Http(response)) = outcome else { panic!("an ordinary answer refuses the line") };
    let body: Value = serde_json::from_slice(response.body().as_deref().unwrap_or_default()).expect("JSON");
    assert_eq!(body["status_code"], response.status().as_u16());
    (response.status(), body["error"].as_str().expect("a name").to_owned())
}

async fn log(client: &Client, session: &Value) -> Vec<Value> {
    let (_, events) = client.call("GET", &at(session, "/events?limit=500"), None).await;
    events["items"].as_array().expect("events").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_comes_first_and_then_what_happens() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let (_, answered) = client.answer(&session, &session["current_question"], ANSWER).await;
    let before = log(&client, &session).await;
    let mut line = watch(&client, to, &session, 0).await;
    let replay = line.until("caught_up").await;
    assert_eq!(replay[..replay.len() - 1], before, "the line says what the log says");
    assert_eq!(replay.last().expect("caught up")["data"]["last_seq"], before.len());
    // From a position on: only what comes after it.
    let later = watch(&client, to, &session, 2).await.until("caught_up").await;
    assert_eq!(later[..later.len() - 1], before[2..]);
    // Another client answers, and the work behind it is done.
    client.answer(&session, &answered["next_question"], ANSWER).await;
    client.test.work().await;
    let mut heard = line.until("answer_evaluated").await;
    while heard.len() + before.len() < log(&client, &session).await.len() {
        heard.push(line.next().await.expect("the line stands"));
    }
    assert_eq!(heard, log(&client, &session).await[before.len()..]);
    for kind in ["answer_received", "question_asked", "answer_evaluated"] {
        assert!(heard.iter().any(|event| event["kind"] == kind), "{kind} was told: {heard:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_again_and_again_loses_nothing() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let answering = async {
        let mut question = session["current_question"].clone();
        while !question.is_null() {
            let (status, answered) = client.answer(&session, &question, ANSWER).await;
            assert_eq!(status, StatusCode::CREATED, "{answered}");
            question = answered["next_question"].clone();
            client.test.work().await;
        }
    };
    let listening = async {
        let mut heard: Vec<Value> = Vec::new();
        for messages in (1..=3).cycle() {
            let last = heard.last().map_or(0, |event| event["seq"].as_u64().expect("a position"));
            let mut line = watch(&client, to, &session, last).await;
            for _ in 0..messages {
                let message = line.next().await.expect("the line stands");
                if message["kind"] == "completed" {
                    heard.push(message);
                    return heard;
                }
                if message["seq"].is_u64() {
                    heard.push(message);
                }
            }
        }
        heard
    };
    let ((), heard) = tokio::join!(answering, listening);
    let positions: Vec<u64> = heard.iter().filter_map(|event| event["seq"].as_u64()).collect();
    assert_eq!(positions, (1..=heard.len() as u64).collect::<Vec<_>>(), "no gap and nothing twice");
    assert_eq!(heard, log(&client, &session).await[..heard.len()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_ping_is_answered() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let mut line = watch(&client, to, &session, 0).await;
    line.until("caught_up").await;
    for noise in
        ["", "null", "[]", "{}", "{\"kind\":", "say \"ping\"", "{\"kind\":\"pong\",\"to\":\"ping\"}", "👍"]
    {
        line.say(noise).await;
    }
    line.say(vec![0_u8, 255, 254]).await;
    line.say(Message::Ping(b"still there?".to_vec().into())).await;
    line.say("{\"kind\": \"ping\", \"data\": {\"at\": 1}}").await;
    assert_eq!(line.next().await, Some(json!({"kind": "pong", "data": {}})));
    client.answer(&session, &session["current_question"], ANSWER).await;
    let heard = line.until("answer_received").await;
    assert_eq!(heard.len(), 1, "one ping, one pong: {heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_frame_ends_its_own_line_only() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let mut other = watch(&client, to, &session, 0).await;
    other.until("caught_up").await;
    // Only the beginning of a frame that says it is 10 MB long: the server does not wait for the rest.
    let mut endless = vec![0x81, 0xff];
    endless.extend(10_000_000_u64.to_be_bytes());
    endless.extend([0, 0, 0, 0]);
    let broken: [&[u8]; 5] = [
        &endless,
        b"GET / HTTP/1.1\r\n\r\n",
        &[0x83, 0x80, 0, 0, 0, 0],
        &[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe],
        &[0x81, 0x02, b'h', b'i'],
    ];
    for bytes in broken {
        let mut line = watch(&client, to, &session, 0).await;
        line.until("caught_up").await;
        line.write(bytes).await;
        assert_eq!(line.next().await, None, "{bytes:?} ends the line");
    }
    let mut line = watch(&client, to, &session, 0).await;
    line.until("caught_up").await;
    // The server may hang up before all of it is sent.
    let _ = line.0.send(Message::from("x".repeat(100_000))).await;
    assert_eq!(line.next().await, None, "a message that is too long ends the line");
    client.answer(&session, &session["current_question"], ANSWER).await;
    other.until("answer_received").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_for_its_owner_and_our_own_pages() {
    let mut client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let mine = bearer(&client);
    let cookie = ("cookie", format!("greenroom_access={}", client.token.clone().expect("signed in")));
    let own = ("origin", format!("http://{to}"));
    let mut line = Line::open(to, &live(&session, 0), &[cookie.clone(), own]).await.expect("our own pages");
    line.until("caught_up").await;
    for foreign in ["https://elsewhere.example", "null", "", "http://127.0.0.1:1"] {
        let headers = [cookie.clone(), ("origin", foreign.to_owned())];
        let refused = refusal(Line::open(to, &live(&session, 0), &headers).await);
        assert_eq!(refused, (StatusCode::FORBIDDEN, "cross_site_request".to_owned()), "{foreign}");
    }
    let refused = refusal(Line::open(to, &live(&session, 0), &[]).await);
    assert_eq!(refused.0, StatusCode::UNAUTHORIZED);
    client.sign_in_as_guest().await;
    let refused = refusal(Line::open(to, &live(&session, 0), &bearer(&client)).await);
    assert_eq!(refused, (StatusCode::NOT_FOUND, "session_not_found".to_owned()));
    let nowhere = Line::open(to, "/api/sessions/nowhere/live", &mine).await;
    assert_eq!(refusal(nowhere).0, StatusCode::NOT_FOUND);
    let (status, body) = client.call("GET", &live(&session, 0), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "also without a WebSocket: {body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_that_is_none_is_refused() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    for after in ["abc", "-1", "1.5", "18446744073709551616"] {
        let refused = refusal(Line::open(to, &live(&session, after), &bearer(&client)).await);
        assert_eq!(refused, (StatusCode::UNPROCESSABLE_ENTITY, "invalid_input".to_owned()), "{after}");
    }
    let (status, body) = client.call("GET", &live(&session, 0), None).await;
    assert_eq!((status, body["error"].as_str()), (StatusCode::UPGRADE_REQUIRED, Some("websocket_only")));
    // Beyond the end: the line says where the end is, and what comes then is told.
    let last = log(&client, &session).await.len();
    let mut line = watch(&client, to, &session, u64::MAX).await;
    assert_eq!(line.next().await.expect("caught up")["data"]["last_seq"], last);
    client.answer(&session, &session["current_question"], ANSWER).await;
    let answered = line.until("answer_received").await;
    assert_eq!(answered[0]["seq"], last + 1);
}

/// Lets a model converse that writes one sentence and then waits for the gate.
fn converse(client: &Client) -> Gate {
    let gate = Gate::shut();
    let held = gate.clone();
    let steps = move |_: &_, _| vec![Step::Say(format!("{GOES_ON}\n")), Step::Wait(held.clone())];
    PlayedModel::turning(steps).converses_in(&client.test.app);
    gate
}

fn kinds(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["kind"].as_str().expect("a kind")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_written_is_told_before_the_question() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let gate = converse(&client);
    let mut line = watch(&client, to, &session, 0).await;
    line.until("caught_up").await;
    let listening = async {
        let draft = line.until_draft(true, REACTION).await;
        assert!(!kinds(&draft).contains(&"question_asked"), "{draft:?}");
        gate.open();
        let rest = line.until_draft(false, "").await;
        let asked = rest.iter().find(|message| message["kind"] == "question_asked");
        assert!(asked.is_some_and(|asked| asked.to_string().contains(REACTION)), "{rest:?}");
    };
    let ((status, answered), ()) =
        tokio::join!(client.answer(&session, &session["current_question"], ANSWER), listening);
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(answered["next_question"]["lead_in"], REACTION);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_in_the_middle_of_a_draft_is_told_it_at_once() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let gate = converse(&client);
    let mut line = watch(&client, to, &session, 0).await;
    let listening = async {
        line.until_draft(true, REACTION).await;
        let mut late = watch(&client, to, &session, 0).await;
        let mut log = late.until("caught_up").await;
        assert_eq!(log.pop().expect("caught up")["data"]["last_seq"], log.len());
        let draft = json!({"kind": "writing", "data": {"at_work": true, "words": REACTION}});
        assert_eq!(late.next().await, Some(draft));
        gate.open();
        assert!(kinds(&late.until_draft(false, "").await).contains(&"question_asked"));
    };
    let answer = client.answer(&session, &session["current_question"], ANSWER);
    let ((status, _), ()) = tokio::join!(answer, listening);
    assert_eq!(status, StatusCode::CREATED);
    // Afterwards there is nothing to tell.
    let mut after = watch(&client, to, &session, 0).await;
    after.until("caught_up").await;
    after.say("{\"kind\": \"ping\", \"data\": {}}").await;
    assert_eq!(after.next().await.expect("the line stands")["kind"], "pong");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_that_is_deleted_ends_its_lines() {
    let client = Client::guest().await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let mut line = watch(&client, to, &session, 0).await;
    line.until("caught_up").await;
    let (status, _) = client.call("DELETE", &at(&session, ""), None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(line.next().await, None);
}
