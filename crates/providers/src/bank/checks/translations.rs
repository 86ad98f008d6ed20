//! Whether translations belong to their originals, and are in their language.

use super::{Finding, error, lawful, review, warning};
use crate::bank::Bank;
use greenroom_domain::bank::{TranslatedQuestion, Translation};
use std::collections::HashSet;
use whichlang::{LANGUAGES, Lang, detect_language};

/// Characters from which the language of a text can be told.
const TELLING_CHARS: usize = 30;

pub(super) fn findings(bank: &Bank) -> Vec<Finding> {
    bank.translations().iter().flat_map(|translation| of(bank, translation)).collect()
}

fn of(bank: &Bank, translation: &Translation) -> Vec<Finding> {
    let file = format!("{}/core", translation.language);
    let mut findings = Vec::new();
    let record = match &translation.review {
        Some(record) => review::of(record, translation.questions.len()),
        None => Some(warning("review", "no second reader of the language has left a [review]")),
    };
    findings.extend(record.map(|fault| fault.at(&file, None)));
    let mut seen = HashSet::new();
    for question in &translation.questions {
        let at = |fault: super::Fault| fault.at(&file, Some(&question.id));
        if !seen.insert(question.id.as_str()) {
            findings.push(at(error("duplicate_id", "is translated twice: keep one")));
        }
        findings.extend(of_question(bank, &translation.language, question).into_iter().map(at));
    }
    let missing = bank.core().iter().filter(|id| !seen.contains(id.as_str()));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    if !missing.is_empty() {
        let message = format!("{} core questions are missing: {}", missing.len(), missing.join(", "));
        findings.push(warning("missing_translation", message).at(&file, None));
    }
    findings
}

fn of_question(bank: &Bank, language: &str, question: &TranslatedQuestion) -> Vec<super::Fault> {
    let mut faults = Vec::new();
    match bank.question(&question.id) {
        None => faults
            .push(error("unknown_question", "is no question of the bank: take its key from the original")),
        Some(original) => {
            if let Err(misfit) = question.of(original) {
                faults.push(error("misfit", format!("{misfit}: translate the original as it is")));
            }
            let has = (question.red_flags.len(), original.red_flags.len());
            if has.0 != has.1 {
                let message = format!("it has {} red flags, the original has {}", has.0, has.1);
                faults.push(warning("misfit", message));
            }
            if question.sounds_like.is_none() && original.sounds_like.is_some() {
                faults.push(warning("sounds_like", "does not say what a 1, a 5 and a 9 sound like"));
            }
        }
    }
    let follow_ups = question.follow_ups.iter().map(|f| f.text.as_str());
    faults.extend([question.text.as_str()].into_iter().chain(follow_ups).filter_map(lawful::fault));
    let points = question.key_points.iter().map(|point| point.says.as_str()).collect::<Vec<_>>().join(" ");
    for (what, text) in
        [("question", question.text.as_str()), ("reference", &question.reference), ("key points", &points)]
    {
        if let Some(found) = other_language(language, text) {
            faults.push(error("wrong_language", format!("the {what} reads like {found}, not {language}")));
        }
    }
    faults
}

/// The code of the language that `text` is in, when that is not `wanted` (ISO 639-1); `None` when it cannot be told.
fn other_language(wanted: &str, text: &str) -> Option<&'static str> {
    let is_known = LANGUAGES.iter().any(|language| code(*language) == wanted);
    let is_long = text.len() >= TELLING_CHARS;
    let found = (is_known && is_long).then(|| code(detect_language(text)))?;
    (found != wanted).then_some(found)
}

fn code(language: Lang) -> &'static str {
    match language {
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
    }
}
