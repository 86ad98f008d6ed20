//! Competencies that an advert calls for, by the cues of the taxonomy.

use super::phrases::{Part, Phrase};
use greenroom_domain::bank::{Competency, CompetencyKind};
use greenroom_domain::job::JobCompetency;

/// Competencies kept at most.
const MAX: usize = 8;
/// Phrases kept for one competency.
const MAX_EVIDENCE: usize = 3;

/// Heaviest first; weights sum to 1.
pub(super) fn find(phrases: &[Phrase<'_>], taxonomy: &[Competency]) -> Vec<JobCompetency> {
    let lowered: Vec<(String, &Phrase<'_>)> = phrases.iter().map(|phrase| (phrase.text.to_lowercase(), phrase)).collect();
    let mut found: Vec<(f64, JobCompetency)> = Vec::new();
    for competency in taxonomy {
        let mut value = 0.0;
        let mut evidence = Vec::new();
        for (lower, phrase) in &lowered {
            let hits = competency.cues.iter().filter(|cue| has_cue(lower, &cue.to_lowercase())).count();
            if hits == 0 {
                continue;
            }
            let part = match phrase.part {
                Part::Required => 1.2,
                Part::Duties => 1.0,
                Part::Other => 0.8,
                Part::Optional => 0.4,
            };
            value += part * (hits as f64).min(2.0);
            if evidence.len() < MAX_EVIDENCE {
                evidence.push(phrase.text.to_owned());
            }
        }
        let craft = if competency.kind == CompetencyKind::Craft { 1.3 } else { 1.0 };
        if value > 0.0 {
            found.push((value.min(4.0) * craft, JobCompetency { key: competency.key.clone(), weight: 0.0, evidence }));
        }
    }
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.key.cmp(&y.key)));
    found.truncate(MAX);
    let sum: f64 = found.iter().map(|(value, _)| value).sum();
    found
        .into_iter()
        .map(|(value, competency)| JobCompetency { weight: ((value / sum) * 1000.0).round() / 1000.0, ..competency })
        .collect()
}

/// Whether a cue stands in the text as whole words; a `*` at its end matches any ending.
fn has_cue(text: &str, cue: &str) -> bool {
    let (stem, open) = match cue.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (cue, false),
    };
    text.match_indices(stem).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && (open || !after.is_some_and(char::is_alphanumeric))
    })
}
