//! Checks of the question bank: one file a check, each with what is wrong and what to do about it.
//!
//! [`bank`] looks at all of a bank, [`question`] at one question that is to join it.

mod coverage;
mod duplicates;
mod lawful;
mod reading;
mod reference;
mod review;
mod schema;
mod sounds;
#[cfg(test)]
mod tests;
mod translations;

pub use duplicates::{ALIKE_FROM, Likeness, Pair, SAME_FROM};
pub use reading::{QUESTION_GRADE, REFERENCE_GRADE, grade};
pub use reference::REFERENCE_FROM;

use super::Bank;
use greenroom_domain::bank::{BankQuestion, BankRole};
use reading::TradeWords;
use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It must not be asked like this.
    Error,
    /// Somebody should look at it.
    Warning,
}

impl Severity {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Stable key of the rule.
    pub rule: &'static str,
    /// Where: a file of the bank without its ending, `accountant` or `de/core`.
    pub file: String,
    /// Key of the question; `None` when it is about the whole file.
    pub question: Option<String>,
    /// What is wrong and what to do, a sentence or two.
    pub message: String,
}

/// A finding before its place is known.
pub(crate) struct Fault {
    severity: Severity,
    rule: &'static str,
    message: String,
}

fn error(rule: &'static str, message: impl Into<String>) -> Fault {
    Fault { severity: Severity::Error, rule, message: message.into() }
}

fn warning(rule: &'static str, message: impl Into<String>) -> Fault {
    Fault { severity: Severity::Warning, rule, message: message.into() }
}

impl Fault {
    fn at(self, file: &str, question: Option<&str>) -> Finding {
        let Self { severity, rule, message } = self;
        Finding { severity, rule, file: file.to_owned(), question: question.map(str::to_owned), message }
    }
}

/// All that is wrong in `bank`, by file and question.
pub fn bank(bank: &Bank) -> Vec<Finding> {
    let mut findings = each_question(bank);
    for role in bank.roles() {
        let faults =
            review::faults(role).into_iter().chain(coverage::of_role(role)).chain(sounds::missing(role));
        findings.extend(faults.map(|fault| fault.at(&role.role, None)));
    }
    findings.extend(duplicates::findings(bank));
    findings.extend(coverage::of_competencies(bank).map(|fault| fault.at("competencies", None)));
    findings.extend(translations::findings(bank));
    findings.sort_by(|a, b| (&a.file, &a.question, a.severity).cmp(&(&b.file, &b.question, b.severity)));
    findings
}

/// What is wrong with `question` of `role` by itself, and beside the questions that `bank` has.
pub fn question(bank: &Bank, likeness: &Likeness, role: &BankRole, question: &BankQuestion) -> Vec<Finding> {
    let words = TradeWords::of(bank, role);
    let alone = faults(bank, &words, role, question);
    let alike = likeness.nearest(question).into_iter().map(|pair| duplicates::fault(&pair));
    alone.into_iter().chain(alike).map(|fault| fault.at(&role.role, Some(&question.id))).collect()
}

fn faults(bank: &Bank, words: &TradeWords, role: &BankRole, question: &BankQuestion) -> Vec<Fault> {
    let mut faults = schema::faults(bank, role, question);
    faults.extend(lawful::faults(question));
    faults.extend(reading::faults(words, question));
    faults.extend(reference::faults(question));
    faults.extend(sounds::fault(question));
    faults
}

/// What is wrong with each question by itself. Answers are scored, so all processors share the work.
fn each_question(bank: &Bank) -> Vec<Finding> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let roles: Vec<&BankRole> = bank.roles().iter().collect();
    let share = &|worker: usize| {
        let mut findings = Vec::new();
        for role in roles.iter().skip(worker).step_by(workers) {
            let words = TradeWords::of(bank, role);
            for question in &role.questions {
                let faults = faults(bank, &words, role, question).into_iter();
                findings.extend(faults.map(|fault| fault.at(&role.role, Some(&question.id))));
            }
        }
        findings
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(move || share(worker))).collect();
        let done = running.into_iter().map(|worker| worker.join().expect("a check does not panic"));
        done.flatten().collect()
    })
}
