//! Names of skills, as adverts write them.

use greenroom_domain::job::SkillKind;
use std::sync::LazyLock;

#[derive(serde::Deserialize)]
struct Lists {
    tool: Vec<String>,
    hard: Vec<String>,
    soft: Vec<String>,
    language: Vec<String>,
}

/// A known skill.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: SkillKind,
    name: String,
    lower: String,
}

/// Names that are ordinary words as well; they count only when written as the name.
const AS_WRITTEN: [&str; 19] = [
    "Word", "Excel", "Spring", "Oracle", "Unity", "Swift", "Helm", "Notion", "Slack", "Sketch", "Spark", "REST",
    "Flask", "Intercom", "Greenhouse", "Rust", "Jest", "Looker", "Ruby",
];

/// Longest names first, so that "React Native" is found before "React".
pub(super) static SKILLS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let lists: Lists =
        toml::from_str(include_str!("../../data/skills.toml")).expect("the shipped skills are valid; a test reads them");
    let of = |names: Vec<String>, kind| names.into_iter().map(move |name| Entry { lower: name.to_lowercase(), name, kind });
    let mut all: Vec<Entry> = of(lists.tool, SkillKind::Tool)
        .chain(of(lists.hard, SkillKind::Hard))
        .chain(of(lists.soft, SkillKind::Soft))
        .chain(of(lists.language, SkillKind::Language))
        .collect();
    all.sort_by_key(|entry| std::cmp::Reverse(entry.lower.chars().count()));
    all
});

impl Entry {
    /// Places where the skill stands in `text` as a whole word, bytes. `lower` is the text in lower case.
    pub(super) fn places(&self, text: &str, lower: &str) -> Vec<std::ops::Range<usize>> {
        // Lower case may move places in some scripts; then only the name as written is looked for.
        let exact = self.name.len() <= 2 || AS_WRITTEN.contains(&self.name.as_str()) || lower.len() != text.len();
        let (hay, needle) = if exact { (text, &self.name) } else { (lower, &self.lower) };
        let places = hay.match_indices(needle.as_str()).map(|(at, found)| at..at + found.len());
        places.filter(|at| is_whole(hay, at)).collect()
    }
}

/// Not a part of a longer word: "C" is not in "C++", "Go" not in "Google".
fn is_whole(text: &str, at: &std::ops::Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#');
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].chars().next();
    !before.is_some_and(joins) && !after.is_some_and(joins)
}
