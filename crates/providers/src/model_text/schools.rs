//! Takes out where somebody learned: names of schools and universities.

use super::edited::Edit;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const SCHOOL: &str = "[school]";

/// A capitalised word of a name: Johns, King's, A&M, St., Ludwig-Maximilians.
const NAME: &str = r"(?:\p{Lu}[\p{L}\p{M}'’&-]*[\p{L}\p{M}]|St\.)";
/// What joins words of a name to a word for a school.
const OF: &str = r"(?:(?:of|at|de|do|da|di|du|dei|del|della|delle|degli|des|für|fuer|voor|van|for)(?:\s+(?:the|la|las|los|l['’]))?\s+|d['’]|de\s+l['’])";
/// Words for a school, as they begin or stand in the languages that we know of.
const WORD: &str = r"(?:University|College|School|Institute|Academy|Polytechnic|Seminary|Conservatory|[\p{L}\p{M}-]*(?:[Uu]niversität|[Hh]ochschule|[Aa]kademie)|Gymnasium|[\p{L}\p{M}]+(?:gymnasium|schule)|Universit(?:é|y|eit|et|etet|ät|ate|à|ades?)|Universidade?|École|Ecole|Lycée|Institut[o]?|Escuela|Escola|Colegio|Colégio|Liceo|Politecnico|Politécnico|Politécnica|Facultad|Facoltà|Hogeschool|Högskola|Høgskole|Uniwersytet|Politechnika|Univerzita|Üniversitesi|Universitatea|Egyetem|Университет|Институт|Академия)";

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    // Harvard Business School; Massachusetts Institute of Technology; Technische Universität München
    compiled(&format!(r"(?:{NAME}[\s-]+){{0,4}}\b{WORD}\b(?:\s+{OF}?{NAME}){{0,4}}"))
});

static LOWER: LazyLock<Regex> = LazyLock::new(|| {
    // the university of Ghana; Stanford university
    let word = r"(?:university|college|school|institute|academy|polytechnic|universidad|universidade|université|università)";
    compiled(&format!(r"\b(?:(?:{NAME}\s+){{1,3}}{word}\b|{word}\s+{OF}{NAME}(?:\s+{OF}?{NAME}){{0,3}})"))
});

/// TU Berlin, ETH Zürich, UC Berkeley, IIT Delhi.
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(r"\b(?:TU|FH|ETH|EPF|UC|IIT|NIT|IIM|SUNY|CUNY|HTW|HAW)\s+(?:{OF})?{NAME}"))
});

/// Words that begin sentences and no names.
const NO_NAME: &[&str] = &[
    "A", "After", "Also", "An", "And", "As", "At", "Before", "Because", "But", "During", "For", "From", "He",
    "Her", "His", "I", "If", "In", "It", "Last", "Later", "My", "Next", "Now", "On", "Once", "Or", "Our",
    "She", "Since", "So", "That", "The", "Their", "Then", "There", "They", "This", "To", "Today", "Until",
    "We", "What", "When", "Where", "While", "With", "You", "Your", "Die", "Der", "Das", "Im", "Auf", "Bei",
    "Nach", "Meine", "Unsere", "La", "Le", "Les", "El", "En", "Mi", "Mon", "Ma", "Notre", "Une", "Un", "Una",
    "À", "Il", "Lo", "Al", "Nel", "Alla",
];

/// Names of schools in `text`: those in `known`, and capitalised words around a word for a school.
pub fn schools(text: &str, known: &[&str]) -> Vec<Edit> {
    let mut places: Vec<Range<usize>> = known.iter().flat_map(|name| places_of(text, name)).collect();
    let guessed = [&NAMED, &LOWER].into_iter().flat_map(|pattern| pattern.find_iter(text));
    places.extend(guessed.filter_map(|found| name_in(text, found.range())));
    places.extend(SHORT.find_iter(text).map(|found| found.range()));
    places.into_iter().map(|at| Edit { at, with: SCHOOL.to_owned(), withheld: false }).collect()
}

/// Where a known school is named: as a whole and by its short name, which may stand in brackets ("Massachusetts
/// Institute of Technology (MIT)"). One word counts as it is written, because it may be a word as well.
fn places_of(text: &str, name: &str) -> Vec<Range<usize>> {
    // What stands behind a comma is a faculty or a town.
    let names =
        name.split(['(', ')', '[', ']']).map(|part| part.split(',').next().unwrap_or_default().trim());
    let mut places = Vec::new();
    for name in names.filter(|name| name.chars().count() > 2) {
        let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
        let any_case = if words.len() > 1 { "(?i)" } else { "" };
        let Ok(pattern) = Regex::new(&format!(r"{any_case}\b{}\b", words.join(r"\s+"))) else { continue };
        places.extend(pattern.find_iter(text).map(|found| found.range()));
    }
    places
}

/// The name in `at`, without the words before it that only begin a sentence; `None` when no name is left beside the
/// word for a school: "At School" is anybody's.
fn name_in(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut rest) = (at.start, &text[at.clone()]);
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        if !NO_NAME.contains(&first) {
            break;
        }
        rest = behind.trim_start();
        start = at.end - rest.len();
    }
    let is_compound = rest.contains('-');
    (is_compound || rest.contains(char::is_whitespace)).then_some(start..at.end)
}

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant; a test uses it")
}

#[cfg(test)]
mod tests {
    use super::super::edited::Edited;

    fn without(text: &str, known: &[&str]) -> String {
        Edited::new(text, super::schools(text, known)).text
    }

    #[test]
    fn schools_are_known_by_the_words_around_them() {
        for text in [
            "Harvard University",
            "Johns Hopkins University",
            "Harvard Business School",
            "Massachusetts Institute of Technology",
            "University of California",
            "University of the Witwatersrand",
            "the university of Ghana",
            "Stanford university",
            "King's College London",
            "London School of Economics",
            "Texas A&M University",
            "St. Mary's College",
            "Technische Universität München",
            "Ludwig-Maximilians-Universität",
            "Goethe-Universität Frankfurt",
            "Wirtschaftsuniversität Wien",
            "Hochschule für Technik Stuttgart",
            "Université de Montréal",
            "École Polytechnique Fédérale de Lausanne",
            "Universidad de Buenos Aires",
            "Universidade de São Paulo",
            "Università degli Studi",
            "Politecnico di Milano",
            "Universiteit van Amsterdam",
            "Uniwersytet Warszawski",
            "Boğaziçi Üniversitesi",
            "Московский Университет",
            "TU Berlin",
            "ETH Zürich",
            "IIT Delhi",
        ] {
            let seen = without(&format!("In 2019 I left {text}, and then I led a team."), &[]);
            let expected = ["I left [school], and", "I left the [school], and"];
            assert!(expected.iter().any(|words| seen.contains(words)), "{text}: {seen}");
        }
    }

    #[test]
    fn sentences_about_learning_stay() {
        for text in [
            "At school I led a team. My School taught me that. School is out, and College is not for all.",
            "The University has a queue; when I was in school Kafka did not exist.",
            "I would institute a review, and the old school of thought said no.",
            "TU is short for nothing. An Institute decides.",
        ] {
            assert_eq!(without(text, &[]), text);
        }
        assert_eq!(without("At Harvard University I coded.", &[]), "At [school] I coded.");
    }

    #[test]
    fn schools_of_the_resume_are_taken_out_wherever_they_stand() {
        let known = ["Massachusetts Institute of Technology (MIT)", "Caltech, Pasadena", "", "a b"];
        for (text, expected) in [
            ("At MIT we did it.", "At [school] we did it."),
            ("the massachusetts institute of technology", "the [school]"),
            ("Caltech and Pasadena; caltech", "[school] and Pasadena; caltech"),
            ("We commit and permit; SUMMIT.", "We commit and permit; SUMMIT."),
        ] {
            assert_eq!(without(text, &known), expected);
        }
    }
}
