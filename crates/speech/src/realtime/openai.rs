//! OpenAI's Realtime events (developers.openai.com/api/reference, "client events" and "server events").

use super::Conversation;
use crate::line::TalkTokens;
use crate::to_text::two_letters;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use greenroom_upstream::{Fault, Kind, VendorError};
use serde_json::{Value, json};

/// Longest reply, tokens: one is 50 ms of sound, and words count as well. Far more than a question takes.
const LONGEST_REPLY: u32 = 2_000;

/// Settings of the whole conversation. There are no tools, and no turns of its own: when one ends is decided here.
pub(super) fn session(conversation: &Conversation, voice: &str, transcriber: &str) -> Value {
    let mut transcription = json!({"model": transcriber});
    if let Some(language) = conversation.language.as_deref().and_then(two_letters) {
        transcription["language"] = json!(language);
    }
    let format = json!({"type": "audio/pcm", "rate": 24000});
    json!({"type": "session.update", "session": {
        "type": "realtime",
        "output_modalities": ["audio"],
        "max_output_tokens": LONGEST_REPLY,
        "instructions": conversation.instructions,
        "tools": [],
        "tool_choice": "none",
        "audio": {
            "input": {"format": format, "transcription": transcription, "turn_detection": null},
            "output": {"format": format, "voice": voice},
        },
    }})
}

pub(super) fn append(samples: &[i16]) -> Value {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    json!({"type": "input_audio_buffer.append", "audio": STANDARD.encode(bytes)})
}

/// Its words follow. Without turns of its own the model says nothing to it.
pub(super) fn end_utterance() -> Value {
    json!({"type": "input_audio_buffer.commit"})
}

pub(super) fn forget() -> Value {
    json!({"type": "input_audio_buffer.clear"})
}

/// What the session wants said is an instruction for one reply, never a message of the person.
pub(super) fn say(what: &str) -> Value {
    json!({"type": "response.create", "response": {"instructions": what}})
}

pub(super) fn stop(response: &str) -> Value {
    json!({"type": "response.cancel", "response_id": response})
}

pub(super) fn truncate(item: &str, heard_ms: u32) -> Value {
    json!({"type": "conversation.item.truncate", "item_id": item, "content_index": 0, "audio_end_ms": heard_ms})
}

/// What an event says. Names of before and after the interface became general are both understood.
#[derive(Debug, PartialEq)]
pub(super) enum Event {
    Ready,
    /// An utterance has a name now.
    Taken {
        item: String,
    },
    /// An utterance was too short to be heard.
    Empty,
    Partly {
        item: String,
        text: String,
    },
    Heard {
        item: String,
        text: String,
    },
    NotHeard {
        item: String,
    },
    Began {
        response: String,
    },
    Item {
        response: String,
        item: String,
    },
    Sound {
        response: String,
        bytes: Vec<u8>,
    },
    Words {
        response: String,
        text: String,
    },
    Done {
        response: String,
        complete: bool,
        used: Option<TalkTokens>,
    },
    /// A reply failed, and with it the conversation.
    Failed {
        used: Option<TalkTokens>,
        fault: Fault,
    },
    Nothing,
}

pub(super) fn read(message: &Value) -> Result<Event, Fault> {
    let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
    let response = || text("response_id");
    let of_response = |field: &str| message["response"][field].as_str().unwrap_or_default().to_owned();
    Ok(match message["type"].as_str().unwrap_or_default() {
        "session.updated" => Event::Ready,
        "input_audio_buffer.committed" => Event::Taken { item: text("item_id") },
        "conversation.item.input_audio_transcription.delta" => {
            Event::Partly { item: text("item_id"), text: text("delta") }
        }
        "conversation.item.input_audio_transcription.completed" => {
            Event::Heard { item: text("item_id"), text: text("transcript") }
        }
        "conversation.item.input_audio_transcription.failed" => Event::NotHeard { item: text("item_id") },
        "response.created" => Event::Began { response: of_response("id") },
        "response.output_item.added" => {
            let item = message["item"]["id"].as_str().unwrap_or_default().to_owned();
            Event::Item { response: response(), item }
        }
        "response.output_audio.delta" | "response.audio.delta" => {
            let bytes =
                STANDARD.decode(text("delta")).map_err(|_| Fault::malformed("sound is not base64"))?;
            Event::Sound { response: response(), bytes }
        }
        "response.output_audio_transcript.delta" | "response.audio_transcript.delta" => {
            Event::Words { response: response(), text: text("delta") }
        }
        "response.done" => {
            let used = used(&message["response"]["usage"]);
            match of_response("status").as_str() {
                "failed" => Event::Failed { used, fault: failed(&message["response"]["status_details"]) },
                status => Event::Done { response: of_response("id"), complete: status == "completed", used },
            }
        }
        "error" => match message["error"]["code"].as_str() {
            Some("input_audio_buffer_commit_empty") => Event::Empty,
            // It had just ended by itself.
            Some("response_cancel_not_active" | "item_truncate_invalid_item_id") => Event::Nothing,
            _ => return Err(VendorError::read(message).fault_in_stream()),
        },
        _ => Event::Nothing,
    })
}

/// What a reply took; what was known from before is counted apart. `None` where that is not told.
fn used(usage: &Value) -> Option<TalkTokens> {
    let count = |part: &Value, kind: &str| part[kind].as_u64().unwrap_or_default();
    let (input, output) = (&usage["input_token_details"], &usage["output_token_details"]);
    if !input.is_object() {
        return None;
    }
    let again = match &input["cached_tokens_details"] {
        // Some only tell how many: text is what is always there from before.
        Value::Null => &json!({"text_tokens": input["cached_tokens"]}),
        details => details,
    };
    let first = |kind: &str| count(input, kind).saturating_sub(count(again, kind));
    Some(TalkTokens {
        text_in: first("text_tokens"),
        sound_in: first("audio_tokens"),
        again: count(again, "text_tokens") + count(again, "audio_tokens"),
        text_out: count(output, "text_tokens"),
        sound_out: count(output, "audio_tokens"),
    })
}

fn failed(details: &Value) -> Fault {
    let fault = VendorError::read(details).fault_in_stream();
    if details["error"].is_null() {
        Fault::new(Kind::Unavailable { retry_after: None }, "the reply failed")
    } else {
        fault
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reply_took_is_read_as_far_as_it_is_told() {
        let input = json!({"text_tokens": 300, "audio_tokens": 90, "cached_tokens": 200});
        let usage = json!({"input_token_details": input, "output_token_details": {"audio_tokens": 40}});
        let tokens = TalkTokens { text_in: 100, sound_in: 90, again: 200, text_out: 0, sound_out: 40 };
        assert_eq!(used(&usage), Some(tokens));
        assert_eq!(used(&Value::Null), None);
        assert_eq!(used(&json!({"total_tokens": 800})), None);
    }
}
