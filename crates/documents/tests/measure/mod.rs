//! How much of what a resume says is read: each field against a known answer.

use greenroom_domain::resume::Resume;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// What a resume says, as its maker knows; a field that is not listed is not measured.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Known {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub location: Option<String>,
    pub links: Option<Vec<String>>,
    pub skills: Option<Vec<String>>,
    pub experience: Option<Vec<KnownWork>>,
    pub education: Option<Vec<KnownStudy>>,
}

#[derive(Debug, Deserialize, PartialEq)]
pub struct KnownWork {
    pub title: Option<String>,
    pub organization: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
pub struct KnownStudy {
    pub degree: Option<String>,
    pub organization: Option<String>,
    pub end: Option<String>,
}

/// Counts of what was expected, found, and right.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub right: usize,
    pub expected: usize,
    pub found: usize,
}

impl Count {
    /// Share of what was expected that was found as it is, 0..=1.
    pub fn recall(self) -> f64 {
        self.right as f64 / self.expected.max(1) as f64
    }

    /// Share of what was found that was expected, 0..=1.
    pub fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }
}

/// Counts by field, with what went wrong in words.
#[derive(Debug, Default)]
pub struct Measure {
    counts: BTreeMap<&'static str, Count>,
    pub misses: Vec<String>,
}

impl Measure {
    pub fn add(&mut self, file: &str, known: &Known, found: &Resume) {
        for (field, wanted, got) in [
            ("name", &known.name, &found.name),
            ("email", &known.email, &found.email),
            ("phone", &known.phone, &found.phone),
            ("location", &known.location, &found.location),
        ] {
            if wanted.is_some() {
                let one = |value: &Option<String>| value.iter().map(|v| same(v)).collect::<Vec<_>>();
                self.compare(file, field, &one(wanted), &one(got));
            }
        }
        let all = |values: &[String]| values.iter().map(|v| same(v)).collect::<Vec<_>>();
        if let Some(links) = &known.links {
            self.compare(file, "links", &all(links), &all(&found.links));
        }
        if let Some(skills) = &known.skills {
            self.compare(file, "skills", &all(skills), &all(&found.skills));
        }
        if let Some(work) = &known.experience {
            let wanted: Vec<String> =
                work.iter().map(|w| entry([&w.title, &w.organization, &w.start, &w.end])).collect();
            let got: Vec<String> = found
                .experience
                .iter()
                .map(|w| entry([&w.title, &w.organization, &w.start, &w.end]))
                .collect();
            self.compare(file, "experience", &wanted, &got);
        }
        if let Some(study) = &known.education {
            let wanted: Vec<String> =
                study.iter().map(|s| entry([&s.degree, &s.organization, &s.end])).collect();
            let got: Vec<String> =
                found.education.iter().map(|s| entry([&s.degree, &s.organization, &s.end])).collect();
            self.compare(file, "education", &wanted, &got);
        }
    }

    fn compare(&mut self, file: &str, field: &'static str, wanted: &[String], found: &[String]) {
        let right = wanted.iter().filter(|value| found.contains(value)).count();
        let count = self.counts.entry(field).or_default();
        count.right += right;
        count.expected += wanted.len();
        count.found += found.len();
        if right < wanted.len() || found.len() > wanted.len() {
            let missing: Vec<&String> = wanted.iter().filter(|v| !found.contains(v)).collect();
            let more: Vec<&String> = found.iter().filter(|v| !wanted.contains(v)).collect();
            self.misses.push(format!("{file}: {field}: missing {missing:?}, instead {more:?}"));
        }
    }

    /// The count of one field; name, e-mail, telephone, place and links together are `contact`.
    pub fn count(&self, field: &str) -> Count {
        let fields: &[&str] = match &field {
            &"contact" => &["name", "email", "phone", "location", "links"],
            field => std::slice::from_ref(field),
        };
        fields.iter().filter_map(|field| self.counts.get(*field)).fold(Count::default(), |sum, count| Count {
            right: sum.right + count.right,
            expected: sum.expected + count.expected,
            found: sum.found + count.found,
        })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields =
            ["contact", "name", "email", "phone", "location", "links", "skills", "experience", "education"];
        for field in fields {
            let count = self.count(field);
            if count.expected + count.found > 0 {
                writeln!(
                    out,
                    "{field:<11} recall {:.3}  precision {:.3}  ({} of {}, {} found)",
                    count.recall(),
                    count.precision(),
                    count.right,
                    count.expected,
                    count.found
                )?;
            }
        }
        Ok(())
    }
}

/// Spaces and the two apostrophes do not count; capitals do not either.
fn same(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'").to_lowercase()
}

fn entry<const N: usize>(parts: [&Option<String>; N]) -> String {
    parts.map(|part| part.as_deref().map_or_else(|| "-".to_owned(), same)).join(" | ")
}
