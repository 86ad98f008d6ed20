//! The questions that the model chooses from: those of the draft, and others of the bank that fit as well.

use crate::bank::{Bank, GENERAL};
use crate::builtin::filled;
use crate::interviewer::Brief;
use crate::llm_interviewer::person::Person;
use greenroom_domain::bank::{BankQuestion, BankRole};
use greenroom_domain::interview::{Difficulty, Grounding, InterviewType, Phase, Plan, PlanItem, shares};
use serde::Serialize;
use std::collections::HashSet;

/// Questions at most.
const MAX_CHOICES: usize = 40;

/// What can be chosen, numbered from B1.
pub(super) struct Shortlist<'a> {
    /// The bank that it was taken from.
    pub bank: &'a Bank,
    choices: Vec<Choice<'a>>,
}

/// One question.
pub(super) struct Choice<'a> {
    /// The draft's item, when it stands there.
    pub item: Option<&'a PlanItem>,
    /// The bank's entry, unless the draft has it in words of its own only.
    pub question: Option<&'a BankQuestion>,
    /// Its words.
    pub text: String,
}

/// A question as the message shows it.
#[derive(Debug, Serialize)]
pub(in super::super) struct Shown {
    /// Its number.
    pub number: String,
    about: String,
    /// Its words, without who the candidate is.
    pub text: String,
    /// Its key in the draft.
    #[serde(skip)]
    pub key: Option<String>,
}

/// Whether the model may plan questions of this part.
pub(in super::super) fn is_open(phase: Phase) -> bool {
    !matches!(phase, Phase::Introduction | Phase::WrapUp)
}

/// Whether a level is as set, or next to it.
pub(super) fn is_near(level: Difficulty, wanted: Difficulty) -> bool {
    (level as u8).abs_diff(wanted as u8) <= 1
}

/// Whether questions of this kind belong into this part, as far as they were chosen.
pub(super) fn suits(kind: InterviewType, phase: Phase, brief: &Brief<'_>) -> bool {
    let has_share = shares(&brief.settings.types).iter().any(|share| share.phase == phase);
    let belongs = match phase {
        Phase::Experience => true,
        Phase::Technical => kind == InterviewType::Technical,
        Phase::Behavioral => kind == InterviewType::Behavioral,
        Phase::Scenario => matches!(kind, InterviewType::Case | InterviewType::Situational),
        Phase::Introduction | Phase::WrapUp => false,
    };
    has_share && belongs && (phase == Phase::Experience || brief.settings.types.contains(&kind))
}

impl<'a> Shortlist<'a> {
    /// What can be chosen for `brief`: first the draft's questions.
    pub fn new(bank: &'a Bank, brief: &Brief<'_>, draft: &'a Plan) -> Self {
        let mut choices: Vec<Choice<'a>> = draft
            .items
            .iter()
            .filter(|item| is_open(item.phase))
            .filter_map(|item| drafted(bank, brief, item))
            .take(MAX_CHOICES)
            .collect();
        let room = MAX_CHOICES - choices.len();
        choices.extend(others(bank, brief, draft).into_iter().take(room).map(|question| Choice {
            item: None,
            question: Some(question),
            text: filled(question, brief.settings, &[]),
        }));
        Self { bank, choices }
    }

    /// The question with this number.
    pub fn choice(&self, number: &str) -> Option<&Choice<'a>> {
        let number: usize = number.trim().strip_prefix(['B', 'b'])?.parse().ok()?;
        self.choices.get(number.checked_sub(1)?)
    }

    /// As the message shows them.
    pub fn shown(&self, person: &Person<'_>) -> Vec<Shown> {
        let shown = |(index, choice): (usize, &Choice<'_>)| Shown {
            number: format!("B{}", index + 1),
            about: choice.about(),
            text: person.without(&choice.text),
            key: choice.item.map(|item| item.key.to_string()),
        };
        self.choices.iter().enumerate().map(shown).collect()
    }
}

impl Choice<'_> {
    fn about(&self) -> String {
        let of_bank =
            self.question.map(|q| (q.phase(), q.kind, q.competency.as_str(), q.difficulty, q.minutes));
        let of_draft = self.item.map(|i| (i.phase, i.kind, i.competency.as_str(), i.difficulty, i.minutes));
        let Some((phase, kind, competency, level, minutes)) = of_draft.or(of_bank) else {
            return String::new();
        };
        // The names are those of the reply's form.
        let (phase, kind, level) = (word(&phase), word(&kind), word(&level));
        format!("{phase}, {kind}, {competency}, {level}, {minutes}")
    }
}

/// The name that a value has in JSON.
pub(in super::super) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn drafted<'a>(bank: &'a Bank, brief: &Brief<'_>, item: &'a PlanItem) -> Option<Choice<'a>> {
    let id = item.wording.as_ref().map_or(Some(item.key.as_str()), |wording| wording.bank_id.as_deref());
    let question = id.and_then(|id| bank.question(id));
    let text = match &item.wording {
        Some(wording) => wording.content.clone(),
        None => filled(question?, brief.settings, &item.grounding),
    };
    Some(Choice { item: Some(item), question, text })
}

/// Questions for the same roles and competencies, the most fitting ones first.
fn others<'a>(bank: &'a Bank, brief: &Brief<'_>, draft: &Plan) -> Vec<&'a BankQuestion> {
    let drafted: HashSet<&str> = draft.items.iter().filter_map(bank_key).collect();
    let roles: HashSet<&str> = bank
        .questions()
        .filter(|(_, question)| drafted.contains(question.id.as_str()))
        .map(|(role, _)| role.role.as_str())
        .collect();
    let weight = |key: &str| draft.competencies.iter().find(|c| c.key == key).map_or(0.0, |c| c.weight);
    let fits = |role: &BankRole, question: &BankQuestion| {
        let new = !drafted.contains(question.id.as_str()) && !brief.seen.contains(&question.id);
        let known = !question.text.contains("{resume_line}")
            && (brief.settings.position.is_some() || !question.text.contains("{position}"));
        new && known
            && (roles.contains(role.role.as_str()) || role.role == GENERAL)
            && suits(question.kind, question.phase(), brief)
            && is_near(question.difficulty, brief.settings.difficulty)
    };
    let mut fitting: Vec<(f64, &BankQuestion)> = bank
        .questions()
        .filter(|(role, question)| fits(role, question))
        .map(|(role, question)| {
            let trade = if role.role == GENERAL { 0.0 } else { 0.3 };
            let level = if question.difficulty == brief.settings.difficulty { 0.2 } else { 0.0 };
            (2.0 * weight(&question.competency) + trade + level, question)
        })
        .collect();
    fitting.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.id.cmp(&y.id)));
    fitting.into_iter().map(|(_, question)| question).collect()
}

fn bank_key(item: &PlanItem) -> Option<&str> {
    item.wording.as_ref().map_or(Some(item.key.as_str()), |wording| wording.bank_id.as_deref())
}

/// Whether the question asks about a line of the resume, so that its grounding must stay.
pub(super) fn names_a_line(question: &BankQuestion) -> bool {
    question.text.contains("{resume_line}")
}

/// Lines without repeats.
pub(super) fn distinct(lines: impl Iterator<Item = Grounding>) -> Vec<Grounding> {
    let mut found: Vec<Grounding> = Vec::new();
    for line in lines {
        if !found.contains(&line) {
            found.push(line);
        }
    }
    found
}
