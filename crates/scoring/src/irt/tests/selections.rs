//! What the next question must respect.

use crate::irt::model::ItemParameters;
use crate::irt::selection::{Candidate, Constraints, NoQuestion, Target, choose, stopped};
use crate::irt::{Draws, ItemBank, Posterior, Prior};
use greenroom_domain::ability::{CompetencyTurn, Stopped};
use greenroom_domain::interview::{Difficulty, Phase};

const BEST: Constraints = Constraints {
    phase: None,
    pacing: None,
    minutes_left: 60.0,
    least_each: 1,
    leeway: 0.0,
    most_each: 6,
    standard_error: 0.5,
    most_exposure: 0.3,
    among: 1,
    within: 0.8,
};

/// Items of difficulty -2, -1, 0, 1, 2, each harder one a little sharper.
fn bank() -> ItemBank {
    let item =
        |index: i32| ItemParameters::two_parameter(1.0 + 0.01 * f64::from(index), f64::from(index - 2));
    ItemBank::new((0..5).map(|index| item(index).unwrap()).collect())
}

fn candidate(item: usize, competency: &str) -> Candidate<'_> {
    Candidate {
        item,
        competency,
        phase: Phase::Technical,
        level: Difficulty::Intermediate,
        minutes: 3.0,
        exposure: 0.0,
    }
}

fn target<'a>(competency: &'a str, share: f64, asked: u32, posterior: &'a Posterior) -> Target<'a> {
    Target { competency, share, asked, posterior }
}

fn draws() -> Draws {
    Draws::from_seed(1)
}

#[test]
fn the_question_fits_the_ability_and_says_why() {
    let bank = bank();
    let all: Vec<_> = (0..5).map(|item| candidate(item, "a")).collect();
    for (mean, item) in [(-2.0, 0), (0.0, 2), (2.0, 4)] {
        let posterior = Posterior::new(Prior::new(mean, 0.3));
        let chosen = choose(&bank, &[target("a", 1.0, 0, &posterior)], &all, &BEST, &mut draws()).unwrap();
        assert_eq!(chosen.candidate, item, "at {mean}");
        assert_eq!((chosen.reason.rank, chosen.reason.allowed), (1, 5));
        assert_eq!(chosen.reason.turn, CompetencyTurn::Uncovered);
        assert!(chosen.reason.expected_standard_error < chosen.reason.before.standard_error);
        assert!((chosen.reason.information - 0.25).abs() < 0.03);
    }
}

#[test]
fn an_uncovered_competency_comes_first_then_the_one_behind_its_share() {
    let (bank, posterior) = (bank(), Posterior::new(Prior::default()));
    let all = [candidate(0, "a"), candidate(1, "b"), candidate(2, "c")];
    let turn = |asked: [u32; 3]| {
        let keys = [("a", 0.6), ("b", 0.3), ("c", 0.1)];
        let targets: Vec<_> = keys
            .iter()
            .zip(asked)
            .map(|((key, share), asked)| target(key, *share, asked, &posterior))
            .collect();
        let chosen = choose(&bank, &targets, &all, &BEST, &mut draws()).unwrap();
        (chosen.reason.competency, chosen.reason.turn)
    };
    assert_eq!(turn([0, 0, 0]), ("a".to_owned(), CompetencyTurn::Uncovered));
    assert_eq!(turn([2, 1, 0]), ("c".to_owned(), CompetencyTurn::Uncovered));
    assert_eq!(turn([1, 1, 1]), ("a".to_owned(), CompetencyTurn::BehindItsShare));
    assert_eq!(turn([3, 1, 1]), ("b".to_owned(), CompetencyTurn::BehindItsShare));
}

#[test]
fn competencies_about_as_far_behind_leave_it_to_information() {
    let bank = bank();
    let (sure, unsure) = (Posterior::new(Prior::new(0.0, 0.55)), Posterior::new(Prior::default()));
    let all = [candidate(2, "a"), candidate(2, "b"), candidate(0, "c")];
    let chosen = |leeway, asked| {
        let targets =
            [target("a", 0.4, 1, &sure), target("b", 0.3, asked, &unsure), target("c", 0.3, 1, &unsure)];
        choose(&bank, &targets, &all, &Constraints { leeway, ..BEST }, &mut draws()).unwrap()
    };
    assert_eq!(chosen(0.0, 1).reason.competency, "a", "farthest behind");
    assert_eq!((chosen(0.5, 1).reason.competency.as_str(), chosen(0.5, 1).reason.allowed), ("b", 3));
    assert_eq!(chosen(0.5, 2).reason.competency, "c", "b is a question ahead of them");
    assert_eq!(chosen(0.5, 0).reason.turn, CompetencyTurn::Uncovered, "what is uncovered never waits");
}

#[test]
fn questions_of_another_phase_or_too_long_are_not_asked() {
    let (bank, posterior) = (bank(), Posterior::new(Prior::default()));
    let targets = [target("a", 1.0, 0, &posterior)];
    let mut all = [candidate(2, "a"), candidate(0, "a")];
    all[0].phase = Phase::Scenario;
    let technical = Constraints { phase: Some(Phase::Technical), ..BEST };
    assert_eq!(choose(&bank, &targets, &all, &technical, &mut draws()).unwrap().candidate, 1);
    all[0].phase = Phase::Technical;
    all[0].minutes = 5.0;
    let hurry = Constraints { minutes_left: 4.0, ..BEST };
    assert_eq!(choose(&bank, &targets, &all, &hurry, &mut draws()).unwrap().candidate, 1);
    let over = Constraints { minutes_left: 1.0, ..BEST };
    assert_eq!(choose(&bank, &targets, &all, &over, &mut draws()), Err(NoQuestion::Spent));
    assert_eq!(choose(&bank, &targets, &[], &BEST, &mut draws()), Err(NoQuestion::Spent));
}

#[test]
fn time_is_kept_for_competencies_that_come_in_a_later_phase() {
    let (bank, posterior) = (bank(), Posterior::new(Prior::default()));
    let mut later = candidate(1, "b");
    later.phase = Phase::Scenario;
    let all = [candidate(2, "a"), later];
    let targets = [target("a", 0.5, 1, &posterior), target("b", 0.5, 0, &posterior)];
    let now = |minutes_left| Constraints { phase: Some(Phase::Technical), minutes_left, ..BEST };
    assert_eq!(choose(&bank, &targets, &all, &now(5.0), &mut draws()), Err(NoQuestion::Spent));
    assert_eq!(choose(&bank, &targets, &all, &now(6.0), &mut draws()).unwrap().candidate, 0);
}

#[test]
fn a_competency_known_well_enough_is_left() {
    let (bank, sure) = (bank(), Posterior::new(Prior::new(0.0, 0.3)));
    let unsure = Posterior::new(Prior::default());
    let all = [candidate(2, "a"), candidate(0, "b")];
    let targets = [target("a", 0.9, 1, &sure), target("b", 0.1, 1, &unsure)];
    assert_eq!(choose(&bank, &targets, &all, &BEST, &mut draws()).unwrap().reason.competency, "b");
    assert_eq!(choose(&bank, &targets[..1], &all, &BEST, &mut draws()), Err(NoQuestion::Done));
    assert_eq!(stopped(&targets[0], true, &BEST), Some(Stopped::Precise));
    assert_eq!(stopped(&targets[1], true, &BEST), None);
    assert_eq!(stopped(&targets[1], false, &BEST), Some(Stopped::Spent));
    assert_eq!(stopped(&target("b", 0.1, 6, &unsure), true, &BEST), Some(Stopped::Enough));
    assert_eq!(stopped(&target("a", 0.9, 0, &sure), true, &BEST), None, "each is asked about at least once");
}

#[test]
fn a_question_asked_too_often_rests() {
    let (bank, posterior) = (bank(), Posterior::new(Prior::new(0.0, 0.3)));
    let mut all = [candidate(2, "a"), candidate(0, "a")];
    let targets = [target("a", 1.0, 0, &posterior)];
    for (exposure, chosen) in [(0.3, 0), (0.31, 1)] {
        all[0].exposure = exposure;
        assert_eq!(choose(&bank, &targets, &all, &BEST, &mut draws()).unwrap().candidate, chosen);
    }
    let only = choose(&bank, &targets, &all[..1], &BEST, &mut draws()).unwrap();
    assert_eq!(only.candidate, 0, "rather worn out than nothing");
}

#[test]
fn one_of_the_best_is_drawn_and_the_seed_decides() {
    let bank = ItemBank::new(vec![ItemParameters::two_parameter(1.0, 0.0).unwrap(); 4]);
    let posterior = Posterior::new(Prior::default());
    let all: Vec<_> = (0..4).map(|item| candidate(item, "a")).collect();
    let targets = [target("a", 1.0, 0, &posterior)];
    let constraints = Constraints { among: 3, ..BEST };
    let play = |seed| {
        let mut draws = Draws::from_seed(seed);
        let pick = |_| choose(&bank, &targets, &all, &constraints, &mut draws).unwrap().candidate;
        (0..60).map(pick).collect::<Vec<_>>()
    };
    assert_eq!(play(7), play(7));
    assert_ne!(play(7), play(8));
    assert_eq!((0..4).map(|item| play(7).contains(&item)).collect::<Vec<_>>(), [true, true, true, false]);
}
