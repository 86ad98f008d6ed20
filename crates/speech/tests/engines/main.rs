//! Engines, against servers on this machine and against espeak-ng itself.

mod espeak;
mod failures;
mod hearing;
mod programs;
mod server;
mod speaking;
