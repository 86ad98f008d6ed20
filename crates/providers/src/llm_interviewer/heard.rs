//! What a header says, looked up: only words that stand in the answers count.

use super::case_file::CaseFile;
use super::header::{Choice, Header};
use super::history;
use super::person::Person;
use super::said::Part;
use crate::interviewer::Brief;
use crate::model_text::prepared::Prepared;
use greenroom_domain::evaluation::Quote;
use greenroom_domain::ids::ResponseId;
use greenroom_domain::interview::{Grounding, GroundingSource, Question, State};

/// Words that a quote about conduct must have, or all of a shorter answer: a single word stands in nearly every answer,
/// and three such notes end an interview.
const CONDUCT_WORDS: usize = 3;
/// Words that any other quote must have, or all of a shorter answer.
const QUOTE_WORDS: usize = 2;
/// Questions of the candidate in one answer.
const MAX_ASKED: usize = 3;

/// What a header is held against.
pub(super) struct Ears<'a> {
    state: &'a State,
    person: Person<'a>,
    case: &'a CaseFile,
    last: Prepared<'a>,
    may_follow_up: bool,
    ends: bool,
    translate: bool,
}

/// What is left of a header.
#[derive(Debug)]
pub(super) struct Heard {
    /// What the words after it are for.
    pub part: Part,
    /// What a follow-up asks about.
    pub said: Option<Quote>,
    /// Questions of the candidate with the lines that answer them.
    pub asked: Vec<(Quote, Option<Grounding>)>,
    /// Words that have no place in an interview.
    pub conduct: Option<Quote>,
    /// Words of an earlier answer and of the last one.
    pub contrast: Option<(ResponseId, Quote, Quote)>,
}

impl<'a> Ears<'a> {
    /// Ears for the last answer; `None` when there is none.
    pub fn new(
        brief: &Brief<'a>,
        state: &'a State,
        case: &'a CaseFile,
        planned: Option<&Question>,
        may_follow_up: bool,
    ) -> Option<Self> {
        let person = Person::of(brief);
        let (_, response) = history::answered(state).pop()?;
        Some(Self {
            last: person.prepared(&response.content),
            translate: planned.is_some_and(|question| is_foreign(question, state)),
            ends: planned.is_none(),
            state,
            person,
            case,
            may_follow_up,
        })
    }

    /// Whether the planned question is to be translated.
    pub fn translates(&self) -> bool {
        self.translate
    }

    /// What is left of `header`.
    pub fn heard(&self, header: &Header) -> Heard {
        let quote = |claimed: &str, words| self.last.quote(claimed.trim_end_matches('…'), words);
        let said = header.quote.as_deref().and_then(|claimed| quote(claimed, QUOTE_WORDS));
        let part = match header.choice {
            Choice::FollowUp if self.may_follow_up && said.is_some() => Part::FollowUp,
            Choice::FollowUp => Part::Refused,
            Choice::Next if self.ends => Part::Farewell,
            Choice::Next => Part::Next { translate: self.translate },
        };
        let mut asked: Vec<(Quote, Option<Grounding>)> = Vec::new();
        for claim in header.asked.iter().flatten() {
            if let Some(found) = quote(&claim.quote, QUOTE_WORDS)
                && asked.len() < MAX_ASKED
                && !asked.iter().any(|(other, _)| *other == found)
            {
                asked.push((found, self.job_line(claim.line.as_deref())));
            }
        }
        Heard {
            part,
            said: said.filter(|_| part == Part::FollowUp),
            asked,
            conduct: header.conduct.as_deref().and_then(|claimed| quote(claimed, CONDUCT_WORDS)),
            contrast: self.contrast(header),
        }
    }

    /// Facts come from the job only: nothing else speaks for the employer.
    fn job_line(&self, number: Option<&str>) -> Option<Grounding> {
        self.case.line(number?).filter(|line| line.source == GroundingSource::Job)
    }

    fn contrast(&self, header: &Header) -> Option<(ResponseId, Quote, Quote)> {
        let claim = header.contrast.as_ref()?;
        let answered = history::answered(self.state);
        let (_, earlier) = answered[..answered.len() - 1].get(claim.answer.checked_sub(1)?)?;
        let found = self.person.prepared(&earlier.content).quote(trimmed(&claim.earlier), QUOTE_WORDS)?;
        Some((earlier.id, found, self.last.quote(trimmed(&claim.now), QUOTE_WORDS)?))
    }
}

/// Without the mark at which a note was cut.
fn trimmed(claimed: &str) -> &str {
    claimed.trim().trim_matches('…')
}

/// Whether the question stands in the bank's English in an interview in another language that we can name.
fn is_foreign(question: &Question, state: &State) -> bool {
    let language = state.settings.language.as_str();
    let item = state.plan.items.iter().find(|item| Some(item.key.as_str()) == question.planned_as());
    let is_worded = item.is_some_and(|item| item.wording.is_some());
    language != "en" && crate::sentences::own(language).is_some() && question.bank_id.is_some() && !is_worded
}
