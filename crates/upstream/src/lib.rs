//! Services of others that the program calls: HTTP with a key and a deadline, what went wrong and whether it helps to
//! try again, and circuits that leave a failing service alone until it answers a probe.
//!
//! Language models and engines of speech stand on it; what they say to their services is theirs.
#![deny(missing_docs)]

mod circuit;
#[cfg(test)]
mod circuit_tests;
mod fault;
mod home;
mod http;
mod kind;
mod watch;

pub use circuit::{Badness, Circuit, CircuitOptions, Circuits, Permit};
pub use fault::{Fault, VendorError};
pub use home::is_at_home;
pub use http::{Answer, Http, Part, is_on_this_machine};
pub use kind::Kind;
pub use reqwest::Upgraded;
pub use reqwest::header::HeaderMap;
pub use watch::{Probed, watch};
