//! `greenroom bank`: the question bank.

use super::Failure;
use chrono::NaiveDate;
use clap::Subcommand;
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::rubric::round1;
use greenroom_providers::bank as shipped;
use greenroom_scoring::score::{ScoreRequest, score};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Share of full marks that a reference answer must get on its own question.
const REFERENCE_FROM: f64 = 0.85;

#[derive(Subcommand)]
pub enum Bank {
    /// How many questions there are, by role, type and level.
    Stats {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
    /// Check every question.
    Validate {
        /// A folder with the bank's files; without it, the bank that is part of the program.
        folder: Option<PathBuf>,
    },
    /// Write all questions as JSON lines.
    Export,
}

pub fn bank(what: Bank) -> Result<ExitCode, Failure> {
    let bank = match &what {
        Bank::Validate { folder: Some(folder) } => {
            shipped::Bank::read(folder).map_err(|error| Failure::BadInput(error.to_string()))?
        }
        _ => shipped::Bank::shipped()?,
    };
    match what {
        Bank::Stats { json } => stats(&bank, json),
        Bank::Validate { .. } => validate(&bank),
        Bank::Export => {
            for (role, question) in bank.questions() {
                println!("{}", serde_json::json!({"role": role.role, "question": question}));
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn stats(bank: &shipped::Bank, json: bool) -> Result<ExitCode, Failure> {
    let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (role, question) in bank.questions() {
        let keys = [
            ("roles", role.role.clone()),
            ("types", format!("{:?}", question.kind).to_lowercase()),
            ("difficulties", format!("{:?}", question.difficulty).to_lowercase()),
            ("competencies", question.competency.clone()),
        ];
        for (group, key) in keys {
            *counts.entry(group).or_default().entry(key).or_default() += 1;
        }
    }
    let total = bank.questions().count();
    if json {
        println!("{}", serde_json::json!({"questions": total, "by": counts}));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{total} questions");
    for (group, entries) in counts {
        println!("\n{group}");
        for (key, count) in entries {
            println!("  {count:>4}  {key}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn validate(bank: &shipped::Bank) -> Result<ExitCode, Failure> {
    let unread = bank.roles().iter().filter(|role| !role.reviewed.as_deref().is_some_and(is_day));
    let mut problems: Vec<String> = unread
        .map(|role| format!("{}: says no day of review (reviewed = \"2026-05-04\")", role.role))
        .collect();
    for (_, question) in bank.questions() {
        let found = faults(bank, question).into_iter().chain(reference_faults(question));
        problems.extend(found.map(|problem| format!("{}: {problem}", question.id)));
    }
    for problem in &problems {
        println!("{problem}");
    }
    println!("{} questions, {} problems", bank.questions().count(), problems.len());
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn is_day(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

/// What is wrong in the question's form.
fn faults(bank: &shipped::Bank, question: &BankQuestion) -> Vec<String> {
    let mut faults = Vec::new();
    if !bank.competencies().iter().any(|c| c.key == question.competency) {
        faults.push(format!("unknown competency {}", question.competency));
    }
    if question.key_points.is_empty() || question.key_points.iter().any(|p| !(1..=3).contains(&p.weight)) {
        faults.push("needs key points with weights 1 to 3".to_owned());
    }
    if question.follow_ups.iter().any(|f| f.asks_for > question.key_points.len()) {
        faults.push("a follow-up asks for a key point that is not there".to_owned());
    }
    faults
}

/// A reference answer must be a full answer to its own question.
fn reference_faults(question: &BankQuestion) -> Vec<String> {
    let mut faults = Vec::new();
    let own = score(&ScoreRequest {
        id: question.id.clone(),
        question: question.text.clone(),
        answer: question.reference.clone(),
        reference: Some(question.reference.clone()),
        key_points: Some(question.key_points.iter().map(|point| point.says.clone()).collect()),
    });
    let missing: Vec<&str> =
        own.key_points.iter().filter(|point| !point.covered).map(|point| point.text.as_str()).collect();
    if !missing.is_empty() {
        faults.push(format!("the reference does not cover: {}", missing.join("; ")));
    }
    if own.score.is_none_or(|score| score < REFERENCE_FROM) {
        let score = own.score.map(|s| round1(s * 10.0) / 10.0);
        faults.push(format!("the reference scores {score:?} on its own question"));
    }
    faults
}
