//! Between the session and the model: sound up, sound and words down, replies by number.

use super::openai::{self, Event};
use super::{SpokenTo, Tell};
use crate::socket::{In, Out, Socket};
use crate::to_speech::tune::To24k;
use crate::{Pcm24k, SpeechError};
use futures::StreamExt;
use futures::stream::BoxStream;
use greenroom_upstream::{Fault, Http, Kind};
use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// A reply that was begun.
struct Reply {
    number: u32,
    response: String,
    item: String,
    text: String,
    carry: Vec<u8>,
    /// Nobody listens any more: what still comes of it is left out.
    is_stopped: bool,
    /// The model has sent all of it, which is long before it has been heard.
    is_done: bool,
}

struct Relay {
    socket: Socket,
    told: mpsc::Receiver<Tell>,
    resampler: To24k,
    heard: String,
    replies: u32,
    reply: Option<Reply>,
    ready: VecDeque<SpokenTo>,
    is_over: bool,
}

/// Opens the line, sends `update` and waits until it is taken.
pub(super) async fn begin(
    http: &Http,
    update: Value,
    told: mpsc::Receiver<Tell>,
    engine: &str,
    deadline: Instant,
    patience: Duration,
) -> Result<BoxStream<'static, Result<SpokenTo, SpeechError>>, Fault> {
    let mut socket = Socket::open(http, deadline, patience).await?;
    socket.send(Out::Json(update)).await?;
    loop {
        let late = || Fault::new(Kind::TimedOut, "the line was not ready in time");
        match timeout_at(deadline, socket.next()).await.map_err(|_| late())?? {
            In::Json(message) if openai::read(&message)? == Event::Ready => break,
            In::Json(_) => {}
            In::Closed(_) => return Err(closed()),
        }
    }
    let relay = Relay {
        socket,
        told,
        resampler: To24k::new(16_000)?,
        heard: String::new(),
        replies: 0,
        reply: None,
        ready: VecDeque::new(),
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

impl Relay {
    async fn next(&mut self) -> Option<Result<SpokenTo, Fault>> {
        while !self.is_over {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            match self.step().await {
                Ok(true) => {}
                Ok(false) => self.is_over = true,
                Err(fault) => {
                    self.is_over = true;
                    return Some(Err(fault));
                }
            }
        }
        None
    }

    async fn step(&mut self) -> Result<bool, Fault> {
        tokio::select! {
            biased;
            message = self.socket.next() => match message? {
                In::Json(message) => self.take(openai::read(&message)?),
                In::Closed(_) => return Err(closed()),
            },
            tell = self.told.recv() => return self.obey(tell).await,
        }
        Ok(true)
    }

    async fn obey(&mut self, tell: Option<Tell>) -> Result<bool, Fault> {
        match tell {
            Some(Tell::Sound(pcm)) => {
                let samples = self.resampler.push(pcm.samples())?;
                if !samples.is_empty() {
                    self.socket.send(Out::Json(openai::append(&samples))).await?;
                }
            }
            Some(Tell::TurnEnded) => {
                for message in openai::turn_ended() {
                    self.socket.send(Out::Json(message)).await?;
                }
            }
            Some(Tell::Say(what)) => self.socket.send(Out::Json(openai::say(&what))).await?,
            Some(Tell::Instruct(what)) => self.socket.send(Out::Json(openai::instruct(&what))).await?,
            Some(Tell::Stop { reply, heard_ms }) => self.stop(reply, heard_ms).await?,
            Some(Tell::Close) | None => {
                self.socket.close().await;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Breaks a reply off. One that the model has sent to its end is only cut to what was heard.
    async fn stop(&mut self, number: u32, heard_ms: u32) -> Result<(), Fault> {
        let Some(reply) = self.reply.as_mut().filter(|reply| reply.number == number && !reply.is_stopped)
        else {
            return Ok(());
        };
        reply.is_stopped = true;
        let (response, item) = (reply.response.clone(), reply.item.clone());
        if !reply.is_done {
            let text = std::mem::take(&mut reply.text);
            self.ready.push_back(SpokenTo::Ended { reply: number, text, complete: false });
            self.socket.send(Out::Json(openai::stop(&response))).await?;
        }
        if !item.is_empty() {
            self.socket.send(Out::Json(openai::truncate(&item, heard_ms))).await?;
        }
        Ok(())
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Ready | Event::Nothing => {}
            Event::Heard { text, is_whole: true } => {
                self.heard.clear();
                self.ready.push_back(SpokenTo::Heard(text));
            }
            Event::Heard { text, is_whole: false } => {
                self.heard.push_str(&text);
                self.ready.push_back(SpokenTo::HeardPartly(self.heard.clone()));
            }
            Event::Began { response } => {
                let number = self.replies;
                self.replies += 1;
                self.reply = Some(Reply {
                    number,
                    response,
                    item: String::new(),
                    text: String::new(),
                    carry: Vec::new(),
                    is_stopped: false,
                    is_done: false,
                });
                self.ready.push_back(SpokenTo::Reply(number));
            }
            Event::Item { item } => {
                if let Some(reply) = &mut self.reply {
                    reply.item = item;
                }
            }
            Event::Sound { response, bytes } => self.sound(&response, &bytes),
            Event::Words { response, text } => {
                if let Some(reply) = self.audible(&response) {
                    reply.text.push_str(&text);
                    let words = SpokenTo::Words { reply: reply.number, text };
                    self.ready.push_back(words);
                }
            }
            Event::Done { response, complete } => {
                if let Some(reply) = self.audible(&response) {
                    let text = std::mem::take(&mut reply.text);
                    let ended = SpokenTo::Ended { reply: reply.number, text, complete };
                    reply.is_done = true;
                    self.ready.push_back(ended);
                }
            }
        }
    }

    fn sound(&mut self, response: &str, bytes: &[u8]) {
        let Some(reply) = self.audible(response) else { return };
        reply.carry.extend_from_slice(bytes);
        let whole = reply.carry.len() / 2 * 2;
        let rest = reply.carry.split_off(whole);
        let pcm = Pcm24k::from_le_bytes(&std::mem::replace(&mut reply.carry, rest));
        let number = reply.number;
        if !pcm.is_empty() {
            self.ready.push_back(SpokenTo::Sound { reply: number, pcm });
        }
    }

    /// The reply of `response`, while somebody listens to it.
    fn audible(&mut self, response: &str) -> Option<&mut Reply> {
        self.reply.as_mut().filter(|reply| reply.response == response && !reply.is_stopped && !reply.is_done)
    }
}
