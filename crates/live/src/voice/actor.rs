//! One conversation over one line.

use super::control::{NoticeKind, Reason, ToPageMessage};
use super::marks::Marks;
use super::ports::{Detector, Ears, EngineLost, Interview, Mouth, Refused, Talker, Told, Understood};
use super::reply::{About, Reply};
use super::sound::Sound;
use super::stream::Stream;
use super::transcript::Transcript;
use super::voices::Voices;
use crate::recordings::Take;
use crate::turn::{AnswerKind, Input, Options, ReplyId, StretchId, TurnMachine};
use greenroom_domain::ids::{QuestionId, ResponseId};
use greenroom_domain::interview::{Spoken, State};
use greenroom_media::link::{self, Link, ToPage};
use greenroom_speech::Heard;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Results of work that may wait; more make the work wait.
const WAITING: usize = 64;

/// What a conversation is held with.
pub struct Conversation {
    /// The interview.
    pub interview: Arc<dyn Interview>,
    /// Where it stands.
    pub state: Arc<State>,
    /// What becomes known of it after that.
    pub told: mpsc::Receiver<Told>,
    /// Finds words in sound; `None` when there is nobody who could: answers are typed.
    pub ears: Option<Arc<dyn Ears>>,
    /// Says words; `None` when they are read.
    pub mouth: Option<Arc<dyn Mouth>>,
    /// Finds its own words and says them; `None` where `mouth` says the words of the log.
    pub talker: Option<Arc<dyn Talker>>,
    /// Tells voice from noise.
    pub detector: Box<dyn Detector>,
    /// How patient the listener is.
    pub patience: Options,
    /// Takes down what sounds; `None` when nothing of it is kept.
    pub take: Option<Take>,
    /// Cancelled when the process is about to stop.
    pub stopping: CancellationToken,
}

/// Holds the conversation until it is over, the page goes, or somebody else takes the word. What was said is on the
/// log when this returns.
pub async fn talk(conversation: Conversation, link: Link) -> Reason {
    let Conversation { interview, state, told, ears, mouth, talker, detector, patience, take, stopping } =
        conversation;
    let (done, work) = mpsc::channel(WAITING);
    let machine = TurnMachine::new(patience, &state.settings.language);
    let mut actor = Actor {
        machine,
        interview,
        language: state.settings.language.clone(),
        ears,
        mouth,
        talker,
        last_wish: None,
        detector,
        take,
        told_recording: None,
        began: Instant::now(),
        line: link.id.0.clone(),
        sound: Sound::default(),
        stream: Stream::new(),
        transcript: Transcript::default(),
        voices: Voices::default(),
        before: String::new(),
        told_full: false,
        held_at: 0,
        words_at: None,
        replies: VecDeque::new(),
        last_reply: 0,
        outbox: VecDeque::new(),
        question: None,
        kind: AnswerKind::default(),
        taken: Taken::Nothing,
        turn: 0,
        marks: None,
        last_amend: None,
        lost_engines: Vec::new(),
        is_weak: false,
        is_connected: false,
        has_joined: false,
        is_muted: false,
        is_paused: false,
        is_lost: false,
        is_over: false,
        ended: None,
        done,
        engines: JoinSet::new(),
        writes: JoinSet::new(),
    };
    let _counted = greenroom_telemetry::voice::line();
    let Link { mut incoming, outgoing, .. } = link;
    let reason = actor.run(&state, &mut incoming, &outgoing, told, work, stopping).await;
    actor.leave(reason, incoming, &outgoing).await;
    greenroom_telemetry::voice::ended(reason.name());
    reason
}

/// A question that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Current {
    pub id: QuestionId,
    /// What is said when it is asked again; empty when that is not known.
    pub words: String,
    /// Whether everybody is asked it in these words.
    pub is_for_all: bool,
}

/// What became of the last turn.
#[derive(Debug)]
pub(super) enum Taken {
    /// Nothing was said yet, or nothing that was an answer.
    Nothing,
    /// It waits for the question that it answers.
    Held { text: String, spoken: Spoken },
    /// It is being stored; what was said after it waits.
    Storing { late: Vec<(String, Spoken)> },
    /// It is on the log.
    Stored(ResponseId),
}

/// Work that was done beside the conversation.
pub(super) enum Done {
    Words { stretch: StretchId, from_ms: u64, to_ms: u64, outcome: Result<Understood, EngineLost> },
    Slow { engine: String },
    Heard { ear: u64, heard: Heard },
    EarEnded { ear: u64, hears_on: bool },
    Sound { reply: ReplyId, sound: link::Sound },
    Worded { reply: ReplyId, text: String },
    ReplyOver { reply: ReplyId, outcome: Result<(), EngineLost> },
    SentenceOver { reply: ReplyId, outcome: Result<(), EngineLost> },
}

/// Something that was to be stored, and what came of it.
pub(super) enum Written {
    Answer(QuestionId, Result<ResponseId, Refused>),
    Other(&'static str, Result<(), Refused>),
}

pub(super) struct Actor {
    pub machine: TurnMachine,
    pub interview: Arc<dyn Interview>,
    pub language: String,
    pub ears: Option<Arc<dyn Ears>>,
    pub mouth: Option<Arc<dyn Mouth>>,
    /// Who finds the words; `None` when there is nobody, or nobody any more.
    pub talker: Option<Arc<dyn Talker>>,
    /// What the talker was asked for last.
    pub last_wish: Option<About>,
    pub detector: Box<dyn Detector>,
    pub take: Option<Take>,
    /// Whether the page was told that it is being recorded.
    pub told_recording: Option<bool>,
    pub began: Instant,
    pub line: String,
    pub sound: Sound,
    /// Who hears while one speaks.
    pub stream: Stream,
    pub transcript: Transcript,
    /// Who was heard on this line, where an engine tells voices apart.
    pub voices: Voices,
    /// What was said of the answer on a line before this one.
    pub before: String,
    /// Whether it was said that the answer has no room for more.
    pub told_full: bool,
    /// Since when there are words of the answer, or when it was kept last, ms by the wall.
    pub held_at: u64,
    /// When words came back last, ms by the wall.
    pub words_at: Option<u64>,
    /// What is being said; another one when the next is being made already.
    pub replies: VecDeque<Reply>,
    pub last_reply: u64,
    /// What waits to go to the page, before any sound.
    pub outbox: VecDeque<ToPage>,
    /// The question that waits for its answer.
    pub question: Option<Current>,
    pub kind: AnswerKind,
    pub taken: Taken,
    /// Turns on this line.
    pub turn: u64,
    pub marks: Option<Marks>,
    /// Ends when the addition to an answer that was begun last is stored, or not.
    pub last_amend: Option<oneshot::Receiver<()>>,
    /// Engines whose failure the candidate knows of.
    pub lost_engines: Vec<String>,
    pub is_weak: bool,
    /// Sound has flowed. Until then nothing is said, and nothing learnt.
    pub is_connected: bool,
    /// The log has this line: whichever comes after it takes over.
    pub has_joined: bool,
    pub is_muted: bool,
    pub is_paused: bool,
    pub is_lost: bool,
    /// The interview is over; the line ends after the last word.
    pub is_over: bool,
    pub ended: Option<Reason>,
    pub done: mpsc::Sender<Done>,
    /// Work of engines; nobody wants it when the conversation is over.
    pub engines: JoinSet<()>,
    /// What is being stored; it is waited for.
    pub writes: JoinSet<Written>,
}

impl Actor {
    /// Ms since the line was opened, by the wall.
    pub fn now(&self) -> u64 {
        self.began.elapsed().as_millis() as u64
    }

    /// Tells the machine, and does what it says.
    pub fn give(&mut self, input: Input) {
        let now = self.now();
        for effect in self.machine.handle(input, now) {
            self.performs(effect);
        }
    }

    /// Tells the page.
    pub fn tells(&mut self, message: ToPageMessage) {
        match serde_json::to_string(&message) {
            Ok(text) => self.outbox.push_back(ToPage::Message(text)),
            Err(error) => tracing::error!(%error, "a message could not be written"),
        }
    }

    pub fn notices(&mut self, notice: NoticeKind, engine: Option<String>) {
        self.tells(ToPageMessage::Notice { notice, engine, lost_ms: None });
    }

    /// Tells the page whether it is being recorded, when that has changed.
    pub fn tells_recording(&mut self) {
        let on = self.take.as_mut().is_some_and(Take::is_recording);
        if self.is_connected && self.told_recording.replace(on) != Some(on) {
            self.tells(ToPageMessage::Recording { on });
        }
    }

    /// An engine fails: said once, until it works again.
    pub fn engine_lost(&mut self, engine: String) {
        if !self.lost_engines.contains(&engine) {
            self.lost_engines.push(engine.clone());
            self.notices(NoticeKind::EngineLost, Some(engine));
        }
    }
}
