//! A JSON object a line: `{"role": …, "question": {…}, "source": …, "licence": …}`.

use super::{Row, Unreadable};
use greenroom_domain::bank::BankEntry;

pub(super) fn read(text: &str) -> Vec<Row> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| Row { line: index + 1, entry: entry(line) }).collect()
}

fn entry(line: &str) -> Result<BankEntry, Unreadable> {
    serde_json::from_str(line).map_err(|error| {
        // The place is told apart from the message: a line of its own has no line number.
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message);
        Unreadable::at(error.column().to_string(), message)
    })
}

pub(super) fn write(entries: &[BankEntry]) -> String {
    let line = |entry| serde_json::to_string(entry).expect("an entry has string keys only") + "\n";
    entries.iter().map(line).collect()
}
