//! What a model said becomes events: notes on what was heard, then a follow-up, the planned question, or the end.

use super::advance::{Ahead, advance, planned, turn};
use super::growing::Growing;
use crate::{App, Result};
use greenroom_domain::ability::Pace;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{Engine, Quote};
use greenroom_domain::ids::ResponseId;
use greenroom_domain::interview::{
    Event, Grounding, GroundingSource, Input, Note, Question, Said as Quoted, State, follow_up_parent,
};
use greenroom_providers::{Sentences, Spoken, Talked, sentences};

/// What a model said, before it is taken.
pub(super) struct Said {
    /// The words, checked by code.
    pub talked: Talked<Spoken>,
    /// Who said them.
    pub engine: Engine,
    /// The planned question that they lead to.
    pub ahead: Option<Ahead>,
}

/// The events. Words that come too late only leave the record of the call.
pub(super) async fn says(
    app: &App,
    state: &State,
    said: &Said,
    is_stale: bool,
    now: Timestamp,
) -> Result<Vec<Event>> {
    let mut growing = Growing::new(state, now);
    for call in &said.talked.calls {
        growing.decide(Input::Asked(Box::new(call.clone())))?;
    }
    if is_stale {
        return Ok(growing.events);
    }
    match &said.talked.result {
        Ok(spoken) => speak(app, &mut growing, said, spoken).await?,
        Err(_) => {
            for event in advance(app, &growing.state, None, now).await? {
                growing.push(event);
            }
        }
    }
    Ok(growing.events)
}

async fn speak(app: &App, growing: &mut Growing, said: &Said, spoken: &Spoken) -> Result<()> {
    let words = sentences(&growing.state.settings.language);
    let mut before = notes(growing, spoken, words);
    if growing.state.is_over() {
        return Ok(());
    }
    before.extend(spoken.reaction.clone());
    let parent = follow_up_parent(&growing.state, growing.now).cloned();
    if let (Some(probe), Some(parent)) = (&spoken.follow_up, parent) {
        let turn = turn(app, &growing.state, None);
        let question = app.parts().interviewer.follow_up(turn, probe, &parent).await;
        let engine = said.engine.clone();
        let question = Question { content: probe.text.clone(), lead_in: joined(&before), engine, ..question };
        return growing.decide(Input::Ask(Box::new(question)));
    }
    for event in planned(app, &growing.state, said.ahead.as_ref(), growing.now).await? {
        growing.push(match event {
            Event::QuestionAsked { question } => {
                Event::QuestionAsked { question: Box::new(worded(*question, said, spoken, &before, words)) }
            }
            Event::Completed { reason, .. } => {
                before.extend(spoken.farewell.clone());
                Event::Completed { reason, farewell: joined(&before) }
            }
            other => other,
        });
    }
    Ok(())
}

/// A planned question in the model's words: what comes before it, and its translation if it is the same question.
fn worded(
    question: Question,
    said: &Said,
    spoken: &Spoken,
    before: &[String],
    words: &Sentences,
) -> Question {
    let is_same = question.planned_as() == said.ahead.as_ref().map(|ahead| ahead.key.as_str());
    let relieved = question.why.as_ref().is_some_and(|why| why.pace == Pace::Relieved);
    let easier = relieved.then(|| words.easier.clone()).filter(|_| !before.is_empty());
    let before: Vec<String> = before.iter().cloned().chain(easier).collect();
    let translated = spoken.translated.clone().filter(|_| is_same);
    Question {
        lead_in: joined(&before).or(question.lead_in),
        content: translated.unwrap_or(question.content),
        engine: said.engine.clone(),
        ..question
    }
}

/// Takes the notes, and gives what the interviewer has to say on them. What does not hold is left out.
fn notes(growing: &mut Growing, spoken: &Spoken, words: &Sentences) -> Vec<String> {
    let mut say = Vec::new();
    let Some(answer) = growing.state.asked.last().and_then(|asked| asked.responses.first()).map(|r| r.id)
    else {
        return say;
    };
    if let Some(quote) = &spoken.conduct {
        let said = quoted(answer, quote);
        if growing.decide(Input::Note(Note::Conduct { said, warning: 0 })).is_ok() {
            say.push(warning(growing, words));
        }
        if growing.state.is_over() {
            return say;
        }
    }
    for (quote, line) in &spoken.asked {
        let line = line.clone().filter(|line| line.source == GroundingSource::Job);
        let note = Note::CandidateAsked { asked: quoted(answer, quote), answer: line.clone() };
        if growing.decide(Input::Note(note)).is_ok() {
            let reply = reply(line.as_ref(), words);
            if !say.contains(&reply) {
                say.push(reply);
            }
        }
    }
    if let Some((earlier_id, earlier, now)) = &spoken.contrast {
        let note = Note::Contrast { earlier: quoted(*earlier_id, earlier), later: quoted(answer, now) };
        // A contrast that does not hold is not worth a word.
        let _ = growing.decide(Input::Note(note));
    }
    say
}

/// The warning; the last words, when it was one too many.
fn warning(growing: &mut Growing, words: &Sentences) -> String {
    if let Some(Event::Completed { farewell, .. }) = growing.events.last_mut() {
        *farewell = Some(words.ended_for_conduct.clone());
        growing.state.farewell = Some(words.ended_for_conduct.as_str().into());
    }
    let is_first = growing.state.conduct_warnings() == 1;
    if is_first { words.first_warning.clone() } else { words.last_warning.clone() }
}

/// Only what stands in the job description is said; the rest is passed on.
fn reply(line: Option<&Grounding>, words: &Sentences) -> String {
    line.map_or_else(|| words.pass_on.clone(), |line| words.in_the_posting(&line.text))
}

fn quoted(response_id: ResponseId, quote: &Quote) -> Quoted {
    Quoted { response_id, quote: quote.clone() }
}

fn joined(parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(" "))
}
