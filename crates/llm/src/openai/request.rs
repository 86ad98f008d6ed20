//! The body of a request.

use super::dialect::Dialect;
use crate::model::{Format, Request, Role};
use crate::options::JsonSupport;
use crate::words::system_with_schema;
use serde_json::{Value, json};

/// Whether the reply comes as the arguments of a tool.
pub(super) fn is_by_tool(request: &Request, json: JsonSupport) -> bool {
    json == JsonSupport::Tool && request.format != Format::Text
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
