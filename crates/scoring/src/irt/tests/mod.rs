//! What the mathematics must keep, and what a choice must respect.

mod calibrations;
mod earlier;
mod estimates;
mod interviews;
mod models;
mod selections;
mod simulations;
