//! Sentences that may speak to the judge may add little: the answer is judged with and without them.

use greenroom_domain::evaluation::{Judgement, NotAssessed, Outcome};
use greenroom_domain::rubric::{overall, round1};

/// What such sentences may add to a mark.
const TOLERANCE: f64 = 1.0;

/// Holds `judgement` to the marks of the judgement without these sentences. What has no mark there is judged by
/// `builtin`; what has none there either is not assessed. Key points that only they say stay as `builtin` found them.
pub(super) fn hold(judgement: &mut Judgement, without: &Judgement, builtin: &Judgement) {
    for (index, criterion) in judgement.criteria.iter_mut().enumerate() {
        let Some(reference) = without.criteria[index].score().or(builtin.criteria[index].score()) else {
            if criterion.score().is_some() {
                let reason = "Only sentences that may speak to the judge support a mark.".into();
                criterion.outcome = Outcome::NotAssessed { cause: NotAssessed::NoEvidence, reason };
            }
            continue;
        };
        if let Outcome::Assessed { score, range, reason, .. } = &mut criterion.outcome {
            let most = round1((reference + TOLERANCE).min(10.0));
            if *score > most {
                *score = most;
                *range = range.map(|(low, high)| (low.min(most), high.min(most)));
                let held = format!(
                    "{reason} Held at {most:.1}: without sentences that may speak to the judge it is {reference:.1}."
                );
                *reason = held.into();
            }
        }
    }
    for (index, point) in judgement.key_points.iter_mut().enumerate() {
        if !without.key_points[index].covered {
            *point = builtin.key_points[index].clone();
        }
    }
    judgement.overall = overall(&judgement.criteria);
}
