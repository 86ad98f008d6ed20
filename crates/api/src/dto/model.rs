use greenroom_app::models::{
    Entry, Finding, KeyChange, KeyState, KnownProvider, Overview, ProviderInput, Source, Spending, Standing,
    TrialInput, TrialPart, Tried,
};
use greenroom_domain::model_provider::{ModelJson, ModelProtocol, ModelProvider};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// Language models as they are set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelsBody {
    /// Whether language models are asked at all (`llm.enabled`).
    asked: bool,
    /// In the order in which they are asked. The built-in engines stand behind the last.
    items: Vec<ModelBody>,
    /// Providers that are known by name, to add.
    known: Vec<KnownModelBody>,
    spending: SpendingBody,
}

/// A provider of a language model.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelBody {
    name: String,
    protocol: ModelProtocol,
    /// Its address, up to and without `/chat/completions` or `/messages`.
    base_url: String,
    /// The model as its vendor names it.
    model: String,
    /// Longest request and reply together, tokens; null when it is not known.
    context: Option<u32>,
    json: ModelJson,
    enabled: bool,
    source: ModelSource,
    standing: ModelStanding,
    key: ModelKey,
    /// Last four characters of a key that is longer than twelve.
    key_ending: Option<String>,
}

/// Where a provider was entered.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelSource {
    /// Here: it can be changed here.
    Database,
    /// In the environment or `greenroom.toml`: it can be changed there only.
    Configuration,
}

/// Whether a provider is asked.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelStanding {
    /// It is.
    Asked,
    /// It is switched off.
    Off,
    /// Its key cannot be opened with the secret of this server, and has to be entered again.
    KeyUnreadable,
    /// One of the same name that was entered here takes its place.
    Replaced,
}

/// What is told of a key.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelKey {
    /// None is set.
    Missing,
    /// One is set.
    Set,
    /// One is set and cannot be opened.
    Unreadable,
}

/// A provider that is known by name, to begin with.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownModelBody {
    name: String,
    /// What people call it.
    label: String,
    protocol: ModelProtocol,
    base_url: String,
    needs_key: bool,
    /// A model that does for interviews; null where it is whatever its operator runs.
    model: Option<String>,
    context: Option<u32>,
    json: ModelJson,
}

/// What may be spent and what was, micro-dollars.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpendingBody {
    /// Spent today (UTC), by all nodes.
    today_micros: u64,
    /// Calls of today whose price is not known: `today_micros` does not hold them.
    unpriced_calls: u64,
    /// Cap for one day; null is no cap.
    day_cap_micros: Option<u64>,
    /// Cap for one interview; null is no cap.
    interview_cap_micros: Option<u64>,
}

/// Settings of a provider.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ModelSettingsBody {
    protocol: ModelProtocol,
    #[schema(max_length = 300)]
    base_url: String,
    #[schema(min_length = 1, max_length = 200)]
    model: String,
    #[schema(minimum = 1024, maximum = 10_000_000)]
    context: Option<u32>,
    json: ModelJson,
    /// Whether it is asked; default true.
    enabled: Option<bool>,
    /// A new key. Left out, the key stays; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000)]
    api_key: Option<Option<SecretString>>,
}

/// A new provider.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewModelBody {
    #[schema(pattern = "^[a-z0-9][a-z0-9_-]{0,39}$")]
    name: String,
    settings: ModelSettingsBody,
}

/// An order.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ModelOrderBody {
    /// The names of all providers that were entered here.
    #[schema(max_items = 20)]
    pub(crate) names: Vec<String>,
}

/// Which provider to try, and which part of the trial.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ModelTestBody {
    #[schema(pattern = "^[a-z0-9][a-z0-9_-]{0,39}$")]
    name: String,
    part: ModelTestPart,
    /// Settings that are not saved; left out, those that are. Without a key, the saved one of this name at this
    /// address is used.
    settings: Option<ModelSettingsBody>,
}

/// A part of the trial. Ask for them in this order.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelTestPart {
    /// Is it there, does it take the key, and how soon do its first words come? 25 s at most.
    Answer,
    /// Does it keep a reply to JSON? 10 s at most.
    Json,
    /// Does it read a whole resume with a posting and half an interview? 25 s at most.
    Resume,
    /// What does an interview cost? Asks nobody.
    Cost,
}

/// What one part of the trial showed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelTestedBody {
    findings: Vec<FindingBody>,
    /// Whether further parts are worth trying.
    goes_on: bool,
}

/// One thing that was seen.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingBody {
    /// What was tried, in a word or two.
    what: String,
    passed: bool,
    /// What was seen, and what to do if it went wrong.
    words: String,
}

/// Tells a field that is null from one that is left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<SecretString>>, D::Error> {
    Option::<SecretString>::deserialize(deserializer).map(Some)
}

impl ModelSettingsBody {
    /// As entered for the provider of this name.
    pub(crate) fn of(self, name: String) -> ProviderInput {
        ProviderInput {
            name,
            protocol: self.protocol,
            base_url: self.base_url,
            model: self.model,
            context: self.context,
            json: self.json,
            enabled: self.enabled.unwrap_or(true),
            key: match self.api_key {
                None => KeyChange::Keep,
                Some(None) => KeyChange::Remove,
                Some(Some(key)) => KeyChange::Set(key),
            },
        }
    }
}

impl From<NewModelBody> for ProviderInput {
    fn from(body: NewModelBody) -> Self {
        body.settings.of(body.name)
    }
}

impl From<ModelTestBody> for (TrialInput, TrialPart) {
    fn from(body: ModelTestBody) -> Self {
        let part = match body.part {
            ModelTestPart::Answer => TrialPart::Answer,
            ModelTestPart::Json => TrialPart::Json,
            ModelTestPart::Resume => TrialPart::Resume,
            ModelTestPart::Cost => TrialPart::Cost,
        };
        let input = match body.settings {
            None => TrialInput::Saved(body.name),
            Some(settings) => TrialInput::Entered(settings.of(body.name)),
        };
        (input, part)
    }
}

impl From<Overview> for ModelsBody {
    fn from(overview: Overview) -> Self {
        Self {
            asked: overview.asked,
            items: overview.providers.into_iter().map(ModelBody::from).collect(),
            known: overview.known.into_iter().map(KnownModelBody::from).collect(),
            spending: overview.spending.into(),
        }
    }
}

impl From<Entry> for ModelBody {
    fn from(entry: Entry) -> Self {
        let ModelProvider { name, protocol, base_url, model, context, json } = entry.provider;
        let (key, key_ending) = match entry.key {
            KeyState::Missing => (ModelKey::Missing, None),
            KeyState::Set(ending) => (ModelKey::Set, ending),
            KeyState::Unreadable => (ModelKey::Unreadable, None),
        };
        let source = match entry.source {
            Source::Database => ModelSource::Database,
            Source::Configuration => ModelSource::Configuration,
        };
        let standing = match entry.standing {
            Standing::Asked => ModelStanding::Asked,
            Standing::Off => ModelStanding::Off,
            Standing::KeyUnreadable => ModelStanding::KeyUnreadable,
            Standing::Replaced => ModelStanding::Replaced,
        };
        let enabled = entry.enabled;
        Self { name, protocol, base_url, model, context, json, enabled, source, standing, key, key_ending }
    }
}

impl From<KnownProvider> for KnownModelBody {
    fn from(known: KnownProvider) -> Self {
        let KnownProvider { name, label, protocol, base_url, needs_key, model, context, json } = known;
        Self { name, label, protocol, base_url, needs_key, model, context, json }
    }
}

impl From<Spending> for SpendingBody {
    fn from(spending: Spending) -> Self {
        Self {
            today_micros: spending.today,
            unpriced_calls: spending.unpriced_calls,
            day_cap_micros: spending.day_cap,
            interview_cap_micros: spending.interview_cap,
        }
    }
}

impl From<Tried> for ModelTestedBody {
    fn from(tried: Tried) -> Self {
        let findings = tried.findings.into_iter().map(|Finding { what, passed, words }| FindingBody {
            what,
            passed,
            words,
        });
        Self { findings: findings.collect(), goes_on: tried.goes_on }
    }
}
