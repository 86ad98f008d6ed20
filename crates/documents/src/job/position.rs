//! The job's title, its level and the kind of employment.

use super::clauses::Clause;
use super::words::{Part, find_phrase, job_words};
use crate::document::Line;
use crate::lexicon::{fold, words};
use greenroom_domain::resume::Seniority;
use regex::Regex;
use std::sync::LazyLock;

/// A title stands in the first lines.
const TOP_LINES: usize = 6;
/// Longer pieces are sentences.
const MAX_TITLE_CHARS: usize = 80;
/// Years of experience asked for, from which a job is for people past the first steps, or senior.
const MID_YEARS: u32 = 3;
const SENIOR_YEARS: u32 = 6;

static GENDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*[(\[]\s*(?:[mwfdxi]\s*[/|*,]\s*)+[mwfdxi*]\s*[)\]]|\s+(?:[mwfdx]/){2}[mwfdx]\b|\s*\((?:all genders|alle geschlechter|m/f|h/f|f/h|gn)\)|\s+[hf]/[hf]\b|(?:[:*_]in|/-?in|\(in\)|/-frau|\(m/v\))(?:nen)?\b").expect("the pattern is constant")
});
static SEARCH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?:we are|we're|is|are)\s+(?:currently\s+)?(?:looking for|seeking|hiring|recruiting)|looking to hire|join us as|wir suchen|sucht|suchen wir|nous recherchons|recherche|buscamos|se busca|cerchiamo|procuramos|wij zoeken|zoekt)\s+(?:\p{L}+\s+){0,4}?(?:an?|the|eine?n?|einen|une?|un|una|um|uma|een)\s+(?P<title>[^.,;:!?\n(]{3,80})").expect("the pattern is constant")
});
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?im)^\s*(?:job title|position|role|title|stelle|stellenbezeichnung|jobtitel|puesto|poste|intitulé du poste|posizione|cargo|vaga|functie|职位|岗位|职位名称|पद)\s*[:：]\s*(?P<title>[^\n。！？；]{2,100})").expect("the pattern is constant")
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|ten|ein(?:em|es)?|zwei|drei|vier|fünf|sechs|acht|zehn|dos|tres|cinco|deux|trois|cinq|due|tre|cinque|dois|três|twee|drie|vijf|[一二两兩三四五六七八十]|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|दस)\s*\+?\s*(?:(?:-|–|to|bis|or|oder)\s*\d{1,2}\s*)?\+?\s*(?:or more\s+)?(?:years?|yrs?|jahre?n?|años?|ans|anni|anos?|jaar|年|वर्षों|वर्ष|साल)").expect("the pattern is constant")
});
static EXPERIENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)experience|erfahrung|experiencia|expérience|esperienza|experiência|ervaring|经验|經驗|अनुभव|\b(?:years?|yrs?)\b\W*(?:of|with|in|as)\b").expect("the pattern is constant")
});
static PROGRAMME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?P<title>.+?\s.+?)(?:\s+(?:programme|program|scheme))(?:\s+20\d\d(?:[/-]\d\d)?)?$|^(?P<undated>.+?)\s+20\d\d(?:[/-]\d\d)?$").expect("the pattern is constant")
});
static NOT_EXPERIENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)years? old|of age|jahre alt|for (?:over |more than )?\d+ years|seit (?:über )?\d+ jahren|\bwe have\b|\bour\b|founded|gegründet").expect("the pattern is constant")
});

/// The title of the job, without marks, employment and place.
pub(super) fn position(lines: &[Line], text: &str) -> Option<String> {
    if let Some(found) = LABEL.captures(text) {
        return title_of(&found["title"]);
    }
    let top = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).take(TOP_LINES);
    let first = top.clone().find_map(|line| {
        title_of(line).filter(|title| words().titles.is_in(title) || words().levels.junior.is_in(title))
    });
    first.or_else(|| {
        SEARCH.captures(text).and_then(|found| title_of(&found["title"])).filter(|t| words().titles.is_in(t))
    })
}

/// The title in a line: marks go, and what stands behind a comma, bracket or dash.
fn title_of(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['#', '*', '•', '-', ' ']).trim_end_matches(['*', '!', '.', ' ']);
    // A bracket divides like a comma; an ending such as ":in" only goes.
    let line = GENDER.replace_all(line, |found: &regex::Captures<'_>| {
        if found[0].trim_start().starts_with(['(', '[']) && !found[0].starts_with("(in") { " | " } else { "" }
    });
    let shouted = shouted_start(&line);
    let pieces: Vec<&str> = shouted
        .split([',', '(', '|', '·', '\t', '[', '–', '—'])
        .flat_map(|piece| piece.split(" - "))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let is_title = |piece: &&&str| words().titles.is_in(piece) || words().levels.junior.is_in(piece);
    let title = *pieces.iter().find(is_title).or(pieces.first())?;
    if title.chars().count() > MAX_TITLE_CHARS || title.split_whitespace().count() > 9 || title.ends_with(':')
    {
        return None;
    }
    // "Trainee - Hotel reception": the level alone is no title.
    let is_level = title.split_whitespace().count() == 1 && words().levels.junior.is_in(title);
    let field = pieces.iter().find(|piece| **piece != title && piece.split_whitespace().count() <= 3);
    let title = match field {
        Some(field) if is_level => format!("{} {}", capitalised(field), capitalised(title)),
        _ => capitalised(without_intake(title)),
    };
    Some(title)
}

/// "Graduate Analyst Programme 2026" takes on graduate analysts.
fn without_intake(title: &str) -> &str {
    if !words().levels.junior.is_in(title) {
        return title;
    }
    let found = PROGRAMME.captures(title);
    found.and_then(|found| found.name("title").or(found.name("undated"))).map_or(title, |part| part.as_str())
}

/// "TRAINEE - HOTEL RECEPTION no experience needed!!" shouts its title first.
fn shouted_start(line: &str) -> &str {
    let is_shouted = |word: &str| !word.chars().any(char::is_lowercase);
    let mut end = 0;
    for word in line.split_inclusive(' ') {
        if !is_shouted(word) {
            break;
        }
        end += word.len();
    }
    let start = line[..end].trim_end();
    let is_enough = start.chars().filter(|c| c.is_uppercase()).count() >= 8;
    if is_enough { start } else { line }
}

/// Words in capitals are written as in other titles.
fn capitalised(title: &str) -> String {
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 5 || title.chars().any(char::is_lowercase) || title.chars().any(crate::lexicon::is_unspaced)
    {
        return title.to_owned();
    }
    let word = |word: &str| -> String {
        if word.chars().count() <= 2 {
            return word.to_owned();
        }
        let mut chars = word.chars();
        chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
    };
    title.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The level, by the title, then by years asked for, then by words such as "trainee".
pub(super) fn seniority(position: Option<&str>, text: &str, clauses: &[Clause]) -> Option<Seniority> {
    let levels = &words().levels;
    if let Some(title) = position.map(|title| fold(title).replace("lead generation", "")) {
        let ranked = [
            (&levels.lead, Seniority::Lead),
            (&levels.senior, Seniority::Senior),
            (&levels.mid, Seniority::Mid),
            (&levels.junior, Seniority::Junior),
        ];
        if let Some((_, level)) = ranked.into_iter().find(|(matcher, _)| matcher.is_in(&title)) {
            return Some(level);
        }
    }
    let folded = fold(text);
    if [
        "no experience needed",
        "no experience required",
        "no experience necessary",
        "no prior experience",
        "entry level",
        "entry-level",
        "berufseinsteiger",
    ]
    .iter()
    .any(|p| folded.contains(p))
    {
        return Some(Seniority::Junior);
    }
    let asked = clauses.iter().filter(|c| {
        c.part != Part::Other && EXPERIENCE.is_match(&c.text) && !NOT_EXPERIENCE.is_match(&c.text)
    });
    let years = asked
        .filter_map(|clause| YEARS.captures(&clause.text))
        .filter_map(|found| number(&found["n"]))
        .max()?;
    Some(match years {
        y if y >= SENIOR_YEARS => Seniority::Senior,
        y if y >= MID_YEARS => Seniority::Mid,
        _ => Seniority::Junior,
    })
}

fn number(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    Some(match word.as_str() {
        "one" | "ein" | "einem" | "eines" | "一" | "एक" => 1,
        "two" | "zwei" | "dos" | "deux" | "due" | "dois" | "twee" | "二" | "两" | "兩" | "दो" => 2,
        "three" | "drei" | "tres" | "trois" | "tre" | "três" | "drie" | "三" | "तीन" => 3,
        "four" | "vier" | "四" | "चार" => 4,
        "five" | "fünf" | "cinco" | "cinq" | "cinque" | "vijf" | "五" | "पाँच" | "पांच" => {
            5
        }
        "six" | "sechs" | "六" | "छह" | "छः" => 6,
        "seven" | "七" | "सात" => 7,
        "eight" | "acht" | "八" | "आठ" => 8,
        "ten" | "zehn" | "十" | "दस" => 10,
        digits => digits.parse().ok().filter(|n| *n <= 30)?,
    })
}

/// The kind of employment as written, the first that the text names.
pub(super) fn employment(text: &str) -> Option<String> {
    // Lower case keeps lengths for all listed phrases, but not for all texts: search by characters.
    let chars: Vec<char> = text.chars().collect();
    let folded: String = chars.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let found = job_words().employment.iter().filter_map(|phrase| {
        let at = find_phrase(&folded, phrase, false)?;
        Some((folded[..at].chars().count(), phrase.chars().count()))
    });
    let (at, length) = found.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
    Some(chars[at..at + length].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn lines(text: &str) -> Vec<Line> {
        text.lines().map(Line::plain).collect()
    }

    #[rstest]
    #[case("Datenanalyst:in (m/w/d) Vertrieb, Vollzeit, Hannover", "Datenanalyst")]
    #[case("Frontend Engineer (TypeScript/React), Design Systems", "Frontend Engineer")]
    #[case("TRAINEE - HOTEL RECEPTION no experience needed!!", "Hotel Reception Trainee")]
    #[case(
        "Acme is a small firm.\nWe are looking for an experienced Payroll Accountant to join us.",
        "experienced Payroll Accountant to join us"
    )]
    #[case("Job title: Senior Rust Developer | Remote", "Senior Rust Developer")]
    #[case("Pflegefachkraft (w/m/d) - Nachtdienst", "Pflegefachkraft")]
    #[case("ELECTRICIAN", "Electrician")]
    #[case("Graduate Analyst Programme 2026\nNorthgate", "Graduate Analyst")]
    #[case("Graduate Programme 2026", "Graduate Programme")]
    #[case("Summer Intern Engineering 2027", "Summer Intern Engineering")]
    #[case("Programme Manager, Loyalty Programme", "Programme Manager")]
    #[case("职位：后端工程师。要求熟悉数据库，良好的沟通能力。", "后端工程师")]
    fn titles(#[case] text: &str, #[case] title: &str) {
        assert_eq!(position(&lines(text), text).as_deref(), Some(title));
    }

    #[rstest]
    #[case("Engineer", "- 4+ years with React", Some(Seniority::Mid))]
    #[case("Analyst", "mindestens zwei Jahre Berufserfahrung", Some(Seniority::Junior))]
    #[case("Engineer", "at least 8 years of experience", Some(Seniority::Senior))]
    #[case("会计", "- 两年以上工作经验", Some(Seniority::Junior))]
    #[case("工程师", "- 五年以上前端开发经验", Some(Seniority::Mid))]
    #[case("शिक्षक", "- कम से कम छह वर्ष का अनुभव", Some(Seniority::Senior))]
    #[case("Head of Sales", "2 years of experience", Some(Seniority::Lead))]
    #[case("Nurse", "You must be over 18 years old", None)]
    #[case("Nurse", "Our firm has 25 years of experience", None)]
    fn levels(#[case] title: &str, #[case] text: &str, #[case] level: Option<Seniority>) {
        let clauses = super::super::clauses::clauses(&lines(text));
        assert_eq!(seniority(Some(title), text, &clauses), level);
    }

    #[test]
    fn employment_is_as_written() {
        assert_eq!(employment("Hybrid, Leeds · Full-time · GBP"), Some("Full-time".to_owned()));
        assert_eq!(employment("37.5 hours a week, permanent"), Some("permanent".to_owned()));
        assert_eq!(employment("Come and cook"), None);
    }
}
