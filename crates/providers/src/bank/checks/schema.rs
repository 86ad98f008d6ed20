//! Whether a question has the form that the rest relies on.

use super::{Fault, error, warning};
use crate::bank::Bank;
use greenroom_domain::bank::{BankQuestion, BankRole, PLACEHOLDERS};
use regex::Regex;
use std::sync::LazyLock;

const KEY_POINTS: std::ops::RangeInclusive<usize> = 3..=5;
const FOLLOW_UPS: std::ops::RangeInclusive<usize> = 2..=3;
const MINUTES: std::ops::RangeInclusive<u32> = 1..=10;
const REFERENCE_WORDS: std::ops::RangeInclusive<usize> = 50..=180;
/// Characters of a question and of a key point, at most.
const LONGEST_TEXT: usize = 1_000;
const LONGEST_REFERENCE: usize = 5_000;

static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{[^}\s]*\}").expect("the pattern is constant"));

pub(super) fn faults(bank: &Bank, role: &BankRole, question: &BankQuestion) -> Vec<Fault> {
    let mut faults = key(role, question);
    if !bank.competencies().iter().any(|c| c.key == question.competency) {
        let key = &question.competency;
        faults.push(error("competency", format!("unknown competency {key}: take one of competencies.toml")));
    }
    faults.extend(texts(question));
    faults.extend(key_points(question));
    faults.extend(follow_ups(question));
    if !MINUTES.contains(&question.minutes) {
        faults.push(error("minutes", format!("{} minutes: a full answer takes 1 to 10", question.minutes)));
    }
    if question.red_flags.is_empty() {
        faults.push(warning("red_flags", "no red flags: say what a weak answer says"));
    }
    faults
}

fn key(role: &BankRole, question: &BankQuestion) -> Vec<Fault> {
    let slug = question.id.strip_prefix(&role.role).and_then(|rest| rest.strip_prefix('.'));
    let is_slug = |slug: &str| {
        !slug.is_empty() && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if slug.is_some_and(is_slug) && question.id.len() <= 120 {
        return Vec::new();
    }
    let wanted = format!("the key must be {}. and lower-case words joined by _", role.role);
    vec![error("id", wanted)]
}

fn texts(question: &BankQuestion) -> Vec<Fault> {
    let mut faults = Vec::new();
    let reference = question.reference.split_whitespace().count();
    if question.text.trim().is_empty() || question.reference.trim().is_empty() {
        faults.push(error("empty", "question and reference must have words"));
    } else if !REFERENCE_WORDS.contains(&reference) {
        let message = format!("the reference has {reference} words: 50 to 180 can be spoken and judged");
        faults.push(warning("reference_length", message));
    }
    let points = question.key_points.iter().flat_map(|point| [point.point.as_str(), &point.says]);
    let short = points
        .chain(question.red_flags.iter().map(String::as_str))
        .chain(question.follow_ups.iter().map(|follow_up| follow_up.text.as_str()))
        .chain([question.text.as_str()]);
    let too_long = short.into_iter().any(|text| text.chars().count() > LONGEST_TEXT);
    if too_long || question.reference.chars().count() > LONGEST_REFERENCE {
        faults.push(error("too_long", "a text is longer than 1 000 characters, or the reference than 5 000"));
    }
    if question.text.matches('?').count() > 2 {
        faults.push(warning(
            "several_questions",
            "it asks several questions: ask one, leave the rest to follow-ups",
        ));
    }
    let unknown = MARK.find_iter(&question.text).map(|mark| mark.as_str());
    for mark in unknown.filter(|mark| !PLACEHOLDERS.contains(mark)) {
        faults.push(error(
            "placeholder",
            format!("nothing is filled in for {mark}: only {}", PLACEHOLDERS.join(", ")),
        ));
    }
    faults
}

fn key_points(question: &BankQuestion) -> Vec<Fault> {
    let (points, mut faults) = (&question.key_points, Vec::new());
    if points.is_empty() || points.iter().any(|p| p.point.trim().is_empty() || p.says.trim().is_empty()) {
        faults
            .push(error("key_points", "needs key points, each with what it is and what a good answer says"));
    } else if !KEY_POINTS.contains(&points.len()) {
        faults.push(warning("key_points", format!("{} key points: 3 to 5 can be told apart", points.len())));
    }
    if points.iter().any(|point| !(1..=3).contains(&point.weight)) {
        faults.push(error("weights", "needs key points with weights 1 to 3"));
    }
    faults
}

fn follow_ups(question: &BankQuestion) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !FOLLOW_UPS.contains(&question.follow_ups.len()) {
        let message = format!("{} follow-ups: write two, or three", question.follow_ups.len());
        faults.push(error("follow_ups", message));
    }
    if question.follow_ups.iter().any(|f| f.asks_for > question.key_points.len()) {
        faults.push(error("follow_ups", "a follow-up asks for a key point that is not there"));
    }
    if question.follow_ups.iter().any(|f| f.text.trim().is_empty()) {
        faults.push(error("follow_ups", "a follow-up has no words"));
    }
    faults
}
