//! Spoken interviews over the real server: real sound by espeak-ng both ways, over a WebSocket, and what surrounds it.

mod around;
mod conversation;
mod hostile;
mod page;
mod recording;
mod speaker;
