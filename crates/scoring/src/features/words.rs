//! Words that answer and target share, by their letters.
//!
//! Words of the question are told apart: giving the question back must not look like an answer (question demoting;
//! Sultan, Salazar, Sumner, NAACL 2016).

use super::{log, mean};
use crate::compare::View;

pub const NAMES: [&str; 10] = [
    "recall_new",
    "recall_all",
    "recall_asked",
    "precision_new",
    "precision_all",
    "f1_new",
    "recall_rare",
    "precision_rare",
    "met_new",
    "echo",
];

pub fn measure(view: &View<'_>) -> [f64; 10] {
    let wanted = || {
        let likeness = view.said.iter().map(|said| said.map_or(0.0, |(_, like)| like));
        view.wanted().zip(likeness)
    };
    let said = || view.terms().zip(view.known.iter().copied());
    let recall_new = mean(wanted().filter(|((_, asked), _)| !*asked).map(|(_, like)| (like, 1.0)));
    let precision_new = mean(said().filter(|((_, asked), _)| !asked).map(|(_, like)| (like, 1.0)));
    let both = recall_new + precision_new;
    let met = wanted().filter(|((_, asked), like)| !*asked && *like > 0.0).count();
    [
        recall_new,
        mean(wanted().map(|(_, like)| (like, 1.0))),
        mean(wanted().filter(|((_, asked), _)| *asked).map(|(_, like)| (like, 1.0))),
        precision_new,
        mean(said().map(|(_, like)| (like, 1.0))),
        if both > 0.0 { 2.0 * recall_new * precision_new / both } else { 0.0 },
        mean(wanted().filter(|((_, asked), _)| !*asked).map(|((term, _), like)| (like, term.weight))),
        mean(said().filter(|((_, asked), _)| !asked).map(|((term, _), like)| (like, term.weight))),
        log(met),
        mean(said().map(|((_, asked), _)| (f32::from(u8::from(asked)), 1.0))),
    ]
}
