//! A reply held against the answer: what code cannot verify does not count.

use super::kept::MIN_QUOTE_WORDS;
use super::reply::{CriterionReply, PointReply, Reply, Status};
use crate::model_text::plain;
use crate::model_text::prepared::Prepared;
use greenroom_domain::evaluation::{NotAssessed, Outcome, Quote};
use greenroom_domain::rubric::{Rubric, round1};

/// Quotes for one criterion at most.
const MAX_QUOTES: usize = 3;
/// Quotes of one criterion that are looked up at most.
const MAX_CLAIMS: usize = 8;
/// Longest reason, characters.
const REASON_CHARS: usize = 600;
/// Longest strength or area, characters.
const LINE_CHARS: usize = 300;
/// Strengths and areas at most, of each.
const MAX_LINES: usize = 5;

/// What a reply is held against.
#[derive(Clone, Copy)]
pub(super) struct Bench<'a> {
    /// The rubric.
    pub rubric: &'a Rubric,
    /// The answer.
    pub answer: &'a Prepared<'a>,
    /// Number of key points.
    pub points: usize,
    /// All that was sent: the model may quote from it in its own sentences.
    pub sources: &'a [&'a str],
}

/// What is left of one reply.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    /// For each criterion its outcome; `None` when nothing supports the result.
    pub criteria: Vec<Option<Outcome>>,
    /// For each key point the words that say it.
    pub points: Vec<Option<Quote>>,
    /// What was good.
    pub strengths: Vec<String>,
    /// What to do better.
    pub areas: Vec<String>,
}

impl Bench<'_> {
    /// What is left of `reply`.
    pub fn findings(&self, reply: &Reply) -> Findings {
        let outcome = |key: &str| {
            let mut entries = reply.criteria.iter().filter(|entry| entry.key == key);
            // Two results for one criterion contradict each other: neither counts.
            entries.next().filter(|_| entries.next().is_none()).and_then(|entry| self.outcome(entry))
        };
        Findings {
            criteria: self.rubric.criteria.iter().map(|criterion| outcome(&criterion.key)).collect(),
            points: (1..=self.points).map(|number| self.point(number, &reply.key_points)).collect(),
            strengths: self.lines(&reply.strengths),
            areas: self.lines(&reply.areas_for_improvement),
        }
    }

    fn outcome(&self, entry: &CriterionReply) -> Option<Outcome> {
        let reason = plain::without_inventions(&plain::line(&entry.reasoning, REASON_CHARS), self.sources);
        if entry.status == Status::NotAssessed {
            let reason =
                if reason.is_empty() { "Nothing in the answer shows it.".to_owned() } else { reason };
            return Some(Outcome::NotAssessed { cause: NotAssessed::NoEvidence, reason: reason.into() });
        }
        let Some(score) = entry.score.filter(|score| (1.0..=10.0).contains(score)) else {
            let reason = "The judge gave no mark between 1 and 10.".into();
            return Some(Outcome::NotAssessed { cause: NotAssessed::JudgeFailed, reason });
        };
        let mut quotes: Vec<Quote> = Vec::new();
        for quote in entry
            .quotes
            .iter()
            .take(MAX_CLAIMS)
            .filter_map(|claimed| self.answer.quote(claimed, MIN_QUOTE_WORDS))
        {
            if quotes.len() < MAX_QUOTES && !quotes.contains(&quote) {
                quotes.push(quote);
            }
        }
        (!quotes.is_empty() && !reason.is_empty()).then(|| Outcome::Assessed {
            score: round1(score),
            range: None,
            reason: reason.into(),
            quotes,
        })
    }

    fn point(&self, number: usize, points: &[PointReply]) -> Option<Quote> {
        let mut entries = points.iter().filter(|point| point.number == number);
        let entry = entries.next().filter(|_| entries.next().is_none())?;
        entry
            .quote
            .as_deref()
            .filter(|_| entry.covered)
            .and_then(|claimed| self.answer.quote(claimed, MIN_QUOTE_WORDS))
    }

    fn lines(&self, lines: &[String]) -> Vec<String> {
        let fit = |line: &String| !line.is_empty() && !plain::invents(line, self.sources);
        let whole = lines.iter().filter(|line| !plain::has_link(line));
        whole.map(|line| plain::line(line, LINE_CHARS)).filter(fit).take(MAX_LINES).collect()
    }
}

impl Findings {
    /// Criteria, by their places in the rubric, that nothing supports.
    pub fn unsupported(&self) -> Vec<usize> {
        (0..self.criteria.len()).filter(|index| self.criteria[*index].is_none()).collect()
    }

    /// Takes from `second` what was missing here.
    pub fn complete_with(&mut self, second: Findings) {
        for (first, second) in self.criteria.iter_mut().zip(second.criteria) {
            if first.is_none() {
                *first = second;
            }
        }
    }
}
