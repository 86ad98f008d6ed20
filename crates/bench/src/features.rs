//! What the built-in scorer measures of answers, for training and measuring its model: JSON lines in
//! (`{"question","answer","target"}`), tab-separated features out, their names in the first line.

use anyhow::Context;
use greenroom_scoring::compare::{Pair, Question, Said, Target, Terms};
use greenroom_scoring::features::{measure, names};
use greenroom_scoring::text::{Forms, Text};
use serde::Deserialize;
use std::io::{BufRead, BufWriter, Write};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// As for languages that the table of meanings does not know.
    #[arg(long)]
    without_tables: bool,
}

#[derive(Deserialize)]
struct Line {
    question: String,
    answer: String,
    target: String,
}

pub fn write(arguments: &Arguments) -> anyhow::Result<()> {
    let (mut forms, english) = (Forms::default(), !arguments.without_tables);
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", names().join("\t"))?;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line: Line = serde_json::from_str(&line?).with_context(|| format!("line {}", number + 1))?;
        let [question, answer, target] =
            [line.question, line.answer, line.target].map(|text| Text::with(text, "en", &mut forms));
        let question = Question::new(question, english);
        let (answer, target) = (Terms::new(answer, english), Target::new(&question, target, english));
        let said = Said::new(&question, &answer);
        let row = measure(&Pair::new(&said, &target).whole());
        writeln!(out, "{}", row.map(|value| value.to_string()).join("\t"))?;
    }
    Ok(out.flush()?)
}
