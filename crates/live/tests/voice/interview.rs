//! An interview in memory: real rules, a list for a log, and questions that were written before.

use async_trait::async_trait;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId};
use greenroom_domain::interview::{
    Channel, CompletionReason, Difficulty, EndedBy, Event, HeardReply, Input, InterviewType, Logged,
    Personality, Phase, Plan, Question, Settings, Spoken, Stages, State, Transport, Unfinished, decide,
};
use greenroom_domain::rubric::RubricRef;
use greenroom_live::voice::{Interview, Refused, Told};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// The interview and what was kept of it.
pub struct Kept {
    state: Mutex<State>,
    listeners: Mutex<Vec<mpsc::Sender<Told>>>,
    questions: Mutex<Vec<&'static str>>,
    ids: Mutex<u128>,
    /// Everything that was kept, in words.
    log: Mutex<Vec<String>>,
    /// The storage refuses answers.
    pub refuses: Mutex<bool>,
    /// The next question comes only when it is released.
    pub thinks: Mutex<bool>,
    /// The next addition to an answer is stored only after this time.
    pub stalls: Mutex<Duration>,
}

impl Kept {
    /// An interview whose first question was asked.
    pub fn new(questions: &[&'static str]) -> Arc<Self> {
        let settings = Settings {
            position: None,
            difficulty: Difficulty::Intermediate,
            types: vec![InterviewType::Behavioral],
            duration_minutes: 20,
            personality: Personality::Professional,
            question_count: None,
            language: "en".to_owned(),
            rubric: RubricRef { id: "practice_core".into(), version: 1 },
            channel: Channel::Voice,
        };
        let started = Event::Started { settings, plan: Plan::default() };
        let first = Logged { seq: 1, at: moment(), event: started };
        let state = State::begin(SessionId(Uuid::from_u128(1)), first).expect("an interview");
        let kept = Arc::new(Self {
            state: Mutex::new(state),
            listeners: Mutex::default(),
            questions: Mutex::new(questions.to_vec()),
            ids: Mutex::new(100),
            log: Mutex::default(),
            refuses: Mutex::default(),
            thinks: Mutex::default(),
            stalls: Mutex::default(),
        });
        kept.goes_on();
        kept.told();
        kept
    }

    /// The state now, and what comes after it.
    pub fn follow(&self) -> (Arc<State>, mpsc::Receiver<Told>) {
        let (told, news) = mpsc::channel(64);
        self.listeners.lock().expect("nobody panics with it").push(told);
        (Arc::new(self.state()), news)
    }

    pub fn state(&self) -> State {
        self.state.lock().expect("nobody panics with it").clone()
    }

    /// What was kept since the last time.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().expect("nobody panics with it"))
    }

    /// Somebody types an answer to the question that waits.
    pub fn typed(&self, text: &str) {
        let question_id = self.state().current_question().expect("a question").question.id;
        let response_id = ResponseId(self.id());
        self.wish(Input::Answer { response_id, question_id, content: text.to_owned(), spoken: None })
            .expect("taken");
        self.goes_on();
    }

    /// Asks the next question, or ends.
    pub fn goes_on(&self) {
        let next = {
            let mut questions = self.questions.lock().expect("nobody panics with it");
            if questions.is_empty() { None } else { Some(questions.remove(0)) }
        };
        let input = match next {
            Some(words) => Input::Ask(Box::new(self.question(words))),
            None => Input::Complete(CompletionReason::Finished),
        };
        self.wish(input).expect("it may go on");
    }

    pub fn wish(&self, input: Input) -> Result<(), Refused> {
        let events = decide(&self.state(), input).map_err(|refusal| Refused(refusal.to_string()))?;
        for event in events {
            let logged = {
                let mut state = self.state.lock().expect("nobody panics with it");
                let logged = Logged { seq: state.last_seq + 1, at: moment(), event };
                state.apply(logged.clone());
                logged
            };
            let line = line(&logged.event);
            self.log.lock().expect("nobody panics with it").extend(line);
            self.tell(Told::Event(Box::new(logged)));
        }
        Ok(())
    }

    pub fn tell(&self, told: Told) {
        for listener in &*self.listeners.lock().expect("nobody panics with it") {
            // Who has gone does not listen.
            let _ = listener.try_send(told.clone());
        }
    }

    fn id(&self) -> Uuid {
        let mut ids = self.ids.lock().expect("nobody panics with it");
        *ids += 1;
        Uuid::from_u128(*ids)
    }

    /// A question; what stands before a `|` leads in to it.
    fn question(&self, words: &str) -> Question {
        let (lead_in, content) =
            words.split_once('|').map_or((None, words), |(a, b)| (Some(a.to_owned()), b));
        Question {
            id: QuestionId(self.id()),
            lead_in,
            content: content.to_owned(),
            category: InterviewType::Behavioral,
            phase: Phase::Introduction,
            difficulty: Difficulty::Intermediate,
            competency: "communication".into(),
            tags: Vec::new(),
            parent_question_id: None,
            order: 1,
            grounding: Vec::new(),
            bank_id: Some("bank".to_owned()),
            plan_key: None,
            minutes: 2,
            key_points: Vec::new(),
            reference: None,
            item: None,
            why: None,
            engine: Engine { kind: EngineKind::Builtin, name: "test".into(), version: "1".into() },
        }
    }
}

#[async_trait]
impl Interview for Kept {
    async fn join(&self, line: &str, transport: Transport) -> Result<(), Refused> {
        self.wish(Input::JoinVoice { line: line.to_owned(), transport, voice: None })
    }

    async fn answer(
        &self,
        question: QuestionId,
        text: String,
        spoken: Spoken,
    ) -> Result<ResponseId, Refused> {
        if *self.refuses.lock().expect("nobody panics with it") {
            return Err(Refused("storage_unavailable".to_owned()));
        }
        let response_id = ResponseId(self.id());
        let spoken = Some(Box::new(spoken));
        self.wish(Input::Answer { response_id, question_id: question, content: text, spoken })?;
        if !*self.thinks.lock().expect("nobody panics with it") {
            self.goes_on();
        }
        Ok(response_id)
    }

    async fn amend(&self, response: ResponseId, text: String, spoken: Spoken) -> Result<(), Refused> {
        let stall = std::mem::take(&mut *self.stalls.lock().expect("nobody panics with it"));
        tokio::time::sleep(stall).await;
        self.wish(Input::Amend { response_id: response, added: text, spoken: Box::new(spoken) })
    }

    async fn heard(&self, heard: HeardReply) -> Result<(), Refused> {
        self.wish(Input::Heard(heard))
    }

    async fn hold(&self, question: QuestionId, unfinished: Unfinished) -> Result<(), Refused> {
        self.wish(Input::Hold { question_id: question, unfinished })
    }

    async fn timed(&self, response: ResponseId, stages: Stages) -> Result<(), Refused> {
        self.wish(Input::Timed { response_id: response, stages })
    }

    async fn pause(&self) -> Result<(), Refused> {
        self.wish(Input::Pause)
    }
}

fn line(event: &Event) -> Option<String> {
    Some(match event {
        Event::AnswerReceived { content, spoken: Some(spoken), .. } => {
            let by = match spoken.ended_by {
                EndedBy::Silence => "silence",
                EndedBy::Done => "the key",
                EndedBy::Length => "length",
            };
            format!("answered, ended by {by}: {content}")
        }
        Event::AnswerReceived { content, .. } => format!("typed: {content}"),
        Event::AnswerAmended { added, .. } => format!("added: {added}"),
        Event::QuestionAsked { question } => format!("asked: {}", question.content),
        Event::ReplyHeard { heard } if heard.is_whole => format!("heard: {}", heard.text),
        Event::ReplyHeard { heard } => format!("heard in part: {}", heard.text),
        Event::Completed { .. } => "completed".to_owned(),
        Event::WordsHeld { unfinished, .. } => match unfinished.lost_ms {
            Some(lost) => format!("held, {lost} ms lost: {}", unfinished.text),
            None => format!("held: {}", unfinished.text),
        },
        Event::Paused => "paused".to_owned(),
        Event::Resumed => "resumed".to_owned(),
        _ => return None,
    })
}

fn moment() -> Timestamp {
    Timestamp::new(chrono::DateTime::UNIX_EPOCH)
}
