//! An interview goes on when a turn breaks down, and follows the newest plan.

use async_trait::async_trait;
use greenroom_app::configs::Draft;
use greenroom_app::interviews::{self, Answered};
use greenroom_app::{App, Engines, Result, accounts, configs};
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Personality, Plan, PlannedCompetency, Question,
};
use greenroom_domain::model_call::ModelCall;
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Brief, Conversation, Listener, Moment, Replanned, Spoken, Talked};
use greenroom_testkit::{TestApp, test_app};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Longer than the background work waits before it asks, ms.
const LATER_MS: i64 = 60_000;

/// Fails in every turn as a bug would. Its plans are named after what they know; that of the start waits for the gate.
struct Broken {
    gate: Semaphore,
}

#[async_trait]
impl Conversation for Broken {
    async fn plan(&self, _: Brief<'_>, draft: &Plan, introduction: Option<&str>) -> Talked<Replanned> {
        let key = match introduction {
            Some(_) => "introduction",
            None => {
                let _ = self.gate.acquire().await;
                "start"
            }
        };
        let competency = PlannedCompetency { key: key.to_owned(), label: key.to_owned(), weight: 1.0 };
        let plan = Plan { competencies: vec![competency], ..draft.clone() };
        Talked { result: Ok(Replanned { plan, reading: None, engine: self.engine(None) }), calls: Vec::new() }
    }

    async fn turn(&self, _: Moment<'_>, _: &dyn Listener) -> Talked<Spoken> {
        panic!("as a bug would")
    }

    fn engine(&self, _: Option<&ModelCall>) -> Engine {
        Engine { kind: EngineKind::Llm, name: "broken".to_owned(), version: "1".to_owned() }
    }
}

struct Begun {
    test: TestApp,
    user: UserId,
    id: SessionId,
    conversation: Arc<Broken>,
}

impl Begun {
    async fn new() -> Self {
        let test = test_app().await;
        let conversation = Arc::new(Broken { gate: Semaphore::new(0) });
        converses(&test.app, Some(conversation.clone()));
        let user = accounts::start_guest(&test.app).await.expect("a guest").user.id;
        let config = configs::create(&test.app, user, draft()).await.expect("a set-up");
        let session = interviews::start(&test.app, user, config.id, Channel::Text).await.expect("it begins");
        Self { test, user, id: session.id, conversation }
    }

    async fn question(&self) -> Option<Question> {
        let session = interviews::get(&self.test.app, self.user, self.id).await.expect("the interview");
        session.snapshot.current_question
    }

    async fn answer(&self) -> Result<Answered> {
        let question = self.question().await.expect("a question waits").id;
        let words = "I looked after the search of a shop for two years.".to_owned();
        interviews::answer(&self.test.app, self.user, self.id, question, words, None).await
    }

    async fn work_later(&self) {
        self.test.clock.advance(LATER_MS);
        self.test.work().await;
    }
}

fn converses(app: &App, conversation: Option<Arc<Broken>>) {
    let conversation = conversation.map(|one| -> Arc<dyn Conversation> { one });
    app.exchange_engines(Engines { judge: Arc::new(BuiltinJudge), conversation, outside: Vec::new() });
}

fn draft() -> Draft {
    Draft {
        title: "T".to_owned(),
        job_description: "Backend engineer. Experience with SQL is required.".to_owned(),
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical],
        duration_minutes: 20,
        personality: Personality::Professional,
        question_count: None,
        language: None,
        resume_id: None,
        rubric_id: None,
        posting: None,
    }
}

#[tokio::test]
async fn an_answer_is_acknowledged_when_the_turn_breaks_down() {
    let begun = Begun::new().await;
    let answered = begun.answer().await.expect("the answer is taken");
    assert!(answered.next_question().is_none());
    converses(&begun.test.app, None);
    begun.work_later().await;
    assert!(begun.question().await.is_some(), "the background work asks");
}

#[tokio::test]
async fn a_resumed_interview_is_asked_on_when_the_turn_breaks_down() {
    let begun = Begun::new().await;
    begun.answer().await.expect("the answer is taken");
    let app = &begun.test.app;
    interviews::pause(app, begun.user, begun.id).await.expect("it pauses");
    begun.work_later().await;
    assert!(begun.question().await.is_none(), "nobody asks in a pause");
    interviews::resume(app, begun.user, begun.id).await.expect("it goes on");
    converses(app, None);
    begun.work_later().await;
    assert!(begun.question().await.is_some(), "the background work asks");
}

#[tokio::test]
async fn a_late_plan_of_the_start_does_not_replace_that_after_the_introduction() {
    let begun = Begun::new().await;
    // The plan of the start is being made by now.
    tokio::task::yield_now().await;
    begun.answer().await.expect("the answer is taken");
    begun.conversation.gate.close();
    let planned = async {
        loop {
            let log =
                interviews::events(&begun.test.app, begun.user, begun.id, 0, 100).await.expect("its log");
            if log.iter().filter(|logged| matches!(logged.event, Event::Replanned { .. })).count() == 2 {
                let state =
                    interviews::state(&begun.test.app, begun.user, begun.id).await.expect("the interview");
                return state.plan.competencies[0].key.clone();
            }
            tokio::task::yield_now().await;
        }
    };
    let last = tokio::time::timeout(std::time::Duration::from_secs(60), planned).await;
    assert_eq!(last.as_deref(), Ok("introduction"));
}
