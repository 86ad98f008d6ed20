//! Skills that an advert asks for, each with its phrase.

use super::phrases::{Part, Phrase};
use super::lexicon::SKILLS;
use greenroom_domain::job::JobSkill;
use std::ops::Range;

/// Known skills in the order of the advert. What is asked for anywhere without "nice to have" is required.
pub(super) fn find(phrases: &[Phrase<'_>]) -> Vec<JobSkill> {
    let mut skills: Vec<JobSkill> = Vec::new();
    for phrase in phrases {
        let lower = phrase.text.to_lowercase();
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut here: Vec<(usize, JobSkill)> = Vec::new();
        for entry in SKILLS.iter() {
            let places = entry.places(phrase.text, &lower);
            let Some(at) = places.into_iter().find(|at| !taken.iter().any(|t| t.start < at.end && at.start < t.end)) else {
                continue;
            };
            let skill = JobSkill {
                name: phrase.text[at.clone()].to_owned(),
                kind: entry.kind,
                required: phrase.part != Part::Optional,
                evidence: phrase.text.to_owned(),
            };
            here.push((at.start, skill));
            taken.push(at);
        }
        here.sort_by_key(|(at, _)| *at);
        for (_, skill) in here {
            match skills.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&skill.name)) {
                Some(known) => known.required |= skill.required,
                None => skills.push(skill),
            }
        }
    }
    skills
}
