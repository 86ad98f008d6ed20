//! Listening by a line: when the engine fails, the next one hears the utterance from its beginning.

use super::hear::{Inner, Member, late};
use super::{failure, may_pass_on};
use crate::to_text::{Command, Heard, HeardStream, Listening, SpeechSink, StreamOptions, channel};
use crate::{Pcm16k, SpeechError};
use futures::StreamExt;
use greenroom_upstream::Kind;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// Most sound that is kept for the next engine, samples: five minutes of utterances whose words are not there yet.
const MOST_KEPT: usize = 5 * 60 * 16_000;
/// Most engines that are tried for one utterance; then it is given up.
const MOST_MOVES: usize = 4;

/// Opens the first engine that lets itself be opened.
pub(super) async fn open(line: Arc<Inner>, options: StreamOptions) -> Result<Listening, SpeechError> {
    let mut tried = Vec::new();
    let engine = connect(&line, &options, &mut tried).await?;
    let (sink, commands) = channel();
    let ear = Ear {
        line,
        options,
        commands,
        engine,
        kept: VecDeque::from([Kept::default()]),
        utterance: 0,
        ready: VecDeque::new(),
        moves: 0,
        is_over: false,
    };
    let heard = futures::stream::unfold(ear, |mut ear| async move { Some((ear.next().await?, ear)) });
    Ok(Listening { sink, heard: heard.fuse().boxed() })
}

/// An engine that listens.
struct Engine {
    member: Arc<Member>,
    sink: SpeechSink,
    heard: HeardStream,
    /// The utterance that it calls 0.
    first: u32,
}

/// The sound of an utterance whose words are not there yet.
#[derive(Default)]
struct Kept {
    pieces: Vec<Pcm16k>,
    samples: usize,
    finished: Option<Instant>,
}

impl Kept {
    fn duration(&self) -> Duration {
        self.pieces.iter().map(Pcm16k::duration).sum()
    }
}

struct Ear {
    line: Arc<Inner>,
    options: StreamOptions,
    commands: mpsc::Receiver<Command>,
    engine: Engine,
    /// Utterances without words, oldest first; the last one is being spoken.
    kept: VecDeque<Kept>,
    /// The number of the oldest of them.
    utterance: u32,
    /// What the engine said while it was being told something.
    ready: VecDeque<Option<Result<Heard, SpeechError>>>,
    moves: usize,
    is_over: bool,
}

async fn connect(
    line: &Arc<Inner>,
    options: &StreamOptions,
    tried: &mut Vec<SpeechError>,
) -> Result<Engine, SpeechError> {
    for member in line.in_turn(options.language.as_deref()) {
        // One that has just failed is not asked a second time for the same utterance.
        if tried.iter().any(|error| error.engine == member.engine.name()) {
            continue;
        }
        let patience = line.options.stream;
        let opened = timeout_at(Instant::now() + patience, member.engine.open(options.clone())).await;
        match opened.unwrap_or_else(|_| Err(late(member.engine.name(), patience))) {
            Ok(Listening { sink, heard }) => {
                return Ok(Engine { member, sink, heard: heard.fuse().boxed(), first: 0 });
            }
            Err(error) => {
                member.circuit.force().failed(error.kind, Instant::now());
                line.failed(&member, &error);
                let goes_on = may_pass_on(error.kind);
                tried.push(error);
                if !goes_on {
                    break;
                }
            }
        }
    }
    Err(failure("speech to text", std::mem::take(tried)))
}

impl Ear {
    async fn next(&mut self) -> Option<Result<Heard, SpeechError>> {
        while !self.is_over {
            let due = self.due();
            if let Some(heard) = self.ready.pop_front() {
                if let Some(heard) = self.take(heard).await {
                    return Some(heard);
                }
                continue;
            }
            tokio::select! {
                biased;
                heard = self.engine.heard.next() => {
                    if let Some(heard) = self.take(heard).await {
                        return Some(heard);
                    }
                }
                () = sleep_until(due) => {
                    let error = late(self.engine.member.engine.name(), self.line.options.stream);
                    if let Err(error) = self.move_on(error).await {
                        return self.end(error);
                    }
                }
                command = self.commands.recv() => match command {
                    Some(Command::Close) | None => {
                        let _ = self.engine.sink.close().await;
                        return None;
                    }
                    Some(command) => self.pass(command).await,
                },
            }
        }
        None
    }

    /// What the engine said, or went silent with.
    async fn take(
        &mut self,
        heard: Option<Result<Heard, SpeechError>>,
    ) -> Option<Result<Heard, SpeechError>> {
        let error = match heard {
            Some(Ok(heard)) => return self.heard(heard).map(Ok),
            Some(Err(error)) => error,
            None => SpeechError {
                engine: self.engine.member.engine.name().to_owned(),
                kind: Kind::BrokenStream,
                message: "closed the line".to_owned(),
            },
        };
        match self.move_on(error).await {
            Ok(()) => None,
            Err(error) => self.end(error),
        }
    }

    /// Tells the engine, and listens to it meanwhile: it may have to say something before it takes more.
    async fn tell(&mut self, command: Command) {
        let sink = self.engine.sink.clone();
        let telling = sink.tell(command);
        tokio::pin!(telling);
        loop {
            tokio::select! {
                biased;
                // An engine that has gone says so in its stream.
                _ = &mut telling => return,
                heard = self.engine.heard.next() => {
                    let is_over = !matches!(heard, Some(Ok(_)));
                    self.ready.push_back(heard);
                    if is_over {
                        return;
                    }
                }
            }
        }
    }

    fn end(&mut self, error: SpeechError) -> Option<Result<Heard, SpeechError>> {
        self.is_over = true;
        Some(Err(error))
    }

    /// When the words of the oldest finished utterance are due.
    fn due(&self) -> Option<Instant> {
        let oldest = self.kept.front()?;
        let streams = self.engine.member.engine.traits().streaming;
        let options = &self.line.options;
        let patience = if streams { options.stream } else { options.words + oldest.duration() / 2 };
        oldest.finished.map(|finished| finished + patience)
    }

    /// Gives `command` to the engine, and keeps the sound until its words are there.
    async fn pass(&mut self, command: Command) {
        let speaking = self.kept.back_mut().expect("an utterance is always being spoken");
        match &command {
            Command::Sound(pcm) => {
                speaking.samples += pcm.samples().len();
                if speaking.samples <= MOST_KEPT {
                    speaking.pieces.push(pcm.clone());
                }
            }
            Command::Finish => {
                speaking.finished = Some(Instant::now());
                self.kept.push_back(Kept::default());
            }
            Command::Close => {}
        }
        self.tell(command).await;
    }

    /// What the engine heard, in the numbers of the line.
    fn heard(&mut self, heard: Heard) -> Option<Heard> {
        match heard {
            Heard::Partial { utterance, text } => {
                Some(Heard::Partial { utterance: utterance + self.engine.first, text })
            }
            Heard::Final { utterance, transcript } => {
                let utterance = utterance + self.engine.first;
                // The last one is being spoken: an engine that calls it final was not asked.
                if utterance != self.utterance || self.kept.len() < 2 {
                    return None;
                }
                let kept = self.kept.pop_front()?;
                self.utterance += 1;
                self.moves = 0;
                let took = kept.finished.map(|finished| finished.elapsed()).unwrap_or_default();
                self.line.heard(&self.engine.member, kept.duration(), took);
                let mut permit = self.engine.member.circuit.force();
                permit.writing();
                permit.finished();
                Some(Heard::Final { utterance, transcript })
            }
        }
    }

    /// Goes on with the next engine, which hears what has no words yet from its beginning.
    async fn move_on(&mut self, error: SpeechError) -> Result<(), SpeechError> {
        self.engine.member.circuit.force().failed(error.kind, Instant::now());
        self.line.failed(&self.engine.member, &error);
        self.moves += 1;
        if self.moves > MOST_MOVES {
            return Err(error);
        }
        let mut tried = vec![error];
        let mut engine = connect(&self.line, &self.options, &mut tried).await?;
        engine.first = self.utterance;
        self.engine = engine;
        self.ready.clear();
        for index in 0..self.kept.len() {
            for piece in self.kept[index].pieces.clone() {
                self.tell(Command::Sound(piece)).await;
            }
            if self.kept[index].finished.is_some() {
                self.kept[index].finished = Some(Instant::now());
                self.tell(Command::Finish).await;
            }
        }
        Ok(())
    }
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
