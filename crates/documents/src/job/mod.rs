//! From the text of a job description to what it asks for, each finding with the phrase it came from.

mod clauses;
mod competencies;
mod doubts;
mod duties;
mod position;
mod skills;
mod words;

use crate::lexicon::fold;
use crate::{plain, skill_names};
use greenroom_domain::bank::Competency;
use greenroom_domain::job::{JobPosting, SkillKind};
use greenroom_domain::resume::Warning;
use words::{has_phrase, job_words};

/// Characters that are read; adverts are far shorter.
const MAX_CHARS: usize = 50_000;
/// Different words of job descriptions that make a text one; a job title counts for two.
const ENOUGH_SIGNS: usize = 3;
/// A title alone makes a job description of a text of at most this many words.
const TITLE_ONLY_WORDS: usize = 30;
/// Words from which the language of a text is clear.
const LANGUAGE_WORDS: usize = 8;

/// True when a text names a language that people speak.
pub(crate) fn is_human_language(text: &str) -> bool {
    skill_names::find(text).iter().any(|found| found.kind == SkillKind::Language)
}

/// Reads a job description; `taxonomy` is what competencies are chosen from.
///
/// A text that is none gives the warning `not_a_job_description` and nothing else: nothing is made up.
pub fn read_job(text: &str, taxonomy: &[Competency]) -> JobPosting {
    let text: String = text.chars().take(MAX_CHARS).collect();
    let document = plain::read_markdown(&text);
    let text = document.text();
    let language = language(&text);
    let position = position::position(&document.lines, &text);
    if !is_job(&text, position.is_some()) {
        let message =
            "This does not read like a job description. Paste the advert, or fill in the position yourself.";
        let warnings = vec![Warning::new("not_a_job_description", message)];
        return JobPosting { language, warnings, ..JobPosting::default() };
    }
    let clauses = clauses::clauses(&document.lines);
    // The title is read by its own rules; its words are no requirements.
    let body: Vec<clauses::Clause> =
        clauses.iter().filter(|clause| clause.line > 0 || clauses.len() == 1).cloned().collect();
    JobPosting {
        seniority: position::seniority(position.as_deref(), &text, &clauses),
        employment: position::employment(&text),
        language,
        skills: skills::read(&body),
        responsibilities: duties::read(&body),
        competencies: competencies::read(position.as_deref(), &clauses, taxonomy),
        warnings: doubts::find(&text),
        position,
    }
}

fn is_job(text: &str, has_title: bool) -> bool {
    let folded = fold(text);
    let signs = job_words().signs.iter().filter(|sign| has_phrase(&folded, sign)).take(ENOUGH_SIGNS).count();
    let is_short = folded.split(' ').count() <= TITLE_ONLY_WORDS;
    has_title && (is_short || signs > 0) || signs >= ENOUGH_SIGNS
}

/// ISO 639-1 code of the language, when there is enough text to tell.
fn language(text: &str) -> Option<String> {
    let unspaced = text.chars().filter(|c| crate::lexicon::is_unspaced(*c)).count();
    if text.split_whitespace().count() + unspaced / 2 < LANGUAGE_WORDS {
        return None;
    }
    let code = match whichlang::detect_language(text) {
        whichlang::Lang::Ara => "ar",
        whichlang::Lang::Cmn => "zh",
        whichlang::Lang::Deu => "de",
        whichlang::Lang::Eng => "en",
        whichlang::Lang::Fra => "fr",
        whichlang::Lang::Hin => "hi",
        whichlang::Lang::Ita => "it",
        whichlang::Lang::Jpn => "ja",
        whichlang::Lang::Kor => "ko",
        whichlang::Lang::Nld => "nl",
        whichlang::Lang::Por => "pt",
        whichlang::Lang::Rus => "ru",
        whichlang::Lang::Spa => "es",
        whichlang::Lang::Swe => "sv",
        whichlang::Lang::Tur => "tr",
        whichlang::Lang::Vie => "vi",
    };
    Some(code.to_owned())
}
