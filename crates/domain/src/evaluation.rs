//! Judgements of answers. Every number stands on quotes that code has found in the answer.

use crate::clock::Timestamp;
use crate::ids::{EvaluationId, QuestionId, ResponseId, SessionId};
use crate::rubric::RubricRef;
use crate::shared_text::SharedText;
use serde::{Deserialize, Serialize};

/// The judgement of one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// This evaluation.
    pub id: EvaluationId,
    /// The interview; `None` for an answer judged on its own.
    pub session_id: Option<SessionId>,
    /// The question; `None` for an answer judged on its own.
    pub question_id: Option<QuestionId>,
    /// The answer; `None` for an answer judged on its own.
    pub response_id: Option<ResponseId>,
    /// The judgement itself.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a judge says of one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Who judged.
    pub engine: Engine,
    /// By which rubric.
    pub rubric: RubricRef,
    /// One result for each criterion of the rubric, in its order.
    pub criteria: Vec<CriterionResult>,
    /// One result for each key point of the question, in its order.
    pub key_points: Vec<KeyPointResult>,
    /// The total, computed in code.
    pub overall: Overall,
    /// What was good, a sentence each.
    pub strengths: Vec<String>,
    /// What to do better, a sentence each.
    pub areas_for_improvement: Vec<String>,
}

/// Who asked or judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Engine {
    /// Built in, or a language model.
    pub kind: EngineKind,
    /// Name of the engine or model.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: SharedText,
    /// Its version.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub version: SharedText,
}

/// Kinds of engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum EngineKind {
    /// Part of this program; needs no key and no network.
    Builtin,
    /// A language model.
    Llm,
}

/// The result for one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// The criterion's key.
    pub key: SharedText,
    /// The criterion's share of the total.
    pub weight: f64,
    /// The score with its evidence, or why there is none.
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl CriterionResult {
    /// The score, 1..=10, when there is one.
    pub fn score(&self) -> Option<f64> {
        match &self.outcome {
            Outcome::Assessed { score, .. } => Some(*score),
            Outcome::NotAssessed { .. } => None,
        }
    }

    /// The quotes that the score stands on.
    pub fn quotes(&self) -> &[Quote] {
        match &self.outcome {
            Outcome::Assessed { quotes, .. } => quotes,
            Outcome::NotAssessed { .. } => &[],
        }
    }

    /// Why this score, or why none.
    pub fn reason(&self) -> &str {
        match &self.outcome {
            Outcome::Assessed { reason, .. } | Outcome::NotAssessed { reason, .. } => reason,
        }
    }
}

/// Assessed with evidence, or not assessed: there is no default number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// There was enough to judge by.
    Assessed {
        /// 1..=10, one decimal.
        score: f64,
        /// Lowest and highest score of repeated judging; `None` when judged once.
        range: Option<(f64, f64)>,
        /// Why this score, one or two sentences.
        reason: SharedText,
        /// Verified quotes, at least one.
        quotes: Vec<Quote>,
    },
    /// There was not.
    NotAssessed {
        /// The kind of reason.
        cause: NotAssessed,
        /// The reason in words.
        reason: SharedText,
    },
}

/// Why something was not assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum NotAssessed {
    /// Nothing was said.
    Silence,
    /// Too few words to judge.
    TooShort,
    /// Another language than the interview's.
    OtherLanguage,
    /// The question given back, or the reference answer given word for word.
    Copied,
    /// Words without sentences.
    NoSentences,
    /// Nothing in the answer supports a judgement.
    NoEvidence,
    /// The judge could not be reached or its reply could not be used.
    JudgeFailed,
}

/// A passage of the answer. `text` is exactly what stands at `start..end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Offset of the first character, counted in Unicode scalar values from 0.
    pub start: usize,
    /// Offset after the last character.
    pub end: usize,
}

impl Quote {
    /// Finds `text` in `answer`, character for character; `None` when it does not stand there.
    pub fn find(answer: &str, text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let byte = answer.find(text)?;
        Some(Self::at(answer, byte, byte + text.len()))
    }

    /// The quote at a byte range of `answer`, which must lie on character borders.
    pub fn at(answer: &str, from: usize, to: usize) -> Self {
        let start = answer[..from].chars().count();
        let text = answer[from..to].to_owned();
        Self { end: start + text.chars().count(), text, start }
    }

    /// Whether `text` is exactly what stands at `start..end` of `answer`.
    pub fn holds(&self, answer: &str) -> bool {
        self.end > self.start
            && answer.chars().skip(self.start).take(self.end - self.start).eq(self.text.chars())
    }
}

/// The result for one key point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KeyPointResult {
    /// The key point as written with the question.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub text: SharedText,
    /// Whether the answer said it.
    pub covered: bool,
    /// The words that say it; always present when covered.
    pub quote: Option<Quote>,
}

/// A total with its coverage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Overall {
    /// 1..=10, one decimal; `None` under a coverage of one half.
    pub score: Option<f64>,
    /// Assessed weight over all weight, 0..=1.
    pub coverage: f64,
}
