//! Job descriptions of many trades and languages, read with the project's own competencies.

use greenroom_documents::read_job;
use greenroom_domain::bank::Competency;
use greenroom_domain::job::JobPosting;
use greenroom_domain::resume::Seniority;
use rstest::rstest;
use serde::Deserialize;

#[derive(Deserialize)]
struct Taxonomy {
    competency: Vec<Competency>,
}

fn read(text: &str) -> JobPosting {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bank/competencies.toml");
    let taxonomy: Taxonomy = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    read_job(text, &taxonomy.competency)
}

fn names(job: &JobPosting, required: bool) -> Vec<&str> {
    job.skills.iter().filter(|s| s.required == required).map(|s| s.name.as_str()).collect()
}

const BACKEND: &str = "\
# Senior Backend Engineer (m/f/d)

Tidewater Ferries · Porto or remote · Permanent, full-time

## About us
We have moved people and cars for 40 years.

## What you'll do
- Own the seat reservation service (Rust, PostgreSQL, Kafka)
- Debug incidents with on-call colleagues and write them up
- Mentor two junior engineers

## Requirements
- 6+ years of experience building distributed systems
- Strong Rust or Go
- Experience with event sourcing
- Fluent English

## Nice to have
- Kubernetes
- Portuguese

## Benefits
- Python meetups and a German course
";

#[test]
fn a_structured_advert() {
    let job = read(BACKEND);
    assert_eq!(job.position.as_deref(), Some("Senior Backend Engineer"));
    assert_eq!(job.seniority, Some(Seniority::Senior));
    assert_eq!(job.employment.as_deref(), Some("Permanent"));
    assert_eq!(job.language.as_deref(), Some("en"));
    assert_eq!(job.responsibilities.len(), 3);
    let required = names(&job, true);
    for skill in ["Rust", "PostgreSQL", "Kafka", "distributed systems", "Go", "event sourcing", "English"] {
        assert!(required.contains(&skill), "{skill} is missing in {required:?}");
    }
    assert_eq!(names(&job, false), ["Kubernetes", "Portuguese"]);
    assert!(
        !job.skills.iter().any(|s| s.name == "Python" || s.name == "German"),
        "benefits are no requirements"
    );
    assert_eq!(job.warnings, []);
}

#[test]
fn findings_stand_in_the_text() {
    let job = read(BACKEND);
    for skill in &job.skills {
        assert!(BACKEND.contains(&skill.name) && BACKEND.contains(&skill.evidence), "{skill:?}");
        assert!(skill.evidence.contains(&skill.name), "{skill:?}");
    }
    for phrase in job.competencies.iter().flat_map(|c| &c.evidence).chain(&job.responsibilities) {
        assert!(BACKEND.contains(phrase.as_str()), "{phrase}");
    }
    let sum: f64 = job.competencies.iter().map(|c| c.weight).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    assert!(job.competencies.is_sorted_by(|a, b| a.weight >= b.weight));
}

#[rstest]
#[case("Elektroniker (m/w/d) für Betriebstechnik in Vollzeit\n\nDeine Aufgaben:\n- Wartung der Anlagen\n- Fehlersuche\n\nDein Profil:\n- abgeschlossene Ausbildung\n- mindestens 3 Jahre Berufserfahrung\n- Kenntnisse in SPS-Programmierung\n- Deutsch B2", "Elektroniker", "de", Some("Vollzeit"), &["SPS-Programmierung", "Deutsch"])]
#[case("Desarrollador Full Stack\nJornada completa, Madrid\n\nFunciones:\n- Desarrollo de aplicaciones con React y Node.js\n\nRequisitos:\n- Experiencia con PostgreSQL\n- Nivel alto de inglés", "Desarrollador Full Stack", "es", Some("Jornada completa"), &["React", "Node.js", "PostgreSQL", "inglés"])]
#[case("Infirmier (h/f) de nuit\nCDI, temps plein\n\nMissions :\n- Prendre soin des patients la nuit\n\nProfil recherché :\n- Diplôme d'État\n- Français courant", "Infirmier", "fr", Some("CDI"), &["Français"])]
#[case("Lesson planner wanted? No: Primary Teacher\nPart-time, Leeds\nRequirements\n- phonics\n- safeguarding\n- Qualified Teacher Status", "Primary Teacher", "en", Some("Part-time"), &["phonics", "safeguarding"])]
#[case("后端工程师\n全职，上海\n\n岗位职责：\n- 维护计费服务\n\n任职要求：\n- 熟悉 Rust 和 PostgreSQL\n- 三年以上工作经验", "后端工程师", "zh", Some("全职"), &["Rust", "PostgreSQL"])]
fn other_languages_and_trades(
    #[case] text: &str,
    #[case] position: &str,
    #[case] language: &str,
    #[case] employment: Option<&str>,
    #[case] skills: &[&str],
) {
    let job = read(text);
    assert!(
        job.position.as_deref().is_some_and(|p| p.starts_with(position) || p.contains(position)),
        "{:?}",
        job.position
    );
    assert_eq!(job.language.as_deref(), Some(language));
    assert_eq!(job.employment.as_deref(), employment);
    for skill in skills {
        assert!(names(&job, true).contains(skill), "{skill} is missing in {:?}", job.skills);
    }
}

#[rstest]
#[case(
    "Beat four eggs with sugar, fold in the flour and bake for 30 minutes at 180 degrees. Serve with cream."
)]
#[case("Shall I compare thee to a summer's day? Thou art more lovely and more temperate.")]
#[case("asdf qwer zxcv 1234")]
#[case("")]
fn what_is_no_job_gives_nothing(#[case] text: &str) {
    let job = read(text);
    assert_eq!(job.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["not_a_job_description"]);
    assert_eq!(JobPosting { language: None, warnings: Vec::new(), ..job }, JobPosting::default());
}

#[test]
fn a_title_alone_is_enough() {
    let job = read("Senior Rust developer");
    assert_eq!(job.position.as_deref(), Some("Senior Rust developer"));
    assert_eq!(job.seniority, Some(Seniority::Senior));
    assert!(job.warnings.iter().any(|w| w.code == "too_short"));
}

#[test]
fn unlawful_requirements_are_told() {
    let job = read(
        "Receptionist, full-time. Female candidates only, aged 20 to 30. Experience with guests required.",
    );
    let codes: Vec<&str> = job.warnings.iter().map(|w| w.code.as_str()).collect();
    assert!(codes.contains(&"age_requirement") && codes.contains(&"unlawful_requirement"), "{codes:?}");
}

#[rstest]
#[case(
    "Teacher of Mathematics\n- manage behaviour calmly in line with our policy\n- assess pupils' work and give feedback",
    &["classroom_management", "learning_assessment"]
)]
#[case(
    "Graduate Analyst Programme 2026\nNo experience required.\nYou'll need curiosity and the confidence to present to others.",
    &["learning", "communication"]
)]
fn everyday_words_point_at_competencies(#[case] text: &str, #[case] keys: &[&str]) {
    let job = read(text);
    let found: Vec<&str> = job.competencies.iter().map(|c| c.key.as_str()).collect();
    for key in keys {
        assert!(found.contains(key), "{key} is missing in {found:?}");
    }
}

/// What a job description of the fixtures asks for.
#[derive(Deserialize)]
struct KnownJob {
    position: String,
    language: String,
    seniority: Option<Seniority>,
    employment: String,
    required: Vec<String>,
    optional: Vec<String>,
    never: Vec<String>,
}

/// One skill may stand in an advert in two spellings; either of them is the same finding.
fn names_skill(job: &JobPosting, wanted: &str, required: bool) -> bool {
    let identity = |name: &str| greenroom_documents::skill_of(name).map(|skill| skill.name);
    job.skills.iter().any(|skill| {
        skill.required == required
            && (skill.name.to_lowercase() == wanted.to_lowercase()
                || identity(wanted).is_some_and(|known| identity(&skill.name) == Some(known)))
    })
}

#[test]
fn enough_is_read_of_adverts_in_many_languages() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/jobs");
    let expected = std::fs::read(folder.join("expected.json")).unwrap();
    let expected: std::collections::BTreeMap<String, KnownJob> = serde_json::from_slice(&expected).unwrap();
    let (mut right, mut all, mut fields, mut fields_right) = (0, 0, 0, 0);
    let mut misses = Vec::new();
    for (file, known) in &expected {
        let job = read(&std::fs::read_to_string(folder.join(file)).unwrap());
        for (skill, required) in
            known.required.iter().map(|s| (s, true)).chain(known.optional.iter().map(|s| (s, false)))
        {
            all += 1;
            if names_skill(&job, skill, required) {
                right += 1;
            } else {
                misses.push(format!("{file}: {skill} (required: {required})"));
            }
        }
        for skill in &known.never {
            assert!(job.skills.iter().all(|found| &found.name != skill), "{file}: {skill} is no requirement");
        }
        let facts = [
            ("position", job.position == Some(known.position.clone()), format!("{:?}", job.position)),
            ("language", job.language == Some(known.language.clone()), format!("{:?}", job.language)),
            ("seniority", job.seniority == known.seniority, format!("{:?}", job.seniority)),
            ("employment", job.employment == Some(known.employment.clone()), format!("{:?}", job.employment)),
        ];
        for (field, is_right, found) in facts {
            fields += 1;
            fields_right += usize::from(is_right);
            if !is_right {
                misses.push(format!("{file}: {field} is {found}"));
            }
        }
    }
    let report = format!("skills {right} of {all}, fields {fields_right} of {fields}\n{}", misses.join("\n"));
    assert!(right * 10 >= all * 9, "{report}");
    assert!(fields_right * 20 >= fields * 19, "{report}");
}
