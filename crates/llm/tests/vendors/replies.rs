//! Both protocols against a server on this machine that plays the vendor, as the vendors document their formats.

use crate::server::{Outcome, Play, QUESTION, Then, Vendor, ask, request};
use greenroom_llm::{Kind, Message, Protocol, Request, Role, Stop, Usage};
use proptest::prelude::*;
use serde_json::json;
use std::time::Duration;

const OPENAI: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/openai");
const ANTHROPIC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/anthropic");
const BUSY: Kind = Kind::Unavailable { retry_after: None };
const QUIET: Kind = Kind::RateLimited { retry_after: None };

fn fixture(folder: &str, name: &str) -> Vec<u8> {
    std::fs::read(format!("{folder}/{name}.sse")).unwrap()
}

fn folder(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Openai => OPENAI,
        Protocol::Anthropic => ANTHROPIC,
    }
}

/// Name, text, end.
type Row = (&'static str, &'static str, Result<Stop, Kind>);

const OF_OPENAI: &[Row] = &[
    ("normal", "Thank you. What did you measure?", Ok(Stop::Done)),
    ("comments", "Hello there", Ok(Stop::Done)),
    ("unicode", "Grüße, 面接へ ようこそ 👩‍💻", Ok(Stop::Done)),
    ("length", r#"{"score": 7, "quotes": ["I me"#, Ok(Stop::Length)),
    ("fenced", "```json\n{\"score\": 7}\n```", Ok(Stop::Done)),
    ("json", r#"{"score":7}"#, Ok(Stop::Done)),
    ("tool", "", Err(Kind::Malformed)),
    ("thinking", "Go on.", Ok(Stop::Done)),
    ("parts", "Go on.", Ok(Stop::Done)),
    ("groq_usage", "Go on.", Ok(Stop::Done)),
    ("refusal", "", Err(Kind::Refused)),
    ("content_filter", "Well, ", Err(Kind::Refused)),
    ("cut", "What did you mea", Err(Kind::BrokenStream)),
    ("cut_in_event", "What did ", Err(Kind::BrokenStream)),
    ("done_without_reason", "What did ", Err(Kind::BrokenStream)),
    ("no_done", "Go on.", Ok(Stop::Done)),
    ("error", "What did ", Err(BUSY)),
    ("error_event", "", Err(Kind::Malformed)),
    ("error_code", "What ", Err(QUIET)),
    ("malformed", "What did ", Err(Kind::Malformed)),
    ("no_events", "", Err(Kind::Malformed)),
    ("empty_choices", "Go on.", Ok(Stop::Done)),
    ("only_empty_choices", "", Err(Kind::BrokenStream)),
    ("empty_reply", "", Err(Kind::Malformed)),
    ("unknown_reason", "Go on.", Err(Kind::Malformed)),
];

const OF_ANTHROPIC: &[Row] = &[
    ("normal", "Thank you. What did you measure?", Ok(Stop::Done)),
    ("unicode", "Grüße, 面接へ ようこそ 👩‍💻", Ok(Stop::Done)),
    ("length", r#"{"score": 7, "quotes": ["I me"#, Ok(Stop::Length)),
    ("fenced", "```json\n{\"score\": 7}\n```", Ok(Stop::Done)),
    ("tool", "", Err(Kind::Malformed)),
    ("thinking", "Go on.", Ok(Stop::Done)),
    ("new_events", "Go on.", Ok(Stop::Done)),
    ("refusal", "Well, ", Err(Kind::Refused)),
    ("cut", "What did you mea", Err(Kind::BrokenStream)),
    ("no_stop", "Go on.", Err(Kind::BrokenStream)),
    ("stop_without_reason", "Go on.", Err(Kind::BrokenStream)),
    ("overloaded", "What did ", Err(BUSY)),
    ("malformed", "What did ", Err(Kind::Malformed)),
    ("twice_begun", "Go on.", Ok(Stop::Done)),
    ("spliced", "What did ", Err(Kind::Malformed)),
    ("empty_reply", "", Err(Kind::Malformed)),
    ("paused", "Go on.", Err(Kind::BrokenStream)),
    ("unknown_reason", "Go on.", Err(Kind::Malformed)),
];

fn cut(bytes: &[u8], size: usize) -> Vec<Vec<u8>> {
    bytes.chunks(size).map(<[u8]>::to_vec).collect()
}

async fn keeps_to(rows: &[Row], protocol: Protocol) {
    let vendor = Vendor::start(Play::stream(b"")).await;
    let model = vendor.model(protocol);
    for (name, text, end) in rows {
        let bytes = fixture(folder(protocol), name);
        for size in [bytes.len(), 1, 7] {
            vendor.play(Play::chunks(cut(&bytes, size)));
            let outcome = ask(&*model, &request()).await;
            assert_eq!(outcome.text(), *text, "{name}");
            assert_eq!(outcome.end.map(|(stop, _)| stop), *end, "{name}");
        }
    }
    let files = std::fs::read_dir(folder(protocol)).unwrap().count();
    let by_tool_only = 1;
    assert_eq!(files, rows.len() + by_tool_only, "a fixture without a row");
}

#[tokio::test]
async fn chat_completions_are_read_as_documented() {
    keeps_to(OF_OPENAI, Protocol::Openai).await;
}

#[tokio::test]
async fn messages_are_read_as_documented() {
    keeps_to(OF_ANTHROPIC, Protocol::Anthropic).await;
}

async fn outcome(protocol: Protocol, play: Play, request: &Request) -> Outcome {
    let vendor = Vendor::start(play).await;
    ask(&*vendor.model(protocol), request).await
}

async fn usage(protocol: Protocol, name: &str) -> Usage {
    outcome(protocol, Play::stream(&fixture(folder(protocol), name)), &request()).await.end.unwrap().1
}

#[tokio::test]
async fn usage_counts_what_was_cached_within_what_was_read() {
    let wanted = Usage { input: 1200, cached: 1024, output: 7, micros: None };
    assert_eq!(usage(Protocol::Openai, "normal").await, wanted);
    assert_eq!(
        usage(Protocol::Openai, "parts").await,
        Usage { input: 9, cached: 0, output: 3, micros: None }
    );
    assert_eq!(
        usage(Protocol::Openai, "groq_usage").await,
        Usage { input: 31, cached: 0, output: 4, micros: None }
    );
    assert_eq!(
        usage(Protocol::Anthropic, "normal").await,
        Usage { input: 1200, cached: 1088, output: 7, micros: None }
    );
    assert_eq!(
        usage(Protocol::Anthropic, "thinking").await,
        Usage { input: 24, cached: 0, output: 7, micros: None }
    );
}

/// Statuses with a body as the vendors document them.
#[tokio::test]
async fn refusals_are_told_apart() {
    let later = Some(Duration::from_secs(20));
    let error =
        |kind: &str| json!({"type": "error", "error": {"type": kind, "message": QUESTION, "code": kind}});
    let rows = [
        (Play::json(401, &error("invalid_api_key")), Kind::Unauthenticated),
        (Play::json(403, &error("permission_error")), Kind::Forbidden),
        (Play::json(402, &error("billing_error")), Kind::Forbidden),
        (Play::json(404, &error("model_not_found")), Kind::NotFound),
        (Play::json(400, &error("invalid_request_error")), Kind::BadRequest),
        (Play::json(400, &error("context_length_exceeded")), Kind::TooLong),
        (Play::json(400, &error("content_filter")), Kind::Refused),
        (Play::json(413, &error("request_too_large")), Kind::TooLong),
        (Play::json(422, &json!({"detail": [{"loc": ["body"], "msg": "extra"}]})), Kind::BadRequest),
        (Play::json(429, &error("rate_limit_error")), QUIET),
        (
            Play::json(429, &error("rate_limit_error")).header("retry-after", "20"),
            Kind::RateLimited { retry_after: later },
        ),
        (Play::json(429, &error("insufficient_quota")), Kind::Forbidden),
        (Play::json(500, &error("api_error")), BUSY),
        (Play::body(502, "text/html", "<html>bad gateway</html>"), BUSY),
        (
            Play::body(503, "text/plain", "").header("retry-after", "20"),
            Kind::Unavailable { retry_after: later },
        ),
        (Play::json(529, &error("overloaded_error")), BUSY),
        (Play::body(302, "text/html", "").header("location", "https://example.org/"), Kind::NotFound),
        (Play::body(200, "text/html", "<!doctype html><p>Welcome"), Kind::Malformed),
        (Play::body(200, "text/plain", "<!doctype html><p>Welcome"), Kind::Malformed),
        (Play::stream(b""), Kind::Malformed),
        (Play::body(200, "application/json", ""), Kind::Malformed),
        (Play::body(200, "application/json", "[1, 2"), Kind::Malformed),
        (Play::json(200, &error("overloaded_error")), BUSY),
    ];
    for protocol in [Protocol::Openai, Protocol::Anthropic] {
        for (play, kind) in &rows {
            let outcome = outcome(protocol, play.clone(), &request()).await;
            assert_eq!(outcome.end, Err(*kind), "{protocol:?} {}", play.status);
        }
    }
}

#[tokio::test]
async fn an_error_with_an_endless_body_is_read_only_as_far_as_needed() {
    let body = format!("{{\"error\": \"{}", "a".repeat(1 << 20));
    let play = Play::body(500, "application/json", &body).then(Then::Hang);
    assert_eq!(outcome(Protocol::Openai, play, &request()).await.end, Err(BUSY));
}

#[tokio::test]
async fn a_reply_without_end_is_read_only_so_far() {
    let words = "a".repeat(200 << 10);
    let openai = json!({"choices": [{"index": 0, "delta": {"content": words}}]});
    let anthropic = json!({"type": "content_block_delta", "delta": {"type": "text_delta", "text": words}});
    for (protocol, event) in [(Protocol::Openai, openai), (Protocol::Anthropic, anthropic)] {
        let play = Play::stream(format!("data: {event}\n\n").repeat(20).as_bytes()).then(Then::Hang);
        let outcome = outcome(protocol, play, &request()).await;
        assert_eq!(
            (outcome.text().len(), outcome.end),
            (5 * words.len(), Err(Kind::Malformed)),
            "{protocol:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_no_end() {
    for protocol in [Protocol::Openai, Protocol::Anthropic] {
        let play = Play::stream(&fixture(folder(protocol), "cut")).then(Then::Break);
        let outcome = outcome(protocol, play, &request()).await;
        assert_eq!((outcome.text().as_str(), outcome.end), ("What did you mea", Err(Kind::BrokenStream)));
    }
}

#[tokio::test]
async fn a_whole_reply_is_taken_from_a_server_that_does_not_stream() {
    let body = json!({"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop",
        "message": {"role": "assistant", "content": "Go on."}}], "usage": {"prompt_tokens": 5, "completion_tokens": 2}});
    let outcome_of_openai = outcome(Protocol::Openai, Play::json(200, &body), &request()).await;
    let body = json!({"type": "message", "stop_reason": "end_turn", "content": [{"type": "text", "text": "Go on."}],
        "usage": {"input_tokens": 5, "output_tokens": 2}});
    let outcome_of_anthropic = outcome(Protocol::Anthropic, Play::json(200, &body), &request()).await;
    for outcome in [outcome_of_openai, outcome_of_anthropic] {
        assert_eq!(outcome.text(), "Go on.");
        assert_eq!(outcome.end, Ok((Stop::Done, Usage { input: 5, cached: 0, output: 2, micros: None })));
    }
    let play = Play::body(200, "application/json", "{\"choices\": [").then(Then::Break);
    assert_eq!(outcome(Protocol::Openai, play, &request()).await.end, Err(Kind::BrokenStream));
}

/// A reply to `request` for which the vendor says that it read `input` tokens.
async fn counted(protocol: Protocol, input: u64, request: &Request) -> Result<Stop, Kind> {
    let body = match protocol {
        Protocol::Openai => {
            json!({"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop",
            "message": {"role": "assistant", "content": "Go on."}}],
            "usage": {"prompt_tokens": input, "completion_tokens": 2}})
        }
        Protocol::Anthropic => json!({"type": "message", "stop_reason": "end_turn",
            "content": [{"type": "text", "text": "Go on."}],
            "usage": {"input_tokens": input, "output_tokens": 2}}),
    };
    let outcome = outcome(protocol, Play::json(200, &body), request).await;
    assert_eq!(outcome.text(), "Go on.");
    outcome.end.map(|(stop, _)| stop)
}

#[tokio::test]
async fn a_request_that_was_read_in_part_has_no_reply() {
    let long = |text: &str| {
        let message = Message { role: Role::User, text: text.repeat(60_000 / text.len()) };
        Request { messages: vec![message], ..request() }
    };
    let english = long("The ferry leaves at eight, and the harbour office writes down who is on board. ");
    let hindi = long("नौका आठ बजे निकलती है और कार्यालय नाम लिखता है। ");
    for protocol in [Protocol::Openai, Protocol::Anthropic] {
        for (input, end) in [
            (2_048, Err(Kind::Truncated)),
            (4_096, Err(Kind::Truncated)),
            (6_000, Ok(Stop::Done)),
            (0, Ok(Stop::Done)),
        ] {
            assert_eq!(counted(protocol, input, &english).await, end, "{input}");
        }
        // Twelve bytes a token, which is dense and whole.
        assert_eq!(counted(protocol, 5_000, &hindi).await, Ok(Stop::Done));
        assert_eq!(counted(protocol, 600, &request()).await, Ok(Stop::Done));
    }
}

#[tokio::test]
async fn a_connection_is_used_again() {
    for protocol in [Protocol::Openai, Protocol::Anthropic] {
        let vendor = Vendor::start(Play::stream(&fixture(folder(protocol), "normal"))).await;
        let model = vendor.model(protocol);
        for _ in 0..3 {
            ask(&*model, &request()).await;
        }
        let ports: Vec<_> = vendor.received().iter().map(|received| received.from.port()).collect();
        assert_eq!(ports, [ports[0]; 3]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_cut_gives_the_same_pieces(
        of_openai in proptest::sample::select(OF_OPENAI),
        of_anthropic in proptest::sample::select(OF_ANTHROPIC),
        cuts in proptest::collection::vec(0.0_f64..1.0, 0..9),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for (protocol, name) in [(Protocol::Openai, of_openai.0), (Protocol::Anthropic, of_anthropic.0)] {
            let bytes = fixture(folder(protocol), name);
            let mut at: Vec<usize> = cuts.iter().map(|cut| (cut * bytes.len() as f64) as usize).collect();
            at.extend([0, bytes.len()]);
            at.sort_unstable();
            let chunks = at.windows(2).map(|pair| bytes[pair[0]..pair[1]].to_vec()).collect();
            let (whole, in_pieces) = runtime.block_on(async {
                let whole = outcome(protocol, Play::stream(&bytes), &request()).await;
                (whole, outcome(protocol, Play::chunks(chunks), &request()).await)
            });
            prop_assert_eq!(whole, in_pieces);
        }
    }
}
