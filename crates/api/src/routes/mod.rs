//! Handlers, by resource. Each takes a request apart, calls one function of the app and wraps the result.

pub mod about;
pub mod accounts;
pub mod audit;
pub mod bank;
pub mod calibration;
pub mod configs;
pub mod consents;
pub mod document;
pub mod evaluations;
pub mod feedback;
pub mod jobs;
pub mod judge_checks;
pub mod models;
pub mod oauth;
pub mod operations;
pub mod questions;
pub mod recordings;
pub mod resumes;
pub mod retention;
pub mod sessions;
pub mod sign_ins;
pub mod users;
pub mod voice;
pub mod voice_sample;
