//! What is said to a model in words because its vendor has no field for it.

use crate::model::{Format, Request};

/// The instructions of `request`; for a reply in JSON, with its schema behind them.
pub(crate) fn system_with_schema(request: &Request) -> String {
    let Format::Json { schema, .. } = &request.format else { return request.system.clone() };
    let gap = if request.system.is_empty() { "" } else { "\n\n" };
    format!(
        "{}{gap}Reply with one JSON value that fits this JSON Schema, and with nothing before or after it:\n{schema}",
        request.system
    )
}
