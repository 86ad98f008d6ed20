//! The engines beside the built-in ones, exchangeable while the program runs.

use crate::consents::has_agreed;
use crate::{App, AppError, Result};
use greenroom_domain::account::Purpose;
use greenroom_domain::ids::{SessionId, UserId};
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
    /// Who acts for people who have not agreed that their words go to other companies; `None` when no words do, and
    /// then these act for everybody.
    pub at_home: Option<Arc<Engines>>,
}

/// The engines that may act for this person: those of other companies only when the person agrees.
pub(crate) async fn engines_for(app: &App, user: UserId) -> Result<Arc<Engines>> {
    let all = app.engines();
    let Some(home) = &all.at_home else { return Ok(all) };
    if has_agreed(app, user, Purpose::ModelVendor).await? { Ok(all) } else { Ok(home.clone()) }
}

/// The engines that may act in this interview, by what its person agrees to.
pub(crate) async fn engines_of(app: &App, interview: SessionId) -> Result<Arc<Engines>> {
    let all = app.engines();
    if all.at_home.is_none() {
        return Ok(all);
    }
    match app.store().owner(interview).await? {
        Some(user) => engines_for(app, user).await,
        None => Err(AppError::not_found("session_not_found", "interview")),
    }
}

/// A model outside of this program that gets words of candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Name of the provider in the configuration.
    pub provider: String,
    /// The model as its vendor names it.
    pub model: String,
    /// What it is asked to do.
    pub purpose: Task,
    /// Whether it is another company's, and people are asked for their consent.
    pub needs_consent: bool,
}

/// What a model is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
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
