//! Skills by name, found in running text; the names are data (`data/skills.toml`, `skill_translations.toml`
//! and `esco_skills.txt`).

use greenroom_domain::job::SkillKind;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

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
    /// Place in the list of skills.
    skill: usize,
    strictness: Strictness,
}

/// A skill of the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxonomySkill {
    /// The name that stands for all spellings of the skill: `Kubernetes` for "k8s".
    pub name: String,
    /// What kind of skill it is.
    pub kind: SkillKind,
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

#[derive(Deserialize)]
struct Translations {
    words: BTreeMap<String, Vec<String>>,
}

struct Taxonomy {
    skills: Vec<TaxonomySkill>,
    /// Sorted by the folded characters: the forms that begin alike are neighbours.
    forms: Vec<Form>,
}

static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/skills.toml"))
        .expect("the embedded names are valid, as tests show");
    let mut taxonomy = Taxonomy { skills: Vec::new(), forms: Vec::new() };
    for group in &file.group {
        group.names.iter().for_each(|entry| taxonomy.add(group.kind, entry));
    }
    let words: Translations = toml::from_str(include_str!("../data/skill_translations.toml"))
        .expect("the embedded translations are valid, as tests show");
    for (name, others) in &words.words {
        let skill = taxonomy.skills.iter().position(|skill| skill.name == *name);
        let skill = skill.expect("each translated name is a skill, as tests show");
        others.iter().for_each(|written| taxonomy.add_form(skill, written, Strictness::Any));
    }
    // The broad list adds only names that the curated one does not have.
    taxonomy.forms.sort_by(|a, b| a.folded.cmp(&b.folded));
    let curated = taxonomy.forms.len();
    for line in include_str!("../data/esco_skills.txt").lines().filter(|line| !line.starts_with('#')) {
        let folded: Vec<char> = line.trim_start_matches('~').chars().map(fold).collect();
        if taxonomy.forms[..curated].binary_search_by(|form| form.folded.cmp(&folded)).is_err() {
            let kind = if line.starts_with('~') { SkillKind::Tool } else { SkillKind::Hard };
            taxonomy.add(kind, line);
        }
    }
    taxonomy.forms.sort_by(|a, b| a.folded.cmp(&b.folded));
    taxonomy
});

impl Taxonomy {
    /// Adds a skill by its entry: a mark, the name, and other spellings behind an equals sign.
    fn add(&mut self, kind: SkillKind, entry: &str) {
        let (strictness, entry) = match (entry.strip_prefix('~'), entry.strip_prefix('!')) {
            (Some(rest), _) => (Strictness::Case, rest),
            (_, Some(rest)) => (Strictness::List, rest),
            _ => (Strictness::Any, entry),
        };
        let skill = self.skills.len();
        for (index, written) in entry.split([',', '=']).map(str::trim).filter(|f| !f.is_empty()).enumerate() {
            if index == 0 {
                self.skills.push(TaxonomySkill { name: written.to_owned(), kind });
            }
            // Spellings beside a common word are plain.
            let is_acronym = written.chars().count() <= 4 && written.chars().all(|c| c.is_ascii_uppercase());
            let strictness = match strictness {
                _ if index == 0 && strictness != Strictness::Any => strictness,
                _ if is_acronym => Strictness::Case,
                _ => Strictness::Any,
            };
            self.add_form(skill, written, strictness);
        }
    }

    fn add_form(&mut self, skill: usize, written: &str, strictness: Strictness) {
        let folded = written.chars().map(fold).collect();
        self.forms.push(Form { folded, written: written.to_owned(), skill, strictness });
    }

    /// The longest form that begins at `at`, and of which `accept` approves.
    ///
    /// The forms that still fit are one stretch of the sorted list, which each character narrows: at most as many
    /// steps as the longest form has characters, whatever the number of forms.
    fn longest(&self, text: &[char], at: usize, accept: impl Fn(&Form, usize) -> bool) -> Option<&Form> {
        let mut left = self.forms.as_slice();
        let mut best = None;
        for (depth, c) in text[at..].iter().enumerate() {
            let from = left.partition_point(|form| form.folded.get(depth).is_none_or(|other| other < c));
            let to = left.partition_point(|form| form.folded.get(depth).is_none_or(|other| other <= c));
            left = &left[from..to];
            if left.is_empty() {
                break;
            }
            let end = at + depth + 1;
            let mut whole = left.iter().take_while(|form| form.folded.len() == depth + 1);
            best = whole.find(|form| accept(form, end)).or(best);
        }
        best
    }
}

/// "Python 3.12", "Accessibility (WCAG 2.2)".
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\s+v?\d+(?:\.\d+)*(?:\.x)?\+?|\s*[(（][^()（）]*[)）])\s*$")
        .expect("the pattern is constant")
});

/// The skill that a text names as a whole, in any of its spellings; a version or a remark in brackets may follow.
pub fn skill_of(text: &str) -> Option<TaxonomySkill> {
    exactly(text.trim()).or_else(|| {
        let bare = REMARK.replace(text.trim(), "");
        if bare.len() < text.trim().len() { exactly(bare.trim()) } else { None }
    })
}

/// Which skill a text names as a whole; the same number as in [`Found`].
pub(crate) fn identity_of(text: &str) -> Option<usize> {
    let name = skill_of(text)?.name;
    TAXONOMY.skills.iter().position(|skill| skill.name == name)
}

fn exactly(text: &str) -> Option<TaxonomySkill> {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let forms = &TAXONOMY.forms;
    let at = forms.partition_point(|form| form.folded < folded);
    let form = forms.get(at).filter(|form| form.folded == folded)?;
    Some(TAXONOMY.skills[form.skill].clone())
}

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
        let fits = |form: &Form, end: usize| {
            ends_word(&chars, end)
                && (form.strictness == Strictness::Any || text[byte_at(at)..byte_at(end)] == form.written)
        };
        let form = if is_start { TAXONOMY.longest(&folded, at, fits) } else { None };
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
            kind: TAXONOMY.skills[form.skill].kind,
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
    !(next.is_alphanumeric() || is_combining_mark(*next) || matches!(next, '+' | '#' | '_' | '@') || goes_on)
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
        let forms = &TAXONOMY.forms;
        assert!(forms.len() > 3500, "{}", forms.len());
        let twice: Vec<&str> = forms
            .windows(2)
            .filter(|pair| pair[0].folded == pair[1].folded && pair[0].strictness == pair[1].strictness)
            .map(|pair| pair[0].written.as_str())
            .collect();
        assert_eq!(twice, Vec::<&str>::new(), "listed twice");
    }

    #[rstest]
    #[case("k8s", "Kubernetes")]
    #[case("Postgres", "PostgreSQL")]
    #[case("JS", "JavaScript")]
    #[case("GH Actions", "GitHub Actions")]
    #[case("Wundversorgung", "wound care")]
    #[case("持续集成", "CI/CD")]
    #[case("टीमवर्क", "teamwork")]
    #[case("Trabajo en equipo", "teamwork")]
    #[case("Golang", "Go")]
    #[case("Python 3.12", "Python")]
    #[case("Accessibility (WCAG 2.2)", "accessibility")]
    fn spellings_have_one_name(#[case] written: &str, #[case] name: &str) {
        assert_eq!(skill_of(written).map(|skill| skill.name).as_deref(), Some(name));
    }

    #[rstest]
    #[case("3")]
    #[case("(advanced)")]
    #[case("")]
    #[case("Kubernetes and Docker")]
    fn other_texts_are_no_skill(#[case] text: &str) {
        assert_eq!(skill_of(text), None);
    }

    #[rstest]
    #[case("We work on energy in a plan with people and communicate it")]
    #[case("The home office sends a message to the board; go and see")]
    #[case("He kept a rest day, a spring in his step and the word of an oracle")]
    fn everyday_words_are_no_skills(#[case] text: &str) {
        let names: Vec<&str> =
            find(text).into_iter().filter(Found::is_certain).map(|f| &text[f.range]).collect();
        assert_eq!(names, Vec::<&str>::new());
    }

    #[test]
    fn time_grows_with_the_text_and_no_faster() {
        // Each word begins like many names; a search that tries each of them would not come to an end here.
        let text = "data management systems analysis of ".repeat(20_000);
        assert!(find(&text).len() < 200_000);
    }
}
