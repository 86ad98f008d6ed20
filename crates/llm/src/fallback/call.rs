//! One call down the line.

use super::reply::{self, Begun, Watched};
use super::{Fallback, Member};
use crate::attempt::{Attempt, Outcome, Recorded};
use crate::error::LlmError;
use crate::model::{ModelName, Request, Stream};
use greenroom_telemetry::models;
use greenroom_upstream::{Kind, Permit, watch};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

pub(super) struct Call<'a> {
    line: &'a Fallback,
    request: &'a Request,
    began: Instant,
    deadline: Instant,
    attempts: Vec<Attempt>,
    last: Option<LlmError>,
}

impl<'a> Call<'a> {
    pub(super) fn new(line: &'a Fallback, request: &'a Request) -> Self {
        let began = Instant::now();
        let deadline = began + line.options.deadline;
        Self { line, request, began, deadline, attempts: Vec::new(), last: None }
    }

    pub(super) async fn run(mut self) -> Recorded<Stream> {
        let line = self.line;
        for (index, member) in line.members.iter().enumerate() {
            if Instant::now() >= self.deadline {
                break;
            }
            if let Some(stream) = self.ask(index, member).await {
                return Recorded { result: Ok(stream), attempts: self.attempts };
            }
        }
        if self.last.is_none()
            && let Some(stream) = self.ask_least_bad().await
        {
            return Recorded { result: Ok(stream), attempts: self.attempts };
        }
        Recorded { result: Err(self.failure()), attempts: self.attempts }
    }

    /// Tries one model as often as it makes sense.
    async fn ask(&mut self, index: usize, member: &Arc<Member>) -> Option<Stream> {
        let options = &self.line.options;
        for turn in 0..options.attempts.max(1) {
            let now = Instant::now();
            let Some(permit) = member.circuit.admit() else {
                // Whoever watched it may have gone with another line.
                watch(member, options.first_token);
                self.record(member.model.name(), Outcome::Skipped, now);
                return None;
            };
            let until = if turn == 0 { self.deadline } else { self.end_of_retries(index) };
            match self.attempt(member, permit, until.min(now + options.first_token)).await {
                Ok(stream) => return Some(stream),
                Err(kind) if turn + 1 < options.attempts && member.circuit.is_usable() => {
                    sleep(self.wait(kind, turn, index)?).await;
                }
                Err(_) => return None,
            }
        }
        None
    }

    /// Everybody is left alone: asks, once, the one who is likeliest to be back.
    async fn ask_least_bad(&mut self) -> Option<Stream> {
        let member = self.line.members.iter().min_by_key(|member| member.circuit.badness())?;
        let until = self.deadline.min(Instant::now() + self.line.options.first_token);
        self.attempt(member, member.circuit.force(), until).await.ok()
    }

    /// When further tries at a model must be over, so that the models behind it get their turn.
    fn end_of_retries(&self, index: usize) -> Instant {
        let behind = self.line.usable_behind(index);
        let kept_back = self.line.options.first_token.saturating_mul(behind).min(self.line.options.deadline);
        self.deadline - kept_back
    }

    /// The wait before the next try; `None` when no time would be left for it or it would not help.
    fn wait(&self, kind: Kind, turn: u32, index: usize) -> Option<Duration> {
        if !kind.is_passing() {
            return None;
        }
        let left = self.end_of_retries(index).saturating_duration_since(Instant::now());
        let asked_for = kind.retry_after().unwrap_or_default();
        let wait = asked_for.checked_add(self.line.backoff(turn))?;
        (wait < left).then_some(wait)
    }

    async fn attempt(
        &mut self,
        member: &Arc<Member>,
        mut permit: Permit,
        until: Instant,
    ) -> Result<Stream, Kind> {
        let started = Instant::now();
        let name = member.model.name();
        let span = tracing::info_span!("model", llm.provider = %name.provider, llm.model = %name.model);
        let beginning = reply::begin(&*member.model, self.request).instrument(span);
        let begun = match timeout_at(until, beginning).await {
            Ok(begun) => begun,
            Err(_) => Err(too_late(member.model.name(), started)),
        };
        match begun {
            Ok(Begun { model, first, rest }) => {
                permit.writing();
                self.record(&model, Outcome::Answered, started);
                self.count_answer(member, &model, started);
                let patience = self.line.options.first_token;
                let watched = Watched { member: Arc::downgrade(member), permit, patience };
                let pieces = reply::go_on(&model, first, rest, watched);
                Ok(Stream { model, pieces })
            }
            Err(error) => {
                let kind = error.kind;
                permit.failed(kind, Instant::now());
                watch(member, self.line.options.first_token);
                self.record(member.model.name(), Outcome::Failed(kind), started);
                self.last = Some(error);
                Err(kind)
            }
        }
    }

    fn count_answer(&self, member: &Arc<Member>, model: &ModelName, started: Instant) {
        models::first_text(&model.provider, started.elapsed());
        if !Arc::ptr_eq(member, self.line.first()) {
            models::fell_back(&model.provider);
        }
    }

    fn record(&mut self, model: &ModelName, outcome: Outcome, started: Instant) {
        models::tried(&model.provider, outcome.as_str());
        self.attempts.push(Attempt {
            model: model.clone(),
            outcome,
            started: started.duration_since(self.began),
            took: started.elapsed(),
        });
    }

    /// The failure of the whole line: what the last one asked said, and what came before.
    fn failure(&self) -> LlmError {
        let provider = self.line.first().model.name().provider.clone();
        let (provider, kind, last) = match &self.last {
            Some(error) => (error.provider.clone(), error.kind, error.message.as_str()),
            None => (provider, Kind::TimedOut, "no time was left to ask"),
        };
        let tried: Vec<String> = self.attempts.iter().map(in_words).collect();
        LlmError { provider, kind, message: format!("{last} (tried: {})", tried.join(", ")) }
    }
}

fn in_words(attempt: &Attempt) -> String {
    format!("{}/{} {}", attempt.model.provider, attempt.model.model, attempt.outcome.as_str())
}

fn too_late(model: &ModelName, started: Instant) -> LlmError {
    LlmError {
        provider: model.provider.clone(),
        kind: Kind::TimedOut,
        message: format!("{} wrote nothing within {} ms", model.model, started.elapsed().as_millis()),
    }
}
