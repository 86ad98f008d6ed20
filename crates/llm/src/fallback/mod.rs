//! A line of models that stands for one: tries again, goes on to the next, and leaves failing models alone.
//!
//! A reply is always written by one model: the line switches only before the first text has been delivered.
//! After that a failure is passed on. A model that fails too often is left alone until it answers a few tokens that a
//! task in the background asks it for.

mod call;
mod probe;
mod reply;

use crate::attempt::Recorded;
use crate::error::LlmError;
use crate::model::{Capabilities, LanguageModel, ModelName, Request, Stream};
use async_trait::async_trait;
use call::Call;
use greenroom_upstream::Circuit;
use rand::RngExt;
use rand::rngs::StdRng;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The circuits of all models. Lines that share it learn from each other's failures.
pub type Circuits = greenroom_upstream::Circuits<ModelName>;

/// How long a line tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FallbackOptions {
    /// Tries at one model for failures that may pass. 1.., default 3. All others go to the next model at once.
    pub attempts: u32,
    /// Longest wait before the second try, default 250 ms; doubles with each further one. The wait is drawn
    /// between zero and this, and added to what the vendor asked for with `Retry-After`.
    pub backoff_base: Duration,
    /// Where the doubling ends. Default 8 s.
    pub backoff_cap: Duration,
    /// How long one try may take until the first text. Default 8 s. This much is also kept back from further
    /// tries at a model for each usable model behind it.
    pub first_token: Duration,
    /// How long the whole call may take until the first text. Default 20 s.
    pub deadline: Duration,
}

impl Default for FallbackOptions {
    fn default() -> Self {
        Self {
            attempts: 3,
            backoff_base: Duration::from_millis(250),
            backoff_cap: Duration::from_secs(8),
            first_token: Duration::from_secs(8),
            deadline: Duration::from_secs(20),
        }
    }
}

/// An ordered line of models, the preferred one first.
pub struct Fallback {
    members: Vec<Arc<Member>>,
    options: FallbackOptions,
    random: Mutex<StdRng>,
}

/// A model of the line. Whoever probes it in the background holds it weakly.
struct Member {
    model: Arc<dyn LanguageModel>,
    circuit: Arc<Circuit>,
}

impl Fallback {
    /// A line of `models`; `None` when there are none. `circuits` may be shared with other lines. `random`
    /// spreads the waits.
    pub fn new(
        models: Vec<Arc<dyn LanguageModel>>,
        options: FallbackOptions,
        circuits: &Circuits,
        random: StdRng,
    ) -> Option<Self> {
        let member =
            |model: Arc<dyn LanguageModel>| Arc::new(Member { circuit: circuits.of(model.name()), model });
        let members: Vec<Arc<Member>> = models.into_iter().map(member).collect();
        (!members.is_empty()).then(|| Self { members, options, random: Mutex::new(random) })
    }

    fn first(&self) -> &Arc<Member> {
        self.members.first().expect("a line is only made of at least one model")
    }

    /// Usable models behind the one at `index`.
    fn usable_behind(&self, index: usize) -> u32 {
        let usable = self.members.iter().skip(index + 1).filter(|member| member.circuit.is_usable()).count();
        u32::try_from(usable).unwrap_or(u32::MAX)
    }

    /// Exponential backoff with full jitter; `turn` 0 is the wait before the second try.
    fn backoff(&self, turn: u32) -> Duration {
        let doubled = self.options.backoff_base.saturating_mul(2_u32.saturating_pow(turn));
        let longest = doubled.min(self.options.backoff_cap);
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        longest.mul_f64(random.random_range(0.0..=1.0))
    }
}

#[async_trait]
impl LanguageModel for Fallback {
    fn name(&self) -> &ModelName {
        self.first().model.name()
    }

    /// What every model of the line does: the shortest known context.
    fn capabilities(&self) -> Capabilities {
        let mut shared = self.first().model.capabilities();
        shared.context = self.members.iter().filter_map(|member| member.model.capabilities().context).min();
        shared
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        self.stream_recorded(request).await.result
    }

    async fn stream_recorded(&self, request: &Request) -> Recorded<Stream> {
        Call::new(self, request).run().await
    }
}
