//! The engines beside the built-in ones, exchangeable while the program runs.

use greenroom_providers::{Conversation, Judge};
use std::sync::{Arc, PoisonError, RwLock};

/// Who judges, who converses, and what leaves this server for it.
#[derive(Clone)]
pub struct Engines {
    /// Who judges; the built-in judge stands behind every other.
    pub judge: Arc<dyn Judge>,
    /// Who converses; `None` leaves it to the built-in interviewer alone.
    pub conversation: Option<Arc<dyn Conversation>>,
    /// Whom words of candidates are sent to; empty when nothing leaves this server.
    pub outside: Vec<Outside>,
}

/// A model outside of this program that gets words of candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Name of the provider in the configuration.
    pub provider: String,
    /// The model as its vendor names it.
    pub model: String,
    /// What it is asked to do.
    pub purpose: Purpose,
}

/// What a model is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Plan interviews and talk with candidates.
    Interviewing,
    /// Judge answers.
    Judging,
}

/// The engines of this moment.
pub(crate) struct Exchange(RwLock<Arc<Engines>>);

impl Exchange {
    pub(crate) fn new(engines: Engines) -> Self {
        Self(RwLock::new(Arc::new(engines)))
    }

    pub(crate) fn now(&self) -> Arc<Engines> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn replace(&self, engines: Engines) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(engines);
    }
}
