//! Vendors of language models that are not there.

use async_trait::async_trait;
use greenroom_app::models::{Finding, KnownProvider, ReadyProvider, Spending, TrialPart, Tried, Vendors};
use greenroom_app::{Engines, Outside, Task};
use greenroom_domain::ids::SessionId;
use greenroom_domain::model_provider::{ModelJson, ModelProtocol, ModelProvider};
use greenroom_domain::spending::DaySpending;
use greenroom_providers::Judge;
use greenroom_providers::builtin::BuiltinJudge;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

/// The key that they accept.
const RIGHT_KEY: &str = "sk-the-right-key";

/// One provider stands in the configuration, `configured`. The engines are the built-in ones and name who would be
/// asked; a trial passes with the key `sk-the-right-key`.
pub(crate) struct PlayedVendors;

#[async_trait]
impl Vendors for PlayedVendors {
    fn known(&self) -> Vec<KnownProvider> {
        vec![KnownProvider {
            name: "openai".to_owned(),
            label: "OpenAI".to_owned(),
            protocol: ModelProtocol::Openai,
            base_url: "https://api.openai.com/v1".to_owned(),
            needs_key: true,
            model: Some("gpt-4.1-mini".to_owned()),
            context: Some(1_047_576),
            json: ModelJson::Schema,
        }]
    }

    fn configured(&self) -> Vec<ReadyProvider> {
        let provider = ModelProvider {
            name: "configured".to_owned(),
            protocol: ModelProtocol::Openai,
            base_url: "http://127.0.0.1:1/v1".to_owned(),
            model: "m".to_owned(),
            context: None,
            json: ModelJson::Prompt,
        };
        vec![ReadyProvider { provider, key: Some(SecretString::from("a key of the environment")) }]
    }

    fn are_asked(&self) -> bool {
        true
    }

    fn remember(&self, _: SessionId, _: u64) {}

    fn unstored_spending(&self) -> Vec<DaySpending> {
        Vec::new()
    }

    fn learn_spending(&self, _: &[DaySpending], _: i64, _: &[DaySpending]) {}

    fn spending(&self) -> Spending {
        Spending { today: 1_234, unpriced_calls: 2, day_cap: Some(5_000_000), interview_cap: None }
    }

    fn engines(&self, line: &[ReadyProvider]) -> Engines {
        let outside = line.iter().map(|one| Outside {
            provider: one.provider.name.clone(),
            model: one.provider.model.clone(),
            purpose: Task::Judging,
            needs_consent: false,
        });
        Engines {
            judge: Arc::new(BuiltinJudge),
            conversation: None,
            outside: outside.collect(),
            at_home: None,
        }
    }

    fn judge(&self, _: &ReadyProvider) -> Option<Arc<dyn Judge>> {
        Some(Arc::new(BuiltinJudge))
    }

    async fn try_out(&self, one: &ReadyProvider, part: TrialPart) -> Tried {
        let passed = one.key.as_ref().is_some_and(|key| key.expose_secret() == RIGHT_KEY);
        let words = format!("{part:?} of {}", one.provider.model);
        Tried { findings: vec![Finding { what: "Key".to_owned(), passed, words }], goes_on: passed }
    }
}
