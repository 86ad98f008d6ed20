//! The vendors' protocols, against servers on this machine.

mod gateway;
mod peer;
mod peer_line;
mod program;
mod replies;
mod requests;
mod server;
mod shared;
mod silence;
