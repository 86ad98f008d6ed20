//! What the model makes of an answer: its share of full marks, key point by key point, and what speaks against it.

use crate::compare::{Pair, Said};
use crate::contradiction::contradiction;
use crate::features::{is_keyword_salad, measure};
use crate::key_points::{self, Coverage};
use crate::model::{self, Estimate};
use crate::wanted::Wanted;
use greenroom_domain::evaluation::Quote;

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

/// Marks what was said of what is wanted.
pub fn mark(wanted: &Wanted<'_>, said: &Said<'_>) -> Mark {
    let english = wanted.english;
    let points = key_points::coverage(said, &wanted.points, english);
    let (estimate, contradiction) = match (key_points::total(&points), wanted.reference()) {
        (Some(share), _) => {
            let contrary = points.iter().find_map(|point| point.contradiction.clone());
            (Some(model::stated(share, english)), contrary)
        }
        (None, Some(target)) => {
            let pair = Pair::new(said, target);
            (Some(model::estimate(&measure(&pair.whole()), english)), contradiction(&pair))
        }
        (None, None) => (None, None),
    };
    let salad = is_keyword_salad(&said.answer.text);
    Mark {
        estimate: estimate.map(|found| if salad { model::of_salad(found, english) } else { found }),
        points,
        relevance: said.relevance(),
        contradiction,
    }
}
