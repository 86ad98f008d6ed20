//! Between rows and domain types: times as microseconds since 1970, documents as JSON text.

use crate::error::{Result, StoreError};
use chrono::DateTime;
use greenroom_domain::clock::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Microseconds since 1970: the same order and the same value on both engines.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_datetime().timestamp_micros()
}

pub(crate) fn timestamp(micros: i64) -> Timestamp {
    Timestamp::new(DateTime::from_timestamp_micros(micros).unwrap_or_default())
}

/// The JSON text of a domain value.
pub(crate) fn document(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|source| StoreError::unreadable("document", "new", source))
}

/// The domain value of a JSON text.
pub(crate) fn parsed<T: DeserializeOwned>(table: &'static str, id: impl ToString, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|source| StoreError::unreadable(table, id, source))
}
