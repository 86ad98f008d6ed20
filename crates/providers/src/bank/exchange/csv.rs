//! Comma-separated values: a column a field, numbered columns for lists. The columns are documented in `docs/bank.md`.

use super::{Row, Unreadable};
use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use greenroom_domain::bank::{BankEntry, BankQuestion, FollowUp, KeyPoint, SoundsLike};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// The columns that every file has. `phase`, `source` and `licence` may be missing as well when a file is read.
const PLAIN: [&str; 11] = [
    "role",
    "id",
    "type",
    "competency",
    "difficulty",
    "minutes",
    "phase",
    "text",
    "reference",
    "source",
    "licence",
];
const SOUNDS: [&str; 3] = ["sounds_like_1", "sounds_like_5", "sounds_like_9"];
/// Entries of a list, at most.
const MOST: usize = 20;

pub(super) fn read(text: &str) -> Vec<Row> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(names) => Columns::of(names),
        Err(error) => Err(Unreadable { column: None, message: error.to_string() }),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(unreadable) => return vec![Row { line: 1, entry: Err(unreadable) }],
    };
    let mut lines = Lines { text, at: 0, line: 1 };
    let rows = reader.records().map(|record| {
        let position = match &record {
            Ok(record) => record.position(),
            Err(error) => error.position(),
        };
        let line = lines.of(position.map_or(0, csv::Position::byte) as usize);
        let unreadable = |error: csv::Error| Unreadable { column: None, message: error.to_string() };
        Row { line, entry: record.map_err(unreadable).and_then(|record| columns.entry(&record)) }
    });
    rows.collect()
}

/// Numbers of lines, asked for from top to bottom. The reader's own are short by one where lines end in CR LF.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first character from `byte` on that is no line break.
    fn of(&mut self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(here) = bytes.get(self.at) {
            let is_break = *here == b'\n' || *here == b'\r' && bytes.get(self.at + 1) != Some(&b'\n');
            if self.at >= byte && !matches!(here, b'\n' | b'\r') {
                break;
            }
            self.line += usize::from(is_break);
            self.at += 1;
        }
        self.line
    }
}

/// Places of the columns by name.
struct Columns(HashMap<String, usize>);

impl Columns {
    fn of(names: &StringRecord) -> Result<Self, Unreadable> {
        let mut places = HashMap::new();
        for (place, name) in names.iter().map(str::trim).enumerate() {
            if !is_known(name) {
                return Err(Unreadable::at(name, "there is no such column; docs/bank.md lists them"));
            }
            if places.insert(name.to_owned(), place).is_some() {
                return Err(Unreadable::at(name, "the column is there twice"));
            }
        }
        let needed = PLAIN.iter().filter(|name| !["phase", "source", "licence"].contains(name));
        match needed.into_iter().find(|name| !places.contains_key(**name)) {
            Some(missing) => Err(Unreadable::at(*missing, "the column is missing")),
            None => Ok(Self(places)),
        }
    }

    fn entry(&self, record: &StringRecord) -> Result<BankEntry, Unreadable> {
        if record.len() != self.0.len() {
            let message = format!("{} fields, the first line has {} names", record.len(), self.0.len());
            return Err(Unreadable { column: None, message });
        }
        let row = Fields { columns: self, record };
        let question = BankQuestion {
            id: row.text("id"),
            kind: row.word("type")?,
            competency: row.text("competency"),
            difficulty: row.word("difficulty")?,
            minutes: row.number("minutes", None)?,
            phase: if row.text("phase").is_empty() { None } else { Some(row.word("phase")?) },
            tags: row.list("tag_"),
            text: row.text("text"),
            reference: row.text("reference"),
            red_flags: row.list("red_flag_"),
            key_points: row.key_points()?,
            follow_ups: row.follow_ups()?,
            sounds_like: row.sounds_like(),
        };
        let optional = |name| Some(row.text(name)).filter(|text| !text.is_empty());
        Ok(BankEntry {
            role: row.text("role"),
            question,
            source: optional("source"),
            licence: optional("licence"),
        })
    }
}

fn is_known(name: &str) -> bool {
    let numbered = |start: &str, ends: &[&str]| {
        name.strip_prefix(start).is_some_and(|rest| {
            ends.iter().any(|end| {
                let number = rest.strip_suffix(end).and_then(|number| number.parse::<usize>().ok());
                number.is_some_and(|n| (1..=MOST).contains(&n) && rest == format!("{n}{end}"))
            })
        })
    };
    PLAIN.contains(&name)
        || SOUNDS.contains(&name)
        || numbered("tag_", &[""])
        || numbered("red_flag_", &[""])
        || numbered("key_point_", &["", "_says", "_weight"])
        || numbered("follow_up_", &["", "_asks_for"])
}

struct Fields<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
}

impl Fields<'_> {
    /// The field of this name; empty when the file has no such column.
    fn text(&self, name: &str) -> String {
        let place = self.columns.0.get(name);
        unguarded(place.and_then(|place| self.record.get(*place)).unwrap_or_default()).to_owned()
    }

    fn word<T: DeserializeOwned>(&self, name: &str) -> Result<T, Unreadable> {
        let text = self.text(name);
        let value = serde_json::Value::String(text.trim().to_owned());
        serde_json::from_value(value).map_err(|error| Unreadable::at(name, error.to_string()))
    }

    fn number<T: std::str::FromStr>(&self, name: &str, missing: Option<T>) -> Result<T, Unreadable> {
        let text = self.text(name);
        match (text.trim(), missing) {
            ("", Some(missing)) => Ok(missing),
            (text, _) => {
                text.parse().map_err(|_| Unreadable::at(name, format!("“{text}” is no whole number")))
            }
        }
    }

    /// The entries of a list that are not empty.
    fn list(&self, start: &str) -> Vec<String> {
        let entries = (1..=MOST).map(|number| self.text(&format!("{start}{number}")));
        entries.filter(|text| !text.is_empty()).collect()
    }

    fn key_points(&self) -> Result<Vec<KeyPoint>, Unreadable> {
        let names = (1..=MOST).map(|number| format!("key_point_{number}"));
        let there = names
            .filter(|name| !self.text(name).is_empty() || !self.text(&format!("{name}_says")).is_empty());
        there
            .map(|name| {
                let weight = self.number(&format!("{name}_weight"), Some(2))?;
                Ok(KeyPoint {
                    point: self.text(&name).into(),
                    says: self.text(&format!("{name}_says")).into(),
                    weight,
                })
            })
            .collect()
    }

    fn follow_ups(&self) -> Result<Vec<FollowUp>, Unreadable> {
        let names = (1..=MOST).map(|number| format!("follow_up_{number}"));
        let there = names.filter(|name| !self.text(name).is_empty());
        there
            .map(|name| {
                let asks_for = self.number(&format!("{name}_asks_for"), Some(0))?;
                Ok(FollowUp { asks_for, text: self.text(&name) })
            })
            .collect()
    }

    fn sounds_like(&self) -> Option<SoundsLike> {
        let [low, middle, high] = SOUNDS.map(|name| self.text(name));
        let none = low.is_empty() && middle.is_empty() && high.is_empty();
        (!none).then_some(SoundsLike { low, middle, high })
    }
}

pub(super) fn write(entries: &[BankEntry]) -> String {
    let columns = columns(entries);
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let written = writer.write_record(&columns).and_then(|()| {
        entries.iter().try_for_each(|entry| {
            let fields = fields(entry);
            let none = String::new();
            writer.write_record(columns.iter().map(|name| fields.get(name).unwrap_or(&none)))
        })
    });
    written.expect("writing to memory does not fail, and all records have a field a column");
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("all fields are text")
}

/// The columns that these questions need.
fn columns(entries: &[BankEntry]) -> Vec<String> {
    let most = |count: fn(&BankQuestion) -> usize| {
        entries.iter().map(|entry| count(&entry.question)).max().unwrap_or_default().min(MOST)
    };
    let mut columns: Vec<String> = PLAIN.map(str::to_owned).to_vec();
    let mut add = |count: usize, names: &[&str]| {
        for number in 1..=count {
            columns.extend(names.iter().map(|name| name.replace('#', &number.to_string())));
        }
    };
    add(most(|q| q.tags.len()), &["tag_#"]);
    add(most(|q| q.key_points.len()), &["key_point_#", "key_point_#_says", "key_point_#_weight"]);
    add(most(|q| q.follow_ups.len()), &["follow_up_#", "follow_up_#_asks_for"]);
    add(most(|q| q.red_flags.len()), &["red_flag_#"]);
    columns.extend(SOUNDS.map(str::to_owned));
    columns
}

fn fields(entry: &BankEntry) -> HashMap<String, String> {
    let BankEntry { role, question: q, source, licence } = entry;
    let mut fields: HashMap<String, String> = HashMap::new();
    let mut put = |name: String, text: &str| {
        fields.insert(name, guarded(text));
    };
    for (name, text) in [
        ("role", role.as_str()),
        ("id", &q.id),
        ("competency", &q.competency),
        ("text", &q.text),
        ("reference", &q.reference),
        ("source", source.as_deref().unwrap_or_default()),
        ("licence", licence.as_deref().unwrap_or_default()),
        ("type", &word(&q.kind)),
        ("difficulty", &word(&q.difficulty)),
        ("phase", &q.phase.as_ref().map(word).unwrap_or_default()),
        ("minutes", &q.minutes.to_string()),
    ] {
        put(name.to_owned(), text);
    }
    q.tags.iter().zip(1..).for_each(|(tag, n)| put(format!("tag_{n}"), tag));
    q.red_flags.iter().zip(1..).for_each(|(flag, n)| put(format!("red_flag_{n}"), flag));
    for (point, n) in q.key_points.iter().zip(1..) {
        put(format!("key_point_{n}"), &point.point);
        put(format!("key_point_{n}_says"), &point.says);
        put(format!("key_point_{n}_weight"), &point.weight.to_string());
    }
    for (follow_up, n) in q.follow_ups.iter().zip(1..) {
        put(format!("follow_up_{n}"), &follow_up.text);
        put(format!("follow_up_{n}_asks_for"), &follow_up.asks_for.to_string());
    }
    if let Some(SoundsLike { low, middle, high }) = &q.sounds_like {
        SOUNDS.into_iter().zip([low, middle, high]).for_each(|(name, text)| put(name.to_owned(), text));
    }
    fields
}

/// The name that a value has in JSON.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// A field that a spreadsheet does not take for a formula.
fn guarded(text: &str) -> String {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// A field as it was before it was guarded.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
