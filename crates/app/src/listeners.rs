//! Tells those who watch an interview that its log has grown, and what is being written for it. They read the log
//! themselves.

use greenroom_domain::ids::SessionId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Who watches which interview, in this process.
#[derive(Clone, Debug, Default)]
pub struct Listeners {
    channels: Arc<Mutex<HashMap<SessionId, Channel>>>,
}

#[derive(Debug)]
struct Channel {
    grown: watch::Sender<u64>,
    draft: watch::Sender<Draft>,
}

impl Default for Channel {
    fn default() -> Self {
        Self { grown: watch::channel(0).0, draft: watch::channel(Draft::default()).0 }
    }
}

/// What the interviewer is about to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Whether it is thinking or writing. The question on the log ends it.
    pub at_work: bool,
    /// All words so far; empty while it thinks.
    pub words: Arc<str>,
}

/// What there is to watch of one interview.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The last position of the log. Only growth is told, so a slow reader skips ahead and loses nothing.
    pub grown: watch::Receiver<u64>,
    /// What is being written.
    pub draft: watch::Receiver<Draft>,
}

impl Listeners {
    /// Watches an interview.
    pub fn watch(&self, id: SessionId) -> Watch {
        let mut channels = self.channels();
        channels.retain(|_, channel| channel.grown.receiver_count() > 0 || channel.draft.borrow().at_work);
        let channel = channels.entry(id).or_default();
        Watch { grown: channel.grown.subscribe(), draft: channel.draft.subscribe() }
    }

    /// Says that the log has grown to `last_seq`.
    pub fn grown(&self, id: SessionId, last_seq: u64) {
        if let Some(channel) = self.channels().get(&id) {
            channel.grown.send_if_modified(|seen| {
                last_seq > *seen && {
                    *seen = last_seq;
                    true
                }
            });
        }
    }

    /// Says what is being written. Who comes later is told as well.
    pub fn writing(&self, id: SessionId, draft: Draft) {
        let mut channels = self.channels();
        let channel = channels.entry(id).or_default();
        let is_needed = draft.at_work || channel.grown.receiver_count() > 0;
        channel.draft.send_replace(draft);
        if !is_needed {
            channels.remove(&id);
        }
    }

    fn channels(&self) -> MutexGuard<'_, HashMap<SessionId, Channel>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
