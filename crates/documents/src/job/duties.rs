//! What the person will do, a line each, as written.

use super::clauses::Clause;
use super::words::Part;
use regex::Regex;
use std::sync::LazyLock;

/// Duties beyond this are left out.
const MAX_DUTIES: usize = 40;
/// An inline list of at least this many parts is divided at its commas.
const LIST_PARTS: usize = 3;

/// Sentences that say what the person does, where no heading does.
static YOU_DO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:you|you will|you'll|the \p{L}+ will|sie|du|vous|tu|usted)\s+\p{L}+")
        .expect("the pattern is constant")
});
static NOT_A_DUTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:you|you will|you'll)\s+(?:be\b|have|need|must|are|bring|can|should|may|get|receive|like|want|know|enjoy)|^(?:sie|du)\s+(?:haben|hast|bringen|bringst|sind|bist|können|kannst|erhalten|erhältst)").expect("the pattern is constant")
});

/// The duties under a heading, or else sentences that speak to the reader.
pub(super) fn read(clauses: &[Clause]) -> Vec<String> {
    let under_heading: Vec<&Clause> = clauses.iter().filter(|clause| clause.part == Part::Duties).collect();
    let mut duties: Vec<String> = if under_heading.is_empty() {
        let told = clauses
            .iter()
            .filter(|c| c.part == Part::Open && YOU_DO.is_match(&c.text) && !NOT_A_DUTY.is_match(&c.text));
        told.map(|clause| clause.text.clone()).collect()
    } else {
        under_heading.into_iter().flat_map(parts).collect()
    };
    duties.truncate(MAX_DUTIES);
    duties
}

fn parts(clause: &Clause) -> Vec<String> {
    let pieces: Vec<&str> =
        clause.text.split(", ").map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let is_list =
        clause.is_inline && pieces.len() >= LIST_PARTS && pieces.iter().all(|piece| piece.len() > 3);
    if is_list { pieces.into_iter().map(str::to_owned).collect() } else { vec![clause.text.clone()] }
}
