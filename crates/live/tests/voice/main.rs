//! Spoken interviews, told as stories: somebody speaks, engines take their time or fail, lines break, and what the page
//! saw and what was kept is told line by line. Time is made up; nobody waits.

mod engines;
mod interview;
mod lines;
mod page;
mod stories;
