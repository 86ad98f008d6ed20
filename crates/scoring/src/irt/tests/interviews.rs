//! What interviews ask as their answers come, and what they say of abilities.

use crate::irt::interview::{Choice, Experience, Sources, abilities, bands, choose};
use greenroom_domain::ability::{Certainty, ItemEstimate, Pace, Stopped};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{
    CriterionResult, Engine, EngineKind, Evaluation, Judgement, NotAssessed, Outcome, Overall,
};
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::{
    Channel, Difficulty, Event, InterviewType, Logged, Personality, Phase, Plan, PlanItem, PlannedCompetency,
    Question, Response, Settings, State, Wording,
};
use greenroom_domain::resume::Seniority;
use greenroom_domain::rubric::RubricRef;
use std::str::FromStr;

const LEVELS: [Difficulty; 3] = [Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced];
const COMPETENCIES: [(&str, Phase); 4] = [
    ("databases", Phase::Technical),
    ("api_design", Phase::Technical),
    ("teamwork", Phase::Behavioral),
    ("planning", Phase::Scenario),
];

fn id<Id: FromStr>(kind: u64, number: u64) -> Id {
    let text = format!("018f0000-0000-7000-{:04x}-{number:012x}", 0x8000 + kind);
    text.parse().ok().expect("an id")
}

fn item(key: String, competency: &str, phase: Phase, difficulty: Difficulty) -> PlanItem {
    PlanItem {
        key: key.into(),
        phase,
        kind: InterviewType::Technical,
        competency: competency.into(),
        difficulty,
        minutes: 3,
        grounding: std::sync::Arc::default(),
        wording: None,
    }
}

/// Nine questions of the middle level, and for each competency four of each level in reserve.
pub(super) fn plan() -> Plan {
    let planned = [0, 1, 0, 1, 2, 2, 2, 3, 3].iter().enumerate().map(|(n, place)| {
        let (competency, phase) = COMPETENCIES[*place];
        item(format!("planned{n}"), competency, phase, Difficulty::Intermediate)
    });
    let spare = COMPETENCIES.iter().flat_map(|(competency, phase)| {
        LEVELS.iter().flat_map(move |level| {
            (0..4).map(move |n| item(format!("{competency}{level:?}{n}"), competency, *phase, *level))
        })
    });
    let competency = |(key, _): (&str, Phase)| PlannedCompetency {
        key: key.to_owned(),
        label: key.to_uppercase(),
        weight: 0.25,
    };
    Plan {
        items: planned.collect(),
        competencies: COMPETENCIES.map(competency).to_vec(),
        reserve: spare.collect(),
        ..Plan::default()
    }
}

pub(super) fn begin(number: u64, difficulty: Difficulty, plan: Plan) -> State {
    let settings = Settings {
        position: None,
        difficulty,
        types: vec![InterviewType::Technical],
        duration_minutes: 30,
        personality: Personality::Professional,
        question_count: None,
        language: "en".to_owned(),
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        channel: Channel::Text,
    };
    let event = Event::Started { settings, plan };
    let first = Logged { seq: 1, at: Timestamp::new(Default::default()), event };
    State::begin(id(7, number), first).unwrap()
}

fn judgement(mark: Option<f64>, cause: NotAssessed) -> Judgement {
    let outcome = Outcome::NotAssessed { cause, reason: "".into() };
    Judgement {
        engine: engine(),
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        criteria: vec![CriterionResult { key: "accuracy".into(), weight: 1.0, outcome }],
        key_points: Vec::new(),
        overall: Overall { score: mark, coverage: 1.0 },
        strengths: Vec::new(),
        areas_for_improvement: Vec::new(),
    }
}

fn engine() -> Engine {
    Engine { kind: EngineKind::Builtin, name: "test".into(), version: "1".into() }
}

fn happen(state: &mut State, event: Event) {
    state.apply(Logged { seq: state.last_seq + 1, at: Timestamp::new(Default::default()), event });
}

/// Asks the question; `judged` is the judgement of its answer, if it is there.
fn ask(state: &mut State, item: &PlanItem, parent: Option<QuestionId>, judged: Option<Judgement>) {
    let number = state.last_seq;
    let question = Question {
        id: id(1, number),
        lead_in: None,
        content: String::new(),
        category: item.kind,
        phase: item.phase,
        difficulty: item.difficulty,
        competency: item.competency.clone(),
        tags: Vec::new(),
        parent_question_id: parent,
        order: number as u32,
        grounding: Vec::new(),
        bank_id: parent.is_none().then(|| item.key.to_string()),
        plan_key: None,
        minutes: item.minutes,
        key_points: Vec::new(),
        reference: None,
        item: None,
        why: None,
        engine: engine(),
    };
    let (question_id, response_id) = (question.id, id(2, number));
    happen(state, Event::QuestionAsked { question: Box::new(question) });
    let content = String::new();
    happen(state, Event::AnswerReceived { response_id, question_id, content, attempt: 1, spoken: None });
    if let Some(judgement) = judged {
        let evaluation = Evaluation {
            id: id(3, number),
            session_id: Some(state.id),
            question_id: Some(question_id),
            response_id: Some(response_id),
            judgement,
            created_at: Timestamp::new(Default::default()),
        };
        happen(state, Event::AnswerEvaluated { evaluation: Box::new(evaluation) });
    }
}

fn marked(mark: f64) -> Option<Judgement> {
    Some(judgement(Some(mark), NotAssessed::NoEvidence))
}

fn nothing(_: &Question, _: &Response) -> Option<Judgement> {
    None
}

fn no_experience(_: &str) -> Experience {
    Experience::default()
}

fn chosen(state: &State, slot: &PlanItem) -> Option<Choice> {
    choose(state, slot, 60.0, &Sources { provisional: &nothing, experience: &no_experience })
}

/// The next planned question, or what takes its place.
fn next(state: &mut State) -> Option<(PlanItem, Option<Choice>)> {
    let was_asked = |item: &&PlanItem| state.asked.iter().any(|a| a.question.planned_as() == Some(&item.key));
    let slot = state.plan.items.iter().find(|item| !was_asked(item))?.clone();
    let choice = chosen(state, &slot);
    let Some(by) = choice.as_ref().map(|choice| choice.key.clone()) else { return Some((slot, None)) };
    if by != slot.key {
        happen(state, Event::PlanExchanged { key: slot.key.to_string(), by: by.clone() });
    }
    Some((state.plan.items.iter().find(|item| item.key == by)?.clone(), choice))
}

/// A whole interview with this mark for every answer.
pub(super) fn play(number: u64, difficulty: Difficulty, mark: f64) -> (State, Vec<(PlanItem, Choice)>) {
    let mut state = begin(number, difficulty, plan());
    let mut path = Vec::new();
    while let Some((item, choice)) = next(&mut state) {
        ask(&mut state, &item, None, marked(mark));
        path.push((item, choice.expect("it was chosen")));
    }
    (state, path)
}

fn levels(path: &[(PlanItem, Choice)]) -> Vec<usize> {
    path.iter().map(|(item, _)| item.difficulty as usize).collect()
}

#[test]
fn difficulty_rises_for_strong_answers_and_falls_for_weak_ones() {
    for number in 0..20 {
        let (_, strong) = play(number, Difficulty::Intermediate, 9.0);
        let (_, weak) = play(number, Difficulty::Intermediate, 2.5);
        let (_, middle) = play(number, Difficulty::Intermediate, 5.7);
        let (strong, weak, middle) = (levels(&strong), levels(&weak), levels(&middle));
        assert_eq!((strong[0], weak[0]), (1, 1), "it begins at the level that was chosen");
        assert!(strong.is_sorted() && strong[4..].iter().all(|level| *level == 2), "{strong:?}");
        assert!(weak.is_sorted_by(|a, b| a >= b) && weak[3..].iter().all(|level| *level == 0), "{weak:?}");
        assert!(middle.iter().all(|level| *level == 1), "{middle:?}");
    }
}

#[test]
fn a_level_is_never_jumped_over() {
    for (difficulty, mark) in [(Difficulty::Beginner, 9.5), (Difficulty::Advanced, 1.5)] {
        let (_, path) = play(1, difficulty, mark);
        let levels = levels(&path);
        assert!(levels.windows(2).all(|pair| pair[0].abs_diff(pair[1]) <= 1), "{levels:?}");
        assert_eq!(levels.first().unwrap().abs_diff(*levels.last().unwrap()), 2, "{levels:?}");
    }
}

#[test]
fn after_two_weak_answers_an_easier_question_comes_and_says_so() {
    let mut state = begin(3, Difficulty::Advanced, plan());
    let advanced = |n: usize| {
        let spare = plan().reserve.into_iter().filter(|item| item.difficulty == Difficulty::Advanced);
        spare.filter(|item| item.phase == Phase::Technical).nth(n).unwrap()
    };
    ask(&mut state, &advanced(0), None, marked(4.0));
    let (first, choice) = next(&mut state).unwrap();
    assert_ne!(choice.unwrap().why.pace, Pace::Relieved, "one weak answer is no row");
    assert!(first.difficulty >= Difficulty::Intermediate);
    ask(&mut state, &advanced(1), None, marked(4.0));
    let (second, choice) = next(&mut state).unwrap();
    assert_eq!((second.difficulty, choice.unwrap().why.pace), (Difficulty::Intermediate, Pace::Relieved));
}

#[test]
fn after_two_strong_answers_a_harder_question_comes_whatever_was_expected() {
    let plan = Plan { seniority: Some(Seniority::Junior), ..plan() };
    let mut state = begin(3, Difficulty::Intermediate, plan.clone());
    for item in &plan.items[..2] {
        ask(&mut state, item, None, marked(8.5));
    }
    let theta = |competency: &str| {
        let all = abilities(&state);
        all.iter().find(|one| one.competency == competency).map(|one| one.ability.theta).unwrap_or_default()
    };
    assert!(theta("databases") < 0.5 && theta("api_design") < 0.5, "by the estimate alone it would stay");
    let (item, choice) = next(&mut state).unwrap();
    assert_eq!((item.difficulty, choice.unwrap().why.pace), (Difficulty::Advanced, Pace::Harder));
}

#[test]
fn other_competencies_step_in_where_the_planned_ones_have_no_question_left() {
    let spare = item("kindness".to_owned(), "kindness", Phase::Technical, Difficulty::Beginner);
    let hard = |item: PlanItem| PlanItem { difficulty: Difficulty::Advanced, ..item };
    let plan = Plan { reserve: vec![spare], items: plan().items.into_iter().map(hard).collect(), ..plan() };
    let mut state = begin(3, Difficulty::Intermediate, plan.clone());
    for item in &plan.items[..2] {
        ask(
            &mut state,
            &PlanItem { difficulty: Difficulty::Intermediate, ..item.clone() },
            None,
            marked(2.0),
        );
    }
    let choice = chosen(&state, &plan.items[2]).expect("a choice");
    assert_eq!((choice.key.as_str(), choice.why.level), ("kindness", Difficulty::Beginner));
    assert!(abilities(&state).iter().all(|one| one.competency != "kindness"));
}

#[test]
fn silence_is_no_measure_but_brings_an_easier_question() {
    let mut state = begin(3, Difficulty::Intermediate, plan());
    let before = abilities(&state);
    for item in &plan().items[..2] {
        ask(&mut state, item, None, Some(judgement(None, NotAssessed::Silence)));
    }
    assert_eq!(abilities(&state), before);
    let (item, choice) = next(&mut state).unwrap();
    assert_eq!((item.difficulty, choice.unwrap().why.pace), (Difficulty::Beginner, Pace::Relieved));

    let mut other = begin(3, Difficulty::Intermediate, plan());
    for item in &plan().items[..2] {
        ask(&mut other, item, None, Some(judgement(None, NotAssessed::JudgeFailed)));
    }
    assert_eq!(abilities(&other), before);
    assert_eq!(
        next(&mut other).unwrap().0.difficulty,
        Difficulty::Intermediate,
        "the judge failed, nobody else"
    );
}

#[test]
fn better_answers_show_a_higher_ability() {
    let shown = |mark| {
        let (state, _) = play(5, Difficulty::Intermediate, mark);
        abilities(&state).iter().map(|one| one.ability.theta).sum::<f64>() / 4.0
    };
    let thetas: Vec<f64> = [1.5, 4.0, 5.7, 7.0, 9.0].map(shown).to_vec();
    assert!(thetas.windows(2).all(|pair| pair[0] + 0.2 < pair[1]), "{thetas:?}");
}

#[test]
fn every_competency_has_its_turn_and_no_question_comes_twice() {
    let (state, path) = play(9, Difficulty::Intermediate, 7.0);
    for (competency, phase) in COMPETENCIES {
        assert!(path.iter().any(|(item, _)| item.competency == competency && item.phase == phase));
    }
    let mut keys: Vec<_> = path.iter().map(|(item, _)| item.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 9);
    let planned: Vec<Phase> = plan().items.iter().map(|item| item.phase).collect();
    assert_eq!(
        path.iter().map(|(item, _)| item.phase).collect::<Vec<_>>(),
        planned,
        "phases keep their places"
    );
    assert_eq!(state.plan.items.len() + state.plan.reserve.len(), 9 + 48);
}

#[test]
fn the_same_interview_is_asked_the_same_and_others_are_not() {
    let keys = |number| {
        let (_, path) = play(number, Difficulty::Intermediate, 7.0);
        path.into_iter().map(|(item, _)| item.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(1), keys(1));
    assert!((2..6).any(|number| keys(number) != keys(1)));
}

#[test]
fn planned_questions_stay_while_they_tell_about_as_much() {
    let (_, path) = play(1, Difficulty::Intermediate, 5.7);
    let keys: Vec<_> = path.iter().map(|(item, _)| item.key.as_str()).collect();
    assert!(keys[..2].iter().all(|key| key.starts_with("planned")), "{keys:?}");
    assert!(keys.iter().filter(|key| key.starts_with("planned")).count() >= 6, "{keys:?}");
}

#[test]
fn what_is_known_leaves_its_place_to_the_rest() {
    let mut state = begin(4, Difficulty::Intermediate, plan());
    let about = |competency: &str| {
        let spare = plan().reserve.into_iter().filter(|item| item.difficulty == Difficulty::Intermediate);
        spare.filter(|item| item.competency == competency).collect::<Vec<_>>()
    };
    ask(&mut state, &about("api_design")[0], None, marked(5.7));
    for item in about("databases") {
        ask(&mut state, &item, None, marked(5.7));
    }
    let known = abilities(&state).into_iter().find(|one| one.competency == "databases").unwrap();
    assert_eq!(known.stopped, Some(Stopped::Precise), "{:?}", known.ability);
    let slot = plan().items[0].clone();
    assert_eq!(slot.competency, "databases");
    let choice = chosen(&state, &slot).unwrap();
    assert!(choice.key.starts_with("api_design") || choice.key == "planned1" || choice.key == "planned3");
}

#[test]
fn what_answers_taught_of_a_question_decides_before_its_level() {
    let state = begin(4, Difficulty::Intermediate, plan());
    let sharp = |key: &str| Experience {
        estimate: (key == "databasesIntermediate2").then(|| ItemEstimate {
            discrimination: 2.5,
            thresholds: vec![-1.5, -0.5, 0.5, 1.5],
            answers: 200,
        }),
        exposure: if key.starts_with("api") { 0.9 } else { 0.0 },
    };
    let sources = Sources { provisional: &nothing, experience: &sharp };
    let choice = choose(&state, &plan().items[0], 60.0, &sources).unwrap();
    assert_eq!((choice.key.as_str(), choice.why.selection.rank), ("databasesIntermediate2", 1));
}

#[test]
fn an_answer_that_waits_for_its_judge_counts_as_it_is_judged_for_now() {
    let mut state = begin(4, Difficulty::Intermediate, plan());
    for item in &plan().items[..3] {
        ask(&mut state, item, None, None);
    }
    let level = |mark: Option<f64>| {
        let provisional =
            move |_: &Question, _: &Response| mark.map(|mark| judgement(Some(mark), NotAssessed::NoEvidence));
        let sources = Sources { provisional: &provisional, experience: &no_experience };
        choose(&state, &plan().items[3], 60.0, &sources).unwrap().why.level
    };
    assert_eq!((level(Some(9.0)), level(Some(2.0))), (Difficulty::Advanced, Difficulty::Beginner));
    assert_eq!(level(None), Difficulty::Intermediate);
    assert!(abilities(&state).iter().all(|one| one.ability.answers == 0), "nothing of it is shown");
}

#[test]
fn openings_and_the_interviewers_own_questions_stay() {
    let state = begin(4, Difficulty::Intermediate, plan());
    let opening = item("hello".to_owned(), "teamwork", Phase::Introduction, Difficulty::Beginner);
    assert_eq!(chosen(&state, &opening), None);
    let wording = Some(Wording { content: "?".to_owned(), bank_id: None, key_points: Vec::new() });
    let own = PlanItem { wording: wording.map(Box::new), ..plan().items[0].clone() };
    assert_eq!(chosen(&state, &own), None);
    let mut low = state.clone();
    for item in &plan().items[..2] {
        ask(&mut low, item, None, marked(2.0));
    }
    assert!(chosen(&low, &own).is_some(), "after two weak answers an easier one comes all the same");
}

#[test]
fn follow_ups_and_second_answers_count_for_nothing() {
    let mut state = begin(4, Difficulty::Intermediate, plan());
    ask(&mut state, &plan().items[0], None, marked(6.0));
    let before = abilities(&state);
    let parent = state.asked[0].question.id;
    ask(&mut state, &plan().items[0], Some(parent), marked(1.0));
    assert_eq!(abilities(&state), before);
}

#[test]
fn bands_are_known_from_the_second_answer_on() {
    let (state, _) = play(2, Difficulty::Intermediate, 9.0);
    let bands = bands(&state);
    assert_eq!(
        bands.iter().map(|band| band.label.as_str()).collect::<Vec<_>>(),
        ["DATABASES", "API_DESIGN", "TEAMWORK", "PLANNING"]
    );
    for band in &bands {
        assert!(band.answers >= 2 && band.certainty >= Certainty::Uncertain, "{band:?}");
        assert_eq!(band.level_likely, Some(Difficulty::Advanced), "{band:?}");
        assert!(band.level_low <= band.level_likely && band.level_likely <= band.level_high);
    }
    let mut begun = begin(2, Difficulty::Intermediate, plan());
    ask(&mut begun, &plan().items[0], None, marked(9.0));
    let known = super::super::interview::bands(&begun);
    assert!(known.iter().all(|band| band.certainty == Certainty::NotYetKnown && band.level_likely.is_none()));
}

#[test]
fn level_and_resume_say_what_may_be_expected() {
    let expected = |difficulty, seniority| {
        let state = begin(1, difficulty, Plan { seniority, ..plan() });
        abilities(&state)[0].ability
    };
    let unknown = expected(Difficulty::Intermediate, None);
    let senior = expected(Difficulty::Intermediate, Some(Seniority::Senior));
    assert!(senior.theta > unknown.theta && senior.standard_error < unknown.standard_error);
    assert!(expected(Difficulty::Advanced, None).theta > unknown.theta);
}
