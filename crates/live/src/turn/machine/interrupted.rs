//! The interviewer fell silent because somebody spoke. Words decide whether that was meant.

use super::listening::Listening;
use super::speaking::Speaking;
use super::{Core, State, grow, is_of};
use crate::turn::input::Input;
use crate::turn::playback::Playback;
use crate::turn::speech::Speech;

#[derive(Debug)]
pub(super) struct Interrupted {
    pub playback: Playback,
    speech: Speech,
    since_audio_ms: u64,
    since: u64,
}

impl Interrupted {
    pub fn new(playback: Playback, speech: Speech, since_audio_ms: u64, since: u64) -> Self {
        Self { playback, speech, since_audio_ms, since }
    }

    /// Where the sound begins whose words may yet be asked for.
    pub fn needs_from_ms(&self) -> u64 {
        self.speech.open_from_ms()
    }
}

impl Core {
    pub(super) fn hold(&mut self, mut held: Interrupted, input: Input, now: u64) -> State {
        if !is_of(&input, held.playback.reply) {
            return State::Interrupted(held);
        }
        let Some(input) = grow(&mut held.playback, input) else { return State::Interrupted(held) };
        match input {
            Input::Frame { .. } => self.follow(&mut held.speech, now),
            Input::Words { .. } | Input::NoWords { .. } => {
                Self::understand(&mut held.speech, input);
            }
            Input::Typed { text } => {
                self.stop(&held.playback);
                return self.typed(text, now);
            }
            Input::Done => held.speech.is_done = true,
            Input::Reply { reply, kind, is_last } => {
                self.stop(&held.playback);
                return self.play(Playback::new(reply, kind, is_last));
            }
            _ => {}
        }
        self.judge(held, now)
    }

    fn judge(&mut self, mut held: Interrupted, now: u64) -> State {
        if self.is_meant(&held.speech) {
            self.stop(&held.playback);
            return State::Listening(Listening::new(Some(held.speech), now));
        }
        held.speech.give_up_on(now.saturating_sub(self.options.words_patience_ms));
        let is_quiet = self.voice.silence_ms() >= self.options.false_interruption_ms;
        if is_quiet && held.speech.text().is_some() {
            return State::Speaking(self.resume(held.playback));
        }
        // A voice for so long and no word of it: a radio, a street, somebody else's call.
        let is_noise = self.voice.now_ms() - held.since_audio_ms >= self.options.noise_ms;
        if is_noise && now - held.since >= self.options.noise_ms {
            return State::Speaking(Speaking { is_deaf: true, ..self.resume(held.playback) });
        }
        State::Interrupted(held)
    }
}
