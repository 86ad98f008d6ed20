//! Configuration: defaults < `greenroom.toml` < `GREENROOM__SECTION__KEY` < flags.

mod errors;

use anyhow::Context;
use errors::{place, readable};
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use greenroom_app::{AccountOptions, InterviewOptions, ResumeOptions, SecretOptions};
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// All settings.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the database and keys are kept. Default: `data`.
    pub data_dir: Option<PathBuf>,
    /// The web server.
    pub server: greenroom_api::Options,
    /// The database.
    pub database: greenroom_store::Options,
    /// Files: resumes as they were uploaded, recordings.
    pub objects: greenroom_objects::Options,
    /// Redis; one node alone needs none.
    pub redis: greenroom_bus::Options,
    /// Accounts and tokens.
    pub accounts: AccountOptions,
    /// What is encrypted at rest.
    pub secrets: SecretOptions,
    /// Providers that people may sign in with, a section each: `[oauth.google]`, `[oauth.github]`, any other issuer.
    pub oauth: BTreeMap<String, greenroom_identity::ProviderOptions>,
    /// Interviews.
    pub interviews: InterviewOptions,
    /// How long what is kept.
    pub retention: greenroom_app::RetentionOptions,
    /// Resume uploads.
    pub resumes: ResumeOptions,
    /// What the program writes about itself.
    pub logs: crate::logs::LogOptions,
    /// Language models; none is needed.
    pub llm: greenroom_llm::Options,
    /// Recognisers and voices for spoken interviews; none is needed.
    pub speech: greenroom_speech::Options,
    /// Lines and turns of spoken interviews.
    pub voice: greenroom_live::voice::VoiceOptions,
}

/// Where settings come from, besides the environment.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The file; `greenroom.toml` when it is not named.
    pub file: Option<PathBuf>,
    /// The flag `--data-dir`.
    pub data_dir: Option<PathBuf>,
}

impl Config {
    /// Reads all sources. An unknown key is an error that names its source.
    pub fn load(source: &Source) -> anyhow::Result<Self> {
        let mut figment = Figment::new();
        figment = match &source.file {
            // A file that was named must be there.
            Some(file) => figment.merge(Toml::file_exact(file)),
            None => figment.merge(Toml::file("greenroom.toml")),
        };
        figment = figment.merge(Env::prefixed("GREENROOM__").split("__"));
        let mut config: Self = figment.extract().map_err(readable)?;
        if let Ok(url) = std::env::var("DATABASE_URL")
            && config.database.url.is_none()
        {
            config.database.url = Some(SecretString::from(url));
        }
        if let Ok(url) = std::env::var("REDIS_URL")
            && config.redis.url.is_none()
        {
            config.redis.url = Some(SecretString::from(url));
        }
        if let Some(dir) = &source.data_dir {
            config.data_dir = Some(dir.clone());
        }
        let models = config.data_dir().join("models");
        config.speech.models_dir.get_or_insert(models);
        config.validate(|key| place(&figment, key))?;
        Ok(config)
    }

    /// Language models to ask, in order; empty when there is no key, and then none is needed.
    pub fn models(&self) -> anyhow::Result<Vec<greenroom_llm::Provider>> {
        Ok(self.llm.providers(|name| std::env::var(name).ok())?)
    }

    /// The data directory.
    pub fn data_dir(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(|| PathBuf::from("data"))
    }

    /// Where files lie when no other storage is configured.
    pub fn objects_dir(&self) -> PathBuf {
        self.data_dir().join("objects")
    }

    /// Where the sound of lines lies until it is put into the storage of files.
    pub fn spool_dir(&self) -> PathBuf {
        self.data_dir().join("spool")
    }

    /// The same settings with another address.
    pub fn listening(mut self, listen: Option<SocketAddr>) -> Self {
        if let Some(listen) = listen {
            self.server.listen = listen;
        }
        self
    }

    /// `place` says where a setting was set.
    fn validate(&self, place: impl Fn(&str) -> String) -> anyhow::Result<()> {
        let ranges: [(&str, u64, u64, u64); 23] = [
            ("server.request_timeout_seconds", self.server.request_timeout_seconds, 1, 3_600),
            ("server.max_body_bytes", self.server.max_body_bytes as u64, 10_000, 52_428_800),
            ("server.max_connections", self.server.max_connections as u64, 16, 1_000_000),
            ("server.header_timeout_seconds", self.server.header_timeout_seconds, 1, 3_600),
            ("database.max_connections", self.database.max_connections.into(), 1, 200),
            ("database.acquire_timeout_ms", self.database.acquire_timeout_ms, 100, 60_000),
            ("accounts.access_token_seconds", self.accounts.access_token_seconds.into(), 60, 86_400),
            ("accounts.refresh_token_days", self.accounts.refresh_token_days.into(), 1, 365),
            ("accounts.sign_in_max_days", self.accounts.sign_in_max_days.into(), 1, 365),
            ("accounts.refresh_grace_seconds", self.accounts.refresh_grace_seconds.into(), 0, 60),
            ("accounts.clock_skew_seconds", self.accounts.clock_skew_seconds.into(), 0, 300),
            ("accounts.guest_hours", self.accounts.guest_hours.into(), 1, 720),
            ("interviews.abandon_after_hours", self.interviews.abandon_after_hours.into(), 1, 720),
            ("interviews.states_mib", self.interviews.states_mib.into(), 8, 65_536),
            ("retention.resumes_days", self.retention.resumes_days.into(), 1, 36_500),
            ("retention.set_ups_days", self.retention.set_ups_days.into(), 1, 36_500),
            ("retention.interviews_days", self.retention.interviews_days.into(), 1, 36_500),
            ("retention.recordings_days", self.retention.recordings_days.into(), 1, 36_500),
            ("retention.given_up_days", self.retention.given_up_days.into(), 1, 36_500),
            ("retention.costs_days", self.retention.costs_days.into(), 31, 36_500),
            ("retention.erasures_days", self.retention.erasures_days.into(), 30, 36_500),
            ("retention.audit_days", self.retention.audit_days.into(), 30, 36_500),
            ("resumes.max_bytes", self.resumes.max_bytes as u64, 10_000, 52_428_800),
        ];
        if let Err(wrong) = self.objects.check() {
            anyhow::bail!("{}{wrong}", place(&format!("objects.{}", wrong.key)));
        }
        let samples = self.llm.judge_samples.unwrap_or(1);
        anyhow::ensure!(
            (1..=5).contains(&samples),
            "{}llm.judge_samples is {samples}; it must be 1 to 5",
            place("llm.judge_samples")
        );
        let caps = [
            ("llm.dollars_per_day", self.llm.dollars_per_day),
            ("llm.dollars_per_interview", self.llm.dollars_per_interview),
        ];
        for (key, dollars) in caps {
            anyhow::ensure!(
                dollars.is_none_or(|dollars| dollars.is_finite() && dollars >= 0.0),
                "{}{key} must not be negative",
                place(key)
            );
        }
        let limits = self.server.limits.ranges();
        let ranges = ranges.map(|(key, value, low, high)| (key.to_owned(), value, low, high));
        for (key, value, low, high) in ranges.into_iter().chain(limits).chain(self.voice.ranges()) {
            anyhow::ensure!(
                (low..=high).contains(&value),
                "{}{key} is {value}; it must be {low} to {high}",
                place(&key)
            );
        }
        Ok(())
    }
}

/// The URL of the database: as configured, else a file in the data directory, which is made.
pub fn database_url(config: &Config) -> anyhow::Result<String> {
    use secrecy::ExposeSecret;
    if let Some(url) = &config.database.url {
        return Ok(url.expose_secret().to_owned());
    }
    let dir = config.data_dir();
    make_private(&dir)?;
    Ok(format!("sqlite://{}", dir.join("greenroom.db").display()))
}

/// Makes the data directory, for nobody else to look into. One that is there stays as it is.
pub fn make_private(dir: &Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).with_context(|| format!("the data directory {} cannot be made", dir.display()))
}
