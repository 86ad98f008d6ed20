//! Questions that are harder or easier than their authors said, for curators.

use crate::{App, Result};
use greenroom_domain::bank::QuestionCalibration;

/// A calibrated question with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Drifted {
    /// What its answers say.
    pub found: QuestionCalibration,
    /// Its words; `None` when it is no longer in the bank.
    pub text: Option<String>,
}

impl Drifted {
    /// How much harder than its author said, on the scale of ability; below 0 when it is easier.
    pub fn moved(&self) -> f64 {
        self.found.difficulty - self.found.authored
    }
}

/// All calibrated questions, those that a curator should look at first, then by how far they moved.
pub async fn drift(app: &App) -> Result<Vec<Drifted>> {
    let bank = app.bank();
    let found = app.store().question_calibrations().await?.into_iter();
    let mut all: Vec<Drifted> = found
        .map(|found| {
            let text = bank.question(&found.question_id).map(|question| question.text.clone());
            Drifted { found, text }
        })
        .collect();
    all.sort_by(|a, b| {
        let size = |one: &Drifted| one.moved().abs();
        b.found.flagged.cmp(&a.found.flagged).then(size(b).total_cmp(&size(a)))
    });
    Ok(all)
}
