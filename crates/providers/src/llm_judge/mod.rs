//! A judge by a language model, held to its words: `docs/scoring.md`.
//!
//! The answer is screened by the built-in engine, what speaks to the judge is withheld, who speaks is taken out; the
//! model gives reasons, quotes and marks; code looks every quote up and computes the total. Where the model fails, the
//! built-in engine's judgement stands under its own name.

mod addressed;
mod asking;
mod audit;
mod findings;
mod kept;
mod prompt;
mod reply;
mod samples;

use crate::builtin::BuiltinJudge;
use crate::judge::{Candidate, Judge, Judged, Subject};
use crate::model_calls::Calls;
use crate::model_text::prepared::Prepared;
use asking::{Asking, Line};
use async_trait::async_trait;
use findings::{Bench, Findings};
use greenroom_domain::evaluation::{
    CriterionResult, Engine, EngineKind, Judgement, KeyPointResult, NotAssessed, Outcome,
};
use greenroom_domain::model_call::ModelPurpose;
use greenroom_domain::rubric::{Rubric, overall};
use greenroom_llm::{LanguageModel, ModelName};
use greenroom_scoring::rubrics;
use greenroom_telemetry::interviews::builtin_instead;
use kept::Veil;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Said when a passage was withheld.
const WITHHELD: &str =
    "Part of the answer speaks to the judge instead of the interviewer; it was not judged.";
/// Strengths and areas at most, of each.
const MAX_LINES: usize = 5;

/// Judges with a language model; every quote in the result has been found in the answer by code.
#[derive(Clone)]
pub struct LlmJudge {
    model: Arc<dyn LanguageModel>,
    samples: u8,
    deadline: Duration,
    redacts_schools: bool,
}

impl LlmJudge {
    /// Time for all calls of one judgement, unless told otherwise.
    pub const DEADLINE: Duration = Duration::from_secs(90);

    /// A judge that asks `model` once for each answer.
    pub fn new(model: Arc<dyn LanguageModel>) -> Self {
        Self { model, samples: 1, deadline: Self::DEADLINE, redacts_schools: false }
    }

    /// Asks `samples` times at once (1..=5, default 1); the median counts and its range is kept.
    ///
    /// Several samples want fresh replies, a single one takes an earlier reply to an equal request as well.
    #[must_use]
    pub fn with_samples(mut self, samples: u8) -> Self {
        self.samples = samples.clamp(1, 5);
        self
    }

    /// Time for all calls of one judgement; after it, what there is counts. Default [`Self::DEADLINE`].
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Takes names of schools and universities out of what the model reads. Default: false.
    #[must_use]
    pub fn with_schools_redacted(mut self, redacts_schools: bool) -> Self {
        self.redacts_schools = redacts_schools;
        self
    }

    /// The built-in judgement of what is left of the answer, with quotes as they stand in the answer as given.
    fn builtin(subject: Subject<'_>, rubric: &Rubric, answer: &Prepared<'_>) -> Judgement {
        let kept = Subject { answer: answer.kept(), ..subject };
        let mut judgement = BuiltinJudge::by_words(kept, rubric);
        if answer.kept() == subject.answer {
            return judgement;
        }
        for criterion in &mut judgement.criteria {
            if let Outcome::Assessed { quotes, .. } = &mut criterion.outcome {
                *quotes = quotes.iter().filter_map(|quote| answer.quote_of_kept(quote)).collect();
                if quotes.is_empty() {
                    let reason = criterion.reason().to_owned();
                    criterion.outcome =
                        Outcome::NotAssessed { cause: NotAssessed::NoEvidence, reason: reason.into() };
                }
            }
        }
        for point in &mut judgement.key_points {
            point.quote = point.quote.as_ref().and_then(|quote| answer.quote_of_kept(quote));
            point.covered = point.quote.is_some();
        }
        judgement.overall = overall(&judgement.criteria);
        judgement
    }

    /// The model's judgement, else the built-in one.
    async fn judged(&self, case: &Case<'_>) -> Judgement {
        let Case { subject, rubric, .. } = *case;
        let answer = case.veil.answer(subject.answer);
        let builtin = Self::builtin(subject, rubric, &answer);
        let kept = Subject { answer: answer.kept(), ..subject };
        let mut judgement = if is_refused(kept, &builtin) {
            builtin
        } else {
            match self.audited(case, &answer, &builtin).await {
                Ok(judgement) => judgement,
                Err(cause) => {
                    builtin_instead("judge");
                    let name = self.model.name();
                    tracing::warn!(llm.provider = %name.provider, llm.model = %name.model, rubric.id = %rubric.id,
                        cause = %cause, "the built-in engine judged instead of the language model");
                    BuiltinJudge::as_it_counts(builtin, subject)
                }
            }
        };
        if answer.withholds() {
            judgement.areas_for_improvement.insert(0, WITHHELD.to_owned());
            judgement.areas_for_improvement.truncate(MAX_LINES);
        }
        judgement
    }

    /// What the model says, held to what it says without sentences that may speak to the judge.
    async fn audited(
        &self,
        case: &Case<'_>,
        answer: &Prepared<'_>,
        builtin: &Judgement,
    ) -> Result<Judgement, String> {
        let judged = self.by_model(case, answer, builtin);
        let audited = case.veil.audited(case.subject.answer);
        if audited.kept() == answer.kept() {
            return judged.await;
        }
        let without = async {
            let kept = Subject { answer: audited.kept(), ..case.subject };
            let builtin = Self::builtin(case.subject, case.rubric, &audited);
            if is_refused(kept, &builtin) {
                return Err("nothing is left to judge".to_owned());
            }
            self.by_model(case, &audited, &builtin).await
        };
        let (judged, without) = futures::future::join(judged, without).await;
        let mut judgement = judged?;
        audit::hold(&mut judgement, without.as_ref().unwrap_or(builtin), builtin);
        Ok(judgement)
    }

    /// What the model says, or why it cannot be used.
    async fn by_model(
        &self,
        case: &Case<'_>,
        answer: &Prepared<'_>,
        builtin: &Judgement,
    ) -> Result<Judgement, String> {
        let Case { subject, rubric, .. } = case;
        let user = prompt::user(subject, case.veil, answer, &builtin.key_points)
            .ok_or("there is no question to judge the answer by")?;
        let system = prompt::system(rubric);
        let sources = [user.as_str(), system.as_str()];
        let bench = Bench { rubric, answer, points: subject.key_points.len(), sources: &sources };
        let until = Instant::now() + self.deadline;
        let line = Line { model: &*self.model, calls: case.calls, account: case.account, until };
        let asking = Asking::new(line, bench, &system, &user, self.samples)?;
        let replies = futures::future::join_all((0..self.samples).map(|_| asking.sample())).await;
        let mut cause = "nothing was asked".to_owned();
        let (mut models, mut samples) = (Vec::new(), Vec::new());
        for reply in replies {
            match reply {
                Ok((model, findings)) => {
                    models.push(model);
                    samples.push(findings);
                }
                Err(why) => cause = why,
            }
        }
        if samples.is_empty() { Err(cause) } else { Ok(merged(rubric, builtin, &models, samples)) }
    }
}

/// What is judged, and where it is noted who was asked.
struct Case<'a> {
    subject: Subject<'a>,
    rubric: &'a Rubric,
    veil: Veil<'a>,
    account: Option<&'a str>,
    calls: &'a Calls,
}

/// Whether the answer holds nothing to judge. A rubric that the built-in engine cannot measure is no reason.
fn is_refused(subject: Subject<'_>, judgement: &Judgement) -> bool {
    let nothing =
        |judgement: &Judgement| judgement.criteria.iter().all(|criterion| criterion.score().is_none());
    nothing(judgement) && nothing(&BuiltinJudge::by_words(subject, &rubrics::practice_core()))
}

/// One judgement of all samples. Key points without words of the model stay as the built-in engine found them.
fn merged(rubric: &Rubric, builtin: &Judgement, models: &[ModelName], samples: Vec<Findings>) -> Judgement {
    let criteria: Vec<CriterionResult> = rubric
        .criteria
        .iter()
        .enumerate()
        .map(|(index, criterion)| CriterionResult {
            key: criterion.key.as_str().into(),
            weight: criterion.weight,
            outcome: samples::outcome(index, &samples),
        })
        .collect();
    let key_points = builtin.key_points.iter().enumerate();
    let key_points = key_points
        .map(|(index, point)| match samples::point(index, &samples) {
            Some(quote) => KeyPointResult { text: point.text.clone(), covered: true, quote: Some(quote) },
            None => point.clone(),
        })
        .collect();
    let (strengths, areas_for_improvement) =
        samples.into_iter().next().map(|first| (first.strengths, first.areas)).unwrap_or_default();
    Judgement {
        engine: engine(models),
        rubric: rubric.reference(),
        overall: overall(&criteria),
        criteria,
        key_points,
        strengths,
        areas_for_improvement,
    }
}

/// Who judged: every model that took part, once.
fn engine(models: &[ModelName]) -> Engine {
    let mut names: Vec<String> =
        models.iter().map(|name| format!("{}/{}", name.provider, name.model)).collect();
    names.sort();
    names.dedup();
    Engine { kind: EngineKind::Llm, name: names.join(" + ").into(), version: prompt::VERSION.into() }
}

#[async_trait]
impl Judge for LlmJudge {
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged {
        self.judge_unnamed(subject, Candidate::default(), rubric).await
    }

    async fn judge_unnamed(&self, subject: Subject<'_>, candidate: Candidate<'_>, rubric: &Rubric) -> Judged {
        let calls = Calls::new(ModelPurpose::Judge, prompt::VERSION);
        let schools = self.redacts_schools.then_some(candidate.schools);
        let veil = Veil { names: candidate.names, schools, language: subject.language };
        let case = Case { subject, rubric, veil, account: candidate.account, calls: &calls };
        let judgement = self.judged(&case).await;
        Judged { judgement, calls: calls.into_ended() }
    }
}
