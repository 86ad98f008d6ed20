//! The catalogue, the exposition and the documentation say the same.

use greenroom_telemetry::jobs::{Ended, Queue};
use greenroom_telemetry::{
    CATALOGUE, database, disk, exporter, http, interviews, jobs, models, objects, process, speech, table,
    voice,
};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const BEGIN: &str =
    "<!-- measures: written by `GREENROOM_WRITE_DOCS=1 cargo test -p greenroom-telemetry` -->\n";
const END: &str = "<!-- end of measures -->";

/// The recorder is one for all tests: who records holds it until it has looked.
fn recorder() -> MutexGuard<'static, ()> {
    static RECORDER: Mutex<()> = Mutex::new(());
    let held = RECORDER.lock().unwrap_or_else(PoisonError::into_inner);
    exporter();
    held
}

fn record_everything() {
    let took = Duration::from_millis(3);
    let _request = http::in_flight();
    let _listener = http::listener();
    http::answered("GET", "/api/about", 200, took);
    http::failed("not_found", 404);
    interviews::started("text");
    interviews::ended("completed");
    interviews::answer_stored(took);
    interviews::judged("builtin", took);
    interviews::scored(took);
    interviews::builtin_instead("judge");
    interviews::state_looked_up(true);
    models::tried("openai", "answered");
    models::first_text("openai", took);
    models::fell_back("openai");
    models::tokens("openai", 10, 2, 5);
    models::cost("openai", Some(12));
    models::cost("openai", None);
    models::spending(12, Some(100));
    speech::tried("to_text", "openai", "answered");
    speech::answered("to_text", "openai", took);
    speech::sounded("to_text", "openai", took);
    speech::cost("to_text", "openai", Some(12));
    speech::cost("to_text", "openai", None);
    speech::fell_back("to_text", "openai");
    speech::doubted("openai", "silence");
    speech::looked_up(true);
    let _line = voice::line();
    voice::ended("over");
    voice::turn("silence");
    voice::stage("turn_end", took);
    jobs::attempted("evaluate_answer", Ended::Done, took);
    jobs::queued(&[Queue { kind: "evaluate_answer".to_owned(), waiting: 1, oldest: took, dead: 0 }]);
    database::statement("SELECT 1", took, true);
    database::pool(database::Pool { name: "all", busy: 1, idle: 1, max: 8 });
    database::committed(3, took);
    database::dependency("database", true, took);
    objects::done("put", "ok", took);
    objects::written(5);
    objects::read(5);
    objects::left(1, took);
    objects::missing(0);
    disk::record(disk::space(Path::new("/")).expect("a disk"));
    process::sample();
}

/// Whether this series belongs to this measure; a histogram has three.
fn is_of(series: &str, measure: &str) -> bool {
    series.strip_prefix(measure).is_some_and(|rest| ["", "_bucket", "_sum", "_count"].contains(&rest))
}

#[test]
fn everything_in_the_catalogue_is_exposed_with_its_labels_and_nothing_else_is() {
    let _recorder = recorder();
    record_everything();
    let text = exporter().render();
    for measure in CATALOGUE {
        let line = text
            .lines()
            .find(|line| line.split(['{', ' ']).next().is_some_and(|name| is_of(name, measure.name)))
            .unwrap_or_else(|| panic!("{} is not exposed", measure.name));
        for label in measure.labels {
            assert!(line.contains(&format!("{label}=\"")), "{label} is missing in {line}");
        }
        assert!(text.contains(&format!("# HELP {} ", measure.name)), "{} has no help", measure.name);
    }
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(CATALOGUE.iter().any(|measure| measure.name == name), "{name} is not in the catalogue");
    }
}

#[test]
fn a_kind_of_work_that_is_done_with_has_nothing_waiting() {
    let _recorder = recorder();
    let queue = |waiting| Queue { kind: "gone".to_owned(), waiting, oldest: Duration::ZERO, dead: 0 };
    jobs::queued(&[queue(3)]);
    assert!(exporter().render().contains("greenroom_jobs_waiting{kind=\"gone\"} 3"));
    jobs::queued(&[]);
    assert!(exporter().render().contains("greenroom_jobs_waiting{kind=\"gone\"} 0"));
}

#[test]
fn the_documentation_holds_the_catalogue() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operating.md");
    let text = std::fs::read_to_string(&file).expect("the page is there");
    let (before, rest) = text.split_once(BEGIN).expect("the table begins");
    let (_, after) = rest.split_once(END).expect("the table ends");
    let wanted = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var_os("GREENROOM_WRITE_DOCS").is_some() {
        std::fs::write(&file, &wanted).expect("the page is written");
        return;
    }
    assert!(
        text == wanted,
        "docs/operating.md is not up to date: GREENROOM_WRITE_DOCS=1 cargo test -p greenroom-telemetry"
    );
}

/// Names of measures and of their labels in what Prometheus is asked.
fn asked(expression: &str) -> Vec<(String, Vec<String>)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut rest = expression;
    while let Some(start) = ["greenroom_", "process_"].iter().filter_map(|prefix| rest.find(prefix)).min() {
        let after = &rest[start..];
        let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
        let (name, behind) = after.split_at(end);
        let inside =
            behind.strip_prefix('{').and_then(|text| text.split_once('}')).map_or("", |(inside, _)| inside);
        let labels = inside.split(',').filter_map(|part| part.split(['=', '!']).next());
        let labels = labels.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
        found.push((name.to_owned(), labels.collect()));
        rest = behind;
    }
    found
}

/// The expressions of all dashboards and rules, each with the file that it stands in.
fn expressions() -> Vec<(String, String)> {
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy");
    let mut files = vec![deploy.join("prometheus/alerts.yml")];
    let boards = std::fs::read_dir(deploy.join("grafana/dashboards")).expect("dashboards");
    files.extend(boards.map(|file| file.expect("a file").path()));
    let mut expressions = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it can be read").replace("\\\"", "\"");
        let key = if file.extension().is_some_and(|end| end == "yml") { "expr:" } else { "\"expr\":" };
        for part in text.split(key).skip(1) {
            let end = ["for:", "\"legendFormat\""].iter().filter_map(|mark| part.find(mark)).min();
            let expression = &part[..end.expect("something follows an expression")];
            expressions.push((file.display().to_string(), expression.to_owned()));
        }
    }
    expressions
}

#[test]
fn dashboards_and_rules_ask_only_for_what_is_exposed() {
    let _recorder = recorder();
    record_everything();
    let text = exporter().render();
    let expressions = expressions();
    assert!(expressions.len() > 50, "{} expressions were found", expressions.len());
    let mut seen = std::collections::BTreeSet::new();
    for (file, expression) in &expressions {
        for (name, labels) in asked(expression) {
            let line = text.lines().find(|line| {
                line.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(['{', ' ']))
            });
            let line = line.unwrap_or_else(|| panic!("{file} asks for {name}, which is not there"));
            for label in labels.iter().filter(|label| !["job", "instance", "le"].contains(&label.as_str())) {
                assert!(line.contains(&format!("{label}=\"")), "{file} asks for {label} of {name}");
            }
            seen.insert(name);
        }
    }
    for measure in CATALOGUE.iter().filter(|measure| measure.name.starts_with("greenroom_")) {
        assert!(seen.iter().any(|name| is_of(name, measure.name)), "nobody looks at {}", measure.name);
    }
}
