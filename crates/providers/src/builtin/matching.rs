//! Which role of the bank a job is, and how words of one text meet those of another.

use crate::bank::{Bank, GENERAL};
use greenroom_domain::bank::BankRole;
use greenroom_domain::job::JobPosting;
use std::collections::HashSet;

/// Words that say nothing about the trade.
const EMPTY_WORDS: [&str; 44] = [
    "a",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "by",
    "can",
    "do",
    "does",
    "for",
    "from",
    "have",
    "how",
    "in",
    "into",
    "is",
    "it",
    "of",
    "on",
    "or",
    "our",
    "that",
    "the",
    "their",
    "them",
    "they",
    "this",
    "to",
    "us",
    "was",
    "we",
    "what",
    "when",
    "which",
    "who",
    "will",
    "with",
    "would",
    "you",
    "your",
    "experience",
];

/// Content words of `text`, lower case, without a plural s.
pub fn content_words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#')
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .filter(|word| !EMPTY_WORDS.contains(&word.as_str()))
        .map(|word| singular(&word).to_owned())
        .collect()
}

/// Whether `phrase` stands in `text` as whole words, whatever the case.
pub fn contains_phrase(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (text.to_lowercase(), phrase.trim().to_lowercase());
    if phrase.is_empty() {
        return false;
    }
    text.match_indices(&phrase).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Roles of the bank for this job, best first. Empty when nothing in the job points at one.
pub fn roles<'a>(bank: &'a Bank, position: Option<&str>, posting: &JobPosting) -> Vec<&'a BankRole> {
    let mut scored: Vec<(f64, &BankRole)> = bank
        .roles()
        .iter()
        .filter(|role| role.role != GENERAL)
        .map(|role| (title_fit(role, position) * 3.0 + competency_fit(role, posting), role))
        .filter(|(score, _)| *score > 0.35)
        .collect();
    scored.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.role.cmp(&y.role)));
    scored.into_iter().map(|(_, role)| role).collect()
}

/// 0..=1: the best share of a title's words that the position has, whole titles above parts.
fn title_fit(role: &BankRole, position: Option<&str>) -> f64 {
    let Some(position) = position else { return 0.0 };
    let words = content_words(position);
    let titles = role.aliases.iter().map(String::as_str).chain([role.title.as_str()]);
    titles
        .map(|title| {
            if contains_phrase(position, title) {
                return 1.0;
            }
            let wanted = content_words(title);
            let met = wanted.intersection(&words).count();
            if wanted.is_empty() || met == 0 { 0.0 } else { 0.7 * met as f64 / wanted.len() as f64 }
        })
        .fold(0.0, f64::max)
}

/// 0..=1: the weight of the job's competencies that are the role's craft.
fn competency_fit(role: &BankRole, posting: &JobPosting) -> f64 {
    posting.competencies.iter().filter(|c| role.competencies.contains(&c.key)).map(|c| c.weight).sum()
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}
