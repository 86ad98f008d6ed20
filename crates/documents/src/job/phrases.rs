//! An advert as phrases, each with the part that it belongs to.

/// What a part of an advert lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Other,
    Duties,
    Required,
    Optional,
}

/// A phrase of an advert.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase<'a> {
    pub(super) text: &'a str,
    pub(super) part: Part,
}

const DUTIES: [&str; 10] = ["what you will do", "what you'll do", "responsibilities", "your tasks", "the role", "you will", "ihre aufgaben", "aufgaben", "duties", "day to day"];
const REQUIRED: [&str; 12] = ["what you bring", "requirements", "essential", "qualifications", "your profile", "ihr profil", "you have", "must have", "we expect", "anforderungen", "who you are", "skills"];
const OPTIONAL: [&str; 13] = ["nice to have", "desirable", "bonus", "von vorteil", "wünschenswert", "a plus", "preferred", "advantage", "ideally", "optional", "would be great", "good to have", "idealerweise"];

/// Sentences, bullets and items between semicolons. A heading or a leading word sets the part.
pub(super) fn split(text: &str) -> Vec<Phrase<'_>> {
    let mut phrases = Vec::new();
    let mut part = Part::Other;
    for line in text.lines() {
        let bullet = line.trim_start().starts_with(['-', '•', '*', '·', '–']);
        let line = line.trim().trim_start_matches(['-', '•', '*', '·', '–', ' ']);
        if line.is_empty() {
            continue;
        }
        // A heading stays in force for the bullets below it; a plain line speaks for itself.
        let own = leading(line);
        if let Some(own) = own {
            part = own;
        } else if !bullet && line.split_whitespace().count() <= 6 && !line.contains(['.', ',', ';']) {
            part = Part::Other;
        }
        for item in items(line) {
            let item = item.trim().trim_end_matches([';', '.', '!']).trim();
            if item.is_empty() {
                continue;
            }
            let lower = item.to_lowercase();
            let optional = OPTIONAL.iter().any(|word| lower.contains(word));
            phrases.push(Phrase { text: item, part: if optional { Part::Optional } else { part } });
        }
    }
    phrases
}

/// Items end at semicolons and at full stops before a space; "Node.js" and "2.2" stay whole.
fn items(line: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before_space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if c == ';' || (matches!(c, '.' | '!') && before_space) {
            items.push(&line[start..at + 1]);
            start = at + 1;
        }
    }
    items.push(&line[start..]);
    items
}

fn leading(line: &str) -> Option<Part> {
    let lower = line.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if begins(&OPTIONAL) {
        Some(Part::Optional)
    } else if begins(&REQUIRED) {
        Some(Part::Required)
    } else if begins(&DUTIES) {
        Some(Part::Duties)
    } else {
        None
    }
}

/// The duties, as written.
pub(super) fn duties(phrases: &[Phrase<'_>]) -> Vec<String> {
    let chosen = phrases.iter().filter(|phrase| phrase.part == Part::Duties);
    let texts = chosen.map(|phrase| match phrase.text.split_once(':') {
        Some((head, rest)) if leading(head).is_some() => rest.trim(),
        _ => phrase.text,
    });
    texts.filter(|text| text.split_whitespace().count() >= 3).map(str::to_owned).collect()
}
