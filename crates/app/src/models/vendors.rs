//! What these use cases need of whoever talks to vendors.

use crate::Engines;
use async_trait::async_trait;
use greenroom_domain::ids::SessionId;
use greenroom_domain::model_provider::{ModelJson, ModelProtocol, ModelProvider};
use greenroom_domain::spending::DaySpending;
use greenroom_providers::Judge;
use secrecy::SecretString;
use std::sync::Arc;

/// A provider with its key in the clear, ready to be asked.
#[derive(Clone, Debug)]
pub struct ReadyProvider {
    /// Its settings.
    pub provider: ModelProvider,
    /// Its key; `None` where none is set.
    pub key: Option<SecretString>,
}

/// What is known of a provider by its name, to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownProvider {
    /// Its name in settings.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it speaks.
    pub protocol: ModelProtocol,
    /// Its address.
    pub base_url: String,
    /// Whether it wants a key.
    pub needs_key: bool,
    /// A model that does for interviews; `None` where it is whatever its operator runs.
    pub model: Option<String>,
    /// Longest request and reply together, tokens.
    pub context: Option<u32>,
    /// How it keeps a reply to JSON.
    pub json: ModelJson,
}

/// What may be spent and what was, micro-dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// Spent today (UTC) by all nodes, as far as this one knows: it asks every few seconds.
    pub today: u64,
    /// Calls of today whose price is not known: `today` does not hold them.
    pub unpriced_calls: u64,
    /// Cap for one day; `None` is no cap.
    pub day_cap: Option<u64>,
    /// Cap for one interview; `None` is no cap.
    pub interview_cap: Option<u64>,
}

/// A part of the trial of a provider. Together they take a minute at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrialPart {
    /// Is it there, does it take the key, and how soon do its first words come?
    Answer,
    /// Does it keep a reply to JSON?
    Json,
    /// Does it read a whole resume?
    Resume,
    /// What does an interview cost? Asks nobody.
    Cost,
}

impl TrialPart {
    /// All parts, in order.
    pub const ALL: [Self; 4] = [Self::Answer, Self::Json, Self::Resume, Self::Cost];
}

/// What one part of a trial showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What was seen.
    pub findings: Vec<Finding>,
    /// Whether further parts are worth trying.
    pub goes_on: bool,
}

/// One thing that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was tried, in a word or two.
    pub what: String,
    /// Whether it went well.
    pub passed: bool,
    /// What was seen, and what to do if it went wrong. Nothing that a model or a server said.
    pub words: String,
}

/// Whoever talks to vendors of language models.
#[async_trait]
pub trait Vendors: Send + Sync {
    /// Providers that are known by name.
    fn known(&self) -> Vec<KnownProvider>;

    /// Providers of the configuration, in their order; empty when models are switched off there.
    fn configured(&self) -> Vec<ReadyProvider>;

    /// Whether language models are asked at all (`llm.enabled`).
    fn are_asked(&self) -> bool;

    /// Says what an interview has cost before this process began, micro-dollars, so that its cap holds.
    fn remember(&self, interview: SessionId, micros: u64);

    /// What was spent and is not stored yet.
    fn unstored_spending(&self) -> Vec<DaySpending>;

    /// This was stored, and all nodes together have stored this of `day`: a sum for each provider.
    fn learn_spending(&self, stored: &[DaySpending], day: i64, by_all: &[DaySpending]);

    /// What may be spent and what was.
    fn spending(&self) -> Spending;

    /// Engines that ask these in this order, the built-in ones behind them. One that cannot be connected to at all
    /// is left out and logged.
    fn engines(&self, line: &[ReadyProvider]) -> Engines;

    /// A judge that asks this one and no other; `None` when it cannot be connected to at all.
    fn judge(&self, one: &ReadyProvider) -> Option<Arc<dyn Judge>>;

    /// Tries one part.
    async fn try_out(&self, one: &ReadyProvider, part: TrialPart) -> Tried;
}
