//! Between the session and the model: sound up, sound and words down.

use super::openai::{self, Event};
use super::replies::Replies;
use super::utterances::Utterances;
use super::{SpokenTo, Tell};
use crate::SpeechError;
use crate::limits::Timeouts;
use crate::socket::{In, Out, Socket};
use crate::to_speech::tune::To24k;
use futures::StreamExt;
use futures::stream::BoxStream;
use greenroom_upstream::{Fault, Http, Kind};
use serde_json::Value;
use std::collections::VecDeque;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout_at};

struct Relay {
    socket: Socket,
    told: mpsc::Receiver<Tell>,
    timeouts: Timeouts,
    resampler: To24k,
    utterances: Utterances,
    replies: Replies,
    ready: VecDeque<SpokenTo>,
    fault: Option<Fault>,
    is_over: bool,
}

/// Opens the line, sends `update` and waits until it is taken.
pub(super) async fn begin(
    http: &Http,
    update: Value,
    told: mpsc::Receiver<Tell>,
    engine: &str,
    deadline: Instant,
    timeouts: Timeouts,
) -> Result<BoxStream<'static, Result<SpokenTo, SpeechError>>, Fault> {
    let mut socket = Socket::open(http, deadline, timeouts.next).await?;
    socket.send(Out::Json(update)).await?;
    loop {
        let message = timeout_at(deadline, socket.next()).await;
        match message.map_err(|_| late("the line was not ready in time"))?? {
            In::Json(message) if openai::read(&message)? == Event::Ready => break,
            In::Json(_) => {}
            In::Closed(_) => return Err(closed()),
        }
    }
    let relay = Relay {
        socket,
        told,
        timeouts,
        resampler: To24k::new(16_000)?,
        utterances: Utterances::default(),
        replies: Replies::default(),
        ready: VecDeque::new(),
        fault: None,
        is_over: false,
    };
    let state = (relay, engine.to_owned());
    let events = futures::stream::unfold(state, |(mut relay, engine)| async move {
        let event = relay.next().await?.map_err(|fault| SpeechError::new(&engine, fault));
        Some((event, (relay, engine)))
    });
    Ok(events.fuse().boxed())
}

fn closed() -> Fault {
    Fault::new(Kind::BrokenStream, "the service closed the line")
}

fn late(what: &'static str) -> Fault {
    Fault::new(Kind::TimedOut, what)
}

impl Relay {
    /// What happened before a fault comes before it.
    async fn next(&mut self) -> Option<Result<SpokenTo, Fault>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            if self.is_over {
                return self.fault.take().map(Err);
            }
            match self.step().await {
                Ok(true) => {}
                Ok(false) => self.is_over = true,
                Err(fault) => (self.fault, self.is_over) = (Some(fault), true),
            }
        }
    }

    async fn step(&mut self) -> Result<bool, Fault> {
        let words = self.utterances.due(self.timeouts.words);
        let reply = self.replies.due(self.timeouts);
        tokio::select! {
            biased;
            message = self.socket.next() => match message? {
                In::Json(message) => self.take(openai::read(&message)?).await?,
                In::Closed(_) => return Err(closed()),
            },
            () = until(words) => return Err(late("no words of an utterance in time")),
            () = until(reply) => return Err(late("no sound of a reply in time")),
            tell = self.told.recv() => return self.obey(tell).await,
        }
        Ok(true)
    }

    async fn obey(&mut self, tell: Option<Tell>) -> Result<bool, Fault> {
        match tell {
            Some(Tell::Sound(pcm)) => {
                self.utterances.sound(pcm.samples().len());
                let samples = self.resampler.push(pcm.samples())?;
                if !samples.is_empty() {
                    self.send([openai::append(&samples)]).await?;
                }
            }
            Some(Tell::EndUtterance(number)) => {
                self.utterances.end(number);
                self.send([openai::end_utterance()]).await?;
            }
            Some(Tell::Forget) => {
                self.utterances.forget();
                self.send([openai::forget()]).await?;
            }
            Some(Tell::Say { reply, what }) => {
                let send = self.replies.say(reply, what);
                self.send(send).await?;
            }
            Some(Tell::Stop { reply, heard_ms }) => {
                let (send, over) = self.replies.stop(reply, heard_ms);
                self.ready.extend(over);
                self.send(send).await?;
            }
            Some(Tell::Close) | None => {
                self.socket.close().await;
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn send(&mut self, messages: impl IntoIterator<Item = Value>) -> Result<(), Fault> {
        for message in messages {
            self.socket.send(Out::Json(message)).await?;
        }
        Ok(())
    }

    async fn take(&mut self, event: Event) -> Result<(), Fault> {
        let (send, happened) = match event {
            Event::Ready | Event::Nothing => (None, None),
            Event::Taken { item } => {
                self.utterances.taken(item);
                (None, None)
            }
            Event::Empty => (None, self.utterances.was_empty()),
            Event::Partly { item, text } => (None, self.utterances.partly(&item, &text)),
            Event::Heard { item, text } => (None, self.utterances.whole(&item, text)),
            Event::NotHeard { item } => (None, self.utterances.failed(&item)),
            Event::Began { response } => self.replies.began(response),
            Event::Item { response, item } => {
                self.replies.item(&response, item);
                (None, None)
            }
            Event::Sound { response, bytes } => (None, self.replies.sound(&response, &bytes)),
            Event::Words { response, text } => (None, self.replies.words(&response, text)),
            Event::Done { response, complete, used } => {
                self.ready.extend(used.map(SpokenTo::Used));
                self.replies.done(&response, complete)
            }
            Event::Failed { used, fault } => {
                self.ready.extend(used.map(SpokenTo::Used));
                return Err(fault);
            }
        };
        self.ready.extend(happened);
        self.send(send).await
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}
