//! Language models behind one trait: vendors, failing over between them, and what they cost.
//!
//! Streaming is what every model does; a whole reply is collected from its stream. A stream that breaks off
//! is an error, never a short reply.
#![deny(missing_docs)]

mod anthropic;
mod attempt;
mod budget;
mod cached;
mod cost;
mod error;
mod fallback;
mod metered;
mod model;
mod openai;
mod options;
mod pieces;
mod prices;
mod probe;
pub mod sse;
mod timeouts;
mod variables;
mod vendor;
mod window;
mod words;

pub use attempt::{Attempt, Outcome, Recorded};
pub use budget::{Budget, Calendar, Caps, Spent};
pub use cached::Cached;
pub use cost::{INTERVIEW, cost_of_interview};
pub use error::LlmError;
pub use fallback::{Circuits, Fallback, FallbackOptions};
pub use greenroom_upstream::{CircuitOptions, Kind, is_at_home};
pub use metered::Metered;
pub use model::{
    Capabilities, End, Format, LanguageModel, Message, ModelName, Piece, Pieces, Reply, Request, Role, Stop,
    Stream, Usage, complete, complete_recorded,
};
pub use options::{
    JsonSupport, KnownProvider, Options, OptionsError, Protocol, Provider, ProviderOptions, known_providers,
};
pub use prices::{Price, Prices, PricesError, micro_dollars};
pub use probe::{Finding, Probe, Trial, advice, is_answered};
pub use timeouts::Timeouts;
pub use vendor::connect;
