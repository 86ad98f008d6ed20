//! From the bytes of an answer to the pieces of a reply, with an eye on the time.

use crate::error::LlmError;
use crate::model::{End, Piece, Pieces};
use crate::sse::{Decoder, Event};
use crate::timeouts::Timeouts;
use crate::window;
use futures::StreamExt;
use futures::stream::BoxStream;
use greenroom_upstream::{Answer, Fault, Kind};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// The media type of a request.
pub(crate) const JSON: &str = "application/json";
/// The media type of a reply that streams.
pub(crate) const EVENTS: &str = "text/event-stream";
/// Largest body from a server that does not stream, bytes.
const LARGEST_BODY: usize = 8 << 20;
/// Largest stream, bytes, with thoughts, signs of life and what is around each token.
const LARGEST_STREAM: usize = 32 << 20;
/// Largest reply, bytes of text. Whoever asks sets a limit in tokens far below; a server need not keep to it.
const LARGEST_REPLY: usize = 1 << 20;
/// How long the end of a reply waits for the end of its connection, so that it can be used again.
const LINGER: Duration = Duration::from_millis(10);

/// How a vendor writes a reply as events.
pub(crate) trait Protocol: Send + 'static {
    /// Reads one event and adds its text to `text`. A server that does not stream sends one event with all.
    fn read(&mut self, event: &Event, text: &mut String) -> Result<Step, Fault>;

    /// Whether the vendor has said that the reply is complete, though more might follow.
    fn is_complete(&self) -> bool;

    /// The end of a complete reply; text that was held back is added to `text`.
    fn finish(&mut self, text: &mut String) -> Result<End, Fault>;
}

/// What an event was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A sign of life.
    Waiting,
    /// The model went on: text, or thoughts that are not shown.
    Moved,
    /// The reply is complete and nothing follows.
    Ended,
}

/// The pieces of `answer` to a request of so many `letters`. The first token is due at `deadline`.
pub(crate) fn pieces(
    answer: Answer,
    protocol: impl Protocol,
    provider: String,
    letters: u64,
    deadline: Instant,
    timeouts: Timeouts,
) -> Pieces {
    // A server that does not stream sends one JSON value.
    let input = match answer.media_type.as_str() {
        JSON => Input::Whole(Vec::new()),
        _ => Input::Events(Decoder::default()),
    };
    let reading = Reading {
        bytes: answer.bytes,
        input,
        events: VecDeque::new(),
        after_events: None,
        saw_events: false,
        protocol,
        letters,
        deadline,
        next: timeouts.next,
        received: 0,
        written: 0,
        end: None,
        is_over: false,
    };
    futures::stream::unfold((reading, provider), |(mut reading, provider)| async move {
        let piece = reading.piece().await?.map_err(|fault| LlmError::new(&provider, fault));
        Some((piece, (reading, provider)))
    })
    .fuse()
    .boxed()
}

enum Input {
    Events(Decoder),
    Whole(Vec<u8>),
}

struct Reading<P> {
    bytes: BoxStream<'static, Result<Vec<u8>, Fault>>,
    input: Input,
    events: VecDeque<Event>,
    /// What went wrong with the bytes behind `events`.
    after_events: Option<Fault>,
    saw_events: bool,
    protocol: P,
    letters: u64,
    deadline: Instant,
    next: Duration,
    /// Bytes so far.
    received: usize,
    /// Bytes of text so far.
    written: usize,
    end: Option<Result<End, Fault>>,
    is_over: bool,
}

impl<P: Protocol> Reading<P> {
    async fn piece(&mut self) -> Option<Result<Piece, Fault>> {
        let mut text = String::new();
        while !self.is_over {
            if let Some(end) = self.end.take() {
                self.is_over = true;
                return Some(end.map(Piece::End));
            }
            if let Err(fault) = self.step(&mut text).await {
                self.end = Some(Err(fault));
            }
            if !text.is_empty() {
                self.written += text.len();
                if self.written > LARGEST_REPLY {
                    self.is_over = true;
                    return Some(Err(Fault::malformed("the reply is too long")));
                }
                return Some(Ok(Piece::Text(text)));
            }
        }
        None
    }

    async fn step(&mut self, text: &mut String) -> Result<(), Fault> {
        let Some(event) = self.events.pop_front() else {
            return self.receive(text).await;
        };
        self.saw_events = true;
        match self.protocol.read(&event, text)? {
            Step::Waiting => {}
            Step::Moved => self.deadline = Instant::now() + self.next,
            Step::Ended => {
                self.end = Some(self.finish(text));
                while let Ok(Some(Ok(_))) = timeout(LINGER, self.bytes.next()).await {}
            }
        }
        Ok(())
    }

    fn finish(&mut self, text: &mut String) -> Result<End, Fault> {
        let end = self.protocol.finish(text)?;
        window::check(self.letters, end.usage)?;
        Ok(end)
    }

    async fn receive(&mut self, text: &mut String) -> Result<(), Fault> {
        if let Some(fault) = self.after_events.take() {
            return self.stop(fault, text);
        }
        match timeout_at(self.deadline, self.bytes.next()).await {
            Ok(Some(Ok(bytes))) => self.take(&bytes),
            Ok(Some(Err(fault))) => self.stop(fault, text),
            Ok(None) => self.run_out(text),
            Err(_) => self.stop(Fault::new(Kind::TimedOut, "no token in time"), text),
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.received += bytes.len();
        let most = if matches!(self.input, Input::Events(_)) { LARGEST_STREAM } else { LARGEST_BODY };
        if self.received > most {
            return Err(Fault::malformed("the answer is too large"));
        }
        match &mut self.input {
            Input::Events(decoder) => {
                let result = decoder.push(bytes, &mut self.events);
                self.after_events = result.err().map(|flaw| Fault::malformed(flaw.to_string()));
            }
            Input::Whole(body) => body.extend_from_slice(bytes),
        }
        Ok(())
    }

    /// The answer is over.
    fn run_out(&mut self, text: &mut String) -> Result<(), Fault> {
        if let Input::Whole(body) = &mut self.input
            && !body.is_empty()
        {
            let data = String::from_utf8(std::mem::take(body))
                .map_err(|_| Fault::malformed("the answer is not UTF-8"))?;
            self.events.push_back(Event { name: String::new(), data });
            return Ok(());
        }
        let fault = if self.saw_events {
            Fault::new(Kind::BrokenStream, "the reply broke off")
        } else {
            Fault::malformed("the answer was empty, or not a stream of events")
        };
        self.stop(fault, text)
    }

    /// Nothing more will come. After the vendor's word that the reply is complete, that is its end.
    fn stop(&mut self, fault: Fault, text: &mut String) -> Result<(), Fault> {
        if !self.protocol.is_complete() {
            return Err(fault);
        }
        self.end = Some(self.finish(text));
        Ok(())
    }
}
