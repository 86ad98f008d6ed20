//! Settings of the use cases.

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

/// Accounts and tokens.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AccountOptions {
    /// Key that signs access tokens, at least 32 characters. Default: made at the first start and kept in
    /// the data directory.
    #[schemars(with = "Option<String>")]
    pub token_key: Option<SecretString>,
    /// Life of an access token, seconds, 60..=86400, default 1800.
    pub access_token_seconds: u32,
    /// How long somebody who does not come back stays signed in (life of a refresh token), days, 1..=365, default 30.
    pub refresh_token_days: u32,
    /// How long a sign-in lasts at most, however often it is renewed, days, 1..=365, default 30.
    pub sign_in_max_days: u32,
    /// How long after its use a refresh token gets the same successor once more, seconds, 0..=60, default 10: for two
    /// tabs that renew at once. Later, a second use ends the sign-in.
    pub refresh_grace_seconds: u32,
    /// How far the clocks of nodes may be apart, seconds, 0..=300, default 30.
    pub clock_skew_seconds: u32,
    /// How long a guest and their data are kept, hours, 1..=720, default 24.
    pub guest_hours: u32,
}

impl Default for AccountOptions {
    fn default() -> Self {
        Self {
            token_key: None,
            access_token_seconds: 1800,
            refresh_token_days: 30,
            sign_in_max_days: 30,
            refresh_grace_seconds: 10,
            clock_skew_seconds: 30,
            guest_hours: 24,
        }
    }
}

/// What is encrypted at rest.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SecretOptions {
    /// Master key, at least 32 characters: it encrypts the keys that what people say is encrypted with, and those of
    /// model providers. Default: made at the first start and kept in the data directory. Nodes that share a database
    /// need the same one.
    #[schemars(with = "Option<String>")]
    pub key: Option<SecretString>,
    /// Older master keys, which still open what they encrypted. Default: none.
    #[schemars(with = "Vec<String>")]
    pub old_keys: Vec<SecretString>,
}

/// Interviews.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InterviewOptions {
    /// Hours without a sign of the candidate after which an interview counts as abandoned, 1..=720, default 72.
    pub abandon_after_hours: u32,
    /// Memory for the states of interviews, MiB, 8..=65536, default 16: those used last. One that has just begun takes
    /// about 10 KiB, each judged answer 4 KiB more, a spoken one 12 KiB; what does not fit is read from its log again.
    pub states_mib: u32,
}

impl Default for InterviewOptions {
    fn default() -> Self {
        Self { abandon_after_hours: 72, states_mib: 16 }
    }
}

/// How long what is kept. Each as the privacy page says it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RetentionOptions {
    /// Days after it was brought until a resume is deleted, 1..=36500, default 365.
    pub resumes_days: u32,
    /// Days after it was made until a set-up with its job description is deleted, 1..=36500, default 730.
    pub set_ups_days: u32,
    /// Days after something last happened in it until an interview is deleted, with its answers, judgements and
    /// feedback; also judgements outside of interviews. 1..=36500, default 730.
    pub interviews_days: u32,
    /// Days after it was made until the recording of a spoken interview is deleted, if the interview is there for so
    /// long, 1..=36500, default 90.
    pub recordings_days: u32,
    /// Days until background work that was given up is forgotten, 1..=36500, default 90.
    pub given_up_days: u32,
    /// Days for which it is remembered what language models cost, by day and provider, 31..=36500, default 400.
    pub costs_days: u32,
    /// Days for which it is remembered, by ids alone, who and what was erased, 30..=36500, default 400. Longer than any
    /// copy of the database is kept.
    pub erasures_days: u32,
    /// Days until an entry of the audit log is deleted, 30..=36500, default 730.
    pub audit_days: u32,
}

impl Default for RetentionOptions {
    fn default() -> Self {
        Self {
            resumes_days: 365,
            set_ups_days: 730,
            interviews_days: 730,
            recordings_days: 90,
            given_up_days: 90,
            costs_days: 400,
            erasures_days: 400,
            audit_days: 730,
        }
    }
}

/// Resume uploads.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResumeOptions {
    /// Largest file, bytes, 10000..=52428800, default 10485760.
    pub max_bytes: usize,
    /// Files read at the same time, 1..=64, default 2. Each runs in a process of its own.
    pub parallel: usize,
}

impl Default for ResumeOptions {
    fn default() -> Self {
        Self { max_bytes: 10 * 1024 * 1024, parallel: 2 }
    }
}
