//! What the use cases need of whoever talks to vendors, and the words of both sides.

use super::Models;
use async_trait::async_trait;
use greenroom_app::Engines;
use greenroom_app::models::{Finding, KnownProvider, ReadyProvider, Spending, TrialPart, Tried, Vendors};
use greenroom_domain::ids::SessionId;
use greenroom_domain::model_provider::{ModelJson, ModelProtocol, ModelProvider};
use greenroom_domain::spending::DaySpending;
use greenroom_llm::{
    JsonSupport, ModelName, Probe, Protocol, Provider, Spent, Timeouts, Trial, connect, cost_of_interview,
    is_answered, known_providers,
};
use greenroom_providers::Judge;
use std::sync::Arc;

#[async_trait]
impl Vendors for Models {
    fn known(&self) -> Vec<KnownProvider> {
        let known = known_providers().into_iter().map(|(name, known)| KnownProvider {
            name,
            label: known.label,
            protocol: entered_protocol(known.protocol),
            base_url: known.base_url,
            needs_key: known.key.is_some(),
            model: known.model,
            context: known.context,
            json: entered_json(known.json),
        });
        known.collect()
    }

    fn configured(&self) -> Vec<ReadyProvider> {
        self.configured.iter().map(ready).collect()
    }

    fn are_asked(&self) -> bool {
        self.options.enabled != Some(false)
    }

    fn remember(&self, interview: SessionId, micros: u64) {
        self.budget.remember(&interview.to_string(), micros);
    }

    fn unstored_spending(&self) -> Vec<DaySpending> {
        let sums = self.budget.unstored().into_iter();
        sums.map(|(day, provider, Spent { micros, unpriced_calls })| DaySpending {
            day,
            provider,
            micros,
            unpriced_calls,
        })
        .collect()
    }

    fn learn_spending(&self, stored: &[DaySpending], day: i64, by_all: &[DaySpending]) {
        let sum = |one: &DaySpending| Spent { micros: one.micros, unpriced_calls: one.unpriced_calls };
        let stored: Vec<_> = stored.iter().map(|one| (one.day, one.provider.clone(), sum(one))).collect();
        self.budget.stored(&stored);
        let of_day = by_all.iter().filter(|one| one.day == day);
        let all = of_day.fold(Spent::default(), |all, one| Spent {
            micros: all.micros.saturating_add(one.micros),
            unpriced_calls: all.unpriced_calls.saturating_add(one.unpriced_calls),
        });
        self.budget.learn(day, all);
    }

    fn spending(&self) -> Spending {
        let (spent, caps) = (self.budget.spent_today(), self.budget.caps());
        Spending {
            today: spent.micros,
            unpriced_calls: spent.unpriced_calls,
            day_cap: caps.day,
            interview_cap: caps.interview,
        }
    }

    fn engines(&self, line: &[ReadyProvider]) -> Engines {
        let providers: Vec<Provider> = line.iter().map(provider).collect();
        Models::engines(self, &providers)
    }

    fn judge(&self, one: &ReadyProvider) -> Option<Arc<dyn Judge>> {
        let model = connect(&provider(one), Timeouts::default()).ok()?;
        Some(Arc::new(self.judge_alone(model)?))
    }

    async fn try_out(&self, one: &ReadyProvider, part: TrialPart) -> Tried {
        let found = match part {
            TrialPart::Answer => probed(one, Trial::Answer).await,
            TrialPart::Json => probed(one, Trial::Json).await,
            TrialPart::Resume => probed(one, Trial::Resume).await,
            TrialPart::Cost => {
                let ModelProvider { name, model, .. } = one.provider.clone();
                vec![cost_of_interview(&self.budget, &ModelName { provider: name, model })]
            }
        };
        let goes_on = part != TrialPart::Answer || is_answered(&found);
        Tried { findings: found.into_iter().map(finding).collect(), goes_on }
    }
}

async fn probed(one: &ReadyProvider, trial: Trial) -> Vec<greenroom_llm::Finding> {
    match connect(&provider(one), Timeouts::default()) {
        Ok(model) => Probe { model: &*model, keyed: one.key.is_some() }.part(trial).await,
        Err(error) => {
            let words = format!("{}. Install the certificates of this machine's system.", error.message);
            vec![greenroom_llm::Finding { what: "Reachable", passed: false, words }]
        }
    }
}

fn finding(found: greenroom_llm::Finding) -> Finding {
    Finding { what: found.what.to_owned(), passed: found.passed, words: found.words }
}

fn ready(provider: &Provider) -> ReadyProvider {
    let settings = ModelProvider {
        name: provider.name.clone(),
        protocol: entered_protocol(provider.protocol),
        base_url: provider.base_url.clone(),
        model: provider.model.clone(),
        context: provider.context,
        json: entered_json(provider.json),
    };
    ReadyProvider { provider: settings, key: provider.api_key.clone() }
}

/// The provider as it is connected to.
pub(super) fn provider(one: &ReadyProvider) -> Provider {
    let ModelProvider { name, protocol, base_url, model, context, json } = one.provider.clone();
    let protocol = match protocol {
        ModelProtocol::Openai => Protocol::Openai,
        ModelProtocol::Anthropic => Protocol::Anthropic,
    };
    let json = match json {
        ModelJson::Schema => JsonSupport::Schema,
        ModelJson::Object => JsonSupport::Object,
        ModelJson::Tool => JsonSupport::Tool,
        ModelJson::Prompt => JsonSupport::Prompt,
    };
    Provider { name, protocol, base_url, api_key: one.key.clone(), model, context, json }
}

fn entered_protocol(protocol: Protocol) -> ModelProtocol {
    match protocol {
        Protocol::Openai => ModelProtocol::Openai,
        Protocol::Anthropic => ModelProtocol::Anthropic,
    }
}

fn entered_json(json: JsonSupport) -> ModelJson {
    match json {
        JsonSupport::Schema => ModelJson::Schema,
        JsonSupport::Object => ModelJson::Object,
        JsonSupport::Tool => ModelJson::Tool,
        JsonSupport::Prompt => ModelJson::Prompt,
    }
}
