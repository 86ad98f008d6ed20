//! Language models from the configuration: who judges and converses, and what leaves this server for it.

use crate::config::Config;
use anyhow::Context;
use greenroom_app::{Engines, Outside, Purpose, SystemClock};
use greenroom_domain::clock::Clock;
use greenroom_llm::{
    Budget, Caps, CircuitOptions, Circuits, Fallback, FallbackOptions, LanguageModel, Metered, Prices,
    Timeouts, connect, micro_dollars,
};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Judge, LlmJudge};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;

const SECONDS_PER_DAY: i64 = 86_400;

/// The engines of the configuration: the built-in ones when there is no model.
pub fn engines(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Engines> {
    let models = models(config)?;
    let outside: Vec<Outside> = models
        .iter()
        .map(|model| Outside {
            provider: model.name().provider.clone(),
            model: model.name().model.clone(),
            purpose: Purpose::Judging,
        })
        .collect();
    let budget = Arc::new(budget(config, clock)?);
    let paid = models
        .into_iter()
        .map(|model| -> Arc<dyn LanguageModel> { Arc::new(Metered::new(model, budget.clone())) });
    let circuits = Circuits::new(CircuitOptions::default());
    let random = StdRng::from_rng(&mut rand::rng());
    let judge: Arc<dyn Judge> =
        match Fallback::new(paid.collect(), FallbackOptions::default(), &circuits, random) {
            Some(line) => {
                let samples = config.llm.judge_samples.unwrap_or(1);
                Arc::new(LlmJudge::new(Arc::new(line)).with_samples(samples))
            }
            None => Arc::new(BuiltinJudge),
        };
    Ok(Engines { judge, conversation: None, outside })
}

/// Each model of the configuration with a judge that asks it and no other, to be tried out. They share one budget.
pub fn judges_alone(config: &Config) -> anyhow::Result<Vec<(Arc<dyn LanguageModel>, LlmJudge)>> {
    let budget = Arc::new(budget(config, Arc::new(SystemClock))?);
    let alone = |model: Arc<dyn LanguageModel>| {
        let paid: Vec<Arc<dyn LanguageModel>> = vec![Arc::new(Metered::new(model.clone(), budget.clone()))];
        let circuits = Circuits::new(CircuitOptions::default());
        let random = StdRng::from_rng(&mut rand::rng());
        let line = Fallback::new(paid, FallbackOptions::default(), &circuits, random)?;
        Some((model, LlmJudge::new(Arc::new(line)).with_samples(config.llm.judge_samples.unwrap_or(1))))
    };
    Ok(models(config)?.into_iter().filter_map(alone).collect())
}

/// The models of the configuration, in the order in which they are asked.
pub fn models(config: &Config) -> anyhow::Result<Vec<Arc<dyn LanguageModel>>> {
    let providers = config.models()?;
    providers
        .iter()
        .map(|provider| {
            connect(provider, Timeouts::default()).with_context(|| format!("llm.providers.{}", provider.name))
        })
        .collect()
}

fn budget(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Budget> {
    let cap = |key: &str, dollars: Option<f64>| {
        let micros = |dollars| micro_dollars(dollars).with_context(|| format!("{key} is {dollars}"));
        dollars.map(micros).transpose()
    };
    let caps = Caps {
        day: cap("llm.dollars_per_day", config.llm.dollars_per_day)?,
        interview: cap("llm.dollars_per_interview", config.llm.dollars_per_interview)?,
        ..Caps::default()
    };
    let today = move || clock.now().as_datetime().timestamp().div_euclid(SECONDS_PER_DAY);
    Ok(Budget::new(caps, Prices::known(), today))
}
