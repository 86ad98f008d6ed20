//! What is sent to a vendor, and in which of its forms JSON comes back.

use crate::server::{KEY, Play, QUESTION, Vendor, ask, in_json, provider, request, timeouts};
use greenroom_llm::{Format, JsonSupport, Kind, Protocol, Provider, Request, Stop, connect};
use serde_json::json;
use std::sync::Arc;

#[tokio::test]
async fn the_key_and_the_request_are_sent_and_nothing_else() {
    let vendor = Vendor::start(Play::stream(include_bytes!("../fixtures/openai/normal.sse"))).await;
    ask(&*vendor.model(Protocol::Openai), &in_json()).await;
    vendor.play(Play::stream(include_bytes!("../fixtures/anthropic/normal.sse")));
    ask(&*vendor.model(Protocol::Anthropic), &in_json()).await;
    let [openai, anthropic] = &vendor.received()[..] else { panic!("two requests") };
    assert_eq!(openai.path, "/v1/chat/completions");
    assert_eq!(openai.headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(anthropic.path, "/v1/messages");
    assert_eq!(anthropic.headers["x-api-key"], KEY);
    assert_eq!(anthropic.headers["anthropic-version"], "2023-06-01");
    let schema = json!({"type": "object", "properties": {"score": {"type": "integer", "maximum": 10}},
        "required": ["score"], "additionalProperties": false});
    assert_eq!(
        openai.body,
        json!({"model": "claude-sonnet-4-5", "stream": true, "stream_options": {"include_usage": true},
            "max_tokens": 300, "temperature": 0.5,
            "messages": [{"role": "system", "content": "You interview."}, {"role": "user", "content": QUESTION}],
            "response_format": {"type": "json_schema",
                "json_schema": {"name": "score", "strict": true, "schema": schema}}})
    );
    let schema = json!({"type": "object", "properties": {"score": {"type": "integer"}},
        "required": ["score"], "additionalProperties": false});
    assert_eq!(
        anthropic.body,
        json!({"model": "claude-sonnet-4-5", "stream": true, "max_tokens": 300, "temperature": 0.5,
            "system": [{"type": "text", "text": "You interview.", "cache_control": {"type": "ephemeral"}}],
            "messages": [{"role": "user", "content": QUESTION}],
            "output_config": {"format": {"type": "json_schema", "schema": schema}}})
    );
}

async fn in_json_by(protocol: Protocol, json: JsonSupport, bytes: &[u8]) -> (String, serde_json::Value) {
    let vendor = Vendor::start(Play::stream(bytes)).await;
    let provider = Provider { json, ..provider(protocol, vendor.url()) };
    let outcome = ask(&*connect(&provider, timeouts()).unwrap(), &in_json()).await;
    assert_eq!(outcome.end.map(|(stop, _)| stop), Ok(Stop::Done));
    (outcome.text(), vendor.received().pop().unwrap().body)
}

#[tokio::test]
async fn json_comes_by_a_tool_that_must_be_called() {
    let bytes = include_bytes!("../fixtures/openai/tool.sse");
    let (text, body) = in_json_by(Protocol::Openai, JsonSupport::Tool, bytes).await;
    assert_eq!(text, r#"{"score":7}"#);
    assert_eq!(body["tool_choice"]["function"]["name"], "score");
    assert_eq!(body["tools"][0]["function"]["parameters"]["required"][0], "score");
    let bytes = include_bytes!("../fixtures/anthropic/tool.sse");
    for json in [JsonSupport::Tool, JsonSupport::Object] {
        let (text, body) = in_json_by(Protocol::Anthropic, json, bytes).await;
        assert_eq!(text, r#"{"score":7}"#);
        assert_eq!(
            (&body["tool_choice"]["type"], &body["tool_choice"]["name"]),
            (&"tool".into(), &"score".into())
        );
        assert_eq!(body["tools"][0]["input_schema"]["properties"]["score"]["type"], "integer");
    }
}

#[tokio::test]
async fn a_tool_that_was_not_offered_is_no_reply() {
    let schema = Arc::new(json!({"type": "object"}));
    let other = Request { format: Format::Json { name: "other".to_owned(), schema }, ..request() };
    for (protocol, bytes) in [
        (Protocol::Openai, &include_bytes!("../fixtures/openai/tool.sse")[..]),
        (Protocol::Anthropic, include_bytes!("../fixtures/anthropic/tool.sse")),
    ] {
        let vendor = Vendor::start(Play::stream(bytes)).await;
        let provider = Provider { json: JsonSupport::Tool, ..provider(protocol, vendor.url()) };
        let outcome = ask(&*connect(&provider, timeouts()).unwrap(), &other).await;
        assert_eq!((outcome.text().as_str(), outcome.end), ("", Err(Kind::Malformed)));
    }
}

#[tokio::test]
async fn json_that_was_said_instead_of_calling_the_tool_is_taken() {
    let bytes = include_bytes!("../fixtures/openai/tool_ignored.sse");
    assert_eq!(in_json_by(Protocol::Openai, JsonSupport::Tool, bytes).await.0, r#"{"score":7}"#);
    let bytes = include_bytes!("../fixtures/anthropic/tool_ignored.sse");
    assert_eq!(in_json_by(Protocol::Anthropic, JsonSupport::Tool, bytes).await.0, r#"{"score":7}"#);
}

#[tokio::test]
async fn where_no_field_holds_the_schema_it_is_said_in_words() {
    let bytes = include_bytes!("../fixtures/openai/json.sse");
    let (_, body) = in_json_by(Protocol::Openai, JsonSupport::Object, bytes).await;
    assert_eq!(body["response_format"], serde_json::json!({"type": "json_object"}));
    assert!(body["messages"][0]["content"].as_str().unwrap().contains(r#""required":["score"]"#));
    let (_, body) = in_json_by(Protocol::Openai, JsonSupport::Prompt, bytes).await;
    assert!(body.get("response_format").is_none());
    assert!(body["messages"][0]["content"].as_str().unwrap().contains("JSON Schema"));
    let bytes = include_bytes!("../fixtures/anthropic/tool_ignored.sse");
    let (_, body) = in_json_by(Protocol::Anthropic, JsonSupport::Prompt, bytes).await;
    assert!(body["system"][0]["text"].as_str().unwrap().contains("JSON Schema"));
}

#[tokio::test]
async fn each_is_asked_in_its_dialect() {
    let vendor = Vendor::start(Play::stream(include_bytes!("../fixtures/openai/normal.sse"))).await;
    let ask_as = async |name: &str, model: &str| {
        let own = provider(Protocol::Openai, vendor.url());
        let provider = Provider { name: name.to_owned(), model: model.to_owned(), ..own };
        let model = connect(&provider, timeouts()).unwrap();
        model.stream(&request()).await.map(drop).unwrap();
        vendor.received().pop().unwrap().body
    };
    let openai = ask_as("openai", "gpt-5-mini").await;
    assert_eq!((&openai["max_completion_tokens"], openai.get("temperature")), (&300.into(), None));
    let mistral = ask_as("mistral", "mistral-small-latest").await;
    assert_eq!((&mistral["max_tokens"], mistral.get("stream_options")), (&300.into(), None));
    let own = provider(Protocol::Anthropic, vendor.url());
    let provider = Provider { model: "claude-opus-5".to_owned(), ..own };
    connect(&provider, timeouts()).unwrap().stream(&request()).await.map(drop).unwrap();
    assert_eq!(vendor.received().pop().unwrap().body.get("temperature"), None);
}
