//! A model that plays a part, and what the tests judge with it.

use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::{EngineKind, Judgement, Quote};
use greenroom_domain::interview::InterviewType;
use greenroom_domain::rubric::{Rubric, overall};
use greenroom_llm::{
    Capabilities, End, Kind, LanguageModel, LlmError, ModelName, Piece, Request, Stop, Stream, Usage,
};
use greenroom_providers::Subject;
use greenroom_scoring::rubrics;
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock, Mutex};

/// What each reply took.
pub const USAGE: Usage = Usage { input: 900, cached: 800, output: 70, micros: Some(12) };

/// What the model does when asked.
pub enum Step {
    Say(String),
    Cut(String),
    Fail(Kind),
    Hang,
}

type Part = dyn Fn(&Request, usize) -> Step + Send + Sync;

pub struct Scripted {
    name: ModelName,
    context: Option<u32>,
    part: Box<Part>,
    pub asked: Mutex<Vec<Request>>,
}

impl Scripted {
    /// A model that plays `part`, given the request and its number from 0.
    pub fn new(part: impl Fn(&Request, usize) -> Step + Send + Sync + 'static) -> Arc<Self> {
        Self::with_context(None, part)
    }

    pub fn with_context(
        context: Option<u32>,
        part: impl Fn(&Request, usize) -> Step + Send + Sync + 'static,
    ) -> Arc<Self> {
        let name = ModelName { provider: "scripted".to_owned(), model: "part-1".to_owned() };
        Arc::new(Self { name, context, part: Box::new(part), asked: Mutex::default() })
    }

    pub fn requests(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait]
impl LanguageModel for Scripted {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: self.context }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let number = {
            let mut asked = self.asked.lock().unwrap();
            asked.push(request.clone());
            asked.len() - 1
        };
        let (text, stop) = match (self.part)(request, number) {
            Step::Say(text) => (text, Stop::Done),
            Step::Cut(text) => (text, Stop::Length),
            Step::Hang => std::future::pending().await,
            Step::Fail(kind) => {
                let provider = self.name.provider.clone();
                return Err(LlmError { provider, kind, message: "scripted".to_owned() });
            }
        };
        let end = Piece::End(End { stop, usage: USAGE });
        let pieces = [Ok(Piece::Text(text)), Ok(end)];
        Ok(Stream { model: self.name.clone(), pieces: stream::iter(pieces).boxed() })
    }
}

pub const QUESTION: &str =
    "A client retries a payment request after a timeout. How do you make sure that the customer pays once?";
pub const ANSWER: &str = "I would give each payment a key that the client sends along. If the same key arrives again \
                          I do not charge a second time. I have not thought about what happens with two at once.";
pub const REFERENCE: &str = "I let the client send an idempotency key with each payment and return the stored result \
                             when the same key comes again.";

pub static POINTS: LazyLock<[KeyPoint; 2]> = LazyLock::new(|| {
    [
        ("Uses an idempotency key", "The client sends an idempotency key that is stored with the result.", 3),
        ("Lets keys expire", "Old entries are deleted after some days.", 2),
    ]
    .map(|(point, says, weight)| KeyPoint { point: point.into(), says: says.into(), weight })
});

pub fn subject(answer: &str) -> Subject<'_> {
    Subject {
        question: QUESTION,
        answer,
        reference: Some(REFERENCE),
        key_points: &*POINTS,
        kind: Some(InterviewType::Technical),
        language: "en",
    }
}

pub fn rubric() -> Rubric {
    rubrics::practice_core()
}

/// The answer as the model reads it.
pub fn answer_in(request: &Request) -> String {
    let text = &request.messages[0].text;
    let (_, rest) = text.split_once("<<<answer ").expect("the answer is delimited");
    let (_, rest) = rest.split_once(">>>\n").unwrap();
    rest.split_once("\n<<<end ").unwrap().0.to_owned()
}

/// A result for one criterion.
pub fn criterion(key: &str, score: f64, quote: &str) -> Value {
    json!({"key": key, "reasoning": "It fits this level.", "quotes": [quote], "status": "assessed", "score": score})
}

/// A reply with these results and nothing else.
pub fn reply(criteria: Vec<Value>) -> Value {
    json!({"criteria": criteria, "key_points": [], "strengths": [], "areas_for_improvement": []})
}

/// A reply with the same mark and quote for every criterion.
pub fn even(score: f64, quote: &str) -> Value {
    reply(rubric().criteria.iter().map(|c| criterion(&c.key, score, quote)).collect())
}

/// What must be true of every judgement, whatever the model did.
pub fn assert_sound(judgement: &Judgement, answer: &str) {
    let rubric = rubric();
    assert_eq!(judgement.rubric, rubric.reference());
    let keys: Vec<&str> = judgement.criteria.iter().map(|criterion| criterion.key.as_str()).collect();
    assert_eq!(keys, rubric.criteria.iter().map(|criterion| criterion.key.as_str()).collect::<Vec<_>>());
    let known = match judgement.engine.kind {
        EngineKind::Llm => ("scripted/part-1", "judge-v1"),
        EngineKind::Builtin => ("greenroom-builtin", env!("CARGO_PKG_VERSION")),
    };
    assert_eq!((judgement.engine.name.as_str(), judgement.engine.version.as_str()), known);
    for criterion in &judgement.criteria {
        assert!(criterion.score().is_none_or(|score| (1.0..=10.0).contains(&score)));
        assert_eq!(criterion.score().is_some(), !criterion.quotes().is_empty());
        assert!(!criterion.reason().is_empty());
    }
    for point in &judgement.key_points {
        assert_eq!(point.covered, point.quote.is_some());
    }
    let quotes = judgement.criteria.iter().flat_map(|criterion| criterion.quotes());
    let quotes: Vec<&Quote> =
        quotes.chain(judgement.key_points.iter().filter_map(|p| p.quote.as_ref())).collect();
    assert!(quotes.iter().all(|quote| quote.holds(answer)), "{quotes:?} in {answer:?}");
    assert_eq!(judgement.overall, overall(&judgement.criteria));
    for line in judgement.strengths.iter().chain(&judgement.areas_for_improvement) {
        assert!(judgement.engine.kind == EngineKind::Builtin || line.chars().count() <= 300);
    }
    assert!(judgement.strengths.len() <= 5 && judgement.areas_for_improvement.len() <= 5);
}
