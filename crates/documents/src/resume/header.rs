//! What a resume says about the person before its first section.

use super::dates;
use super::sections::Outline;
use crate::headings::{self, Section};
use crate::lexicon::{fold, words};
use regex::Regex;
use std::sync::LazyLock;

static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*(?: \p{L}[\p{L}\p{M}.'’-]*){0,3}, ?[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*(?: \p{L}[\p{L}\p{M}.'’-]*){0,2}$",
    )
    .expect("the pattern is constant")
});
static POSTAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:\d{4,6}\s\p{Lu}\p{L}+|\p{Lu}\p{L}+(?: \p{L}+)?,? [A-Z]{2} \d{5})")
        .expect("the pattern is constant")
});

/// Chinese names of places end in what kind of place they are.
static HAN_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Han}{2,8}(?:省|自治区|市|區|区|县|縣)(?:\p{Han}{1,8}(?:市|区|區|县|縣))?$")
        .expect("the pattern is constant")
});

/// Lines that may describe the person: the header, and contact and summary sections.
fn lines(outline: &Outline) -> impl Iterator<Item = &str> {
    let contact = outline.lines_of(Section::Contact);
    outline
        .header
        .iter()
        .take(14)
        .chain(contact.take(14))
        .map(|line| line.text.trim())
        .filter(|text| !text.is_empty())
}

/// The parts of a header line, which people separate by bars, dots, tabs and dashes.
pub(super) fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '·', '•', '\t', '⋄', '◆', '∙', '/'].as_slice())
        .flat_map(|part| part.split(" – ").flat_map(|p| p.split(" — ")).flat_map(|p| p.split(" - ")))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

/// The line that says what the person is: it names a job and is no sentence.
pub(super) fn headline(outline: &Outline, name: Option<&str>) -> Option<String> {
    let name = name.map(fold);
    let candidates = outline.header.iter().take(10).map(|line| line.text.as_str());
    // A headline may stand in the first lines under a heading that a sidebar put before the name.
    let after_name = outline.blocks.iter().flat_map(|block| {
        let at = block.lines.iter().position(|l| Some(fold(&l.text)) == name);
        at.map(|at| &block.lines[at + 1..(at + 3).min(block.lines.len())]).unwrap_or_default()
    });
    candidates.chain(after_name.map(|l| l.text.as_str())).find_map(|line| {
        pieces_of_headline(line)
            .find(|piece| is_headline(piece) && Some(fold(piece)) != name)
            .map(|piece| piece.trim_end_matches(',').to_owned())
    })
}

/// A headline may hold a slash; a dash divides it from a place.
fn pieces_of_headline(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '·', '•', '\t'].as_slice())
        .flat_map(|part| part.split(" – ").flat_map(|p| p.split(" — ")))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

fn is_headline(piece: &str) -> bool {
    words().titles.is_in(piece)
        && piece.chars().count() <= 90
        && !piece.ends_with('.')
        && !piece.contains('@')
        && headings::section_of(piece).is_none()
        && dates::spans(piece).is_empty()
}

/// The place where the person lives, by label or by its form ("Chicago, IL").
pub(super) fn location(outline: &Outline, name: Option<&str>) -> Option<String> {
    let labelled = lines(outline)
        .flat_map(|line| line.split(['|', '\t', '·', '•'].as_slice()))
        .find_map(|piece| labelled(piece, &words().labels.location));
    labelled.or_else(|| {
        lines(outline)
            .flat_map(pieces)
            .find(|piece| is_place(piece) && Some(*piece) != name)
            .map(str::to_owned)
    })
}

/// The text behind a label and its colon.
pub(super) fn labelled(piece: &str, labels: &[String]) -> Option<String> {
    let (label, rest) = piece.split_once([':', '：'])?;
    let rest = rest.trim();
    (labels.contains(&fold(label)) && !rest.is_empty() && rest.chars().count() <= 80).then(|| rest.to_owned())
}

/// True for the form of a place: "Chicago, IL".
pub(super) fn is_place(piece: &str) -> bool {
    let is_form = PLACE.is_match(piece)
        || HAN_PLACE.is_match(piece)
        || (POSTAL.is_match(piece) && piece.chars().count() <= 80);
    is_form
        && !piece.contains('@')
        && !words().titles.is_in(piece)
        && !words().organizations.is_in(piece)
        && !words().degrees.is_in(piece)
        && !has_credentials(piece)
}

fn has_credentials(piece: &str) -> bool {
    piece.rsplit(',').next().is_some_and(|last| words().not_names.credentials.contains(&fold(last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Chicago, IL", true)]
    #[case("50667 Köln", true)]
    #[case("São Paulo, Brasil", true)]
    #[case("पुणे, महाराष्ट्र", true)]
    #[case("广州市天河区", true)]
    #[case("上海市", true)]
    #[case("浦江科技有限公司", false)]
    #[case("城市规划", false)]
    #[case("गणित शिक्षिका, पटना", false)]
    #[case("Marketing Manager, Leeds", false)]
    fn places(#[case] piece: &str, #[case] expected: bool) {
        assert_eq!(is_place(piece), expected);
    }
}
