use greenroom_app::retention::{Due, Mine, Rule};
use greenroom_domain::clock::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// How long one kind of data is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionRuleBody {
    #[schema(example = "interviews")]
    kind: &'static str,
    /// What it is, in words.
    what: &'static str,
    /// How long, in words.
    #[schema(example = "2 years after something last happened in them")]
    kept: String,
    /// Whether it is of people; the rest is of whoever runs the server.
    is_personal: bool,
}

/// What the person has of a kind, and when it begins to go.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnRetentionBody {
    #[serde(flatten)]
    rule: RetentionRuleBody,
    /// How many they have.
    count: u64,
    /// When the first of them is deleted if nothing happens; null when there is none.
    first_goes_at: Option<Timestamp>,
}

/// What would be deleted if its rule were applied now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionDueBody {
    #[serde(flatten)]
    rule: RetentionRuleBody,
    /// How many are older than their rule says.
    due: u64,
}

impl From<Rule> for RetentionRuleBody {
    fn from(Rule { kind, what, words, is_personal, .. }: Rule) -> Self {
        Self { kind, what, kept: words, is_personal }
    }
}

impl From<Mine> for OwnRetentionBody {
    fn from(Mine { rule, count, first_goes_at }: Mine) -> Self {
        Self { rule: rule.into(), count, first_goes_at }
    }
}

impl From<Due> for RetentionDueBody {
    fn from(Due { rule, count }: Due) -> Self {
        Self { rule: rule.into(), due: count }
    }
}
