//! The vendors' protocols, against servers on this machine.

mod peer;
mod replies;
mod requests;
mod server;
mod shared;
mod silence;
