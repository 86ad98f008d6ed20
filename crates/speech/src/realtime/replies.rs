//! Replies of the model: one is said at a time, in the order in which they were asked for.

use super::SpokenTo;
use super::openai;
use crate::Pcm24k;
use crate::limits::Timeouts;
use serde_json::Value;
use std::collections::VecDeque;
use tokio::time::Instant;

/// Replies that may yet be cut to what was heard of them.
const REMEMBERED: usize = 4;

#[derive(Default)]
pub(super) struct Replies {
    /// What is to be said after the one that is being said.
    waiting: VecDeque<(u32, String)>,
    /// Those that were asked for; all but the last are over.
    asked: VecDeque<Reply>,
}

struct Reply {
    number: u32,
    /// What the service calls it; empty until it has begun.
    response: String,
    item: String,
    text: String,
    carry: Vec<u8>,
    /// Sound that came, samples at 24 kHz.
    samples: usize,
    /// When something was last heard of it.
    alive: Instant,
    /// Nobody listens any more: what still comes of it is left out.
    is_stopped: bool,
    /// The model has sent all of it, which is long before it has been heard.
    is_done: bool,
}

impl Replies {
    /// What to send so that this is said; nothing yet while something else is.
    pub fn say(&mut self, number: u32, what: String) -> Option<Value> {
        self.waiting.push_back((number, what));
        self.next()
    }

    fn next(&mut self) -> Option<Value> {
        if self.asked.back().is_some_and(|reply| !reply.is_done) {
            return None;
        }
        let (number, what) = self.waiting.pop_front()?;
        if self.asked.len() == REMEMBERED {
            self.asked.pop_front();
        }
        self.asked.push_back(Reply {
            number,
            response: String::new(),
            item: String::new(),
            text: String::new(),
            carry: Vec::new(),
            samples: 0,
            alive: Instant::now(),
            is_stopped: false,
            is_done: false,
        });
        Some(openai::say(&what))
    }

    /// Breaks a reply off: what to send, and that it is over. One that the model has sent to its end is only cut to what
    /// was heard.
    pub fn stop(&mut self, number: u32, heard_ms: u32) -> (Vec<Value>, Option<SpokenTo>) {
        if let Some(at) = self.waiting.iter().position(|(of, _)| *of == number) {
            self.waiting.remove(at);
            let ended = SpokenTo::Ended { reply: number, text: String::new(), complete: false };
            return (Vec::new(), Some(ended));
        }
        let found = self.asked.iter_mut().find(|reply| reply.number == number && !reply.is_stopped);
        let Some(reply) = found else { return (Vec::new(), None) };
        reply.is_stopped = true;
        let (mut send, mut over) = (Vec::new(), None);
        if !reply.is_done {
            let text = std::mem::take(&mut reply.text);
            over = Some(SpokenTo::Ended { reply: number, text, complete: false });
            if !reply.response.is_empty() {
                send.push(openai::stop(&reply.response));
            }
        }
        // More than there is of it is refused.
        let heard_ms = heard_ms.min(u32::try_from(reply.samples / 24).unwrap_or(u32::MAX));
        if !reply.item.is_empty() && reply.samples > 0 {
            send.push(openai::truncate(&reply.item, heard_ms));
        }
        (send, over)
    }

    /// The service begins with what was asked for last; what to send when nobody wants it any more.
    pub fn began(&mut self, response: String) -> (Option<Value>, Option<SpokenTo>) {
        let Some(reply) = self.asked.back_mut().filter(|reply| reply.response.is_empty()) else {
            return (None, None);
        };
        reply.response = response;
        match reply.is_stopped {
            true => (Some(openai::stop(&reply.response)), None),
            false => (None, Some(SpokenTo::Reply(reply.number))),
        }
    }

    pub fn item(&mut self, response: &str, item: String) {
        let found = self.asked.iter_mut().find(|reply| reply.response == response);
        found.into_iter().for_each(|reply| reply.item.clone_from(&item));
    }

    pub fn words(&mut self, response: &str, text: String) -> Option<SpokenTo> {
        let reply = self.audible(response)?;
        reply.text.push_str(&text);
        Some(SpokenTo::Words { reply: reply.number, text })
    }

    pub fn sound(&mut self, response: &str, bytes: &[u8]) -> Option<SpokenTo> {
        let reply = self.audible(response)?;
        reply.carry.extend_from_slice(bytes);
        let whole = reply.carry.len() / 2 * 2;
        let rest = reply.carry.split_off(whole);
        let pcm = Pcm24k::from_le_bytes(&std::mem::replace(&mut reply.carry, rest));
        reply.samples += pcm.samples().len();
        (!pcm.is_empty()).then_some(SpokenTo::Sound { reply: reply.number, pcm })
    }

    /// The service has sent all of a reply; what to send so that the next one is said.
    pub fn done(&mut self, response: &str, complete: bool) -> (Option<Value>, Option<SpokenTo>) {
        let found = self.asked.back_mut().filter(|reply| reply.response == response && !reply.is_done);
        let Some(reply) = found else { return (None, None) };
        reply.is_done = true;
        let over = (!reply.is_stopped).then(|| {
            let text = std::mem::take(&mut reply.text);
            SpokenTo::Ended { reply: reply.number, text, complete }
        });
        (self.next(), over)
    }

    /// When the reply that is being said is late.
    pub fn due(&self, timeouts: Timeouts) -> Option<Instant> {
        let reply = self.asked.back().filter(|reply| !reply.is_done)?;
        Some(reply.alive + if reply.samples == 0 { timeouts.first } else { timeouts.next })
    }

    /// The reply of `response`, while somebody listens to it.
    fn audible(&mut self, response: &str) -> Option<&mut Reply> {
        let reply = self.asked.back_mut().filter(|reply| reply.response == response && !reply.is_done)?;
        reply.alive = Instant::now();
        (!reply.is_stopped).then_some(reply)
    }
}
