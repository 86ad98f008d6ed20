//! The outline of a resume: which lines stand under which heading.

use super::dates;
use super::entries::bullet;
use crate::document::Line;
use crate::headings::{self, Section};
use crate::lexicon::fold;

/// Lines under one heading.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) section: Section,
    pub(super) lines: Vec<Line>,
}

/// A resume by sections.
#[derive(Debug)]
pub(super) struct Outline {
    /// What stands before the first heading.
    pub(super) header: Vec<Line>,
    pub(super) blocks: Vec<Block>,
}

impl Outline {
    /// Divides lines by the headings in them.
    pub(super) fn of(lines: &[Line]) -> Self {
        let lines = &dates::with_whole_spans(lines);
        let heading_size = heading_size(lines);
        let mut outline = Self { header: Vec::new(), blocks: Vec::new() };
        for (index, line) in lines.iter().enumerate() {
            // A label in the first of two cells is a heading only when the line is nothing else.
            let whole = if line.text.contains('\t') { None } else { headings::section_of(&line.text) };
            let is_item =
                whole.is_some() && outline.is_item(line, index.checked_sub(1).map(|before| &lines[before]));
            if let Some(section) = whole.filter(|_| !is_item) {
                outline.blocks.push(Block { section, lines: Vec::new() });
            } else if let Some((section, rest)) = outline.inline(line) {
                let rest = Line { text: rest.to_owned(), ..line.clone() };
                outline.blocks.push(Block { section, lines: vec![rest] });
            } else if !outline.blocks.is_empty() && is_unknown_heading(line, heading_size) {
                outline.blocks.push(Block { section: Section::Other, lines: vec![line.clone()] });
            } else {
                outline.push(line.clone());
            }
        }
        outline
    }

    /// All lines of one section.
    pub(super) fn lines_of(&self, section: Section) -> impl Iterator<Item = &Line> {
        self.blocks.iter().filter(move |block| block.section == section).flat_map(|block| &block.lines)
    }

    /// True when a section has a heading of its own.
    pub(super) fn has(&self, section: Section) -> bool {
        self.blocks.iter().any(|block| block.section == section)
    }

    fn push(&mut self, line: Line) {
        match self.blocks.last_mut() {
            Some(block) => block.lines.push(line),
            None => self.header.push(line),
        }
    }

    fn current(&self) -> Option<Section> {
        self.blocks.last().map(|block| block.section)
    }

    /// "Languages: Rust, Go" among skills names a group of skills, not the languages that a person speaks.
    fn inline<'l>(&self, line: &'l Line) -> Option<(Section, &'l str)> {
        let (section, rest) = headings::inline_section(&line.text)?;
        let among_skills = self.current() == Some(Section::Skills);
        match section {
            Section::Skills | Section::Certifications => Some((section, rest)),
            Section::Languages if among_skills && !speaks_of_human_languages(rest) => None,
            Section::Languages => Some((section, rest)),
            Section::Education | Section::Experience
                if self.current() == Some(Section::Contact) || line.text.contains('\t') =>
            {
                None
            }
            Section::Education | Section::Experience => Some((section, rest)),
            _ => None,
        }
    }

    /// Inside a list, a bulleted word is an item of it; among skills, so are "Tools:" and "Leadership".
    fn is_item(&self, line: &Line, before: Option<&Line>) -> bool {
        let text = line.text.trim();
        if bullet(text).is_some() && !text.ends_with(':') && self.current().is_some() {
            return true;
        }
        if self.current() != Some(Section::Skills) {
            return false;
        }
        let is_label = text.ends_with(':') && headings::section_of(text) == Some(Section::Skills);
        let stands_out = line.is_heading
            || !text.chars().any(char::is_lowercase)
            || before
                .is_none_or(|b| b.is_blank() && line.size == 0.0 || line.size > b.size + 0.5 && b.size > 0.0);
        is_label || (SKILLS_TOO.contains(&fold(text).as_str()) && !stands_out)
    }
}

/// Headings of other sections that are skills as well.
const SKILLS_TOO: &[&str] =
    &["leadership", "research", "training", "teaching", "presentations", "community", "software"];

/// True when a list names languages that people speak.
pub(super) fn speaks_of_human_languages(text: &str) -> bool {
    crate::job::is_human_language(text)
}

/// The smallest font size of a known heading, when headings are larger than the text.
fn heading_size(lines: &[Line]) -> Option<f32> {
    let smallest = lines
        .iter()
        .filter(|line| line.size > 0.0 && headings::section_of(&line.text).is_some())
        .map(|line| line.size)
        .min_by(f32::total_cmp)?;
    let mut sizes: Vec<f32> = lines.iter().filter(|line| !line.is_blank()).map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    (smallest > sizes[sizes.len() / 2] + 0.5).then_some(smallest)
}

/// A short line set like the known headings, whatever it says, ends the section before it.
fn is_unknown_heading(line: &Line, heading_size: Option<f32>) -> bool {
    heading_size.is_some_and(|size| line.size > size - 0.2)
        && line.text.split_whitespace().count() <= 5
        && !line.text.contains(['@', ',', '\t'])
        && !line.text.chars().any(|c| c.is_ascii_digit())
        && !crate::lexicon::words().titles.is_in(&line.text)
}
