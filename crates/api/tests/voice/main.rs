//! Spoken interviews over the real server: real sound by espeak-ng both ways, over a WebSocket, and what surrounds it.

mod around;
#[expect(dead_code, reason = "the tests of lines throw bytes as well")]
#[path = "../../../media/tests/caller/mod.rs"]
mod caller;
mod conversation;
mod hostile;
mod long_answer;
mod page;
mod realtime;
mod realtime_peer;
mod recording;
mod speaker;
