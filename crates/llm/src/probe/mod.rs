//! Tries a model out: is it there, does it take the key, keep to JSON, and read all that it is sent?

mod papers;

use crate::error::LlmError;
use crate::model::{Format, LanguageModel, Message, Piece, Reply, Request, Role, Stream, complete};
use futures::StreamExt;
use greenroom_upstream::Kind;
use papers::{CODE, long_request};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// First words later than this let a candidate wait.
const LATE: Duration = Duration::from_secs(2);
/// How long a turn of an interview waits for first words.
const TOO_LATE: Duration = Duration::from_millis(3_500);

/// The outcome of one trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was tried, in a word or two.
    pub what: &'static str,
    /// Whether it went well.
    pub passed: bool,
    /// What was seen, and what to do if it went wrong.
    pub words: String,
}

impl Finding {
    pub(crate) fn pass(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, passed: true, words: words.into() }
    }

    pub(crate) fn fail(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, passed: false, words: words.into() }
    }
}

/// A part of the trial of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trial {
    /// Is it there, does it take the key, and how soon do its first words come? One or two short calls.
    Answer,
    /// Does it keep a reply to a schema? One short call.
    Json,
    /// Does it read a whole resume with a posting and half an interview? One call of some 6000 tokens.
    Resume,
}

impl Trial {
    /// All parts, in order. When the first brings no answer, the others are not worth trying.
    pub const ALL: [Self; 3] = [Self::Answer, Self::Json, Self::Resume];

    /// How long it may take; 60 s for all of them together.
    pub fn limit(self) -> Duration {
        Duration::from_secs(match self {
            Self::Answer => 25,
            Self::Json => 10,
            Self::Resume => 25,
        })
    }
}

/// A model on trial.
#[derive(Clone, Copy)]
pub struct Probe<'a> {
    /// The model.
    pub model: &'a dyn LanguageModel,
    /// Whether a key is sent to it.
    pub keyed: bool,
}

impl Probe<'_> {
    /// Tries one part. Nothing of what the model says is in the findings.
    pub async fn part(self, trial: Trial) -> Vec<Finding> {
        match trial {
            Trial::Answer => self.answers().await,
            Trial::Json => vec![self.keeps_to_json().await],
            Trial::Resume => vec![self.reads_everything().await],
        }
    }

    /// Tries everything, or only the first part when that fails.
    pub async fn all(self) -> Vec<Finding> {
        let mut found = Vec::new();
        for trial in Trial::ALL {
            found.extend(self.part(trial).await);
            if !is_answered(&found) {
                break;
            }
        }
        found
    }

    async fn answers(self) -> Vec<Finding> {
        let until = Instant::now() + Trial::Answer.limit();
        let first = match self.first_words(until).await {
            Ok(first) => first,
            Err(error) => return self.no_answer(&error),
        };
        // A model on one's own machine is loaded at the first call, and quick from then on.
        let again = if first > LATE { self.first_words(until).await.ok() } else { None };
        let key = if self.keyed { "it was accepted" } else { "none is set, and none is needed" };
        vec![Finding::pass("Reachable", "it answers"), Finding::pass("Key", key), speed(first, again)]
    }

    /// How long the first words take.
    async fn first_words(self, until: Instant) -> Result<Duration, LlmError> {
        let began = Instant::now();
        let request = short("Reply with the single word: ready", Format::Text);
        let answered = timeout_at(until, first_text(self.model, &request)).await;
        answered.unwrap_or_else(|_| Err(self.too_slow(Trial::Answer)))?;
        Ok(began.elapsed())
    }

    /// What a call without an answer says of address, key and model.
    fn no_answer(self, error: &LlmError) -> Vec<Finding> {
        let told = |what| Finding::fail(what, words(error));
        let there = || Finding::pass("Reachable", "something answers there");
        match error.kind {
            Kind::Unauthenticated if !self.keyed => {
                let words = format!("{}. Enter its key.", error.message);
                vec![there(), Finding::fail("Key", words)]
            }
            Kind::Unauthenticated | Kind::Forbidden => vec![there(), told("Key")],
            Kind::Unreachable | Kind::TimedOut | Kind::BrokenStream | Kind::Malformed => {
                vec![told("Reachable")]
            }
            Kind::NotFound => vec![there(), told("Model")],
            _ => vec![there(), told("Answer")],
        }
    }

    async fn keeps_to_json(self) -> Finding {
        const WHAT: &str = "Structured output";
        let schema = json!({"type": "object", "additionalProperties": false, "required": ["sum"],
            "properties": {"sum": {"type": "integer"}}});
        let format = Format::Json { name: "sum".to_owned(), schema: Arc::new(schema) };
        let request = short("Add 19 and 23. Reply with JSON: {\"sum\": <number>}", format);
        match self.complete(Trial::Json, &request).await {
            Ok(reply) => match serde_json::from_str::<Value>(reply.text.trim()) {
                Ok(value) if value["sum"].is_i64() => Finding::pass(WHAT, "the reply fits the schema"),
                Ok(_) => Finding::fail(
                    WHAT,
                    "the reply is JSON of another form. Try json = \"object\" or another model.",
                ),
                Err(_) => {
                    Finding::fail(WHAT, "the reply is not JSON. Try json = \"prompt\" or another model.")
                }
            },
            Err(error) => Finding::fail(WHAT, words(&error)),
        }
    }

    async fn reads_everything(self) -> Finding {
        const WHAT: &str = "A whole resume";
        let text = long_request();
        let sent = text.chars().count();
        let reply = match self.complete(Trial::Resume, &short(&text, Format::Text)).await {
            Ok(reply) => reply,
            Err(error) => return Finding::fail(WHAT, words(&error)),
        };
        let read = reply.end.usage.input;
        // English has about four characters a token, other counts are within a factor of two.
        let cut = read > 0 && read < (sent / 8) as u64;
        let counted = if read > 0 { format!(" ({read} tokens)") } else { String::new() };
        if !cut && reply.text.to_lowercase().contains(CODE) {
            let words = format!("resume, posting and talk of {sent} characters{counted} arrived whole");
            return Finding::pass(WHAT, words);
        }
        Finding::fail(
            WHAT,
            format!(
                "the beginning of {sent} characters was lost{counted}. Give the model a longer context \
                 (Ollama: OLLAMA_CONTEXT_LENGTH=16384 or more)."
            ),
        )
    }

    async fn complete(self, trial: Trial, request: &Request) -> Result<Reply, LlmError> {
        let reply = timeout(trial.limit(), complete(self.model, request)).await;
        reply.unwrap_or_else(|_| Err(self.too_slow(trial)))
    }

    fn too_slow(self, trial: Trial) -> LlmError {
        LlmError {
            provider: self.model.name().provider.clone(),
            kind: Kind::TimedOut,
            message: format!("no reply within {} seconds", trial.limit().as_secs()),
        }
    }
}

const SPEED: &str = "Speed";

/// Whether the findings of [`Trial::Answer`] say that the model answered; if not, more is not worth trying.
pub fn is_answered(found: &[Finding]) -> bool {
    found.iter().any(|finding| finding.what == SPEED)
}

fn speed(first: Duration, again: Option<Duration>) -> Finding {
    let usual = again.unwrap_or(first);
    let mut words = format!("first words after {} ms", usual.as_millis());
    if again.is_some() {
        words.push_str(&format!(", {} ms at the first call", first.as_millis()));
    }
    if usual > TOO_LATE {
        words.push_str(". Too late: after 3.5 seconds the next in line takes the turn. Try a smaller model.");
        return Finding::fail(SPEED, words);
    }
    if usual > LATE {
        words.push_str(". A candidate would wait; try a smaller model, or one that is nearer.");
        return Finding::fail(SPEED, words);
    }
    Finding::pass(SPEED, words)
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

fn short(text: &str, format: Format) -> Request {
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

/// What happened, and what to do about it.
fn words(error: &LlmError) -> String {
    format!("{}. {}", error.message, advice(error.kind))
}

/// What an operator can do about a failure.
pub fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::Unauthenticated => "Check the key.",
        Kind::Forbidden => "Check what the key may do, and the account's balance.",
        Kind::NotFound => "Check the model's name and the address (base_url).",
        Kind::TooLong => "Give the model a longer context, or take another.",
        Kind::Truncated => {
            "It reads only a part of what it is sent: give it a longer context (Ollama: OLLAMA_CONTEXT_LENGTH=16384 \
             or more), or take another."
        }
        Kind::BadRequest => "The provider does not understand us: check protocol and json of its entry.",
        Kind::RateLimited { .. } => "Wait, or ask the vendor for more requests.",
        Kind::Unavailable { .. } => "The vendor has trouble; try again later.",
        Kind::Unreachable => "Check the address (base_url) and the network.",
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
