//! How long what is kept: rules in words, and one run that deletes what is older and says so in the audit log.

mod rules;
mod run;

pub use rules::{Rule, rules};
pub use run::{Due, Mine, due, mine, run};
