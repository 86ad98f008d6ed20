//! The events of a reply.

use crate::model::{End, Stop, Usage};
use crate::pieces::{Protocol, Step};
use crate::sse::Event;
use greenroom_upstream::{Fault, Kind, VendorError};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Wire {
    MessageStart {
        message: Begin,
    },
    ContentBlockStart {
        content_block: Block,
    },
    ContentBlockDelta {
        delta: Delta,
    },
    MessageDelta {
        delta: Reason,
        usage: Option<Counted>,
    },
    MessageStop,
    Error {
        error: Value,
    },
    /// A whole reply.
    Message {
        content: Vec<Block>,
        stop_reason: Option<String>,
        usage: Option<Counted>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Begin {
    id: Option<String>,
    usage: Option<Counted>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        text: String,
    },
    ToolUse {
        name: String,
        input: Value,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Delta {
    #[serde(rename = "text_delta")]
    Text { text: String },
    #[serde(rename = "input_json_delta")]
    Input { partial_json: String },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Reason {
    stop_reason: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
struct Counted {
    input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

/// Reads the events of one reply.
#[derive(Default)]
pub(super) struct Events {
    tool: Option<String>,
    /// What was said instead of using the tool.
    aside: String,
    has_text: bool,
    id: Option<String>,
    stop: Option<Stop>,
    is_whole: bool,
    fresh: u64,
    written_to_cache: u64,
    cached: u64,
    output: u64,
}

impl Events {
    /// `tool`: the one whose input is the reply.
    pub fn new(tool: Option<String>) -> Self {
        Self { tool, ..Self::default() }
    }

    fn begin(&mut self, message: Begin) -> Result<(), Fault> {
        // The same beginning twice has been seen and does no harm; another one would mix two replies.
        if self.id.is_some() && self.id != message.id {
            return Err(Fault::malformed("two replies in one stream"));
        }
        self.id = message.id;
        self.count(message.usage);
        Ok(())
    }

    fn count(&mut self, counted: Option<Counted>) {
        let Some(counted) = counted else { return };
        // Counts are of the whole reply so far.
        for (ours, theirs) in [
            (&mut self.fresh, counted.input_tokens),
            (&mut self.written_to_cache, counted.cache_creation_input_tokens),
            (&mut self.cached, counted.cache_read_input_tokens),
            (&mut self.output, counted.output_tokens),
        ] {
            *ours = theirs.unwrap_or(*ours);
        }
    }

    fn say(&mut self, more: &str, text: &mut String) {
        if self.tool.is_some() {
            self.aside.push_str(more);
        } else {
            text.push_str(more);
            self.has_text |= !more.is_empty();
        }
    }

    fn fill(&mut self, more: &str, text: &mut String) {
        if self.tool.is_some() {
            text.push_str(more);
            self.has_text |= !more.is_empty();
        }
    }

    fn stopped(&mut self, reason: Option<&str>) -> Result<(), Fault> {
        if let Some(reason) = reason {
            self.stop = Some(stop(reason)?);
        }
        Ok(())
    }

    fn block(&mut self, block: Block, text: &mut String) -> Result<(), Fault> {
        match block {
            Block::Text { text: more } => self.say(&more, text),
            Block::ToolUse { name, .. } if self.tool.as_ref().is_some_and(|tool| *tool != name) => {
                return Err(Fault::malformed("the model called a tool that was not offered"));
            }
            // An input that is there from the start is complete; usually it is empty and streamed behind.
            Block::ToolUse { input, .. } if input.as_object().is_some_and(|input| !input.is_empty()) => {
                self.fill(&input.to_string(), text);
            }
            Block::ToolUse { .. } | Block::Other => {}
        }
        Ok(())
    }
}

impl Protocol for Events {
    fn read(&mut self, event: &Event, text: &mut String) -> Result<Step, Fault> {
        let wire = serde_json::from_str(&event.data).map_err(|error| {
            // The error's own words may quote the text.
            Fault::malformed(format!("an event is not what the protocol says (column {})", error.column()))
        })?;
        match wire {
            Wire::MessageStart { message } => self.begin(message)?,
            Wire::ContentBlockStart { content_block } => self.block(content_block, text)?,
            Wire::ContentBlockDelta { delta } => {
                match delta {
                    Delta::Text { text: more } => self.say(&more, text),
                    Delta::Input { partial_json } => self.fill(&partial_json, text),
                    Delta::Other => {}
                }
                return Ok(Step::Moved);
            }
            Wire::MessageDelta { delta, usage } => {
                self.count(usage);
                self.stopped(delta.stop_reason.as_deref())?;
                return Ok(Step::Moved);
            }
            Wire::MessageStop => {
                let broken = || Fault::new(Kind::BrokenStream, "the reply ended without a reason");
                return self.stop.map(|_| Step::Ended).ok_or_else(broken);
            }
            Wire::Error { error } => return Err(VendorError::read(&error).fault_in_stream()),
            Wire::Message { content, stop_reason, usage } => {
                self.count(usage);
                self.stopped(stop_reason.as_deref())?;
                content.into_iter().try_for_each(|block| self.block(block, text))?;
                self.is_whole = self.stop.is_some();
            }
            Wire::Other => {}
        }
        Ok(if text.is_empty() { Step::Waiting } else { Step::Moved })
    }

    /// Only `message_stop` ends a stream; a whole reply has no such thing.
    fn is_complete(&self) -> bool {
        self.is_whole
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
        let input = self.fresh + self.written_to_cache + self.cached;
        Ok(End { stop, usage: Usage { input, cached: self.cached, output: self.output, micros: None } })
    }
}

fn stop(reason: &str) -> Result<Stop, Fault> {
    match reason {
        "end_turn" | "stop_sequence" | "tool_use" => Ok(Stop::Done),
        "max_tokens" | "model_context_window_exceeded" => Ok(Stop::Length),
        "refusal" => Err(Fault::new(Kind::Refused, "the vendor's policy stopped the reply")),
        "pause_turn" => Err(Fault::new(Kind::BrokenStream, "the model paused within the reply")),
        _ => Err(Fault::malformed("the reply ended for a reason that is not known")),
    }
}
