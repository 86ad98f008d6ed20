//! The state of an interview: the fold of its log.

use super::budget::TURN_CAP_MS;
use super::event::{CompletionReason, Event, Logged};
use super::note::Note;
use super::phase::Phase;
use super::plan::Plan;
use super::question::Question;
use super::settings::Settings;
use super::spoken::{HeardReply, Spoken, SpokenWord, Unfinished};
use crate::clock::Timestamp;
use crate::evaluation::Evaluation;
use crate::ids::{QuestionId, ResponseId, SessionId};
use std::sync::Arc;

/// Memory that an interview takes without its questions, bytes; measured, as the others, with `make bench-crowd`.
const BARE_WEIGHT: usize = 6_144;
/// Memory that a planned question takes, bytes.
const PLANNED_WEIGHT: usize = 128;
/// Memory that a question takes once it was asked, bytes.
const QUESTION_WEIGHT: usize = 2_048;
/// Memory that a judgement takes, bytes.
const JUDGEMENT_WEIGHT: usize = 1_536;
/// Memory that a spoken word with its places takes, bytes: itself and its letters.
const WORD_WEIGHT: usize = size_of::<SpokenWord>() + 16;

/// Where an interview stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Under way.
    Active {
        /// When the present turn began; its time runs from here.
        turn_began: Timestamp,
    },
    /// Stopped for a while; no time runs.
    Paused,
    /// Over.
    Completed {
        /// When.
        at: Timestamp,
        /// Why.
        reason: CompletionReason,
    },
    /// Left and not come back to.
    Abandoned {
        /// When it was given up.
        at: Timestamp,
    },
}

impl Status {
    /// Stable name, as stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active { .. } => "active",
            Self::Paused => "paused",
            Self::Completed { .. } => "completed",
            Self::Abandoned { .. } => "abandoned",
        }
    }
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// When it was asked.
    pub at: Timestamp,
    /// Answers in order; more than one when it was answered again after the interview.
    pub responses: Vec<Response>,
    /// What was heard of it last, where it was spoken.
    pub heard: Option<HeardReply>,
    /// What was said of the answer on a line that has ended, or may end.
    pub unfinished: Option<Unfinished>,
}

/// An answer with its judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// This answer.
    pub id: ResponseId,
    /// The words.
    pub content: String,
    /// When it was received.
    pub at: Timestamp,
    /// 1 for the first answer to the question.
    pub attempt: u32,
    /// The judgement, once it is there.
    pub evaluation: Option<Evaluation>,
    /// How it sounded; `None` when it was typed.
    pub spoken: Option<Box<Spoken>>,
    /// What the recogniser had made of it; `None` unless the candidate corrected that.
    pub misheard: Option<String>,
}

/// The state of an interview after its first event. Parts are shared between copies, so that copying a long
/// interview to take one more event into it is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// This interview.
    pub id: SessionId,
    /// Settings, pinned at the start.
    pub settings: Arc<Settings>,
    /// What is intended, without dropped questions.
    pub plan: Arc<Plan>,
    /// Where it stands.
    pub status: Status,
    /// What was asked, in order.
    pub asked: Vec<Arc<Asked>>,
    /// When it began.
    pub started_at: Timestamp,
    /// Time used in finished turns, ms, without pauses.
    pub used_ms: u64,
    /// What the interviewer noticed, in order.
    pub notes: Vec<Note>,
    /// The interviewer's last words, when there are some.
    pub farewell: Option<Arc<str>>,
    /// What language models have cost so far, micro-dollars, as far as prices are known.
    pub spent_micros: u64,
    /// The interviewer's voice, once the candidate has chosen one.
    pub voice: Option<String>,
    /// Position of the last event.
    pub last_seq: u64,
}

impl State {
    /// The state after `log`; `None` when the log does not begin with [`Event::Started`].
    pub fn fold(id: SessionId, log: impl IntoIterator<Item = Logged>) -> Option<Self> {
        let mut log = log.into_iter();
        let mut state = Self::begin(id, log.next()?)?;
        log.for_each(|logged| state.apply(logged));
        Some(state)
    }

    /// The state after the first event.
    pub fn begin(id: SessionId, first: Logged) -> Option<Self> {
        let Logged { seq, at, event: Event::Started { settings, plan } } = first else { return None };
        Some(Self {
            id,
            settings: Arc::new(settings),
            plan: Arc::new(plan),
            status: Status::Active { turn_began: at },
            asked: Vec::new(),
            started_at: at,
            used_ms: 0,
            notes: Vec::new(),
            farewell: None,
            spent_micros: 0,
            voice: None,
            last_seq: seq,
        })
    }

    /// Takes one more event into the state.
    pub fn apply(&mut self, Logged { seq, at, event }: Logged) {
        debug_assert_eq!(seq, self.last_seq + 1, "the log has no gaps");
        self.last_seq = seq;
        match event {
            Event::Started { .. } => debug_assert!(false, "an interview starts once"),
            Event::QuestionAsked { question } => {
                self.end_turn(at);
                self.asked.push(Arc::new(Asked {
                    question: *question,
                    at,
                    responses: Vec::new(),
                    heard: None,
                    unfinished: None,
                }));
            }
            Event::AnswerReceived { response_id, question_id, content, attempt, spoken } => {
                self.end_turn(at);
                let response = Response {
                    id: response_id,
                    content,
                    at,
                    attempt,
                    evaluation: None,
                    spoken,
                    misheard: None,
                };
                if let Some(asked) = self.asked.iter_mut().find(|a| a.question.id == question_id) {
                    let asked = Arc::make_mut(asked);
                    asked.responses.push(response);
                    asked.unfinished = None;
                }
            }
            Event::AnswerAmended { response_id, added, spoken } => {
                self.change(response_id, |response| response.amend(&added, *spoken));
            }
            Event::TranscriptCorrected { response_id, content } => {
                self.change(response_id, |response| response.correct(content));
            }
            Event::VoiceJoined { voice, .. } => self.voice = voice.or(self.voice.take()),
            Event::TurnTimed { .. } => {}
            Event::WordsHeld { question_id, unfinished } => {
                if let Some(asked) = self.asked.iter_mut().find(|asked| asked.question.id == question_id) {
                    Arc::make_mut(asked).unfinished = Some(unfinished);
                }
            }
            Event::ReplyHeard { heard } => {
                let asked = self.asked.iter_mut().find(|asked| Some(asked.question.id) == heard.question_id);
                if let Some(asked) = asked {
                    Arc::make_mut(asked).heard = Some(heard);
                }
            }
            Event::AnswerEvaluated { evaluation } => self.attach(*evaluation),
            Event::PlanTightened { dropped } => {
                Arc::make_mut(&mut self.plan).items.retain(|item| !dropped.iter().any(|key| item.key == *key))
            }
            Event::PlanExchanged { key, by } => Arc::make_mut(&mut self.plan).exchange(&key, &by),
            Event::Replanned { plan, .. } => self.plan = Arc::new(plan),
            Event::Noted { note } => self.notes.push(note),
            Event::ModelAsked { call } => self.spent_micros += call.micros.unwrap_or(0),
            Event::Paused => {
                self.end_turn(at);
                self.status = Status::Paused;
            }
            Event::Resumed => self.status = Status::Active { turn_began: at },
            Event::Completed { reason, farewell } => {
                self.end_turn(at);
                self.farewell = farewell.map(Arc::from);
                self.status = Status::Completed { at, reason };
            }
            Event::Abandoned => self.status = Status::Abandoned { at },
        }
    }

    /// About how much memory it takes, bytes. Parts that copies share are counted.
    pub fn weight(&self) -> u32 {
        let asked: usize = self.asked.iter().map(|asked| asked.weight()).sum();
        let planned = (self.plan.items.len() + self.plan.reserve.len()) * PLANNED_WEIGHT;
        u32::try_from(BARE_WEIGHT + planned + asked).unwrap_or(u32::MAX)
    }

    /// The question that waits for its answer.
    pub fn current_question(&self) -> Option<&Asked> {
        self.asked.last().map(|asked| &**asked).filter(|asked| asked.responses.is_empty() && !self.is_over())
    }

    /// The question with this id.
    pub fn asked_question(&self, id: QuestionId) -> Option<&Asked> {
        self.asked.iter().map(|asked| &**asked).find(|asked| asked.question.id == id)
    }

    /// The answer with this id, with its question.
    pub fn response(&self, id: ResponseId) -> Option<(&Asked, &Response)> {
        self.asked.iter().find_map(|asked| Some((&**asked, asked.responses.iter().find(|r| r.id == id)?)))
    }

    /// The phase of the last question; the introduction before the first.
    pub fn phase(&self) -> Phase {
        self.asked.last().map_or(Phase::Introduction, |asked| asked.question.phase)
    }

    /// Whether it is completed or abandoned.
    pub fn is_over(&self) -> bool {
        matches!(self.status, Status::Completed { .. } | Status::Abandoned { .. })
    }

    /// Time used until `now`, ms, without pauses.
    pub fn used_ms_at(&self, now: Timestamp) -> u64 {
        match self.status {
            Status::Active { turn_began } => self.used_ms + now.ms_since(turn_began).min(TURN_CAP_MS),
            _ => self.used_ms,
        }
    }

    /// Follow-ups asked to the question `id`.
    pub fn follow_ups_of(&self, id: QuestionId) -> usize {
        self.asked.iter().filter(|asked| asked.question.parent_question_id == Some(id)).count()
    }

    fn end_turn(&mut self, at: Timestamp) {
        if let Status::Active { turn_began } = self.status {
            self.used_ms += at.ms_since(turn_began).min(TURN_CAP_MS);
            self.status = Status::Active { turn_began: at };
        }
    }

    fn attach(&mut self, evaluation: Evaluation) {
        if let Some(id) = evaluation.response_id {
            self.change(id, |response| response.evaluation = Some(evaluation));
        }
    }

    fn change(&mut self, id: ResponseId, change: impl FnOnce(&mut Response)) {
        let is_its = |response: &Response| response.id == id;
        let Some(asked) = self.asked.iter_mut().find(|asked| asked.responses.iter().any(is_its)) else {
            return;
        };
        if let Some(response) = Arc::make_mut(asked).responses.iter_mut().find(|response| is_its(response)) {
            change(response);
        }
    }
}

impl Asked {
    fn weight(&self) -> usize {
        let response = |response: &Response| {
            let spoken = response.spoken.as_ref().map_or(0, |spoken| spoken.words.len() * WORD_WEIGHT);
            let judged = response.evaluation.as_ref().map_or(0, |_| JUDGEMENT_WEIGHT);
            response.content.len() + spoken + judged
        };
        QUESTION_WEIGHT + self.responses.iter().map(response).sum::<usize>()
    }
}

impl Response {
    /// The words with `added` after them.
    pub fn and(&self, added: &str) -> String {
        [self.content.trim_end(), added.trim()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn amend(&mut self, added: &str, more: Spoken) {
        self.content = self.and(added);
        if let Some(misheard) = &mut self.misheard {
            *misheard = format!("{} {}", misheard.trim_end(), added.trim());
        }
        self.spoken = Some(Box::new(match self.spoken.take() {
            Some(spoken) => spoken.with(more),
            None => more,
        }));
        self.evaluation = None;
    }

    fn correct(&mut self, content: String) {
        let before = std::mem::replace(&mut self.content, content);
        self.misheard.get_or_insert(before);
    }
}
