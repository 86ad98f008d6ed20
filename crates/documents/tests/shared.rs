//! Resumes and job descriptions with expected results that are not part of the repository.
//! `GREENROOM_SHARED` names a directory with `fixtures/resumes` and `fixtures/jobs`, each with an `expected.json`.

mod measure;

use greenroom_documents::{Limits, read_job, sandbox};
use greenroom_domain::bank::Competency;
use greenroom_domain::resume::Experience;
use measure::{Known, Measure};
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

#[test]
#[ignore = "needs data outside the repository: make test-shared"]
#[expect(clippy::print_stdout, reason = "figures are read by people")]
fn resumes() {
    let folder = folder("resumes");
    let mut measure = Measure::default();
    let mut employers = (0, 0);
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
        if outcome == "text" {
            measure.add(&file, &Known::deserialize(&expected).unwrap(), &resume);
        }
        for employer in strings(&expected["companies"]) {
            employers.1 += 1;
            let holds = |entry: &Experience| {
                entry.organization.as_deref() == Some(&employer) && entry.start.is_some()
            };
            employers.0 += usize::from(resume.experience.iter().any(holds));
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
    println!(
        "{measure}employers   recall with a date {} of {}\n{}",
        employers.0,
        employers.1,
        measure.misses.join("\n")
    );
    assert!(measure.count("contact").recall() >= 0.98);
    assert!(measure.count("skills").recall() >= 0.9);
    assert!(employers.0 * 100 >= employers.1 * 85);
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
