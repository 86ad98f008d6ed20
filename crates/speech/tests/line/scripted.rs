//! Engines that do what a test says.

use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_speech::realtime::{Conversation, SpeechToSpeech, SpokenTo, Talking, Tell};
use greenroom_speech::{
    Command, Heard, Kind, Listening, Pcm24k, Say, SpeechError, SpeechToText, Spoken, StreamOptions,
    SttTraits, TalkTokens, TextToSpeech, Transcript, Utterance, Voice, channel, default_voice,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What an engine does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    Answer,
    /// The same, and tells what it took.
    Counted,
    Fail(Kind),
    /// Never answers.
    Hang,
    /// Begins well and fails.
    Break,
    /// Listens and never tells.
    Deaf,
}

pub const BUSY: Act = Act::Fail(Kind::Unavailable { retry_after: None });

/// An engine for both directions. The last act is for ever.
pub struct Scripted {
    name: String,
    acts: Mutex<Vec<Act>>,
    pub asked: AtomicUsize,
    traits: SttTraits,
    voices: Vec<Voice>,
}

impl Scripted {
    pub fn new(name: &str, acts: &[Act]) -> Arc<Self> {
        Self::knowing(name, acts, &[])
    }

    pub fn knowing(name: &str, acts: &[Act], languages: &[&str]) -> Arc<Self> {
        let voice =
            Voice { id: default_voice().to_owned(), name: "Ana".to_owned(), language: None, gender: None };
        Arc::new(Self {
            name: name.to_owned(),
            acts: Mutex::new(acts.iter().rev().copied().collect()),
            asked: AtomicUsize::new(0),
            traits: SttTraits {
                languages: languages.iter().map(|language| (*language).to_owned()).collect(),
                keeps_fillers: false,
                word_times: false,
                streaming: false,
                leaves_machine: false,
            },
            voices: vec![voice],
        })
    }

    pub fn times(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn act(&self) -> Result<Act, SpeechError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let act = {
            let mut acts = self.acts.lock().unwrap();
            if acts.len() > 1 { acts.pop().unwrap() } else { acts[0] }
        };
        match act {
            Act::Fail(kind) => Err(self.error(kind)),
            Act::Hang => std::future::pending().await,
            act => Ok(act),
        }
    }

    fn error(&self, kind: Kind) -> SpeechError {
        SpeechError { engine: self.name.clone(), kind, message: "as played".to_owned() }
    }
}

#[async_trait]
impl TextToSpeech for Scripted {
    fn name(&self) -> &str {
        &self.name
    }

    fn voices(&self) -> &[Voice] {
        &self.voices
    }

    fn leaves_machine(&self) -> bool {
        false
    }

    async fn speak(&self, _: Say) -> Result<Spoken, SpeechError> {
        let act = self.act().await?;
        let piece = || Ok(Pcm24k::new(vec![1; 2400]));
        let pieces = match act {
            Act::Break => vec![piece(), Err(self.error(Kind::BrokenStream))],
            _ => vec![piece(), piece()],
        };
        Ok(Spoken { engine: self.name.clone(), sound: stream::iter(pieces).boxed() })
    }
}

#[async_trait]
impl SpeechToText for Scripted {
    fn name(&self) -> &str {
        &self.name
    }

    fn traits(&self) -> &SttTraits {
        &self.traits
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        self.act().await?;
        Ok(transcript(&self.name, utterance.pcm.ms()))
    }

    async fn open(&self, _: StreamOptions) -> Result<Listening, SpeechError> {
        let act = self.act().await?;
        let (sink, commands) = channel();
        let state = (commands, 0_u32, 0_u32, self.name.clone());
        let heard = stream::unfold(state, move |(mut commands, mut ms, utterance, name)| async move {
            loop {
                match commands.recv().await? {
                    Command::Sound(pcm) => ms += pcm.ms(),
                    Command::Finish if act == Act::Deaf => {}
                    Command::Finish => {
                        let transcript = transcript(&name, ms);
                        let heard = Heard::Final { utterance, transcript };
                        return Some((Ok(heard), (commands, 0, utterance + 1, name)));
                    }
                    Command::Close => return None,
                }
                if act == Act::Break && ms >= 100 {
                    let (engine, message) = (name.clone(), "as played".to_owned());
                    let error = SpeechError { engine, kind: Kind::BrokenStream, message };
                    return Some((Err(error), (commands, ms, utterance, name)));
                }
            }
        });
        Ok(Listening { sink, heard: heard.boxed() })
    }
}

fn transcript(engine: &str, ms: u32) -> Transcript {
    Transcript {
        engine: engine.to_owned(),
        text: format!("{ms} ms"),
        words: Vec::new(),
        language: None,
        fillers: None,
        doubts: Vec::new(),
    }
}

#[async_trait]
impl SpeechToSpeech for Scripted {
    fn name(&self) -> &str {
        &self.name
    }

    fn leaves_machine(&self) -> bool {
        false
    }

    /// Says "Well?" to whatever it is to say, or breaks off.
    async fn open(&self, _: Conversation) -> Result<Talking, SpeechError> {
        let act = self.act().await?;
        let (voice, told) = greenroom_speech::realtime::channel();
        let broken = self.error(Kind::BrokenStream);
        let events = stream::unfold(told, |mut told| async move {
            loop {
                if let Tell::Say { reply, .. } = told.recv().await? {
                    return Some((reply, told));
                }
            }
        });
        let events = events.flat_map(move |reply| {
            let sound = Ok(SpokenTo::Sound { reply, pcm: Pcm24k::new(vec![1; 2400]) });
            let took = TalkTokens { sound_in: 50, sound_out: 100, ..TalkTokens::default() };
            let took = matches!(act, Act::Counted).then_some(Ok(SpokenTo::Used(took)));
            let last = match act {
                Act::Break => Err(broken.clone()),
                _ => Ok(SpokenTo::Ended { reply, text: "Well?".to_owned(), complete: true }),
            };
            stream::iter([Ok(SpokenTo::Reply(reply)), sound].into_iter().chain(took).chain([last]))
        });
        Ok(Talking { engine: self.name.clone(), voice, events: events.boxed() })
    }
}
