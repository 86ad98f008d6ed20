//! Spoken interviews, told as stories: somebody speaks, engines take their time or fail, lines break, and what the page
//! saw and what was kept is told line by line. Time is made up; nobody waits.

mod bad_sound;
mod ears;
mod engines;
mod going_on;
mod interview;
mod lines;
mod page;
mod sounds;
mod stories;
mod streaming;
