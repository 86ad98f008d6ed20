//! Competencies of the taxonomy that a job calls for, by the cues in its text.

use super::clauses::{Clause, quote};
use super::words::{Part, find_phrase};
use crate::lexicon::fold;
use greenroom_domain::bank::Competency;
use greenroom_domain::job::JobCompetency;

/// An interview measures about this many.
const MAX_COMPETENCIES: usize = 8;
/// Phrases shown for one competency.
const MAX_EVIDENCE: usize = 4;
/// One competency cannot take more points than this, however often it is named.
const MAX_POINTS: f64 = 6.0;
/// Points of a cue in the title.
const TITLE_POINTS: f64 = 3.0;

/// The competencies that the title and the clauses call for, heaviest first; weights sum to 1.
pub(super) fn read(
    position: Option<&str>,
    clauses: &[Clause],
    taxonomy: &[Competency],
) -> Vec<JobCompetency> {
    let mut found: Vec<(f64, JobCompetency)> = taxonomy
        .iter()
        .map(|competency| weigh(competency, position, clauses))
        .filter(|(points, competency)| *points > 0.0 && !competency.evidence.is_empty())
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(MAX_COMPETENCIES);
    let weights = shares(&found.iter().map(|(points, _)| *points).collect::<Vec<_>>());
    found
        .into_iter()
        .zip(weights)
        .map(|((_, competency), weight)| JobCompetency { weight, ..competency })
        .collect()
}

/// Shares in hundredths that sum to 1, by largest remainder, in the order of the points.
fn shares(points: &[f64]) -> Vec<f64> {
    let total: f64 = points.iter().sum();
    let exact: Vec<f64> = points.iter().map(|p| p / total * 100.0).collect();
    let mut hundredths: Vec<f64> = exact.iter().map(|share| share.floor()).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| (exact[*b] - hundredths[*b]).total_cmp(&(exact[*a] - hundredths[*a])));
    let mut missing = 100.0 - hundredths.iter().sum::<f64>();
    for index in order {
        if missing >= 1.0 {
            hundredths[index] += 1.0;
            missing -= 1.0;
        }
    }
    hundredths.into_iter().map(|share| share / 100.0).collect()
}

/// Points and evidence of one competency; each cue counts once, in its best place.
fn weigh(competency: &Competency, position: Option<&str>, clauses: &[Clause]) -> (f64, JobCompetency) {
    let mut points = 0.0;
    let mut evidence: Vec<String> = Vec::new();
    for cue in &competency.cues {
        let folded_cue = fold(cue);
        let (phrase, any_ending) = match folded_cue.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (folded_cue.as_str(), false),
        };
        if phrase.is_empty() {
            continue;
        }
        let hits = clauses.iter().filter(|c| c.part != Part::Other).filter_map(|clause| {
            let folded = clause.text.to_lowercase();
            let at = find_phrase(&folded, phrase, any_ending)?;
            Some((points_of(clause.part), quote_at(&clause.text, &folded, at, phrase.len())))
        });
        let hits: Vec<(f64, String)> = hits.collect();
        let best = hits.iter().map(|(p, _)| *p).fold(0.0, f64::max);
        let in_title = position.is_some_and(|title| find_phrase(&fold(title), phrase, any_ending).is_some());
        points += if in_title && best > 0.0 { TITLE_POINTS.max(best) } else { best };
        for (_, quoted) in hits {
            if evidence.len() < MAX_EVIDENCE && !evidence.contains(&quoted) {
                evidence.push(quoted);
            }
        }
    }
    (points.min(MAX_POINTS), JobCompetency { key: competency.key.clone(), weight: 0.0, evidence })
}

fn points_of(part: Part) -> f64 {
    match part {
        Part::Required => 2.0,
        Part::Duties => 1.5,
        Part::Open => 1.0,
        Part::Optional => 0.5,
        Part::Other => 0.0,
    }
}

/// Lower case may change the length of a text in bytes; then the whole clause is quoted.
fn quote_at(text: &str, folded: &str, at: usize, length: usize) -> String {
    let is_same =
        folded.len() == text.len() && text.is_char_boundary(at) && text.is_char_boundary(at + length);
    if is_same { quote(text, &(at..at + length)) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Line;
    use greenroom_domain::bank::CompetencyKind;

    fn competency(key: &str, cues: &[&str]) -> Competency {
        Competency {
            key: key.into(),
            kind: CompetencyKind::Core,
            label: key.into(),
            description: String::new(),
            cues: cues.iter().map(|c| (*c).into()).collect(),
        }
    }

    #[test]
    fn cues_are_found_weighed_and_quoted() {
        let lines: Vec<Line> = "What you bring\n- Clear communication\n- SQL\n\nNice to have: planning"
            .lines()
            .map(Line::plain)
            .collect();
        let clauses = super::super::clauses::clauses(&lines);
        let taxonomy = [
            competency("communication", &["communicat*"]),
            competency("planning", &["plan*"]),
            competency("api", &["api", "munication"]),
        ];
        let found = read(None, &clauses, &taxonomy);
        assert_eq!(found.iter().map(|c| c.key.as_str()).collect::<Vec<_>>(), ["communication", "planning"]);
        assert_eq!(found[0].evidence, ["Clear communication"]);
        assert!((found.iter().map(|c| c.weight).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(found[0].weight > found[1].weight);
    }
}
