//! `greenroom check`: configuration and database, in words.

use super::check_judge::check_judge;
use super::check_speech::check_speech;
use super::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::{open_store, wire};
use clap::{Args, value_parser};
use greenroom_app::App;
use greenroom_app::models::{self, Finding, ReadyProvider, TrialPart, Tried};
use greenroom_app::objects::claim;
use greenroom_bus::Redis;
use greenroom_domain::model_provider::ModelProvider;
use greenroom_providers::bank::Bank;
use greenroom_telemetry::causes::in_full;
use std::process::ExitCode;

#[derive(Args)]
pub struct Check {
    /// Try each model that would be asked, and the built-in scorer beside it, on answers whose order is known. Each
    /// answer is a paid call; how many there are is said before the first.
    #[arg(long)]
    judge: bool,
    /// Let every voice that is set up say a sentence, and every recogniser hear it.
    #[arg(long, conflicts_with = "judge")]
    speech: bool,
    /// Questions to try it on, spread over all kinds; all when left out.
    #[arg(long, requires = "judge", value_parser = value_parser!(u32).range(1..))]
    questions: Option<u32>,
    /// Print the figures as JSON.
    #[arg(long, requires = "judge")]
    json: bool,
}

pub fn check(source: Source, given: &Check) -> Result<ExitCode, Failure> {
    if given.judge {
        return check_judge(source, given.questions, given.json);
    }
    if given.speech {
        return check_speech(&source);
    }
    let config = match Config::load(&source) {
        Ok(config) => {
            println!("pass  configuration");
            config
        }
        Err(error) => {
            println!("FAIL  configuration: {error:#}");
            return Ok(ExitCode::from(1));
        }
    };
    let database = run(async {
        let store = open_store(&config).await?;
        store.ping().await?;
        Ok(store.engine())
    });
    let has_database = match database {
        Ok(engine) => {
            println!("pass  database: {engine:?} answers and is up to date");
            true
        }
        Err(failure) => fails("database", &failure),
    };
    let mut passed = has_database & check_redis(&config);
    match Bank::shipped() {
        Ok(bank) => println!("pass  question bank: {} questions", bank.questions().count()),
        Err(error) => {
            passed = false;
            println!("FAIL  question bank: {error}");
        }
    }
    println!("pass  engines: built-in interviewer and scorer; no key is needed");
    if has_database {
        passed &= check_wired(&config);
    } else {
        println!("skip  files and language models: they need the database");
    }
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Says what is wrong with a part. False.
fn fails(part: &str, failure: &Failure) -> bool {
    match failure {
        Failure::Failed(error) => println!("FAIL  {part}: {}", in_full(error.as_ref())),
        Failure::BadInput(message) => println!("FAIL  {part}: {message}"),
    }
    false
}

/// Asks Redis for a sign of life, if there is to be one.
fn check_redis(config: &Config) -> bool {
    let outcome = run(async {
        let Some(redis) = Redis::open(&config.redis)? else {
            return Ok("none is configured; one node needs none".to_owned());
        };
        redis.ping().await?;
        let concern = redis.concern(&config.redis).map(|concern| format!("; the line {concern}"));
        Ok(format!("it answers{}", concern.unwrap_or_default()))
    });
    match outcome {
        Ok(words) => {
            println!("pass  redis: {words}");
            true
        }
        Err(failure) => fails("redis", &failure),
    }
}

/// Puts the program together and tries what it asks others for.
fn check_wired(config: &Config) -> bool {
    let outcome = run(async {
        let app = wire(config).await?.app;
        Ok(check_objects(&app).await & check_models(&app).await)
    });
    outcome.unwrap_or_else(|failure| fails("settings", &failure))
}

/// Asks the storage of files whether it is there and ours.
async fn check_objects(app: &App) -> bool {
    let failure = match claim(app).await {
        Ok(Ok(())) => {
            println!("pass  files: {:?} takes files and gives them back", app.objects().kind());
            return true;
        }
        Ok(Err(error)) => error.into(),
        Err(error) => error.into(),
    };
    fails("files", &Failure::Failed(failure))
}

/// Tries every language model out that would be asked.
async fn check_models(app: &App) -> bool {
    let line = match models::line(app).await {
        Ok(line) => line,
        Err(error) => return fails("language models", &Failure::Failed(error.into())),
    };
    let mut passed = true;
    for one in line {
        for part in TrialPart::ALL {
            let Tried { findings, goes_on } = app.vendors().try_out(&one, part).await;
            passed &= print(&one, &findings);
            if !goes_on {
                break;
            }
        }
    }
    passed
}

/// Whether all went well.
fn print(one: &ReadyProvider, found: &[Finding]) -> bool {
    let ModelProvider { name, model, .. } = &one.provider;
    for Finding { what, passed, words } in found {
        let mark = if *passed { "pass" } else { "FAIL" };
        println!("{mark}  {name} {model}: {what}: {words}");
    }
    found.iter().all(|finding| finding.passed)
}
