//! An interview to talk in: a job, a resume, a plan of the built-in interviewer, and answers.

use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Plan, PlanItem, Question, Settings, State,
};
use greenroom_domain::job::JobPosting;
use greenroom_domain::resume::{Experience, Resume};
use greenroom_domain::rubric::RubricRef;
use greenroom_providers::bank::Bank;
use greenroom_providers::builtin::BuiltinInterviewer;
use greenroom_providers::{Brief, Interviewer, Turn};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The shipped bank in English only: a model translates.
pub static BANK: LazyLock<Bank> = LazyLock::new(|| {
    let shipped = Bank::shipped().expect("the shipped bank is valid");
    Bank::new(shipped.roles().to_vec(), shipped.competencies().to_vec()).expect("it is as valid")
});
static SEEN: LazyLock<HashSet<String>> = LazyLock::new(HashSet::new);
static MEMORY: LazyLock<Vec<String>> =
    LazyLock::new(|| vec!["Problem solving: told results without a figure.".to_owned()]);

pub const JOB: &str = "Backend Engineer at a ferry operator\n\
    You will own the booking service, written in Rust on PostgreSQL.\n\
    You keep it fast on Friday evenings, when everybody books at once.\n\
    We work from home two days a week; the office is beside the harbour.\n\
    Write to jobs@ferry.example if you have questions.";

pub const RESUME: &str = "Ama Serwaa-Lindqvist\n\
    12 Hill Street, Apt 4, Leeds\n\
    ama.serwaa@example.org | +44 20 7946 0018 | ama-codes.example\n\
    Senior backend engineer\n\
    Ticket Office Ltd, 2019-2025\n\
    Cut the search for a seat from 4 s to 90 ms with an index on route and date.\n\
    Moved 40 million rows to PostgreSQL in one night.\n\
    Ama led the on-call team of six.";

pub const ANSWERS: [&str; 4] = [
    "I have worked on booking systems for six years, at Ticket Office Ltd. I like work where a slow query means a \
     queue of people. I led the on-call team of six people there.",
    "Our search took four seconds on Friday evenings. I read the query plan, found a sequential scan, and added an \
     index on route and date. It was a lot faster after that.",
    "We wanted to do it without stopping the shop. I copied the rows in the background for two weeks, compared \
     checksums each night, and switched over on a Tuesday at four in the morning. Nobody noticed.",
    "A colleague and I did not agree about retries. I wrote down both ways, we measured them for a day, and his way \
     lost fewer bookings, so we took his.",
];

/// The interview of one test.
#[derive(Clone)]
pub struct Interview {
    pub settings: Settings,
    pub job: String,
    pub posting: JobPosting,
    pub resume: Resume,
    pub names: Vec<String>,
    pub plan: Plan,
    pub state: State,
}

pub fn settings() -> Settings {
    Settings {
        position: Some("Backend Engineer".to_owned()),
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical, InterviewType::Behavioral, InterviewType::Situational],
        duration_minutes: 20,
        personality: Personality::Professional,
        question_count: None,
        language: "en".to_owned(),
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        channel: Channel::Text,
    }
}

pub fn resume() -> Resume {
    let highlights: Vec<String> = RESUME.lines().skip(5).map(str::to_owned).collect();
    Resume {
        text: RESUME.to_owned(),
        name: Some("Ama Serwaa-Lindqvist".to_owned()),
        email: Some("ama.serwaa@example.org".to_owned()),
        phone: Some("+44 20 7946 0018".to_owned()),
        links: vec!["ama-codes.example".to_owned()],
        headline: Some("Senior backend engineer".to_owned()),
        skills: vec!["PostgreSQL".to_owned()],
        experience: vec![Experience { highlights, ..Experience::default() }],
        ..Resume::default()
    }
}

pub fn at() -> Timestamp {
    Timestamp::new(Default::default())
}

impl Interview {
    /// An interview with `settings`, just begun.
    pub async fn begun(settings: Settings) -> Self {
        let posting = JobPosting { position: Some("Backend Engineer".to_owned()), ..JobPosting::default() };
        let id: SessionId = "018f0000-0000-7000-8000-000000000001".parse().unwrap();
        let draft = Event::Started { settings: settings.clone(), plan: Plan::default() };
        let state = State::begin(id, Logged { seq: 1, at: at(), event: draft }).unwrap();
        let (plan, resume) = (Plan::default(), resume());
        let mut interview =
            Self { settings, job: JOB.to_owned(), posting, resume, names: Vec::new(), plan, state };
        interview.plan = BuiltinInterviewer::new(BANK.clone()).plan(interview.brief()).await.unwrap();
        let started = Event::Started { settings: interview.settings.clone(), plan: interview.plan.clone() };
        interview.state = State::begin(id, Logged { seq: 1, at: at(), event: started }).unwrap();
        interview
    }

    /// The same with these answers to the first questions of the plan.
    pub async fn answered(settings: Settings, answers: &[&str]) -> Self {
        let mut interview = Self::begun(settings).await;
        for answer in answers {
            interview.ask_and_answer(answer).await;
        }
        interview
    }

    pub fn brief(&self) -> Brief<'_> {
        Brief {
            settings: &self.settings,
            job_description: &self.job,
            posting: &self.posting,
            resume: Some(&self.resume),
            profile: None,
            names: &self.names,
            translates: true,
            earlier: &[],
            account: Some("an-interview"),
            memory: &MEMORY,
            seen: &SEEN,
            seed: 7,
        }
    }

    /// The question that comes next.
    pub async fn planned(&self) -> Question {
        let count = self.state.asked.len();
        // A plan that is shorter than the interview begins again, with other keys.
        let item = self.plan.items[count % self.plan.items.len()].clone();
        let id = format!("018f0000-0000-7000-8000-0000000001{count:02}").parse::<QuestionId>().unwrap();
        let turn = Turn { state: &self.state, candidate: None, question_id: id, why: None };
        BuiltinInterviewer::new(BANK.clone()).ask(turn, &PlanItem { ..item }).await.unwrap()
    }

    pub async fn ask_and_answer(&mut self, answer: &str) {
        let question = self.planned().await;
        let question_id = question.id;
        self.log(Event::QuestionAsked { question: Box::new(question) });
        let number = self.state.asked.len();
        let response_id =
            format!("018f0000-0000-7000-8000-0000000002{number:02}").parse::<ResponseId>().unwrap();
        let content = answer.to_owned();
        self.log(Event::AnswerReceived { response_id, question_id, content, attempt: 1, spoken: None });
    }

    pub fn log(&mut self, event: Event) {
        self.state.apply(Logged { seq: self.state.last_seq + 1, at: at(), event });
    }

    pub fn last_question(&self) -> &Question {
        &self.state.asked.last().unwrap().question
    }
}
