//! The vendors' protocols, against servers on this machine.

mod replies;
mod requests;
mod server;
mod silence;
