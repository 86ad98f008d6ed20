//! Replies of real vendors, recorded, that are not part of the repository. `GREENROOM_SHARED` names a directory
//! with `data/llm_fixtures`.

use crate::server::{Outcome, Play, Vendor, ask, provider, request, timeouts};
use greenroom_llm::{Format, JsonSupport, Protocol, Provider, Request, connect};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Recording {
    name: String,
    protocol: Protocol,
    status: u16,
    is_stream: bool,
    body: String,
}

fn fixtures() -> PathBuf {
    let root =
        std::env::var("GREENROOM_SHARED").expect("GREENROOM_SHARED names the directory of shared data");
    Path::new(&root).join("data/llm_fixtures")
}

fn recorded(line: &str) -> Option<Recording> {
    let row: Value = serde_json::from_str(line).unwrap();
    let endpoint = row["endpoint"].as_str()?;
    let protocol = match endpoint {
        _ if endpoint.contains("/chat/completions") => Protocol::Openai,
        "/v1/messages" => Protocol::Anthropic,
        _ => return None,
    };
    let body = match &row["body"] {
        Value::String(body) => body.clone(),
        other => other.to_string(),
    };
    Some(Recording {
        name: format!("{} {} {}", row["provider"], row["source_file"], row["interaction"]),
        protocol,
        status: u16::try_from(row["status"].as_u64()?).unwrap(),
        // Some streams are not marked as such.
        is_stream: row["stream"].as_bool()? || body.starts_with(": ") || body.starts_with("data: "),
        body,
    })
}

/// Payloads of events, one a line, or a body: of a folder of one vendor.
fn sampled(path: &Path, protocol: Protocol) -> Option<Recording> {
    let name = path.file_name()?.to_str()?.to_owned();
    let text = std::fs::read_to_string(path).unwrap();
    let is_of_protocol = match protocol {
        Protocol::Openai => text.contains("chat.completion"),
        Protocol::Anthropic => text.contains("\"type\":\"message") || text.contains("\"type\": \"message"),
    };
    let is_stream = name.ends_with(".chunks.txt");
    if !is_of_protocol || !(is_stream || name.ends_with(".json")) {
        return None;
    }
    let event = |line: &str| format!("data: {line}\n\n");
    let body = if is_stream {
        let events: String = text.lines().filter(|line| !line.trim().is_empty()).map(event).collect();
        let done = if protocol == Protocol::Openai { "data: [DONE]\n\n" } else { "" };
        events + done
    } else {
        text
    };
    Some(Recording { name, protocol, status: 200, is_stream, body })
}

fn recordings() -> Vec<Recording> {
    let lines = std::fs::read_to_string(fixtures().join("recorded_responses.jsonl")).unwrap();
    let mut all: Vec<Recording> = lines.lines().filter_map(recorded).collect();
    for (folder, protocol) in [
        ("anthropic", Protocol::Anthropic),
        ("openai", Protocol::Openai),
        ("openai-compatible", Protocol::Openai),
        ("deepseek", Protocol::Openai),
        ("groq", Protocol::Openai),
        ("mistral", Protocol::Openai),
    ] {
        let files = std::fs::read_dir(fixtures().join("vercel_ai").join(folder)).unwrap();
        all.extend(files.filter_map(|file| sampled(&file.unwrap().path(), protocol)));
    }
    all
}

/// Names of tools that are called in a recording, and of other things.
fn names(body: &str) -> BTreeSet<&str> {
    let after = body.split("\"name\":").skip(1);
    after.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next()).collect()
}

/// As text; where a tool was called instead, as the arguments of that tool.
async fn read(vendor: &Vendor, recording: &Recording) -> Outcome {
    let kind = if recording.is_stream { "text/event-stream" } else { "application/json" };
    vendor.play(Play::body(recording.status, kind, &recording.body));
    let provider = Provider { json: JsonSupport::Tool, ..provider(recording.protocol, vendor.url()) };
    let model = connect(&provider, timeouts()).unwrap();
    let mut outcome = ask(&*model, &request()).await;
    for name in names(&recording.body) {
        if outcome.end.is_ok() {
            break;
        }
        let format = Format::Json { name: name.to_owned(), schema: Arc::new(Value::Bool(true)) };
        outcome = ask(&*model, &Request { format, ..request() }).await;
    }
    outcome
}

#[tokio::test]
#[ignore = "needs data outside the repository: make test-shared"]
#[expect(clippy::print_stdout, reason = "the counts are what the run is for")]
async fn every_recorded_reply_is_read_or_refused() {
    let vendor = Vendor::start(Play::stream(b"")).await;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut all, mut ended) = (0, 0);
    for recording in recordings() {
        let outcome = read(&vendor, &recording).await;
        let form = if recording.is_stream { "stream" } else { "body" };
        let what = match outcome.end {
            Ok((stop, _)) => format!("{stop:?}"),
            Err(kind) => format!("{kind:?}"),
        };
        if outcome.end.is_err() && recording.status == 200 {
            println!("{:?} {form} {what}: {}", recording.protocol, recording.name);
        }
        assert!(recording.status == 200 || outcome.end.is_err(), "{}", recording.name);
        all += usize::from(recording.status == 200);
        ended += usize::from(outcome.end.is_ok());
        *counts.entry(format!("{:?} {form} {} {what}", recording.protocol, recording.status)).or_default() +=
            1;
    }
    for (what, count) in &counts {
        println!("{count:5} {what}");
    }
    // The others are refusals, errors within streams, and calls of several tools or of one without arguments.
    assert!(all > 900 && ended * 100 >= all * 97, "{ended} of {all} read to the end");
}
