//! What is known of job and candidate, as numbered lines: the same bytes through a whole interview. Without name,
//! addresses and numbers.

use super::person::Person;
use crate::builtin::shortened;
use crate::interviewer::Brief;
use crate::model_text::sentence;
use greenroom_domain::account::Profile;
use greenroom_domain::interview::{Grounding, GroundingSource};
use serde::Serialize;

/// Characters of all lines together.
const MAX_CHARS: usize = 12_000;
/// Longest line, characters; longer ones are parted at a sentence or a space.
const LINE_CHARS: usize = 300;
/// Lines of earlier interviews at most.
const MEMORY_LINES: usize = 12;

/// The numbered lines.
#[derive(Debug)]
pub(super) struct CaseFile {
    /// Job, resume, profile and earlier interviews.
    pub sections: Vec<Section>,
}

/// Lines of one source.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    name: &'static str,
    title: &'static str,
    #[serde(skip)]
    letter: char,
    #[serde(skip)]
    source: GroundingSource,
    lines: Vec<Line>,
    /// Lines that were dropped to keep the whole short.
    left_out: usize,
}

#[derive(Debug, Serialize)]
struct Line {
    number: String,
    /// As it is sent.
    text: String,
    /// As it was given.
    #[serde(skip)]
    given: String,
    /// Whether something was read in it, so that it is dropped last.
    #[serde(skip)]
    telling: bool,
}

impl CaseFile {
    /// The lines of `brief`, without `person`.
    pub fn new(brief: &Brief<'_>, person: &Person<'_>) -> Self {
        let mut sections = vec![job(brief, person), resume(brief, person)];
        if let Some(profile) = brief.profile {
            sections.push(section('P', plain_lines(profile_lines(profile), person)));
        }
        if !brief.memory.is_empty() {
            let lines = brief.memory.iter().take(MEMORY_LINES).map(|line| shortened(line));
            sections.push(section('M', plain_lines(lines, person)));
        }
        shorten(&mut sections);
        for section in &mut sections {
            for (index, line) in section.lines.iter_mut().enumerate() {
                line.number = format!("{}{}", section.letter, index + 1);
            }
        }
        Self { sections }
    }

    /// The line with this number, such as `J4`, as it was given.
    pub fn line(&self, number: &str) -> Option<Grounding> {
        let number = number.trim();
        let mut lines = self.sections.iter().flat_map(|s| s.lines.iter().map(move |line| (s.source, line)));
        let (source, line) = lines.find(|(_, line)| line.number.eq_ignore_ascii_case(number))?;
        Some(Grounding { source, text: shortened(&line.given).into() })
    }

    /// All that is sent of it.
    pub fn texts(&self) -> Vec<&str> {
        self.sections.iter().flat_map(|section| &section.lines).map(|line| line.text.as_str()).collect()
    }
}

fn section(letter: char, lines: Vec<Line>) -> Section {
    let (name, title, source) = match letter {
        'J' => ("job", "The job, as it was described:", GroundingSource::Job),
        'R' => ("resume", "The candidate's resume:", GroundingSource::Resume),
        'P' => ("profile", "What the candidate says they aim at:", GroundingSource::Profile),
        _ => ("memory", "What earlier interviews showed:", GroundingSource::Memory),
    };
    Section { name, title, letter, source, lines, left_out: 0 }
}

fn job(brief: &Brief<'_>, person: &Person<'_>) -> Section {
    let posting = brief.posting;
    let phrases: Vec<&str> = (posting.skills.iter().map(|skill| skill.evidence.as_str()))
        .chain(posting.responsibilities.iter().map(String::as_str))
        .chain(posting.competencies.iter().flat_map(|c| c.evidence.iter().map(String::as_str)))
        .chain(posting.position.as_deref())
        .collect();
    let mut lines: Vec<Line> = parted(brief.job_description)
        .map(|given| line(given, person.without(given), is_part(given, &phrases)))
        .collect();
    let position = brief
        .settings
        .position
        .as_deref()
        .filter(|position| !brief.job_description.to_lowercase().contains(&position.to_lowercase()));
    if let Some(position) = position.map(str::trim).filter(|position| !position.is_empty()) {
        lines.insert(0, line(position, person.without(position), true));
    }
    section('J', lines)
}

fn resume(brief: &Brief<'_>, person: &Person<'_>) -> Section {
    let Some(resume) = brief.resume else { return section('R', Vec::new()) };
    let phrases: Vec<&str> = (resume.experience.iter())
        .flat_map(|job| job.highlights.iter().chain(&job.title).chain(&job.organization))
        .chain(&resume.headline)
        .map(String::as_str)
        .collect();
    let lines = parted(&resume.text).filter_map(|given| {
        let text = person.without_address(given);
        // What holds nothing but a name, an address or a number tells nothing of the work.
        let rest = text.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest));
        let told: usize = rest.map(|part| part.chars().filter(|c| c.is_alphanumeric()).count()).sum();
        (told > 3 || text == given).then(|| line(given, text, is_part(given, &phrases)))
    });
    section('R', lines.collect())
}

fn profile_lines(profile: &Profile) -> Vec<String> {
    let listed = |what: &str, values: &[String]| {
        (!values.is_empty()).then(|| shortened(&format!("{what}: {}", values.join(", "))))
    };
    [
        listed("Aims at", &profile.target_job_titles),
        listed("Industries", &profile.industries),
        listed("Skills", &profile.skills),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn plain_lines(lines: impl IntoIterator<Item = String>, person: &Person<'_>) -> Vec<Line> {
    let one = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = lines.into_iter().map(one).filter(|text| !text.is_empty());
    lines.map(|text| line(&text, person.without(&text), true)).collect()
}

fn line(given: &str, text: String, telling: bool) -> Line {
    Line { number: String::new(), text, given: given.to_owned(), telling }
}

fn is_part(line: &str, phrases: &[&str]) -> bool {
    let meets = |phrase: &&str| !phrase.is_empty() && (line.contains(*phrase) || phrase.contains(line));
    phrases.iter().any(meets)
}

/// Lines of `text`, long ones parted at the ends of sentences or at spaces.
fn parted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric)).flat_map(|line| {
        if line.chars().count() <= LINE_CHARS {
            return vec![line];
        }
        sentence::sentences(line).into_iter().flat_map(|at| chopped(&line[at])).collect()
    })
}

fn chopped(sentence: &str) -> Vec<&str> {
    let (mut rest, mut parts) = (sentence.trim(), Vec::new());
    while let Some((end, _)) = rest.char_indices().nth(LINE_CHARS) {
        let cut = rest[..end].rfind(char::is_whitespace).filter(|cut| *cut > 0).unwrap_or(end);
        parts.push(rest[..cut].trim_end());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Drops lines until the whole is short enough: those in which nothing was read first, of the longest section, from
/// its end.
fn shorten(sections: &mut [Section]) {
    let chars = |section: &Section| section.lines.iter().map(|line| line.text.chars().count()).sum::<usize>();
    let mut sizes: Vec<usize> = sections.iter().map(chars).collect();
    for telling in [false, true] {
        while sizes.iter().sum::<usize>() > MAX_CHARS {
            let last = |section: &Section| section.lines.iter().rposition(|line| line.telling == telling);
            let longest = (0..sections.len()).filter(|at| last(&sections[*at]).is_some());
            let Some(at) = longest.max_by_key(|at| sizes[*at]) else { break };
            let Some(line) = last(&sections[at]) else { break };
            sizes[at] -= sections[at].lines.remove(line).text.chars().count();
            sections[at].left_out += 1;
        }
    }
}
