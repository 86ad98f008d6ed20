//! A model that hears and speaks: it reads the words out of the sound, says what it is asked for, and is late, gone or
//! off the subject when told to. A word of it is 200 ms of sound, and is made in 20.

use crate::engines::{Engines, REPLY_WORD_MS, words_in};
use async_trait::async_trait;
use futures::StreamExt;
use greenroom_speech::realtime::{Conversation, SpeechToSpeech, SpokenTo, Talking, Tell, channel};
use greenroom_speech::{Kind, Pcm24k, SpeechError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc;

/// As late as a real one may be before its line is given up.
const LATE: Duration = Duration::from_millis(1_500);
const MAKES_A_WORD: Duration = Duration::from_millis(20);

/// What goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Flaw {
    #[default]
    None,
    /// No conversation can be opened, and nobody says so.
    NeverOpens,
    /// It breaks off after so many words of the next reply.
    BreaksAfter(usize),
    /// It breaks off when it hears sound.
    BreaksWhenItHears,
    /// It says nothing any more.
    NeverSpeaks,
    /// It understands nothing any more.
    NeverHears,
    /// It cannot write down the next utterance.
    CannotWrite,
}

#[derive(Default)]
pub struct TestModel {
    pub engines: Arc<Engines>,
    pub flaw: Mutex<Flaw>,
    /// What it says instead of the next question.
    pub says_instead: Mutex<Option<String>>,
    /// What it was told, in words; sound is left out.
    told: Mutex<Vec<String>>,
}

impl TestModel {
    pub fn with(engines: Arc<Engines>) -> Self {
        Self { engines, ..Self::default() }
    }

    pub fn flaw(&self, flaw: Flaw) {
        *self.flaw.lock().expect("nobody panics with it") = flaw;
    }

    /// What it was told since the last time.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut *self.told.lock().expect("nobody panics with it"))
    }

    fn notes(&self, what: String) {
        self.told.lock().expect("nobody panics with it").push(what);
    }

    fn has(&self, flaw: Flaw) -> bool {
        *self.flaw.lock().expect("nobody panics with it") == flaw
    }

    /// The words of a reply: what stands between the marks, after a nod where one is asked for.
    fn words_for(&self, instructions: &str) -> VecDeque<String> {
        let instead = self.says_instead.lock().expect("nobody panics with it").take();
        let between = instructions.rsplit_once(" begins\n").map_or("", |(_, rest)| rest);
        let asked = between.rsplit_once('\n').map_or("", |(words, _)| words).replace('\n', " ");
        let nod = if instructions.contains("First take up") { "I see. " } else { "" };
        let text = instead.unwrap_or_else(|| format!("{nod}{asked}"));
        text.split(' ').map(str::to_owned).collect()
    }
}

/// The model itself; the test keeps the rest.
pub struct Model(pub Arc<TestModel>);

#[async_trait]
impl SpeechToSpeech for Model {
    fn name(&self) -> &str {
        "test-model"
    }

    fn leaves_machine(&self) -> bool {
        false
    }

    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError> {
        if self.0.has(Flaw::NeverOpens) {
            std::future::pending::<()>().await;
        }
        self.0.notes(format!("opens with {}", conversation.voice));
        let (voice, told) = channel();
        let (to_session, events) = mpsc::channel(8);
        let talk = Talk { model: self.0.clone(), told, to_session, sound: Vec::new(), saying: None };
        tokio::spawn(talk.run());
        let events =
            futures::stream::unfold(events, |mut events| async move { Some((events.recv().await?, events)) });
        Ok(Talking { engine: "test-model".to_owned(), voice, events: events.boxed() })
    }
}

struct Saying {
    reply: u32,
    words: VecDeque<String>,
    said: Vec<String>,
}

struct Talk {
    model: Arc<TestModel>,
    told: mpsc::Receiver<Tell>,
    to_session: mpsc::Sender<Result<SpokenTo, SpeechError>>,
    sound: Vec<i16>,
    saying: Option<Saying>,
}

impl Talk {
    /// Ends when the session has gone, or the model has.
    async fn run(mut self) {
        loop {
            let goes_on = tokio::select! {
                biased;
                told = self.told.recv() => match told {
                    None | Some(Tell::Close) => false,
                    Some(told) => self.obeys(told).await,
                },
                () = tokio::time::sleep(MAKES_A_WORD), if self.saying.is_some() => self.says_a_word().await,
            };
            if !goes_on {
                return;
            }
        }
    }

    async fn tells(&self, event: SpokenTo) -> bool {
        self.to_session.send(Ok(event)).await.is_ok()
    }

    async fn ends(&self, kind: Kind) -> bool {
        let error = SpeechError { engine: "test-model".to_owned(), kind, message: "as told".to_owned() };
        let _ = self.to_session.send(Err(error)).await;
        false
    }

    async fn obeys(&mut self, tell: Tell) -> bool {
        match tell {
            Tell::Sound(pcm) => {
                self.sound.extend(pcm.samples());
                if self.model.has(Flaw::BreaksWhenItHears) {
                    return self.ends(Kind::BrokenStream).await;
                }
            }
            Tell::EndUtterance(utterance) => return self.heard(utterance).await,
            Tell::Forget => self.sound.clear(),
            Tell::Say { reply, what } => {
                let words = self.model.words_for(&what);
                self.model.notes(format!("says {reply}: {}", Vec::from(words.clone()).join(" ")));
                if self.model.has(Flaw::NeverSpeaks) {
                    tokio::time::sleep(LATE).await;
                    return self.ends(Kind::TimedOut).await;
                }
                self.saying = Some(Saying { reply, words, said: Vec::new() });
                return self.tells(SpokenTo::Reply(reply)).await;
            }
            Tell::Stop { reply, heard_ms } => {
                self.model.notes(format!("stops {reply} at {heard_ms}"));
                if let Some(saying) = self.saying.take_if(|saying| saying.reply == reply) {
                    let text = saying.said.join(" ");
                    return self.tells(SpokenTo::Ended { reply, text, complete: false }).await;
                }
            }
            Tell::Close => return false,
        }
        true
    }

    async fn heard(&mut self, utterance: u32) -> bool {
        let found = words_in(&self.model.engines, &self.sound);
        let text = found.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        self.sound.clear();
        self.model.notes(format!("hears {utterance}: {text}"));
        if self.model.has(Flaw::NeverHears) {
            tokio::time::sleep(LATE).await;
            return self.ends(Kind::TimedOut).await;
        }
        if self.model.has(Flaw::CannotWrite) {
            self.model.flaw(Flaw::None);
            return self.tells(SpokenTo::NotHeard { utterance }).await;
        }
        tokio::time::sleep(Duration::from_millis(60)).await;
        self.tells(SpokenTo::Heard { utterance, text }).await
    }

    async fn says_a_word(&mut self) -> bool {
        let Some(saying) = &mut self.saying else { return true };
        let reply = saying.reply;
        let Some(word) = saying.words.pop_front() else {
            let text = saying.said.join(" ");
            self.saying = None;
            return self.tells(SpokenTo::Ended { reply, text, complete: true }).await;
        };
        let text = if saying.said.is_empty() { word.clone() } else { format!(" {word}") };
        saying.said.push(word);
        let said = saying.said.len();
        let pcm = Pcm24k::new(vec![7; (REPLY_WORD_MS * 24) as usize]);
        self.tells(SpokenTo::Words { reply, text }).await;
        self.tells(SpokenTo::Sound { reply, pcm }).await;
        if self.model.has(Flaw::BreaksAfter(said)) {
            return self.ends(Kind::BrokenStream).await;
        }
        true
    }
}
