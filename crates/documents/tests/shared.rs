//! Resumes and job descriptions with expected results that are not part of the repository.
//! `GREENROOM_SHARED` names a directory with `fixtures/resumes` and `fixtures/jobs`, each with an `expected.json`.

use greenroom_documents::{Limits, read_job, sandbox};
use greenroom_domain::bank::Competency;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let root =
        std::env::var("GREENROOM_SHARED").expect("GREENROOM_SHARED names the directory of shared data");
    Path::new(&root).join("fixtures").join(name)
}

fn expected(folder: &Path) -> BTreeMap<String, Value> {
    serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// Counts of what was found and of what was expected.
#[derive(Default)]
struct Share {
    found: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, is_found: bool) {
        self.all += 1;
        self.found += usize::from(is_found);
    }

    fn is_at_least(&self, share: f64) -> bool {
        self.found as f64 >= share * self.all as f64
    }
}

#[test]
#[ignore = "needs data outside the repository: make test-shared"]
fn resumes() {
    let folder = folder("resumes");
    let (mut contact, mut skills) = (Share::default(), Share::default());
    let mut problems = Vec::new();
    for (file, expected) in expected(&folder) {
        let bytes = std::fs::read(folder.join(&file)).unwrap();
        let worker = Path::new(env!("CARGO_BIN_EXE_parse-worker"));
        let result = sandbox::parse_in_child(worker, &bytes, Some(&file), &Limits::default());
        let outcome = expected["outcome"].as_str().unwrap_or_default();
        let is_met = match (outcome, &result) {
            ("text", Ok(_)) => true,
            ("no_text" | "encrypted", Err(error)) => error.code() == format!("resume_{outcome}"),
            ("invalid", Err(_)) => true,
            ("invalid_or_partial" | "refused_or_bounded", _) => true,
            ("text_without_entity_or_invalid", Ok(resume)) => !resume.text.contains("root:"),
            ("text_without_entity_or_invalid", Err(_)) => true,
            _ => false,
        };
        if !is_met {
            problems.push(format!("{file}: wanted {outcome}, got {result:?}"));
        }
        let Ok(resume) = result else { continue };
        for (field, found) in [("name", &resume.name), ("email", &resume.email), ("phone", &resume.phone)] {
            if let Some(wanted) = expected[field].as_str() {
                contact.add(found.as_deref() == Some(wanted));
            }
        }
        for skill in strings(&expected["skills"]) {
            skills.add(resume.skills.contains(&skill));
        }
        for words in strings(&expected["must_contain"]).iter().chain(&strings(&expected["companies"])) {
            if !resume.text.contains(words.as_str()) {
                problems.push(format!("{file}: {words} is missing in the text"));
            }
        }
        if let Some(hidden) = expected["injection"].as_str()
            && (resume.text.contains(hidden) || !resume.warnings.iter().any(|w| w.code == "hidden_text"))
        {
            problems.push(format!("{file}: hidden text was read or not told"));
        }
    }
    assert_eq!(problems, Vec::<String>::new());
    assert!(contact.is_at_least(0.95), "{} of {} contact fields", contact.found, contact.all);
    assert!(skills.is_at_least(0.8), "{} of {} skills", skills.found, skills.all);
}

#[derive(Deserialize)]
struct Taxonomy {
    competency: Vec<Competency>,
}

#[test]
#[ignore = "needs data outside the repository: make test-shared"]
fn jobs() {
    let folder = folder("jobs");
    let bank = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bank/competencies.toml");
    let taxonomy: Taxonomy = toml::from_str(&std::fs::read_to_string(bank).unwrap()).unwrap();
    let mut problems = Vec::new();
    for (file, expected) in expected(&folder) {
        let job = read_job(&std::fs::read_to_string(folder.join(&file)).unwrap(), &taxonomy.competency);
        if expected["outcome"].is_string() {
            if job.position.is_some()
                || !job.skills.is_empty()
                || !job.warnings.iter().any(|w| w.code == "not_a_job_description")
            {
                problems.push(format!("{file}: {job:?}"));
            }
            continue;
        }
        if job.position.as_deref() != expected["position"].as_str() {
            problems.push(format!("{file}: position {:?}", job.position));
        }
        if serde_json::to_value(job.seniority).unwrap() != expected["seniority"] {
            problems.push(format!("{file}: seniority {:?}", job.seniority));
        }
        for (list, required) in [("required", true), ("optional", false)] {
            for skill in strings(&expected[list]) {
                if !job.skills.iter().any(|s| s.name == skill && s.required == required) {
                    problems.push(format!("{file}: {list} {skill}"));
                }
            }
        }
        for key in strings(&expected["competencies_contain"]) {
            if !job.competencies.iter().any(|c| c.key == key) {
                problems.push(format!("{file}: competency {key}"));
            }
        }
        if expected["warnings"].is_array() && !job.warnings.iter().any(|w| w.code == "age_requirement") {
            problems.push(format!("{file}: warnings {:?}", job.warnings));
        }
    }
    assert_eq!(problems, Vec::<String>::new());
}
