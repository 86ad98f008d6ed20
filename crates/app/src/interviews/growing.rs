//! A state with the events that one action adds to it.

use crate::Result;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::{Event, Input, Logged, State, decide};

/// A copy of a state that grows, event by event.
pub(super) struct Growing {
    pub state: State,
    pub events: Vec<Event>,
    pub now: Timestamp,
}

impl Growing {
    pub fn new(state: &State, now: Timestamp) -> Self {
        Self { state: state.clone(), events: Vec::new(), now }
    }

    /// Takes what `input` leads to.
    pub fn decide(&mut self, input: Input) -> Result<()> {
        for event in decide(&self.state, input)? {
            self.push(event);
        }
        Ok(())
    }

    /// Takes one more event.
    pub fn push(&mut self, event: Event) {
        self.state.apply(Logged { seq: self.state.last_seq + 1, at: self.now, event: event.clone() });
        self.events.push(event);
    }
}
