//! A candidate in an interview.

use greenroom_app::interviews::{self, Answered, Idempotency};
use greenroom_app::{App, Result, accounts, configs};
use greenroom_domain::ids::{ConfigId, QuestionId, SessionId, UserId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Question, State,
};
use greenroom_domain::model_call::ModelPurpose;
use greenroom_testkit::played_model::PlayedModel;
use greenroom_testkit::{TestApp, test_app};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Longest wait for something that must happen.
const DEADLINE: Duration = Duration::from_secs(30);

pub const ANSWER: &str =
    "I stored an idempotency key with the result in one transaction, so a retry returns the first result.";

/// What somebody chooses who has twenty minutes.
pub fn draft() -> configs::Draft {
    configs::Draft {
        title: "Backend".to_owned(),
        job_description: "Backend Engineer. You will build REST APIs. Experience with SQL is required."
            .to_owned(),
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical, InterviewType::Behavioral],
        duration_minutes: 20,
        personality: Personality::Professional,
        question_count: None,
        language: None,
        resume_id: None,
        rubric_id: None,
        posting: None,
    }
}

/// An interview whose first question waits.
pub struct Room {
    pub test: TestApp,
    pub user: UserId,
    pub config: ConfigId,
    pub id: SessionId,
}

impl Room {
    /// With the built-in interviewer alone.
    pub async fn alone() -> Self {
        Self::with(draft()).await
    }

    /// With a model that converses from the first answer on.
    pub async fn open(model: &Arc<PlayedModel>) -> Self {
        let room = Self::alone().await;
        model.converses_in(&room.test.app);
        room
    }

    /// With these choices and the built-in interviewer alone.
    pub async fn with(draft: configs::Draft) -> Self {
        let test = test_app().await;
        let user =
            accounts::start_guest(&test.app, &accounts::Visit::default()).await.expect("a guest").user.id;
        let config = configs::create(&test.app, user, draft).await.expect("a set-up").id;
        let id = start(&test.app, user, config).await;
        Self { test, user, config, id }
    }

    pub fn app(&self) -> &App {
        &self.test.app
    }

    pub async fn state(&self) -> Arc<State> {
        interviews::state(self.app(), self.user, self.id).await.expect("the interview")
    }

    pub async fn log(&self) -> Vec<Logged> {
        interviews::events(self.app(), self.user, self.id, 0, 1_000).await.expect("its log")
    }

    /// Kinds of the events after the first `after`.
    pub async fn kinds(&self, after: usize) -> Vec<&'static str> {
        self.log().await[after..].iter().map(|logged| logged.event.kind()).collect()
    }

    /// The question that waits.
    pub async fn question(&self) -> Question {
        self.state().await.current_question().expect("a question waits").question.clone()
    }

    /// What was asked so far for turns, on the log.
    pub async fn recorded_turns(&self) -> usize {
        let log = self.log().await;
        let is_turn =
            |event: &Event| matches!(event, Event::ModelAsked { call } if call.purpose == ModelPurpose::Turn);
        log.iter().filter(|logged| is_turn(&logged.event)).count()
    }

    /// Answers the question that waits.
    pub async fn answer(&self, words: &str) -> Answered {
        let question = self.question().await.id;
        soon(self.give(question, words, None)).await.expect("it is taken")
    }

    /// Somebody answers a question with [`ANSWER`] and a key, beside us.
    pub fn repeating(&self, question: QuestionId, key: &str) -> Answering {
        Answering(tokio::spawn(self.give(question, ANSWER, Some(key))))
    }

    /// Answers a question, with a key when there is one.
    pub fn give(
        &self,
        question: QuestionId,
        words: &str,
        key: Option<&str>,
    ) -> impl Future<Output = Result<Answered>> + Send + 'static {
        let (app, user, id, words) = (self.app().clone(), self.user, self.id, words.to_owned());
        let key = key.map(|key| Idempotency { key: key.to_owned() });
        async move { interviews::answer(&app, user, id, question, words, key).await }
    }

    /// Somebody answers the question that waits with [`ANSWER`], beside us.
    pub async fn answering(&self) -> Answering {
        let question = self.question().await.id;
        Answering(tokio::spawn(self.give(question, ANSWER, None)))
    }
}

/// Somebody who waits for the next question.
pub struct Answering(JoinHandle<Result<Answered>>);

impl Answering {
    pub fn is_waiting(&self) -> bool {
        !self.0.is_finished()
    }

    /// What they get.
    pub async fn end(self) -> Answered {
        soon(self.0).await.expect("no panic").expect("the answer is taken")
    }
}

/// Starts another interview from the same set-up.
pub async fn start(app: &App, user: UserId, config: ConfigId) -> SessionId {
    interviews::start(app, user, config, Channel::Text).await.expect("an interview").id
}

/// The question that waits after an answer.
pub fn next(answered: &Answered) -> &Question {
    &answered.next_question().expect("the next question waits").question
}

/// What comes of something that must happen soon.
pub async fn soon<T>(happening: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, happening).await.expect("it happens in time")
}
