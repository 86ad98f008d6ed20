//! A room with a page in it: it sends sound frame by frame, plays what it gets, says how far it came, and writes down
//! what it was told.

use crate::engines::{Engines, NOISE, TestDetector, TestEars, TestMouth, WORD_MS};
use crate::interview::Kept;
use crate::lines::line;
use greenroom_live::turn::Options;
use greenroom_live::voice::{Conversation, Detector, Ears, Reason, Talker, talk};
use greenroom_media::link::{FromPage, LineStats, Link, LinkId, Sound, ToPage, Transport};
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const FRAME: Duration = Duration::from_millis(20);

/// What the page has seen and heard.
#[derive(Debug, Default)]
pub struct Seen {
    told: Vec<String>,
    pub messages: Vec<Value>,
    phase: String,
    /// The reply whose sound is there, from where, and how much of it.
    sound: Option<(u64, u64, u64)>,
    /// Sound that was played in all, ms.
    pub played_ms: u64,
    is_playing: bool,
    /// The page says nothing of what it plays.
    pub is_silent_about_it: bool,
}

/// The room.
pub struct Room {
    pub engines: Arc<Engines>,
    pub kept: Arc<Kept>,
    seen: Arc<Mutex<Seen>>,
    to: mpsc::Sender<FromPage>,
    talk: JoinHandle<Reason>,
    /// The process is about to stop.
    pub stopping: CancellationToken,
    at_ms: u64,
}

impl Room {
    /// An interview with these questions; the line stands.
    pub async fn with(questions: &[&'static str]) -> Self {
        Self::of(Kept::new(questions), Arc::default(), "one").await
    }

    /// A line to an interview that is there already.
    pub async fn of(kept: Arc<Kept>, engines: Arc<Engines>, line: &str) -> Self {
        let ears = Arc::new(TestEars(engines.clone()));
        Self::hearing(kept, engines, line, ears, Box::new(TestDetector::default())).await
    }

    /// The same, with other ears.
    pub async fn hearing(
        kept: Arc<Kept>,
        engines: Arc<Engines>,
        line: &str,
        ears: Arc<dyn Ears>,
        detector: Box<dyn Detector>,
    ) -> Self {
        Self::talking(kept, engines, line, (ears, None), detector).await
    }

    /// The same, with somebody who finds the words of replies.
    pub async fn talking(
        kept: Arc<Kept>,
        engines: Arc<Engines>,
        line: &str,
        (ears, talker): (Arc<dyn Ears>, Option<Arc<dyn Talker>>),
        detector: Box<dyn Detector>,
    ) -> Self {
        let (to, incoming) = mpsc::channel(256);
        let (outgoing, from) = mpsc::channel(64);
        let (state, told) = kept.follow();
        let stopping = CancellationToken::new();
        let conversation = Conversation {
            interview: kept.clone(),
            state,
            told,
            ears: Some(ears),
            mouth: Some(Arc::new(TestMouth(engines.clone()))),
            talker,
            detector,
            patience: Options::default(),
            take: None,
            stopping: stopping.clone(),
        };
        let link = Link { id: LinkId(line.to_owned()), opened: Instant::now(), incoming, outgoing };
        let talk = tokio::spawn(talk(conversation, link));
        let seen = Arc::new(Mutex::new(Seen::default()));
        tokio::spawn(watch(seen.clone(), from));
        tokio::spawn(play(seen.clone(), to.clone()));
        let room = Self { engines, kept, seen, to, talk, stopping, at_ms: 0 };
        room.sends(FromPage::Connected { transport: Transport::Websocket }).await;
        room.message(r#"{"type":"hello","version":1,"muted":false}"#).await;
        room
    }

    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nobody panics with it")
    }

    /// What the page was told since the last time.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.seen().told)
    }

    pub async fn sends(&self, from_page: FromPage) {
        // A line that has ended takes nothing.
        let _ = self.to.send(from_page).await;
    }

    pub async fn message(&self, text: &str) {
        self.sends(FromPage::Message(text.to_owned())).await;
    }

    pub async fn says(&mut self, text: &str) -> &mut Self {
        for word in text.split(' ') {
            let sample = self.engines.sample_of(word);
            self.frames(WORD_MS, sample).await;
        }
        self
    }

    pub async fn noise(&mut self, ms: u64) -> &mut Self {
        self.frames(ms, NOISE).await;
        self
    }

    pub async fn quiet(&mut self, ms: u64) -> &mut Self {
        self.frames(ms, 0).await;
        self
    }

    /// Sound as it comes from a microphone, frame by frame in time.
    pub async fn sound(&mut self, pcm: &[i16]) -> &mut Self {
        for frame in pcm.as_chunks::<320>().0 {
            self.frame(Box::new(*frame)).await;
            tokio::time::sleep(FRAME).await;
        }
        self
    }

    /// Sound all at once, as a page sends what it had kept.
    pub async fn burst(&mut self, pcm: &[i16]) {
        for frame in pcm.as_chunks::<320>().0 {
            self.frame(Box::new(*frame)).await;
        }
    }

    async fn frame(&mut self, pcm: Box<[i16; 320]>) {
        self.sends(FromPage::Audio { at_ms: self.at_ms, pcm, concealed: false, packets: Vec::new() }).await;
        self.at_ms += 20;
    }

    /// The server stops. What the page was told until its end.
    pub async fn server_stops(self) -> Vec<String> {
        self.stopping.cancel();
        self.ended().await.1
    }

    async fn frames(&mut self, ms: u64, sample: i16) {
        for _ in 0..ms / 20 {
            self.frame(Box::new([sample; 320])).await;
            tokio::time::sleep(FRAME).await;
        }
    }

    /// Only time passes; no sound comes.
    pub async fn nothing_comes(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    /// Silence until it is this phase.
    pub async fn until(&mut self, phase: &str) -> &mut Self {
        for _ in 0..6_000 {
            if self.seen().phase == phase {
                return self;
            }
            self.quiet(20).await;
        }
        panic!("it is never {phase}: {:#?}", self.told());
    }

    /// The process dies: nothing more is done.
    pub async fn dies(self) {
        self.talk.abort();
        let _ = self.talk.await;
    }

    /// Why the conversation ended.
    pub async fn ended(self) -> (Reason, Vec<String>) {
        let reason = tokio::time::timeout(Duration::from_secs(600), self.talk).await;
        let told = std::mem::take(&mut self.seen.lock().expect("nobody panics with it").told);
        (reason.expect("it ends").expect("it does not panic"), told)
    }

    /// The line is bad.
    pub async fn loses(&self, loss: f32) {
        self.sends(FromPage::Stats(LineStats { rtt_ms: 50.0, jitter_ms: 5.0, loss })).await;
    }
}

/// Takes what comes from the server.
async fn watch(seen: Arc<Mutex<Seen>>, mut from: mpsc::Receiver<ToPage>) {
    while let Some(to_page) = from.recv().await {
        let mut seen = seen.lock().expect("nobody panics with it");
        match to_page {
            ToPage::Audio { reply, from_ms, sound: Sound::Pcm(pcm) } => {
                let ms = pcm.len() as u64 / 24;
                seen.sound = Some(match seen.sound {
                    Some((of, played, length)) if of == reply && length == from_ms => {
                        (of, played, length + ms)
                    }
                    _ => (reply, from_ms, from_ms + ms),
                });
            }
            ToPage::Clear => seen.sound = None,
            ToPage::Message(text) => {
                let message: Value = serde_json::from_str(&text).expect("JSON");
                match message["type"].as_str() {
                    Some("phase") => seen.phase = message["phase"].as_str().expect("a phase").to_owned(),
                    Some("play" | "resume") => seen.is_playing = true,
                    Some("hush" | "stop") => seen.is_playing = false,
                    _ => {}
                }
                seen.told.extend(line(&message));
                seen.messages.push(message);
            }
            ToPage::Audio { .. } | ToPage::End { .. } | ToPage::Close => {}
        }
    }
}

/// Plays, and says how far it came.
async fn play(seen: Arc<Mutex<Seen>>, to: mpsc::Sender<FromPage>) {
    while !to.is_closed() {
        tokio::time::sleep(FRAME).await;
        let progress = {
            let mut seen = seen.lock().expect("nobody panics with it");
            match seen.sound {
                Some((reply, played, length)) if seen.is_playing && played < length => {
                    let step = 20.min(length - played);
                    seen.sound = Some((reply, played + step, length));
                    seen.played_ms += step;
                    (!seen.is_silent_about_it).then_some((reply, played + step))
                }
                _ => None,
            }
        };
        if let Some((reply, ms)) = progress {
            let _ = to.send(FromPage::Played { reply, ms }).await;
        }
    }
}
