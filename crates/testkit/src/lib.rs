//! What tests share: databases of both kinds, a clock that tests set, and, with the feature `application`, a
//! real application on them with a client of it; with `model`, a server that plays a vendor of language models.
#![deny(missing_docs)]

#[cfg(feature = "application")]
mod application;
#[cfg(feature = "application")]
mod client;
mod clock;
mod database;
#[cfg(feature = "model")]
pub mod model;
#[cfg(feature = "application")]
pub mod played_model;
mod storage;
#[cfg(feature = "application")]
mod vendors;

#[cfg(feature = "application")]
pub use application::{TestApp, test_app, test_app_on};
#[cfg(feature = "application")]
pub use client::{Client, at};
pub use clock::{ManualClock, SequentialIds};
pub use database::{Database, empty_postgres, keyring, postgres, sqlite};
pub use storage::StoragePeer;
