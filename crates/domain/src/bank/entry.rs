//! A question of the bank as it is exchanged: with its role, and where it comes from.

use super::BankQuestion;
use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// A question on its way into a bank or out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BankEntry {
    /// Key of the role that it is for.
    pub role: String,
    /// The question.
    pub question: BankQuestion,
    /// Where it was taken from: a name or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Under which licence, as an SPDX expression where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// A question that the operator of a server added, as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnQuestion {
    /// The question.
    pub entry: BankEntry,
    /// 1 when it was added, one more with each change.
    pub version: u32,
    /// Whether it is no longer asked.
    pub retired: bool,
    /// When this version was stored.
    pub at: Timestamp,
}
