//! Settings of Redis.

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

/// Settings of Redis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// `redis://[USER:PASSWORD@]HOST[:PORT][/DB]`, or `rediss://` for TLS. Needed by several nodes; one node alone
    /// needs none. `REDIS_URL` works as well.
    #[schemars(with = "Option<String>")]
    pub url: Option<SecretString>,
    /// Says that a line without TLS to another machine is on purpose; else the log warns of it at each start. Default
    /// `false`.
    pub allow_plain: bool,
    /// Begins the name of every channel and key, so that several installations can share a Redis. Default `greenroom`.
    pub prefix: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { url: None, allow_plain: false, prefix: "greenroom".to_owned() }
    }
}
