//! Settings of the limits.

use schemars::JsonSchema;
use serde::Deserialize;

/// How many requests are taken, by kind of request: from one address (of IPv6, one /64 network) and from one account.
/// Who meets a limit is answered 429 and told when to try again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitOptions {
    /// Whether there are limits, default true.
    pub enabled: bool,
    /// Signing in, registering, starting as a guest, renewing a sign-in.
    pub login: ClassOptions,
    /// Sending files.
    pub upload: ClassOptions,
    /// What may ask a language model or an engine of speech: answers, judgements, feedback, questions, lines of sound.
    pub models: ClassOptions,
    /// Every request to the API.
    pub everything: ClassOptions,
}

/// Limits of one kind of request.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassOptions {
    /// What one address may send.
    pub address: Allowance,
    /// What one account may send.
    pub account: Allowance,
}

/// A steady rate, and how much may come at once.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Requests a minute in the long run, 1..=60000000.
    pub per_minute: u32,
    /// Requests at once after a rest, 1..=1000000.
    pub burst: u32,
}

impl Default for LimitOptions {
    /// Far more than honest people send, also when three hundred of them share an address.
    fn default() -> Self {
        let class = |address: (u32, u32), account: (u32, u32)| {
            let allowance = |(per_minute, burst)| Allowance { per_minute, burst };
            ClassOptions { address: allowance(address), account: allowance(account) }
        };
        Self {
            enabled: true,
            login: class((120, 300), (30, 60)),
            upload: class((120, 300), (20, 40)),
            models: class((1_200, 1_200), (60, 120)),
            everything: class((6_000, 6_000), (1_200, 1_200)),
        }
    }
}

impl LimitOptions {
    /// Every number with its key, its lowest and its highest value.
    pub fn ranges(&self) -> Vec<(String, u64, u64, u64)> {
        let classes = [
            ("login", self.login),
            ("upload", self.upload),
            ("models", self.models),
            ("everything", self.everything),
        ];
        let named = |class: &str, of: ClassOptions| {
            [("address", of.address), ("account", of.account)].map(|(who, allowance)| {
                let key = |name: &str| format!("server.limits.{class}.{who}.{name}");
                [
                    (key("per_minute"), allowance.per_minute.into(), 1, 60_000_000),
                    (key("burst"), allowance.burst.into(), 1, 1_000_000),
                ]
            })
        };
        classes.into_iter().flat_map(|(class, of)| named(class, of)).flatten().collect()
    }
}
