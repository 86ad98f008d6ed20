//! `greenroom bank recalibrate` and `greenroom bank drift`: what stored answers teach of the questions.

use crate::commands::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::wire;
use greenroom_app::calibration::{self, Calibrated, Drifted, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Calibrates now, in this process.
pub fn recalibrate(source: &Source, as_json: bool) -> Result<ExitCode, Failure> {
    let config = load(source)?;
    let bar = bar();
    let shown = bar.clone();
    let found = run(async {
        let app = wire(&config).await?.app;
        Ok(calibration::run(&app, move |progress| show(&shown, progress)).await?)
    });
    bar.finish_and_clear();
    let found = found?;
    if as_json {
        println!("{}", summary(&found));
    } else {
        let Calibrated { interviews, answers, questions, too_few, flagged } = found;
        println!("{interviews} interviews with {answers} answers were looked at.");
        println!("{questions} questions have parameters by their answers; {too_few} have too few answers.");
        println!("{flagged} questions should be looked at: greenroom bank drift");
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what the last calibration found.
pub fn drift(source: &Source, as_json: bool) -> Result<ExitCode, Failure> {
    let config = load(source)?;
    let all = run(async {
        let app = wire(&config).await?.app;
        Ok(calibration::drift(&app).await?)
    })?;
    if as_json {
        println!("{}", Value::Array(all.iter().map(row).collect()));
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        println!("No question has enough answers yet, or none were calibrated: greenroom bank recalibrate");
    }
    for one in &all {
        let Drifted { found, .. } = one;
        println!(
            "{} {}: {} {:+.2}, by {} answers {:+.2} (± {:.2})",
            if found.flagged { "LOOK" } else { "    " },
            found.question_id,
            level(one),
            found.authored,
            found.estimate.answers,
            found.difficulty,
            found.difficulty_error,
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn load(source: &Source) -> Result<Config, Failure> {
    Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:40} {percent} %");
    ProgressBar::new(100).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show(bar: &ProgressBar, progress: Progress) {
    match progress {
        Progress::Reading { interviews } => bar.set_message(format!("{interviews} interviews read")),
        Progress::Estimating { share } => {
            bar.set_message("calibrating");
            bar.set_position((share * 100.0) as u64);
        }
    }
}

fn summary(found: &Calibrated) -> Value {
    json!({
        "interviews": found.interviews, "answers": found.answers, "questions": found.questions,
        "too_few": found.too_few, "flagged": found.flagged,
    })
}

fn row(one: &Drifted) -> Value {
    let found = &one.found;
    json!({
        "question": found.question_id, "level": found.level, "authored": found.authored,
        "difficulty": found.difficulty, "standard_error": found.difficulty_error,
        "discrimination": found.estimate.discrimination, "answers": found.estimate.answers,
        "flagged": found.flagged, "calibrated_at": found.at, "text": one.text,
    })
}

fn level(one: &Drifted) -> String {
    let name = serde_json::to_value(one.found.level).ok();
    name.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
}
