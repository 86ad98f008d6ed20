//! Which piece of an entry's head is the title, and which the employer.

use crate::lexicon::{fold, is_unspaced, words};
use regex::Regex;
use std::sync::LazyLock;

/// "Designation: Engineer" names what stands behind the colon.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:company|employer|organi[sz]ation|client|firm|firma|arbeitgeber|empresa|entreprise|azienda|bedrijf|designation|title|job title|position|role|poste|puesto|cargo|stelle|tätigkeit|functie|duration|period|dates?|zeitraum|périodo|período|période|公司|职位|岗位)\s*(?:[:：]\s*|$)").expect("the pattern is constant")
});

/// Strong separators first; commas only when there are none.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let text = LABEL.replace(text, "");
    let strong: Vec<&str> = text
        .split(['\t', '|', '·', '•'].as_slice())
        .flat_map(|p| p.split(" – ").flat_map(|p| p.split(" — ")).flat_map(|p| p.split(" - ")))
        .flat_map(|p| {
            p.split(" @ ")
                .flat_map(|p| p.split(" at "))
                .flat_map(|p| p.split(" bei "))
                .flat_map(|p| p.split(" chez "))
        })
        .flat_map(split_unspaced)
        .collect();
    let parts: Vec<&str> = if strong.len() > 1 { strong } else { text.split([',', '，']).collect() };
    let trimmed = parts
        .into_iter()
        .map(|p| p.trim().trim_matches([',', '(', ')', '*', '_']).trim())
        .filter(|p| !p.is_empty());
    let mut pieces: Vec<String> = Vec::new();
    for part in trimmed {
        // "Acme, Inc." is one name.
        let is_suffix =
            part.split_whitespace().count() == 1 && part.len() <= 6 && words().organizations.is_in(part);
        match pieces.last_mut() {
            Some(last) if is_suffix && text.contains(&format!("{last}, {part}")) => {
                *last = format!("{last}, {part}");
            }
            _ => pieces.push(part.to_owned()),
        }
    }
    pieces
}

/// In scripts without spaces between words, a space divides employer and title.
fn split_unspaced(part: &str) -> Vec<&str> {
    let unspaced = part.chars().filter(|c| is_unspaced(*c)).count();
    if unspaced * 2 > part.chars().count() { part.split_whitespace().collect() } else { vec![part] }
}

/// The title and the employer among the pieces of the lines that head an entry.
pub(super) fn title_and_organization(header: &[String]) -> (Option<String>, Option<String>) {
    let all: Vec<String> =
        header.iter().flat_map(|line| pieces(line)).filter(|p| p.chars().any(char::is_alphabetic)).collect();
    let lists = words();
    let title_at = all
        .iter()
        .position(|p| lists.titles.is_in(p) && !lists.organizations.is_in(p))
        .or_else(|| all.iter().position(|p| lists.titles.is_in(p)));
    let others: Vec<&String> =
        all.iter().enumerate().filter(|(at, _)| Some(*at) != title_at).map(|(_, p)| p).collect();
    let organization = others.iter().find(|p| lists.organizations.is_in(p)).or_else(|| match title_at {
        Some(_) => others.first(),
        None => others.get(1),
    });
    let title = match title_at {
        Some(at) => all.get(at),
        None => others.iter().find(|p| Some(**p) != organization.copied()).copied(),
    };
    let organization = organization.map(|text| first_part(text));
    (title.cloned(), organization.filter(|o| !is_employment(o)))
}

/// "Acme, Berlin" without the place, "Acme, Inc." whole.
fn first_part(text: &str) -> String {
    match text.split_once(", ") {
        Some((first, rest)) if !words().organizations.is_in(rest) => first.trim().to_owned(),
        _ => text.to_owned(),
    }
}

fn is_employment(text: &str) -> bool {
    [
        "full-time",
        "full time",
        "part-time",
        "part time",
        "contract",
        "remote",
        "hybrid",
        "vollzeit",
        "teilzeit",
        "permanent",
    ]
    .contains(&fold(text).as_str())
}
