//! What may happen now: a wish becomes events, or is refused with a reason.

use super::event::{CompletionReason, Event};
use super::note::{MAX_CONDUCT_WARNINGS, Note};
use super::plan::{Plan, PlanItem, Reading};
use super::question::Question;
use super::spoken::{Correction, HeardReply, Spoken, Unfinished};
use super::state::{State, Status};
use super::wish::{Input, MAX_ANSWER_CHARS, Refusal};
use crate::evaluation::{Engine, Evaluation};
use crate::ids::{QuestionId, ResponseId};

/// The events that `input` leads to in `state`. Changes nothing by itself.
pub fn decide(state: &State, input: Input) -> Result<Vec<Event>, Refusal> {
    match input {
        Input::Ask(question) => ask(state, question),
        Input::Answer { response_id, question_id, content, spoken } => {
            active(state, "take an answer")?;
            check_length(&content)?;
            let asked = state.asked_question(question_id).ok_or(Refusal::Unknown)?;
            if !asked.responses.is_empty() {
                return Err(Refusal::AlreadyAnswered);
            }
            if state.current_question().is_none_or(|current| current.question.id != question_id) {
                return Err(Refusal::NotCurrent);
            }
            Ok(vec![Event::AnswerReceived { response_id, question_id, content, attempt: 1, spoken }])
        }
        Input::Amend { response_id, added, spoken } => amend(state, response_id, added, spoken),
        Input::Correct { response_id, correction } => correct(state, response_id, correction),
        Input::JoinVoice { line, transport, voice } => match state.status {
            Status::Active { .. } | Status::Paused => Ok(vec![Event::VoiceJoined { line, transport, voice }]),
            _ => Err(wrong(state, "be spoken")),
        },
        Input::Heard(heard) => heard_reply(state, heard),
        Input::Hold { question_id, unfinished } => hold(state, question_id, unfinished),
        Input::Timed { response_id, stages } => {
            state.response(response_id).ok_or(Refusal::Unknown)?;
            Ok(vec![Event::TurnTimed { response_id, stages }])
        }
        Input::AnswerAgain { response_id, question_id, content } => {
            again(state, response_id, question_id, content)
        }
        Input::Evaluated(evaluation) => evaluated(state, evaluation),
        Input::Tighten(dropped) => {
            active(state, "change its plan")?;
            Ok(if dropped.is_empty() { Vec::new() } else { vec![Event::PlanTightened { dropped }] })
        }
        Input::Exchange { key, by } => exchange(state, key, by),
        Input::Pause => active(state, "be paused").map(|()| vec![Event::Paused]),
        Input::Resume => match state.status {
            Status::Paused => Ok(vec![Event::Resumed]),
            _ => Err(wrong(state, "be resumed")),
        },
        Input::Replan { plan, engine, reading } => replan(state, plan, engine, reading),
        Input::Note(note) => noted(state, note),
        Input::Asked(call) => Ok(vec![Event::ModelAsked { call: *call }]),
        Input::Complete(reason) => complete(state, reason, None),
        Input::Farewell(reason, words) => complete(state, reason, Some(words)),
        Input::Abandon => match state.status {
            Status::Active { .. } | Status::Paused => Ok(vec![Event::Abandoned]),
            _ => Err(wrong(state, "be abandoned")),
        },
    }
}

fn ask(state: &State, question: Box<Question>) -> Result<Vec<Event>, Refusal> {
    active(state, "ask")?;
    match state.current_question() {
        Some(_) => Err(Refusal::QuestionOpen),
        None => Ok(vec![Event::QuestionAsked { question }]),
    }
}

fn complete(
    state: &State,
    reason: CompletionReason,
    farewell: Option<String>,
) -> Result<Vec<Event>, Refusal> {
    match state.status {
        Status::Active { .. } | Status::Paused => Ok(vec![Event::Completed { reason, farewell }]),
        _ => Err(wrong(state, "be completed")),
    }
}

/// Neither question may have been asked.
fn exchange(state: &State, key: String, by: String) -> Result<Vec<Event>, Refusal> {
    active(state, "change its plan")?;
    if key == by {
        return Ok(Vec::new());
    }
    let open = |key: &str| !state.asked.iter().any(|asked| asked.question.planned_as() == Some(key));
    let planned = state.plan.items.iter().any(|item| item.key == key);
    let there = state.plan.items.iter().chain(&state.plan.reserve).any(|item| item.key == by);
    if planned && there && open(&key) && open(&by) {
        Ok(vec![Event::PlanExchanged { key, by }])
    } else {
        Err(Refusal::Unknown)
    }
}

/// What was asked stays in the plan; of what is left, the new plan decides.
fn replan(
    state: &State,
    plan: Plan,
    engine: Engine,
    reading: Option<Reading>,
) -> Result<Vec<Event>, Refusal> {
    active(state, "change its plan")?;
    let was_asked = |key: &str| state.asked.iter().any(|asked| asked.question.planned_as() == Some(key));
    let mut items: Vec<_> = state.plan.items.iter().filter(|item| was_asked(&item.key)).cloned().collect();
    for item in plan.items {
        if items.iter().all(|kept| kept.key != item.key) {
            items.push(item);
        }
    }
    let spare = |spare: &PlanItem| {
        items.iter().all(|item| item.key != spare.key)
            && plan.competencies.iter().any(|competency| competency.key == spare.competency)
    };
    let reserve = state.plan.reserve.iter().filter(|item| spare(item)).cloned().collect();
    let (seniority, earlier) = (state.plan.seniority, state.plan.earlier.clone());
    let plan = Plan { items, competencies: plan.competencies, reserve, seniority, earlier };
    Ok(if plan == *state.plan { Vec::new() } else { vec![Event::Replanned { plan, engine, reading }] })
}

/// A note on what was said. After the last warning about conduct the interview ends.
fn noted(state: &State, note: Note) -> Result<Vec<Event>, Refusal> {
    active(state, "take a note")?;
    if !note.holds(state) {
        return Err(Refusal::NotSaid);
    }
    let warning = state.conduct_warnings() + 1;
    let note = match note {
        Note::Conduct { said, .. } => Note::Conduct { said, warning },
        other => other,
    };
    let ends = matches!(note, Note::Conduct { .. }) && warning > MAX_CONDUCT_WARNINGS;
    let end = Event::Completed { reason: CompletionReason::Conduct, farewell: None };
    Ok([Event::Noted { note }].into_iter().chain(ends.then_some(end)).collect())
}

fn again(
    state: &State,
    response_id: ResponseId,
    question_id: QuestionId,
    content: String,
) -> Result<Vec<Event>, Refusal> {
    if !state.is_over() {
        return Err(wrong(state, "take a second answer"));
    }
    check_length(&content)?;
    let asked = state.asked_question(question_id).ok_or(Refusal::Unknown)?;
    let attempt = asked.responses.last().map_or(1, |response| response.attempt + 1);
    Ok(vec![Event::AnswerReceived { response_id, question_id, content, attempt, spoken: None }])
}

/// Only the last answer can go on. The interview may have ended with it.
fn amend(
    state: &State,
    response_id: ResponseId,
    added: String,
    spoken: Box<Spoken>,
) -> Result<Vec<Event>, Refusal> {
    if matches!(state.status, Status::Abandoned { .. }) {
        return Err(wrong(state, "take an answer"));
    }
    let (_, response) = state.response(response_id).ok_or(Refusal::Unknown)?;
    let last = state.asked.iter().rev().find_map(|asked| asked.responses.last());
    if last.is_none_or(|last| last.id != response_id) {
        return Err(Refusal::AlreadyAnswered);
    }
    // Words beyond the longest answer are kept with their places, and not judged.
    let room = MAX_ANSWER_CHARS.saturating_sub(response.content.trim_end().chars().count() + 1);
    let added = added.trim().chars().take(room).collect();
    Ok(vec![Event::AnswerAmended { response_id, added, spoken }])
}

fn correct(state: &State, response_id: ResponseId, correction: Correction) -> Result<Vec<Event>, Refusal> {
    let Correction { content, instead_of } = correction;
    let (_, response) = state.response(response_id).ok_or(Refusal::Unknown)?;
    check_length(&content)?;
    match () {
        () if response.spoken.is_none() => Err(Refusal::NotSpoken),
        () if response.evaluation.is_some() => Err(Refusal::AlreadyEvaluated),
        () if response.content == content => Ok(Vec::new()),
        () if instead_of.is_some_and(|before| before != response.content) => Err(Refusal::AnswerChanged),
        () => Ok(vec![Event::TranscriptCorrected { response_id, content }]),
    }
}

/// What was heard is kept as long as it says more than what is known.
fn heard_reply(state: &State, heard: HeardReply) -> Result<Vec<Event>, Refusal> {
    if let Some(id) = heard.question_id {
        let asked = state.asked_question(id).ok_or(Refusal::Unknown)?;
        if asked.heard.as_ref().is_some_and(|known| known.is_whole || *known == heard) {
            return Ok(Vec::new());
        }
    }
    Ok(vec![Event::ReplyHeard { heard }])
}

fn hold(state: &State, question_id: QuestionId, unfinished: Unfinished) -> Result<Vec<Event>, Refusal> {
    if !matches!(state.status, Status::Active { .. } | Status::Paused) {
        return Err(wrong(state, "be spoken"));
    }
    let current = state.current_question().filter(|current| current.question.id == question_id);
    let current = current.ok_or(Refusal::NotCurrent)?;
    check_length(&unfinished.text)?;
    let is_known = current.unfinished.as_ref() == Some(&unfinished);
    Ok(if is_known { Vec::new() } else { vec![Event::WordsHeld { question_id, unfinished }] })
}

fn evaluated(state: &State, evaluation: Box<Evaluation>) -> Result<Vec<Event>, Refusal> {
    let response_id = evaluation.response_id.ok_or(Refusal::Unknown)?;
    let (_, response) = state.response(response_id).ok_or(Refusal::Unknown)?;
    match response.evaluation {
        Some(_) => Err(Refusal::AlreadyEvaluated),
        None => Ok(vec![Event::AnswerEvaluated { evaluation }]),
    }
}

fn active(state: &State, wish: &'static str) -> Result<(), Refusal> {
    match state.status {
        Status::Active { .. } => Ok(()),
        _ => Err(wrong(state, wish)),
    }
}

fn wrong(state: &State, wish: &'static str) -> Refusal {
    Refusal::WrongStatus { status: state.status.name(), wish }
}

fn check_length(content: &str) -> Result<(), Refusal> {
    if content.chars().count() > MAX_ANSWER_CHARS { Err(Refusal::TooLong) } else { Ok(()) }
}
