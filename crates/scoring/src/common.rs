//! Words that answers use in nearly every trade: they tell nothing of what an answer is about.

use crate::compare::View;
use rustc_hash::FxHashSet as HashSet;
use std::sync::LazyLock;

/// Likeness from which a word of the target is said.
const SAID_FROM: f32 = 0.6;
/// Share of the target's words from which common ones say it together.
const TOGETHER: f64 = 0.5;

/// Keys of the stems, counted by `tools/common_words.py` in the project's own question bank.
static COMMON: LazyLock<HashSet<u64>> =
    LazyLock::new(|| include_str!("../data/common_words.txt").lines().map(crate::text::key).collect());

/// Whether what the view shares with its target are a few words that fit any answer, though the target has others. Half
/// of its words say it together, whatever words they are: so it is told plainly.
pub fn says_only_common_words(view: &View<'_>) -> bool {
    let wanted = || view.wanted().map(|(term, _)| term).zip(&view.meant);
    let mut telling = wanted().filter(|(term, _)| !COMMON.contains(&term.form.key)).peekable();
    if telling.peek().is_none() || telling.any(|(_, like)| *like >= SAID_FROM) {
        return false;
    }
    let said = wanted().filter(|(_, like)| **like >= SAID_FROM).count();
    (said as f64) < TOGETHER * view.meant.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Pair, Question, Said, Target, Terms};
    use crate::text::Text;

    fn only_common(answer: &str) -> bool {
        let question = Question::new(Text::new("How did you settle the dispute?"), true);
        let point = "Agreed on the error rate as a measure, and they still work well together.";
        let target = Target::new(&question, Text::new(point), true);
        let answer = Terms::new(Text::new(answer), true);
        says_only_common_words(&Pair::new(&Said::new(&question, &answer), &target).whole())
    }

    #[test]
    fn a_point_needs_a_word_that_tells_or_half_of_its_words() {
        let common = only_common("In the end it comes down to good people who work for one goal.");
        assert!(common, "one word that any answer has");
        assert!(!only_common("We looked at the error rate every Monday."));
        assert!(
            !only_common("We agreed what to measure, and now we work well together."),
            "half of its words"
        );
    }
}
