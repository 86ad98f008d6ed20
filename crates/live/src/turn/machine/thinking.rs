//! The answer is taken; the reply is being made.

use super::listening::Listening;
use super::{Core, State};
use crate::turn::effect::{Effect, Notice};
use crate::turn::input::{Input, TurnId};
use crate::turn::playback::Playback;
use crate::turn::speech::Speech;

/// A reply that takes longer than this is mentioned, ms by the wall.
const LONG_MS: u64 = 4_000;

#[derive(Debug)]
pub(super) struct Thinking {
    /// `None` before the first word of the interview.
    turn: Option<TurnId>,
    since: u64,
    /// Speech that began before belongs to the turn that has ended, ms of audio.
    since_audio_ms: u64,
    /// Silence that was waited for before the turn was taken for finished.
    waited_ms: u64,
    told: bool,
}

impl Thinking {
    pub fn before_the_first_word(now: u64) -> Self {
        Self { turn: None, since: now, since_audio_ms: 0, waited_ms: 0, told: false }
    }

    pub fn about(turn: TurnId, now: u64, audio_ms: u64, waited_ms: u64) -> Self {
        Self { turn: Some(turn), since: now, since_audio_ms: audio_ms, waited_ms, told: false }
    }
}

impl Core {
    pub(super) fn think(&mut self, mut thinking: Thinking, input: Input, now: u64) -> State {
        match input {
            Input::Reply { reply, kind, is_last } => return self.play(Playback::new(reply, kind, is_last)),
            Input::Typed { text } => match thinking.turn {
                Some(turn) => {
                    let at = self.voice.now_ms();
                    self.effects.push(Effect::Amend { turn, text, from_ms: at, to_ms: at });
                }
                None => return self.typed(text, now),
            },
            Input::Frame { .. } => {
                let began = self.voice.speech_since(thinking.since_audio_ms, self.options.onset_ms);
                if let (Some(began), Some(turn)) = (began, thinking.turn) {
                    // They had not finished after all.
                    if thinking.waited_ms > 0 {
                        self.pace.was_cut_off_after(thinking.waited_ms + (now - thinking.since));
                    }
                    let from = began.saturating_sub(self.options.preroll_ms).max(thinking.since_audio_ms);
                    return State::Listening(Listening::going_on(Speech::new(from), turn, now));
                }
            }
            _ => {}
        }
        if now - thinking.since >= LONG_MS && !std::mem::replace(&mut thinking.told, true) {
            self.notice(Notice::StillThinking);
        }
        State::Thinking(thinking)
    }
}
