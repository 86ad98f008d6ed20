//! How long the stages of a turn take.

use super::control::ToPageMessage;
use greenroom_domain::ids::ResponseId;
use greenroom_domain::interview::Stages;
use std::time::Duration;

/// Shows operators how long a turn took.
pub(super) fn measure(stages: Stages) {
    for (stage, ms) in stages.named() {
        if let Some(ms) = ms {
            greenroom_telemetry::voice::stage(stage, Duration::from_millis(ms));
        }
    }
}

/// Moments of one turn, ms by the wall.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    turn: u64,
    voice_ended: u64,
    turn_end: u64,
    transcript_final: Option<u64>,
    first_token: Option<u64>,
    first_audio: Option<u64>,
    first_played: Option<u64>,
    /// The answer, once it is known.
    pub response: Option<ResponseId>,
}

impl Marks {
    /// The turn was taken for finished at `turn_end`.
    pub fn new(turn: u64, voice_ended: u64, transcript_final: Option<u64>, turn_end: u64) -> Self {
        let (first_token, first_audio, first_played, response) = (None, None, None, None);
        Self {
            turn,
            voice_ended,
            turn_end,
            transcript_final,
            first_token,
            first_audio,
            first_played,
            response,
        }
    }

    /// The interviewer's first word is known.
    pub fn token(&mut self, now: u64) {
        self.first_token.get_or_insert(now);
    }

    /// The first sound was sent. What the page is told, the first time.
    pub fn audio(&mut self, now: u64) -> Option<ToPageMessage> {
        if self.first_audio.is_some() {
            return None;
        }
        self.first_audio = Some(now);
        Some(ToPageMessage::Marks {
            turn: self.turn,
            vad_end: self.after(self.turn_end),
            transcript_final: self.transcript_final.map(|at| self.after(at)),
            first_token: self.first_token.map(|at| self.after(at)),
            first_audio: self.first_audio.map(|at| self.after(at)),
        })
    }

    /// The first sound was heard `ms` ago.
    pub fn played(&mut self, now: u64, ms: u64) {
        self.first_played.get_or_insert(now.saturating_sub(ms));
    }

    /// All stages, once the last one is over and the answer known.
    pub fn stages(&self) -> Option<(ResponseId, Stages)> {
        self.first_played?;
        let after = |at: Option<u64>| at.map(|at| self.after(at));
        let stages = Stages {
            turn_end_ms: Some(self.after(self.turn_end)),
            transcript_final_ms: after(self.transcript_final),
            first_token_ms: after(self.first_token),
            first_audio_ms: after(self.first_audio),
            first_played_ms: after(self.first_played),
        };
        Some((self.response?, stages))
    }

    fn after(&self, at: u64) -> u64 {
        at.saturating_sub(self.voice_ended)
    }
}
