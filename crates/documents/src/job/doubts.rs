//! What the author of a job description should look at: requirements that law does not allow, and gaps.

use greenroom_domain::resume::Warning;
use regex::Regex;
use std::sync::LazyLock;

/// A shorter text says too little to plan an interview by.
const SHORT_WORDS: usize = 40;

static AGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:over|above|at\s+least|minimum\s+(?:age\s+(?:of\s+)?)?|must\s+be|under|below|younger\s+than|older\s+than|up\s+to|aged?|age\s*:?|max(?:imum)?\.?\s+age\s*(?:of|:)?|between|not\s+older\s+than)\s+(?P<n>1[4-9]|[2-6]\d)\b
            (?:\s*(?:-|–|to|and)\s*\d{2})?(?P<unit>\s*(?:years?|yrs?)?\s*(?:old|of\s+age)?)
        | \b(?P<german>mindestalter|höchstalter|altersgrenze|maximal\s+\d{2}\s+jahre|höchstens\s+\d{2}\s+jahre|nicht\s+älter\s+als|ab\s+1[68]\s+jahren|edad\s+(?:máxima|mínima)|âge\s+(?:maximum|minimum)|entre\s+\d{2}\s+(?:y|et|e)\s+\d{2}\s+(?:años|ans|anos))\b
        | \b(?P<young>young\s+(?:and\s+\p{L}+\s+)?(?:professional|talent|person|candidate|man|woman|lady)s?|digital\s+natives?|youthful|junges?,?\s+(?:und\s+)?dynamische[sn]?\s+team)\b
        ",
    )
    .expect("the pattern is constant")
});
static LAWFUL_MINIMUM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:over|above|at least|minimum|must be|aged?|mindestalter|ab)\D{0,20}(?:16|18|21)\b")
        .expect("the pattern is constant")
});
static UNLAWFUL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:male|female|men|women|males|females|ladies|gentlemen)\s+(?:only|candidates?\s+only|applicants?\s+only|preferred)\b
        | \bonly\s+(?:men|women|males?|females?)\b
        | \bnur\s+(?:männer|frauen|männliche|weibliche)\b | \bsolo\s+(?:hombres|mujeres)\b
        | \bnative\s+(?:\p{L}+\s+)?speakers?(?:\s+only)?\b | \bmuttersprachler(?:in)?\b
        | \b(?:christian|muslim|hindu|jewish|catholic|protestant)s?\s+(?:only|candidates?|preferred)\b
        | \b(?:un)?married\s+(?:only|candidates?|preferred)\b | \bsingle\s+candidates?\b | \bno\s+(?:children|pregnan\p{L}+)\b | \bnot\s+pregnant\b
        | \b(?:no\s+disabilit\p{L}+|able-bodied|physically\s+perfect)\b
        | \b(?:attractive|good[-\s]looking|pleasant\s+appearance|presentable\s+appearance)\b
        | \b(?:local\s+nationals?|citizens?)\s+only\b | \bno\s+(?:foreigners|immigrants)\b
        | \bno\s+union\s+members?\b
        ",
    )
    .expect("the pattern is constant")
});

/// The doubts about a text that is a job description.
pub(super) fn find(text: &str) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if text.split_whitespace().count() < SHORT_WORDS
        && text.chars().filter(|c| crate::lexicon::is_unspaced(*c)).count() < SHORT_WORDS
    {
        warnings.push(Warning::new(
            "too_short",
            "The text is short; questions will be general. Add duties and requirements.",
        ));
    }
    for found in AGE.captures_iter(text) {
        let phrase = found.get(0).map_or("", |m| m.as_str()).trim();
        if let Some(warning) = age(text, &found, phrase) {
            warnings.push(warning);
            break;
        }
    }
    if let Some(found) = UNLAWFUL.find(text) {
        let phrase = found.as_str();
        warnings.push(Warning::new(
            "unlawful_requirement",
            format!("\u{201c}{phrase}\u{201d} may be unlawful discrimination. Ask for what the work needs instead."),
        ));
    }
    warnings
}

fn age(text: &str, found: &regex::Captures<'_>, phrase: &str) -> Option<Warning> {
    let whole = found.get(0)?;
    if let Some(unit) = found.name("unit") {
        // "at least 20 clients", "over 30 countries": a number of something else.
        let after = text[whole.end()..].trim_start();
        let has_unit = !unit.as_str().trim().is_empty();
        let names_age = phrase.to_lowercase().contains("age");
        let is_years_of_work = ["experience", "of experience", "in ", "with "]
            .iter()
            .any(|w| after.to_lowercase().starts_with(w))
            && !unit.as_str().contains("old");
        let stands_alone = after.is_empty() || after.starts_with(['.', ',', ';', '(', ')', '!', '\n']);
        if is_years_of_work
            || !(names_age
                || unit.as_str().contains("old")
                || unit.as_str().contains("age")
                || (stands_alone && (!has_unit || phrase.to_lowercase().contains("must be"))))
        {
            return None;
        }
        // "At least 30." alone says nothing about age; "must be over 18" does.
        let before = text[..whole.start()].to_lowercase();
        if !has_unit
            && !names_age
            && !before.trim_end().ends_with("be")
            && !phrase.to_lowercase().starts_with("must be")
        {
            return None;
        }
    }
    let message = if LAWFUL_MINIMUM.is_match(phrase) {
        format!(
            "\u{201c}{phrase}\u{201d} is an age requirement. A minimum age is lawful only where the law sets it (for example serving alcohol); other age limits are not."
        )
    } else {
        format!(
            "\u{201c}{phrase}\u{201d} is an age requirement. Age limits are unlawful in most jobs; ask for what the work needs instead."
        )
    };
    Some(Warning::new("age_requirement", message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Must be over 18 (we serve alcohol).", &["age_requirement"])]
    #[case("Applicants between 25 and 35 years old", &["age_requirement"])]
    #[case("Maximum age: 35", &["age_requirement"])]
    #[case("We want digital natives", &["age_requirement"])]
    #[case("female candidates only, good-looking", &["unlawful_requirement"])]
    #[case("Native English speakers only", &["unlawful_requirement"])]
    #[case("at least 20 years experience with over 30 clients", &[])]
    #[case("teams in over 40 countries", &[])]
    fn warnings(#[case] text: &str, #[case] codes: &[&str]) {
        let found: Vec<String> =
            find(text).into_iter().map(|w| w.code).filter(|c| c != "too_short").collect();
        assert_eq!(found, codes);
    }
}
