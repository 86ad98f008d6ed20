//! `greenroom check --judge`: what each judge makes of answers whose order is known.

mod gauge;
mod table;

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::models::judges_alone;
use crate::wiring::wire;
use greenroom_app::judge_checks::{self, Progress, Trial};
use greenroom_app::{App, AppError, models};
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::ladder::LadderResult;
use greenroom_llm::ModelName;
use greenroom_providers::Judge;
use greenroom_providers::builtin::BuiltinJudge;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::process::ExitCode;

/// The judges after their trial: each model that would be asked, then the built-in scorer.
struct Outcome {
    results: Vec<LadderResult>,
    /// Models that judged nothing, with the reason.
    without_result: Vec<(ModelName, String)>,
}

impl Outcome {
    /// Whether all models passed; the built-in scorer, when there is no model.
    fn passed(&self) -> bool {
        let is_model = |result: &&LadderResult| result.engine.kind == EngineKind::Llm;
        let mut models = self.results.iter().filter(is_model).peekable();
        let models_passed = match models.peek() {
            Some(_) => models.all(LadderResult::passed),
            None => self.results.iter().all(LadderResult::passed),
        };
        self.without_result.is_empty() && models_passed
    }
}

/// Tries every model that would be asked on `questions` of the ladder (all when `None`), and the built-in scorer
/// beside them; stores the results. Exit code 1 when one does not pass.
pub fn check_judge(source: Source, questions: Option<u32>, as_json: bool) -> Result<ExitCode, Failure> {
    let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let questions = questions.map(|count| count as usize);
    let outcome = run(async {
        let app = wire(&config).await?.app;
        try_all(&app, &config, questions).await
    })?;
    if as_json {
        let without = outcome.without_result.iter();
        let without: Vec<Value> =
            without.map(|(model, why)| json!({"model": model, "message": why})).collect();
        let all = json!({"passed": outcome.passed(), "results": outcome.results, "without_result": without});
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        print!("{}", table::table(&outcome.results));
        for (model, why) in &outcome.without_result {
            println!("FAIL  {} {}: {why}", model.provider, model.model);
        }
    }
    Ok(if outcome.passed() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn try_all(app: &App, config: &Config, questions: Option<usize>) -> anyhow::Result<Outcome> {
    let judges = judges_alone(config, &models::line(app).await?)?;
    let samples = config.llm.judge_samples.unwrap_or(1);
    for (model, _) in &judges {
        eprintln!("{}", gauge::measure(&**model, samples, questions).await?);
    }
    let mut outcome = Outcome { results: Vec::new(), without_result: Vec::new() };
    for (model, judge) in judges {
        let name = model.name().clone();
        match trial(app, &judge, EngineKind::Llm, questions, &format!("{}/{}", name.provider, name.model))
            .await
        {
            Ok(result) => outcome.results.push(result),
            Err(error) if error.error == "model_did_not_judge" => {
                outcome.without_result.push((name, error.message))
            }
            Err(error) => return Err(error.into()),
        }
    }
    outcome.results.push(trial(app, &BuiltinJudge, EngineKind::Builtin, questions, "built-in scorer").await?);
    Ok(outcome)
}

async fn trial(
    app: &App,
    judge: &dyn Judge,
    kind: EngineKind,
    questions: Option<usize>,
    name: &str,
) -> Result<LadderResult, AppError> {
    let bar = progress_bar(name);
    let show = |Progress { done, of }| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let result = judge_checks::run(app, Trial { judge, kind, questions }, &show).await;
    bar.finish_and_clear();
    result
}

fn progress_bar(name: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(1);
    let form = "{msg} {bar:24.green/dim} {pos} of {len} answers, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar.with_message(name.to_owned())
}
