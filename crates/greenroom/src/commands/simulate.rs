//! `greenroom simulate`: the product's rules played with people whose ability is known.

use super::Failure;
use super::table::Table;
use clap::{Args, Subcommand};
use greenroom_scoring::irt::selection::Constraints;
use greenroom_scoring::irt::simulate::{self, Luck, Outcome};
use greenroom_scoring::irt::{ItemBank, ItemParameters};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Subcommand)]
pub enum Simulate {
    /// Adaptive interviews: how near estimates of ability come to the truth. Prints JSON.
    ///
    /// Every examinee gets the question that tells most at the present estimate (maximum Fisher information);
    /// the estimate is expected a posteriori with a standard normal prior. After 5, 10, 15, 20 and 30
    /// questions: `rmse`, the root of the mean squared error of ability; `coverage`, the share of examinees
    /// in their 95 % interval; `bias`, the mean error. `ms_per_step` is the time of one choice with one
    /// estimate, `most_exposed` the largest share of examinees who got the same question.
    Adaptive(Adaptive),
}

#[derive(Args)]
pub struct Adaptive {
    /// Number of questions in the bank, drawn: discrimination a uniform in 0.5 to 2, difficulty b from N(0, 1).
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    items: u32,
    /// Number of examinees, drawn: ability from N(0, 1).
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    examinees: u32,
    /// Seed of everything that is drawn; the same seed gives the same figures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Take the questions from this CSV file with columns a and b; --items then does not count.
    #[arg(long)]
    items_file: Option<PathBuf>,
    /// Take the examinees' abilities from this CSV file, one a line; --examinees then does not count.
    #[arg(long)]
    thetas_file: Option<PathBuf>,
    /// Take the luck from this CSV file, examinee by item, 0 to 1: an answer is right when it is below the
    /// probability of a right one. Files may be compressed with gzip.
    #[arg(long)]
    uniforms_file: Option<PathBuf>,
    /// Keep the constraints of an interview: phases in order, six competencies, minutes, exposure of
    /// questions, a draw among the best.
    #[arg(long)]
    constraints: bool,
}

pub fn simulate(what: Simulate) -> Result<ExitCode, Failure> {
    let Simulate::Adaptive(asked) = what;
    let items = match &asked.items_file {
        Some(file) => read_items(&Table::read(file)?)?,
        None => simulate::sample_items(asked.items as usize, asked.seed),
    };
    let uniforms = asked.uniforms_file.as_deref().map(Table::read).transpose()?;
    let thetas = match &asked.thetas_file {
        Some(file) => read_thetas(Table::read(file)?)?,
        None => {
            let count = uniforms.as_ref().map_or(asked.examinees as usize, Table::rows);
            simulate::sample_thetas(count, asked.seed)
        }
    };
    let uniforms = uniforms.map(|table| read_uniforms(table, thetas.len(), items.len())).transpose()?;
    let luck = uniforms.as_deref().map_or(Luck::Drawn(asked.seed), Luck::Given);
    let bank = ItemBank::new(items);
    let start = Instant::now();
    let outcome = if asked.constraints {
        simulate::constrained(&bank, &thetas, luck, &Constraints::default(), asked.seed)
    } else {
        simulate::unconstrained(&bank, &thetas, luck)
    };
    let ms = start.elapsed().as_secs_f64() * 1e3;
    println!("{}", shown(&asked, &outcome, bank.len(), thetas.len(), ms / outcome.steps.max(1) as f64));
    Ok(ExitCode::SUCCESS)
}

fn shown(asked: &Adaptive, outcome: &Outcome, items: usize, examinees: usize, ms_per_step: f64) -> Value {
    let by_length = |figures: &BTreeMap<u32, f64>| -> Value {
        figures.iter().map(|(length, figure)| (length.to_string(), json!(rounded(*figure)))).collect()
    };
    json!({
        "rmse": by_length(&outcome.rmse),
        "coverage": by_length(&outcome.coverage),
        "ms_per_step": ms_per_step,
        "bias": by_length(&outcome.bias),
        "most_exposed": rounded(outcome.most_exposed),
        "items": items,
        "examinees": examinees,
        "seed": asked.seed,
        "constraints": asked.constraints,
    })
}

fn rounded(figure: f64) -> f64 {
    (figure * 1e6).round() / 1e6
}

fn read_items(table: &Table) -> Result<Vec<ItemParameters>, Failure> {
    let a = table.required("a", "discrimination")?;
    let b = table.required("b", "difficulty")?;
    let other = [("c", 0.0), ("d", 1.0)].map(|(name, none)| (name, none, table.column(name)));
    let item = |row: usize| {
        let cells = table.row(row);
        for (name, none, column) in other {
            if column.is_some_and(|column| cells[column] != none) {
                return Err(table.wrong_row(row, &format!("the model has no {name}; it must be {none}")));
            }
        }
        ItemParameters::two_parameter(cells[a], cells[b]).map_err(|why| table.wrong_row(row, &why))
    };
    (0..table.rows()).map(item).collect()
}

fn read_thetas(table: Table) -> Result<Vec<f64>, Failure> {
    let column = match table.column("theta") {
        Some(column) => column,
        None if table.columns == 1 => 0,
        None => table.required("theta", "ability")?,
    };
    (0..table.rows())
        .map(|row| {
            let theta = table.row(row)[column];
            let fine = theta.abs() <= 10.0;
            if fine { Ok(theta) } else { Err(table.wrong_row(row, &"an ability must be between -10 and 10")) }
        })
        .collect()
}

fn read_uniforms(table: Table, examinees: usize, items: usize) -> Result<Vec<f64>, Failure> {
    if (table.rows(), table.columns) != (examinees, items) {
        let found = format!("{} rows of {} numbers", table.rows(), table.columns);
        return Err(Failure::BadInput(format!(
            "the uniforms file has {found}, but there are {examinees} examinees and {items} items"
        )));
    }
    table.check("a uniform number must be between 0 and 1", |cell| (0.0..=1.0).contains(&cell))?;
    Ok(table.into_cells())
}
