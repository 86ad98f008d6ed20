//! Lines of models under failures of every kind, on paused time.

mod again;
mod circuits;
mod crowd;
mod property;
mod scripted;
mod spending;
mod switching;
mod waiting;
