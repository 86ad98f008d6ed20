//! Features -> criteria, each with a reason in words and quotes from the answer.

use crate::compare::Terms;
use crate::evidence;
use crate::features::{Manner, Story, covered_share};
use crate::key_points::Coverage;
use crate::text::{LISTS, Sentence};
use greenroom_domain::evaluation::{CriterionResult, NotAssessed, Outcome, Quote};
use greenroom_domain::interview::InterviewType;
use greenroom_domain::rubric::{Rubric, round1};
use rustc_hash::FxHashSet as HashSet;

/// Quotes for one criterion at most.
const MAX_QUOTES: usize = 3;

/// What was measured of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// How it is said.
    pub manner: Manner,
    /// The same of the sentences that say something.
    pub told: Manner,
    /// Its parts.
    pub story: Story,
    /// The kind of question.
    pub kind: Option<InterviewType>,
    /// Share of what a full answer says, 0..=1, when that is known.
    pub coverage: Option<f64>,
    /// Where that share lies four times out of five, when it is to be said.
    pub range: Option<(f64, f64)>,
    /// Key points with their coverage.
    pub points: &'a [Coverage],
    /// The answer.
    pub answer: &'a Terms<'a>,
    /// The question.
    pub question: &'a Terms<'a>,
    /// What a full answer says, when it is known.
    pub target: Option<&'a Terms<'a>>,
}

/// Criteria that are judged in English only: their signs are English words.
const ENGLISH_ONLY: [&str; 6] =
    ["structure", "problem_solving", "confidence", "evidence", "experience", "professionalism"];

/// The outcome for a criterion. Criteria of all shipped rubrics are known by their keys; what words alone
/// cannot show is not assessed.
pub fn outcome(key: &str, m: &Measured<'_>) -> Outcome {
    if m.answer.text.language.is_some() && ENGLISH_ONLY.contains(&key) {
        return no_evidence("The built-in scorer judges this in English only.");
    }
    match key {
        "clarity" | "communication" => clarity(m),
        "relevance" => relevance(m),
        "completeness" | "technical_accuracy" | "technical_competency" | "depth" => completeness(m),
        "structure" | "problem_solving" => structure(m),
        "confidence" => confidence(m),
        "evidence" | "experience" => specificity(m),
        "professionalism" => professionalism(m),
        _ => Outcome::NotAssessed {
            cause: NotAssessed::NoEvidence,
            reason: "The built-in scorer cannot judge this from words alone.".into(),
        },
    }
}

fn clarity(m: &Measured<'_>) -> Outcome {
    let long = ((m.manner.sentence_length - 24.0) / 6.0).clamp(0.0, 3.0);
    let noise = (m.manner.fillers * 0.5 + m.manner.vague * 0.35).min(4.0);
    let repeats = ((m.manner.repetition - 2.2) * 1.5).clamp(0.0, 2.0);
    let thin = if m.told.words < 20 { 2.5 } else { 0.0 };
    let salad = if m.manner.salad { 6.0 } else { 0.0 };
    let reason = if salad > 0.0 {
        "These are terms in a row, without sentences that say something about them."
    } else if noise >= 1.5 {
        "Filler or vague words stand where facts could stand."
    } else if long >= 1.0 {
        "The sentences are long; shorter ones are easier to follow aloud."
    } else if thin > 0.0 {
        "It is easy to follow, but very short."
    } else if m.answer.text.language.is_some() {
        "The sentences are of a length that is easy to follow."
    } else {
        "The sentences are of a length that is easy to follow, with few empty words."
    };
    let weak = if noise >= 1.5 {
        m.answer.text.sentence_with(&LISTS.vague).or(m.answer.text.filled_sentence())
    } else {
        longest(m)
    };
    let value = (9.0 - long - noise - repeats - thin - salad).max(1.0);
    assessed(1.0 + (value - 1.0) * on_subject(m), &held_down(reason, m), quotes(m, weak))
}

fn relevance(m: &Measured<'_>) -> Outcome {
    let Some(closest) = closest_sentence(m) else {
        return no_evidence("Nothing in the answer takes up what was asked.");
    };
    let (asked, have) = (&m.question.keys, &m.answer.keys);
    let is_about =
        |key: &&u64| asked.contains(*key) || m.target.is_some_and(|target| target.keys.contains(*key));
    let share = have.iter().filter(is_about).count() as f64 / have.len().max(1) as f64;
    let covered = m.coverage.unwrap_or(share);
    let value = 1.0 + 9.0 * (0.55 * (covered * 1.4).min(1.0) + 0.45 * (share * 2.2).min(1.0));
    let reason = if value >= 7.0 {
        "The answer takes up what was asked and stays with it."
    } else if value >= 4.0 {
        "Part of what is said takes up what was asked; part of it leads elsewhere."
    } else {
        "Few of the words take up what was asked."
    };
    assessed(penalised(value, m), reason, quotes(m, Some(closest)))
}

fn completeness(m: &Measured<'_>) -> Outcome {
    let Some(coverage) = m.coverage else {
        return no_evidence("Nobody wrote down what a full answer says, so completeness cannot be judged.");
    };
    let met: Vec<&Coverage> = m.points.iter().filter(|point| point.result.covered).collect();
    let missing: Vec<&str> =
        m.points.iter().filter(|p| !p.result.covered).map(|point| point.result.text.as_str()).collect();
    let mut found: Vec<Quote> = met.iter().filter_map(|point| point.result.quote.clone()).collect();
    found.dedup();
    found.truncate(MAX_QUOTES);
    if found.is_empty() {
        found
            .extend(closest_sentence(m).map(|sentence| evidence::quote(&m.answer.text, sentence.at.clone())));
    }
    let reason = match (met.len(), missing.as_slice()) {
        (_, []) if m.points.is_empty() => {
            format!("It says about {:.0} % of what the reference says.", coverage * 100.0)
        }
        (_, []) => "Every key point was found.".to_owned(),
        (0, missing) => format!("No key point was found. Not found: {}.", missing.join("; ")),
        (n, missing) => {
            format!("{n} of {} key points were found. Not found: {}.", m.points.len(), missing.join("; "))
        }
    };
    let mark = |coverage: f64| penalised(1.0 + 9.0 * coverage.powf(0.8), m).clamp(1.0, 10.0);
    ranged(assessed(mark(coverage), &reason, found), m.range.map(|(low, high)| (mark(low), mark(high))))
}

/// Says how unsure a mark is.
fn ranged(outcome: Outcome, unsure: Option<(f64, f64)>) -> Outcome {
    match (outcome, unsure) {
        (Outcome::Assessed { score, reason, quotes, .. }, Some((low, high))) => {
            Outcome::Assessed { score, range: Some((round1(low), round1(high))), reason, quotes }
        }
        (outcome, _) => outcome,
    }
}

fn structure(m: &Measured<'_>) -> Outcome {
    let share = m.story.share(m.kind);
    let sentences = (m.told.sentences as f64 / 4.0).min(1.0);
    let behavioral = m.kind == Some(InterviewType::Behavioral);
    let missing: Vec<&str> = if behavioral {
        [
            (m.story.situation, "the situation"),
            (m.story.task, "your task"),
            (m.story.action, "what you did"),
            (m.story.result, "the result"),
        ]
        .into_iter()
        .filter(|(there, _)| !there)
        .map(|(_, part)| part)
        .collect()
    } else {
        [
            (m.story.reason, "a reason"),
            (m.story.example || m.story.figure, "an example"),
            (m.story.ordered, "an order of steps"),
        ]
        .into_iter()
        .filter(|(there, _)| !there)
        .map(|(_, part)| part)
        .collect()
    };
    let reason = if missing.is_empty() {
        "The parts of a good answer are there, in an order that can be followed.".to_owned()
    } else {
        format!("What could not be found: {}.", missing.join(", "))
    };
    let cue = if behavioral { &LISTS.result } else { &LISTS.reason };
    let shown = m.answer.text.sentence_with(cue).or_else(|| m.answer.text.sentences.first());
    assessed(
        penalised(1.0 + 9.0 * (0.7 * share + 0.3 * sentences) * body(m) * on_subject(m), m),
        &reason,
        quotes(m, shown),
    )
}

fn confidence(m: &Measured<'_>) -> Outcome {
    let hedged = (m.manner.hedges * 0.9).min(5.0) + (m.manner.retractions as f64).min(2.0);
    let own = if m.kind == Some(InterviewType::Behavioral) && !m.story.own { 2.0 } else { 0.0 };
    let thin = if m.told.words < 20 { 2.5 } else { 0.0 };
    let salad = if m.manner.salad { 5.0 } else { 0.0 };
    let (reason, shown) = if hedged >= 1.5 {
        (
            "Words such as “I think” or “maybe” weaken what is said.",
            m.answer.text.sentence_with(&LISTS.hedges),
        )
    } else if own > 0.0 {
        ("It is not clear what you did yourself; say “I” where it was you.", m.answer.text.sentences.first())
    } else {
        ("The claims are made plainly.", m.answer.text.sentence_with(&LISTS.action))
    };
    let value = (9.0 - hedged - own - thin - salad).max(1.0);
    let shown = quotes(m, shown.or_else(|| longest(m)));
    assessed(1.0 + (value - 1.0) * on_subject(m), &held_down(reason, m), shown)
}

fn specificity(m: &Measured<'_>) -> Outcome {
    let parts = [m.story.figure, m.story.example, m.story.own, m.story.result];
    let share = parts.iter().filter(|part| **part).count() as f64 / parts.len() as f64;
    let reason = if m.story.figure {
        "Figures or cases make it possible to check what is said."
    } else {
        "A figure or a case in point would make it possible to check what is said."
    };
    let figures = m
        .answer
        .text
        .sentences
        .iter()
        .find(|sentence| m.answer.text.raw[sentence.at.clone()].chars().any(char::is_numeric));
    let shown = figures.or_else(|| m.answer.text.sentence_with(&LISTS.example)).or_else(|| longest(m));
    assessed(
        penalised(1.0 + 9.0 * (0.25 + 0.75 * share) * body(m) * on_subject(m), m),
        reason,
        quotes(m, shown),
    )
}

fn professionalism(m: &Measured<'_>) -> Outcome {
    let noise = (m.manner.fillers * 0.6 + m.manner.vague * 0.2).min(4.0);
    let salad = if m.manner.salad { 5.0 } else { 0.0 };
    assessed(
        8.0 - noise - salad,
        "Judged by the choice of words only.",
        quotes(m, m.answer.text.sentences.first()),
    )
}

/// 0.3..=1: how well it is said shows little when it answers another question.
fn on_subject(m: &Measured<'_>) -> f64 {
    let about = m.coverage.unwrap_or_else(|| {
        let (asked, have) = (&m.question.keys, &m.answer.keys);
        have.intersection(asked).count() as f64 / asked.len().max(1) as f64
    });
    (0.3 + 0.7 * about / 0.22).min(1.0)
}

/// Says so when a mark is lower than its reason alone would make it.
fn held_down(reason: &str, m: &Measured<'_>) -> String {
    if on_subject(m) < 0.8 {
        format!("{reason} Few of the words take up the question, and that holds the mark down.")
    } else {
        reason.to_owned()
    }
}

/// 0.4..=1: very short answers cannot show much.
fn body(m: &Measured<'_>) -> f64 {
    (0.4 + m.told.words as f64 / 75.0).min(1.0)
}

fn penalised(value: f64, m: &Measured<'_>) -> f64 {
    if m.manner.salad { 1.0 + (value - 1.0) * 0.2 } else { value }
}

fn closest_sentence<'a>(m: &Measured<'a>) -> Option<&'a Sentence> {
    let target = m.target.unwrap_or(m.question);
    let none = HashSet::default();
    let share =
        |sentence: &Sentence| covered_share(&m.answer.list[m.answer.among(&sentence.words)], target, &none);
    m.answer.text.sentences.iter().max_by(|a, b| share(a).total_cmp(&share(b)))
}

fn longest<'a>(m: &Measured<'a>) -> Option<&'a Sentence> {
    m.answer.text.sentences.iter().max_by_key(|sentence| sentence.words.len())
}

fn quotes(m: &Measured<'_>, sentence: Option<&Sentence>) -> Vec<Quote> {
    let shown = sentence.or_else(|| m.answer.text.sentences.first());
    shown.map(|sentence| evidence::quote(&m.answer.text, sentence.at.clone())).into_iter().collect()
}

/// No quote, no score.
fn assessed(value: f64, reason: &str, quotes: Vec<Quote>) -> Outcome {
    if quotes.is_empty() {
        return no_evidence(reason);
    }
    Outcome::Assessed { score: round1(value.clamp(1.0, 10.0)), range: None, reason: reason.into(), quotes }
}

fn no_evidence(reason: &str) -> Outcome {
    Outcome::NotAssessed { cause: NotAssessed::NoEvidence, reason: reason.into() }
}

/// Strengths and areas to improve, naming criteria, key points and quotes.
pub fn in_words(
    results: &[CriterionResult],
    rubric: &Rubric,
    points: &[Coverage],
) -> (Vec<String>, Vec<String>) {
    let label =
        |key: &str| rubric.criteria.iter().find(|c| c.key == key).map_or(key.to_owned(), |c| c.label.clone());
    let mut strengths = Vec::new();
    let mut areas = Vec::new();
    for point in points {
        match &point.result.quote {
            Some(quote) => strengths.push(format!("You said it: {} (“{}”).", point.result.text, quote.text)),
            None if point.weight >= 2 => {
                areas.push(format!("Not found: {}. For example: “{}”", point.result.text, point.says))
            }
            None => {}
        }
    }
    for result in results {
        match result.score() {
            Some(score) if score >= 7.5 => {
                strengths.push(format!("{}: {}", label(&result.key), result.reason()))
            }
            Some(score) if score < 5.5 => areas.push(format!("{}: {}", label(&result.key), result.reason())),
            _ => {}
        }
    }
    strengths.truncate(5);
    areas.truncate(5);
    (strengths, areas)
}
