//! Lines of engines: who takes over when one fails.

mod again;
mod hearing;
mod scripted;
mod speaking;
