//! A reply in the words of a model that hears and speaks. The log decides what is asked; what was heard of it is what the
//! model says it has said. When it fails, the words of the log are spoken by the other engines.

use super::actor::{Actor, Current, Done};
use super::carried::carries;
use super::control::{NoticeKind, ToPageMessage};
use super::ports::{EngineLost, Piece, Talker, Wish, WishKind};
use super::reply::About;
use crate::turn::{AnswerKind, Input, ReplyId};
use futures::StreamExt;
use std::sync::Arc;
use tokio::sync::mpsc;

impl Actor {
    /// Has the talker say this.
    pub(super) fn is_said_by(
        &mut self,
        talker: Arc<dyn Talker>,
        about: About,
        kind: AnswerKind,
        words: &str,
    ) {
        // What nobody has heard a sound of is not wanted any more.
        self.replies.retain(|reply| {
            let is_wanted = reply.is_announced || !reply.is_worded();
            if !is_wanted {
                talker.broken_off(reply.id.0, 0);
            }
            is_wanted
        });
        let wish = self.wish(about, words);
        self.new_reply(about, kind);
        let (id, done) = (ReplyId(self.last_reply), self.done.clone());
        let task = self.engines.spawn(attend(talker, id, wish, done));
        if let Some(reply) = self.replies.back_mut() {
            reply.worded_by(task, words.to_owned());
        }
    }

    fn wish(&mut self, about: About, words: &str) -> Wish {
        let is_again = self.last_wish.replace(about) == Some(about);
        let question = self.question.as_ref().map(|Current { words, .. }| words.as_str());
        let question = question.filter(|_| about != About::Farewell).unwrap_or(words);
        let lead_in = words.strip_suffix(question).unwrap_or_default().trim().to_owned();
        let kind = match about {
            About::Farewell => WishKind::Farewell,
            About::Question(_) | About::Draft if is_again => WishKind::Again,
            About::Question(_) | About::Draft => WishKind::Question,
        };
        let words = if lead_in.is_empty() { words } else { question };
        Wish { lead_in, words: words.to_owned(), kind }
    }

    /// More words of a reply are known.
    pub(super) fn worded(&mut self, id: ReplyId, words: String) {
        let found = self.replies.iter_mut().find(|reply| reply.id == id && reply.is_worded());
        let Some(reply) = found else { return };
        reply.found(words.clone());
        self.shows(format!("reply-{}", id.0), words, false);
        self.retells(id);
    }

    /// Tells the machine which words of a reply are known by now.
    pub(super) fn retells(&mut self, id: ReplyId) {
        let Some(reply) = self.replies.iter().find(|reply| reply.id == id && reply.is_announced) else {
            return;
        };
        let sentences = reply.sentences().iter().map(|sentence| (sentence.text.clone(), sentence.ms));
        let sentences = sentences.collect();
        self.give(Input::Retold { reply: id, sentences });
    }

    /// A reply has all its sound, or will have no more.
    pub(super) fn reply_over(&mut self, id: ReplyId, outcome: Result<(), EngineLost>) {
        let is_there = self.replies.iter().any(|reply| reply.id == id && reply.is_worded());
        match outcome {
            Err(lost) => self.loses_talker(id, lost),
            Ok(()) if is_there => self.was_worded(id),
            Ok(()) => {}
        }
        self.completes();
    }

    fn was_worded(&mut self, id: ReplyId) {
        let Some(reply) = self.replies.iter_mut().find(|reply| reply.id == id) else { return };
        let Some((said, plan)) = reply.found_all() else { return };
        let sentences = reply.sentences().to_vec();
        let is_question = matches!(reply.about, About::Question(_));
        self.shows(format!("reply-{}", id.0), said.clone(), true);
        self.retells(id);
        for sentence in sentences {
            let (text, from_ms, ms) = (sentence.text, sentence.from_ms, sentence.ms);
            self.tells(ToPageMessage::Sentence { reply: id.0, text, from_ms, ms });
        }
        let question = self.question.as_ref().map(|question| question.words.clone()).unwrap_or(plan);
        if is_question && !carries(&question, &said) {
            tracing::info!("a question was put in words that do not carry it");
            self.notices(NoticeKind::AsWritten, None);
        }
    }

    /// The talker is of no use any more: the words of the log are spoken by the other engines.
    fn loses_talker(&mut self, id: ReplyId, lost: EngineLost) {
        if self.talker.take().is_some() {
            self.notices(NoticeKind::RealtimeLost, Some(lost.engine));
        }
        let found = self.replies.iter_mut().find(|reply| reply.id == id && reply.is_worded());
        let Some(reply) = found else { return };
        let words = reply.goes_by_the_plan();
        self.shows(format!("reply-{}", id.0), words, true);
        self.retells(id);
        self.voices();
    }
}

/// Carries a reply from the talker until it ends.
async fn attend(talker: Arc<dyn Talker>, id: ReplyId, wish: Wish, done: mpsc::Sender<Done>) {
    let saying = async {
        let (mut replying, mut words) = (talker.reply(id.0, wish).await?, String::new());
        while let Some(piece) = replying.next().await {
            let done_so_far = match piece? {
                Piece::Sound(sound) => Done::Sound { reply: id, sound },
                Piece::Words(new) => {
                    words.push_str(&new);
                    Done::Worded { reply: id, text: words.clone() }
                }
            };
            if done.send(done_so_far).await.is_err() {
                break;
            }
        }
        Ok(())
    };
    let outcome = saying.await;
    // Who does not listen any more has gone.
    let _ = done.send(Done::ReplyOver { reply: id, outcome }).await;
}
