//! The body of a request.

use crate::model::{Format, Request, Role};
use crate::options::JsonSupport;
use crate::words::system_with_schema;
use serde_json::{Map, Value, json};

/// Beginnings of the names of models that take a temperature. Later ones refuse it.
const TAKES_TEMPERATURE: &[&str] = &[
    "claude-3",
    "claude-sonnet-4",
    "claude-haiku-4",
    "claude-opus-4-0",
    "claude-opus-4-1",
    "claude-opus-4-2025",
    "claude-opus-4-5",
    "claude-opus-4-6",
];

/// Limits that the vendor's grammar cannot hold a reply to and answers with 400. What is read is checked anyway.
const NOT_IN_SCHEMAS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// The tool whose input is the reply; `None` when the reply is text. The vendor knows no "any JSON object": a tool
/// is closest.
pub(super) fn tool(request: &Request, json: JsonSupport) -> Option<String> {
    match (&request.format, json) {
        (Format::Json { name, .. }, JsonSupport::Tool | JsonSupport::Object) => Some(name.clone()),
        _ => None,
    }
}

pub(super) fn body(request: &Request, model: &str, json: JsonSupport) -> Value {
    let mut body = json!({
        "model": model,
        "max_tokens": request.max_tokens,
        "messages": messages(request),
        "stream": true,
    });
    let system = match json {
        JsonSupport::Prompt => system_with_schema(request),
        _ => request.system.clone(),
    };
    if !system.is_empty() {
        body["system"] = kept(&system);
    }
    if let Some(temperature) = request.temperature
        && TAKES_TEMPERATURE.iter().any(|beginning| model.starts_with(beginning))
    {
        body["temperature"] = json!(temperature);
    }
    if let Format::Json { name, schema } = &request.format {
        match json {
            JsonSupport::Schema => {
                let format = json!({"type": "json_schema", "schema": without_limits(schema)});
                body["output_config"] = json!({"format": format});
            }
            JsonSupport::Tool | JsonSupport::Object => {
                body["tools"] =
                    json!([{"name": name, "description": "Takes the reply.", "input_schema": schema}]);
                body["tool_choice"] =
                    json!({"type": "tool", "name": name, "disable_parallel_tool_use": true});
            }
            JsonSupport::Prompt => {}
        }
    }
    body
}

/// Text up to which the vendor shall keep what it has read, for requests that begin alike.
fn kept(text: &str) -> Value {
    json!([{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}])
}

/// What comes before the model's last words is the same in the next request of a conversation.
fn messages(request: &Request) -> Vec<Value> {
    let last_words = request.messages.iter().rposition(|message| message.role == Role::Assistant);
    let role = |role| match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let content = |index: usize, text: &str| if Some(index) == last_words { kept(text) } else { json!(text) };
    let messages = request.messages.iter().enumerate();
    messages.map(|(i, one)| json!({"role": role(one.role), "content": content(i, &one.text)})).collect()
}

fn without_limits(schema: &Value) -> Value {
    let each = |map: &Map<String, Value>| -> Value {
        map.iter().map(|(name, schema)| (name.clone(), without_limits(schema))).collect()
    };
    match schema {
        Value::Object(map) => map
            .iter()
            .filter(|(keyword, _)| !NOT_IN_SCHEMAS.contains(&keyword.as_str()))
            .map(|(keyword, value)| {
                let value = match (keyword.as_str(), value) {
                    // Names of properties are not keywords.
                    ("properties" | "$defs" | "definitions", Value::Object(map)) => each(map),
                    ("enum" | "const" | "required", value) => value.clone(),
                    (_, value) => without_limits(value),
                };
                (keyword.clone(), value)
            })
            .collect(),
        Value::Array(items) => items.iter().map(without_limits).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Message;

    #[test]
    fn what_every_turn_begins_with_is_kept_by_the_vendor() {
        let message = |role, text: &str| Message { role, text: text.to_owned() };
        let messages = [(Role::User, "The case."), (Role::Assistant, "Ready."), (Role::User, "Now.")];
        let request = Request {
            system: "You interview.".to_owned(),
            messages: messages.map(|(role, text)| message(role, text)).to_vec(),
            max_tokens: 9,
            temperature: None,
            format: Format::Text,
            account: None,
            reuse: false,
        };
        let body = body(&request, "claude-sonnet-4-5", JsonSupport::Schema);
        assert_eq!(body["messages"][0]["content"], "The case.");
        assert_eq!(body["messages"][1]["content"], kept("Ready."));
        assert_eq!(body["messages"][2]["content"], "Now.");
    }

    #[test]
    fn leaves_out_limits_but_no_property_of_that_name() {
        let schema = json!({"type": "object", "required": ["minimum"], "additionalProperties": false,
            "properties": {"minimum": {"type": "number", "minimum": 1, "maximum": 10},
                "quotes": {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 9}}}});
        let wanted = json!({"type": "object", "required": ["minimum"], "additionalProperties": false,
            "properties": {"minimum": {"type": "number"},
                "quotes": {"type": "array", "items": {"type": "string"}}}});
        assert_eq!(without_limits(&schema), wanted);
    }
}
