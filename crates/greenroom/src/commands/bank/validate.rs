//! `greenroom bank validate`.

use crate::commands::Failure;
use greenroom_providers::bank::Bank;
use greenroom_providers::bank::checks::{self, Finding, Severity};
use std::path::Path;
use std::process::ExitCode;

pub fn validate(path: Option<&Path>, json: bool, strict: bool) -> Result<ExitCode, Failure> {
    let (bank, only) = read(path)?;
    let mut findings = checks::bank(&bank);
    if let Some(only) = &only {
        findings.retain(|finding| finding.file == *only);
    }
    if json {
        for finding in &findings {
            println!("{}", serde_json::to_string(finding)?);
        }
    } else {
        print(&bank, &findings, only.as_deref());
    }
    let fails = |finding: &Finding| strict || finding.severity == Severity::Error;
    Ok(if findings.iter().any(fails) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The bank to check; with the name of the one file that is asked about.
fn read(path: Option<&Path>) -> Result<(Bank, Option<String>), Failure> {
    let Some(path) = path else { return Ok((Bank::shipped()?, None)) };
    let bad = |error: greenroom_providers::bank::BankError| Failure::BadInput(error.to_string());
    if !path.is_file() {
        return Ok((Bank::read(path).map_err(bad)?, None));
    }
    let outside = || Failure::BadInput(format!("{} is in no folder of a bank", path.display()));
    let full = path.canonicalize()?;
    let stem = full.file_stem().ok_or_else(outside)?.to_string_lossy().into_owned();
    let folder = full.parent().ok_or_else(outside)?;
    let inside = folder.parent().filter(|parent| parent.join("competencies.toml").is_file());
    match inside {
        Some(parent) if !folder.join("competencies.toml").is_file() => {
            let language = folder.file_name().unwrap_or_default().to_string_lossy();
            Ok((Bank::read(parent).map_err(bad)?, Some(format!("{language}/{stem}"))))
        }
        _ => Ok((Bank::read(folder).map_err(bad)?, Some(stem))),
    }
}

/// By file: a line with the counts, then a line a finding that begins with the key of the question.
fn print(bank: &Bank, findings: &[Finding], only: Option<&str>) {
    for of_file in findings.chunk_by(|a, b| a.file == b.file) {
        let Some(Finding { file, .. }) = of_file.first() else { continue };
        println!("{file}.toml: {}", counts(of_file));
        for finding in of_file {
            let Finding { severity, rule, question, message, .. } = finding;
            println!("{}: {}: {message} ({rule})", question.as_ref().unwrap_or(file), severity.name());
        }
        println!();
    }
    let asked = bank.roles().iter().filter(|role| only.is_none_or(|only| role.role == only));
    let questions: usize = asked.map(|role| role.questions.len()).sum();
    println!("{questions} questions, {}", counts(findings));
}

fn counts(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    format!("{errors} errors, {} warnings", findings.len() - errors)
}
