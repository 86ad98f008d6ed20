//! Tells those who watch an interview that its log has grown, and what is being written for it. They read the log
//! themselves. Other nodes are told as well, and what they tell arrives here.

use crate::relay::{Alone, Relay};
use greenroom_domain::ids::SessionId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Who watches which interview, in this process.
#[derive(Clone)]
pub struct Listeners {
    channels: Arc<Mutex<Channels>>,
    relay: Arc<dyn Relay>,
}

#[derive(Default)]
struct Channels {
    by_id: HashMap<SessionId, Channel>,
    /// Whether somebody looks at the logs for all who watch.
    is_looked_out: bool,
}

struct Channel {
    grown: watch::Sender<u64>,
    draft: watch::Sender<Draft>,
    /// Those at this node who watch.
    watchers: usize,
    /// Whether this node writes the draft; its end is sure to come.
    is_ours: bool,
}

impl Default for Channel {
    fn default() -> Self {
        let (grown, draft) = (watch::channel(0).0, watch::channel(Draft::default()).0);
        Self { grown, draft, watchers: 0, is_ours: false }
    }
}

impl Channel {
    fn is_needed(&self) -> bool {
        self.watchers > 0 || self.is_ours
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

/// What there is to watch of one interview. It is watched until this is dropped.
#[derive(Debug)]
pub struct Watch {
    /// The last position of the log. Only growth is told, so a slow reader skips ahead and loses nothing.
    pub grown: watch::Receiver<u64>,
    /// What is being written.
    pub draft: watch::Receiver<Draft>,
    _place: Place,
}

/// The place of one who watches.
struct Place {
    listeners: Listeners,
    id: SessionId,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.id.fmt(f)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut channels = self.listeners.channels();
        let Some(channel) = channels.by_id.get_mut(&self.id) else { return };
        channel.watchers = channel.watchers.saturating_sub(1);
        if channel.watchers == 0 {
            self.listeners.relay.leave(self.id);
        }
        if !channel.is_needed() {
            channels.by_id.remove(&self.id);
        }
    }
}

impl Default for Listeners {
    fn default() -> Self {
        Self::new(Arc::new(Alone))
    }
}

impl Listeners {
    /// Listeners at this node; `relay` tells the others.
    pub fn new(relay: Arc<dyn Relay>) -> Self {
        Self { channels: Arc::default(), relay }
    }

    /// Watches an interview.
    pub fn watch(&self, id: SessionId) -> Watch {
        let mut channels = self.channels();
        let channel = channels.by_id.entry(id).or_default();
        channel.watchers += 1;
        if channel.watchers == 1 {
            self.relay.join(id);
        }
        let place = Place { listeners: self.clone(), id };
        Watch { grown: channel.grown.subscribe(), draft: channel.draft.subscribe(), _place: place }
    }

    /// Says that the log has grown to `last_seq`.
    pub fn grown(&self, id: SessionId, last_seq: u64) {
        self.heard_grown(id, last_seq);
        self.relay.grown(id, last_seq);
    }

    /// Says what is being written. Who comes later is told as well.
    pub fn writing(&self, id: SessionId, draft: Draft) {
        self.relay.writing(id, &draft);
        let mut channels = self.channels();
        let channel = channels.by_id.entry(id).or_default();
        channel.is_ours = draft.at_work;
        channel.draft.send_replace(draft);
        if !channel.is_needed() {
            channels.by_id.remove(&id);
        }
    }

    /// Another node says that the log has grown.
    pub fn heard_grown(&self, id: SessionId, last_seq: u64) {
        if let Some(channel) = self.channels().by_id.get(&id) {
            channel.grown.send_if_modified(|seen| {
                last_seq > *seen && {
                    *seen = last_seq;
                    true
                }
            });
        }
    }

    /// Another node says what is being written. What this node writes itself is newer.
    pub fn heard_writing(&self, id: SessionId, draft: Draft) {
        if let Some(channel) = self.channels().by_id.get(&id)
            && !channel.is_ours
        {
            channel.draft.send_replace(draft);
        }
    }

    /// The interview is not there any more: who watches it looks, and finds that.
    pub fn gone(&self, id: SessionId) {
        self.heard_grown(id, u64::MAX);
    }

    /// Whether nobody looks at the logs for those who watch yet; from now on the caller does.
    pub(crate) fn begin_look_out(&self) -> bool {
        !std::mem::replace(&mut self.channels().is_looked_out, true)
    }

    /// What is watched at this node. `None` when nothing is: then nobody looks at logs any more.
    pub(crate) fn to_look_at(&self) -> Option<Vec<SessionId>> {
        let mut channels = self.channels();
        let watched = channels.by_id.iter().filter(|(_, channel)| channel.watchers > 0);
        let watched: Vec<_> = watched.map(|(id, _)| *id).collect();
        channels.is_looked_out = !watched.is_empty();
        channels.is_looked_out.then_some(watched)
    }

    fn channels(&self) -> MutexGuard<'_, Channels> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
