//! Which sound is asked for, and what its words are taken for.

use super::Core;
use crate::turn::effect::Effect;
use crate::turn::input::{Input, StretchId};
use crate::turn::speech::Speech;

/// How far back speech is heard when it is recognised, ms of audio. Who is listened to is recognised at once; a voice
/// that has gone on for longer went on before the first word, or was given up as noise.
const LONGEST_AGO_MS: u64 = 5_000;

impl Core {
    /// Where speech that has just been recognised began, with the sound before it; nothing of a turn that has ended,
    /// and nothing that was held for noise.
    pub(super) fn onset(&self) -> Option<u64> {
        let from = self.voice.speech_from(self.options.onset_ms)?;
        let goes_on = self.voice.spoke_until_ms() > self.turn_ended_ms;
        let nothing_until = self.turn_ended_ms.max(self.deaf_until_ms);
        goes_on.then(|| self.reach_back(from).max(nothing_until))
    }

    /// The same, of speech that began after the turn had ended.
    pub(super) fn new_onset(&self) -> Option<u64> {
        self.voice.speech_since(self.turn_ended_ms, self.options.onset_ms).and_then(|_| self.onset())
    }

    /// From where a run that began at `from` is heard, ms of audio: with the sound before it, and not from too long ago.
    pub(super) fn reach_back(&self, from: u64) -> u64 {
        from.saturating_sub(self.options.preroll_ms).max(self.voice.now_ms().saturating_sub(LONGEST_AGO_MS))
    }

    /// Asks for the words of `speech` up to now.
    pub(super) fn ask(&mut self, speech: &mut Speech, close_from_ms: u64, now: u64) {
        self.stretches += 1;
        let stretch = StretchId(self.stretches);
        let request = speech.ask(stretch, self.voice.now_ms(), now, close_from_ms);
        self.effects.push(Effect::Transcribe { stretch, from_ms: request.from_ms, to_ms: request.to_ms });
    }

    /// Follows speech over a reply: its words are asked for again and again while it lasts, and once more at its end.
    pub(super) fn follow(&mut self, speech: &mut Speech, now: u64) {
        if let Some(from) = self.onset() {
            speech.goes_on(from, self.voice.spoke_until_ms());
        }
        let grown = self.voice.now_ms() - speech.asked_until_ms();
        let is_pause = self.voice.silence_ms() >= self.options.ask_ms;
        if speech.is_unasked() && (is_pause || grown >= self.options.barge_in_ms) {
            self.ask(speech, u64::MAX, now);
        }
    }

    /// Whether speech over a reply has words that are meant for us.
    pub(super) fn is_meant(&self, speech: &Speech) -> bool {
        !self.ear.is_back_channel(speech.glimpse())
    }

    /// Takes words for `speech`.
    pub(super) fn understand(speech: &mut Speech, input: Input) {
        match input {
            Input::Words { stretch, text, is_final } => speech.understood(stretch, text, is_final),
            Input::NoWords { stretch } => speech.failed(stretch),
            _ => {}
        }
    }
}
