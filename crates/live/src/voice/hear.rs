//! Listening: sound to the machine, stretches to the ears, words back.

use super::actor::{Actor, Done};
use super::control::{ToPageMessage, Who};
use super::ports::{EngineLost, Understood};
use crate::recordings::HeardSound;
use crate::turn::{Input, StretchId};
use greenroom_media::codec::Packet;
use std::time::Duration;

/// How long words may take before the candidate is told, on top of a tenth of the sound's length.
pub(super) const SLOW: Duration = Duration::from_millis(1_900);
/// Work of engines under way, at most: a voice, an open ear, and requests, of which later ones hold the words of earlier ones.
const AT_ONCE: usize = 8;

impl Actor {
    /// The next 20 ms of the candidate.
    pub(super) fn hears_sound(&mut self, at_ms: u64, pcm: &[i16; 320], concealed: bool, packets: &[Packet]) {
        // Nobody listens in a pause, and without ears nobody can.
        if self.is_paused || self.ears.is_none() {
            return;
        }
        self.sound.push(at_ms, pcm);
        let looks = self.detector.hear(pcm);
        if let Some(take) = &mut self.take {
            let is_voice = looks.contains(&Some(true));
            take.hears(HeardSound { at_ms, pcm, concealed, packets, is_voice });
        }
        for voiced in looks.into_iter().flatten() {
            self.give(Input::Frame { voiced });
        }
        self.tells_ear();
        self.sound.forget_before(self.machine.needs_from_ms());
    }

    /// Asks for the words of a stretch.
    pub(super) fn asks_for_words(&mut self, stretch: StretchId, from_ms: u64, to_ms: u64) {
        if self.stream.is_open() {
            return self.waits_for_words(stretch, from_ms, to_ms);
        }
        let sound = self.sound.between(from_ms, to_ms);
        self.asks_engine(stretch, from_ms, to_ms, sound);
    }

    /// Asks an engine for the words of a stretch as a whole.
    pub(super) fn asks_engine(&mut self, stretch: StretchId, from_ms: u64, to_ms: u64, sound: Vec<i16>) {
        let Some(ears) = self.ears.clone() else { return self.give(Input::NoWords { stretch }) };
        if self.engines.len() >= AT_ONCE {
            tracing::debug!("words take long; a request is left out");
            return self.give(Input::NoWords { stretch });
        }
        let done = self.done.clone();
        let slow = SLOW + Duration::from_millis((to_ms - from_ms) / 10);
        self.engines.spawn(async move {
            let words = ears.words(sound);
            tokio::pin!(words);
            let outcome = match tokio::time::timeout(slow, &mut words).await {
                Ok(outcome) => outcome,
                Err(_) => {
                    let _ = done.send(Done::Slow { engine: "speech_to_text".to_owned() }).await;
                    words.await
                }
            };
            // Who does not listen any more has gone.
            let _ = done.send(Done::Words { stretch, from_ms, to_ms, outcome }).await;
        });
    }

    /// Words came back, or none will.
    pub(super) fn understood(
        &mut self,
        stretch: StretchId,
        (from_ms, to_ms): (u64, u64),
        outcome: Result<Understood, EngineLost>,
    ) {
        let understood = match outcome {
            Ok(understood) => understood,
            Err(lost) => {
                self.engine_lost(lost.engine);
                return self.give(Input::NoWords { stretch });
            }
        };
        self.lost_engines.retain(|lost| *lost != understood.engine && lost != "speech_to_text");
        let text = understood.text.clone();
        if from_ms < self.machine.turn_ended_ms() {
            // That turn is over, with the words that were known then.
            return self.give(Input::Words { stretch, text, is_final: true });
        }
        self.words_at = Some(self.now());
        if self.transcript.put(stretch, from_ms, to_ms, understood) {
            self.captions(false);
        }
        self.minds_length();
        self.give(Input::Words { stretch, text, is_final: true });
    }

    /// Shows the candidate's words so far.
    pub(super) fn captions(&mut self, is_final: bool) {
        let more = if is_final { "" } else { self.partial_words() };
        let (id, text) = (format!("turn-{}", self.turn + 1), self.words_until_now(more));
        self.tells(ToPageMessage::Caption { who: Who::Candidate, id, text, is_final });
    }
}
