//! Which of the job's requirements the resume and the answers show, with the words that show them.

use greenroom_documents::Shown;
use greenroom_documents::render::Block;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::State;
use greenroom_domain::job::JobPosting;
use greenroom_domain::resume::Resume;

/// A requirement of the job, and where it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCoverage {
    /// The requirement, in the job's words.
    pub requirement: String,
    /// False when the job calls it an advantage only.
    pub required: bool,
    /// The line of the resume that names it, in any spelling, as it stands there.
    pub resume_line: Option<String>,
    /// The passage of an answer that names it, as it was said, with its question.
    pub answer: Option<(QuestionId, String)>,
}

/// Where each requirement was shown. Naming a thing is shown here, mastery is not claimed.
pub fn job_coverage(posting: &JobPosting, resume: Option<&Resume>, state: &State) -> Vec<JobCoverage> {
    let resume = resume.map(|resume| Shown::new(&resume.text));
    let answers: Vec<(QuestionId, Shown<'_>)> = state
        .asked
        .iter()
        .filter_map(|asked| Some((asked.question.id, Shown::new(&asked.responses.first()?.content))))
        .collect();
    let one = |name: &str, required: bool| {
        let said = answers.iter().find_map(|(question, answer)| Some((*question, answer.passage(name)?)));
        JobCoverage {
            requirement: name.to_owned(),
            required,
            resume_line: resume.as_ref().and_then(|resume| resume.passage(name)).map(str::to_owned),
            answer: said.map(|(question, passage)| (question, passage.to_owned())),
        }
    };
    posting.skills.iter().map(|skill| one(&skill.name, skill.required)).collect()
}

/// The table of the report's document; nothing when the job names no requirement.
pub(super) fn coverage_blocks(rows: &[JobCoverage]) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    let cells = rows.iter().map(|row| {
        let name = if row.required {
            row.requirement.clone()
        } else {
            format!("{} (an advantage)", row.requirement)
        };
        let shown = |line: Option<&str>| {
            let bare = line.map(|line| line.trim_start_matches(['-', '•', '*', ' ']));
            bare.map_or_else(|| "not shown yet".to_owned(), |line| format!("“{line}”"))
        };
        vec![
            name,
            shown(row.resume_line.as_deref()),
            shown(row.answer.as_ref().map(|(_, said)| said.as_str())),
        ]
    });
    vec![
        Block::heading(2, "What the job asks for"),
        Block::table(["Requirement", "In the resume", "In the answers"], cells.collect()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_there_only_when_the_job_asks_for_something() {
        assert_eq!(coverage_blocks(&[]).len(), 0);
        let row = JobCoverage {
            requirement: "Kubernetes".to_owned(),
            required: false,
            resume_line: Some("• Moved 140 services to k8s.".to_owned()),
            answer: None,
        };
        let text = format!("{:?}", coverage_blocks(&[row]));
        for words in ["Kubernetes (an advantage)", "“Moved 140 services to k8s.”", "not shown yet"] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
    }
}
