//! A circuit for each model: after too many failures the model is left alone for a while, then probed by one call.

use crate::error::Kind;
use crate::model::ModelName;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// When a model is left alone, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CircuitOptions {
    /// Failures in a row that open the circuit. 1.., default 5.
    pub failures: u32,
    /// How long the model is left alone the first time. Default 30 s; doubles with every failed probe.
    pub probe_after: Duration,
    /// The longest it is left alone. Default 5 min.
    pub probe_at_most: Duration,
}

impl Default for CircuitOptions {
    fn default() -> Self {
        Self { failures: 5, probe_after: Duration::from_secs(30), probe_at_most: Duration::from_secs(300) }
    }
}

/// The circuits of all models. Lines that share it learn from each other's failures.
#[derive(Debug, Default)]
pub struct Circuits {
    options: CircuitOptions,
    by_model: Mutex<HashMap<ModelName, Arc<Circuit>>>,
}

impl Circuits {
    /// Closed circuits.
    pub fn new(options: CircuitOptions) -> Self {
        Self { options, by_model: Mutex::default() }
    }

    pub(super) fn of(&self, model: &ModelName) -> Arc<Circuit> {
        let mut by_model = self.by_model.lock().unwrap_or_else(PoisonError::into_inner);
        let circuit = by_model
            .entry(model.clone())
            .or_insert_with(|| Arc::new(Circuit { options: self.options, state: Mutex::default() }));
        Arc::clone(circuit)
    }
}

#[derive(Debug)]
pub(super) struct Circuit {
    options: CircuitOptions,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Failures in a row while closed.
    failures: u32,
    /// Times it opened without a whole reply in between: doubles the wait.
    openings: u32,
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Instant,
    rejected: bool,
    probing: bool,
}

/// How bad an open circuit is: first whether the vendor rejects us, then how long it is left alone.
pub(super) type Badness = (bool, Option<Instant>);

impl Circuit {
    /// Leave to ask the model now; `None` while it is left alone or another call probes it.
    pub(super) fn admit(self: &Arc<Self>, now: Instant) -> Option<Permit> {
        let mut state = self.state();
        let probe = match &mut state.open {
            None => false,
            Some(open) if open.until <= now && !open.probing => {
                open.probing = true;
                true
            }
            Some(_) => return None,
        };
        Some(self.permit(probe))
    }

    /// Leave to ask although the circuit is open: when there is nobody else.
    pub(super) fn force(self: &Arc<Self>) -> Permit {
        self.permit(false)
    }

    /// Whether `admit` would give leave.
    pub(super) fn is_usable(&self, now: Instant) -> bool {
        self.state().open.is_none_or(|open| open.until <= now && !open.probing)
    }

    pub(super) fn badness(&self) -> Badness {
        self.state().open.map_or((false, None), |open| (open.rejected, Some(open.until)))
    }

    fn permit(self: &Arc<Self>, probe: bool) -> Permit {
        Permit { circuit: Arc::clone(self), probe, stage: Stage::Asked }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The model is alive, but has not yet finished a reply: one more failure opens the circuit again.
    fn alive(&self) {
        let mut state = self.state();
        if state.open.take().is_some() {
            state.failures = self.options.failures.saturating_sub(1);
        }
    }

    fn whole_reply(&self) {
        let mut state = self.state();
        // A reply that began before the circuit opened says nothing about the model of now.
        if state.open.is_none() {
            *state = State::default();
        }
    }

    fn failure(&self, kind: Kind, probe: bool, now: Instant) {
        let mut state = self.state();
        let rejected = is_rejection(kind);
        // Calls that were under way when the circuit opened must not prolong it.
        if let Some(open) = &mut state.open
            && !probe
        {
            open.rejected |= rejected;
            return;
        }
        state.failures = state.failures.saturating_add(1);
        if probe || rejected || state.failures >= self.options.failures {
            let doubled = self.options.probe_after.saturating_mul(2_u32.saturating_pow(state.openings));
            let wait = doubled.max(kind.retry_after().unwrap_or_default()).min(self.options.probe_at_most);
            let was_rejected = state.open.is_some_and(|open| open.rejected);
            state.openings = state.openings.saturating_add(1);
            state.open = Some(Open { until: now + wait, rejected: rejected || was_rejected, probing: false });
        }
    }

    fn release_probe(&self) {
        if let Some(open) = &mut self.state().open {
            open.probing = false;
        }
    }
}

/// Whether the vendor turns us away until somebody changes the configuration.
fn is_rejection(kind: Kind) -> bool {
    matches!(kind, Kind::Unauthenticated | Kind::Forbidden | Kind::NotFound)
}

/// Leave for one try. Says what became of it; a permit that is dropped before any text says nothing.
#[derive(Debug)]
pub(super) struct Permit {
    circuit: Arc<Circuit>,
    probe: bool,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Asked,
    Writing,
    Settled,
}

impl Permit {
    /// The first text came.
    pub(super) fn writing(&mut self) {
        self.stage = Stage::Writing;
        self.circuit.alive();
    }

    /// The reply is complete.
    pub(super) fn finished(mut self) {
        self.stage = Stage::Settled;
        self.circuit.whole_reply();
    }

    /// The try failed. Faults of the request speak for the model's health rather than against it, and a
    /// spending cap says nothing.
    pub(super) fn failed(mut self, kind: Kind, now: Instant) {
        match kind {
            Kind::OverBudget => return,
            Kind::TooLong | Kind::Truncated | Kind::BadRequest | Kind::Refused => self.circuit.alive(),
            // From the first text on the probe is over: what follows counts like any other failure.
            _ => self.circuit.failure(kind, self.probe && self.stage == Stage::Asked, now),
        }
        self.stage = Stage::Settled;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        match self.stage {
            Stage::Asked if self.probe => self.circuit.release_probe(),
            // The listener had enough: the model did its part.
            Stage::Writing => self.circuit.whole_reply(),
            Stage::Asked | Stage::Settled => {}
        }
    }
}
