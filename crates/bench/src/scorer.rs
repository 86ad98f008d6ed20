//! `greenroom score` on one core: the built-in scorer by itself, through the same door that everybody uses.

use anyhow::Context;
use greenroom_scoring::ladder::{Ladder, Question};
use serde::Serialize;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Answers of [`WORDS`] words that are scored in a run.
const LINES: usize = 20_000;
/// Words of an answer.
const WORDS: usize = 100;
/// Words of the long answers.
const LONG: [usize; 3] = [2_000, 20_000, 200_000];
/// Runs; the best one counts, which other work on the machine disturbed least.
const RUNS: usize = 3;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The program.
    #[arg(long, default_value = "target/release/greenroom")]
    binary: PathBuf,
}

/// What one process with one thread does in a second, its start and its JSON included.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Answers, many to a question.
    shared: f64,
    /// Answers, each to a question of its own.
    own: f64,
    /// Words of one long answer, and the milliseconds that it takes.
    long: Vec<(usize, f64)>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "answers of {WORDS} words, 3 to 5 key points, a second on one core")?;
        writeln!(f, "  many to a question: {:.0}", self.shared)?;
        writeln!(f, "  each to its own question: {:.0}", self.own)?;
        self.long.iter().try_for_each(|(words, ms)| writeln!(f, "one answer of {words} words: {ms:.1} ms"))
    }
}

pub fn measure(arguments: &Arguments) -> anyhow::Result<Report> {
    let ladder = Ladder::shipped()?;
    let questions = ladder.questions();
    let all = |own| (0..LINES).map(|number| line(questions, number, WORDS, own)).collect::<String>();
    let seconds = |input: &str| best(&arguments.binary, input);
    let long = LONG.map(|words| Ok((words, 1e3 * seconds(&line(questions, 0, words, false))?)));
    Ok(Report {
        shared: LINES as f64 / seconds(&all(false))?,
        own: LINES as f64 / seconds(&all(true))?,
        long: long.into_iter().collect::<anyhow::Result<_>>()?,
    })
}

/// Answers per second, many to a question.
pub fn answers_per_second(binary: &Path) -> anyhow::Result<f64> {
    let ladder = Ladder::shipped()?;
    let input: String = (0..LINES).map(|number| line(ladder.questions(), number, WORDS, false)).collect();
    Ok(LINES as f64 / best(binary, &input)?)
}

/// An answer of `words` words, made of sentences of the ladder from the right question on. No two lines are equal.
fn line(questions: &[Question], number: usize, words: usize, own: bool) -> String {
    let question = &questions[number % questions.len()];
    let from = questions.iter().cycle().skip(number % questions.len());
    let texts =
        from.flat_map(|question| [&question.middling, &question.strong, &question.plain, &question.weak]);
    let said: Vec<&str> =
        texts.flat_map(|text| text.split(' ')).skip(number / questions.len() % 40).take(words).collect();
    let case = if own { format!(" That was case {number}.") } else { String::new() };
    let points: Vec<String> =
        question.key_points.iter().map(|point| format!("{}{case}", point.says)).collect();
    let line = json!({
        "id": number.to_string(),
        "question": format!("{}{case}", question.text),
        "answer": format!("{} {number}", said.join(" ")),
        "key_points": points,
    });
    format!("{line}\n")
}

fn best(binary: &Path, input: &str) -> anyhow::Result<f64> {
    let runs = (0..RUNS).map(|_| run(binary, input)).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(runs.into_iter().fold(f64::MAX, f64::min))
}

/// Seconds that the program takes for the lines.
fn run(binary: &Path, input: &str) -> anyhow::Result<f64> {
    let begin = Instant::now();
    let mut child = Command::new(binary)
        .arg("score")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("greenroom score does not start")?;
    let mut stdin = child.stdin.take().context("its stdin is a pipe")?;
    let text = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().ok().context("the writer ends")??;
    anyhow::ensure!(output.status.success(), "greenroom score failed");
    let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    anyhow::ensure!(lines(&output.stdout) == lines(input.as_bytes()), "not every answer was scored");
    Ok(begin.elapsed().as_secs_f64())
}
