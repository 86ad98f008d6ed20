//! `greenroom bank calibrate`: how hard questions are, from the answers that they got.

use crate::commands::Failure;
use crate::commands::table::Table;
use clap::{Args, ValueEnum};
use greenroom_scoring::irt::Prior;
use greenroom_scoring::irt::calibration::{
    Answer, CalibratedItem, Calibration, ItemPrior, Options, Person, Progress, calibrate,
};
use greenroom_scoring::irt::model::{ItemParameters, MOST_CATEGORIES};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Calibrate {
    /// CSV file, a row for each person and a column for each question. A first line may name the questions, a
    /// first column (`id`, `person`, or without a name) the persons. A question that somebody was not asked is
    /// left empty, `NA` or `NaN`. May be compressed with gzip.
    #[arg(long)]
    responses: PathBuf,
    /// How answers are graded.
    #[arg(long, value_enum)]
    model: Model,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Model {
    /// 1 right, 0 wrong: the two-parameter logistic model.
    #[value(name = "2pl")]
    TwoParameter,
    /// Whole numbers, the larger the better: the graded response model.
    #[value(name = "grm")]
    Graded,
}

/// A question's answers, or why it has none that could be used.
struct Column {
    name: String,
    /// Grades that were given, rising; the place of a grade is its category.
    grades: Vec<f64>,
    answers: usize,
}

/// Abilities are standard normal; `a` is the discrimination, `b` the difficulty or, of a graded question, the
/// thresholds between neighbouring `grades`.
pub fn run(asked: &Calibrate) -> Result<ExitCode, Failure> {
    let table = Table::read(&asked.responses)?;
    check(&table, asked.model)?;
    let columns: Vec<Column> = (0..table.columns).map(|place| column(&table, place)).collect();
    let usable: Vec<usize> = (0..columns.len()).filter(|place| columns[*place].grades.len() > 1).collect();
    if usable.is_empty() {
        let why = "has no question that was answered in two different ways";
        return Err(Failure::BadInput(format!("{} {why}", asked.responses.display())));
    }
    let priors: Vec<ItemPrior> = usable.iter().map(|place| prior(columns[*place].grades.len())).collect();
    let options = Options { learn_priors: true, ..Options::default() };
    let bar = bar();
    let result =
        calibrate(&priors, &people(&table, &columns, &usable), &options, &mut |progress: Progress| {
            bar.set_position((progress.share * 100.0) as u64);
            ControlFlow::Continue(())
        });
    bar.finish_and_clear();
    println!("{}", shown(asked.model, &table, &columns, &usable, &result?));
    Ok(ExitCode::SUCCESS)
}

fn check(table: &Table, model: Model) -> Result<(), Failure> {
    match model {
        Model::TwoParameter => {
            table.check("an answer must be 0 or 1", |cell| cell.is_nan() || cell == 0.0 || cell == 1.0)
        }
        Model::Graded => table.check("a grade must be a whole number from 0 to 1000", |cell| {
            cell.is_nan() || (cell.fract() == 0.0 && (0.0..=1000.0).contains(&cell))
        }),
    }?;
    let too_many =
        (0..table.columns).map(|place| column(table, place)).find(|c| c.grades.len() > MOST_CATEGORIES);
    too_many.map_or(Ok(()), |column| {
        let why = format!("question {} has more than {MOST_CATEGORIES} different grades", column.name);
        Err(Failure::BadInput(why))
    })
}

fn column(table: &Table, place: usize) -> Column {
    let cells = (0..table.rows()).map(|row| table.row(row)[place]).filter(|cell| !cell.is_nan());
    let mut grades: Vec<f64> = cells.collect();
    let answers = grades.len();
    grades.sort_by(f64::total_cmp);
    grades.dedup();
    let named = table.names.as_ref().map(|names| names[place].clone());
    Column { name: named.unwrap_or_else(|| (place + 1).to_string()), grades, answers }
}

/// Nothing is known of the questions: thresholds a step apart around the middle, and wide.
fn prior(grades: usize) -> ItemPrior {
    let thresholds =
        (1..grades).map(|place| (place as f64 - grades as f64 / 2.0) * 4.0 / grades as f64).collect();
    ItemPrior {
        parameters: ItemParameters::graded(1.0, thresholds).expect("rising and within the range"),
        threshold_sd: 2.0,
        log_discrimination_sd: 0.5,
    }
}

fn people(table: &Table, columns: &[Column], usable: &[usize]) -> Vec<Person> {
    let person = |row: usize| {
        let cells = table.row(row);
        let answer = |(item, place): (usize, &usize)| {
            let category = columns[*place].grades.iter().position(|grade| *grade == cells[*place])?;
            Some(Answer { item: item as u32, category: category as u8 })
        };
        Person { prior: Prior::default(), answers: usable.iter().enumerate().filter_map(answer).collect() }
    };
    (0..table.rows()).map(person).collect()
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("calibrating {bar:40} {percent} %");
    ProgressBar::new(100).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn shown(model: Model, table: &Table, columns: &[Column], usable: &[usize], found: &Calibration) -> Value {
    let items: Vec<Value> = usable
        .iter()
        .zip(&found.items)
        .map(|(place, item)| item_shown(model, &columns[*place], item))
        .collect();
    let left_out = columns.iter().filter(|column| column.grades.len() < 2);
    let left_out: Vec<Value> = left_out
        .map(|column| {
            let reason = if column.answers == 0 { "no answers" } else { "all answers are alike" };
            json!({"item": column.name, "reason": reason})
        })
        .collect();
    json!({
        "model": if model == Model::TwoParameter { "2pl" } else { "grm" },
        "persons": table.rows(),
        "items": items,
        "not_calibrated": left_out,
        "log_likelihood": found.log_likelihood,
        "rounds": found.rounds,
        "converged": found.converged,
    })
}

fn item_shown(model: Model, column: &Column, item: &CalibratedItem) -> Value {
    let thresholds = item.parameters.thresholds();
    let graded = model == Model::Graded;
    let mut shown = json!({
        "item": column.name,
        "answers": item.answers,
        "a": item.parameters.discrimination(),
        "a_se": item.discrimination_error,
        "b": if graded { json!(thresholds) } else { json!(thresholds[0]) },
        "b_se": if graded { json!(item.threshold_errors) } else { json!(item.threshold_errors[0]) },
    });
    if graded {
        shown["grades"] = json!(column.grades);
    }
    shown
}
