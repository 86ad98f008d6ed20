//! Skills that a job asks for: known names, names in capitals, and what stands behind words like "knowledge of".

use super::clauses::{Clause, quote};
use super::words::{Part, has_phrase, job_words};
use crate::lexicon::{fold, words};
use crate::skill_names;
use greenroom_domain::job::{JobSkill, SkillKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A phrase behind a cue has at most this many words.
const MAX_PHRASE_WORDS: usize = 5;
/// An item of a list of names has at most this many words.
const MAX_ITEM_WORDS: usize = 3;
/// Skills beyond this are left out.
const MAX_SKILLS: usize = 80;

static ACRONYM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[A-Z][A-Z0-9&/-]*[A-Z0-9]\+?|[A-Z][a-z]+[A-Z][A-Za-z0-9]*|[a-z]+[A-Z][A-Za-z]+)\b")
        .expect("the pattern is constant")
});
static CUES: LazyLock<Regex> = LazyLock::new(|| {
    let mut cues: Vec<String> = job_words().cues.before_skill.iter().map(|cue| regex::escape(cue)).collect();
    cues.sort_by_key(|cue| std::cmp::Reverse(cue.len()));
    Regex::new(&format!(r"(?i)\b(?:{})\s+", cues.join("|")))
        .expect("the pattern is built from embedded data, as tests show")
});
/// Words at the start or end of a phrase that are not part of its name.
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:the|a|an|at least one|one or more|one|any|some|modern|common|relevant|various|other|different|similar|our|your|their|using|working|der|die|das|den|dem|einem|einer|gängigen|modernen|la|le|les|el|los|las|il|lo|gli|de|het)\s+|\s+(?:is|are|in|on|at|for|to|as|within|such|or similar|or equivalent|required|preferred|desirable|a plus|an advantage|ist|sind|oder ähnliche[sn]?)(?:\s.*)?$").expect("the pattern is constant")
});

/// A name and where it stands in its clause.
struct Candidate {
    range: Range<usize>,
    kind: SkillKind,
    /// Equal for all spellings of one known skill.
    identity: String,
}

/// All skills that the clauses ask for, in order, each with the phrase it comes from.
pub(super) fn read(clauses: &[Clause]) -> Vec<JobSkill> {
    let mut skills: Vec<(String, JobSkill)> = Vec::new();
    for clause in clauses.iter().filter(|clause| clause.part != Part::Other) {
        for candidate in candidates(clause) {
            let is_required = clause.is_required(&candidate.range);
            let known = skills.iter_mut().find(|(identity, _)| *identity == candidate.identity);
            match known {
                Some((_, skill)) => {
                    // What is asked for once is asked for.
                    if is_required && !skill.required {
                        skill.required = true;
                        skill.evidence = quote(&clause.text, &candidate.range);
                    }
                }
                None => {
                    let name = clause.text[candidate.range.clone()].to_owned();
                    let evidence = quote(&clause.text, &candidate.range);
                    let known_as = skill_names::skill_of(&name).map(|skill| skill.name);
                    let skill =
                        JobSkill { name, kind: candidate.kind, known_as, required: is_required, evidence };
                    skills.push((candidate.identity, skill));
                }
            }
        }
    }
    skills.truncate(MAX_SKILLS);
    skills.into_iter().map(|(_, skill)| skill).collect()
}

fn candidates(clause: &Clause) -> Vec<Candidate> {
    let text = &clause.text;
    let speaks_of_languages = {
        let folded = fold(text);
        let is_asked = matches!(clause.part, Part::Required | Part::Optional);
        is_asked || job_words().cues.language.iter().any(|cue| has_phrase(&folded, cue))
    };
    let mut all: Vec<Candidate> = skill_names::find(text)
        .into_iter()
        .filter(|found| found.is_certain() && (found.kind != SkillKind::Language || speaks_of_languages))
        .filter(|found| !is_shouted(text) || found.kind == SkillKind::Language)
        .map(|found| Candidate {
            identity: format!("#{}", found.skill),
            range: found.range,
            kind: found.kind,
        })
        .collect();
    add_new(&mut all, phrases(text));
    if clause.is_inline && matches!(clause.part, Part::Required | Part::Optional) {
        add_new(&mut all, listed(text));
    }
    let is_list = matches!(clause.part, Part::Required | Part::Optional | Part::Duties);
    if is_list && !is_shouted(text) {
        add_new(&mut all, acronyms(text));
    }
    all.sort_by_key(|candidate| candidate.range.start);
    all
}

/// Adds what does not overlap with a known name.
fn add_new(all: &mut Vec<Candidate>, more: Vec<Candidate>) {
    for candidate in more {
        let overlaps =
            all.iter().any(|c| c.range.start < candidate.range.end && candidate.range.start < c.range.end);
        if !overlaps {
            all.push(candidate);
        }
    }
}

fn acronyms(text: &str) -> Vec<Candidate> {
    let found = ACRONYM.find_iter(text).filter(|m| {
        let word = m.as_str();
        !job_words().ignored_acronyms.iter().any(|ignored| ignored.eq_ignore_ascii_case(word))
            && (2..=24).contains(&word.len())
    });
    found.map(|m| Candidate { range: m.range(), kind: SkillKind::Tool, identity: fold(m.as_str()) }).collect()
}

/// "experience with point-of-care testing": up to the end of the phrase.
fn phrases(text: &str) -> Vec<Candidate> {
    let mut all = Vec::new();
    for cue in CUES.find_iter(text) {
        let rest = &text[cue.end()..];
        let end = rest.find([',', '(', ')', '.', ';', ':', '/', '–', '—']).unwrap_or(rest.len());
        let joint =
            [" and ", " or ", " und ", " oder ", " sowie ", " y ", " et ", " ou ", " e ", " en ", " of "];
        let end = joint.iter().filter_map(|word| rest[..end].find(word)).min().unwrap_or(end);
        let mut range = cue.end()..cue.end() + end;
        while let Some(filler) = FILLER.find(text[range.clone()].trim_end()) {
            let length = text[range.clone()].trim_end().len();
            range = if filler.start() == 0 {
                range.start + filler.end()..range.start + length
            } else {
                range.start..range.start + filler.start()
            };
        }
        range.end = range.start + text[range.clone()].trim_end().len();
        let phrase = &text[range.clone()];
        let words = phrase.split_whitespace().count();
        // A phrase in lower case of one general word ("experience with people") says little.
        let is_telling = words > 1 || phrase.chars().next().is_some_and(char::is_uppercase);
        if (1..=MAX_PHRASE_WORDS).contains(&words)
            && is_telling
            && phrase.chars().count() > 2
            && !is_person_or_thing(phrase)
        {
            all.push(Candidate { identity: fold(phrase), kind: SkillKind::Hard, range });
        }
    }
    all
}

/// "Desirable: Makaton, epilepsy awareness": short items between commas name what is asked for.
fn listed(text: &str) -> Vec<Candidate> {
    let mut items = Vec::new();
    let mut from = 0;
    for piece in text.split(',') {
        let start = from + piece.len() - piece.trim_start().len();
        let item = piece.trim().trim_end_matches('.');
        items.push((start..start + item.len(), item));
        from += piece.len() + 1;
    }
    let is_item = |item: &str| (1..=MAX_ITEM_WORDS).contains(&item.split_whitespace().count());
    if items.len() < 2 {
        return Vec::new();
    }
    let named = items.into_iter().filter(|(_, item)| {
        is_item(item)
            && item.chars().count() > 2
            && !item.chars().any(|c| c.is_ascii_digit())
            && !is_person_or_thing(item)
            && !words().degrees.is_in(item)
            && job_words().cues.optional.iter().all(|cue| !has_phrase(&fold(item), cue))
    });
    named.map(|(range, item)| Candidate { identity: fold(item), kind: SkillKind::Hard, range }).collect()
}

/// Pronouns and general nouns show that the phrase names no skill.
fn is_person_or_thing(phrase: &str) -> bool {
    let folded = fold(phrase);
    [
        "this",
        "that",
        "these",
        "those",
        "you",
        "us",
        "we",
        "it",
        "them",
        "what",
        "how",
        "why",
        "people",
        "someone",
        "similar",
        "role",
        "position",
        "field",
        "company",
        "working",
        "years",
        "team",
        "teams",
        "environment",
        "area",
    ]
    .iter()
    .any(|word| has_phrase(&folded, word))
}

/// True for lines in capitals, where capital letters say nothing.
fn is_shouted(text: &str) -> bool {
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    let lower = text.chars().filter(|c| c.is_lowercase()).count();
    upper > 12 && upper > lower
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Line;
    use rstest::rstest;

    fn of(text: &str) -> Vec<(String, bool)> {
        let lines: Vec<Line> = text.lines().map(Line::plain).collect();
        read(&super::super::clauses::clauses(&lines)).into_iter().map(|s| (s.name, s.required)).collect()
    }

    #[rstest]
    #[case("Requirements\n- Solid knowledge of WCAG 2.2 and CSS\n- PRINCE2", &["WCAG", "CSS", "PRINCE2"], &[])]
    #[case("Essential: SQL; safe medicines management\nDesirable: venepuncture", &["SQL", "medicines management"], &["venepuncture"])]
    #[case("English needed, any other language is a bonus", &["English"], &[])]
    #[case("Your profile\n- Experience with point-of-care testing", &["point-of-care testing"], &[])]
    #[case("Ihr Profil: sehr gute SQL-Kenntnisse; sicheres Deutsch\nVon Vorteil: dbt", &["SQL", "Deutsch"], &["dbt"])]
    #[case("We interview in English. We offer a pension.", &[], &[])]
    #[case("Desirable: Makaton, epilepsy awareness, a diploma in care.", &[], &["Makaton", "epilepsy awareness"])]
    #[case("Essential: you like people.", &[], &[])]
    #[case("Benefits\n- Python meetups", &[], &[])]
    #[case("Requirements\n- Experience with message queues such as Kafka", &["message queues", "Kafka"], &[])]
    fn required_and_optional(#[case] text: &str, #[case] required: &[&str], #[case] optional: &[&str]) {
        let all = of(text);
        let names = |wanted: bool| -> Vec<&str> {
            all.iter().filter(|(_, r)| *r == wanted).map(|(n, _)| n.as_str()).collect()
        };
        assert_eq!((names(true), names(false)), (required.to_vec(), optional.to_vec()));
    }
}
