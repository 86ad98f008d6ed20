//! The interviewer speaks.

use super::interrupted::Interrupted;
use super::listening::Listening;
use super::{Core, State, grow, is_of};
use crate::turn::effect::{Effect, Notice};
use crate::turn::input::Input;
use crate::turn::playback::Playback;
use crate::turn::speech::Speech;

/// How late it may become known what has sounded, ms; a page tells four times a second.
const UNTOLD_MS: u64 = 2_000;

#[derive(Debug)]
pub(super) struct Speaking {
    pub playback: Playback,
    /// Somebody speaks too.
    pub over: Option<Speech>,
    /// Sound that turned out to hold no words; nothing is made of it until it ends.
    pub is_deaf: bool,
}

impl Speaking {
    pub fn new(playback: Playback) -> Self {
        Self { playback, over: None, is_deaf: false }
    }
}

impl Core {
    pub(super) fn speak(&mut self, mut speaking: Speaking, input: Input, now: u64) -> State {
        if !is_of(&input, speaking.playback.reply) {
            return State::Speaking(speaking);
        }
        let Some(input) = grow(&mut speaking.playback, input) else { return self.maybe_over(speaking, now) };
        match input {
            Input::Played { ms, .. } => {
                speaking.playback.played(ms);
                self.maybe_over(speaking, now)
            }
            Input::Frame { .. } => self.heard_while_speaking(speaking, now),
            Input::Words { .. } | Input::NoWords { .. } => self.words_while_speaking(speaking, input, now),
            Input::Typed { text } => {
                self.stop(&speaking.playback);
                self.typed(text, now)
            }
            Input::Unspeakable { .. } => {
                // It is read; the candidate answers when ready.
                self.notice(Notice::ReadInstead);
                self.finished(speaking, now)
            }
            // The next reply came before this one was heard to its end: it takes its place.
            Input::Reply { reply, kind, is_last } => {
                self.stop(&speaking.playback);
                let next = self.speaking(Playback::new(reply, kind, is_last));
                State::Speaking(Speaking { is_deaf: speaking.is_deaf, ..next })
            }
            _ => State::Speaking(speaking),
        }
    }

    fn heard_while_speaking(&mut self, mut speaking: Speaking, now: u64) -> State {
        if speaking.is_deaf {
            self.deaf_until_ms = self.voice.now_ms();
            speaking.is_deaf = self.voice.silence_ms() < self.options.false_interruption_ms;
            return State::Speaking(speaking);
        }
        let Some(over) = &mut speaking.over else {
            if let Some(from) = self.new_onset().filter(|_| self.voice.run_ms() >= self.options.ask_ms) {
                let mut over = Speech::new(from);
                over.goes_on(from, self.voice.spoke_until_ms());
                self.ask(&mut over, u64::MAX, now);
                speaking.over = Some(over);
            }
            return State::Speaking(speaking);
        };
        self.follow(over, now);
        let is_nothing = over.text().is_some_and(|text| self.ear.is_back_channel(&text));
        let lasts_ms = self.voice.now_ms() - over.began_ms();
        if self.nearly_over(&speaking.playback) {
            // So little was left that it has sounded by now, also when nobody tells.
            return match lasts_ms >= self.options.overlap_ms + UNTOLD_MS {
                true => self.finished(speaking, now),
                false => State::Speaking(speaking),
            };
        }
        if self.voice.run_ms() >= self.options.barge_in_ms {
            return self.hush(speaking, now);
        }
        if is_nothing && self.voice.silence_ms() >= self.options.false_interruption_ms {
            speaking.over = None;
        }
        State::Speaking(speaking)
    }

    fn words_while_speaking(&mut self, mut speaking: Speaking, input: Input, now: u64) -> State {
        let Some(over) = &mut speaking.over else { return State::Speaking(speaking) };
        Self::understand(over, input);
        if !self.is_meant(over) || self.nearly_over(&speaking.playback) {
            return State::Speaking(speaking);
        }
        let over = speaking.over.take();
        self.stop(&speaking.playback);
        State::Listening(Listening::new(over, now))
    }

    /// So little is left that it is said to its end.
    fn nearly_over(&self, playback: &Playback) -> bool {
        playback.left_ms().is_some_and(|left| left <= self.options.overlap_ms)
    }

    /// Falls silent, not knowing yet whether that was meant.
    fn hush(&mut self, speaking: Speaking, now: u64) -> State {
        let Some(over) = speaking.over else { return State::Speaking(speaking) };
        self.effects.push(Effect::Hush { reply: speaking.playback.reply });
        State::Interrupted(Interrupted::new(speaking.playback, over, self.voice.now_ms(), now))
    }

    fn maybe_over(&mut self, speaking: Speaking, now: u64) -> State {
        if speaking.playback.is_over() { self.finished(speaking, now) } else { State::Speaking(speaking) }
    }

    fn finished(&mut self, speaking: Speaking, now: u64) -> State {
        let playback = speaking.playback;
        self.effects.push(Effect::Heard { reply: playback.reply, text: playback.text(), is_whole: true });
        if playback.is_last {
            self.effects.push(Effect::Close);
            return State::Closing;
        }
        // Who spoke over the end has begun to answer; who only said "mhm" has not.
        State::Listening(Listening::over_the_end(speaking.over, now))
    }
}
