//! Which of the job's requirements the resume and the answers show, with the words that show them.

use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::State;
use greenroom_domain::job::JobPosting;
use greenroom_domain::resume::Resume;

/// Longest passage shown, characters.
const MAX_PASSAGE_CHARS: usize = 200;

/// A requirement of the job, and where it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCoverage {
    /// The requirement, in the job's words.
    pub requirement: String,
    /// False when the job calls it an advantage only.
    pub required: bool,
    /// The line of the resume that names it.
    pub resume_line: Option<String>,
    /// The passage of an answer that names it, with its question.
    pub answer: Option<(QuestionId, String)>,
}

/// Where each requirement was shown. Naming a thing is shown here, mastery is not claimed.
pub fn job_coverage(posting: &JobPosting, resume: Option<&Resume>, state: &State) -> Vec<JobCoverage> {
    let answers: Vec<(QuestionId, &str)> = state
        .asked
        .iter()
        .filter_map(|asked| Some((asked.question.id, asked.responses.first()?.content.as_str())))
        .collect();
    let one = |name: &str, required: bool| JobCoverage {
        requirement: name.to_owned(),
        required,
        resume_line: resume.and_then(|resume| passage(&resume.text, name)),
        answer: answers.iter().find_map(|(question, answer)| Some((*question, passage(answer, name)?))),
    };
    posting.skills.iter().map(|skill| one(&skill.name, skill.required)).collect()
}

/// The line or sentence of `text` that names `wanted`, word for word, cut when it is long.
fn passage(text: &str, wanted: &str) -> Option<String> {
    let wanted = wanted.to_lowercase();
    let line =
        text.split_inclusive(['\n', '.', '!', '?']).find(|part| names(&part.to_lowercase(), &wanted))?.trim();
    Some(line.chars().take(MAX_PASSAGE_CHARS).collect())
}

fn names(text: &str, wanted: &str) -> bool {
    !wanted.is_empty()
        && text.match_indices(wanted).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}
