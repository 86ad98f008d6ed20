//! Skills and spoken languages, as written.

use super::entries::{bullet, is_between_digits, split_outside_brackets, without_bullet};
use super::sections::Outline;
use crate::document::Line;
use crate::headings::{self, Section};
use crate::lexicon::fold;
use crate::skill_names;
use regex::Regex;
use std::sync::LazyLock;

/// An item of more words than this is a sentence; only known names are taken from it.
const MAX_WORDS: usize = 6;
/// A label before a colon has at most this many words.
const MAX_LABEL_WORDS: usize = 5;
/// Skills beyond this are left out.
const MAX_SKILLS: usize = 200;

/// The skills of a resume.
pub(super) struct Skills {
    pub(super) items: Vec<String>,
    /// False when there was no section and known names were looked for in the whole text.
    pub(super) from_section: bool,
}

static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?:advanced|intermediate|basic|beginner|expert|proficient|fluent|native|familiar|working knowledge|novice|good|very good|excellent|grundkenntnisse|fortgeschritten|sehr gut|gut|experte|avanzado|intermedio|básico|experto|avancé|intermédiaire|débutant|courant|avanzato|base|avançado|intermediário|gevorderd|basis|\d{1,2}\+?\s*(?:years?|yrs?|jahre?|años|ans|anni|anos|jaar|年)|\d{1,3}\s?%|\d\s?/\s?(?:5|10)|[★☆●○■□]+)";
    Regex::new(&format!(r"(?i)\s*(?:\(\s*{words}\s*\)|(?:\s[-–—:]\s?){words}|\s[★☆●○■□]+)\s*$"))
        .expect("the pattern is constant")
});
static ONLY_LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:level|years?|skill|skills|proficiency|rating|experience|tool|since|niveau|jahre|kenntnis|fähigkeit|nivel|année?s|expert|advanced|intermediate|beginner|basic|proficient|\d{1,2}\+?(?:\s*(?:years?|yrs?|jahre?))?|\d{1,3}\s?%|\d\s?/\s?(?:5|10)|[★☆●○■□\s]+)$").expect("the pattern is constant")
});

/// Skills of the skills sections; without one, known names that stand in the text.
pub(super) fn read(outline: &Outline, text: &str) -> Skills {
    let mut items = Vec::new();
    for block in outline.blocks.iter().filter(|block| block.section == Section::Skills) {
        read_section(&block.lines, &mut items);
    }
    let from_section = !items.is_empty();
    if !from_section {
        skill_names::find(text)
            .iter()
            .filter(|found| found.is_certain())
            .for_each(|found| add(&mut items, &text[found.range.clone()]));
    }
    items.truncate(MAX_SKILLS);
    Skills { items, from_section }
}

/// Items of the languages sections, as written.
pub(super) fn language_items(outline: &Outline) -> Vec<String> {
    let mut items = Vec::new();
    for line in outline.lines_of(Section::Languages).filter(|line| !line.is_blank()) {
        let text = without_bullet(&line.text);
        // "English    Native" is one item in two cells.
        let cells: Vec<&str> = text.split('\t').collect();
        let joined = cells.len() == 2 && !super::sections::speaks_of_human_languages(cells[1]);
        let parts = if joined {
            vec![text]
        } else {
            split_outside_brackets(text, |c| {
                matches!(c, ',' | ';' | '|' | '•' | '·' | '\t' | '、' | '，' | '/')
            })
        };
        for part in parts {
            let part = part.trim().trim_end_matches('.');
            if part.chars().any(char::is_alphabetic) && part.split_whitespace().count() <= MAX_WORDS {
                add(&mut items, part);
            }
        }
    }
    items
}

fn read_section(lines: &[Line], items: &mut Vec<String>) {
    let lines = join_wrapped(lines);
    let is_table = is_table(&lines);
    for line in &lines {
        let text = without_bullet(line);
        // In a table of skills and years, the first cell names the skill.
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        if is_table && cells.len() > 1 {
            if !ONLY_LEVEL.is_match(cells[0]) {
                read_list(cells[0], items);
            }
            continue;
        }
        for cell in without_label(&cells) {
            read_list(cell, items);
        }
    }
}

/// True when most rows hold a name and behind it only numbers or levels.
fn is_table(lines: &[String]) -> bool {
    let rows: Vec<Vec<&str>> =
        lines.iter().filter(|l| l.contains('\t')).map(|l| l.split('\t').map(str::trim).collect()).collect();
    let measured =
        rows.iter().filter(|cells| cells[1..].iter().all(|cell| ONLY_LEVEL.is_match(cell))).count();
    !rows.is_empty() && measured * 2 > rows.len()
}

/// "Languages:" and, in two cells, "Languages" before a list are labels, not skills.
fn without_label<'l>(cells: &[&'l str]) -> Vec<&'l str> {
    let mut cells = cells.to_vec();
    if cells.len() == 2 && cells[1].contains([',', ';', '、', '，', '|']) && !cells[0].contains([',', ';'])
    {
        cells.remove(0);
    }
    if let Some(first) = cells.first_mut()
        && let Some((label, rest)) = first.split_once([':', '：'])
        && label.split_whitespace().count() <= MAX_LABEL_WORDS
        && !label.contains([',', '('])
    {
        *first = rest.trim();
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

fn read_list(text: &str, items: &mut Vec<String>) {
    let is_separator = |c: char| {
        matches!(c, ';' | '|' | '•' | '·' | '\t' | '、' | '，' | '●' | '▪' | '◦' | '∙' | '‣' | '；')
    };
    for part in split_outside_brackets(text, is_separator) {
        for piece in split_commas(part) {
            for item in split_slashes(piece) {
                read_item(item, items);
            }
        }
    }
}

fn split_commas(text: &str) -> Vec<&str> {
    let mut from = 0;
    let mut parts = Vec::new();
    for piece in split_outside_brackets(text, |c| c == ',') {
        let end = from + piece.len();
        parts.push((from, end));
        from = end + 1;
    }
    // "1,200" is one number.
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, end) in parts {
        match joined.last_mut() {
            Some(last) if is_between_digits(text, from - 1) => last.1 = end,
            _ => joined.push((from, end)),
        }
    }
    joined.into_iter().map(|(from, end)| &text[from..end]).collect()
}

/// A slash with spaces separates; "CI/CD" and "A/B testing" stay whole.
fn split_slashes(text: &str) -> Vec<&str> {
    if text.contains('(') { vec![text] } else { text.split(" / ").collect() }
}

fn read_item(item: &str, items: &mut Vec<String>) {
    let item = without_bullet(item).trim().trim_end_matches(['.', ':', '。']).trim();
    let item = ["and ", "und ", "y ", "et ", "& "].iter().find_map(|w| item.strip_prefix(w)).unwrap_or(item);
    let bare = LEVEL.replace(item, "");
    let bare = bare.trim();
    let words = bare.split_whitespace().count();
    let is_name = bare.chars().any(char::is_alphabetic)
        && bare.chars().count() <= 60
        && words <= MAX_WORDS
        && !ONLY_LEVEL.is_match(bare)
        && !bare.contains('@')
        && headings::section_of(bare) != Some(Section::Skills);
    if is_name {
        add(items, bare);
    } else if words > MAX_WORDS {
        skill_names::find(bare)
            .iter()
            .filter(|found| found.is_certain())
            .for_each(|found| add(items, &bare[found.range.clone()]));
    }
}

fn add(items: &mut Vec<String>, item: &str) {
    let item = item.split_whitespace().collect::<Vec<_>>().join(" ");
    if !item.is_empty() && !items.iter().any(|known| fold(known) == fold(&item)) {
        items.push(item);
    }
}

/// Joins the lines of a list that runs over line ends: the one before is long and separated by commas.
fn join_wrapped(lines: &[Line]) -> Vec<String> {
    let longest = lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0);
    let mut joined: Vec<String> = Vec::new();
    let mut last_length = 0;
    for line in lines {
        let text = line.text.trim();
        let has_label = text
            .split_once([':', '：'])
            .is_some_and(|(label, _)| label.split_whitespace().count() <= MAX_LABEL_WORDS);
        let may_continue = last_length > 0
            && bullet(text).is_none()
            && !text.contains('\t')
            && !has_label
            && !line.is_heading;
        let length = text.chars().count();
        match joined.last_mut() {
            Some(last)
                if may_continue && !last.contains('\t') && continues(last, text, last_length, longest) =>
            {
                last.push(' ');
                last.push_str(text);
            }
            _ if length > 0 => joined.push(text.to_owned()),
            _ => {}
        }
        last_length = length;
    }
    joined
}

fn continues(last: &str, text: &str, last_length: usize, longest: usize) -> bool {
    let is_list = |line: &str| line.contains([',', ';', '、', '，', '|', '·', '•']);
    if last.ends_with([',', ';', '、', '，', '|', '·']) {
        return true;
    }
    let is_open = last.matches('(').count() > last.matches(')').count();
    let is_long = last_length >= 30 && last_length * 10 >= longest * 7;
    is_open
        || (is_list(last)
            && is_long
            && !last.ends_with('.')
            && (is_list(text) || text.split_whitespace().count() <= 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn skills(text: &str) -> Vec<String> {
        let lines: Vec<Line> = text.lines().map(Line::plain).collect();
        read(&Outline::of(&lines), text).items
    }

    #[rstest]
    #[case("Skills\nC++, CI/CD, A/B testing, Accessibility (WCAG 2.2), gRPC", &["C++", "CI/CD", "A/B testing", "Accessibility (WCAG 2.2)", "gRPC"])]
    #[case("Skills\n• Rust\n• Go (5 years)\n• Python - advanced", &["Rust", "Go", "Python"])]
    #[case("Technical Skills\nLanguages: Rust, Go\nTools: Docker | Git", &["Rust", "Go", "Docker", "Git"])]
    #[case("Skills: Python, Spark", &["Python", "Spark"])]
    #[case("技能\nPython、PyTorch、统计学", &["Python", "PyTorch", "统计学"])]
    #[case("Skills\nSkill\tYears\nRoadmapping\t7\nSQL\t5", &["Roadmapping", "SQL"])]
    #[case("Skills\nLanguages\tC++, Rust\nTools\tLLVM, MLIR", &["C++", "Rust", "LLVM", "MLIR"])]
    #[case("Skills\nKubernetes, Terraform, PostgreSQL, Stakeholder\nmanagement, Linux", &["Kubernetes", "Terraform", "PostgreSQL", "Stakeholder management", "Linux"])]
    #[case("Kenntnisse\nJava und Kafka; Docker\n\nHobbys\nLesen", &["Java und Kafka", "Docker"])]
    #[case("Ada\nHobbies\nReading", &[])]
    fn lists(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(skills(text), expected);
    }

    #[test]
    fn languages_are_kept_with_their_level() {
        let lines: Vec<Line> =
            "Languages\nEnglish (native), German - B2\nFrench\tA1".lines().map(Line::plain).collect();
        assert_eq!(language_items(&Outline::of(&lines)), ["English (native)", "German - B2", "French A1"]);
    }
}
