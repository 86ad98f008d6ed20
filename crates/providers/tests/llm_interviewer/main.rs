//! The interviewer by a language model, with scripted models: faithful, careless and hostile.

mod history;
mod injections;
mod interview;
mod plans;
mod privacy;
mod prompts;
mod scripted;
mod size;
mod turns;
