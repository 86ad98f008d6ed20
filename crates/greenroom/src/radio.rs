//! Nodes tell each other over Redis what happens, so that nobody has to wait for the next look at the database.

use greenroom_app::{App, Draft, Relay};
use greenroom_bus::{Channels, Outbox, Redis};
use greenroom_domain::ids::SessionId;
use greenroom_jobs::Waker;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Where all nodes listen.
const NODES: &str = "nodes";

/// This node's line to the others.
pub struct Radio {
    redis: Redis,
    node: Uuid,
    outbox: Outbox,
    channels: Channels,
    works: AtomicBool,
    /// Told when another node has changed what every node keeps in memory.
    pub changed: Arc<Notify>,
}

/// What a node says.
#[derive(Serialize, Deserialize)]
struct Message {
    from: Uuid,
    #[serde(flatten)]
    word: Word,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "word")]
enum Word {
    Grown { last_seq: u64 },
    Writing { at_work: bool, words: Arc<str> },
    Work,
    Changed,
}

impl Radio {
    /// A line over `redis`.
    pub fn new(redis: Redis, node: Uuid) -> Self {
        let channels = Channels::default();
        channels.join(NODES);
        Self {
            redis,
            node,
            outbox: Outbox::default(),
            channels,
            works: AtomicBool::new(false),
            changed: Arc::default(),
        }
    }

    /// This node does background work itself: what it queues need not be told.
    pub fn works(&self) {
        self.works.store(true, Ordering::Relaxed);
    }

    /// Sends and hears until `stop`.
    pub async fn run(self: Arc<Self>, app: App, waker: Waker, stop: CancellationToken) {
        let heard = |channel: &str, words: &str| self.heard(&app, &waker, channel, words);
        // What was said while the line was down is lost: look once.
        let joined = || self.changed.notify_one();
        tokio::join!(
            self.outbox.send(&self.redis, &stop),
            self.channels.listen(&self.redis, heard, joined, &stop)
        );
    }

    fn heard(&self, app: &App, waker: &Waker, channel: &str, words: &str) {
        let Ok(Message { from, word }) = serde_json::from_str(words) else {
            return tracing::debug!(channel, "another node said something that this version does not know");
        };
        if from == self.node {
            return;
        }
        let session = channel.strip_prefix("session:").and_then(|id| id.parse::<SessionId>().ok());
        match (word, session) {
            (Word::Grown { last_seq }, Some(id)) => app.listeners().heard_grown(id, last_seq),
            (Word::Writing { at_work, words }, Some(id)) => {
                app.listeners().heard_writing(id, Draft { at_work, words });
            }
            (Word::Work, _) => waker.wake(),
            (Word::Changed, _) => self.changed.notify_one(),
            _ => {}
        }
    }

    fn say(&self, channel: &str, topic: &'static str, word: Word) {
        if let Ok(words) = serde_json::to_string(&Message { from: self.node, word }) {
            self.outbox.put(channel, topic, words);
        }
    }
}

fn channel(id: SessionId) -> String {
    format!("session:{id}")
}

impl Relay for Radio {
    fn join(&self, id: SessionId) {
        self.channels.join(&channel(id));
    }

    fn leave(&self, id: SessionId) {
        self.channels.leave(&channel(id));
    }

    fn grown(&self, id: SessionId, last_seq: u64) {
        self.say(&channel(id), "grown", Word::Grown { last_seq });
    }

    fn writing(&self, id: SessionId, draft: &Draft) {
        let word = Word::Writing { at_work: draft.at_work, words: draft.words.clone() };
        self.say(&channel(id), "writing", word);
    }

    fn work(&self) {
        if !self.works.load(Ordering::Relaxed) {
            self.say(NODES, "work", Word::Work);
        }
    }

    fn changed(&self) {
        self.say(NODES, "changed", Word::Changed);
    }
}
