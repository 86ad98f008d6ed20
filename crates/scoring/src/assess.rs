//! Whether there is anything to judge. "Not assessed" is a result, never a low number.

use crate::compare::Terms;
use crate::features::{echo, overlap, small_words};
use crate::text::{LISTS, Text};
use crate::wanted::Wanted;
use greenroom_domain::evaluation::NotAssessed;
use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;
use whichlang::Lang;

/// Words below which an answer is too short, unless it says what the reference says.
const MIN_WORDS: usize = 5;
/// Words from which the language is looked at.
const LANGUAGE_WORDS: usize = 8;

/// Why nothing can be judged, if so. `language` is that of the interview, ISO 639-1.
pub fn refusal(answer: &Terms<'_>, wanted: &Wanted<'_>, language: &str) -> Option<(NotAssessed, String)> {
    let (text, question) = (&answer.text, &wanted.question.terms);
    if text.words.is_empty() {
        let reason =
            if text.raw.trim().is_empty() { "Nothing was said." } else { "There are no words in it." };
        return Some((NotAssessed::Silence, reason.to_owned()));
    }
    if says_unknown(text) {
        let reason = "The answer says that it is not known; there is nothing else to judge.";
        return Some((NotAssessed::NoEvidence, reason.to_owned()));
    }
    let overlap = wanted.whole().map(|whole| overlap(answer, whole, question));
    let to_the_point = overlap
        .is_some_and(|overlap| overlap.recall >= 0.34 || overlap.precision >= 0.6 && overlap.echo < 0.5);
    let count = text.spoken().count();
    if count < MIN_WORDS && !to_the_point {
        let reason = match count {
            0 => "Only fillers were said.".to_owned(),
            1 => "1 word is too few to judge by.".to_owned(),
            count => format!("{count} words are too few to judge by."),
        };
        return Some((NotAssessed::TooShort, reason));
    }
    if let Some(other) = other_language(language, text) {
        let interview = if language == "en" { "English" } else { "another language" };
        let reason = format!("The answer seems to be in {other}; the interview is in {interview}.");
        return Some((NotAssessed::OtherLanguage, reason));
    }
    let nothing_new = overlap.is_none_or(|overlap| overlap.recall < 0.15);
    if nothing_new && echo(answer, question) >= 0.8 {
        let reason = "The answer gives the question back and adds nothing.";
        return Some((NotAssessed::Copied, reason.to_owned()));
    }
    None
}

/// "I don't know", with little beside it.
pub(crate) fn says_unknown(text: &Text<'_>) -> bool {
    let says = match text.language {
        Some(language) => language.says_unknown(&text.raw, |phrases| text.has(phrases)),
        None => text.has(&LISTS.unknown),
    };
    says && text.spoken().count() <= 14 && text.content_set().len() <= 5
}

/// The name of the answer's language when it is clearly not the interview's. Terms and names look
/// foreign, so a language in Latin script must also show its own small words.
pub(crate) fn other_language(interview: &str, answer: &Text<'_>) -> Option<&'static str> {
    if answer.spoken().count() < LANGUAGE_WORDS || interview == "en" && small_words(answer) >= 0.2 {
        return None;
    }
    let (code, name) = named(whichlang::detect_language(&answer.raw));
    let running = SMALL_WORDS.get(code).is_none_or(|small| {
        let met = answer.spoken().filter(|word| small.contains(&word.lower)).count();
        met as f64 >= 0.15 * answer.spoken().count() as f64
    });
    (code != interview && code != "en" && running).then_some(name)
}

/// Whether `text` is written in `language` (ISO 639-1), as far as can be told from its letters and small words.
pub(crate) fn is_written_in(language: &str, text: &str) -> bool {
    named(whichlang::detect_language(text)).0 == language
}

static SMALL_WORDS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/small_words.toml"))
        .expect("the shipped lists are valid; a test reads them")
});

fn named(language: Lang) -> (&'static str, &'static str) {
    match language {
        Lang::Ara => ("ar", "Arabic"),
        Lang::Cmn => ("zh", "Chinese"),
        Lang::Deu => ("de", "German"),
        Lang::Eng => ("en", "English"),
        Lang::Fra => ("fr", "French"),
        Lang::Hin => ("hi", "Hindi"),
        Lang::Ita => ("it", "Italian"),
        Lang::Jpn => ("ja", "Japanese"),
        Lang::Kor => ("ko", "Korean"),
        Lang::Nld => ("nl", "Dutch"),
        Lang::Por => ("pt", "Portuguese"),
        Lang::Rus => ("ru", "Russian"),
        Lang::Spa => ("es", "Spanish"),
        Lang::Swe => ("sv", "Swedish"),
        Lang::Tur => ("tr", "Turkish"),
        Lang::Vie => ("vi", "Vietnamese"),
    }
}
