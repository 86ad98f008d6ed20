//! Language models from the configuration: who judges, and what leaves this server for it.

use crate::config::Config;
use anyhow::Context;
use greenroom_app::{Outside, Purpose};
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

/// Who judges, and whom that sends words of candidates to.
pub struct Judging {
    /// The judge; the built-in one stands behind every other.
    pub judge: Arc<dyn Judge>,
    /// Models outside of this program.
    pub outside: Vec<Outside>,
}

/// The judge of the configuration: the built-in one when there is no model.
pub fn judging(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Judging> {
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
        .map(|model| -> Arc<dyn LanguageModel> { Arc::new(Metered::new(model, budget.clone(), None)) });
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
    Ok(Judging { judge, outside })
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
    let day = config
        .llm
        .dollars_per_day
        .map(|dollars| micro_dollars(dollars).with_context(|| format!("llm.dollars_per_day is {dollars}")));
    let caps = Caps { day: day.transpose()?, ..Caps::default() };
    let today = move || clock.now().as_datetime().timestamp().div_euclid(SECONDS_PER_DAY);
    Ok(Budget::new(caps, Prices::known(), today))
}
