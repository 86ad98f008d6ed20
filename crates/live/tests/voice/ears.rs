//! Ears that hear while one speaks: words show as soon as most of them was said, and stand 60 ms after the end.

use crate::engines::{Engines, words_in};
use futures::StreamExt;
use greenroom_speech::{
    Command, Heard, HeardStream, Kind, Listening, Speaker, SpeechError, Transcript, Word, channel,
};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc;

const ENGINE: &str = "test-stream";

pub fn open(engines: Arc<Engines>) -> Listening {
    let (sink, commands) = channel();
    let ear =
        Ear { engines, commands, sound: Vec::new(), utterance: 0, shown: String::new(), is_over: false };
    let heard: HeardStream =
        futures::stream::unfold(ear, |mut ear| async move { Some((ear.next().await?, ear)) }).boxed();
    Listening { sink, heard }
}

struct Ear {
    engines: Arc<Engines>,
    commands: mpsc::Receiver<Command>,
    sound: Vec<i16>,
    utterance: u32,
    shown: String,
    is_over: bool,
}

impl Ear {
    async fn next(&mut self) -> Option<Result<Heard, SpeechError>> {
        while !self.is_over {
            match self.commands.recv().await? {
                Command::Sound(pcm) => {
                    self.engines.told_ms.fetch_add(u64::from(pcm.ms()), Ordering::Relaxed);
                    if self.engines.stream_breaks.load(Ordering::Relaxed) {
                        self.is_over = true;
                        return Some(Err(broken()));
                    }
                    self.sound.extend(pcm.samples());
                    let (text, _) = self.words();
                    if text != self.shown {
                        self.shown.clone_from(&text);
                        return Some(Ok(Heard::Partial { utterance: self.utterance, text }));
                    }
                }
                Command::Finish if self.engines.stream_hangs.load(Ordering::Relaxed) => {
                    std::future::pending::<()>().await;
                }
                Command::Finish => {
                    tokio::time::sleep(Duration::from_millis(60)).await;
                    return Some(Ok(self.finish()));
                }
                Command::Close => return None,
            }
        }
        None
    }

    fn finish(&mut self) -> Heard {
        let (text, words) = self.words();
        let utterance = self.utterance;
        self.utterance += 1;
        self.sound.clear();
        self.shown.clear();
        let (language, fillers, doubts) = (None, None, Vec::new());
        let transcript = Transcript { engine: ENGINE.to_owned(), text, words, language, fillers, doubts };
        Heard::Final { utterance, transcript }
    }

    fn words(&self) -> (String, Vec<Word>) {
        let words = words_in(&self.engines, &self.sound);
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let word = |word: &greenroom_domain::interview::SpokenWord| Word {
            text: word.text.clone(),
            from_ms: word.from_ms as u32,
            to_ms: word.to_ms as u32,
            confidence: None,
            // So a test writes what somebody else in the room says.
            speaker: Some(Speaker { line: 0, number: u8::from(word.text.starts_with('~')) }),
        };
        (text, words.iter().map(word).collect())
    }
}

fn broken() -> SpeechError {
    SpeechError { engine: ENGINE.to_owned(), kind: Kind::BrokenStream, message: "broke off".to_owned() }
}
