//! A line to a recogniser: sound up, words down, cut into utterances.

use super::super::SttTraits;
use super::super::stream::{Command, Heard};
use super::super::transcript::{Raw, Speaker, Transcript, Word};
use super::{Protocol, Read};
use crate::socket::{In, Out, Socket};
use crate::{Pcm16k, SpeechError};
use greenroom_upstream::{Fault, Kind};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout_at};

/// After so much silence a sign of life is sent. Deepgram closes a line after 10 s.
const SILENCE: Duration = Duration::from_secs(4);
/// Most sound of an utterance that the guard looks at, samples: five minutes.
const MOST_SOUND: usize = 5 * 60 * 16_000;

/// An utterance under way.
#[derive(Default)]
struct Speech {
    /// Where it begins on the line, ms.
    from_ms: u64,
    sound: Vec<i16>,
    text: String,
    words: Vec<Word>,
    /// Since when its last words are awaited.
    finished: Option<Instant>,
}

/// Lines opened by this process.
static LINES: AtomicU64 = AtomicU64::new(0);

pub(super) struct Ear {
    /// Its number among all lines.
    line: u64,
    socket: Socket,
    protocol: Box<dyn Protocol>,
    commands: mpsc::Receiver<Command>,
    engine: String,
    traits: SttTraits,
    language: Option<String>,
    /// Oldest first; the last one is being spoken.
    speeches: VecDeque<Speech>,
    utterance: u32,
    /// Samples that were sent.
    sent: u64,
    quiet_since: Instant,
    is_ready: bool,
    ready: VecDeque<Heard>,
    is_over: bool,
}

impl Ear {
    pub fn new(
        socket: Socket,
        protocol: Box<dyn Protocol>,
        commands: mpsc::Receiver<Command>,
        engine: String,
        traits: SttTraits,
        language: Option<String>,
    ) -> Self {
        Self {
            line: LINES.fetch_add(1, Ordering::Relaxed),
            socket,
            protocol,
            commands,
            engine,
            traits,
            language,
            speeches: VecDeque::from([Speech::default()]),
            utterance: 0,
            sent: 0,
            quiet_since: Instant::now(),
            is_ready: false,
            ready: VecDeque::new(),
            is_over: false,
        }
    }

    /// Waits until the vendor is ready for sound: a wrong key or model is often told only now.
    pub async fn wait_until_ready(&mut self, deadline: Instant) -> Result<(), Fault> {
        let late = || Fault::new(Kind::TimedOut, "the line was not ready in time");
        while !self.is_ready && !self.protocol.hello_is_enough() {
            let message = timeout_at(deadline, self.socket.next()).await.map_err(|_| late())?;
            self.take(message?)?;
        }
        Ok(())
    }

    pub async fn next(&mut self) -> Option<Result<Heard, SpeechError>> {
        while !self.is_over {
            if let Some(heard) = self.ready.pop_front() {
                return Some(Ok(heard));
            }
            match self.step().await {
                Ok(true) => {}
                Ok(false) => self.is_over = true,
                Err(fault) => {
                    self.is_over = true;
                    return Some(Err(SpeechError::new(&self.engine, fault)));
                }
            }
        }
        None
    }

    /// One thing that happens; false when it was the end.
    async fn step(&mut self) -> Result<bool, Fault> {
        let quiet = self.quiet_since + SILENCE;
        let grace = self.protocol.grace();
        let given_up = self.speeches.front().and_then(|speech| Some(speech.finished? + grace?));
        tokio::select! {
            biased;
            message = self.socket.next() => {
                self.take(message?)?;
            }
            () = sleep_until(given_up.unwrap_or(quiet)), if given_up.is_some() => self.finish_oldest(),
            command = self.commands.recv() => return self.obey(command).await,
            () = sleep_until(quiet) => {
                self.quiet_since = Instant::now();
                if let Some(out) = self.protocol.keep_alive() {
                    self.socket.send(out).await?;
                }
            }
        }
        Ok(true)
    }

    async fn obey(&mut self, command: Option<Command>) -> Result<bool, Fault> {
        self.quiet_since = Instant::now();
        match command {
            Some(Command::Sound(pcm)) => {
                let out = self.protocol.sound(&pcm)?;
                self.keep(&pcm);
                self.socket.send(out).await?;
            }
            Some(Command::Finish) => {
                let now = Instant::now();
                let speech = self.speeches.back_mut().expect("an utterance is always being spoken");
                speech.finished = Some(now);
                let from_ms = self.sent / 16;
                self.speeches.push_back(Speech { from_ms, ..Speech::default() });
                self.send(|protocol| protocol.finish()).await?;
            }
            Some(Command::Close) | None => {
                let _ = self.send(|protocol| protocol.bye()).await;
                self.socket.close().await;
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn send(&mut self, outs: impl FnOnce(&mut dyn Protocol) -> Vec<Out>) -> Result<(), Fault> {
        for out in outs(&mut *self.protocol) {
            self.socket.send(out).await?;
        }
        Ok(())
    }

    fn keep(&mut self, pcm: &Pcm16k) {
        self.sent += pcm.samples().len() as u64;
        let speech = self.speeches.back_mut().expect("an utterance is always being spoken");
        let room = MOST_SOUND.saturating_sub(speech.sound.len());
        speech.sound.extend_from_slice(&pcm.samples()[..pcm.samples().len().min(room)]);
    }

    fn take(&mut self, message: In) -> Result<(), Fault> {
        let message = match message {
            In::Json(message) => message,
            In::Closed(code) => return Err(self.protocol.closed(code)),
        };
        for read in self.protocol.read(&message)? {
            match read {
                Read::Ready => self.is_ready = true,
                Read::Partial(text) => self.partial(&text),
                Read::Words(text, words) => self.words(&text, words),
                Read::Flushed => {
                    if self.speeches.front().is_some_and(|speech| speech.finished.is_some()) {
                        self.finish_oldest();
                    }
                }
            }
        }
        Ok(())
    }

    fn partial(&mut self, text: &str) {
        let speech = self.speeches.front().expect("an utterance is always being spoken");
        let text = joined(&speech.text, text);
        if !text.is_empty() {
            self.ready.push_back(Heard::Partial { utterance: self.utterance, text });
        }
    }

    fn words(&mut self, text: &str, words: Vec<Word>) {
        let utterance = self.utterance;
        let speech = self.speeches.front_mut().expect("an utterance is always being spoken");
        speech.text = joined(&speech.text, text);
        let from = u32::try_from(speech.from_ms).unwrap_or(u32::MAX);
        speech.words.extend(words.into_iter().map(|word| Word {
            from_ms: word.from_ms.saturating_sub(from),
            to_ms: word.to_ms.saturating_sub(from),
            speaker: word.speaker.map(|speaker| Speaker { line: self.line, ..speaker }),
            ..word
        }));
        if !text.trim().is_empty() {
            self.ready.push_back(Heard::Partial { utterance, text: speech.text.clone() });
        }
    }

    fn finish_oldest(&mut self) {
        let Some(speech) = self.speeches.pop_front() else { return };
        let (utterance, pcm) = (self.utterance, Pcm16k::new(speech.sound));
        self.utterance += 1;
        let raw = Raw { text: speech.text, words: speech.words, ..Raw::default() };
        let transcript: Transcript = raw.judged(&self.engine, &self.traits, &pcm, self.language.as_deref());
        self.ready.push_back(Heard::Final { utterance, transcript });
    }
}

/// One text after another, with a space between unless the second begins with a mark.
fn joined(before: &str, after: &str) -> String {
    let (before, after) = (before.trim(), after.trim());
    let is_mark = after.starts_with(['.', ',', '!', '?', ';', ':', '。', '、', '，', '？']);
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (_, true) => before.to_owned(),
        _ if is_mark || is_unspaced(before) && is_unspaced(after) => format!("{before}{after}"),
        _ => format!("{before} {after}"),
    }
}

/// Chinese and Japanese are written without spaces.
fn is_unspaced(text: &str) -> bool {
    text.chars().any(|c| matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn joins_texts_as_they_are_written() {
        for (before, after, both) in [
            ("", "Yes", "Yes"),
            ("Yes", ".", "Yes."),
            ("I led ", " it.", "I led it."),
            ("我领导", "了团队。", "我领导了团队。"),
        ] {
            assert_eq!(joined(before, after), both);
        }
    }
}
