//! The lines of the job, resume or profile that cause a question.

use super::matching::{contains_phrase, content_words};
use crate::interviewer::Brief;
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::interview::{Grounding, GroundingSource};

/// Longest line shown, in characters.
const MAX_LINE_CHARS: usize = 200;

/// The line of the job and the line of the resume (or profile) that speak of what `question` asks.
pub fn of(question: &BankQuestion, brief: &Brief<'_>) -> Vec<Grounding> {
    let job = job_line(question, brief);
    let resume = resume_line(question, brief);
    let lines = [(GroundingSource::Job, job), (GroundingSource::Resume, resume)];
    let mut found: Vec<Grounding> = lines
        .into_iter()
        .filter_map(|(source, text)| text.map(|text| Grounding { source, text: shortened(&text).into() }))
        .collect();
    if found.is_empty() {
        found.extend(
            profile_line(question, brief)
                .map(|text| Grounding { source: GroundingSource::Profile, text: shortened(&text).into() }),
        );
    }
    if found.is_empty() {
        found.extend(
            brief
                .posting
                .position
                .as_ref()
                .map(|position| Grounding { source: GroundingSource::Job, text: position.into() }),
        );
    }
    found
}

/// How well the job and the resume call for `question`, 0..=1.
pub fn strength(question: &BankQuestion, brief: &Brief<'_>) -> f64 {
    let skills = brief.posting.skills.iter();
    let asked =
        skills.filter(|skill| names(question, &skill.name)).map(|s| if s.required { 0.5 } else { 0.3 });
    let from_job: f64 = asked.sum::<f64>().min(0.7);
    let from_resume = brief.resume.map_or(0.0, |resume| {
        if resume.skills.iter().any(|skill| names(question, skill)) { 0.3 } else { 0.0 }
    });
    from_job + from_resume
}

/// A line of the resume that is worth asking about: an achievement, best with a figure.
pub fn telling_resume_line(brief: &Brief<'_>, nth: usize) -> Option<String> {
    let resume = brief.resume?;
    let mut lines: Vec<&String> = resume.experience.iter().flat_map(|e| &e.highlights).collect();
    lines.retain(|line| (4..=40).contains(&line.split_whitespace().count()));
    lines.sort_by_key(|line| !line.chars().any(char::is_numeric));
    lines.get(nth).map(|line| shortened(line))
}

fn job_line(question: &BankQuestion, brief: &Brief<'_>) -> Option<String> {
    let skill = brief.posting.skills.iter().find(|skill| names(question, &skill.name));
    let by_skill = skill.map(|skill| skill.evidence.clone());
    let by_competency = || {
        let competency = brief.posting.competencies.iter().find(|c| c.key == question.competency)?;
        nearest(question, &competency.evidence).map(|(_, line)| line.clone())
    };
    by_skill.or_else(by_competency).or_else(|| closest(question, &brief.posting.responsibilities))
}

fn resume_line(question: &BankQuestion, brief: &Brief<'_>) -> Option<String> {
    let resume = brief.resume?;
    let skill = resume.skills.iter().find(|skill| names(question, skill));
    let highlights: Vec<String> = resume.experience.iter().flat_map(|e| e.highlights.clone()).collect();
    let by_skill = skill
        .map(|skill| highlights.iter().find(|line| contains_phrase(line, skill)).unwrap_or(skill).clone());
    by_skill.or_else(|| closest(question, &highlights))
}

fn profile_line(question: &BankQuestion, brief: &Brief<'_>) -> Option<String> {
    let profile = brief.profile?;
    let skill = profile.skills.iter().find(|skill| names(question, skill));
    skill.or_else(|| profile.target_job_titles.first()).cloned()
}

/// Whether the question is about `skill`, by its tags or its words.
fn names(question: &BankQuestion, skill: &str) -> bool {
    question.tags.iter().any(|tag| tag.eq_ignore_ascii_case(skill)) || contains_phrase(&question.text, skill)
}

/// The line that shares at least two content words with the question; the one with most.
fn closest(question: &BankQuestion, lines: &[String]) -> Option<String> {
    nearest(question, lines).filter(|(shared, _)| *shared >= 2).map(|(_, line)| line.clone())
}

/// The line that shares most content words with the question, and how many; the first of equals.
fn nearest<'a>(question: &BankQuestion, lines: &'a [String]) -> Option<(usize, &'a String)> {
    let mut words = content_words(&question.text);
    words.extend(question.tags.iter().flat_map(|tag| content_words(tag)));
    let shared = |line: &String| content_words(line).intersection(&words).count();
    lines.iter().map(|line| (shared(line), line)).rev().max_by_key(|(shared, _)| *shared)
}

/// `line` cut to what is shown of it.
pub fn shortened(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() <= MAX_LINE_CHARS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MAX_LINE_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}
