//! Speaking: words become sentences, sentences sound, sound goes to the page.

use super::actor::{Actor, Current, Done, Written};
use super::control::{NoticeKind, ToPageMessage};
use super::ports::{EngineLost, Mouth, Sentence};
use super::reply::{About, Reply};
use crate::turn::{AnswerKind, Input, ReplyId};
use futures::StreamExt;
use greenroom_media::link::Sound;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long the first sound of a sentence may take; then it is read.
const FIRST_SOUND: Duration = Duration::from_millis(1_900);
/// How long the next sound of a sentence may take.
const NEXT_SOUND: Duration = Duration::from_secs(3);
/// A reply that nobody reports on any more counts as heard so long after its end, ms.
const UNREPORTED_MS: u64 = 3_000;

impl Actor {
    /// The interviewer is writing: whole sentences are said already.
    pub(super) fn drafted(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let now = self.now();
        self.marks.iter_mut().for_each(|marks| marks.token(now));
        // A talker says what is on the log.
        if self.talker.is_some() {
            return;
        }
        if self.replies.back().is_none_or(|reply| reply.about != About::Draft) {
            self.new_reply(About::Draft, self.kind);
        }
        if let Some(reply) = self.replies.back_mut() {
            reply.drafted(words);
            let id = format!("reply-{}", reply.id.0);
            self.shows(id, words.to_owned(), false);
        }
        self.voices();
    }

    /// The interviewer says this; `for_all` is the part of it that everybody is told. What was said of it from a draft
    /// is not said again.
    pub(super) fn says(&mut self, about: About, kind: AnswerKind, words: &str, for_all: &str) {
        if let Some(talker) = self.talker.clone() {
            return self.is_said_by(talker, about, kind, words);
        }
        if self.replies.back().is_none_or(|reply| reply.about != About::Draft) {
            self.new_reply(about, kind);
        }
        let Some(reply) = self.replies.back_mut() else { return };
        reply.about = about;
        reply.kind = kind;
        reply.says_to_all(for_all);
        reply.complete(words);
        let id = format!("reply-{}", reply.id.0);
        self.shows(id, words.to_owned(), true);
        self.voices();
        self.completes();
    }

    /// Says the question once more.
    pub(super) fn says_again(&mut self) {
        let Some(Current { id, words, is_for_all }) = self.question.clone() else { return };
        if !words.is_empty() {
            let for_all = if is_for_all { words.as_str() } else { "" };
            self.says(About::Question(id), self.kind, &words, for_all);
        }
    }

    /// Gives the word back without saying anything.
    pub(super) fn passes_the_word(&mut self) {
        self.new_reply(About::Draft, self.kind);
        if let Some(reply) = self.replies.back_mut() {
            reply.complete("");
        }
        self.completes();
    }

    pub(super) fn new_reply(&mut self, about: About, kind: AnswerKind) {
        self.last_reply += 1;
        self.replies.push_back(Reply::new(ReplyId(self.last_reply), about, kind));
    }

    /// Has the next sentence made into sound.
    pub(super) fn voices(&mut self) {
        let Some(reply) = self.replies.back_mut() else { return };
        let Some(mouth) = self.mouth.clone() else { return self.reads_instead() };
        let Some(sentence) = reply.next_sentence() else { return };
        let (id, done) = (reply.id, self.done.clone());
        let task = self.engines.spawn(voice(mouth, sentence.clone(), id, done));
        reply.voiced_by(task, sentence.text);
    }

    /// Sound came.
    pub(super) fn sounds(&mut self, id: ReplyId, sound: &Sound) {
        let Some(reply) = self.replies.iter_mut().find(|reply| reply.id == id) else { return };
        if reply.sounds(sound) {
            self.announces_sentence(id);
        }
    }

    /// Tells the machine of the sentence that is being made.
    fn announces_sentence(&mut self, id: ReplyId) {
        self.announces(id);
        let Some(reply) = self.replies.iter().find(|reply| reply.id == id) else { return };
        if reply.is_worded() {
            return self.retells(id);
        }
        if let Some(sentence) = reply.current().cloned() {
            self.give(Input::Sentence { reply: id, text: sentence.text, ms: sentence.ms });
        }
    }

    /// Tells the machine of a reply; whatever was said before it ends.
    fn announces(&mut self, id: ReplyId) {
        let Some(reply) = self.replies.iter_mut().find(|reply| reply.id == id) else { return };
        if std::mem::replace(&mut reply.is_announced, true) {
            return;
        }
        let (kind, is_last) = (reply.kind, reply.about == About::Farewell);
        self.give(Input::Reply { reply: id, kind, is_last });
        self.replies.retain(|reply| reply.id >= id);
    }

    /// A sentence has all its sound, or will have none.
    pub(super) fn sentence_over(&mut self, id: ReplyId, outcome: Result<(), EngineLost>) {
        let Some(reply) = self.replies.iter_mut().find(|reply| reply.id == id) else { return };
        let was_silent = reply.current().is_some_and(|sentence| sentence.from_ms == reply.length_ms());
        let ms = reply.sentence_over();
        let sentence = reply.current().cloned();
        if was_silent {
            self.announces_sentence(id);
        }
        self.give(Input::Measured { reply: id, ms });
        if let Some(sentence) = sentence {
            let (text, from_ms) = (sentence.text, sentence.from_ms);
            self.tells(ToPageMessage::Sentence { reply: id.0, text, from_ms, ms });
        }
        match outcome {
            Ok(()) => self.voices(),
            Err(lost) => {
                self.engine_lost(lost.engine);
                self.notices(NoticeKind::ReadInstead, None);
                self.reads_instead();
            }
        }
        self.completes();
    }

    /// What is left cannot be made to sound: it is read.
    fn reads_instead(&mut self) {
        let Some(reply) = self.replies.back_mut() else { return };
        let (id, silent) = (reply.id, reply.give_up());
        if silent.is_empty() {
            return;
        }
        self.announces(id);
        for sentence in silent {
            let (text, from_ms) = (sentence.text, sentence.from_ms);
            self.give(Input::Sentence { reply: id, text: text.clone(), ms: 0 });
            self.tells(ToPageMessage::Sentence { reply: id.0, text, from_ms, ms: 0 });
        }
    }

    /// Tells the machine when a reply has all its sentences.
    pub(super) fn completes(&mut self) {
        let Some(reply) = self.replies.back().filter(|reply| reply.is_whole()) else { return };
        let id = reply.id;
        self.announces(id);
        self.give(Input::Whole { reply: id });
        self.hears_out();
    }

    /// So much of a reply has sounded.
    pub(super) fn played(&mut self, id: ReplyId, ms: u64) {
        let now = self.now();
        if let Some(reply) = self.replies.iter_mut().find(|reply| reply.id == id) {
            (reply.progress_at, reply.played_ms) = (now, ms);
        }
        if let Some(take) = &mut self.take {
            let about = self.replies.iter().find(|reply| reply.id == id).map(|reply| reply.about);
            let question =
                about.and_then(|about| if let About::Question(id) = about { Some(id) } else { None });
            take.played(id.0, ms, question);
        }
        if ms > 0 {
            self.marks.iter_mut().for_each(|marks| marks.played(now, ms));
            self.tells_times();
        }
        self.give(Input::Played { reply: id, ms });
    }

    /// Keeps how long the turn took, once that is known.
    pub(super) fn tells_times(&mut self) {
        let Some((response, stages)) = self.marks.as_ref().and_then(super::marks::Marks::stages) else {
            return;
        };
        self.marks = None;
        super::marks::measure(stages);
        let interview = self.interview.clone();
        self.writes.spawn(async move { Written::Other("times", interview.timed(response, stages).await) });
    }

    pub(super) fn time_passes(&mut self) {
        self.tells_recording();
        if self.is_paused {
            return;
        }
        self.give(Input::Tick);
        self.minds_ear();
        self.holds_words();
        self.hears_out();
    }

    /// A reply without sound is over when it stands on the page; one that the page does not report on, some time after
    /// it should have ended.
    fn hears_out(&mut self) {
        let now = self.now();
        let over = self.replies.iter().find(|reply| {
            let length = reply.length_ms();
            let is_due = length == 0 || now >= reply.progress_at + length + UNREPORTED_MS;
            reply.is_playing && reply.is_whole() && reply.is_sent() && is_due
        });
        if let Some((id, ms)) = over.map(|reply| (reply.id, reply.length_ms())) {
            self.give(Input::Played { reply: id, ms });
        }
    }
}

/// Makes one sentence sound.
async fn voice(mouth: Arc<dyn Mouth>, sentence: Sentence, reply: ReplyId, done: mpsc::Sender<Done>) {
    let late = || EngineLost { engine: "text_to_speech".to_owned() };
    let making = async {
        let began = tokio::time::Instant::now();
        let mut saying =
            tokio::time::timeout(FIRST_SOUND, mouth.say(sentence)).await.map_err(|_| late()).flatten()?;
        let mut patience = FIRST_SOUND.saturating_sub(began.elapsed());
        while let Some(piece) = tokio::time::timeout(patience, saying.next()).await.map_err(|_| late())? {
            patience = NEXT_SOUND;
            if done.send(Done::Sound { reply, sound: piece? }).await.is_err() {
                break;
            }
        }
        Ok(())
    };
    let outcome = making.await;
    // Who does not listen any more has gone.
    let _ = done.send(Done::SentenceOver { reply, outcome }).await;
}
