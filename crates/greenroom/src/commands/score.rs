//! `greenroom score`: JSON lines in, JSON lines out, in the same order.

use super::Failure;
use greenroom_scoring::score::Scorer;
use std::io::{BufRead, BufWriter, Write};
use std::process::ExitCode;

/// A bad line is answered and the rest goes on; the exit code is then 1.
pub fn score() -> Result<ExitCode, Failure> {
    let input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut all_good = true;
    let mut scorer = Scorer::default();
    for (index, line) in input.split(b'\n').enumerate() {
        let line = line?;
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        let written = match scorer.score_line(&text, index + 1) {
            Ok(result) => serde_json::to_string(&result)?,
            Err(bad) => {
                all_good = false;
                serde_json::to_string(&bad)?
            }
        };
        writeln!(output, "{written}")?;
    }
    output.flush()?;
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
