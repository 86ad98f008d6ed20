//! What the model makes of an answer: its share of full marks, key point by key point, and what speaks against it.

use crate::compare::{Pair, Said, Terms, View};
use crate::evidence;
use crate::features::{contradicts, manner, measure};
use crate::key_points::{self, Coverage};
use crate::model::{self, Estimate};
use crate::text::Text;
use crate::{Item, knows_meaning};
use greenroom_domain::evaluation::Quote;

/// Mean likeness to the target from which a sentence is about the same thing.
const ABOUT_THE_SAME: f32 = 0.5;

/// What was found of an answer.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The share of full marks; `None` when there is nothing to compare with.
    pub estimate: Option<Estimate>,
    /// The key points, in order.
    pub points: Vec<Coverage>,
    /// How far the answer takes up the question, 0..=1.
    pub relevance: f64,
    /// Words that say the opposite of the reference or of a key point.
    pub contradiction: Option<Quote>,
}

/// Marks `answer`; `target` is the reference, or the key points as one text.
pub fn mark(item: &Item<'_>, answer: &Text<'_>, question: &Text<'_>, target: Option<&Text<'_>>) -> Mark {
    let english = knows_meaning(item.language);
    let (question, answer) = (Terms::new(question, english), Terms::new(answer, english));
    let said = Said::new(&question, &answer);
    let points = key_points::coverage(&said, item.key_points, english);
    let (estimate, contradiction) = match (key_points::total(&points), target) {
        (Some(share), _) => {
            let contrary = points.iter().find_map(|point| point.contradiction.clone());
            (Some(model::stated(share, english)), contrary)
        }
        (None, Some(target)) => {
            let target = Terms::new(target, english);
            let pair = Pair::new(&said, &target);
            (Some(model::estimate(&measure(&pair.whole()), english)), contradiction(&pair))
        }
        (None, None) => (None, None),
    };
    let salad = manner(answer.text).is_keyword_salad();
    Mark {
        estimate: estimate.map(|found| if salad { model::of_salad(found, english) } else { found }),
        points,
        relevance: said.relevance(),
        contradiction,
    }
}

/// The first sentence that is about the same as a sentence of the target and says the opposite.
pub(crate) fn contradiction(pair: &Pair<'_>) -> Option<Quote> {
    let text = pair.said.answer.text;
    let sentence = text.sentences.iter().find(|sentence| {
        let view = pair.part(sentence.words.clone());
        is_about_the_same(&view) && contradicts(text.words_of(sentence), &pair.target.text.words)
    })?;
    Some(evidence::quote(text, sentence.at.clone()))
}

fn is_about_the_same(view: &View<'_>) -> bool {
    let count = view.meant.len().max(1) as f32;
    view.meant.iter().sum::<f32>() / count >= ABOUT_THE_SAME
}
