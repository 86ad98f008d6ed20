//! A model converses: whatever it does, and whenever it does it, the candidate gets one next question, and the log
//! tells the truth.

mod alone;
mod consent;
mod drafts;
mod languages;
mod memory;
mod plans;
mod races;
mod restarts;
mod room;
