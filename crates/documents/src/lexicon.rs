//! Word lists and how words are compared; the lists are data (`data/words.toml`).

use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// Lower case, one space between words, straight apostrophes: the form in which words are compared.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lists of `data/words.toml`.
#[derive(Deserialize)]
pub(crate) struct Words {
    pub(crate) titles: Matcher,
    pub(crate) organizations: Matcher,
    pub(crate) degrees: Matcher,
    pub(crate) present: Vec<String>,
    pub(crate) since: Vec<String>,
    pub(crate) until: Vec<String>,
    /// Month number to its names.
    pub(crate) months: BTreeMap<u32, Vec<String>>,
    pub(crate) levels: Levels,
    pub(crate) labels: Labels,
    pub(crate) not_names: NotNames,
}

/// Levels of experience by their words.
#[derive(Deserialize)]
pub(crate) struct Levels {
    pub(crate) lead: Matcher,
    pub(crate) senior: Matcher,
    pub(crate) mid: Matcher,
    pub(crate) junior: Matcher,
}

/// Labels before a fact.
#[derive(Deserialize)]
pub(crate) struct Labels {
    pub(crate) name: Vec<String>,
    pub(crate) location: Vec<String>,
}

/// What a person's name is not, and what may stand in or around it.
#[derive(Deserialize)]
pub(crate) struct NotNames {
    pub(crate) words: HashSet<String>,
    pub(crate) particles: HashSet<String>,
    pub(crate) credentials: HashSet<String>,
    pub(crate) prefixes: HashSet<String>,
    pub(crate) domain_endings: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/words.toml"))
        .expect("the embedded word lists are valid, as tests show")
});

/// The word lists.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// Finds any of a list of words; `engineer*` matches any ending, `*leiter` any beginning.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Matcher {
    words: HashSet<String>,
    phrases: Vec<String>,
    starts: Vec<String>,
    ends: Vec<String>,
    /// Chinese, Japanese and Korean words, which stand without spaces.
    inside: Vec<String>,
}

impl From<Vec<String>> for Matcher {
    fn from(entries: Vec<String>) -> Self {
        let mut matcher = Self::default();
        for entry in entries {
            let entry = fold(&entry);
            let bare = entry.trim_matches('*');
            if bare.chars().any(is_unspaced) {
                matcher.inside.push(bare.to_owned());
            } else if entry.starts_with('*') {
                matcher.ends.push(bare.to_owned());
            } else if entry.ends_with('*') {
                matcher.starts.push(bare.to_owned());
            } else if bare.contains(' ') {
                matcher.phrases.push(format!(" {bare} "));
            } else {
                matcher.words.insert(bare.to_owned());
            }
        }
        matcher
    }
}

impl Matcher {
    /// True when any word of the list stands in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let folded = fold(text);
        let tokens = tokens(&folded);
        let spaced = format!(" {} ", tokens.join(" "));
        tokens.iter().any(|token| self.is_word(token))
            || self.phrases.iter().any(|phrase| spaced.contains(phrase.as_str()))
            || self.inside.iter().any(|part| folded.contains(part.as_str()))
            || tokens.windows(2).any(|pair| {
                self.starts.iter().any(|start| {
                    start.contains(' ') && format!("{} {}", pair[0], pair[1]).starts_with(start.as_str())
                })
            })
    }

    fn is_word(&self, token: &str) -> bool {
        self.words.contains(token)
            || self.words.contains(token.trim_end_matches('.'))
            || self.starts.iter().any(|start| token.starts_with(start.as_str()))
            || self.ends.iter().any(|end| token.ends_with(end.as_str()))
    }
}

/// Words of a folded text; inner dots, hyphens and slashes stay, and the parts of hyphenated words follow.
fn tokens(folded: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for token in folded.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '|' | '·' | '•' | '"' | '“' | '”')
    }) {
        let token = token.trim_matches(|c: char| matches!(c, ':' | '-' | '–' | '—' | '!' | '?' | '\''));
        if token.is_empty() {
            continue;
        }
        tokens.push(token);
        if token.contains(['-', '/', ':']) {
            tokens.extend(token.split(['-', '/', ':']).filter(|part| part.chars().count() > 2));
        }
    }
    tokens
}

/// Letters of scripts that are written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Senior Site Reliability Engineer", true)]
    #[case("Softwareentwickler", true)]
    #[case("Chef de projet digital", true)]
    #[case("Full-Stack-Developer", true)]
    #[case("数据科学家", true)]
    #[case("Lumen Freight", false)]
    fn titles(#[case] text: &str, #[case] is_title: bool) {
        assert_eq!(words().titles.is_in(text), is_title);
    }
}
