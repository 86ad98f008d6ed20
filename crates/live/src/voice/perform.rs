//! Doing what the machine says.

use super::actor::{Actor, Current, Taken, Written};
use super::control::{By, NoticeKind, Reason, ToPageMessage, Who};
use super::going_on::{fitting, is_beyond};
use super::marks::Marks;
use super::phrases;
use super::reply::About;
use crate::turn::{Effect, EndedBy, Input, ReplyId};
use greenroom_domain::ids::ResponseId;
use greenroom_domain::interview::{EndedBy as Ended, HeardReply, OtherVoice, Spoken, SpokenWord};
use greenroom_media::link::ToPage;
use tokio::sync::oneshot;

impl Actor {
    pub(super) fn performs(&mut self, effect: Effect) {
        match effect {
            Effect::Entered { phase } => self.tells(ToPageMessage::Phase { phase }),
            Effect::Transcribe { stretch, from_ms, to_ms } => self.asks_for_words(stretch, from_ms, to_ms),
            Effect::EndTurn { text, from_ms, to_ms, by, is_partial, .. } => {
                self.turn_ended(text, (from_ms, to_ms), by, is_partial);
            }
            Effect::Amend { text, from_ms, to_ms, .. } => self.went_on(text, (from_ms, to_ms)),
            Effect::Play { reply } => self.plays(reply),
            Effect::Hush { reply } => self.falls_silent(reply, ToPageMessage::Hush { reply: reply.0 }),
            Effect::Stop { reply } => self.falls_silent(reply, ToPageMessage::Stop { reply: reply.0 }),
            Effect::Resume { reply, from_ms } => self.resumes(reply, from_ms),
            Effect::Heard { reply, text, is_whole } => self.was_heard(reply, text, is_whole),
            Effect::Reassure { how } => self.tells(ToPageMessage::Reassure { how }),
            Effect::Notice { notice } => self.notices(notice.into(), None),
            // Silence says nothing of those who only type.
            Effect::Pause if self.ears.is_none() && !self.is_lost => {}
            Effect::Pause => {
                let interview = self.interview.clone();
                self.writes.spawn(async move { Written::Other("pause", interview.pause().await) });
            }
            Effect::Close => self.ended = Some(Reason::Over),
        }
    }

    fn turn_ended(&mut self, text: String, (from_ms, to_ms): (u64, u64), by: EndedBy, is_partial: bool) {
        greenroom_telemetry::voice::turn(By::from(by).name());
        let now = self.now();
        let silence_ms = self.machine.audio_ms().saturating_sub(to_ms);
        self.marks =
            Some(Marks::new(self.turn + 1, now.saturating_sub(silence_ms), self.words_at.take(), now));
        let mut spoken = self.spoken((from_ms, to_ms), by, is_partial);
        let is_request = phrases::asks_to_repeat(&self.language, &text) && self.question.is_some();
        let text = match is_request {
            true => text,
            false => format!("{} {text}", std::mem::take(&mut self.before)).trim().to_owned(),
        };
        let text = self.short_enough(text);
        self.turn += 1;
        // e2e/bench measures from these two lines on.
        tracing::debug!(turn = self.turn, "a turn was taken for finished");
        let (turn, id) = (self.turn, format!("turn-{}", self.turn));
        self.tells(ToPageMessage::Caption { who: Who::Candidate, id, text: text.clone(), is_final: true });
        let (from_ms, to_ms) = (spoken.from_ms, spoken.to_ms);
        self.tells(ToPageMessage::Turn { turn, text: text.clone(), from_ms, to_ms, by: by.into() });
        if by == EndedBy::Length {
            self.notices(NoticeKind::TakenForLength, None);
        }
        if is_request {
            self.taken = Taken::Nothing;
            return self.says_again();
        }
        spoken.words.retain(|word| !word.text.is_empty());
        self.taken = Taken::Held { text, spoken };
        self.answers();
    }

    /// Stores the answer that is held, if its question is known.
    pub(super) fn answers(&mut self) {
        if !matches!(self.taken, Taken::Held { .. }) {
            return;
        }
        let Some(Current { id: question, .. }) = self.question.take() else { return };
        let taken = std::mem::replace(&mut self.taken, Taken::Storing { late: Vec::new() });
        let Taken::Held { text, spoken } = taken else { return };
        let interview = self.interview.clone();
        self.writes
            .spawn(async move { Written::Answer(question, interview.answer(question, text, spoken).await) });
    }

    /// The candidate went on after the turn had been taken for finished.
    fn went_on(&mut self, text: String, places: (u64, u64)) {
        let added = self.spoken(places, EndedBy::Done, false);
        let added = Spoken { ended_by: Ended::Silence, ..added };
        let text = self.short_enough(text);
        let (from_ms, to_ms, turn) = (added.from_ms, added.to_ms, self.turn);
        let by = By::Addition;
        self.tells(ToPageMessage::Turn { turn, text: text.clone(), from_ms, to_ms, by });
        match &mut self.taken {
            Taken::Held { text: before, spoken } => {
                *before = fitting(format!("{before} {text}"));
                *spoken = spoken.clone().with(added);
            }
            Taken::Storing { late } => late.push((text, added)),
            Taken::Stored(response) => {
                let response = *response;
                self.amends(response, text, added);
            }
            Taken::Nothing => {}
        }
    }

    /// Adds words to an answer that is stored, after those that were added before.
    pub(super) fn amends(&mut self, response: ResponseId, text: String, added: Spoken) {
        let (done, stored) = oneshot::channel();
        let before = self.last_amend.replace(stored);
        let interview = self.interview.clone();
        self.writes.spawn(async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            let outcome = interview.amend(response, text, added).await;
            drop(done);
            Written::Other("amend", outcome)
        });
    }

    fn spoken(&mut self, (from_ms, to_ms): (u64, u64), by: EndedBy, is_partial: bool) -> Spoken {
        let (words, voices, engine) = self.transcript.take();
        let begins_ms = self.sound.begins_on_line(from_ms);
        let on_line =
            |from_ms, to_ms| (self.sound.on_line(from_ms).max(begins_ms), self.sound.on_line(to_ms));
        let words = words.into_iter().map(|word| {
            let (from_ms, to_ms) = on_line(word.from_ms, word.to_ms);
            SpokenWord { from_ms, to_ms, ..word }
        });
        let others = self.voices.others(voices).into_iter().map(|other| {
            let (from_ms, to_ms) = on_line(other.from_ms, other.to_ms);
            OtherVoice { from_ms, to_ms }
        });
        Spoken {
            line: self.line.clone(),
            from_ms: begins_ms,
            to_ms: self.sound.on_line(to_ms),
            ended_by: match by {
                EndedBy::Done => Ended::Done,
                EndedBy::Length => Ended::Length,
                EndedBy::Silence { .. } | EndedBy::Typed => Ended::Silence,
            },
            engine,
            words: words.collect(),
            is_partial,
            others: others.collect(),
        }
    }

    /// What fits into an answer of these words. The next answer has room again.
    fn short_enough(&mut self, text: String) -> String {
        let was_told = std::mem::take(&mut self.told_full);
        if !was_told && is_beyond(&text) {
            self.notices(NoticeKind::AnswerFull, None);
        }
        fitting(text)
    }

    fn plays(&mut self, reply: ReplyId) {
        let now = self.now();
        let Some(found) = self.replies.iter_mut().find(|one| one.id == reply) else { return };
        found.is_playing = true;
        found.progress_at = now;
        self.tells(ToPageMessage::Play { reply: reply.0 });
    }

    fn falls_silent(&mut self, reply: ReplyId, message: ToPageMessage) {
        tracing::debug!(reply = reply.0, "the interviewer is to be silent");
        self.replies.iter_mut().filter(|one| one.id == reply).for_each(|one| one.is_playing = false);
        self.tells(message);
        self.outbox.push_back(ToPage::Clear);
    }

    fn resumes(&mut self, reply: ReplyId, from_ms: u64) {
        let now = self.now();
        let Some(found) = self.replies.iter_mut().find(|one| one.id == reply) else { return };
        found.back_to(from_ms);
        found.progress_at = now;
        self.tells(ToPageMessage::Resume { reply: reply.0, from_ms });
        // What had been taken for words was none, or not meant.
        if !self.transcript.text().is_empty() || self.stream.forgets_partial() {
            self.transcript.take();
            self.captions(true);
        }
    }

    fn was_heard(&mut self, reply: ReplyId, text: String, is_whole: bool) {
        let Some(at) = self.replies.iter().position(|one| one.id == reply) else { return };
        let Some(found) = self.replies.remove(at) else { return };
        if let Some(talker) = self.talker.as_ref().filter(|_| found.is_worded() && !is_whole) {
            talker.broken_off(reply.0, found.played_ms);
        }
        let question_id = match found.about {
            About::Question(id) => Some(id),
            About::Farewell => None,
            // Its question is not on the log yet; it will be asked again there.
            About::Draft => return,
        };
        let (interview, heard) = (self.interview.clone(), HeardReply { question_id, text, is_whole });
        self.writes.spawn(async move { Written::Other("heard", interview.heard(heard).await) });
        if self.is_over && found.about == About::Farewell {
            self.give(Input::Over);
        }
    }
}
