//! Spoken interviews, told as stories: somebody speaks, engines take their time or fail, lines break, and what the page
//! saw and what was kept is told line by line. Time is made up; nobody waits.

mod bad_sound;
mod duplex;
mod ears;
mod engines;
mod going_on;
mod heard_for_real;
mod interview;
mod lines;
mod long_answers;
mod model;
mod page;
#[expect(dead_code, reason = "other tests use the sentences")]
#[path = "../../../speech/tests/real/peer.rs"]
mod recogniser;
mod sounds;
mod stories;
mod streaming;
