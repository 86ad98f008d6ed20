//! `greenroom bank stats`.

use crate::commands::Failure;
use greenroom_providers::bank::Bank;
use std::collections::BTreeMap;
use std::process::ExitCode;

pub fn stats(bank: &Bank, json: bool) -> Result<ExitCode, Failure> {
    let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (role, question) in bank.questions() {
        let keys = [
            ("roles", role.role.clone()),
            ("types", format!("{:?}", question.kind).to_lowercase()),
            ("difficulties", format!("{:?}", question.difficulty).to_lowercase()),
            ("competencies", question.competency.clone()),
        ];
        let industries = role.industries.iter().map(|industry| ("industries", industry.clone()));
        for (group, key) in keys.into_iter().chain(industries) {
            *counts.entry(group).or_default().entry(key).or_default() += 1;
        }
    }
    for translation in bank.translations() {
        let fitting = translation.questions.iter();
        let fitting = fitting.filter(|q| bank.question_in(&translation.language, &q.id).is_some()).count();
        counts.entry("languages").or_default().insert(translation.language.clone(), fitting);
    }
    let total = bank.questions().count();
    if json {
        println!("{}", serde_json::json!({"questions": total, "by": counts}));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{total} questions");
    for (group, entries) in counts {
        println!("\n{group} ({})", entries.len());
        for (key, count) in entries {
            println!("  {count:>4}  {key}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
