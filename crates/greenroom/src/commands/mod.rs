//! The commands, one a file.

pub mod audit;
pub mod bank;
pub mod check;
mod check_judge;
mod check_speech;
pub mod data;
pub mod evaluate;
pub mod keys;
pub mod models;
mod operator;
pub mod parse;
pub mod practice;
pub mod restore;
pub mod retention;
pub mod score;
pub mod serve;
pub mod settings;
pub mod simulate;
mod table;
pub mod user;

/// Why a command did not do what was asked.
pub enum Failure {
    /// What was given cannot be used: exit 2.
    BadInput(String),
    /// It was tried and failed: exit 1.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs async work.
fn run<T>(work: impl Future<Output = anyhow::Result<T>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(work);
    // What still computes is not waited for.
    runtime.shutdown_background();
    Ok(outcome?)
}

/// The text of a file; a file that cannot be read is bad input.
fn read_text(file: &std::path::Path) -> Result<String, Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::BadInput(format!("{} cannot be read: {error}", file.display())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
