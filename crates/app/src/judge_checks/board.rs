//! What administrators see of the judges, and a trial that they begin: one at a time on each node.

use super::run::{Progress, Trial, run};
use crate::models::{self, ReadyProvider};
use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::ids::UserId;
use greenroom_domain::ladder::LadderResult;
use greenroom_providers::Judge;
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_scoring::ladder::Ladder;
use std::sync::{Arc, Mutex, PoisonError};

/// The judges with what they showed last.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// Every model that is asked, in order; the built-in scorer is the last.
    pub entries: Vec<BoardEntry>,
    /// The trial that is under way at this node.
    pub running: Option<Running>,
    /// Questions of the ladder.
    pub questions: usize,
    /// Answers of all of them: each is a call to the judge.
    pub answers: usize,
}

/// One judge.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardEntry {
    /// Name of its provider; `None` for the built-in scorer.
    pub provider: Option<String>,
    /// The model as its vendor names it; `None` for the built-in scorer.
    pub model: Option<String>,
    /// Its last result, of whatever version; `None` when it was not tried yet.
    pub last: Option<LadderResult>,
    /// Why its last trial at this node, since the start, brought no result.
    pub failure: Option<String>,
}

/// A trial that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Name of the provider; `None` for the built-in scorer.
    pub provider: Option<String>,
    /// How far it is.
    pub progress: Progress,
}

/// The trial of this node, and how the one before failed.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    running: Option<Running>,
    failed: Option<(Option<String>, String)>,
}

impl UnderWay {
    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Takes its trial off the board, also when the task was ended or panicked.
struct Leave(UnderWay);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.with(|state| state.running = None);
    }
}

/// The judges, what they showed last, and the trial under way.
pub async fn board(app: &App) -> Result<Board> {
    let results = app.store().judge_checks().await?;
    let (running, failed) = app.under_way().with(|state| (state.running.clone(), state.failed.clone()));
    let failure = |provider: Option<&str>| match &failed {
        Some((whose, message)) if whose.as_deref() == provider => Some(message.clone()),
        _ => None,
    };
    let newest = |fits: &dyn Fn(&LadderResult) -> bool| results.iter().find(|result| fits(result)).cloned();
    let mut entries: Vec<BoardEntry> = Vec::new();
    for ReadyProvider { provider, .. } in models::line(app).await? {
        let name = format!("{}/{}", provider.name, provider.model);
        let last = newest(&|result| result.engine.kind == EngineKind::Llm && result.engine.name == name);
        let failure = failure(Some(&provider.name));
        entries.push(BoardEntry {
            provider: Some(provider.name),
            model: Some(provider.model),
            last,
            failure,
        });
    }
    let last = newest(&|result| result.engine.kind == EngineKind::Builtin);
    entries.push(BoardEntry { provider: None, model: None, last, failure: failure(None) });
    let ladder = Ladder::shipped().map_err(AppError::internal)?;
    let answers = ladder.answers(&ladder.pick(None)).len();
    Ok(Board { entries, running, questions: ladder.questions().len(), answers })
}

/// Begins to try a judge on `questions` of the ladder (all when `None`); the built-in scorer when `provider` is `None`.
/// Returns at once; [`board`] says how far it is. A conflict while another trial is under way.
pub async fn start(app: &App, who: UserId, provider: Option<String>, questions: Option<usize>) -> Result<()> {
    let (judge, kind) = judge_of(app, provider.as_deref()).await?;
    let begun = Running { provider: provider.clone(), progress: Progress { done: 0, of: 0 } };
    app.under_way().with(|state| {
        if state.running.is_some() {
            let message = "A judge is being tried already. Wait until it is done.";
            return Err(AppError::new(ErrorCode::Conflict, "judge_check_running", message));
        }
        *state = State { running: Some(begun), failed: None };
        Ok(())
    })?;
    let leave = Leave(app.under_way().clone());
    tracing::info!(user.id = %who, provider.name = provider.as_deref().unwrap_or("builtin"), "a judge is tried");
    let name = provider.as_deref().unwrap_or("builtin");
    audit::record(app, Some(who), Action::JudgeTested, name, "").await;
    let (app, tasks) = (app.clone(), app.tasks().clone());
    tasks.spawn(async move {
        let leave = leave;
        let show = |progress| {
            leave.0.with(|state| state.running.iter_mut().for_each(|running| running.progress = progress));
        };
        if let Err(error) = run(&app, Trial { judge: &*judge, kind, questions }, &show).await {
            tracing::warn!(%error, "a judge could not be tried");
            leave.0.with(|state| state.failed = Some((provider, error.message)));
        }
    });
    Ok(())
}

async fn judge_of(app: &App, provider: Option<&str>) -> Result<(Arc<dyn Judge>, EngineKind)> {
    let Some(name) = provider else { return Ok((Arc::new(BuiltinJudge), EngineKind::Builtin)) };
    let not_there = || AppError::not_found("model_not_found", "model provider that is asked");
    let line = models::line(app).await?;
    let one = line.into_iter().find(|one| one.provider.name == name).ok_or_else(not_there)?;
    Ok((app.vendors().judge(&one).ok_or_else(not_there)?, EngineKind::Llm))
}
