//! What is said on the live line, as a JSON Schema: generated from the types, so that it is true.

use crate::dto::EventBody;
use greenroom_live::voice::{FromPageMessage, ToPageMessage};
use schemars::schema_for;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{OpenApi, ToSchema};

/// What a listener is told beside the events.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub(crate) enum Sign<'a> {
    /// All events up to here were sent; what follows is new.
    CaughtUp {
        /// Position of the last event sent.
        last_seq: u64,
    },
    /// What the interviewer is about to say. A draft: the next question on the log is what counts.
    Writing {
        /// Whether it is thinking or writing; false ends the draft.
        at_work: bool,
        /// All words so far; empty while it thinks.
        words: &'a str,
    },
    /// The reply to a ping.
    Pong {},
}

/// What a listener may say. Anything else is passed over.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Heard {
    /// Is the line alive?
    Ping {},
}

#[derive(OpenApi)]
#[openapi(components(schemas(EventBody, Sign, Heard)))]
struct Messages;

/// The schema of every message; `$defs` names them.
pub fn document() -> Value {
    let messages = Messages::openapi().components.map(|components| components.schemas).unwrap_or_default();
    let mut definitions = json!(messages);
    localize(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Greenroom live protocol",
        "description": "WebSocket at /api/sessions/{id}/live?after=SEQ. The server sends every event after SEQ \
            in order, then one CaughtUp, then events as they happen, with Writing while a model words a question. \
            A client may send Ping. \
            After a broken line, connect again with the last position: nothing is left out or sent twice.",
        "oneOf": [
            {"$ref": "#/$defs/EventBody"},
            {"$ref": "#/$defs/Sign"},
            {"$ref": "#/$defs/Heard"}
        ],
        "$defs": definitions,
        "voice": {
            "description": "Control messages of a spoken interview, WebSocket at /api/sessions/{id}/voice/socket. The \
                line itself adds Ready and understands Played and Stats: docs/voice.md.",
            "from_page": schema_for!(FromPageMessage),
            "to_page": schema_for!(ToPageMessage)
        }
    })
}

/// Points the references at `$defs`.
fn localize(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(target) if key == "$ref" => {
                        *target = target.replace("#/components/schemas/", "#/$defs/");
                    }
                    other => localize(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(localize),
        _ => {}
    }
}
