//! Takes out who speaks: addresses, numbers, links, names and gendered words.

use super::edited::Edit;
use regex::{Captures, Regex};
use std::sync::LazyLock;

static CONTACTS: LazyLock<[(Regex, &str); 3]> = LazyLock::new(|| {
    [
        (r"(?i)[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", "[e-mail]"),
        (r"(?i)\b(?:https?://|www\.)\S*[\w/]|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|dev|me|co|app)/\S*[\w/]", "[link]"),
        (
            r"(?:\+|\b00)\d[\d ().\-/]{6,}\d|\(0?\d{2,5}\)[ \-]?\d[\d \-/]{4,}\d|\b0\d{2,4}[ /\-]\d[\d \-/]{4,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b",
            "[phone]",
        ),
    ]
    .map(|(pattern, with)| (compiled(pattern), with))
});

/// With the town behind it, as far as that stands after a comma or a post code.
static ADDRESSES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let town =
        r"(?:,?\s+(?:[A-Z]{1,2}-)?\d{4,5}(?:[ -]\d{3,4})?\s+\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]+)?)?";
    let number = r"\d{1,5}\s?[a-zA-Z]?(?:[/-]\d{1,4})?";
    [
        // 12 Hill Street, Apt 4; 12 bis, rue des Fleurs
        format!(r"\b{number}(?: bis| ter)?,?\s+(?:(?:\p{{Lu}}[\p{{L}}'’.-]*\s+){{1,3}}(?:Street|St\b\.?|Road|Rd\b\.?|Avenue|Ave\b\.?|Lane|Ln\b\.?|Drive|Dr\b\.?|Boulevard|Blvd\b\.?|Court|Crescent|Terrace|Square|Way|Close)|(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Aa]llée|[Qq]uai)\s+(?:de\s+la\s+|de\s+l['’]|des?\s+|du\s+|d['’])?\p{{Lu}}[\p{{L}}'’-]*)(?:,?\s+(?:Apt|Apartment|Flat|Suite|Unit)\b\.?\s*\w+)?{town}"),
        // Hauptstraße 12a; Keizersgracht 12; Storgatan 3
        format!(r"\b\p{{Lu}}[\p{{L}}-]*(?:straße|strasse|str\.|gasse|allee|platz|weg|ufer|damm|straat|laan|gracht|plein|gatan|vägen|gade|vej)\s+{number}\b{town}"),
        // Via Roma 12; Calle de Alcalá, 12; ul. Długa 3
        format!(r"\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]alle|C/|[Aa]venida|Av\.|[Pp]laza|[Pp]aseo|[Rr]ua|[Tt]ravessa|[Uu]l\.|[Aa]l\.|[Uu]lica|[Cc]addesi|[Ss]okak|ул\.|вул\.)\s*(?:del?a?\s+|dos?\s+|das?\s+|dei\s+)?\p{{Lu}}[\p{{L}}'’-]*(?:\s+\p{{Lu}}[\p{{L}}'’-]*){{0,2}},?\s+(?:nº\s*|n\.\s*)?{number}\b{town}"),
    ]
    .map(|pattern| compiled(&pattern))
});

/// "my name is ...", up to three capitalised words.
static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?:[Mm]y name is|[Mm]y name's)\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]*){0,2})")
});

static GENDERED: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<&str> = NEUTRAL.iter().map(|(word, _)| *word).collect();
    compiled(&format!(r"(?i)\b(?:{})\b", words.join("|")))
});

/// English words that tell a gender, with what is sent instead. Longer forms first.
const NEUTRAL: [(&str, &str); 30] = [
    ("he's", "they're"),
    ("she's", "they're"),
    ("he’s", "they’re"),
    ("she’s", "they’re"),
    ("himself", "themself"),
    ("herself", "themself"),
    ("hers", "theirs"),
    ("she", "they"),
    ("he", "they"),
    ("him", "them"),
    ("his", "their"),
    ("her", "their"),
    ("mrs", "Mx"),
    ("mr", "Mx"),
    ("ms", "Mx"),
    ("miss", "Mx"),
    ("sir", "Mx"),
    ("madam", "Mx"),
    ("husband", "partner"),
    ("wife", "partner"),
    ("boyfriend", "partner"),
    ("girlfriend", "partner"),
    ("mother", "parent"),
    ("father", "parent"),
    ("maternity", "parental"),
    ("paternity", "parental"),
    ("woman", "person"),
    ("man", "person"),
    ("female", "person"),
    ("male", "person"),
];

/// Contacts and names in `text`.
pub fn identity(text: &str, names: &Names) -> Vec<Edit> {
    let mut edits: Vec<Edit> = CONTACTS
        .iter()
        .flat_map(|(pattern, with)| pattern.find_iter(text).map(|found| edit(found.range(), with)))
        .collect();
    edits.extend(
        INTRODUCED.captures_iter(text).filter_map(|found| Some(edit(found.get(1)?.range(), "[name]"))),
    );
    let named = names.0.iter().flat_map(|name| name.find_iter(text));
    edits.extend(named.map(|found| edit(found.range(), "[name]")));
    edits
}

/// The same with words that tell a gender. `language` is the ISO 639-1 code of the interview's.
pub fn anonymous(text: &str, names: &[&str], language: &str) -> Vec<Edit> {
    let mut edits = identity(text, &Names::new(names));
    if language == "en" {
        edits.extend(GENDERED.captures_iter(text).filter_map(|found| neutral(text, &found)));
    }
    edits
}

/// Street addresses in a line of a resume: a number beside a word for a street.
pub fn addresses(text: &str) -> Vec<Edit> {
    let found = ADDRESSES.iter().flat_map(|pattern| pattern.find_iter(text));
    found.map(|found| edit(found.range(), "[address]")).collect()
}

/// Names, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Names(Vec<Regex>);

impl Names {
    /// Whole names in any case; their parts only as they are written, because many are words as well.
    pub fn new(names: &[&str]) -> Self {
        let mut patterns = Vec::new();
        for name in names.iter().map(|name| name.trim()).filter(|name| name.chars().count() > 1) {
            let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
            let whole = (words.len() > 1).then(|| format!(r"(?i)\b{}\b", words.join(r"\s+")));
            let parts =
                words.iter().filter(|part| part.chars().count() > 2).map(|part| format!(r"\b{part}\b"));
            patterns.extend(whole.into_iter().chain(parts).filter_map(|pattern| Regex::new(&pattern).ok()));
        }
        Self(patterns)
    }
}

/// The neutral word with the same capital. Compounds ("man-in-the-middle") tell nothing of a person.
fn neutral(text: &str, found: &Captures<'_>) -> Option<Edit> {
    let found = found.get(0)?;
    if text[..found.start()].ends_with('-') || text[found.end()..].starts_with('-') {
        return None;
    }
    // "Miss" is a title only before a name; "I miss it" is not one.
    let titled = text[found.end()..].trim_start_matches([' ', '.']).starts_with(char::is_uppercase);
    let lower = found.as_str().to_lowercase();
    let (_, with) = NEUTRAL.iter().find(|(word, _)| *word == lower)?;
    if *with == "Mx" && !titled {
        return None;
    }
    let capital = found.as_str().starts_with(char::is_uppercase);
    let mut chars = with.chars();
    let first = chars.next()?;
    let with = if capital { first.to_uppercase().chain(chars).collect() } else { (*with).to_owned() };
    Some(edit(found.range(), &with))
}

fn edit(at: std::ops::Range<usize>, with: &str) -> Edit {
    Edit { at, with: with.to_owned(), withheld: false }
}

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant; a test uses it")
}

#[cfg(test)]
mod tests {
    use super::super::edited::Edited;

    fn redacted(text: &str) -> String {
        Edited::new(text, super::anonymous(text, &["Ama Serwaa", "Will"], "en")).text
    }

    #[test]
    fn who_speaks_is_taken_out() {
        for (text, expected) in [
            ("Write to ama.s@example.org or call +44 20 7946 0018.", "Write to [e-mail] or call [phone]."),
            ("It is at https://example.org/ama?x=1, or github.com/ama.", "It is at [link], or [link]."),
            ("I am AMA SERWAA; Serwaa leads.", "I am [name]; [name] leads."),
            ("Will and I will see.", "[name] and I will see."),
            ("Hello, my name is Jane Q Doe and I code.", "Hello, my name is [name] and I code."),
            (
                "She asked him; his plan was hers. He's in.",
                "They asked them; their plan was theirs. They're in.",
            ),
            ("Mr. Jones and my wife agreed.", "Mx. Jones and my partner agreed."),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn work_stays_as_it_is() {
        for text in [
            "In 2019-2020 we moved 1,000,000,000 rows from 10.0.0.12 to 192.168.100.200.",
            "Node.js, ASP.NET and asp.net/c# on port 8080; v1.2.3; 99.95 %.",
            "A man-in-the-middle attack; I miss nothing; the theory heals.",
            "Latency fell from 1200 500 to 300 ms on 2024-05-01.",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn street_addresses_are_taken_out() {
        let lived = |text: &str| Edited::new(text, super::addresses(text)).text;
        for (text, expected) in [
            ("12 Hill Street, Apt 4, Leeds", "[address], Leeds"),
            ("221B Baker St., London", "[address], London"),
            ("Musterstraße 12a, 10115 Berlin | 1990", "[address] | 1990"),
            ("12 bis, rue de la Paix, 75002 Paris", "[address]"),
            ("Calle de Alcalá, 45, 28014 Madrid", "[address]"),
            ("ul. Długa 3/5", "[address]"),
            ("Keizersgracht 100", "[address]"),
        ] {
            assert_eq!(lived(text), expected);
        }
        for text in
            ["Moved 12 teams to Way of Working", "Drove 3 Drive failures to 0", "Led Road Safety 2020-2022"]
        {
            assert_eq!(lived(text), text);
        }
    }

    #[test]
    fn gendered_words_are_english() {
        let text = "Her mit dem Mann";
        assert!(super::anonymous(text, &[], "de").is_empty());
    }
}
