//! E-mail addresses, telephone numbers and links, as written.

use crate::document::Line;
use crate::lexicon::words;
use regex::Regex;
use std::sync::LazyLock;

/// How to reach the person.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Contact {
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) links: Vec<String>,
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}][\p{L}\p{N}._%+'-]*@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?")
        .expect("the pattern is constant")
});
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\+|\(|\d)[\d\s().\-/–—]{5,26}\d(?:\s?(?:x|ext\.?)\s?\d{1,5})?")
        .expect("the pattern is constant")
});
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\bhttps?://[^\s|<>,;]+|\bwww\.[^\s|<>,;]+|\b(?:[a-z0-9-]+\.)*(?:linkedin\.com|github\.com|github\.io|gitlab\.com|xing\.com|behance\.net|dribbble\.com|medium\.com|stackoverflow\.com|kaggle\.com|orcid\.org)(?:/[^\s|<>,;]*)?|\b[a-z0-9-]+\.(?:dev|io|me|example)\b(?:/[^\s|<>,;]*)?",
    )
    .expect("the pattern is constant")
});
static DOMAIN_REST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)+$|^\.?[\p{L}]{2,8}$").expect("the pattern is constant")
});
static LINK_REST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[a-z0-9][a-z0-9_-]*(?:/[a-z0-9_-]+)*/?$").expect("the pattern is constant")
});
/// What stands before or after a number that is not a telephone number.
static NOT_PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:19|20)\d{2}\D+(?:19|20)\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d{2}[-./]\d{1,2}\D.*|\d{1,2}[./](?:19|20)\d{2}\D.*)$").expect("the pattern is constant")
});

/// Finds the first address and number, and all links.
pub(super) fn find(lines: &[Line]) -> Contact {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let email = texts.iter().enumerate().find_map(|(index, text)| email(text, &texts[index + 1..]));
    let phone = phone(&texts);
    let mut links: Vec<String> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        for found in LINK.find_iter(text) {
            let after_at = text[..found.start()].ends_with(['@', '.', '-', '_', '+'])
                || text[found.end()..].starts_with(['@', '+'])
                || text[found.end()..].split_whitespace().next().is_some_and(|rest| rest.contains('@'));
            let link = found.as_str().trim_end_matches(['.', ')', ']', '\'', '"', ':']);
            let is_broken = link.ends_with(['-', '_', '/']) && text[found.end()..].trim().is_empty();
            let rest = if is_broken { link_rest(&texts[index + 1..]) } else { "" };
            let link = format!("{link}{rest}");
            if !after_at && !links.contains(&link) {
                links.push(link);
            }
        }
    }
    Contact { email, phone, links }
}

/// The rest of a link that a narrow column broke behind a hyphen or slash: the first word of the next line.
fn link_rest<'l>(following: &[&'l str]) -> &'l str {
    let next = following.first().map_or("", |line| line.trim());
    let word = next.split(['\t', ' ', '|']).next().unwrap_or_default();
    if LINK_REST.is_match(word) && (word == next || next[word.len()..].trim_start().starts_with('|')) {
        word
    } else {
        ""
    }
}

/// The address in a line; one that a narrow column broke goes on in the next line.
fn email(text: &str, following: &[&str]) -> Option<String> {
    let found = EMAIL.find(text)?;
    let address = found.as_str().to_owned();
    let is_complete = has_known_ending(&address);
    // The hyphen at the end of the line belongs to the address: "ada@my-" and "site.example".
    let hyphen = if text[found.end()..].trim() == "-" { "-" } else { "" };
    if !is_complete && text[found.end()..].trim() == hyphen {
        let next = following.iter().map(|line| line.trim()).find(|line| !line.is_empty())?;
        let next = next.split(['\t', ' ']).next().unwrap_or_default();
        let joined = format!("{address}{hyphen}{next}");
        if DOMAIN_REST.is_match(next) && has_known_ending(&joined) {
            return Some(joined);
        }
    }
    address.rsplit('@').next().is_some_and(|domain| domain.contains('.')).then_some(address)
}

fn has_known_ending(address: &str) -> bool {
    let domain = address.rsplit('@').next().unwrap_or_default();
    let ending = domain.rsplit('.').next().unwrap_or_default().to_lowercase();
    domain.contains('.') && words().not_names.domain_endings.contains(&ending)
}

/// The first number with a country code or a label, else the first that looks like one.
fn phone(lines: &[&str]) -> Option<String> {
    let found = lines.iter().flat_map(|line| PHONE.find_iter(line).map(move |m| (line, m)));
    let plausible: Vec<(&&str, regex::Match<'_>)> = found.filter(|(line, m)| is_phone(line, m)).collect();
    let is_told =
        |line: &str, m: &regex::Match<'_>| m.as_str().starts_with('+') || names_a_phone(&line[..m.start()]);
    let best = plausible.iter().find(|(line, m)| is_told(line, m)).or(plausible.first())?;
    Some(balanced(best.1.as_str().trim()).to_owned())
}

fn is_phone(line: &str, found: &regex::Match<'_>) -> bool {
    let number = found.as_str().trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let before = line[..found.start()].chars().next_back();
    let is_part_of_word = before.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '=' | '〒' | '$' | '€' | '£')
    });
    let word_before = line[..found.start()].trim_end().rsplit(' ').next().unwrap_or_default();
    let is_amount = ["EUR", "USD", "GBP", "CHF", "INR", "$", "€", "£"].contains(&word_before);
    let is_international = number.starts_with('+') || number.starts_with("00");
    (7..=15).contains(&digits)
        && !is_part_of_word
        && !is_amount
        && !NOT_PHONE.is_match(number)
        && (is_international
            || digits >= 9
            || number.contains(['(', '-', ' ', '/'])
            || names_a_phone(&line[..found.start()]))
        && !number.contains("  ")
}

fn names_a_phone(before: &str) -> bool {
    let before = before.to_lowercase();
    ["tel", "phone", "mobil", "fon", "电话", "手机", "móvil", "cell"]
        .iter()
        .any(|label| before.contains(label))
}

/// A number without a bracket that belongs to the text around it.
fn balanced(number: &str) -> &str {
    let opens = number.matches('(').count();
    let closes = number.matches(')').count();
    if opens > closes { number.trim_start_matches('(') } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn of(text: &str) -> Contact {
        find(&text.lines().map(Line::plain).collect::<Vec<_>>())
    }

    #[rstest]
    #[case("x | ada.l+jobs@mail.example.com | y", Some("ada.l+jobs@mail.example.com"))]
    #[case("ada@mail.exam\nple.co.uk\nLondon", Some("ada@mail.example.co.uk"))]
    #[case("ada@example.com\nwww.ada.example.com", Some("ada@example.com"))]
    #[case("邮箱:mei@example.tw 电话:1", Some("mei@example.tw"))]
    #[case("mei@例子.example", Some("mei@例子.example"))]
    #[case("ada@my-\nsite.example\nPorto", Some("ada@my-site.example"))]
    #[case("find me @ada", None)]
    fn emails(#[case] text: &str, #[case] email: Option<&str>) {
        assert_eq!(of(text).email.as_deref(), email);
    }

    #[rstest]
    #[case("+1 415 555 0134", Some("+1 415 555 0134"))]
    #[case("Chicago | (312) 555-0177 | x", Some("(312) 555-0177"))]
    #[case("Tel: 030/901820", Some("030/901820"))]
    #[case("+49 (0) 30 901820-22", Some("+49 (0) 30 901820-22"))]
    #[case("〒100-0001 東京\n電話：+81 3 5555 0123", Some("+81 3 5555 0123"))]
    #[case("2016-07 - 2020-02", None)]
    #[case("2019 - 2021", None)]
    #[case("01.02.1990", None)]
    #[case("ran 3.2 million jobs on 60 nodes in 2021", None)]
    #[case("EUR 1 200 000 in savings", None)]
    fn phones(#[case] text: &str, #[case] phone: Option<&str>) {
        assert_eq!(of(text).phone.as_deref(), phone);
    }

    #[test]
    fn links_are_found_once_and_addresses_are_not_links() {
        let contact =
            of("linkedin.com/in/ada, https://ada.example.com.\nada@github.com\nlinkedin.com/in/ada");
        assert_eq!(contact.links, ["linkedin.com/in/ada", "https://ada.example.com"]);
        assert_eq!(
            of("linkedin.com/in/ada-\nexample\nada.dev").links,
            ["linkedin.com/in/ada-example", "ada.dev"]
        );
        assert_eq!(of("linkedin.com/in/ada-\nPorto, Portugal").links, ["linkedin.com/in/ada-"]);
    }
}
