//! Sound without words.

use super::super::{Core, State};
use super::{Listening, Thinking};
use crate::turn::effect::{EndedBy, Notice};

impl Core {
    /// A radio, music, a street: sound for a whole stretch, and no word in it. What was said before it is the answer;
    /// where nothing was, nobody is there.
    pub(super) fn drowned(&mut self, mut listening: Listening, now: u64) -> State {
        let Some(speech) = &mut listening.speech else { return State::Listening(listening) };
        let text = speech.words_so_far();
        if !text.is_empty() {
            return self.ended(listening, text, EndedBy::Silence { ms: self.options.stretch_ms }, now);
        }
        speech.begin_anew();
        if !std::mem::replace(&mut listening.is_drowned, true) {
            listening.quiet_since = now.saturating_sub(self.options.stretch_ms);
        }
        self.tell_of_noise(&mut listening);
        match listening.waiting {
            Some(_) => self.said_nothing(listening, now),
            None => State::Listening(listening),
        }
    }

    fn tell_of_noise(&mut self, listening: &mut Listening) {
        if !std::mem::replace(&mut listening.told_noise, true) {
            self.notice(Notice::OnlyNoise);
        }
    }

    /// There was sound and no word in it, or none that was understood.
    pub(super) fn said_nothing(&mut self, mut listening: Listening, now: u64) -> State {
        let Some(speech) = listening.speech.take() else { return State::Listening(listening) };
        if speech.is_partial() {
            // What was said is not lost for having been missed: it can be said again, or typed.
            listening.quiet_since = now;
        } else if self.voice.spoke_until_ms() - speech.began_ms() >= self.options.noise_ms {
            self.tell_of_noise(&mut listening);
        }
        listening.is_drowned = false;
        match (listening.continues, listening.waiting.take()) {
            (Some(_), Some(waiting)) => self.play(waiting),
            (Some(turn), None) => State::Thinking(Thinking::about(turn, now, self.voice.now_ms(), 0)),
            (None, Some(waiting)) => self.play(waiting),
            (None, None) => State::Listening(listening),
        }
    }
}
