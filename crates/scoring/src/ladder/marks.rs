//! The marks of one question's answers.

use super::answers::{NAMES, RUNGS, Rung, Which};

/// The marks of one question's answers, 1..=10; `None` is "not assessed", which lies below every mark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// In the order of [`RUNGS`].
    pub rungs: [Option<f64>; RUNGS.len()],
    /// The strong answer in plain English.
    pub plain: Option<f64>,
    /// The strong answer with the slips of a non-native writer.
    pub learner: Option<f64>,
    /// The strong answer under each of [`NAMES`].
    pub named: [Option<f64>; NAMES.len()],
    /// The strong answer with a sentence to the judge.
    pub strong_injected: Option<f64>,
    /// The weak answer with a sentence to the judge.
    pub weak_injected: Option<f64>,
    /// The weak answer with empty sentences.
    pub weak_padded: Option<f64>,
}

impl Marks {
    /// Notes the mark of one answer.
    pub fn set(&mut self, which: Which, mark: Option<f64>) {
        match which {
            Which::Rung(rung) => self.rungs[rung as usize] = mark,
            Which::Plain => self.plain = mark,
            Which::Learner => self.learner = mark,
            Which::Named(at) => self.named[at] = mark,
            Which::StrongInjected => self.strong_injected = mark,
            Which::WeakInjected => self.weak_injected = mark,
            Which::WeakPadded => self.weak_padded = mark,
        }
    }

    /// The mark of a rung.
    pub fn rung(&self, rung: Rung) -> Option<f64> {
        self.rungs[rung as usize]
    }
}
