//! What is wrong with the configuration: where it stands, and what was probably meant.

use super::Config;
use figment::error::Kind;
use figment::{Figment, Metadata, Source};
use serde_json::Value;
use std::path::Path;

/// Settings that are named when none is near, at most.
const FEW: usize = 12;
const PREFIX: &str = "GREENROOM__";

/// Every problem with its place, a line each.
pub(super) fn readable(error: figment::Error) -> anyhow::Error {
    let lines: Vec<String> = error.into_iter().map(|problem| line(&problem)).collect();
    anyhow::anyhow!(lines.join("\n")).context("the configuration cannot be used")
}

fn line(problem: &figment::Error) -> String {
    let mut path = problem.path.clone();
    let said = match &problem.kind {
        Kind::UnknownField(name, siblings) => {
            if path.last() != Some(name) {
                path.push(name.clone());
            }
            let is_variable = problem.metadata.as_ref().is_some_and(is_variable);
            format!("there is no such setting; {}", instead(&path, siblings, is_variable))
        }
        kind => kind.to_string(),
    };
    let place = Place::of(problem.metadata.as_ref(), &path);
    format!("{}{}: {said}", place.before, place.key)
}

fn is_variable(metadata: &Metadata) -> bool {
    metadata.name.contains("environment")
}

/// The variable that sets `key`.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// Where a setting was set, as `greenroom.toml:7: server.listen` or as the name of a variable.
struct Place {
    before: String,
    key: String,
}

impl Place {
    fn of(metadata: Option<&Metadata>, path: &[String]) -> Self {
        let key = path.join(".");
        let Some(metadata) = metadata else { return Self { before: String::new(), key } };
        match &metadata.source {
            Some(Source::File(file)) => {
                let line = line_of(file, path).map(|line| format!("{line}:")).unwrap_or_default();
                Self { before: format!("{}:{line} ", shown(file)), key }
            }
            _ if is_variable(metadata) => Self { before: "environment: ".to_owned(), key: variable(&key) },
            _ => Self { before: format!("{}: ", metadata.name), key },
        }
    }
}

/// Where `key` was set, to stand before what is wrong with its value; empty for a default.
pub(super) fn place(figment: &Figment, key: &str) -> String {
    let path: Vec<String> = key.split('.').map(str::to_owned).collect();
    let Some(metadata) = figment.find_metadata(key) else { return String::new() };
    Place::of(Some(metadata), &path).before
}

/// Files below the present directory by their short name.
fn shown(file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(here).unwrap_or(file).display().to_string()
}

/// The line on which a setting stands, from 1.
fn line_of(file: &Path, path: &[String]) -> Option<usize> {
    let text = std::fs::read_to_string(file).ok()?;
    let document = toml::de::DeTable::parse(&text).ok()?;
    let mut table = document.get_ref();
    let mut start = 0;
    for (depth, part) in path.iter().enumerate() {
        let (key, value) = table.iter().find(|(key, _)| **key.get_ref() == **part)?;
        start = key.span().start;
        match value.get_ref() {
            toml::de::DeValue::Table(below) => table = below,
            _ if depth + 1 == path.len() => {}
            _ => return None,
        }
    }
    Some(text[..start].matches('\n').count() + 1)
}

/// What was probably meant: a neighbour that is spelt alike, else one of the same name elsewhere.
fn instead(path: &[String], siblings: &[&str], is_variable: bool) -> String {
    let named = |key: String| if is_variable { variable(&key) } else { key };
    let Some((name, parents)) = path.split_last() else { return String::new() };
    let full = |name: &str| parents.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(".");
    let near = |known: &&&str| strsim::damerau_levenshtein(name, known) <= (name.len() / 3).max(1);
    let alike = siblings.iter().filter(near).min_by_key(|known| strsim::damerau_levenshtein(name, known));
    if let Some(alike) = alike {
        return format!("did you mean {}?", named(full(alike)));
    }
    let same_name = |known: &String| known.rsplit('.').next() == Some(name.as_str());
    if let Some(elsewhere) = settings().into_iter().find(same_name) {
        return format!("did you mean {}?", named(elsewhere));
    }
    let few = siblings.iter().take(FEW).copied().collect::<Vec<_>>().join(", ");
    let more = if siblings.len() > FEW { ", … (greenroom config schema lists all)" } else { "" };
    format!("here are {few}{more}")
}

/// All settings with their sections.
fn settings() -> Vec<String> {
    let schema = schemars::schema_for!(Config).to_value();
    let mut found = Vec::new();
    collect(&schema, &schema, String::new(), &mut found);
    found
}

fn collect(root: &Value, schema: &Value, prefix: String, found: &mut Vec<String>) {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
    let schema = target.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema);
    for (name, below) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        found.push(path.clone());
        collect(root, below, path, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use figment::providers::{Format, Toml};

    fn refused(toml: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("greenroom.toml");
        std::fs::write(&file, toml).expect("it is written");
        let error =
            Figment::new().merge(Toml::file_exact(&file)).extract::<Config>().expect_err("it is wrong");
        format!("{:#}", readable(error)).replace(&format!("{}/", folder.path().display()), "")
    }

    #[test]
    fn a_slip_names_file_line_key_and_what_was_meant() {
        let said =
            refused("# mine\n\n[server]\nlisten = \"127.0.0.1:80\"\nmetrics_lisen = \"127.0.0.1:90\"\n");
        let wanted = "greenroom.toml:5: server.metrics_lisen: there is no such setting; did you mean server.metrics_listen?";
        assert!(said.contains(wanted), "{said}");
    }

    #[test]
    fn a_setting_in_the_wrong_section_is_sent_to_the_right_one() {
        let said = refused("[database]\nurl = \"sqlite://x\"\nguest_hours = 3\n");
        assert!(said.contains("greenroom.toml:3: database.guest_hours"), "{said}");
        assert!(said.contains("did you mean accounts.guest_hours?"), "{said}");
    }

    #[test]
    fn what_resembles_nothing_is_told_what_there_is() {
        let said = refused("[secrets]\nxylophone = 1\n");
        assert!(
            said.contains("greenroom.toml:2: secrets.xylophone: there is no such setting; here are"),
            "{said}"
        );
    }

    #[test]
    fn a_wrong_value_names_its_line() {
        let said = refused("[accounts]\nrefresh_token_days = 30\nguest_hours = \"many\"\n");
        assert!(said.contains("greenroom.toml:3: accounts.guest_hours: invalid type"), "{said}");
        let broken = refused("[accounts]\nguest_hours = = 3\n");
        assert!(broken.contains("line 2"), "{broken}");
    }
}
