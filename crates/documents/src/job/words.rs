//! Words of job descriptions; they are data (`data/job_words.toml`).

use crate::lexicon::fold;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a part of a job description speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Nothing told yet, or prose.
    Open,
    Duties,
    Required,
    Optional,
    /// What the employer offers and how to apply.
    Other,
}

#[derive(Deserialize)]
struct File {
    headings: Headings,
    cues: Cues,
    signs: Signs,
    employment: Employment,
    acronyms: Acronyms,
}

#[derive(Deserialize)]
struct Headings {
    duties: Vec<String>,
    required: Vec<String>,
    optional: Vec<String>,
    other: Vec<String>,
}

/// Words that change what a clause asks for.
#[derive(Deserialize)]
pub(super) struct Cues {
    pub(super) optional: Vec<String>,
    pub(super) required: Vec<String>,
    pub(super) language: Vec<String>,
    pub(super) before_skill: Vec<String>,
}

#[derive(Deserialize)]
struct Signs {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Employment {
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Acronyms {
    ignored: Vec<String>,
}

/// The lists of `data/job_words.toml`.
pub(super) struct JobWords {
    parts: HashMap<String, Part>,
    pub(super) cues: Cues,
    pub(super) signs: Vec<String>,
    pub(super) employment: Vec<String>,
    pub(super) ignored_acronyms: Vec<String>,
}

static WORDS: LazyLock<JobWords> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/job_words.toml"))
        .expect("the embedded word lists are valid, as tests show");
    let lists = [
        (Part::Duties, file.headings.duties),
        (Part::Required, file.headings.required),
        (Part::Optional, file.headings.optional),
        (Part::Other, file.headings.other),
    ];
    let parts =
        lists.into_iter().flat_map(|(part, words)| words.into_iter().map(move |word| (fold(&word), part)));
    JobWords {
        parts: parts.collect(),
        cues: file.cues,
        signs: file.signs.words,
        employment: file.employment.phrases,
        ignored_acronyms: file.acronyms.ignored,
    }
});

/// The word lists.
pub(super) fn job_words() -> &'static JobWords {
    &WORDS
}

/// The part that a heading opens.
pub(super) fn part_of(heading: &str) -> Option<Part> {
    let key = fold(heading.trim_matches(|c: char| !c.is_alphanumeric() && c != ')'));
    WORDS.parts.get(&key).copied()
}

/// True when a phrase stands in a folded text as whole words; phrases of unspaced scripts stand anywhere.
pub(super) fn has_phrase(folded: &str, phrase: &str) -> bool {
    find_phrase(folded, phrase, false).is_some()
}

/// Where a phrase stands in a folded text; with `any_ending` its last word may go on.
pub(super) fn find_phrase(folded: &str, phrase: &str, any_ending: bool) -> Option<usize> {
    folded.match_indices(phrase).map(|(at, _)| at).find(|at| {
        if phrase.chars().any(crate::lexicon::is_unspaced) {
            return true;
        }
        let before = folded[..*at].chars().next_back();
        let after = folded[at + phrase.len()..].chars().next();
        let ends_open = phrase.ends_with(|c: char| !c.is_alphanumeric());
        !before.is_some_and(char::is_alphanumeric)
            && (any_ending
                || ends_open
                || !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '#')))
    })
}
