//! What the mathematics must keep, and what a choice must respect.

mod estimates;
mod models;
mod selections;
