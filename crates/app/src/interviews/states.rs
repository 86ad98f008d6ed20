//! States of interviews, kept in memory, and the one way to append to a log.
//!
//! The log is the truth: a cached state may be behind it, never ahead. An append names the positions
//! it takes; when another writer was faster, the database refuses, the state is brought up to date and
//! the decision is made again. Writers in this process take turns, so that they seldom lose a race.

use super::turns::{Turn, Turns};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::ids::{JobId, SessionId};
use greenroom_domain::interview::{CompletionReason, Event, Logged, State};
use greenroom_domain::job_queue::Job;
use greenroom_store::{Append, Constraint, IdempotencyRecord, StoreError};
use greenroom_telemetry::interviews::{ended, state_looked_up};
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use std::sync::Arc;

/// Lost races after which an append gives up.
const MAX_RACES: usize = 16;

/// States of interviews, kept in memory.
#[derive(Clone, Debug)]
pub struct States {
    cache: Cache<SessionId, Arc<State>>,
    writers: Turns,
    conversations: Turns,
    plans: Turns,
}

impl States {
    /// Room for states of about `mib` MiB together, those used last.
    pub fn new(mib: u32) -> Self {
        let cache = Cache::builder()
            .weigher(|_, state: &Arc<State>| state.weight())
            .max_capacity(u64::from(mib) << 20)
            // Who is in an interview now must not stand back behind one that has ended but was used more.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { cache, writers: Turns::default(), conversations: Turns::default(), plans: Turns::default() }
    }

    /// The state, from memory or from the log; from memory it may be behind. `None` when there is no
    /// such interview.
    pub async fn get(&self, app: &App, id: SessionId) -> Result<Option<Arc<State>>> {
        let known = self.cache.get(&id);
        state_looked_up(known.is_some());
        match known {
            Some(state) => Ok(Some(state)),
            None => self.read(app, id).await,
        }
    }

    /// The newest state: what memory knows, with what the log has beyond it.
    pub async fn read(&self, app: &App, id: SessionId) -> Result<Option<Arc<State>>> {
        let known = self.cache.get(&id);
        let after = known.as_ref().map_or(0, |state| state.last_seq);
        let log = app.store().log(id, after, i64::MAX as u64).await?;
        let state = match known {
            Some(known) if log.is_empty() => return Ok(Some(known)),
            Some(known) => {
                let mut state = (*known).clone();
                log.into_iter().for_each(|logged| state.apply(logged));
                Some(state)
            }
            None => State::fold(id, log),
        };
        let state = state.map(Arc::new);
        if let Some(state) = &state {
            self.put(state.clone());
        }
        Ok(state)
    }

    /// Who may append to this interview; an optimisation, the database decides.
    fn turn(&self, id: SessionId) -> Turn {
        self.writers.of(id)
    }

    /// Who may let a model speak in this interview. Apart from appending: a model takes seconds.
    pub(super) fn conversation(&self, id: SessionId) -> Turn {
        self.conversations.of(id)
    }

    /// Who may let a model plan this interview. Those who wait get it in the order in which they came.
    pub(super) fn planning(&self, id: SessionId) -> Turn {
        self.plans.of(id)
    }

    /// Keeps a state whose events are stored.
    pub fn put(&self, state: Arc<State>) {
        self.cache.insert(state.id, state);
    }

    /// Forgets a state.
    pub fn forget(&self, id: SessionId) {
        self.cache.invalidate(&id);
    }
}

/// What an action adds to an interview.
#[derive(Debug, Default)]
pub(crate) struct Addition {
    /// Events, in order.
    pub events: Vec<Event>,
    /// Judgements that are among the events.
    pub evaluations: Vec<Evaluation>,
    /// Work that becomes necessary.
    pub enqueue: Vec<Job>,
    /// Work that is done.
    pub finish: Vec<JobId>,
    /// What to answer when the same request comes again; made from the state after the events.
    pub idempotency: Option<IdempotencyRecord>,
}

/// Applies events to a copy of `state`, one position each.
pub(crate) fn applied(state: &State, events: Vec<Event>, at: Timestamp) -> (State, Vec<Logged>) {
    let mut next = state.clone();
    let mut logged = Vec::with_capacity(events.len());
    for event in events {
        let entry = Logged { seq: next.last_seq + 1, at, event };
        next.apply(entry.clone());
        logged.push(entry);
    }
    (next, logged)
}

/// Decides what to add to an interview. May be asked again when another writer was faster.
pub(crate) trait Action: Sync {
    /// What to add to `state`; nothing when there is nothing to do.
    fn decide(
        &self,
        app: &App,
        state: &State,
        now: Timestamp,
    ) -> impl Future<Output = Result<Addition>> + Send;
}

/// Appends what `action` decides, durably, and returns the state after it.
pub(crate) async fn append(app: &App, id: SessionId, action: &impl Action) -> Result<Arc<State>> {
    let not_found = || AppError::not_found("session_not_found", "interview");
    let turn = app.states().turn(id);
    let _mine = turn.lock().await;
    let mut state = app.states().get(app, id).await?.ok_or_else(not_found)?;
    for _ in 0..MAX_RACES {
        let now = app.now();
        let decided = action.decide(app, &state, now).await;
        let addition = match decided {
            // The refusal may come from a stale memory: look at the log before saying no.
            Err(error) => {
                let fresh = app.states().read(app, id).await?.ok_or_else(not_found)?;
                if fresh.last_seq == state.last_seq {
                    return Err(error);
                }
                state = fresh;
                continue;
            }
            Ok(addition) => addition,
        };
        if addition.events.is_empty() {
            return Ok(state);
        }
        match store(app, &state, addition, now).await {
            Ok(next) => return Ok(next),
            Err(StoreError::Conflict(Constraint::SessionSeq)) => {
                let mut fresh = app.states().read(app, id).await?.ok_or_else(not_found)?;
                if fresh.last_seq == state.last_seq {
                    // Nobody was faster: it was deleted, and memory does not know.
                    app.states().forget(id);
                    fresh = app.states().read(app, id).await?.ok_or_else(not_found)?;
                }
                state = fresh;
            }
            Err(error) => {
                app.states().forget(id);
                return Err(error.into());
            }
        }
    }
    Err(StoreError::Conflict(Constraint::SessionSeq).into())
}

/// How this event ends an interview, if it does.
fn outcome(event: &Event) -> Option<&'static str> {
    match event {
        Event::Abandoned => Some("abandoned"),
        Event::Completed { reason, .. } => Some(match reason {
            CompletionReason::Finished => "finished",
            CompletionReason::TimeUp => "time_up",
            CompletionReason::EndedEarly => "ended_early",
            CompletionReason::Conduct => "conduct",
        }),
        _ => None,
    }
}

async fn store(
    app: &App,
    state: &State,
    addition: Addition,
    now: Timestamp,
) -> std::result::Result<Arc<State>, StoreError> {
    let (next, events) = applied(state, addition.events, now);
    let wake = !addition.enqueue.is_empty();
    let append = Append {
        session_id: state.id,
        events,
        snapshot: next.snapshot(),
        evaluations: addition.evaluations,
        enqueue: addition.enqueue,
        finish: addition.finish,
        idempotency: addition.idempotency,
        at: now,
    };
    let outcome = append.events.iter().find_map(|logged| outcome(&logged.event));
    app.store().append(append).await?;
    if let Some(outcome) = outcome {
        ended(outcome);
    }
    let next = Arc::new(next);
    app.states().put(next.clone());
    app.listeners().grown(next.id, next.last_seq);
    if wake {
        app.wake_workers();
    }
    Ok(next)
}
