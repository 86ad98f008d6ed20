//! Words a question: lead-in by personality, placeholders filled, follow-ups that name what was said.

use super::{BUILTIN_LANGUAGE, BuiltinInterviewer, manner};
use crate::bank::{Bank, ORIGINAL};
use crate::interviewer::Turn;
use crate::sentences;
use greenroom_domain::ability::Pace;
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::interview::{
    Grounding, GroundingSource, Phase, Plan, PlanItem, Probe, Question, Settings, State, Wording,
};
use greenroom_scoring::follow_up::{self, Answered};

/// The follow-up that the last answer invites; none where it could not be worded in the interview's language.
pub fn probe(bank: &Bank, state: &State) -> Option<Probe> {
    let asked = state.asked.last()?;
    let answer = asked.responses.first()?;
    let root = asked.question.parent_question_id.unwrap_or(asked.question.id);
    let language = state.settings.language.as_str();
    let bank_id = state.asked_question(root)?.question.bank_id.as_deref();
    let curated = bank_id.and_then(|id| bank.question_in(language, id));
    if language != BUILTIN_LANGUAGE && curated.is_none() {
        return None;
    }
    let already: Vec<&str> = state.asked.iter().map(|asked| asked.question.content.as_str()).collect();
    follow_up::probe(&Answered {
        question: &asked.question.content,
        kind: asked.question.category,
        key_points: &asked.question.key_points,
        follow_ups: curated.map_or(&[], |question| &question.follow_ups),
        answer: &answer.content,
        language,
        already_asked: &already,
    })
}

/// Opens an interview in another language with a sentence of that language: nobody waits for a translation then.
pub fn introduce(plan: &mut Plan, language: &str) {
    let first = plan.items.iter_mut().find(|item| item.phase == Phase::Introduction);
    let first = first.filter(|item| item.wording.is_none());
    if let (Some(item), true) = (first, language != BUILTIN_LANGUAGE) {
        let content = sentences(language).introduction.clone();
        item.wording =
            Some(Box::new(Wording { content, bank_id: Some(item.key.to_string()), key_points: Vec::new() }));
    }
}

/// The words of a question in the interview's language, when that is not the original's and the bank has them.
pub fn worded(
    bank: &Bank,
    question: &BankQuestion,
    settings: &Settings,
    grounding: &[Grounding],
) -> Option<Wording> {
    let there =
        bank.question_in(&settings.language, &question.id).filter(|_| settings.language != ORIGINAL)?;
    let content = filled(there, settings, grounding);
    Some(Wording { content, bank_id: Some(question.id.clone()), key_points: Vec::new() })
}

/// A planned question in the interviewer's words. It is judged by what the bank says in the interview's language, else
/// by the original.
pub fn planned(bank: &Bank, turn: Turn<'_>, item: &PlanItem) -> Option<Question> {
    let wording = item.wording.as_ref();
    let bank_id = wording.map_or(Some(item.key.as_str()), |wording| wording.bank_id.as_deref());
    let source = match bank_id {
        Some(id) => {
            let original = bank.question(id)?;
            Some(bank.question_in(&turn.state.settings.language, id).unwrap_or(original))
        }
        None => None,
    };
    let own_points = || wording.map(|wording| wording.key_points.clone()).unwrap_or_default();
    Some(Question {
        id: turn.question_id,
        lead_in: lead_in(turn, item),
        content: match (wording, source) {
            (Some(wording), _) => wording.content.clone(),
            (None, source) => filled(source?, &turn.state.settings, &item.grounding),
        },
        category: item.kind,
        phase: item.phase,
        difficulty: item.difficulty,
        competency: item.competency.clone(),
        tags: source.map(|source| source.tags.clone()).unwrap_or_default(),
        parent_question_id: None,
        order: turn.state.asked.len() as u32 + 1,
        grounding: item.grounding.to_vec(),
        bank_id: bank_id.map(str::to_owned),
        plan_key: Some(item.key.to_string()).filter(|key| Some(key.as_str()) != bank_id),
        minutes: item.minutes,
        key_points: source.map_or_else(own_points, |source| source.key_points.clone()),
        reference: source.map(|source| source.reference.trim().into()),
        item: None,
        why: turn.why.cloned().map(Box::new),
        engine: BuiltinInterviewer::engine(),
    })
}

/// A follow-up in the interviewer's words. It is judged by the key point that it digs for.
pub fn follow_up(turn: Turn<'_>, probe: &Probe, parent: &Question) -> Question {
    let manner = manner::of(turn.state.settings.personality);
    let order = turn.state.asked.len() as u32 + 1;
    let earlier = turn.state.asked.len() - roots(turn.state);
    let point = probe.asks_for.checked_sub(1).and_then(|index| parent.key_points.get(index));
    let (said, text) = (&probe.said.text, &probe.text);
    let content = match probe.asks_for {
        // The curator's question alone: sentences that name what was said are English.
        _ if turn.state.settings.language != BUILTIN_LANGUAGE => text.clone(),
        0 => manner.follow_up(said, text, earlier),
        _ => manner.beyond(said, text, earlier),
    };
    Question {
        id: turn.question_id,
        lead_in: None,
        content,
        category: parent.category,
        phase: parent.phase,
        difficulty: parent.difficulty,
        competency: parent.competency.clone(),
        tags: parent.tags.clone(),
        parent_question_id: Some(parent.id),
        order,
        grounding: vec![Grounding { source: GroundingSource::Answer, text: probe.said.text.as_str().into() }],
        bank_id: None,
        plan_key: None,
        minutes: 2,
        key_points: point.cloned().into_iter().collect(),
        reference: point.map(|point| point.says.clone()),
        item: None,
        why: None,
        engine: BuiltinInterviewer::engine(),
    }
}

/// What is said before a planned question; in other languages than English, only what a sentence is there for.
fn lead_in(turn: Turn<'_>, item: &PlanItem) -> Option<String> {
    let settings = &turn.state.settings;
    let relieved = turn.why.is_some_and(|why| why.pace == Pace::Relieved);
    if settings.language != BUILTIN_LANGUAGE {
        return relieved.then(|| sentences(&settings.language).easier.clone());
    }
    let manner = manner::of(settings.personality);
    Some(if turn.state.asked.is_empty() {
        manner.greeting(turn.candidate, turn.state.id.0.as_u64_pair().1 as usize)
    } else if relieved && turn.state.phase() == item.phase {
        manner.easier(roots(turn.state) - 1).to_owned()
    } else {
        manner.transition(turn.state.phase(), item.phase, roots(turn.state) - 1)
    })
}

/// Questions asked so far, without follow-ups. Wording is chosen by this count and by that of follow-ups, since
/// in most interviews the two kinds alternate.
fn roots(state: &State) -> usize {
    state.asked.iter().filter(|asked| asked.question.parent_question_id.is_none()).count()
}

/// The words of a question of the bank, with the line of the resume that it asks about.
pub fn filled(source: &BankQuestion, settings: &Settings, grounding: &[Grounding]) -> String {
    let line = grounding.iter().find(|g| g.source == GroundingSource::Resume).map_or("", |g| &g.text);
    let position = settings.position.as_deref().unwrap_or("this position");
    let text = source.text.replace("{position}", position);
    // The resume line goes in last, so that nothing in it is taken for a placeholder.
    text.replacen("{resume_line}", line.trim_end_matches('.'), 1)
}
