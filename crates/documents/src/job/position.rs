//! Title, level, employment and language of an advert.

use crate::resume::by_words;
use greenroom_domain::resume::Seniority;
use regex::Regex;
use std::sync::LazyLock;
use whichlang::Lang;

/// Words from which the language of a text is clear.
const LANGUAGE_WORDS: usize = 8;

static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*[(\[]\s*(?:m|w|f|d|x|h|all genders)(?:\s*[/|,]\s*(?:m|w|f|d|x|h|gn))*\s*[)\]]|:in\b|\*in\b|/-?in\b|\(in\)").expect("the pattern is constant")
});
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:job title|position|role|title|stelle|we are (?:hiring|looking for)|wir suchen)\s*:?\s*(?:an?\s+|eine?n?\s+)?").expect("the pattern is constant")
});
static EMPLOYMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(full[- ]time|part[- ]time|permanent|temporary|fixed[- ]term|freelance|contract position|internship|apprenticeship|vollzeit|teilzeit|befristet|unbefristet|werkstudent\w*|zero[- ]hours)\b").expect("the pattern is constant")
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(\d{1,2}|one|two|three|four|five|six|seven|eight|ten|einem?|zwei|drei|vier|fünf|sechs)\s*\+?\s*(?:(?:-|–|to|bis)\s*\d{1,2}\s*)?(?:years?|jahren?|jahre)\b").expect("the pattern is constant")
});

/// The job's title: the first line as far as the place and the terms.
pub(super) fn title(text: &str) -> Option<String> {
    let first = text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphabetic))?;
    let first = LABEL.replace(first, "");
    let unmarked = MARKS.replace_all(&first, "");
    // "TRAINEE - HOTEL RECEPTION": a level before the trade belongs to the title.
    if let Some((level, trade)) = unmarked.split_once(" - ")
        && level.split_whitespace().count() == 1
        && by_words(level).is_some()
    {
        let trade: Vec<String> = trade.split_whitespace().take_while(|word| word.chars().any(|c| c.is_uppercase())).map(capitalised).collect();
        return Some(format!("{} {}", trade.join(" "), capitalised(level.trim())));
    }
    let cut = unmarked.split([',', '(', '|', '·', '–', '—', '!', '.', ';']).next()?;
    let cut = cut.split(" - ").next()?;
    let cut = cut.split(" in ").next()?.split(" at ").next()?.trim();
    let words = cut.split_whitespace().count();
    if !(1..=8).contains(&words) || cut.chars().count() < 3 {
        return None;
    }
    let shouted = !cut.chars().any(char::is_lowercase);
    Some(if shouted { cut.split_whitespace().map(capitalised).collect::<Vec<_>>().join(" ") } else { cut.to_owned() })
}

/// The level: by the title's words, else by the years asked for.
pub(super) fn seniority(text: &str) -> Option<Seniority> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let by_title = by_words(&first.replace(['-', ',', '(', ')'], " "));
    let none_needed = text.to_lowercase().contains("no experience");
    let by_years = || YEARS.captures(text).and_then(|found| number(&found[1])).map(|years| match years {
        ..=2 => Seniority::Junior,
        3..=5 => Seniority::Mid,
        _ => Seniority::Senior,
    });
    by_title.or(none_needed.then_some(Seniority::Junior)).or_else(by_years)
}

/// The kind of employment, as written.
pub(super) fn employment(text: &str) -> Option<String> {
    EMPLOYMENT.find(text).map(|found| found.as_str().to_owned())
}

/// ISO 639-1 code of the text's language, when there are words enough.
pub(super) fn language(text: &str) -> Option<String> {
    if text.split_whitespace().count() < LANGUAGE_WORDS && !text.chars().any(|c| c > '\u{2E80}') {
        return None;
    }
    let code = match whichlang::detect_language(text) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    };
    Some(code.to_owned())
}

fn number(text: &str) -> Option<u32> {
    let words = [("one", 1), ("ein", 1), ("two", 2), ("zwei", 2), ("three", 3), ("drei", 3), ("four", 4), ("vier", 4), ("five", 5), ("fünf", 5), ("six", 6), ("sechs", 6), ("seven", 7), ("eight", 8), ("ten", 10)];
    let lower = text.to_lowercase();
    text.parse().ok().or_else(|| words.iter().find(|(word, _)| lower.starts_with(word)).map(|(_, n)| *n))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}
