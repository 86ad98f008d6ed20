//! Tries a model out: does it answer, keep to JSON, and read all that it is sent?

use crate::error::{Kind, LlmError};
use crate::model::{Format, LanguageModel, Message, Piece, Request, Role, Stream, complete};
use futures::StreamExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::time::Instant;

/// About as many characters as a resume, a posting and half an interview have.
const LONG_CHARS: usize = 24_000;
/// What must be found again at the beginning of the long text.
const WORD: &str = "heliotrope";

/// The outcome of one trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was tried.
    pub what: &'static str,
    /// Whether it went well.
    pub passed: bool,
    /// What was seen, and what to do if it went wrong.
    pub words: String,
}

impl Finding {
    fn pass(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, passed: true, words: words.into() }
    }

    fn fail(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, passed: false, words: words.into() }
    }
}

/// Tries `model` out: three short calls. Without an answer to the first, the others are not made.
pub async fn probe(model: &dyn LanguageModel) -> Vec<Finding> {
    let answers = answers(model).await;
    if !answers.passed {
        return vec![answers];
    }
    vec![answers, keeps_to_json(model).await, reads_everything(model).await]
}

async fn answers(model: &dyn LanguageModel) -> Finding {
    let began = Instant::now();
    match first_text(model, &request("Reply with the single word: ready", Format::Text)).await {
        Ok(()) => Finding::pass("answers", format!("first words after {} ms", began.elapsed().as_millis())),
        Err(error) => Finding::fail("answers", format!("{error}. {}", advice(error.kind))),
    }
}

async fn first_text(model: &dyn LanguageModel, request: &Request) -> Result<(), LlmError> {
    let Stream { model: name, mut pieces } = model.stream(request).await?;
    while let Some(piece) = pieces.next().await {
        if matches!(piece?, Piece::Text(_)) {
            return Ok(());
        }
    }
    let message = "the reply was empty".to_owned();
    Err(LlmError { provider: name.provider, kind: Kind::Malformed, message })
}

async fn keeps_to_json(model: &dyn LanguageModel) -> Finding {
    const WHAT: &str = "keeps to JSON";
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["sum"],
        "properties": {"sum": {"type": "integer"}}});
    let format = Format::Json { name: "sum".to_owned(), schema: Arc::new(schema) };
    match complete(model, &request("Add 19 and 23. Reply with JSON: {\"sum\": <number>}", format)).await {
        Ok(reply) => match serde_json::from_str::<Value>(reply.text.trim()) {
            Ok(value) if value["sum"].is_i64() => Finding::pass(WHAT, "the reply fits the schema"),
            Ok(_) => Finding::fail(
                WHAT,
                "the reply is JSON of another form. Try json = \"object\" or another model.",
            ),
            Err(_) => Finding::fail(WHAT, "the reply is not JSON. Try json = \"prompt\" or another model."),
        },
        Err(error) => Finding::fail(WHAT, format!("{error}. {}", advice(error.kind))),
    }
}

async fn reads_everything(model: &dyn LanguageModel) -> Finding {
    const WHAT: &str = "reads everything";
    let filler = "The ferry leaves at eight, and the harbour office writes down who is on board. ";
    let text = format!(
        "The code word is {WORD}.\n\n{}\n\nWhat is the code word? Reply with that word only.",
        filler.repeat(LONG_CHARS / filler.len())
    );
    let reply = match complete(model, &request(&text, Format::Text)).await {
        Ok(reply) => reply,
        Err(error) => return Finding::fail(WHAT, format!("{error}. {}", advice(error.kind))),
    };
    let read = reply.end.usage.input;
    // English has about four characters a token, other counts are within a factor of two.
    let cut = read > 0 && read < (LONG_CHARS / 8) as u64;
    if !cut && reply.text.to_lowercase().contains(WORD) {
        return Finding::pass(WHAT, format!("{LONG_CHARS} characters arrived whole ({read} tokens)"));
    }
    let counted = if read > 0 { format!("; it counted {read} tokens") } else { String::new() };
    Finding::fail(
        WHAT,
        format!(
            "the beginning of {LONG_CHARS} characters was lost{counted}. Give the model a longer context \
             (Ollama: OLLAMA_CONTEXT_LENGTH=16384 or more)."
        ),
    )
}

fn request(text: &str, format: Format) -> Request {
    Request {
        system: "You follow instructions exactly and briefly.".to_owned(),
        messages: vec![Message { role: Role::User, text: text.to_owned() }],
        max_tokens: 200,
        temperature: Some(0.0),
        format,
        account: None,
        reuse: false,
    }
}

/// What an operator can do about a failure.
pub fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::Unauthenticated => "Check the key.",
        Kind::Forbidden => "Check what the key may do, and the account's balance.",
        Kind::NotFound => "Check the model's name and base_url.",
        Kind::TooLong => "Give the model a longer context, or take another.",
        Kind::Truncated => {
            "It reads only a part of what it is sent: give it a longer context (Ollama: OLLAMA_CONTEXT_LENGTH=16384 \
             or more), or take another."
        }
        Kind::BadRequest => "The provider does not understand us: check protocol and json of its entry.",
        Kind::RateLimited { .. } => "Wait, or ask the vendor for more requests.",
        Kind::Unavailable { .. } => "The vendor has trouble; try again later.",
        Kind::Unreachable => "Check base_url and the network.",
        Kind::TimedOut => "It is too slow, or not there; try a smaller model.",
        Kind::BrokenStream | Kind::Malformed => {
            "Something between here and there breaks streams; check proxies."
        }
        Kind::Refused => "The model declined; try another.",
        Kind::OverBudget => {
            "Raise llm.dollars_per_day or llm.dollars_per_interview, or wait until tomorrow (UTC)."
        }
    }
}
