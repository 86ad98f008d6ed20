//! The events of a reply.

use crate::model::{End, Stop, Usage};
use crate::pieces::{Protocol, Step};
use crate::sse::Event;
use greenroom_upstream::{Fault, Kind, VendorError};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
    usage: Option<Value>,
    /// Groq's place for usage.
    x_groq: Option<Value>,
    error: Option<Value>,
    object: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    index: u32,
    /// A whole reply says `message`.
    #[serde(alias = "message")]
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<Content>,
    refusal: Option<String>,
    tool_calls: Option<Vec<ToolCall>>,
    reasoning: Option<Value>,
    reasoning_content: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    /// Mistral's models that think write parts.
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
}

#[derive(Deserialize)]
struct ToolCall {
    #[serde(default)]
    index: u32,
    function: Option<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: Option<String>,
    arguments: Option<String>,
}

/// Reads the chunks of one reply.
#[derive(Default)]
pub(super) struct Chunks {
    tool: Option<String>,
    /// What was said instead of calling the tool.
    aside: String,
    has_text: bool,
    stop: Option<Stop>,
    usage: Usage,
}

impl Chunks {
    /// `tool`: the one whose arguments are the reply.
    pub fn new(tool: Option<String>) -> Self {
        Self { tool, ..Self::default() }
    }

    fn delta(&mut self, delta: Delta, text: &mut String) -> Result<bool, Fault> {
        if delta.refusal.is_some_and(|words| !words.is_empty()) {
            return Err(Fault::new(Kind::Refused, "the model declined to answer"));
        }
        let content = delta.content.map(Content::into_text).unwrap_or_default();
        let calls = delta.tool_calls.unwrap_or_default();
        let thinks = [delta.reasoning, delta.reasoning_content].into_iter().flatten().any(|v| v != "");
        let moved = thinks || !content.is_empty() || !calls.is_empty();
        if let Some(tool) = &self.tool {
            self.aside.push_str(&content);
            let functions = calls.into_iter().filter(|call| call.index == 0).filter_map(|call| call.function);
            for function in functions {
                if function.name.is_some_and(|name| !name.is_empty() && name != *tool) {
                    return Err(Fault::malformed("the model called a tool that was not offered"));
                }
                text.push_str(&function.arguments.unwrap_or_default());
            }
        } else {
            text.push_str(&content);
        }
        self.has_text |= !text.is_empty();
        Ok(moved)
    }
}

impl Protocol for Chunks {
    fn read(&mut self, event: &Event, text: &mut String) -> Result<Step, Fault> {
        if event.data.trim() == "[DONE]" {
            let broken = || Fault::new(Kind::BrokenStream, "the reply ended without a reason");
            return self.stop.map(|_| Step::Ended).ok_or_else(broken);
        }
        let chunk: Chunk = serde_json::from_str(&event.data).map_err(|error| not_a_chunk(&error))?;
        let is_error = event.name == "error" || chunk.object.as_deref() == Some("error");
        if is_error || chunk.error.is_some() {
            let body = serde_json::from_str(&event.data).unwrap_or(Value::Null);
            return Err(VendorError::read(&body).fault_in_stream());
        }
        let in_groq = chunk.x_groq.as_ref().map(|groq| &groq["usage"]);
        for counted in [chunk.usage.as_ref(), in_groq].into_iter().flatten().filter(|u| u.is_object()) {
            self.usage = usage(counted);
        }
        let mut moved = false;
        for choice in chunk.choices.unwrap_or_default().into_iter().filter(|choice| choice.index == 0) {
            if let Some(delta) = choice.delta {
                moved |= self.delta(delta, text)?;
            }
            if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
                self.stop = Some(stop(&reason)?);
                moved = true;
            }
        }
        Ok(if moved { Step::Moved } else { Step::Waiting })
    }

    fn is_complete(&self) -> bool {
        self.stop.is_some()
    }

    fn finish(&mut self, text: &mut String) -> Result<End, Fault> {
        if !self.has_text {
            text.push_str(&std::mem::take(&mut self.aside));
            self.has_text = !text.is_empty();
        }
        let stop = self.stop.unwrap_or(Stop::Done);
        if !self.has_text && stop == Stop::Done {
            return Err(Fault::malformed("the reply was empty"));
        }
        Ok(End { stop, usage: self.usage })
    }
}

impl Content {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(parts) => {
                parts.into_iter().filter(|part| part.kind == "text").filter_map(|part| part.text).collect()
            }
        }
    }
}

fn not_a_chunk(error: &serde_json::Error) -> Fault {
    // The error's own words may quote the text.
    Fault::malformed(format!("a chunk is not what the protocol says (column {})", error.column()))
}

fn stop(reason: &str) -> Result<Stop, Fault> {
    match reason {
        "stop" | "tool_calls" | "function_call" | "eos" | "eos_token" | "stop_sequence" | "end_turn" => {
            Ok(Stop::Done)
        }
        "length" | "model_length" | "max_tokens" => Ok(Stop::Length),
        "content_filter" | "refusal" => {
            Err(Fault::new(Kind::Refused, "the vendor's policy stopped the reply"))
        }
        "error" | "insufficient_system_resource" => {
            Err(Fault::new(Kind::Unavailable { retry_after: None }, "the service failed within the reply"))
        }
        _ => Err(Fault::malformed("the reply ended for a reason that is not known")),
    }
}

fn usage(counted: &Value) -> Usage {
    let count = |value: &Value| value.as_u64();
    let cached = count(&counted["prompt_tokens_details"]["cached_tokens"]);
    Usage {
        input: count(&counted["prompt_tokens"]).unwrap_or(0),
        // DeepSeek has its own field.
        cached: cached.or_else(|| count(&counted["prompt_cache_hit_tokens"])).unwrap_or(0),
        output: count(&counted["completion_tokens"]).unwrap_or(0),
        micros: None,
    }
}
