//! The built-in interviewer on the shipped bank: what it plans and how it words it.

use super::{asking, planner};
use crate::bank::Bank;
use crate::interviewer::{Brief, Turn};
use greenroom_domain::account::Profile;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Quote;
use greenroom_domain::ids::{QuestionId, SessionId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Phase, Plan, Probe, Question, Settings,
    State,
};
use greenroom_domain::job::{JobCompetency, JobPosting};
use greenroom_domain::resume::Resume;
use greenroom_domain::rubric::RubricRef;
use std::collections::HashSet;

fn bank() -> Bank {
    Bank::shipped().expect("the shipped bank is valid")
}

fn settings() -> Settings {
    Settings {
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical, InterviewType::Behavioral],
        duration_minutes: 20,
        personality: Personality::Professional,
        question_count: None,
        language: "en".to_owned(),
        rubric: RubricRef { id: "practice_core".to_owned(), version: 1 },
        channel: Channel::Text,
    }
}

fn planned(
    settings: &Settings,
    posting: &JobPosting,
    resume: Option<&Resume>,
    profile: Option<&Profile>,
) -> Plan {
    let seen = HashSet::new();
    let memory = &[];
    let brief = Brief {
        settings,
        job_description: "",
        posting,
        resume,
        profile,
        names: &[],
        account: None,
        memory,
        seen: &seen,
        seed: 7,
    };
    planner::plan(&bank(), &brief).expect("the bank has questions")
}

fn technical(plan: &Plan) -> Vec<&str> {
    plan.items.iter().filter(|i| i.phase == Phase::Technical).map(|i| i.key.as_str()).collect()
}

#[test]
fn without_a_job_the_trade_of_the_resume_is_asked_about() {
    let resume =
        Resume { headline: Some("Senior Site Reliability Engineer".to_owned()), ..Resume::default() };
    let plan = planned(&settings(), &JobPosting::default(), Some(&resume), None);
    let asked = technical(&plan);
    assert!(!asked.is_empty() && asked.iter().all(|id| id.starts_with("devops_engineer.")), "{asked:?}");
    assert_eq!(technical(&planned(&settings(), &JobPosting::default(), None, None)), [""; 0]);
}

#[test]
fn the_job_decides_before_the_resume() {
    let resume = Resume { headline: Some("Site Reliability Engineer".to_owned()), ..Resume::default() };
    let posting = JobPosting { position: Some("Registered Nurse".to_owned()), ..JobPosting::default() };
    let plan = planned(&settings(), &posting, Some(&resume), None);
    assert!(technical(&plan).iter().all(|id| id.starts_with("registered_nurse.")), "{:?}", technical(&plan));
}

#[test]
fn a_wish_of_the_profile_stands_in_for_a_job() {
    let profile = Profile { target_job_titles: vec!["Accountant".to_owned()], ..Profile::default() };
    let plan = planned(&settings(), &JobPosting::default(), None, Some(&profile));
    assert!(technical(&plan).iter().all(|id| id.starts_with("accountant.")) && !technical(&plan).is_empty());
}

#[test]
fn an_expert_is_not_asked_the_basics_while_there_is_something_else() {
    let posting = JobPosting { position: Some("Frontend Engineer".to_owned()), ..JobPosting::default() };
    let settings = Settings { difficulty: Difficulty::Advanced, ..settings() };
    let plan = planned(&settings, &posting, None, None);
    let basics: Vec<_> = plan.items.iter().filter(|i| i.difficulty == Difficulty::Beginner).collect();
    assert_eq!(basics, Vec::<&greenroom_domain::interview::PlanItem>::new());
}

#[test]
fn as_many_questions_are_planned_as_were_wanted() {
    let posting = JobPosting { position: Some("Registered Nurse".to_owned()), ..JobPosting::default() };
    let types = vec![InterviewType::Technical, InterviewType::Behavioral, InterviewType::Situational];
    let settings = Settings { question_count: Some(40), types, duration_minutes: 120, ..settings() };
    let plan = planned(&settings, &posting, None, None);
    assert_eq!(plan.items.len(), 40);
    assert!(plan.items.is_sorted_by_key(|item| item.phase));
}

#[test]
fn of_several_lines_the_one_that_speaks_of_the_question_is_shown() {
    let evidence = ["work with parents and assistants", "manage the routines of a lively class calmly"];
    let competency = JobCompetency {
        key: "classroom_management".to_owned(),
        weight: 1.0,
        evidence: evidence.map(str::to_owned).to_vec(),
    };
    let posting = JobPosting {
        position: Some("Teacher".to_owned()),
        competencies: vec![competency],
        ..JobPosting::default()
    };
    let plan = planned(&settings(), &posting, None, None);
    let item = plan.items.iter().find(|i| i.key == "teacher.first_five_minutes").expect("it is asked");
    assert_eq!(item.grounding[0].text, evidence[1]);
}

/// A state with `count` questions, each followed up.
fn after(count: usize) -> (Bank, State, Vec<Question>) {
    let bank = bank();
    let plan = planned(&settings(), &JobPosting::default(), None, None);
    let id: SessionId = "018f0000-0000-7000-8000-000000000001".parse().expect("an id");
    let log = |seq, event| Logged { seq, at: Timestamp::new(Default::default()), event };
    let started = Event::Started { settings: settings(), plan: plan.clone() };
    let mut state = State::begin(id, log(1, started)).expect("it begins");
    let mut follow_ups = Vec::new();
    for item in plan.items.iter().take(count) {
        let planned = asking::planned(&bank, turn(&state), item).expect("a question");
        state.apply(log(state.last_seq + 1, Event::QuestionAsked { question: Box::new(planned.clone()) }));
        let probe = Probe { said: quote("the boat sank"), text: "And then?".to_owned(), asks_for: 1 };
        let followed = asking::follow_up(turn(&state), &probe, &planned);
        state.apply(log(state.last_seq + 1, Event::QuestionAsked { question: Box::new(followed.clone()) }));
        follow_ups.push(followed);
    }
    (bank, state, follow_ups)
}

#[test]
fn wording_changes_from_one_follow_up_to_the_next() {
    let (bank, state, follow_ups) = after(3);
    let distinct: HashSet<&str> = follow_ups.iter().map(|question| question.content.as_str()).collect();
    assert_eq!(distinct.len(), 3, "{distinct:?}");
    let item = &state.plan.items[3];
    let lead_in = asking::planned(&bank, turn(&state), item).and_then(|question| question.lead_in);
    let (bank, earlier, _) = after(2);
    let before =
        asking::planned(&bank, turn(&earlier), &earlier.plan.items[2]).and_then(|question| question.lead_in);
    assert_ne!(lead_in, before);
}

fn turn(state: &State) -> Turn<'_> {
    let question_id: QuestionId = "018f0000-0000-7000-8000-000000000002".parse().expect("an id");
    Turn { state, candidate: None, question_id }
}

fn quote(text: &str) -> Quote {
    Quote { text: text.to_owned(), start: 0, end: text.chars().count() }
}
