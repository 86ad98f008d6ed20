//! Language models: who judges and converses, what leaves this server for it, and what it may cost.

mod vendors;

use crate::config::Config;
use anyhow::Context;
use greenroom_app::models::ReadyProvider;
use greenroom_app::{Engines, Outside, SystemClock, Task};
use greenroom_domain::clock::Clock;
use greenroom_llm::{
    Budget, Cached, Caps, CircuitOptions, Circuits, Fallback, FallbackOptions, LanguageModel, Metered,
    Prices, Provider, Timeouts, connect, is_at_home, micro_dollars,
};
use greenroom_providers::bank::{Bank, Shelf};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Conversation, Judge, LlmInterviewer, LlmJudge, TurnOptions};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::time::Duration;

/// A candidate waits for the reply: little time for each, and the built-in interviewer after them.
const TURN: FallbackOptions = FallbackOptions {
    attempts: 2,
    backoff_base: Duration::from_millis(150),
    backoff_cap: Duration::from_secs(1),
    first_token: Duration::from_millis(3_500),
    deadline: Duration::from_secs(8),
};

/// Settings of language models with the books of this process: engines come and go, what was spent stays.
pub struct Models {
    options: greenroom_llm::Options,
    configured: Vec<Provider>,
    budget: Arc<Budget>,
    bank: Shelf,
}

impl Models {
    /// Those of the configuration.
    pub fn new(config: &Config, clock: Arc<dyn Clock>, bank: Shelf) -> anyhow::Result<Self> {
        let configured = config.models()?;
        Ok(Self { options: config.llm.clone(), configured, budget: Arc::new(budget(config, clock)?), bank })
    }

    /// Those of the configuration, in their order.
    pub fn configured(&self) -> &[Provider] {
        &self.configured
    }

    /// Engines that ask these providers in this order; the built-in ones stand behind them, and alone when there is
    /// none. For people who have not agreed, only those at home are asked.
    pub fn engines(&self, providers: &[Provider]) -> Engines {
        let home: Vec<Provider> = providers.iter().filter(|one| !self.needs_consent(one)).cloned().collect();
        let engines = self.engines_of(providers);
        if home.len() == providers.len() {
            return engines;
        }
        Engines { at_home: Some(Arc::new(self.engines_of(&home))), ..engines }
    }

    fn needs_consent(&self, provider: &Provider) -> bool {
        self.options.ask_consent_at_home || !is_at_home(&provider.base_url)
    }

    fn engines_of(&self, providers: &[Provider]) -> Engines {
        let models = connected(providers);
        let calm = Circuits::new(CircuitOptions::default());
        // A model that is too slow for a turn may still plan and judge: its failures are counted apart.
        let hurried = Circuits::new(CircuitOptions::default());
        let line = self.line(models.clone(), FallbackOptions::default(), &calm).map(Arc::new);
        let judge: Arc<dyn Judge> = match line.clone() {
            Some(line) => Arc::new(self.judge(Arc::new(Cached::new(line)))),
            None => Arc::new(BuiltinJudge),
        };
        let talks = self.options.interviews != Some(false);
        let talking = if talks { self.line(models.clone(), TURN, &hurried).zip(line) } else { None };
        let conversation = talking.map(|(turns, plans)| -> Arc<dyn Conversation> {
            let interviewer = LlmInterviewer::new(Arc::new(turns), self.bank.clone(), TurnOptions::default());
            Arc::new(interviewer.planning_with(plans))
        });
        let purposes = [Task::Interviewing, Task::Judging]
            .into_iter()
            .filter(|purpose| talks || *purpose == Task::Judging);
        let asks = |model: &dyn LanguageModel| {
            let provider = providers.iter().find(|provider| provider.name == model.name().provider);
            provider.is_none_or(|provider| self.needs_consent(provider))
        };
        let named = |purpose| models.iter().map(move |model| outside(&**model, purpose, asks(&**model)));
        Engines { judge, conversation, outside: purposes.flat_map(named).collect(), at_home: None }
    }

    /// A judge that asks `model` and no other.
    pub fn judge_alone(&self, model: Arc<dyn LanguageModel>) -> Option<LlmJudge> {
        let circuits = Circuits::new(CircuitOptions::default());
        Some(self.judge(Arc::new(self.line(vec![model], FallbackOptions::default(), &circuits)?)))
    }

    fn judge(&self, line: Arc<dyn LanguageModel>) -> LlmJudge {
        LlmJudge::new(line)
            .with_samples(self.options.judge_samples.unwrap_or(1))
            .with_schools_redacted(self.options.redact_schools)
    }

    /// Each call is paid for by the one budget.
    fn line(
        &self,
        models: Vec<Arc<dyn LanguageModel>>,
        options: FallbackOptions,
        circuits: &Circuits,
    ) -> Option<Fallback> {
        let paid = models
            .into_iter()
            .map(|model| -> Arc<dyn LanguageModel> { Arc::new(Metered::new(model, self.budget.clone())) });
        let random = StdRng::from_rng(&mut rand::rng());
        Fallback::new(paid.collect(), options, circuits, random)
    }
}

/// Each of these models with a judge that asks it and no other, to be tried out. They share one budget.
pub fn judges_alone(
    config: &Config,
    line: &[ReadyProvider],
) -> anyhow::Result<Vec<(Arc<dyn LanguageModel>, LlmJudge)>> {
    let bank = Bank::shipped().context("the question bank cannot be read")?;
    let models = Models::new(config, Arc::new(SystemClock), bank.into())?;
    let providers: Vec<Provider> = line.iter().map(vendors::provider).collect();
    let alone = |model: Arc<dyn LanguageModel>| Some((model.clone(), models.judge_alone(model)?));
    Ok(connected(&providers).into_iter().filter_map(alone).collect())
}

/// The models that can be connected to. On a machine without certificates, those behind `https` cannot.
fn connected(providers: &[Provider]) -> Vec<Arc<dyn LanguageModel>> {
    let connect = |provider: &Provider| match connect(provider, Timeouts::default()) {
        Ok(model) => Some(model),
        Err(error) => {
            tracing::error!(provider.name = %provider.name, %error, "a model provider is left out");
            None
        }
    };
    providers.iter().filter_map(connect).collect()
}

fn outside(model: &dyn LanguageModel, purpose: Task, needs_consent: bool) -> Outside {
    let name = model.name();
    Outside { provider: name.provider.clone(), model: name.model.clone(), purpose, needs_consent }
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
    let today = move || clock.now().day();
    Ok(Budget::new(caps, Prices::known(), today))
}
