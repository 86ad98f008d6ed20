//! Several findings about one answer become one: the median, with the range it came from.

use super::findings::Findings;
use greenroom_domain::evaluation::{NotAssessed, Outcome, Quote};
use greenroom_domain::rubric::round1;

/// The outcome of a criterion. It is assessed when more than half of the samples assessed it; reason and quotes are
/// those of the sample that is closest to the median.
pub(super) fn outcome(index: usize, samples: &[Findings]) -> Outcome {
    let all = || samples.iter().map(|sample| sample.criteria[index].as_ref());
    let mut assessed: Vec<(f64, &Outcome)> = all()
        .flatten()
        .filter_map(|outcome| match outcome {
            Outcome::Assessed { score, .. } => Some((*score, outcome)),
            Outcome::NotAssessed { .. } => None,
        })
        .collect();
    if assessed.len() * 2 <= samples.len() {
        let said = all().flatten().find(|outcome| matches!(outcome, Outcome::NotAssessed { .. }));
        return said.cloned().unwrap_or_else(no_evidence);
    }
    assessed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middle = assessed.len() / 2;
    let median = match assessed.len() % 2 {
        1 => assessed[middle].0,
        _ => round1((assessed[middle - 1].0 + assessed[middle].0) / 2.0),
    };
    let (lowest, highest) = (assessed[0].0, assessed[assessed.len() - 1].0);
    match assessed[middle].1.clone() {
        Outcome::Assessed { reason, quotes, .. } => Outcome::Assessed {
            score: median,
            range: (samples.len() > 1).then_some((lowest, highest)),
            reason,
            quotes,
        },
        other @ Outcome::NotAssessed { .. } => other,
    }
}

/// The words that say a key point, when more than half of the samples found some.
pub(super) fn point(index: usize, samples: &[Findings]) -> Option<Quote> {
    let found: Vec<&Quote> = samples.iter().filter_map(|sample| sample.points[index].as_ref()).collect();
    (found.len() * 2 > samples.len()).then(|| found[0].clone())
}

fn no_evidence() -> Outcome {
    Outcome::NotAssessed {
        cause: NotAssessed::NoEvidence,
        reason: "The judge pointed to no words of the answer that support a mark.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(score: Option<f64>) -> Findings {
        let quotes = vec![Quote { text: "we did it".to_owned(), start: 0, end: 9 }];
        let outcome = score.map(|score| Outcome::Assessed {
            score,
            range: None,
            reason: score.to_string().into(),
            quotes,
        });
        Findings { criteria: vec![outcome], points: vec![None], strengths: vec![], areas: vec![] }
    }

    #[test]
    fn the_median_counts_with_its_range() {
        let of = |scores: &[Option<f64>]| outcome(0, &scores.iter().copied().map(sample).collect::<Vec<_>>());
        let seen = |outcome: &Outcome| match outcome {
            Outcome::Assessed { score, range, .. } => Some((*score, *range)),
            Outcome::NotAssessed { .. } => None,
        };
        assert_eq!(seen(&of(&[Some(7.0)])), Some((7.0, None)));
        assert_eq!(seen(&of(&[Some(9.0), Some(4.0), Some(6.0)])), Some((6.0, Some((4.0, 9.0)))));
        assert_eq!(seen(&of(&[Some(9.0), Some(4.1)])), Some((6.6, Some((4.1, 9.0)))));
        assert_eq!(seen(&of(&[Some(9.0), None, Some(5.0)])), Some((7.0, Some((5.0, 9.0)))));
        assert_eq!(seen(&of(&[Some(9.0), None])), None);
        assert_eq!(seen(&of(&[None])), None);
    }
}
