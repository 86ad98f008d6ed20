//! An answer that outlives its line: what was said of it is kept, and the next line goes on with it.

use super::actor::{Actor, Written};
use super::control::{NoticeKind, ToPageMessage};
use crate::turn::Phase;
use greenroom_domain::interview::{MAX_ANSWER_CHARS, Unfinished};

/// How often the words of a long answer are kept while it is spoken, ms. When the process dies so much is lost at most,
/// and what was not understood yet.
const KEPT_EACH_MS: u64 = 15_000;

impl Actor {
    /// An answer was begun on another line.
    pub(super) fn goes_on_with(&mut self, unfinished: Unfinished) {
        let lost_ms = unfinished.lost_ms;
        self.before = unfinished.text;
        self.captions(false);
        self.tells(ToPageMessage::Notice { notice: NoticeKind::WordsKept, engine: None, lost_ms });
    }

    /// All words of the answer until now; `more` are those that may still change.
    pub(super) fn words_until_now(&self, more: &str) -> String {
        let words = self.transcript.text();
        let all = [self.before.as_str(), words.as_str(), more];
        all.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Keeps the words of a long answer now and then, counted from its first ones.
    pub(super) fn holds_words(&mut self) {
        let now = self.now();
        let has_words = self.transcript.has_words() || !self.partial_words().is_empty();
        if self.machine.phase() != Phase::Listening || !has_words {
            self.held_at = now;
        } else if now >= self.held_at + KEPT_EACH_MS {
            self.held_at = now;
            self.holds(None);
        }
    }

    /// Keeps the words of an answer that nobody can finish on this line, and how much of its end was not understood.
    pub(super) fn holds_words_at_the_end(&mut self) {
        let Some(from_ms) = self.machine.hears_from_ms() else { return };
        if self.machine.phase() == Phase::Listening {
            let is_streamed = !self.partial_words().is_empty();
            let known = if is_streamed { self.stream.told_until() } else { self.transcript.until_ms() };
            self.holds(Some(self.machine.spoke_until_ms().saturating_sub(known.max(from_ms))));
        }
    }

    /// Says once that an answer has no room for more.
    pub(super) fn minds_length(&mut self) {
        if !self.told_full && is_beyond(&self.words_until_now("")) {
            self.told_full = true;
            self.notices(NoticeKind::AnswerFull, None);
        }
    }

    fn holds(&mut self, lost_ms: Option<u64>) {
        let text = fitting(self.words_until_now(self.partial_words()));
        let Some(question) = self.question.as_ref().map(|question| question.id) else { return };
        if text.is_empty() && lost_ms.unwrap_or_default() == 0 {
            return;
        }
        let unfinished = Unfinished { line: self.line.clone(), text, lost_ms };
        let interview = self.interview.clone();
        self.writes.spawn(async move { Written::Other("hold", interview.hold(question, unfinished).await) });
    }
}

/// Whether an answer is longer than the longest.
pub(super) fn is_beyond(text: &str) -> bool {
    text.chars().nth(MAX_ANSWER_CHARS).is_some()
}

/// An answer has a longest length; what is beyond stands in the words with their places.
pub(super) fn fitting(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_ANSWER_CHARS) {
        text.truncate(end);
    }
    text
}
