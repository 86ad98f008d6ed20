//! What nodes tell each other beside the database: words over Redis that may get lost without harm.
//!
//! Nothing is kept in Redis that anybody would miss. Who listens looks at the database now and then, so a Redis that
//! is away makes things slower and loses nothing. Without Redis there is one node, and nobody to tell.
#![deny(missing_docs)]

mod channels;
mod connection;
mod options;
mod outbox;

pub use channels::Channels;
pub use connection::{BusError, Redis};
pub use options::Options;
pub use outbox::Outbox;
pub use redis;
