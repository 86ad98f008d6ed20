//! What earlier interviews let one expect.

use super::interviews::{begin, plan, play};
use crate::irt::interview::{abilities, bands, earlier_answers};
use greenroom_domain::ability::{Ability, Certainty, EarlierAnswer};
use greenroom_domain::interview::{Difficulty, Plan, State};

fn before(number: u64, mark: f64, days: f64) -> Vec<EarlierAnswer> {
    earlier_answers(&play(number, Difficulty::Intermediate, mark).0, days)
}

/// An interview that begins with what these answers showed.
fn after(earlier: Vec<EarlierAnswer>) -> State {
    begin(9, Difficulty::Intermediate, Plan { earlier, ..plan() })
}

fn databases(state: &State) -> Ability {
    abilities(state)[0].ability
}

#[test]
fn an_interview_begins_with_what_earlier_ones_showed_less_surely() {
    let played = play(1, Difficulty::Intermediate, 8.5).0;
    let (then, fresh) = (databases(&played), databases(&after(Vec::new())));
    let now = databases(&after(earlier_answers(&played, 1.0)));
    assert!(now.theta > fresh.theta && now.theta < then.theta, "{fresh:?} {now:?} {then:?}");
    assert!(now.standard_error < fresh.standard_error && now.standard_error > then.standard_error);
}

#[test]
fn what_is_long_ago_tells_less_and_in_the_end_nothing() {
    let of = |days| databases(&after(before(1, 8.5, days)));
    let errors: Vec<f64> = [0.0, 30.0, 90.0, 300.0].map(|days| of(days).standard_error).to_vec();
    assert!(errors.is_sorted_by(|newer, older| newer < older), "{errors:?}");
    assert_eq!(before(1, 8.5, 400.0), []);
    let clock_went_back = of(-5.0);
    assert_eq!(clock_went_back, of(0.0));
}

#[test]
fn bands_become_known_over_interviews_and_say_on_how_many_they_rest() {
    let earlier = [before(1, 6.0, 14.0), before(2, 6.0, 7.0)].concat();
    let begun = after(earlier);
    let band = &bands(&begun)[0];
    assert!(band.interviews == 2 && band.answers >= 2, "{band:?}");
    assert_ne!(band.certainty, Certainty::NotYetKnown);
    assert_eq!(bands(&after(Vec::new()))[0].interviews, 0);
    let alone = play(3, Difficulty::Intermediate, 6.0).0;
    assert_eq!(bands(&alone)[0].interviews, 1);
}

#[test]
fn a_category_that_no_question_has_is_left_out() {
    let strange = before(1, 6.0, 0.0).into_iter().map(|answer| EarlierAnswer { category: 200, ..answer });
    assert_eq!(databases(&after(strange.collect())), databases(&after(Vec::new())));
}
