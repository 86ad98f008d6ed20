//! One model that hears and speaks, as ears and talker of one line. Whatever it does late or not at all, the ordinary
//! engines do: as soon as the conversation with it is over, or was never begun.

mod ear;
mod instructions;

use super::ears::lost;
use super::ports::{Ears, EngineLost, Piece, Replying, Talker, Understood, Wish};
use async_trait::async_trait;
use ear::Ear;
use futures::StreamExt;
use greenroom_domain::interview::Personality;
use greenroom_media::link::Sound;
use greenroom_speech::realtime::{Conversation, SpeechToSpeech, SpokenTo, Voice};
use greenroom_speech::{Kind, Listening, SpeechError};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::{CancellationToken, DropGuard};

/// How long a conversation may take to open.
const OPENS: Duration = Duration::from_millis(1_500);
/// What may wait for an ear or a reply; more make the model wait.
const WAITING: usize = 64;
/// Replies whose numbers are remembered.
const REMEMBERED: usize = 8;

/// What the conversation with a model is about.
#[derive(Clone, Debug)]
pub struct Manner {
    /// How the interviewer speaks.
    pub personality: Personality,
    /// The language of the interview, as a language tag.
    pub language: String,
    /// The interviewer's voice, by its id.
    pub voice: String,
}

/// A model that hears and speaks, on one line. Ends the conversation with it when it is dropped.
pub struct Duplex {
    shared: Arc<Shared>,
    /// Who hears when it does not.
    ears: Option<Arc<dyn Ears>>,
    _gone: DropGuard,
}

struct Shared {
    manner: Manner,
    /// How the conversation stands.
    standing: watch::Sender<Standing>,
    listeners: Mutex<Listeners>,
    /// Whether the model has heard something since it spoke.
    has_heard: AtomicBool,
}

#[derive(Clone)]
enum Standing {
    Opening,
    Open { engine: String, voice: Voice },
    Over { engine: String },
}

/// Who waits for what the model says.
#[derive(Default)]
struct Listeners {
    ear: Option<mpsc::Sender<SpokenTo>>,
    /// Replies by the model's number, the last ones.
    replies: VecDeque<Expected>,
}

struct Expected {
    /// The session's number.
    number: u64,
    /// The model's.
    reply: u32,
    has_sounded: bool,
    /// `None` when all of it has come.
    pieces: Option<mpsc::Sender<Result<Piece, EngineLost>>>,
}

impl Duplex {
    /// A conversation with `model`, and the work of it, which has to be driven. Where it ends, `ears` hear.
    pub fn of(
        model: Arc<dyn SpeechToSpeech>,
        manner: Manner,
        ears: Option<Arc<dyn Ears>>,
    ) -> (Arc<Self>, impl Future<Output = ()> + Send + use<>) {
        let shared = Arc::new(Shared {
            manner,
            standing: watch::Sender::new(Standing::Opening),
            listeners: Mutex::default(),
            has_heard: AtomicBool::new(false),
        });
        let gone = CancellationToken::new();
        let work = hold(shared.clone(), model, gone.clone());
        (Arc::new(Self { shared, ears, _gone: gone.drop_guard() }), work)
    }

    /// The conversation, once it stands.
    async fn opened(&self) -> Result<(String, Voice), EngineLost> {
        let mut standing = self.shared.standing.subscribe();
        let is_decided = |standing: &Standing| !matches!(standing, Standing::Opening);
        match standing.wait_for(is_decided).await.as_deref() {
            Ok(Standing::Open { engine, voice }) => Ok((engine.clone(), voice.clone())),
            Ok(Standing::Over { engine }) => Err(EngineLost { engine: engine.clone() }),
            Ok(Standing::Opening) | Err(_) => Err(EngineLost { engine: String::new() }),
        }
    }
}

#[async_trait]
impl Ears for Duplex {
    /// The model is not asked twice: whole stretches are for the ordinary engines.
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        match &self.ears {
            Some(ears) => ears.words(sound).await,
            None => Err(EngineLost { engine: "speech_to_text".to_owned() }),
        }
    }

    async fn listen(&self) -> Option<Result<Listening, EngineLost>> {
        let Ok((engine, voice)) = self.opened().await else {
            return self.ears.as_ref()?.listen().await;
        };
        let (to_ear, heard) = mpsc::channel(WAITING);
        self.shared.listeners().ear = Some(to_ear);
        // What an ear before this one was told and did not finish is not to be heard.
        if voice.forget().await.is_err() || self.shared.is_over() {
            self.shared.listeners().ear = None;
            return self.ears.as_ref()?.listen().await;
        }
        let language = self.shared.manner.language.clone();
        Some(Ok(Ear::listening(self.shared.clone(), engine, language, voice, heard)))
    }
}

#[async_trait]
impl Talker for Duplex {
    async fn reply(&self, number: u64, wish: Wish) -> Result<Replying, EngineLost> {
        let (engine, voice) = self.opened().await?;
        let has_heard = self.shared.has_heard.swap(false, Ordering::Relaxed);
        let what = instructions::turn(&self.shared.manner, &wish, has_heard);
        let (to_reply, pieces) = mpsc::channel(WAITING);
        let over = || EngineLost { engine: engine.clone() };
        {
            // Nothing that the model says of it comes before it is expected.
            let mut listeners = self.shared.listeners();
            let reply = voice.say(what).map_err(|_| over())?;
            listeners.expect(Expected { number, reply, has_sounded: false, pieces: Some(to_reply) });
        }
        // It may have ended in between, and then nobody tells.
        if self.shared.is_over() {
            return Err(over());
        }
        let pieces =
            futures::stream::unfold(pieces, |mut pieces| async move { Some((pieces.recv().await?, pieces)) });
        Ok(pieces.boxed())
    }

    fn broken_off(&self, number: u64, heard_ms: u64) {
        let Some(reply) = self.shared.listeners().forget(number) else { return };
        if let Standing::Open { voice, .. } = &*self.shared.standing.borrow() {
            // Who takes nothing any more says so elsewhere.
            let _ = voice.stop(reply, u32::try_from(heard_ms).unwrap_or(u32::MAX));
        }
    }
}

impl Listeners {
    fn expect(&mut self, expected: Expected) {
        if self.replies.len() == REMEMBERED {
            self.replies.pop_front();
        }
        self.replies.push_back(expected);
    }

    /// The model's number of a reply that nobody listens to any more.
    fn forget(&mut self, number: u64) -> Option<u32> {
        let at = self.replies.iter().position(|expected| expected.number == number)?;
        self.replies.remove(at).map(|expected| expected.reply)
    }

    /// Who waits for `piece` of a reply.
    fn of(
        &mut self,
        reply: u32,
        piece: &Result<Piece, EngineLost>,
    ) -> Option<mpsc::Sender<Result<Piece, EngineLost>>> {
        let expected = self.replies.iter_mut().find(|expected| expected.reply == reply)?;
        expected.has_sounded |= matches!(piece, Ok(Piece::Sound(_)));
        expected.pieces.clone()
    }

    /// All of it has come; `false` when there was no sound in it.
    fn complete(&mut self, reply: u32) -> bool {
        let Some(expected) = self.replies.iter_mut().find(|expected| expected.reply == reply) else {
            return true;
        };
        if expected.has_sounded {
            expected.pieces = None;
        }
        expected.has_sounded
    }
}

impl Shared {
    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self) -> bool {
        matches!(&*self.standing.borrow(), Standing::Over { .. })
    }

    /// Passes on what the model said.
    async fn pass(&self, engine: &str, event: SpokenTo) {
        let (reply, piece) = match event {
            SpokenTo::HeardPartly { .. } | SpokenTo::Heard { .. } | SpokenTo::NotHeard { .. } => {
                let ear = self.listeners().ear.clone();
                if let Some(ear) = ear {
                    // An ear that has gone needs nothing.
                    let _ = ear.send(event).await;
                }
                return;
            }
            SpokenTo::Reply(_) | SpokenTo::Used(_) => return,
            SpokenTo::Sound { reply, pcm } => (reply, Ok(Piece::Sound(Sound::Pcm(pcm.samples().into())))),
            SpokenTo::Words { reply, text } => (reply, Ok(Piece::Words(text))),
            SpokenTo::Ended { reply, complete, .. } => {
                if complete && self.listeners().complete(reply) {
                    return;
                }
                // It gave up, or said nothing.
                (reply, Err(EngineLost { engine: engine.to_owned() }))
            }
        };
        let listener = self.listeners().of(reply, &piece);
        if let Some(listener) = listener {
            let _ = listener.send(piece).await;
        }
    }

    /// The conversation is over: who waits learns that, and who comes as well.
    async fn ends(&self, engine: String) {
        self.standing.send_replace(Standing::Over { engine: engine.clone() });
        let Listeners { replies, .. } = std::mem::take(&mut *self.listeners());
        for listener in replies.into_iter().filter_map(|expected| expected.pieces) {
            let _ = listener.send(Err(EngineLost { engine: engine.clone() })).await;
        }
    }
}

/// Holds the conversation until it ends, or nobody wants it any more.
async fn hold(shared: Arc<Shared>, model: Arc<dyn SpeechToSpeech>, gone: CancellationToken) {
    let engine = model.name().to_owned();
    let conversation = Conversation {
        instructions: instructions::whole(&shared.manner),
        voice: shared.manner.voice.clone(),
        language: Some(shared.manner.language.clone()),
    };
    let talking = async {
        let late = || SpeechError {
            engine: engine.clone(),
            kind: Kind::TimedOut,
            message: "the conversation did not open in time".to_owned(),
        };
        tokio::time::timeout(OPENS, model.open(conversation)).await.unwrap_or_else(|_| Err(late()))
    };
    let talking = tokio::select! {
        () = gone.cancelled() => return,
        talking = talking => talking,
    };
    let (engine, voice, mut events) = match talking {
        Ok(talking) => (talking.engine, talking.voice, talking.events),
        Err(error) => return shared.ends(lost(&error).engine).await,
    };
    shared.standing.send_replace(Standing::Open { engine: engine.clone(), voice: voice.clone() });
    let talk = async {
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => shared.pass(&engine, event).await,
                Err(error) => {
                    lost(&error);
                    return;
                }
            }
        }
    };
    tokio::select! {
        () = gone.cancelled() => {
            let _ = voice.close().await;
            // The model is told good-bye.
            let _ = tokio::time::timeout(OPENS, events.next()).await;
        }
        () = talk => shared.ends(engine.clone()).await,
    }
}
