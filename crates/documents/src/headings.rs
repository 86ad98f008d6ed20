//! Section headings in many languages; the phrases are data (`data/headings.toml`).

use crate::lexicon::fold;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// A heading has at most this many characters.
const MAX_CHARS: usize = 48;

/// Sections of a resume that matter for reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Section {
    Summary,
    Experience,
    Education,
    Skills,
    Languages,
    Certifications,
    Contact,
    /// Known, but nothing is taken from it.
    Other,
}

#[derive(Deserialize)]
struct File {
    section: Vec<Entry>,
    document: Phrases,
}

#[derive(Deserialize)]
struct Entry {
    kind: Section,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Phrases {
    phrases: Vec<String>,
}

struct Headings {
    sections: HashMap<String, Section>,
    documents: Vec<String>,
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/headings.toml"))
        .expect("the embedded headings are valid, as tests show");
    let mut sections = HashMap::new();
    for entry in file.section {
        for phrase in entry.phrases {
            sections.entry(fold(&phrase)).or_insert(entry.kind);
        }
    }
    Headings { sections, documents: file.document.phrases.iter().map(|p| fold(p)).collect() }
});

/// English words that, at the end of a short title, make it a heading ("Relevant Clinical Experience").
const LAST_WORDS: &[(&str, Section)] = &[
    ("experience", Section::Experience),
    ("employment", Section::Experience),
    ("skills", Section::Skills),
    ("competencies", Section::Skills),
    ("proficiencies", Section::Skills),
    ("education", Section::Education),
    ("certifications", Section::Certifications),
    ("certificates", Section::Certifications),
    ("projects", Section::Other),
    ("publications", Section::Other),
];

/// The section that a line names, when the whole line is a heading.
pub(crate) fn section_of(line: &str) -> Option<Section> {
    let key = key(line);
    if key.is_empty() || key.chars().count() > MAX_CHARS {
        return None;
    }
    let exact = HEADINGS.sections.get(&key).copied();
    exact.or_else(|| spaced_letters(&key)).or_else(|| two_phrases(&key)).or_else(|| by_last_word(line, &key))
}

/// A heading and the text behind its colon or tab: "Skills: Rust, Go".
pub(crate) fn inline_section(line: &str) -> Option<(Section, &str)> {
    let at = line.find([':', '：', '\t'])?;
    let separator = line[at..].chars().next().map_or(1, char::len_utf8);
    let rest = line[at + separator..].trim();
    let section = HEADINGS.sections.get(&key(&line[..at])).copied()?;
    (!rest.is_empty()).then_some((section, rest))
}

/// True for titles of the document itself: "Curriculum vitae".
pub(crate) fn is_document_title(line: &str) -> bool {
    let key = key(line);
    HEADINGS.documents.contains(&key) || HEADINGS.documents.contains(&key.replace(' ', ""))
}

/// Phrases that title a document, folded: what may stand before a name.
pub(crate) fn document_titles() -> &'static [String] {
    &HEADINGS.documents
}

/// "S K I L L S" is "SKILLS".
fn spaced_letters(key: &str) -> Option<Section> {
    let is_spaced =
        key.chars().filter(|c| *c != ' ').count() > 3 && key.split(' ').all(|w| w.chars().count() == 1);
    if is_spaced { HEADINGS.sections.get(&key.replace(' ', "")).copied() } else { None }
}

/// "Skills & Interests": the first phrase decides.
fn two_phrases(key: &str) -> Option<Section> {
    [" & ", " and ", " und ", " y ", " et ", " e ", " en ", " / ", " + ", "与", "和"].iter().find_map(
        |joint| {
            let (first, second) = key.split_once(joint)?;
            HEADINGS.sections.get(second)?;
            HEADINGS.sections.get(first).copied()
        },
    )
}

fn by_last_word(line: &str, key: &str) -> Option<Section> {
    let is_title = line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
        && !line.contains([',', '.', ';', '@'])
        && !line.chars().any(|c| c.is_ascii_digit());
    // "Built my skills" is a sentence: the last word of a title is capitalised too.
    let last_is_capital =
        line.split_whitespace().last().is_some_and(|word| word.starts_with(char::is_uppercase));
    if !is_title || !last_is_capital || !(2..=4).contains(&key.split(' ').count()) {
        return None;
    }
    let last = key.rsplit(' ').next()?;
    LAST_WORDS.iter().find(|(word, _)| *word == last).map(|(_, section)| *section)
}

/// A line without what decorates headings: marks, icons, numbers, the colon.
fn key(line: &str) -> String {
    // Vowel signs of Indic scripts are not alphanumeric, but belong to the word.
    let is_edge = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
    let inner = line.trim_matches(is_edge);
    let inner = inner.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    fold(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("SKILLS", Some(Section::Skills))]
    #[case("• Technical Skills:", Some(Section::Skills))]
    #[case("S K I L L S", Some(Section::Skills))]
    #[case("Berufserfahrung", Some(Section::Experience))]
    #[case("Expérience professionnelle", Some(Section::Experience))]
    #[case("技能", Some(Section::Skills))]
    #[case("कार्य अनुभव", Some(Section::Experience))]
    #[case("3. Education", Some(Section::Education))]
    #[case("Skills & Interests", Some(Section::Skills))]
    #[case("Relevant Clinical Experience", Some(Section::Experience))]
    #[case("I have experience", None)]
    #[case("Six years of experience.", None)]
    #[case("Ada Lovelace", None)]
    fn headings_are_recognised(#[case] line: &str, #[case] section: Option<Section>) {
        assert_eq!(section_of(line), section);
    }

    #[test]
    fn inline_headings_give_their_text() {
        assert_eq!(inline_section("Skills: Rust, Go"), Some((Section::Skills, "Rust, Go")));
        assert_eq!(inline_section("技能：统计学"), Some((Section::Skills, "统计学")));
        assert_eq!(inline_section("Note: Rust"), None);
    }
}
