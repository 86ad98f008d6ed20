//! Text on its way to a model and back: templates, delimiters, who speaks taken out, quotes found again, and
//! sentences of the model made fit to be shown.

pub mod edited;
pub mod folded;
pub mod json;
pub mod plain;
pub mod prepared;
pub mod redact;
pub mod schools;
pub mod sentence;
pub mod templates;
