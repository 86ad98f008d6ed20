//! Where a text shows a thing that was asked for: by name, by another spelling of the same skill, or by its words
//! in other forms. What is returned stands in the text as it is.

use crate::lexicon::is_unspaced;
use crate::skill_names;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Longest passage that is returned, characters.
const MAX_PASSAGE_CHARS: usize = 200;
/// A word of one requirement alone is looked for in other forms from this length on, characters.
const MIN_WORD_CHARS: usize = 5;
/// What must be left of a word without its ending, characters.
const MIN_STEM_CHARS: usize = 4;

/// Endings that do not change what a word names, longest first.
const ENDINGS: &[&str] = &[
    "ements", "ement", "ments", "ment", "ings", "ing", "ungen", "ung", "ers", "ern", "ies", "ied", "er",
    "ed", "es", "en", "em", "os", "as", "s", "e", "n", "y", "o", "a",
];
/// Words that a requirement has around what it names.
const SMALL_WORDS: &[&str] = &[
    "the", "and", "or", "of", "in", "on", "with", "for", "to", "at", "an", "as", "by", "und", "oder", "mit",
    "der", "die", "das", "im", "von", "für", "et", "ou", "de", "du", "des", "la", "le", "les", "en", "el",
    "los", "las", "con", "para",
];
/// Words that say in the same sentence, before a thing, that it was not done.
const DENIALS: &[&str] = &[
    "never",
    "no experience",
    "not used",
    "not worked",
    "not familiar",
    "haven't",
    "have not",
    "hasn't",
    "didn't",
    "did not",
    "don't",
    "do not",
    "without any",
    "nie",
    "noch nicht",
    "keine erfahrung",
    "kein",
    "keine",
    "nicht",
    "jamais",
    "pas encore",
    "aucune expérience",
    "nunca",
    "sin experiencia",
    "no he",
    "没有",
    "没用过",
    "不会",
    "不熟悉",
    "從未",
    "沒有",
];
/// Words that say it behind the thing.
const LATE_DENIALS: &[&str] = &["नहीं", "कभी नहीं"];

/// A text in which requirements are looked for; it is searched for known skills once.
pub struct Shown<'t> {
    text: &'t str,
    sentences: Vec<Range<usize>>,
    /// By skill, the places where it is named in any spelling.
    known: HashMap<usize, Vec<Range<usize>>>,
}

impl<'t> Shown<'t> {
    /// Prepares a text; the work grows with its length only.
    pub fn new(text: &'t str) -> Self {
        let mut known: HashMap<usize, Vec<Range<usize>>> = HashMap::new();
        for found in skill_names::find(text).into_iter().filter(skill_names::Found::is_certain) {
            known.entry(found.skill).or_default().push(found.range);
        }
        Self { text, sentences: sentences(text), known }
    }

    /// The first passage that shows `wanted`, at most 200 characters of one sentence or line, as it stands.
    ///
    /// A sentence that says that the thing was not done shows nothing.
    pub fn passage(&self, wanted: &str) -> Option<&'t str> {
        let wanted = wanted.trim();
        if wanted.is_empty() {
            return None;
        }
        let by_name = places(self.text, wanted);
        let by_skill = skill_names::identity_of(wanted).and_then(|skill| self.known.get(&skill)).cloned();
        let mut places: Vec<Range<usize>> =
            by_name.into_iter().chain(by_skill.into_iter().flatten()).collect();
        places.sort_by_key(|place| place.start);
        let place = if places.is_empty() {
            self.by_words(wanted)
        } else {
            places.into_iter().find(|place| !self.is_denied(place))
        }?;
        Some(self.around(&place))
    }

    /// The sentence that holds all words of a requirement, in any form and order.
    fn by_words(&self, wanted: &str) -> Option<Range<usize>> {
        let lower = wanted.to_lowercase();
        let stems: Vec<&str> =
            words(&lower).into_iter().filter(|word| !SMALL_WORDS.contains(word)).map(stem).collect();
        let is_telling = stems.len() > 1 || lower.chars().count() >= MIN_WORD_CHARS;
        if stems.is_empty() || !is_telling || lower.chars().any(is_unspaced) {
            return None;
        }
        self.sentences.iter().find_map(|sentence| {
            let lower = self.text[sentence.clone()].to_lowercase();
            let words: Vec<&str> = words(&lower).into_iter().map(stem).collect();
            let holds = stems.iter().all(|stem| words.contains(stem));
            // Lower case may move bytes: the place is the sentence as a whole.
            let is_denied = self.is_denied(&(sentence.end..sentence.end))
                || self.is_denied(&(sentence.start..sentence.start));
            (holds && !is_denied).then(|| sentence.clone())
        })
    }

    fn sentence(&self, at: usize) -> Range<usize> {
        let index = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(index).cloned().unwrap_or(0..self.text.len())
    }

    fn is_denied(&self, place: &Range<usize>) -> bool {
        let sentence = self.sentence(place.start);
        let spaced = |range: Range<usize>, from_clause: bool| {
            let part = self.text[range].to_lowercase().replace('’', "'");
            let clause = part.rsplit([',', ';', ':', '，', '；']).next().unwrap_or_default();
            format!(" {} ", words(if from_clause { clause } else { &part }).join(" "))
        };
        let clause = spaced(sentence.start..place.start.clamp(sentence.start, sentence.end), true);
        let after = spaced(place.end.clamp(sentence.start, sentence.end)..sentence.end, false);
        let says = |text: &str, word: &str| {
            if word.chars().any(is_unspaced) {
                text.contains(word)
            } else {
                text.contains(&format!(" {word} "))
            }
        };
        // "Not only Kafka but RabbitMQ" denies nothing.
        let is_only = says(&clause, "only") || says(&clause, "nur");
        !is_only && DENIALS.iter().any(|word| says(&clause, word))
            || LATE_DENIALS.iter().any(|word| says(&after, word))
    }

    /// The sentence around a place, or as much of a long one as may be shown.
    fn around(&self, place: &Range<usize>) -> &'t str {
        let sentence = self.sentence(place.start);
        let whole = self.text[sentence.clone()].trim();
        if whole.chars().count() <= MAX_PASSAGE_CHARS {
            return whole;
        }
        let named = place.start.max(sentence.start)..place.end.min(sentence.end);
        let room = MAX_PASSAGE_CHARS.saturating_sub(self.text[named.clone()].chars().count());
        let start = back(self.text, sentence.start, named.start, room / 2);
        let end = forth(
            self.text,
            named.start,
            sentence.end,
            MAX_PASSAGE_CHARS - self.text[start..named.start].chars().count(),
        );
        self.text[start..end].trim()
    }
}

/// The place `chars` characters before `from`, not before `floor`, moved on to where a word begins.
fn back(text: &str, floor: usize, from: usize, chars: usize) -> usize {
    let start = text[floor..from].char_indices().rev().nth(chars).map(|(at, _)| floor + at);
    let Some(start) = start else { return floor };
    text[start..from].find(' ').map_or(start, |at| start + at)
}

/// The place `chars` characters behind `from`, not behind `ceiling`, moved back to where a word ends.
fn forth(text: &str, from: usize, ceiling: usize, chars: usize) -> usize {
    let Some((at, _)) = text[from..ceiling].char_indices().nth(chars) else { return ceiling };
    text[from..from + at].rfind(' ').map_or(from + at, |space| from + space)
}

/// Sentences and lines; the full stop of "Node.js" ends none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            '\n' | '。' | '！' | '？' | '।' => true,
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            all.push(from..at + c.len_utf8());
            from = at + c.len_utf8();
        }
    }
    if from < text.len() {
        all.push(from..text.len());
    }
    all
}

/// Places where `wanted` stands as whole words, in any case.
fn places(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let wanted: Vec<char> = wanted.chars().map(lower).collect();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let is_part = |at: usize, other: char| {
        chars.get(at).is_some_and(|(_, c)| {
            c.is_alphanumeric() && !is_unspaced(*c) && !is_unspaced(other) || matches!(c, '+' | '#')
        })
    };
    let byte = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let (first, last) = (wanted[0], wanted[wanted.len() - 1]);
    (0..chars.len().saturating_sub(wanted.len() - 1))
        .filter(|at| lower(chars[*at].1) == first)
        .filter(|at| wanted.iter().zip(&chars[*at..]).all(|(c, (_, other))| *c == lower(*other)))
        .filter(|at| !(is_part(at + wanted.len(), last) || *at > 0 && is_part(at - 1, first)))
        .map(|at| byte(at)..byte(at + wanted.len()))
        .collect()
}

/// The words of a text; vowel signs and apostrophes belong to them.
fn words(lower: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '\'';
    lower
        .split(|c: char| !is_part(c))
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .collect()
}

/// A word without the ending that does not change what it names.
fn stem(word: &str) -> &str {
    let ending = ENDINGS.iter().find(|ending| {
        word.strip_suffix(**ending).is_some_and(|rest| rest.chars().count() >= MIN_STEM_CHARS)
    });
    let bare = ending.map_or(word, |ending| &word[..word.len() - ending.len()]);
    // "Planning" and "plan".
    let mut last = bare.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b)) if a == b && a.is_alphabetic() => &bare[..bare.len() - a.len_utf8()],
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const RESUME: &str = "Imani Osei\n• Moved 140 services to k8s; nobody noticed.\n• Built it with Node.js and Postgres.\n\
        • Mentored two juniors, and wrote test plans.\nEnglisch (C1)\n用 PyTorch 训练模型。负责单元测试。";

    #[rstest]
    #[case::another_spelling("Kubernetes", Some("• Moved 140 services to k8s; nobody noticed."))]
    #[case::a_name_with_a_stop("Node.js", Some("• Built it with Node.js and Postgres."))]
    #[case::another_language("English", Some("Englisch (C1)"))]
    #[case::chinese("unit testing", Some("负责单元测试。"))]
    #[case::another_form("mentoring", Some("• Mentored two juniors, and wrote test plans."))]
    #[case::words_in_another_order(
        "planning of tests",
        Some("• Mentored two juniors, and wrote test plans.")
    )]
    #[case::word_for_word("juniors", Some("• Mentored two juniors, and wrote test plans."))]
    #[case::not_there("Terraform", None)]
    #[case::part_of_a_word("Post", None)]
    #[case::empty(" ", None)]
    fn a_requirement_is_shown_by_its_line(#[case] wanted: &str, #[case] passage: Option<&str>) {
        assert_eq!(Shown::new(RESUME).passage(wanted), passage);
    }

    #[rstest]
    #[case("I have never used Kafka.", None)]
    #[case(
        "I don’t know Kafka yet. At home I run Kafka on one node.",
        Some("At home I run Kafka on one node.")
    )]
    #[case("Not only Kafka but RabbitMQ too.", Some("Not only Kafka but RabbitMQ too."))]
    #[case("It did not work, so we moved to Kafka.", Some("It did not work, so we moved to Kafka."))]
    #[case(
        "Mit Kafka habe ich nicht gearbeitet, ich habe noch keine Erfahrung mit Kafka.",
        Some("Mit Kafka habe ich nicht gearbeitet, ich habe noch keine Erfahrung mit Kafka.")
    )]
    #[case("I have never used Kafka, sadly.", None)]
    #[case("Ich habe keine Erfahrung mit Kafka.", None)]
    #[case("我没有用过Kafka。", None)]
    #[case("मैंने Kafka का उपयोग नहीं किया।", None)]
    fn what_was_not_done_is_not_shown(#[case] text: &str, #[case] passage: Option<&str>) {
        assert_eq!(Shown::new(text).passage("Kafka"), passage);
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_name() {
        let text = format!("{}Terraform {}", "well and ".repeat(60), "and so on ".repeat(60));
        let passage = Shown::new(&text).passage("Terraform").unwrap();
        assert!(passage.contains("Terraform") && text.contains(passage));
        assert!((150..=MAX_PASSAGE_CHARS).contains(&passage.chars().count()), "{passage}");
        let wide = format!("{}Terraform{}", "很".repeat(300), "好".repeat(300));
        let passage = Shown::new(&wide).passage("Terraform").unwrap();
        assert!(passage.contains("Terraform") && passage.chars().count() <= MAX_PASSAGE_CHARS);
    }

    #[test]
    fn many_requirements_and_a_long_text_are_no_burden() {
        let text = "I built the service and we watched it, then wrote it down. ".repeat(2_000);
        let shown = Shown::new(&text);
        assert!((0..60).all(|number| shown.passage(&format!("requirement number {number}")).is_none()));
    }
}
