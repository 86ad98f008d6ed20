//! The plan that is left: questions of the model that pass, the draft's where they do not, within the time.

use super::own;
use super::reply::{PlanReply, QuestionReply};
use super::shortlist::{Choice, Shortlist, distinct, is_open, names_a_line};
use crate::bank::Bank;
use crate::builtin::competencies;
use crate::builtin::worded;
use crate::interviewer::Brief;
use crate::llm_interviewer::case_file::CaseFile;
use crate::llm_interviewer::said::are_alike;
use crate::llm_interviewer::turn::is_translation;
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::interview::{Grounding, Phase, Plan, PlanItem, Wording, shares};
use std::collections::HashSet;
use std::sync::Arc;

/// Lines shown as the cause of a question.
const MAX_LINES: usize = 3;

/// What a reply is held against.
pub(super) struct Assembling<'a> {
    pub bank: &'a Bank,
    pub brief: &'a Brief<'a>,
    pub draft: &'a Plan,
    pub case: &'a CaseFile,
    pub shortlist: &'a Shortlist<'a>,
}

impl Assembling<'_> {
    /// The plan; `None` when no question of the reply passes.
    pub fn plan(&self, reply: &PlanReply) -> Option<Plan> {
        let chosen = self.chosen(reply);
        if chosen.is_empty() {
            return None;
        }
        let mut items = Vec::new();
        for phase in Phase::ALL {
            items.extend(self.phase(phase, &chosen));
        }
        self.keep_time(&mut items);
        let competencies = competencies(self.bank, self.brief, &items);
        Some(Plan { items, competencies, ..Plan::default() })
    }

    /// The questions that pass, in order, with their words.
    fn chosen(&self, reply: &PlanReply) -> Vec<(PlanItem, String)> {
        let mut chosen: Vec<(PlanItem, String)> = Vec::new();
        let fixed = self.draft.items.iter().filter(|item| !is_open(item.phase));
        let fixed: Vec<String> = fixed.filter_map(|item| self.text(item)).collect();
        let mut failed = 0;
        for value in &reply.questions {
            let question =
                serde_json::from_value::<QuestionReply>(value.clone()).map_err(|_| "it cannot be read");
            let item = question.and_then(|question| self.item(&question));
            let Ok((mut item, text)) = item else {
                failed += 1;
                continue;
            };
            let asked = chosen.iter().map(|(_, text)| text).chain(&fixed);
            let repeats = chosen.iter().any(|(other, _)| other.key == item.key || sound_alike(other, &item))
                || asked.into_iter().any(|other| are_alike(other, &text));
            if repeats {
                failed += 1;
                continue;
            }
            if item.key.is_empty() {
                item.key = self.own_key(&chosen).into();
            }
            chosen.push((item, text));
        }
        tracing::debug!(passed = chosen.len(), failed, "questions of a plan by a language model");
        chosen
    }

    fn item(&self, reply: &QuestionReply) -> Result<(PlanItem, String), &'static str> {
        let lines = reply.lines.iter().filter_map(|number| self.case.line(number));
        let lines = distinct(lines.take(MAX_LINES));
        match &reply.bank {
            Some(number) => {
                let choice = self.shortlist.choice(number).ok_or("there is no such question")?;
                self.of_bank(choice, reply.text.as_deref(), lines)
            }
            None => {
                let (text, key_points) = own::checked(reply, self.bank, self.brief)?;
                if lines.is_empty() {
                    return Err("no line caused it");
                }
                let wording = Wording { content: text.clone(), bank_id: None, key_points };
                let item = PlanItem {
                    key: "".into(),
                    phase: reply.phase,
                    kind: reply.kind,
                    competency: reply.competency.as_str().into(),
                    difficulty: reply.difficulty,
                    minutes: reply.minutes,
                    grounding: lines.into(),
                    wording: Some(Box::new(wording)),
                };
                Ok((item, text))
            }
        }
    }

    /// A question of the bank is what the bank says it is; the model gives its lines and its translation.
    fn of_bank(
        &self,
        choice: &Choice<'_>,
        text: Option<&str>,
        lines: Vec<Grounding>,
    ) -> Result<(PlanItem, String), &'static str> {
        let mut item = match (choice.item, choice.question) {
            (Some(item), _) => item.clone(),
            (None, Some(_)) if lines.is_empty() => return Err("no line caused it"),
            (None, Some(question)) => self.planned(question),
            (None, None) => return Err("there is no such question"),
        };
        let keeps_lines = choice.question.is_some_and(names_a_line) || *item.grounding == *lines;
        if !lines.is_empty() && !keeps_lines {
            item.grounding = lines.into();
        }
        let translated = choice.question.filter(|_| item.wording.is_none()).and_then(|question| {
            let language = self.brief.settings.language.as_str();
            let text = text.filter(|_| language != "en")?.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_fit = is_translation(&text, &choice.text, language) && own::may_be_shown(&text).is_ok();
            is_fit.then(|| Wording {
                content: text,
                bank_id: Some(question.id.clone()),
                key_points: Vec::new(),
            })
        });
        if let Some(wording) = translated {
            item.wording = Some(Box::new(wording));
        }
        Ok((item, choice.text.clone()))
    }

    /// An item for a question of the bank, in the interview's language if the bank has it.
    fn planned(&self, question: &BankQuestion) -> PlanItem {
        PlanItem {
            key: question.id.as_str().into(),
            phase: question.phase(),
            kind: question.kind,
            competency: question.competency.as_str().into(),
            difficulty: question.difficulty,
            minutes: question.minutes,
            grounding: Arc::default(),
            wording: worded(self.bank, question, self.brief.settings, &[]).map(Box::new),
        }
    }

    /// The items of a part: the model's, then the draft's, as many as the draft has.
    fn phase(&self, phase: Phase, chosen: &[(PlanItem, String)]) -> Vec<PlanItem> {
        let drafted: Vec<&PlanItem> = self.draft.items.iter().filter(|item| item.phase == phase).collect();
        if !is_open(phase) {
            return drafted.into_iter().cloned().collect();
        }
        let has_share = shares(&self.brief.settings.types).iter().any(|share| share.phase == phase);
        let count = drafted.len().max(usize::from(has_share && self.brief.settings.question_count.is_none()));
        let own = chosen.iter().filter(|(item, _)| item.phase == phase).take(count);
        let mut items: Vec<PlanItem> = own.map(|(item, _)| item.clone()).collect();
        let used: HashSet<&str> = chosen.iter().map(|(item, _)| item.key.as_str()).collect();
        let is_new = |item: &&&PlanItem| {
            let text = self.text(item);
            !used.contains(item.key.as_str())
                && !chosen.iter().any(|(_, other)| text.as_ref().is_some_and(|text| are_alike(text, other)))
        };
        let missing = count - items.len();
        items.extend(drafted.iter().filter(is_new).take(missing).map(|item| (*item).clone()));
        items
    }

    /// Drops questions from the end of the part that is longest over the draft, until the time is enough.
    fn keep_time(&self, items: &mut Vec<PlanItem>) {
        let minutes = |items: &[PlanItem], phase: Phase| -> u32 {
            items.iter().filter(|item| item.phase == phase).map(|item| item.minutes).sum()
        };
        let total = |items: &[PlanItem]| items.iter().map(|item| item.minutes).sum::<u32>();
        // A number of questions that was asked for may need more time than there is.
        let most = self.brief.settings.duration_minutes.max(total(&self.draft.items));
        while total(items) > most {
            let count = |phase: Phase| items.iter().filter(|item| item.phase == phase).count();
            let open = Phase::ALL.into_iter().filter(|phase| is_open(*phase) && count(*phase) > 1);
            let over = |phase: &Phase| {
                i64::from(minutes(items, *phase)) - i64::from(minutes(&self.draft.items, *phase))
            };
            let Some(phase) = open.max_by_key(over) else { return };
            let Some(last) = items.iter().rposition(|item| item.phase == phase) else { return };
            items.remove(last);
        }
    }

    fn text(&self, item: &PlanItem) -> Option<String> {
        match &item.wording {
            Some(wording) => Some(wording.content.clone()),
            None => self.bank.question(&item.key).map(|question| question.text.clone()),
        }
    }

    /// A key that neither the draft nor the plan has.
    fn own_key(&self, chosen: &[(PlanItem, String)]) -> String {
        let keys =
            || self.draft.items.iter().chain(chosen.iter().map(|(item, _)| item)).map(|item| &item.key);
        let free =
            (1_usize..).map(|number| format!("own-{number}")).find(|key| !keys().any(|taken| taken == key));
        free.expect("a plan has fewer items than there are numbers")
    }
}

/// Whether two questions have words of the model, and most of them in common: one translation for two questions.
fn sound_alike(one: &PlanItem, other: &PlanItem) -> bool {
    let words = one.wording.as_ref().zip(other.wording.as_ref());
    words.is_some_and(|(one, other)| are_alike(&one.content, &other.content))
}
