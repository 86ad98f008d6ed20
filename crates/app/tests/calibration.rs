//! What stored answers teach of the bank's questions.

use greenroom_app::App;
use greenroom_app::calibration::{self, Progress};
use greenroom_domain::account::{Role, User};
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::evaluation::{Engine, EngineKind, Evaluation, Judgement, Overall};
use greenroom_domain::ids::{ConfigId, EvaluationId, IdSource, QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Plan, Question, SessionRecord, Settings,
    State,
};
use greenroom_domain::rubric::RubricRef;
use greenroom_store::NewSession;
use greenroom_testkit::{SequentialIds, TestApp, test_app};
use std::sync::Arc;
use std::sync::Mutex;

fn engine() -> Engine {
    Engine { kind: EngineKind::Builtin, name: "test".into(), version: "1".into() }
}

fn rubric() -> RubricRef {
    RubricRef { id: "practice_core".into(), version: 1 }
}

/// People who answer, with ids that the application does not give.
struct People<'a> {
    app: &'a App,
    ids: SequentialIds,
}

impl People<'_> {
    async fn person(&self) -> UserId {
        let id = UserId::fresh(&self.ids);
        let now = self.app.now();
        let user = User {
            id,
            email: None,
            name: "Guest".to_owned(),
            role: Role::JobSeeker,
            expires_at: Some(now.plus_ms(3_600_000)),
            consents: Vec::new(),
            created_at: now,
            updated_at: now,
        };
        self.app.store().create_user(&user, None).await.expect("a new person");
        id
    }

    /// An interview of this person with these questions and marks.
    async fn interview(&self, user: UserId, answered: &[(&BankQuestion, f64)]) {
        let (id, now) = (SessionId::fresh(&self.ids), self.app.now());
        let mut events = vec![Event::Started { settings: settings(), plan: Plan::default() }];
        for (question, mark) in answered {
            let question = asked(question, QuestionId::fresh(&self.ids));
            let (question_id, response_id) = (question.id, ResponseId::fresh(&self.ids));
            events.push(Event::QuestionAsked { question: Box::new(question) });
            let content = "An answer.".to_owned();
            events.push(Event::AnswerReceived {
                response_id,
                question_id,
                content,
                attempt: 1,
                spoken: None,
            });
            let evaluation = Evaluation {
                id: EvaluationId::fresh(&self.ids),
                session_id: Some(id),
                question_id: Some(question_id),
                response_id: Some(response_id),
                judgement: judgement(*mark),
                created_at: now,
            };
            events.push(Event::AnswerEvaluated { evaluation: Box::new(evaluation) });
        }
        let logged = (1..).zip(events).map(|(seq, event)| Logged { seq, at: now, event });
        let events: Vec<Logged> = logged.collect();
        let state = State::fold(id, events.clone()).expect("it begins");
        let record = SessionRecord {
            id,
            user_id: user,
            config_id: ConfigId::fresh(&self.ids),
            title: "Test".to_owned(),
            snapshot: state.snapshot(),
            created_at: now,
            updated_at: now,
        };
        let new = NewSession { record, events, jobs: Vec::new() };
        self.app.store().create_session(new).await.expect("a new interview");
    }
}

fn settings() -> Settings {
    Settings {
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical],
        duration_minutes: 20,
        personality: Personality::Professional,
        question_count: None,
        language: "en".to_owned(),
        rubric: rubric(),
        channel: Channel::Text,
    }
}

fn asked(known: &BankQuestion, id: QuestionId) -> Question {
    Question {
        id,
        lead_in: None,
        content: known.text.clone(),
        category: known.kind,
        phase: known.phase(),
        difficulty: known.difficulty,
        competency: known.competency.as_str().into(),
        tags: Vec::new(),
        parent_question_id: None,
        order: 1,
        grounding: Vec::new(),
        bank_id: Some(known.id.clone()),
        plan_key: None,
        minutes: known.minutes,
        key_points: known.key_points.clone(),
        reference: None,
        item: None,
        why: None,
        engine: engine(),
    }
}

fn judgement(mark: f64) -> Judgement {
    Judgement {
        engine: engine(),
        rubric: rubric(),
        criteria: Vec::new(),
        key_points: Vec::new(),
        overall: Overall { score: Some(mark), coverage: 1.0 },
        strengths: Vec::new(),
        areas_for_improvement: Vec::new(),
    }
}

/// Four questions of the middle level that are chosen by what they tell.
fn questions(app: &App) -> Vec<BankQuestion> {
    let bank = app.bank();
    let middle = bank.questions().map(|(_, question)| question).filter(|question| {
        question.difficulty == Difficulty::Intermediate && question.kind == InterviewType::Technical
    });
    middle.take(4).cloned().collect()
}

/// Forty people: the first question goes badly for all, the second and third as it should, the fourth is rare.
async fn answered() -> (TestApp, Vec<BankQuestion>) {
    let test = test_app().await;
    let known = questions(&test.app);
    let people = People { app: &test.app, ids: SequentialIds::default() };
    for number in 0..40 {
        let user = people.person().await;
        let fair = [4.0, 5.7, 5.9, 7.0][number % 4];
        let mut answers = vec![(&known[0], 1.0 + (number % 3) as f64), (&known[1], fair), (&known[2], fair)];
        if number < 29 {
            answers.push((&known[3], fair));
        }
        people.interview(user, &answers).await;
    }
    (test, known)
}

#[tokio::test]
async fn a_question_that_goes_badly_for_all_is_found_to_be_hard() {
    let (test, known) = answered().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = told.clone();
    let found =
        calibration::run(&test.app, move |progress| hears.lock().unwrap().push(progress)).await.unwrap();
    assert_eq!((found.interviews, found.answers), (40, 40 * 3 + 29));
    assert_eq!((found.questions, found.too_few, found.flagged), (3, 1, 1), "{found:?}");
    let drift = calibration::drift(&test.app).await.unwrap();
    assert_eq!(drift[0].found.question_id, known[0].id);
    assert!(drift[0].found.flagged && drift[0].moved() > 0.5, "{:?}", drift[0]);
    assert!(drift[1..].iter().all(|one| !one.found.flagged && one.moved().abs() < 0.5), "{drift:?}");
    assert!(drift.iter().all(|one| one.found.estimate.answers == 40 && one.found.exposure == 1.0));
    assert!(drift.iter().all(|one| one.found.question_id != known[3].id), "29 answers are too few");
    let told = told.lock().unwrap().clone();
    assert_eq!(told[39], Progress::Reading { interviews: 40 });
    assert!(matches!(told[40..], [.., Progress::Estimating { share }] if share > 0.9), "{:?}", told.last());

    let standing = calibration::standing(&test.app).await.unwrap();
    assert_eq!((standing.questions, standing.flagged, standing.progress), (3, 1, None));
    assert_eq!(standing.at, Some(test.app.now()));
}

#[tokio::test]
async fn only_the_first_answer_of_a_person_counts() {
    let (test, known) = answered().await;
    let people = People { app: &test.app, ids: ids_after(2_000) };
    let keen = people.person().await;
    for _ in 0..30 {
        people.interview(keen, &[(&known[3], 9.5)]).await;
    }
    let found = calibration::run(&test.app, |_| ()).await.unwrap();
    assert_eq!((found.interviews, found.answers), (70, 40 * 3 + 30));
    let drift = calibration::drift(&test.app).await.unwrap();
    let rare = drift.iter().find(|one| one.found.question_id == known[3].id).expect("thirty people now");
    assert_eq!(rare.found.estimate.answers, 30);
}

#[tokio::test]
async fn answers_to_another_version_of_a_question_tell_nothing() {
    let test = test_app().await;
    let known = questions(&test.app);
    let mut before = known[0].clone();
    before.key_points.pop();
    let people = People { app: &test.app, ids: SequentialIds::default() };
    for _ in 0..31 {
        let user = people.person().await;
        people.interview(user, &[(&before, 2.0)]).await;
    }
    let found = calibration::run(&test.app, |_| ()).await.unwrap();
    assert_eq!((found.interviews, found.answers, found.questions), (31, 0, 0));
}

#[tokio::test]
async fn the_work_is_queued_once_a_week_and_other_nodes_take_up_what_it_finds() {
    let (test, _) = answered().await;
    let other = test.again().await;
    let queue = async || {
        for node in [&test, &other] {
            node.scheduler.look().await.unwrap();
        }
        test.app.store().open_jobs("calibrate_bank").await.unwrap()
    };
    assert_eq!(queue().await, 0, "it is not due yet");
    test.clock.advance(7 * 24 * 3_600_000);
    assert_eq!(queue().await, 1);
    test.work().await;
    assert_eq!(calibration::standing(&other.app).await.unwrap().questions, 3);
    assert!(calibration::refresh(&other.app).await.unwrap());
    assert!(!calibration::refresh(&other.app).await.unwrap());
    assert_eq!(queue().await, 0);
    test.clock.advance(7 * 24 * 3_600_000);
    assert_eq!(queue().await, 1, "and again in a week");
}

/// Ids that come after those that were given.
fn ids_after(count: usize) -> SequentialIds {
    let ids = SequentialIds::default();
    for _ in 0..count {
        let _ = ids.next();
    }
    ids
}
