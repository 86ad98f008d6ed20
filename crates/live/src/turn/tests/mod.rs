//! Stories: what a person does, and what the listener makes of it.

mod ends_of_turns;
mod going_on;
mod interruptions;
mod lines;
mod patience;
mod properties;
mod stage;
