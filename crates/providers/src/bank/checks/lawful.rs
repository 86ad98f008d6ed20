//! Whether anything is asked that an interviewer must not ask.

use super::{Fault, error};
use crate::phrases::PROTECTED;
use greenroom_domain::bank::BankQuestion;

pub(super) fn faults(question: &BankQuestion) -> Vec<Fault> {
    let follow_ups = question.follow_ups.iter().map(|follow_up| follow_up.text.as_str());
    [question.text.as_str()].into_iter().chain(follow_ups).filter_map(fault).collect()
}

/// What is asked of the candidate as a person in `text`.
pub(super) fn fault(text: &str) -> Option<Fault> {
    let ground = PROTECTED.ground_in(text)?;
    let message = format!("“{text}” asks about {ground}: ask what the work needs, not who the person is");
    Some(error("unlawful", message))
}
