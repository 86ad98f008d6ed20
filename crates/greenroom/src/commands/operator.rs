//! What is done by the command line, for the audit log.

use greenroom_app::{SystemClock, SystemIds};
use greenroom_domain::audit::{Action, AuditEntry};
use greenroom_domain::clock::Clock;
use greenroom_domain::ids::AuditId;
use std::path::Path;

/// An entry that says what was done to `subject`, and who did it: `made` is a file that this process has made.
pub fn entry(action: Action, subject: &Path, made: &Path, details: &str) -> AuditEntry {
    let subject = std::path::absolute(subject).unwrap_or_else(|_| subject.to_owned());
    AuditEntry {
        id: AuditId::fresh(&SystemIds),
        at: SystemClock.now(),
        actor: None,
        action: action.key().to_owned(),
        subject: subject.display().to_string(),
        details: format!("by {}; {details}", who(made)),
    }
}

/// Who types, by number: names are of people.
fn who(made: &Path) -> String {
    let machine = greenroom_telemetry::process::node().unwrap_or_else(|| "this machine".to_owned());
    let through = std::env::var("SUDO_UID").ok().and_then(|id| id.parse::<u32>().ok());
    let through = through.map(|id| format!(" through sudo by {id}")).unwrap_or_default();
    match owner(made) {
        Some(id) => format!("user {id}{through} at {machine}"),
        None => format!("somebody at {machine}"),
    }
}

#[cfg(unix)]
fn owner(file: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(file).ok().map(|found| found.uid())
}

#[cfg(not(unix))]
fn owner(_: &Path) -> Option<u32> {
    None
}
