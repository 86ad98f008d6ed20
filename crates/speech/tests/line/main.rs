//! Lines of engines: who takes over when one fails.

mod hearing;
mod scripted;
mod speaking;
mod talking;
