//! Try a judge on the ladder.

use crate::{App, AppError, Result};
use futures::{StreamExt, stream};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::evaluation::{Engine, EngineKind, Judgement};
use greenroom_domain::ladder::LadderResult;
use greenroom_domain::rubric::Rubric;
use greenroom_providers::{Judge, Subject};
use greenroom_scoring::ladder::{Answered, Given, Ladder, Marks, figures};
use greenroom_scoring::rubrics;
use std::collections::BTreeMap;

/// Answers that are judged at the same time.
const PARALLEL: usize = 4;

/// Who is tried, and on how much.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    /// The judge. Its judgements are not told the names that some of the answers begin with.
    pub judge: &'a dyn Judge,
    /// What it is. Where it is a language model and another engine judged in its place, that is counted.
    pub kind: EngineKind,
    /// How many questions; all when `None`.
    pub questions: Option<usize>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Answers that are judged.
    pub done: usize,
    /// Answers in all.
    pub of: usize,
}

/// Runs the ladder, four answers at a time, and stores the result. `progress` is told after each answer. Who drops the
/// future ends the run; nothing is stored then.
///
/// Fails with `model_did_not_judge` when a language model judged none of the answers.
pub async fn run(
    app: &App,
    trial: Trial<'_>,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<LadderResult> {
    let ladder = Ladder::shipped().map_err(AppError::internal)?;
    let picked = ladder.pick(trial.questions);
    let judged = judge_all(trial.judge, &ladder, &picked, progress).await;
    let engine = on_trial(trial.kind, &judged).ok_or_else(|| {
        AppError::new(
            ErrorCode::UpstreamFailed,
            "model_did_not_judge",
            "The model judged none of the answers: it cannot be reached, or its replies cannot be used. No result was \
             stored. `greenroom check` says more.",
        )
    })?;
    let assessed = judged.iter().filter(|(_, judgement)| is_assessed(judgement));
    let stand_ins = assessed.clone().filter(|(_, judgement)| judgement.engine != engine);
    let answered = Answered { assessed: count(assessed), by_stand_in: count(stand_ins) };
    let result = LadderResult {
        engine,
        at: app.now(),
        questions: count(picked.iter()),
        of: count(ladder.questions().iter()),
        figures: figures(&marks(&judged), answered),
    };
    app.store().save_judge_check(&result).await?;
    Ok(result)
}

/// Has all answers judged and keeps nothing: for a judge that only counts what it is asked.
pub async fn rehearse(judge: &dyn Judge, questions: Option<usize>) -> Result<()> {
    let ladder = Ladder::shipped().map_err(AppError::internal)?;
    judge_all(judge, &ladder, &ladder.pick(questions), &|_| ()).await;
    Ok(())
}

async fn judge_all(
    judge: &dyn Judge,
    ladder: &Ladder,
    picked: &[usize],
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Vec<(Given, Judgement)> {
    let rubric = rubrics::practice_core();
    let answers = ladder.answers(picked);
    let of = answers.len();
    let judgements = answers.into_iter().map(|given| judge_one(judge, ladder, &rubric, given));
    let mut running = stream::iter(judgements).buffer_unordered(PARALLEL);
    let mut judged = Vec::with_capacity(of);
    while let Some(one) = running.next().await {
        judged.push(one);
        progress(Progress { done: judged.len(), of });
    }
    judged
}

async fn judge_one(judge: &dyn Judge, ladder: &Ladder, rubric: &Rubric, given: Given) -> (Given, Judgement) {
    // A judge that waits for nobody must not keep others from their turn.
    tokio::task::yield_now().await;
    let question = &ladder.questions()[given.question];
    let subject = Subject {
        question: &question.text,
        answer: &given.text,
        reference: Some(&question.reference),
        key_points: &question.key_points,
        kind: Some(question.kind),
        language: "en",
    };
    let judgement = judge.judge(subject, rubric).await.judgement;
    (given, judgement)
}

/// Whether something of the answer got a mark.
fn is_assessed(judgement: &Judgement) -> bool {
    judgement.criteria.iter().any(|criterion| criterion.score().is_some())
}

/// The engine of this kind that judged most.
fn on_trial(kind: EngineKind, judged: &[(Given, Judgement)]) -> Option<Engine> {
    let mut engines: Vec<(Engine, u32)> = Vec::new();
    for (_, Judgement { engine, .. }) in judged.iter().filter(|(_, judgement)| judgement.engine.kind == kind)
    {
        match engines.iter_mut().find(|(known, _)| known == engine) {
            Some((_, count)) => *count += 1,
            None => engines.push((engine.clone(), 1)),
        }
    }
    engines.into_iter().max_by_key(|(_, count)| *count).map(|(engine, _)| engine)
}

/// The marks of each question, in the order of the ladder.
fn marks(judged: &[(Given, Judgement)]) -> Vec<Marks> {
    let mut by_question: BTreeMap<usize, Marks> = BTreeMap::new();
    for (given, judgement) in judged {
        by_question.entry(given.question).or_default().set(given.which, judgement.overall.score);
    }
    by_question.into_values().collect()
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
