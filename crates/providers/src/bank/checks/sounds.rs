//! Whether answers that should sound like 1, 5 and 9 are marked in that order.

use super::reference::scored;
use super::{Fault, warning};
use greenroom_domain::bank::{BankQuestion, BankRole};

/// How many questions of a role say nothing of it.
pub(super) fn missing(role: &BankRole) -> Option<Fault> {
    let missing = role.questions.iter().filter(|question| question.sounds_like.is_none()).count();
    let message = format!(
        "{missing} of {} questions do not say what a 1, a 5 and a 9 sound like",
        role.questions.len()
    );
    (missing > 0).then(|| warning("sounds_like", message))
}

pub(super) fn fault(question: &BankQuestion) -> Option<Fault> {
    let sounds = question.sounds_like.as_ref()?;
    let mark = |answer: &str| scored(question, answer).score.unwrap_or(0.0);
    let [low, middle, high] = [&sounds.low, &sounds.middle, &sounds.high].map(|answer| mark(answer));
    let message = format!(
        "what should sound like 1, 5 and 9 is marked {low:.2}, {middle:.2} and {high:.2}: let them say less and more of the key points"
    );
    (low >= middle || middle >= high).then(|| warning("sounds_like_order", message))
}
