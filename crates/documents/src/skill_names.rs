//! Skills by name, found in running text; the names are data (`data/skills.toml`).

use greenroom_domain::job::SkillKind;
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// How exactly a name must be written to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strictness {
    /// In any case.
    Any,
    /// With exactly this case: a common word too.
    Case,
    /// With exactly this case and in a list of names: a letter or a very common word.
    List,
}

/// One written form of a skill.
struct Form {
    /// Characters as compared: lower case, hyphens as spaces.
    folded: Vec<char>,
    written: String,
    /// The same for all forms of one skill.
    skill: usize,
    kind: SkillKind,
    strictness: Strictness,
}

/// A skill's name where it stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// The same for all spellings of one skill.
    pub(crate) skill: usize,
    pub(crate) kind: SkillKind,
    is_listed: bool,
    needs_list: bool,
}

impl Found {
    /// False for very common words outside a list of names.
    pub(crate) fn is_certain(&self) -> bool {
        self.is_listed || !self.needs_list
    }
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    kind: SkillKind,
    names: Vec<String>,
}

/// Forms by their first character, longest first.
static FORMS: LazyLock<HashMap<char, Vec<Form>>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/skills.toml"))
        .expect("the embedded names are valid, as tests show");
    let mut forms: HashMap<char, Vec<Form>> = HashMap::new();
    let entries =
        file.group.into_iter().flat_map(|group| group.names.into_iter().map(move |name| (group.kind, name)));
    for (skill, (kind, entry)) in entries.enumerate() {
        let (strictness, entry) = match (entry.strip_prefix('~'), entry.strip_prefix('!')) {
            (Some(rest), _) => (Strictness::Case, rest),
            (_, Some(rest)) => (Strictness::List, rest),
            _ => (Strictness::Any, entry.as_str()),
        };
        for (index, written) in entry.split([',', '=']).map(str::trim).filter(|f| !f.is_empty()).enumerate() {
            // Spellings beside a common word are plain.
            let is_acronym = written.chars().count() <= 4 && written.chars().all(|c| c.is_ascii_uppercase());
            let strictness = match strictness {
                _ if index == 0 && strictness != Strictness::Any => strictness,
                _ if is_acronym => Strictness::Case,
                _ => Strictness::Any,
            };
            let folded: Vec<char> = written.chars().map(fold).collect();
            forms.entry(folded[0]).or_default().push(Form {
                folded,
                written: written.to_owned(),
                skill,
                kind,
                strictness,
            });
        }
    }
    forms.values_mut().for_each(|list| list.sort_by_key(|form| std::cmp::Reverse(form.folded.len())));
    forms
});

fn fold(c: char) -> char {
    match c {
        '-' | '‑' | '–' | '\n' | '\u{a0}' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// All names in a text, left to right, the longest where several begin.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let folded: Vec<char> = chars.iter().map(|(_, c)| fold(*c)).collect();
    let byte_at = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let is_start = at == 0 || is_boundary(chars[at - 1].1, chars[at].1);
        let form = FORMS.get(&folded[at]).filter(|_| is_start).and_then(|forms| {
            forms.iter().find(|form| {
                let end = at + form.folded.len();
                folded.get(at..end) == Some(form.folded.as_slice())
                    && ends_word(&chars, end)
                    && (form.strictness == Strictness::Any || text[byte_at(at)..byte_at(end)] == form.written)
            })
        });
        let Some(form) = form else {
            at += 1;
            continue;
        };
        let range = byte_at(at)..byte_at(at + form.folded.len());
        found.push(Found {
            is_listed: is_in_list(text, &range),
            needs_list: form.strictness == Strictness::List,
            range,
            skill: form.skill,
            kind: form.kind,
        });
        at += form.folded.len();
    }
    found
}

fn is_boundary(before: char, at: char) -> bool {
    // Chinese and Japanese write names of both scripts without spaces.
    !before.is_alphanumeric() && !matches!(before, '#' | '@' | '_' | '.')
        || crate::lexicon::is_unspaced(before) != crate::lexicon::is_unspaced(at)
        || (crate::lexicon::is_unspaced(before) && crate::lexicon::is_unspaced(at))
}

fn ends_word(chars: &[(usize, char)], end: usize) -> bool {
    let last = chars[end - 1].1;
    let Some((_, next)) = chars.get(end) else { return true };
    if crate::lexicon::is_unspaced(last) || crate::lexicon::is_unspaced(*next) {
        return true;
    }
    // "C" is neither "C++" nor "C#"; "Node.js" is more than "Node".
    let goes_on = *next == '.' && chars.get(end + 1).is_some_and(|(_, c)| c.is_alphanumeric());
    !(next.is_alphanumeric() || matches!(next, '+' | '#' | '_' | '@') || goes_on)
}

/// True between commas, slashes, brackets, bullets or behind "in" and "with".
fn is_in_list(text: &str, range: &Range<usize>) -> bool {
    let is_mark = |c: char| {
        matches!(c, ',' | ';' | '/' | '|' | '(' | ')' | '•' | '·' | ':' | '、' | '，' | '\t' | '\n')
    };
    let before = text[..range.start].trim_end_matches(' ');
    let after = text[range.end..].trim_start_matches(' ');
    let word_before = before.rsplit([' ', '\n']).next().unwrap_or_default().to_lowercase();
    let is_joined = ["in", "with", "and", "or", "und", "oder", "mit", "the"].contains(&word_before.as_str());
    let opens = before.is_empty() || before.ends_with(is_mark) || is_joined;
    let word_after = after.split([' ', '\n', ',', '.']).next().unwrap_or_default().to_lowercase();
    let closes = after.is_empty()
        || after.starts_with(is_mark)
        || after.starts_with('.')
        || ["and", "or", "und", "oder", "programming", "developer", "code", "services"]
            .contains(&word_after.as_str());
    opens && closes && !(before.is_empty() && after.is_empty() && text.len() < 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Solid knowledge of WCAG 2.2, semantic HTML and CSS", &["WCAG", "HTML", "CSS"])]
    #[case("C++, Go and node.js; C", &["C++", "Go", "node.js", "C"])]
    #[case("We go the extra mile and react quickly", &[])]
    #[case("sehr gute SQL-Kenntnisse und Power-BI", &["SQL", "Power-BI"])]
    #[case("用 PyTorch 训练", &["PyTorch"])]
    #[case("javascripting the reactor", &[])]
    fn names_in_text(#[case] text: &str, #[case] expected: &[&str]) {
        let names: Vec<&str> =
            find(text).into_iter().filter(Found::is_certain).map(|f| &text[f.range]).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn the_lexicon_is_large_and_each_form_stands_once() {
        let forms: Vec<&String> = FORMS.values().flatten().map(|f| &f.written).collect();
        assert!(forms.len() > 600, "{}", forms.len());
        let mut sorted = forms.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), forms.len(), "a form is listed twice");
    }
}
