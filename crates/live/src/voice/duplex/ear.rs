//! The model's ear: what it is told goes to the conversation, and its words come back by utterance.

use super::Shared;
use futures::StreamExt;
use greenroom_speech::realtime::{Over, SpokenTo, Voice};
use greenroom_speech::{Command, Heard, Kind, Listening, Pcm16k, SpeechError, Transcript, channel, guard};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

/// Most sound of an utterance that the guard looks at, samples: five minutes.
const MOST_SOUND: usize = 5 * 60 * 16_000;

pub(super) struct Ear {
    shared: Arc<Shared>,
    engine: String,
    language: String,
    voice: Voice,
    commands: mpsc::Receiver<Command>,
    heard: mpsc::Receiver<SpokenTo>,
    /// Sound of the utterance that is being spoken.
    sound: Vec<i16>,
    /// Utterances without words yet: the model's number, ours, and the sound.
    finished: VecDeque<(u32, u32, Vec<i16>)>,
    utterances: u32,
    is_over: bool,
}

impl Ear {
    /// An open ear.
    pub fn listening(
        shared: Arc<Shared>,
        engine: String,
        language: String,
        voice: Voice,
        heard: mpsc::Receiver<SpokenTo>,
    ) -> Listening {
        let (sink, commands) = channel();
        let (sound, finished) = (Vec::new(), VecDeque::new());
        let ear = Self {
            shared,
            engine,
            language,
            voice,
            commands,
            heard,
            sound,
            finished,
            utterances: 0,
            is_over: false,
        };
        let heard = futures::stream::unfold(ear, |mut ear| async move { Some((ear.next().await?, ear)) });
        Listening { sink, heard: heard.boxed() }
    }

    async fn next(&mut self) -> Option<Result<Heard, SpeechError>> {
        while !self.is_over {
            tokio::select! {
                biased;
                heard = self.heard.recv() => match heard {
                    Some(heard) => if let Some(heard) = self.takes(heard) {
                        self.is_over = heard.is_err();
                        return Some(heard);
                    },
                    None => {
                        self.is_over = true;
                        return Some(Err(self.deaf("the conversation is over")));
                    }
                },
                command = self.commands.recv() => {
                    let outcome = match command {
                        Some(Command::Sound(pcm)) => self.tells(pcm).await,
                        Some(Command::Finish) => self.finishes().await,
                        Some(Command::Close) | None => return None,
                    };
                    if outcome.is_err() {
                        self.is_over = true;
                        return Some(Err(self.deaf("the conversation is over")));
                    }
                }
            }
        }
        None
    }

    async fn tells(&mut self, pcm: Pcm16k) -> Result<(), Over> {
        let room = MOST_SOUND.saturating_sub(self.sound.len());
        self.sound.extend(pcm.samples().iter().take(room));
        self.voice.send(pcm).await
    }

    async fn finishes(&mut self) -> Result<(), Over> {
        let utterance = self.voice.end_utterance().await?;
        self.shared.has_heard.store(true, Ordering::Relaxed);
        self.finished.push_back((utterance, self.utterances, std::mem::take(&mut self.sound)));
        self.utterances += 1;
        Ok(())
    }

    /// What the model heard, in the ear's own numbers. Utterances of an ear before this one are passed over.
    fn takes(&mut self, heard: SpokenTo) -> Option<Result<Heard, SpeechError>> {
        let place = |ear: &Self, of: u32| ear.finished.iter().position(|(number, ..)| *number == of);
        match heard {
            SpokenTo::HeardPartly { utterance, text } => {
                let utterance = self.finished[place(self, utterance)?].1;
                Some(Ok(Heard::Partial { utterance, text }))
            }
            SpokenTo::Heard { utterance, text } => {
                let at = place(self, utterance)?;
                let (_, utterance, sound) = self.finished.remove(at)?;
                let transcript = self.transcript(&text, sound);
                Some(Ok(Heard::Final { utterance, transcript }))
            }
            SpokenTo::NotHeard { utterance } => {
                place(self, utterance)?;
                Some(Err(self.deaf("could not write down what was said")))
            }
            _ => None,
        }
    }

    fn transcript(&self, text: &str, sound: Vec<i16>) -> Transcript {
        let guarded = guard(text, Vec::new(), &[], &Pcm16k::new(sound));
        for doubt in &guarded.doubts {
            greenroom_telemetry::speech::doubted(&self.engine, doubt.as_str());
        }
        Transcript {
            engine: self.engine.clone(),
            text: guarded.text,
            words: guarded.words,
            language: Some(self.language.clone()),
            fillers: None,
            doubts: guarded.doubts,
        }
    }

    fn deaf(&self, why: &str) -> SpeechError {
        SpeechError { engine: self.engine.clone(), kind: Kind::BrokenStream, message: why.to_owned() }
    }
}
