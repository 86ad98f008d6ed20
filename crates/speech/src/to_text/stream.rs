//! Listening while one speaks.

use super::transcript::Transcript;
use crate::{Pcm16k, SpeechError};
use futures::stream::BoxStream;
use tokio::sync::mpsc;

/// Frames of 20 ms that may wait for a slow engine: 20 s. When they are there, [`SpeechSink::send`] waits.
const WAITING: usize = 1000;

/// How to listen.
#[derive(Clone, Debug, Default)]
pub struct StreamOptions {
    /// The language that is expected, as a language tag; `None` lets the engine find out, where it can.
    pub language: Option<String>,
    /// Words that are likely; see [`super::Utterance::hint`].
    pub hint: Option<String>,
}

/// What was heard.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// The words so far of an utterance, all of them; they may still change.
    Partial {
        /// Which utterance, counted from 0.
        utterance: u32,
        /// Its words so far.
        text: String,
    },
    /// The words of a finished utterance. There is exactly one for each [`SpeechSink::finish_utterance`].
    Final {
        /// Which utterance, counted from 0.
        utterance: u32,
        /// Its words. Times are counted from the beginning of the utterance.
        transcript: Transcript,
    },
}

/// What an engine heard, as it comes. An error is its last item.
pub type HeardStream = BoxStream<'static, Result<Heard, SpeechError>>;

/// An open ear.
pub struct Listening {
    /// Where the sound goes.
    pub sink: SpeechSink,
    /// What was heard.
    pub heard: HeardStream,
}

/// Where the sound goes. Dropping it closes the line.
#[derive(Clone, Debug)]
pub struct SpeechSink {
    commands: mpsc::Sender<Command>,
}

/// What an engine is told by way of a sink.
#[derive(Clone, Debug)]
pub enum Command {
    /// Sound of the utterance.
    Sound(Pcm16k),
    /// The utterance is over.
    Finish,
    /// It is all over.
    Close,
}

/// The engine has stopped listening; the stream of what was heard says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the engine has stopped listening")]
pub struct Deaf;

impl SpeechSink {
    /// Sends sound of the utterance, frame by frame as it comes.
    pub async fn send(&self, pcm: Pcm16k) -> Result<(), Deaf> {
        self.tell(Command::Sound(pcm)).await
    }

    /// Ends the utterance: its [`Heard::Final`] follows, and what is sent from now on is the next one.
    pub async fn finish_utterance(&self) -> Result<(), Deaf> {
        self.tell(Command::Finish).await
    }

    /// Ends it all. What has not been finished is not transcribed.
    pub async fn close(&self) -> Result<(), Deaf> {
        self.tell(Command::Close).await
    }

    pub(crate) async fn tell(&self, command: Command) -> Result<(), Deaf> {
        self.commands.send(command).await.map_err(|_| Deaf)
    }
}

/// A sink, and where an engine takes from it: for those who write an engine.
pub fn channel() -> (SpeechSink, mpsc::Receiver<Command>) {
    let (commands, taken) = mpsc::channel(WAITING);
    (SpeechSink { commands }, taken)
}
