//! The judge by a language model, with scripted models: faithful, careless and hostile.

mod calls;
mod injections;
mod privacy;
mod prompts;
mod replies;
mod samples;
mod scripted;
