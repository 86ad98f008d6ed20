//! Questions as files: JSON Lines and CSV, in and out. What goes out comes in again as it was.

mod csv;
mod jsonl;
#[cfg(test)]
mod tests;

use greenroom_domain::bank::BankEntry;
use serde::{Deserialize, Serialize};

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A JSON object a line.
    Jsonl,
    /// Comma-separated values with a line of names.
    Csv,
}

/// A line of a file: a question, or why it is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Number of the line that it begins on, from 1.
    pub line: usize,
    /// The question.
    pub entry: Result<BankEntry, Unreadable>,
}

/// Why a line is no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Name of the column, or number of the character on the line.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl Unreadable {
    fn at(column: impl Into<String>, message: impl Into<String>) -> Self {
        Self { column: Some(column.into()), message: message.into() }
    }
}

impl Format {
    /// The format that a file's name ends with.
    pub fn of(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The questions of a file. A byte order mark and empty lines are passed over.
    pub fn read(self, text: &str) -> Vec<Row> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self {
            Self::Jsonl => jsonl::read(text),
            Self::Csv => csv::read(text),
        }
    }

    /// A file with these questions.
    pub fn write(self, entries: &[BankEntry]) -> String {
        match self {
            Self::Jsonl => jsonl::write(entries),
            Self::Csv => csv::write(entries),
        }
    }
}
