//! A live gateway: LiteLLM's proxy, with replies that it makes up and with a vendor of ours behind it.

use crate::program::Program;
use crate::server::{Outcome, Play, Vendor, ask, in_json, provider, request, timeouts};
use greenroom_llm::{JsonSupport, Kind, LanguageModel, Protocol, Provider, Stop, Usage, complete, connect};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

const KEY: &str = "sk-gateway-0123";
const WORDS: &str = "Thank you. What did you measure?";

struct Gateway {
    program: Program,
    /// Stands behind the model `passed-on`.
    vendor: Vendor,
}

impl Gateway {
    async fn start() -> Self {
        let vendor = Vendor::start(Play::stream(b"")).await;
        let settings =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("gateway-{}.json", std::process::id()));
        std::fs::write(&settings, settings_of(&vendor.url())).unwrap();
        let arguments = ["--config", settings.to_str().unwrap(), "--telemetry", "False"];
        let program = Program::start("gateway", "litellm", &arguments, "/health/liveliness").await;
        std::fs::remove_file(settings).unwrap();
        Self { program, vendor }
    }

    fn model(&self, name: &str, json: JsonSupport) -> Arc<dyn LanguageModel> {
        let own = provider(Protocol::Openai, format!("{}/v1", self.program.url));
        let api_key = Some(KEY.to_owned().into());
        connect(&Provider { model: name.to_owned(), api_key, json, ..own }, timeouts()).unwrap()
    }

    async fn ask(&self, name: &str) -> Outcome {
        ask(&*self.model(name, JsonSupport::Schema), &request()).await
    }

    /// What comes through of `play`.
    async fn pass_on(&self, play: Play) -> Outcome {
        self.vendor.play(play);
        self.ask("passed-on").await
    }
}

/// JSON is YAML as well.
fn settings_of(vendor: &str) -> String {
    let made_up = |name: &str, reply: &str| {
        let model = json!({"model": "openai/made-up", "api_key": "none", "mock_response": reply});
        json!({"model_name": name, "litellm_params": model})
    };
    let behind = json!({"model": "openai/behind", "api_base": vendor, "api_key": "sk-behind"});
    json!({
        "model_list": [
            made_up("words", WORDS),
            made_up("json", r#"{"score":7}"#),
            made_up("limited", "litellm.RateLimitError"),
            made_up("broken", "litellm.InternalServerError"),
            {"model_name": "passed-on", "litellm_params": behind},
        ],
        "general_settings": {"master_key": KEY},
        "litellm_settings": {"num_retries": 0, "telemetry": false},
        "router_settings": {"disable_cooldowns": true},
    })
    .to_string()
}

#[tokio::test]
async fn what_comes_through_a_gateway_is_read_like_a_vendors_own() {
    let gateway = Gateway::start().await;
    made_up(&gateway).await;
    passed_on(&gateway).await;
}

async fn made_up(gateway: &Gateway) {
    let streamed = gateway.ask("words").await;
    assert!(streamed.texts.len() > 1, "it streams: {streamed:?}");
    assert_eq!((streamed.text().as_str(), streamed.end.unwrap().0), (WORDS, Stop::Done));
    let reply = complete(&*gateway.model("words", JsonSupport::Schema), &request()).await.unwrap();
    assert_eq!(reply.text, WORDS);
    assert!(reply.end.usage.input > 0 && reply.end.usage.output > 0, "{:?}", reply.end.usage);
    for json in [JsonSupport::Schema, JsonSupport::Object, JsonSupport::Prompt] {
        let reply = complete(&*gateway.model("json", json), &in_json()).await.unwrap();
        assert_eq!(reply.text, r#"{"score":7}"#, "{json:?}");
    }
    for (name, kind) in [
        ("limited", Kind::RateLimited { retry_after: None }),
        ("broken", Kind::Unavailable { retry_after: None }),
        ("unknown", Kind::BadRequest),
    ] {
        assert_eq!(gateway.ask(name).await.end, Err(kind), "{name}");
    }
}

async fn passed_on(gateway: &Gateway) {
    let whole = include_bytes!("../fixtures/openai/normal.sse");
    let through = gateway.pass_on(Play::stream(whole)).await;
    assert_eq!(through.text(), WORDS);
    let usage = Usage { input: 1200, cached: 1024, output: 7, micros: None };
    assert_eq!(through.end, Ok((Stop::Done, usage)));
    let cut = gateway.pass_on(Play::stream(include_bytes!("../fixtures/openai/length.sse"))).await;
    assert_eq!(cut.end.map(|(stop, _)| stop), Ok(Stop::Length));
    let error =
        json!({"error": {"message": "no", "type": "invalid_request_error", "code": "invalid_api_key"}});
    for (status, kind) in [
        (401, Kind::Unauthenticated),
        (429, Kind::RateLimited { retry_after: None }),
        (500, Kind::Unavailable { retry_after: None }),
        (503, Kind::Unavailable { retry_after: None }),
    ] {
        assert_eq!(gateway.pass_on(Play::json(status, &error)).await.end, Err(kind), "{status}");
    }
}
