//! The body of a request.

use super::dialect::Dialect;
use crate::model::{Format, Request, Role};
use crate::options::JsonSupport;
use crate::words::system_with_schema;
use serde_json::{Value, json};

/// The tool whose arguments are the reply; `None` when the reply is text.
pub(super) fn tool(request: &Request, json: JsonSupport) -> Option<String> {
    match &request.format {
        Format::Json { name, .. } if json == JsonSupport::Tool => Some(name.clone()),
        _ => None,
    }
}

pub(super) fn body(request: &Request, model: &str, json: JsonSupport, dialect: &Dialect) -> Value {
    let mut body = json!({
        "model": model,
        "messages": messages(request, json),
        "stream": true,
        dialect.limit.field(): request.max_tokens,
    });
    if dialect.asks_for_usage {
        body["stream_options"] = json!({"include_usage": true});
    }
    if let Some(temperature) = request.temperature
        && dialect.takes_temperature(model)
    {
        body["temperature"] = json!(temperature);
    }
    if let Format::Json { name, schema } = &request.format {
        match json {
            JsonSupport::Schema => {
                let schema = json!({"name": name, "strict": true, "schema": schema});
                body["response_format"] = json!({"type": "json_schema", "json_schema": schema});
            }
            JsonSupport::Object => body["response_format"] = json!({"type": "json_object"}),
            JsonSupport::Tool => {
                let function = json!({"name": name, "description": "Takes the reply.", "parameters": schema});
                body["tools"] = json!([{"type": "function", "function": function}]);
                body["tool_choice"] = json!({"type": "function", "function": {"name": name}});
            }
            JsonSupport::Prompt => {}
        }
    }
    body
}

fn messages(request: &Request, json: JsonSupport) -> Vec<Value> {
    let system = match json {
        JsonSupport::Object | JsonSupport::Prompt => system_with_schema(request),
        JsonSupport::Schema | JsonSupport::Tool => request.system.clone(),
    };
    let system = (!system.is_empty()).then(|| json!({"role": "system", "content": system}));
    let turns = request.messages.iter().map(|message| {
        let role = match message.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        json!({"role": role, "content": message.text})
    });
    system.into_iter().chain(turns).collect()
}
