//! Following the interview: what becomes known of it is said.

use super::actor::{Actor, Current, Taken, Written};
use super::control::{NoticeKind, Reason, ToPageMessage, Who};
use super::phrases;
use super::ports::Told;
use super::reply::About;
use crate::turn::{AnswerKind, Effect, Input};
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::interview::{
    Asked, CompletionReason, Event, InterviewType, Logged, Question, State, Status,
};

impl Actor {
    /// Takes the interview up where it stands.
    pub(super) fn begins(&mut self, state: &State) {
        match state.status {
            Status::Completed { .. } | Status::Abandoned { .. } => return self.ended = Some(Reason::Over),
            Status::Paused => {
                self.is_paused = true;
                self.notices(NoticeKind::Paused, None);
            }
            Status::Active { .. } => {}
        }
        if let Some(Asked { question, heard, unfinished, .. }) = state.current_question() {
            // Who has heard all of it needs no more than the question again.
            let is_known = heard.as_ref().is_some_and(|heard| heard.is_whole);
            let words = if is_known { question.content.clone() } else { words_of(question) };
            match self.is_paused {
                true => self.question = Some(Current { words, ..current(question) }),
                false => self.asks(question, words),
            }
            if let Some(unfinished) = unfinished.clone() {
                self.goes_on_with(unfinished);
            }
        }
    }

    pub(super) fn learns(&mut self, told: Told) {
        match told {
            Told::Draft(words) => self.drafted(&words),
            Told::Gone => self.ended = Some(Reason::Broken),
            Told::Event(logged) => {
                let Logged { event, .. } = *logged;
                self.happened(event);
            }
        }
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::QuestionAsked { question } => {
                let now = self.now();
                self.marks.iter_mut().for_each(|marks| marks.token(now));
                let words = words_of(&question);
                self.asks(&question, words);
            }
            Event::AnswerReceived { response_id, content, spoken, .. } => {
                if spoken.is_some_and(|spoken| spoken.line == self.line) {
                    self.stored(response_id);
                } else {
                    self.typed(content);
                }
            }
            Event::Completed { reason, farewell } => {
                self.is_over = true;
                self.question = None;
                // Who ends it needs no more words.
                let last = match reason {
                    CompletionReason::Finished | CompletionReason::TimeUp => {
                        phrases::farewell(&self.language)
                    }
                    CompletionReason::EndedEarly | CompletionReason::Conduct => "",
                };
                let words = farewell.unwrap_or_else(|| last.to_owned());
                match words.is_empty() {
                    true => self.give(Input::Over),
                    false => self.says(About::Farewell, AnswerKind::Telling, &words, last),
                }
            }
            // The line before this one has just ended.
            Event::WordsHeld { question_id, unfinished } if unfinished.line != self.line => {
                let is_asked = self.question.as_ref().is_some_and(|question| question.id == question_id);
                if is_asked && self.before.is_empty() {
                    self.goes_on_with(unfinished);
                }
            }
            Event::Abandoned => self.ended = Some(Reason::Over),
            Event::Paused => {
                self.is_paused = true;
                self.give(Input::Lost);
                self.notices(NoticeKind::Paused, None);
            }
            Event::Resumed => {
                self.is_paused = false;
                if !self.is_lost {
                    self.give(Input::Back);
                }
                // A line that was opened in the pause has not asked yet.
                if self.last_reply == 0 {
                    self.says_again();
                }
            }
            Event::VoiceJoined { line, .. } if line == self.line => self.has_joined = true,
            // A line that was opened just before this one may come to the log after this one has begun to read it.
            Event::VoiceJoined { .. } if self.has_joined => self.ended = Some(Reason::TakenOver),
            _ => {}
        }
    }

    /// Asks a question that is on the log.
    fn asks(&mut self, question: &Question, words: String) {
        self.question = Some(current(question));
        self.kind = match question.category {
            InterviewType::Technical | InterviewType::Case => AnswerKind::WorkingOut,
            InterviewType::Behavioral | InterviewType::Situational => AnswerKind::Telling,
        };
        if matches!(self.taken, Taken::Held { .. }) {
            // They have answered before it was on the log.
            self.replies.retain(|reply| reply.about != About::Draft);
            return self.answers();
        }
        let for_all = if is_for_all(question) { question.content.as_str() } else { "" };
        self.says(About::Question(question.id), self.kind, &words, for_all);
    }

    /// The answer is on the disk; what was said after it follows.
    fn stored(&mut self, response: greenroom_domain::ids::ResponseId) {
        self.marks.iter_mut().for_each(|marks| marks.response = Some(response));
        let Taken::Storing { late } = std::mem::replace(&mut self.taken, Taken::Stored(response)) else {
            return;
        };
        for (text, spoken) in late {
            self.amends(response, text, spoken);
        }
        self.tells_times();
    }

    /// Somebody typed an answer: it is on the log already, and only the machine has to know.
    fn typed(&mut self, text: String) {
        self.question = None;
        self.before.clear();
        self.taken = Taken::Nothing;
        self.marks = None;
        // What was being said belongs to the answer that was typed instead.
        self.ends_utterance();
        self.stream.forgets_partial();
        self.transcript.take();
        self.captions(true);
        let now = self.now();
        for effect in self.machine.handle(Input::Typed { text }, now) {
            if !matches!(effect, Effect::EndTurn { .. } | Effect::Amend { .. }) {
                self.performs(effect);
            }
        }
    }

    /// Something was stored, or refused.
    pub(super) fn written(&mut self, written: Written) {
        match written {
            Written::Answer(_, Ok(response)) => {
                if matches!(self.taken, Taken::Storing { .. }) {
                    self.stored(response);
                }
            }
            Written::Answer(question, Err(error)) => {
                tracing::warn!(%error, "an answer could not be stored");
                self.taken = Taken::Nothing;
                self.notices(NoticeKind::AnswerNotKept, None);
                if self.question.is_none() {
                    let (words, is_for_all) = (String::new(), false);
                    self.question = Some(Current { id: question, words, is_for_all });
                }
                self.passes_the_word();
            }
            Written::Other(_, Ok(())) => {}
            Written::Other(what, Err(error)) => {
                tracing::warn!(what, %error, "not stored");
                // Words would be missing without a word: an answer has no room for more, or the storage is away.
                if what == "amend" {
                    self.notices(NoticeKind::AnswerNotKept, None);
                }
            }
        }
    }

    /// Shows what the interviewer says.
    pub(super) fn shows(&mut self, id: String, text: String, is_final: bool) {
        self.tells(ToPageMessage::Caption { who: Who::Interviewer, id, text, is_final });
    }
}

fn current(question: &Question) -> Current {
    let (id, words) = (question.id, question.content.clone());
    Current { id, words, is_for_all: is_for_all(question) }
}

/// Whether everybody is asked this in the same words: it stands in the bank, and nothing of a resume was put into it.
fn is_for_all(question: &Question) -> bool {
    let is_own = question.engine.kind == EngineKind::Builtin && question.parent_question_id.is_none();
    is_own && question.bank_id.is_some() && question.grounding.is_empty()
}

/// What is said when a question is asked.
fn words_of(question: &Question) -> String {
    let lead_in = question.lead_in.as_ref().map(|words| format!("{words} ")).unwrap_or_default();
    format!("{lead_in}{}", question.content)
}
