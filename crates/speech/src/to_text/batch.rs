//! Listening by engines that want whole utterances.

use super::SpeechToText;
use super::stream::{Command, Heard, Listening, StreamOptions, channel};
use super::transcript::{Transcript, Utterance};
use crate::{Pcm16k, SpeechError};
use futures::StreamExt;
use tokio::sync::mpsc;

/// Longest piece that is sent at once, samples: four minutes, well under what engines take. Longer utterances are
/// transcribed in pieces while one still speaks.
const PIECE: usize = 4 * 60 * 16_000;

/// Listens with `engine`: an utterance is transcribed once it is finished.
pub(crate) fn open(engine: impl SpeechToText + 'static, options: StreamOptions) -> Listening {
    let (sink, commands) = channel();
    let ear =
        Ear { engine, options, commands, sound: Vec::new(), pieces: None, utterance: 0, is_over: false };
    let heard = futures::stream::unfold(ear, |mut ear| async move { Some((ear.next().await?, ear)) });
    Listening { sink, heard: heard.fuse().boxed() }
}

struct Ear<E> {
    engine: E,
    options: StreamOptions,
    commands: mpsc::Receiver<Command>,
    sound: Vec<i16>,
    /// What was transcribed of a long utterance, and how much of it, ms.
    pieces: Option<(Transcript, u32)>,
    utterance: u32,
    is_over: bool,
}

impl<E: SpeechToText> Ear<E> {
    async fn next(&mut self) -> Option<Result<Heard, SpeechError>> {
        while !self.is_over {
            let heard = match self.commands.recv().await {
                Some(Command::Sound(pcm)) => {
                    self.sound.extend_from_slice(pcm.samples());
                    if self.sound.len() < PIECE {
                        continue;
                    }
                    self.piece().await.map(|()| None)
                }
                Some(Command::Finish) => self.finish().await.map(Some),
                Some(Command::Close) | None => return None,
            };
            match heard {
                Ok(Some(heard)) => return Some(Ok(heard)),
                Ok(None) => {}
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    async fn finish(&mut self) -> Result<Heard, SpeechError> {
        self.piece().await?;
        let utterance = self.utterance;
        self.utterance += 1;
        let (transcript, _) = self.pieces.take().expect("a piece has just been transcribed");
        Ok(Heard::Final { utterance, transcript })
    }

    async fn piece(&mut self) -> Result<(), SpeechError> {
        let pcm = Pcm16k::new(std::mem::take(&mut self.sound));
        let took = pcm.ms();
        let StreamOptions { language, hint } = self.options.clone();
        let mut new = self.engine.transcribe(Utterance { pcm, language, hint }).await?;
        self.pieces = Some(match self.pieces.take() {
            None => (new, took),
            Some((mut whole, until)) => {
                for word in &mut new.words {
                    word.from_ms += until;
                    word.to_ms += until;
                }
                whole.text = format!("{} {}", whole.text, new.text).trim().to_owned();
                whole.words.extend(new.words);
                whole.fillers = whole.fillers.zip(new.fillers).map(|(before, now)| before + now);
                whole.doubts.extend(new.doubts);
                (whole, until + took)
            }
        });
        Ok(())
    }
}
