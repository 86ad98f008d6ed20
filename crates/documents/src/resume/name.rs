//! The person's name: the line at the top that looks like one.

use super::header;
use super::sections::Outline;
use crate::document::Line;
use crate::headings;
use crate::lexicon::{fold, is_unspaced, words};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lines at the top in which a name is looked for.
const TOP_LINES: usize = 15;

/// A candidate must reach this many points.
const ENOUGH: f32 = 3.0;

/// Finds the name; an e-mail address that resembles it helps.
pub(super) fn find(outline: &Outline, email: Option<&str>) -> Option<String> {
    if let Some(name) = labelled(outline) {
        return Some(name);
    }
    let largest = outline
        .header
        .iter()
        .chain(outline.blocks.iter().flat_map(|b| &b.lines))
        .map(|l| l.size)
        .fold(0.0, f32::max);
    let header = outline.header.iter().filter(|line| !line.is_blank()).take(TOP_LINES);
    // A sidebar read first puts the name under its last heading; there it is the largest text.
    let body = outline
        .blocks
        .iter()
        .flat_map(|b| &b.lines)
        .filter(|line| line.size > 0.0 && line.size >= largest - 0.1);
    let mut best: Option<(f32, String)> = None;
    for (index, line) in header.chain(body.take(TOP_LINES)).enumerate() {
        let text = without_addresses(&line.text);
        for piece in header::pieces(&text) {
            let Some(candidate) = candidate(piece) else { continue };
            let score = score(&candidate, line, index, largest, email);
            if score >= ENOUGH && best.as_ref().is_none_or(|(points, _)| score > *points) {
                best = Some((score, candidate));
            }
        }
    }
    best.map(|(_, name)| name)
}

/// "Ada Lovelace ada@example.com": the address ends the piece before it.
fn without_addresses(line: &str) -> String {
    let words = line.split(' ').map(|word| if word.contains('@') { "|" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

fn labelled(outline: &Outline) -> Option<String> {
    let contact = outline.lines_of(headings::Section::Contact);
    let lines = outline.header.iter().chain(contact).take(TOP_LINES * 2);
    lines
        .flat_map(|line| line.text.split(['|', '·', '•']))
        .find_map(|piece| {
            let piece = piece.replacen('\t', ": ", 1).replace("::", ":");
            header::labelled(&piece, &words().labels.name)
        })
        .and_then(|name| candidate(&name))
}

/// The part of a piece that may be a name, or nothing when it is none.
fn candidate(piece: &str) -> Option<String> {
    let piece = strip_title(piece.trim().trim_matches(['*', '_', '#', '“', '”', '"']).trim());
    let piece = strip_credentials(piece).trim_end_matches([',', ';', ':']).trim();
    if piece.is_empty()
        || piece.chars().count() > 60
        || piece.chars().any(|c| {
            c.is_ascii_digit() || matches!(c, '@' | '/' | ':' | '!' | '?' | '+' | '&' | '%' | '=' | ';')
        })
        || headings::section_of(piece).is_some()
        || headings::is_document_title(piece)
        || words().titles.is_in(piece)
        || words().organizations.is_in(piece)
        || words().degrees.is_in(piece)
    {
        return None;
    }
    let is_name =
        if piece.chars().any(is_unspaced) { is_unspaced_name(piece) } else { is_spaced_name(piece) };
    is_name.then(|| piece.to_owned())
}

/// Two to five letters of Chinese, Japanese or Korean, with or without a space.
fn is_unspaced_name(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| !c.is_whitespace() && *c != '·').count();
    (2..=6).contains(&letters) && piece.chars().all(|c| is_unspaced(c) || c.is_whitespace() || c == '·')
}

fn is_spaced_name(piece: &str) -> bool {
    let lists = &words().not_names;
    let parts: Vec<&str> = piece.split_whitespace().collect();
    if !(2..=6).contains(&parts.len())
        || parts.iter().enumerate().any(|(at, part)| {
            // "St. Clair" is a name; "High St." is none.
            let is_saint = fold(part) == "st." && at > 0 && at + 1 < parts.len();
            !is_saint && lists.words.contains(&fold(part.trim_end_matches(',')))
        })
    {
        return false;
    }
    // "Ferreira, Tomás" is a name; a comma elsewhere makes a list.
    let commas = piece.matches(',').count();
    if commas > 1 || (commas == 1 && !parts[0].ends_with(',')) {
        return false;
    }
    let (particles, names): (Vec<&&str>, Vec<&&str>) =
        parts.iter().partition(|p| lists.particles.contains(**p));
    names.len() >= 2 && particles.len() <= 3 && names.iter().all(|part| is_name_part(part))
}

/// A capitalised word, an initial, or a word of a script without capitals.
fn is_name_part(part: &str) -> bool {
    let part = part.trim_end_matches(',');
    let is_letter = |c: char| {
        c.is_alphabetic() || is_combining_mark(c) || matches!(c, '-' | '\'' | '’' | '.' | 'ʼ' | '\u{200D}')
    };
    let first = part
        .trim_start_matches("d'")
        .trim_start_matches("d’")
        .trim_matches(['(', '"', '“', '”', ')'])
        .chars()
        .next();
    first.is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
        && part.trim_matches(['(', ')', '"', '“', '”']).chars().all(is_letter)
}

/// "Curriculum Vitae – Ada Lovelace", "Resume of Ada Lovelace".
fn strip_title(piece: &str) -> &str {
    let folded = fold(piece);
    for title in headings::document_titles() {
        let Some(rest) = folded.strip_prefix(title.as_str()) else { continue };
        let rest_chars = rest.trim_start_matches([' ', '-', '–', '—', ':', '|']);
        let rest_chars = ["of ", "von ", "de ", "di ", "van "]
            .iter()
            .find_map(|w| rest_chars.strip_prefix(w))
            .unwrap_or(rest_chars);
        let count = rest_chars.chars().count();
        if rest.starts_with([' ', '-', '–', ':']) && count > 0 {
            let skip = piece.chars().count().saturating_sub(count);
            return piece.char_indices().nth(skip).map_or(piece, |(at, _)| &piece[at..]);
        }
    }
    piece
}

/// "Dr. Ada Lovelace, PhD, RN" without what surrounds the name.
fn strip_credentials(piece: &str) -> &str {
    let lists = &words().not_names;
    let mut name = piece;
    while let Some((before, last)) = name.rsplit_once([',', ' ']) {
        if !lists.credentials.contains(&fold(last))
            || !before.trim_end_matches(',').trim().contains([' ', ','])
        {
            break;
        }
        name = before.trim_end_matches(',').trim();
    }
    match name.split_once(' ') {
        Some((first, rest)) if lists.prefixes.contains(&fold(first)) && rest.contains(' ') => rest.trim(),
        _ => name,
    }
}

fn score(candidate: &str, line: &Line, index: usize, largest: f32, email: Option<&str>) -> f32 {
    let mut score = match index {
        0 => 3.0,
        1 => 2.5,
        2..=4 => 1.5,
        _ => 0.5,
    };
    if line.size > 0.0 && line.size >= largest - 0.1 {
        score += 2.5;
    }
    if line.is_heading {
        score += 1.0;
    }
    // A line that holds only the name says more than one of many pieces.
    if line.text.trim().chars().count() <= candidate.chars().count() + 12 {
        score += 1.0;
    }
    score + email.map_or(0.0, |address| 4.0 * resemblance(candidate, address))
}

/// Share of the name's parts that stand in the local part of the address, 0..=1.
fn resemblance(candidate: &str, email: &str) -> f32 {
    let ascii = |text: &str| -> String {
        let german =
            text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
        german.nfd().filter(|c| !is_combining_mark(*c)).collect()
    };
    let local = ascii(email.split('@').next().unwrap_or_default());
    let plain =
        |text: &str| -> String { text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect() };
    let parts: Vec<&str> = candidate.split([' ', '-', ',']).filter(|p| p.chars().count() > 2).collect();
    let found = parts.iter().filter(|part| {
        [ascii(part), plain(part)].iter().any(|form| local.contains(&form.replace(['\'', '’', '.'], "")))
    });
    found.count() as f32 / parts.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn of(text: &str, email: Option<&str>) -> Option<String> {
        find(&Outline::of(&text.lines().map(Line::plain).collect::<Vec<_>>()), email)
    }

    #[rstest]
    #[case("Ada Lovelace\nLondon, UK", Some("Ada Lovelace"))]
    #[case("CURRICULUM VITAE\n\nJÜRGEN MÜLLER-WEISS\nSoftwareentwickler", Some("JÜRGEN MÜLLER-WEISS"))]
    #[case("Tomás Ferreira-O'Neill", Some("Tomás Ferreira-O'Neill"))]
    #[case("Keziah St. Clair\nBaker", Some("Keziah St. Clair"))]
    #[case("High St.\nLeeds", None)]
    #[case("Ludwig van der Berg, MSc\nData analyst", Some("Ludwig van der Berg"))]
    #[case("Dr. Maria del Carmen Ruiz, RN", Some("Maria del Carmen Ruiz"))]
    #[case("Curriculum vitae\n陈美玲\n邮箱:x", Some("陈美玲"))]
    #[case("个人简历\n姓名：王小明", Some("王小明"))]
    #[case("बायोडाटा\nप्रिया शर्मा\nदिल्ली", Some("प्रिया शर्मा"))]
    #[case("Lebenslauf von Anna Schmidt", Some("Anna Schmidt"))]
    #[case("Ada Lovelace | Software Engineer | ada@example.com", Some("Ada Lovelace"))]
    #[case("Senior Software Engineer\nAda Lovelace", Some("Ada Lovelace"))]
    #[case("Example Consulting GmbH\n12 High Street\nada@example.com", None)]
    #[case("Jane Roe jane.roe@example.com", Some("Jane Roe"))]
    #[case("Skills\nRust, Go", None)]
    #[case("lentil soup with onions", None)]
    fn names(#[case] text: &str, #[case] name: Option<&str>) {
        assert_eq!(of(text, None).as_deref(), name);
    }

    #[test]
    fn the_address_decides_between_two_lines() {
        assert_eq!(
            of("Quiet Harbour\nNgozi Eze", Some("ngozi.eze@example.com")).as_deref(),
            Some("Ngozi Eze")
        );
    }
}
