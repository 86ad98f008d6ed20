//! The built-in interviewer on the shipped bank: what it plans and how it words it.

use super::{asking, planner};
use crate::bank::{Bank, Content};
use crate::interviewer::{Brief, Turn};
use greenroom_domain::ability::{Ability, CompetencyTurn, Pace, SelectionReason, Why};
use greenroom_domain::account::Profile;
use greenroom_domain::bank::{
    KeyPoint, TranslatedFollowUp, TranslatedPoint, TranslatedQuestion, Translation,
};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::Quote;
use greenroom_domain::ids::{QuestionId, SessionId};
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Phase, Plan, PlanItem, Probe, Question,
    Settings, State,
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
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        channel: Channel::Text,
    }
}

fn planned(
    settings: &Settings,
    posting: &JobPosting,
    resume: Option<&Resume>,
    profile: Option<&Profile>,
) -> Plan {
    planned_from(&bank(), settings, posting, resume, profile)
}

fn planned_from(
    bank: &Bank,
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
        translates: true,
        earlier: &[],
        account: None,
        memory,
        seen: &seen,
        seed: 7,
    };
    planner::plan(bank, &brief).expect("the bank has questions")
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
    assert!(
        !asked.is_empty() && asked.iter().all(|id| id.starts_with("site_reliability_engineer.")),
        "{asked:?}"
    );
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

#[test]
fn the_reserve_has_every_level_for_what_is_chosen_by_answers_and_nothing_twice() {
    let posting = JobPosting { position: Some("Backend Engineer".to_owned()), ..JobPosting::default() };
    let plan = planned(&settings(), &posting, None, None);
    for phase in [Phase::Technical, Phase::Behavioral] {
        for level in [Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced] {
            let spare = plan.reserve.iter().filter(|item| item.phase == phase && item.difficulty == level);
            assert!(spare.count() >= 2, "{phase:?} {level:?}");
        }
    }
    let chosen = |item: &&PlanItem| matches!(item.phase, Phase::Technical | Phase::Behavioral);
    assert!(
        plan.reserve.iter().all(|item| chosen(&item)),
        "nothing for phases that are not planned or chosen"
    );
    let mut keys: Vec<&str> = plan.items.iter().chain(&plan.reserve).map(|item| item.key.as_str()).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

#[test]
fn what_was_asked_in_earlier_interviews_is_not_in_reserve() {
    let posting = JobPosting { position: Some("Backend Engineer".to_owned()), ..JobPosting::default() };
    let first = planned(&settings(), &posting, None, None);
    let seen: HashSet<String> = first.reserve.iter().take(6).map(|item| item.key.to_string()).collect();
    let settings = settings();
    let brief = Brief {
        settings: &settings,
        job_description: "",
        posting: &posting,
        resume: None,
        profile: None,
        names: &[],
        translates: true,
        earlier: &[],
        account: None,
        memory: &[],
        seen: &seen,
        seed: 7,
    };
    let second = planner::plan(&bank(), &brief).expect("the bank has questions");
    assert!(second.reserve.len() >= 6 && second.reserve.iter().all(|item| !seen.contains(item.key.as_str())));
}

#[test]
fn an_easier_question_is_led_in_kindly_in_the_language_of_the_interview() {
    let (bank, state, _) = after(1);
    let before = Ability { theta: -1.0, standard_error: 0.8, answers: 2 };
    let why = Why {
        level: Difficulty::Beginner,
        pace: Pace::Relieved,
        selection: SelectionReason {
            competency: "teamwork".to_owned(),
            turn: CompetencyTurn::Uncovered,
            before,
            information: 0.4,
            expected_standard_error: 0.7,
            rank: 1,
            allowed: 3,
        },
    };
    let item = state.plan.items.iter().find(|item| item.phase == state.phase()).expect("one of this phase");
    let lead_in = |state: &State, why| {
        let question = asking::planned(&bank, Turn { why, ..turn(state) }, item).expect("a question");
        assert_eq!(question.why.as_deref(), why);
        question.lead_in
    };
    assert!(!lead_in(&state, None).expect("a transition").contains("basic"));
    assert!(lead_in(&state, Some(&why)).expect("a kind word").contains("basic"));
    let german = Settings { language: "de".to_owned(), ..settings() };
    let german = State { settings: german.into(), ..state.clone() };
    assert_eq!(lead_in(&german, None), None);
    assert_eq!(lead_in(&german, Some(&why)).as_deref(), Some("Nehmen wir etwas Grundlegenderes."));
}

/// The shipped bank with these questions in German, as far as a test can write it.
fn bank_in_german(ids: &[&str]) -> Bank {
    let english = bank();
    let german = |text: &str| format!("Auf Deutsch: {text}");
    let translated = |id: &&str| {
        let original = english.question(id).expect("a question of the bank");
        TranslatedQuestion {
            id: original.id.clone(),
            text: german(&original.text),
            reference: german(&original.reference),
            red_flags: Vec::new(),
            key_points: (original.key_points.iter())
                .map(|p| TranslatedPoint { point: german(&p.point), says: german(&p.says) })
                .collect(),
            follow_ups: (original.follow_ups.iter())
                .map(|f| TranslatedFollowUp { text: german(&f.text) })
                .collect(),
            sounds_like: None,
        }
    };
    let questions = ids.iter().map(translated).collect();
    Bank::of(Content {
        roles: english.roles().to_vec(),
        competencies: english.competencies().to_vec(),
        translations: vec![Translation { language: "de".to_owned(), review: None, questions }],
        ..Content::default()
    })
    .expect("the shipped bank is valid")
}

#[test]
fn questions_in_the_language_of_the_interview_come_first() {
    let posting = JobPosting { position: Some("Registered Nurse".to_owned()), ..JobPosting::default() };
    let wanted = ["registered_nurse.transfusion_checks", "registered_nurse.sbar_call"];
    let bank = bank_in_german(&[wanted[0], wanted[1], "general.walk_me_through"]);
    let german = Settings {
        language: "de".to_owned(),
        position: Some("Pflegefachkraft".to_owned()),
        question_count: Some(10),
        ..settings()
    };
    let plan = planned_from(&bank, &german, &posting, None, None);
    let first: HashSet<&str> = technical(&plan)[..2].iter().copied().collect();
    assert_eq!(first, HashSet::from(wanted), "{:?}", technical(&plan));
    assert!(technical(&plan).len() > 2, "questions in English make up what is missing");
    let wording = |item: &PlanItem| item.wording.as_ref().map(|wording| wording.content.clone());
    for item in &plan.items {
        let there =
            bank.question_in("de", &item.key).map(|q| q.text.replace("{position}", "Pflegefachkraft"));
        assert_eq!(wording(item), there, "{}", item.key);
    }
    let mut introduced = plan.clone();
    asking::introduce(&mut introduced, "de");
    assert_eq!(introduced, plan, "the first question is in German already");

    let english = planned_from(&bank, &settings(), &posting, None, None);
    assert!(english.items.iter().all(|item| item.wording.is_none()));
}

#[test]
fn an_answer_is_judged_by_the_words_of_its_language() {
    let id = "registered_nurse.sbar_call";
    let bank = bank_in_german(&[id]);
    let posting = JobPosting { position: Some("Registered Nurse".to_owned()), ..JobPosting::default() };
    let german = Settings { language: "de".to_owned(), ..settings() };
    let plan = planned_from(&bank, &german, &posting, None, None);
    let (_, state, _) = after(0);
    let state = State { settings: german.into(), plan: plan.into(), ..state };
    let item = state.plan.items.iter().find(|item| item.key == id).expect("it is planned");
    let question = asking::planned(&bank, turn(&state), item).expect("a question");
    assert!(question.content.starts_with("Auf Deutsch: "), "{}", question.content);
    assert!(question.reference.is_some_and(|text| text.starts_with("Auf Deutsch: ")));
    assert!(question.key_points.iter().all(|point| point.says.starts_with("Auf Deutsch: ")));
    let weights = |points: &[KeyPoint]| points.iter().map(|p| p.weight).collect::<Vec<_>>();
    let original = &bank.question(id).expect("a question").key_points;
    assert_eq!(weights(&question.key_points), weights(original));
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
    Turn { state, candidate: None, question_id, why: None }
}

fn quote(text: &str) -> Quote {
    Quote { text: text.to_owned(), start: 0, end: text.chars().count() }
}
