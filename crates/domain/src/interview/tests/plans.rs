//! Another plan while the interview goes on.

use super::*;
use crate::evaluation::Quote;
use crate::resume::Seniority;

fn replan(items: Vec<PlanItem>) -> Input {
    Input::Replan { plan: plan(items), engine: engine(), reading: None }
}

fn keys(state: &State) -> Vec<&str> {
    state.plan.items.iter().map(|item| item.key.as_str()).collect()
}

/// Three questions, of which one is answered and one waits.
fn under_way() -> State {
    let mut state = begun(60, &[Phase::Introduction, Phase::Technical, Phase::WrapUp]);
    step(&mut state, 0).expect("the first question");
    answer(&mut state, 1_000);
    step(&mut state, 2_000).expect("the second question");
    state
}

#[test]
fn another_plan_keeps_what_was_asked_and_decides_on_the_rest() {
    let mut state = under_way();
    let new = vec![item("new", Phase::Technical), item("q2", Phase::WrapUp)];
    wish(&mut state, replan(new), 3_000).expect("it can change");
    assert_eq!(keys(&state), ["q0", "q1", "new", "q2"]);
    assert_eq!(state.current_question().map(|asked| asked.question.planned_as()), Some(Some("q1")));
    answer(&mut state, 4_000);
    assert_eq!(step(&mut state, 4_000), Ok("new".to_owned()));
    answer(&mut state, 5_000);
    wish(&mut state, replan(Vec::new()), 6_000).expect("it can be emptied");
    assert_eq!(keys(&state), ["q0", "q1", "new"], "only what was asked stays");
    assert_eq!(step(&mut state, 6_000), Err(CompletionReason::Finished));
}

#[test]
fn no_question_stands_in_a_plan_twice() {
    let mut state = under_way();
    let worded = |key: &str| PlanItem { minutes: 9, ..item(key, Phase::Technical) };
    let new = vec![worded("q1"), item("new", Phase::Technical), worded("new"), worded("q0")];
    wish(&mut state, replan(new), 3_000).expect("it can change");
    assert_eq!(keys(&state), ["q0", "q1", "new"]);
    assert!(state.plan.items.iter().all(|item| item.minutes == 3), "the first one of a key counts");
}

#[test]
fn a_question_with_a_key_of_its_own_counts_as_asked_too() {
    let mut state = under_way();
    wish(&mut state, replan(vec![item("own-1", Phase::Technical)]), 3_000).expect("it can change");
    answer(&mut state, 4_000);
    let Move::Ask { item: own, .. } = next_move(&state, None, at(4_000)) else { panic!("one is left") };
    let own = Question { bank_id: None, plan_key: Some("own-1".to_owned()), ..*question(3, &own, None) };
    wish(&mut state, Input::Ask(Box::new(own)), 4_000).expect("it can be asked");
    wish(&mut state, replan(vec![item("own-1", Phase::WrapUp)]), 5_000).expect("it can change");
    assert_eq!(keys(&state), ["q0", "q1", "own-1"]);
    assert_eq!(state.plan.items[2].phase, Phase::Technical);
}

#[test]
fn a_plan_of_the_same_questions_changes_nothing() {
    let mut state = under_way();
    let (before, seq) = (state.plan.clone(), state.last_seq);
    wish(&mut state, replan(before.items.clone()), 3_000).expect("it is no error");
    wish(&mut state, replan(vec![item("q2", Phase::WrapUp)]), 3_000).expect("what was asked is added");
    assert_eq!((state.plan, state.last_seq), (before, seq));
}

#[test]
fn a_plan_says_who_made_it_and_what_the_introduction_told() {
    let state = under_way();
    let reading = Reading {
        role: "backend engineer".to_owned(),
        seniority: Some("senior".to_owned()),
        quote: Quote { text: "words".to_owned(), start: 0, end: 5 },
    };
    let input = Input::Replan { plan: plan(Vec::new()), engine: engine(), reading: Some(reading.clone()) };
    let kept = plan(state.plan.items[..2].to_vec());
    let replanned = Event::Replanned { plan: kept, engine: engine(), reading: Some(reading) };
    assert_eq!(decide(&state, input), Ok(vec![replanned]));
}

#[test]
fn a_plan_does_not_change_in_a_pause_or_after_the_end() {
    let mut state = under_way();
    wish(&mut state, Input::Pause, 3_000).expect("it can be paused");
    for status in ["paused", "completed"] {
        let refused = wish(&mut state, replan(Vec::new()), 4_000);
        assert_eq!(refused, Err(Refusal::WrongStatus { status, wish: "change its plan" }));
        assert_eq!(keys(&state), ["q0", "q1", "q2"]);
        let _ = wish(&mut state, Input::Complete(CompletionReason::EndedEarly), 5_000);
    }
}

/// The same with a question in reserve.
fn with_reserve() -> State {
    let items =
        vec![item("q0", Phase::Introduction), item("q1", Phase::Technical), item("q2", Phase::Technical)];
    let spare =
        |key, competency: &str| PlanItem { competency: competency.into(), ..item(key, Phase::Technical) };
    let reserve = vec![spare("spare", "api_design"), spare("other", "databases")];
    let plan = Plan { reserve, seniority: Some(Seniority::Lead), ..plan(items) };
    let event = Event::Started { settings: settings(60), plan };
    State::begin(SessionId(id(1)), Logged { seq: 1, at: at(0), event }).expect("it begins")
}

fn exchange(key: &str, by: &str) -> Input {
    Input::Exchange { key: key.to_owned(), by: by.to_owned() }
}

#[test]
fn a_question_in_reserve_changes_places_with_a_planned_one() {
    let mut state = with_reserve();
    wish(&mut state, exchange("q1", "spare"), 0).expect("it can be exchanged");
    assert_eq!(keys(&state), ["q0", "spare", "q2"]);
    assert_eq!(state.plan.reserve.iter().map(|item| item.key.as_str()).collect::<Vec<_>>(), ["q1", "other"]);
    wish(&mut state, exchange("spare", "q2"), 0).expect("two planned ones as well");
    assert_eq!(keys(&state), ["q0", "q2", "spare"]);
    assert_eq!(decide(&state, exchange("q2", "q2")), Ok(Vec::new()), "nothing changes, so nothing is logged");
}

#[test]
fn what_was_asked_or_is_not_there_is_not_exchanged() {
    let mut state = with_reserve();
    step(&mut state, 0).expect("the first question");
    for (key, by) in [("q0", "spare"), ("q1", "q0"), ("q1", "nowhere"), ("other", "spare")] {
        assert_eq!(decide(&state, exchange(key, by)), Err(Refusal::Unknown), "{key} by {by}");
    }
    wish(&mut state, Input::Pause, 0).expect("it can be paused");
    assert!(matches!(decide(&state, exchange("q1", "spare")), Err(Refusal::WrongStatus { .. })));
}

#[test]
fn another_plan_keeps_the_reserve_that_fits_it() {
    let mut state = with_reserve();
    let competency = PlannedCompetency { key: "databases".to_owned(), label: String::new(), weight: 1.0 };
    let plan = Plan { competencies: vec![competency], ..plan(vec![item("new", Phase::Technical)]) };
    wish(&mut state, Input::Replan { plan, engine: engine(), reading: None }, 0).expect("it is taken");
    assert_eq!(keys(&state), ["new"]);
    assert_eq!(state.plan.reserve.iter().map(|item| item.key.as_str()).collect::<Vec<_>>(), ["other"]);
    assert_eq!(state.plan.seniority, Some(Seniority::Lead));
}
