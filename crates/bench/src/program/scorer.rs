//! `greenroom score` on one core: the judge by itself, through the same door that everybody uses.

use anyhow::Context;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Answers that are scored.
const LINES: usize = 20_000;
/// Runs; the middle one counts.
const RUNS: usize = 3;

const QUESTION: &str = "How do you find out why a query is slow?";
const KEY_POINTS: [&str; 3] = [
    "reads the query plan and the slow query log",
    "measures before and after each change",
    "adds an index or rewrites the query",
];
const ANSWER: &str = "I start with the slow query log and read the query plan of the worst query with real data. \
    Last year a report took forty seconds because an index was missing on the join column. I measured before, added the \
    index, measured again and it took two hundred milliseconds. Then I wrote down what I had learned for the team, because \
    two other reports had the same problem.";

/// Answers per second that one process with one thread scores, its start and its JSON included.
pub fn answers_per_second(binary: &Path) -> anyhow::Result<f64> {
    let input: String = (0..LINES)
        .map(|number| {
            // No two lines are equal: nothing can be remembered.
            let answer = format!("{ANSWER} That was case {number}.");
            let line = json!({"id": number.to_string(), "question": QUESTION, "answer": answer, "key_points": KEY_POINTS});
            format!("{line}\n")
        })
        .collect();
    let mut rates = (0..RUNS).map(|_| run(binary, &input)).collect::<anyhow::Result<Vec<_>>>()?;
    rates.sort_by(f64::total_cmp);
    Ok(rates[RUNS / 2])
}

fn run(binary: &Path, input: &str) -> anyhow::Result<f64> {
    let begin = Instant::now();
    let mut child = Command::new(binary)
        .arg("score")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("greenroom score does not start")?;
    let mut stdin = child.stdin.take().context("its stdin is a pipe")?;
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().ok().context("the writer ends")??;
    anyhow::ensure!(output.status.success(), "greenroom score failed");
    let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count();
    anyhow::ensure!(lines == LINES, "{lines} of {LINES} answers were scored");
    Ok(LINES as f64 / begin.elapsed().as_secs_f64())
}
