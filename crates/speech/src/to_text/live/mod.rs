//! Recognisers that hear while one speaks, by WebSocket.

mod deepgram;
mod ear;
mod openai;
mod speechmatics;

use super::stream::{Heard, Listening, StreamOptions, channel};
use super::transcript::{Transcript, Utterance, Word};
use super::{SpeechToText, SttTraits};
use crate::limits::Timeouts;
use crate::options::{SttEngine, SttProtocol};
use crate::socket::{Out, Socket};
use crate::{Pcm16k, SpeechError};
use async_trait::async_trait;
use ear::Ear;
use futures::StreamExt;
use greenroom_upstream::{Fault, Http, Kind};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Sound that is sent at once when an utterance is there as a whole, samples: 100 ms.
const FRAME: usize = 1600;

/// How a vendor listens.
pub(super) trait Protocol: Send {
    /// What is sent once the line is open.
    fn hello(&mut self) -> Vec<Out>;

    /// Whether sound may be sent at once; else [`Read::Ready`] is waited for.
    fn hello_is_enough(&self) -> bool;

    /// Sound.
    fn sound(&mut self, pcm: &Pcm16k) -> Result<Out, Fault>;

    /// Asks for the last words of the utterance.
    fn finish(&mut self) -> Vec<Out>;

    /// How long the last words are waited for after [`Protocol::finish`], where the vendor may have none to send and
    /// does not say so; `None` where it always answers.
    fn grace(&self) -> Option<Duration>;

    /// A sign of life for times of silence.
    fn keep_alive(&self) -> Option<Out>;

    /// Ends it all.
    fn bye(&mut self) -> Vec<Out>;

    /// Reads one message.
    fn read(&mut self, message: &Value) -> Result<Vec<Read>, Fault>;

    /// What it means that the vendor closed the line with `code`.
    fn closed(&self, code: Option<u16>) -> Fault;
}

/// What a message says.
#[derive(Debug, PartialEq)]
pub(super) enum Read {
    /// The vendor is ready for sound.
    Ready,
    /// Words that may still change: all since the last [`Read::Words`].
    Partial(String),
    /// Words that will not change. Times are counted from the beginning of the line, ms; the line of their speakers is
    /// not known yet.
    Words(String, Vec<Word>),
    /// All words of what was sent before [`Protocol::finish`] have been told.
    Flushed,
}

/// A recogniser that hears while one speaks.
pub(crate) struct Live {
    engine: SttEngine,
    traits: SttTraits,
    timeouts: Timeouts,
}

impl Live {
    pub fn new(engine: &SttEngine, timeouts: Timeouts) -> Self {
        let traits = SttTraits {
            languages: engine.languages.clone(),
            keeps_fillers: engine.keeps_fillers,
            word_times: engine.word_times,
            streaming: true,
            leaves_machine: !engine.private,
        };
        Self { engine: engine.clone(), traits, timeouts }
    }

    fn failed(&self, fault: Fault) -> SpeechError {
        SpeechError::new(&self.engine.name, fault)
    }

    fn protocol(&self, options: &StreamOptions) -> Result<(Http, Box<dyn Protocol>), Fault> {
        let key = self.engine.api_key.as_ref();
        Ok(match self.engine.protocol {
            SttProtocol::Deepgram => {
                let url = deepgram::url(&self.engine, options);
                (Http::new(url)?.key("authorization", "Token ", key), Box::new(deepgram::Deepgram))
            }
            SttProtocol::Speechmatics => {
                let http = Http::new(self.engine.base_url.clone())?.key("authorization", "Bearer ", key);
                (http, Box::new(speechmatics::Speechmatics::new(options, &self.engine)))
            }
            SttProtocol::OpenaiRealtime => {
                let url = format!("{}/realtime?intent=transcription", self.engine.base_url);
                let http = Http::new(url)?.key("authorization", "Bearer ", key);
                (http, Box::new(openai::Realtime::new(options, &self.engine.model)?))
            }
            SttProtocol::Openai | SttProtocol::Whisper => {
                return Err(Fault::new(Kind::BadRequest, "this protocol does not listen by WebSocket"));
            }
        })
    }
}

#[async_trait]
impl SpeechToText for Live {
    fn name(&self) -> &str {
        &self.engine.name
    }

    fn traits(&self) -> &SttTraits {
        &self.traits
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        let deadline = Instant::now() + self.timeouts.whole(utterance.pcm.duration());
        let options = StreamOptions { language: utterance.language, hint: utterance.hint };
        let Listening { sink, mut heard } = self.open(options).await?;
        let telling = async {
            for frame in utterance.pcm.samples().chunks(FRAME) {
                if sink.send(Pcm16k::new(frame)).await.is_err() {
                    return;
                }
            }
            let _ = sink.finish_utterance().await;
            // The line stays open until the words are there.
            std::future::pending::<()>().await;
        };
        let listening = async {
            loop {
                match heard.next().await {
                    Some(Ok(Heard::Final { transcript, .. })) => return Ok(transcript),
                    Some(Ok(Heard::Partial { .. })) => {}
                    Some(Err(error)) => return Err(error),
                    None => return Err(self.failed(Fault::new(Kind::BrokenStream, "closed the line"))),
                }
            }
        };
        let both = async {
            tokio::select! {
                told = listening => told,
                () = telling => Err(self.failed(Fault::new(Kind::BrokenStream, "closed the line"))),
            }
        };
        let late = || self.failed(Fault::new(Kind::TimedOut, "no words in time"));
        timeout_at(deadline, both).await.unwrap_or_else(|_| Err(late()))
    }

    async fn open(&self, options: StreamOptions) -> Result<Listening, SpeechError> {
        let failed = |fault| self.failed(fault);
        let (http, mut protocol) = self.protocol(&options).map_err(failed)?;
        let deadline = Instant::now() + self.timeouts.first;
        let mut socket = Socket::open(&http, deadline, self.timeouts.next).await.map_err(failed)?;
        for out in protocol.hello() {
            socket.send(out).await.map_err(failed)?;
        }
        let (sink, commands) = channel();
        let language = options.language;
        let mut ear =
            Ear::new(socket, protocol, commands, self.engine.name.clone(), self.traits.clone(), language);
        ear.wait_until_ready(deadline).await.map_err(failed)?;
        let heard = futures::stream::unfold(ear, |mut ear| async move { Some((ear.next().await?, ear)) });
        Ok(Listening { sink, heard: heard.fuse().boxed() })
    }
}
