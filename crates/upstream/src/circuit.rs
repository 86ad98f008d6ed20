//! A circuit for each service: after too many failures the service is left alone until it answers a probe.

use crate::kind::Kind;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// When a service is left alone, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CircuitOptions {
    /// Failures in a row that open the circuit. 1.., default 5.
    pub failures: u32,
    /// How long the service is left alone before the first probe. Default 30 s; doubles with every failed one.
    pub probe_after: Duration,
    /// The longest it is left alone. Default 5 min.
    pub probe_at_most: Duration,
}

impl Default for CircuitOptions {
    fn default() -> Self {
        Self { failures: 5, probe_after: Duration::from_secs(30), probe_at_most: Duration::from_secs(300) }
    }
}

/// The circuits of all services, by name. Lines that share it learn from each other's failures.
#[derive(Debug)]
pub struct Circuits<N> {
    options: CircuitOptions,
    by_name: Mutex<HashMap<N, Arc<Circuit>>>,
}

impl<N> Default for Circuits<N> {
    fn default() -> Self {
        Self { options: CircuitOptions::default(), by_name: Mutex::default() }
    }
}

impl<N: Clone + Eq + Hash> Circuits<N> {
    /// Closed circuits.
    pub fn new(options: CircuitOptions) -> Self {
        Self { options, by_name: Mutex::default() }
    }

    /// The circuit of `name`, closed when it is new.
    pub fn of(&self, name: &N) -> Arc<Circuit> {
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        let circuit = by_name
            .entry(name.clone())
            .or_insert_with(|| Arc::new(Circuit { options: self.options, state: Mutex::default() }));
        Arc::clone(circuit)
    }
}

/// Whether one service is left alone.
#[derive(Debug)]
pub struct Circuit {
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
    /// Whether somebody probes while it is open.
    watched: bool,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Instant,
    rejected: bool,
}

/// How bad an open circuit is: first whether the vendor rejects us, then how long it is left alone.
pub type Badness = (bool, Option<Instant>);

impl Circuit {
    /// Leave to ask the service; `None` while it is left alone.
    pub fn admit(self: &Arc<Self>) -> Option<Permit> {
        self.is_usable().then(|| self.force())
    }

    /// Leave to ask although the circuit is open: when there is nobody else.
    pub fn force(self: &Arc<Self>) -> Permit {
        Permit { circuit: Arc::clone(self), stage: Stage::Asked }
    }

    /// Whether `admit` would give leave.
    pub fn is_usable(&self) -> bool {
        self.state().open.is_none()
    }

    /// How bad it is; the least is the likeliest to be back.
    pub fn badness(&self) -> Badness {
        self.state().open.map_or((false, None), |open| (open.rejected, Some(open.until)))
    }

    /// Whether the caller is to watch: it is open and nobody else does.
    pub fn begin_watch(&self) -> bool {
        let mut state = self.state();
        let begins = state.open.is_some() && !state.watched;
        state.watched |= begins;
        begins
    }

    /// When the next probe is due; `None` when it is closed, and then the watch is over.
    pub fn due_or_end_watch(&self) -> Option<Instant> {
        let mut state = self.state();
        state.watched = state.open.is_some();
        state.open.map(|open| open.until)
    }

    /// The watch was given up.
    pub fn end_watch(&self) {
        self.state().watched = false;
    }

    /// What came of a probe: an answer closes it, and so does a fault of the request; a failure prolongs it. A spending
    /// cap says nothing about the service.
    pub fn probed(&self, result: Result<(), Kind>, now: Instant) {
        match result {
            Err(Kind::OverBudget) => {
                if let Some(open) = &mut self.state().open {
                    open.until = now + self.options.probe_after;
                }
            }
            Err(kind) if !is_fault_of_request(kind) => self.failure(kind, true, now),
            Ok(()) | Err(_) => self.alive(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The service is alive, but has not yet finished a reply: one more failure opens the circuit again.
    fn alive(&self) {
        let mut state = self.state();
        if state.open.take().is_some() {
            state.failures = self.options.failures.saturating_sub(1);
        }
    }

    fn whole_reply(&self) {
        let mut state = self.state();
        // A reply that began before the circuit opened says nothing about the service of now.
        if state.open.is_none() {
            (state.failures, state.openings) = (0, 0);
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
            state.open = Some(Open { until: now + wait, rejected: rejected || was_rejected });
        }
    }
}

/// Whether the vendor turns us away until somebody changes the configuration.
fn is_rejection(kind: Kind) -> bool {
    matches!(kind, Kind::Unauthenticated | Kind::Forbidden | Kind::NotFound)
}

/// Whether the vendor works and only this request does not suit it.
fn is_fault_of_request(kind: Kind) -> bool {
    matches!(kind, Kind::TooLong | Kind::Truncated | Kind::BadRequest | Kind::Refused)
}

/// Leave for one try. Says what became of it; a permit that is dropped before any text says nothing.
#[derive(Debug)]
pub struct Permit {
    circuit: Arc<Circuit>,
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
    pub fn writing(&mut self) {
        self.stage = Stage::Writing;
        self.circuit.alive();
    }

    /// The reply is complete.
    pub fn finished(mut self) {
        self.stage = Stage::Settled;
        self.circuit.whole_reply();
    }

    /// The try failed. Faults of the request speak for the service's health rather than against it, and a
    /// spending cap says nothing.
    pub fn failed(mut self, kind: Kind, now: Instant) {
        match kind {
            Kind::OverBudget => return,
            kind if is_fault_of_request(kind) => self.circuit.alive(),
            kind => self.circuit.failure(kind, false, now),
        }
        self.stage = Stage::Settled;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        match self.stage {
            // The listener had enough: the service did its part.
            Stage::Writing => self.circuit.whole_reply(),
            Stage::Asked | Stage::Settled => {}
        }
    }
}
