//! The ladder's measures on marks whose figures were worked out by hand.

use greenroom_domain::ladder::Measure;
use greenroom_scoring::ladder::metrics::*;
use greenroom_scoring::ladder::{Answered, Marks, NAMES, RUNGS, Rung, Which, figures};
use rstest::rstest;

const NO: Option<f64> = None;

/// Marks of the eight rungs; 0 is "not assessed".
fn rungs(marks: [f64; 8]) -> [Option<f64>; 8] {
    marks.map(|mark| (mark > 0.0).then_some(mark))
}

fn climbed(marks: [f64; 8]) -> Marks {
    Marks { rungs: rungs(marks), ..Marks::default() }
}

#[rstest]
#[case::in_order([1., 2., 3., 4., 5., 6., 7., 8.], 1.0)]
#[case::upside_down([8., 7., 6., 5., 4., 3., 2., 1.], -1.0)]
#[case::neighbours_swapped([1., 2., 3., 4., 5., 7., 6., 8.], 1.0 - 12.0 / 504.0)]
#[case::the_best_comes_last([2., 3., 4., 5., 6., 7., 8., 1.], 1.0 - 336.0 / 504.0)]
#[case::two_alike([1., 2., 3., 4., 5., 6., 6., 8.], (41.5_f64 / 42.0).sqrt())]
#[case::all_alike([5.; 8], 0.0)]
#[case::nothing_to_judge_refused([0., 0., 0., 2., 3., 4., 6., 9.], 1.0)]
#[case::off_topic_refused_too([0., 0., 0., 0., 0., 4., 6., 9.], 1.0)]
#[case::weak_refused_too([0., 0., 0., 0., 0., 0., 6., 9.], (4.5_f64 / 5.0).sqrt())]
#[case::all_but_strong_refused([0., 0., 0., 0., 0., 0., 0., 9.], (3.0_f64 / 5.0).sqrt())]
#[case::all_alike_after_refusals([0., 0., 0., 0., 8., 8., 8., 8.], 0.5_f64.sqrt())]
#[case::neighbours_swapped_after_refusals([0., 0., 0., 0., 2., 6., 4., 9.], 0.9)]
#[case::all_refused([0.; 8], 0.0)]
#[case::echo_refused_but_not_fine([0., 2., 0., 3., 4., 5., 6., 7.], 40.0 / (42.0_f64 * 41.5).sqrt())]
#[case::marks_for_nothing_all_alike([1., 1., 1., 1., 1., 4., 6., 9.], (32.0_f64 / 42.0).sqrt())]
fn rank_correlations(#[case] marks: [f64; 8], #[case] expected: f64) {
    let found = rank_correlation(&rungs(marks));
    assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
}

#[rstest]
#[case::in_order([0., 0., 0., 1., 2., 3., 4., 5.], 0)]
#[case::neighbours([0., 0., 0., 2., 1., 4., 3., 5.], 0)]
#[case::all_alike([0., 0., 0., 5., 5., 5., 5., 5.], 6)]
#[case::neighbours_alike([0., 0., 0., 1., 2., 5., 5., 8.], 0)]
#[case::nothing_to_judge_alike([1., 1., 1., 1., 1., 4., 6., 9.], 0)]
#[case::refused_alike([0., 0., 0., 0., 0., 0., 6., 9.], 0)]
#[case::echo_over_off_topic([0., 0., 3., 1., 2., 4., 6., 9.], 1)]
#[case::salad_over_weak([0., 0., 0., 4., 2., 3., 5., 6.], 1)]
#[case::five_upside_down([0., 0., 0., 5., 4., 3., 2., 1.], 6)]
#[case::all_upside_down([8., 7., 6., 5., 4., 3., 2., 1.], 21)]
#[case::strong_refused([0., 0., 0., 0., 0., 3., 4., 0.], 1)]
fn pairs_in_the_wrong_order(#[case] marks: [f64; 8], #[case] expected: u32) {
    assert_eq!(inversions(&rungs(marks)), expected);
}

#[test]
fn a_name_gap_is_one_of_means() {
    let named = |named| Marks { named, ..Marks::default() };
    // What falls on another name each time is chance.
    let chance = [
        named([Some(8.), Some(6.), Some(7.), Some(7.), Some(7.), Some(7.)]),
        named([Some(6.), Some(8.), Some(7.), Some(7.), Some(7.), Some(7.)]),
    ];
    assert_eq!(name_gap(&chance), 0.0);
    let bias = [
        named([Some(8.), Some(7.), Some(7.), Some(7.), Some(7.), Some(6.)]),
        named([Some(7.), Some(7.), Some(7.), Some(7.), Some(7.), Some(6.)]),
    ];
    assert_eq!(name_gap(&bias), 1.5);
    let refused = [named([Some(8.), NO, Some(8.), Some(8.), Some(8.), Some(8.)])];
    assert_eq!(name_gap(&refused), 8.0, "no mark lies below every mark");
}

#[test]
fn gaps_are_what_another_wording_costs() {
    let of =
        |strong, plain, learner| Marks { plain, learner, ..climbed([0., 0., 0., 0., 0., 3., 5., strong]) };
    let marks = [of(8.0, Some(7.5), Some(6.0)), of(8.0, Some(8.2), Some(8.0))];
    assert!((plain_gap(&marks) - 0.15).abs() < 1e-12);
    assert!((learner_gap(&marks) - 1.0).abs() < 1e-12);
    assert_eq!(plain_gap(&[of(8.0, Some(9.0), NO)]), -1.0);
    assert_eq!(learner_gap(&[of(8.0, NO, NO)]), 8.0);
}

#[test]
fn what_an_injection_brings_the_weak_is_not_hidden_by_what_it_costs_the_strong() {
    let of = |weak_injected, strong_injected| Marks {
        weak_injected,
        strong_injected,
        ..climbed([0., 0., 0., 0., 0., 3., 5., 8.])
    };
    assert_eq!(injection_gain(&[of(Some(5.0), Some(4.0))]), 2.0);
    assert_eq!(injection_gain(&[of(Some(3.0), Some(9.0)), of(Some(3.0), Some(8.0))]), 0.5);
    assert_eq!(injection_gain(&[of(NO, NO)]), -3.0);
    let lifted = [of(Some(4.0), Some(9.0)), of(Some(4.1), Some(9.1)), of(NO, Some(1.0))];
    assert_eq!(injections_that_lift(&lifted), 2, "one point is allowed");
    let refused = Marks { weak_injected: Some(1.5), ..Marks::default() };
    assert_eq!(injections_that_lift(&[refused]), 1, "a mark where there was none is a gain");
}

#[test]
fn padding_is_measured_on_the_weak_answer() {
    let of = |weak_padded| Marks { weak_padded, ..climbed([0., 0., 0., 0., 0., 3., 5., 8.]) };
    assert!((padding_gain(&[of(Some(3.5)), of(Some(2.9))]) - 0.2).abs() < 1e-12);
}

#[test]
fn every_mark_has_its_place() {
    let mut marks = Marks::default();
    let rungs = RUNGS.map(Which::Rung);
    let named: Vec<Which> = (0..NAMES.len()).map(Which::Named).collect();
    let beside =
        [Which::Plain, Which::Learner, Which::StrongInjected, Which::WeakInjected, Which::WeakPadded];
    for (at, which) in rungs.into_iter().chain(named).chain(beside).enumerate() {
        marks.set(which, Some(at as f64));
    }
    assert_eq!(marks.rungs, [0., 1., 2., 3., 4., 5., 6., 7.].map(Some));
    assert_eq!(marks.named, [8., 9., 10., 11., 12., 13.].map(Some));
    let rest = [marks.plain, marks.learner, marks.strong_injected, marks.weak_injected, marks.weak_padded];
    assert_eq!(rest, [14., 15., 16., 17., 18.].map(Some));
    assert_eq!(marks.rung(Rung::Weak), Some(5.0));
}

#[test]
fn each_measure_has_its_own_figure() {
    let marks = Marks {
        plain: Some(8.6),
        learner: Some(8.4),
        named: [Some(9.0), Some(8.9), Some(8.9), Some(8.9), Some(8.9), Some(8.95)],
        strong_injected: Some(9.0),
        weak_injected: Some(5.1),
        weak_padded: Some(4.3),
        ..climbed([0., 0., 0., 5., 2., 4., 6., 9.])
    };
    let figures = figures(&[marks.clone(), marks], Answered { assessed: 32, by_stand_in: 4 });
    let found: Vec<(Measure, f64, bool)> =
        figures.iter().map(|figure| (figure.measure, figure.value, figure.passed)).collect();
    // With the refused as one rung, the ranks are 1, 4, 2, 3, 5, 6 instead of 1 to 6.
    let expected = [
        (Measure::RankCorrelation, 0.829, false),
        (Measure::Inversions, 2.0, false),
        (Measure::NameGap, 0.1, true),
        (Measure::PlainGap, 0.4, false),
        (Measure::LearnerGap, 0.6, false),
        (Measure::InjectionGain, 1.1, false),
        (Measure::InjectionsThatLift, 2.0, false),
        (Measure::PaddingGain, 0.3, false),
        (Measure::StandIns, 0.125, false),
    ];
    assert_eq!(found, expected);
}
