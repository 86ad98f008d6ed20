//! Lines of engines that stand for one: when an engine fails, the next one takes over, and one that fails too often is
//! left alone until it is back.

mod hear;
mod listen;
mod money;
mod speak;

pub use hear::SttLine;
pub use money::{SttPrice, TalkPrice, TalkTokens, TtsPrice};
pub use speak::TtsLine;

use crate::SpeechError;
use greenroom_upstream::{Circuit, Circuits, Kind};
use std::sync::Arc;
use std::time::Duration;

/// The circuits of all engines, by direction and name.
pub type EngineCircuits = Circuits<(Task, String)>;

/// What an engine is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// Words of speech.
    ToText,
    /// Speech of words.
    ToSpeech,
    /// Both at once.
    Realtime,
}

impl Task {
    /// One stable word for measures.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ToText => "to_text",
            Self::ToSpeech => "to_speech",
            Self::Realtime => "realtime",
        }
    }
}

/// How long a line tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineOptions {
    /// How long one voice may take until its first sound. Default 1.5 s: then the next one speaks, and a person has
    /// not yet begun to wonder.
    pub first_sound: Duration,
    /// How long one recogniser may take for the words of an utterance; half of its length is added. Default 5 s. Where
    /// another one waits behind it, two fifths and a quarter, so that the words of a sentence still come within 5 s.
    pub words: Duration,
    /// How long a line to a streaming recogniser may take to open, and its last words to come once an utterance is
    /// finished. Default 3 s.
    pub stream: Duration,
}

impl LineOptions {
    /// How long a recogniser may take for `sound`.
    fn patience(&self, sound: Duration, others_wait: bool) -> Duration {
        if others_wait { self.words * 2 / 5 + sound / 4 } else { self.words + sound / 2 }
    }
}

impl Default for LineOptions {
    fn default() -> Self {
        Self {
            first_sound: Duration::from_millis(1500),
            words: Duration::from_secs(5),
            stream: Duration::from_secs(3),
        }
    }
}

/// The members in the order in which they are asked: those that are left alone come last, the likeliest to be back
/// first. So nobody is silent as long as anybody might speak.
pub(crate) fn in_turn<M>(members: &[Arc<M>], circuit: impl Fn(&M) -> &Arc<Circuit>) -> Vec<Arc<M>> {
    let (mut usable, mut left_alone): (Vec<_>, Vec<_>) =
        members.iter().cloned().partition(|member| circuit(member).is_usable());
    left_alone.sort_by_key(|member| circuit(member).badness());
    usable.append(&mut left_alone);
    usable
}

/// Whether another engine may do what this one refused.
fn may_pass_on(kind: Kind) -> bool {
    // A text that is too long or a broken request is refused by all; a policy or a limit of length may be one's own.
    kind != Kind::BadRequest
}

/// The failure of a whole line: what the last engine said, and who was asked.
pub(crate) fn failure(line: &str, tried: Vec<SpeechError>) -> SpeechError {
    let names: Vec<String> =
        tried.iter().map(|error| format!("{} {}", error.engine, error.kind.as_str())).collect();
    match tried.into_iter().next_back() {
        Some(last) => {
            SpeechError { message: format!("{} (tried: {})", last.message, names.join(", ")), ..last }
        }
        None => SpeechError {
            engine: line.to_owned(),
            kind: Kind::Unreachable,
            message: "no engine is set up".to_owned(),
        },
    }
}
