//! The channels that this node listens to.

use crate::connection::{Redis, late};
use futures::StreamExt;
use redis::RedisError;
use redis::aio::{PubSubSink, PubSubStream};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How often a silent line is tried, so that a dead one is noticed.
const PING_EVERY: Duration = Duration::from_secs(5);
/// First wait before the next try to reach Redis; doubles up to [`LAST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LAST_WAIT: Duration = Duration::from_secs(2);
/// Channels asked for in one command.
const AT_ONCE: usize = 500;

/// The channels that this node wants to hear. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    wanted: Arc<Mutex<Wanted>>,
    changed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Wanted {
    all: HashSet<String>,
    /// What Redis was not told yet: whether the channel is wanted.
    changes: HashMap<String, bool>,
}

impl Channels {
    /// From now on `channel` is heard.
    pub fn join(&self, channel: &str) {
        let mut wanted = self.wanted();
        if wanted.all.insert(channel.to_owned()) {
            wanted.changes.insert(channel.to_owned(), true);
            self.changed.notify_one();
        }
    }

    /// From now on `channel` is not heard any more.
    pub fn leave(&self, channel: &str) {
        let mut wanted = self.wanted();
        if wanted.all.remove(channel) {
            wanted.changes.insert(channel.to_owned(), false);
            self.changed.notify_one();
        }
    }

    /// Listens until `stop`; `heard` is told channel and words. `joined` is called when the line is there again after
    /// it was not: what was said in between is lost, and whoever needs it must look.
    pub async fn listen(
        &self,
        redis: &Redis,
        heard: impl Fn(&str, &str) + Send,
        joined: impl Fn() + Send,
        stop: &CancellationToken,
    ) {
        let mut wait = FIRST_WAIT;
        loop {
            let outcome = tokio::select! {
                () = stop.cancelled() => return,
                outcome = self.line(redis, &heard, &joined, &mut wait) => outcome,
            };
            tracing::warn!(error = ?outcome.err(), "the line to Redis broke; nodes look by themselves until it is back");
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
            wait = (wait * 2).min(LAST_WAIT);
        }
    }

    /// One line, until it breaks.
    async fn line(
        &self,
        redis: &Redis,
        heard: &(impl Fn(&str, &str) + Send),
        joined: &(impl Fn() + Send),
        wait: &mut Duration,
    ) -> Result<(), RedisError> {
        let (mut sink, mut stream) = redis.listener().await?.split();
        let all: Vec<String> = {
            let mut wanted = self.wanted();
            wanted.changes.clear();
            wanted.all.iter().map(|channel| redis.named(channel)).collect()
        };
        for some in all.chunks(AT_ONCE) {
            sink.subscribe(some).await?;
        }
        *wait = FIRST_WAIT;
        joined();
        // Words are read while Redis is asked for channels: the answers come on the same line.
        tokio::select! {
            outcome = self.follow(redis, &mut sink) => outcome,
            () = tell(redis, &mut stream, heard) => Ok(()),
        }
    }

    /// Tells Redis which channels are wanted, and tries the line.
    async fn follow(&self, redis: &Redis, sink: &mut PubSubSink) -> Result<(), RedisError> {
        loop {
            let changes = std::mem::take(&mut self.wanted().changes);
            let (join, leave): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, is_wanted)| *is_wanted);
            let names = |some: Vec<(String, bool)>| -> Vec<String> {
                some.iter().map(|(channel, _)| redis.named(channel)).collect()
            };
            for some in names(join).chunks(AT_ONCE) {
                sink.subscribe(some).await?;
            }
            for some in names(leave).chunks(AT_ONCE) {
                sink.unsubscribe(some).await?;
            }
            tokio::select! {
                () = self.changed.notified() => {}
                () = tokio::time::sleep(PING_EVERY) => {
                    let sign = tokio::time::timeout(PING_EVERY, sink.ping::<redis::Value>()).await;
                    sign.unwrap_or_else(|_| Err(late()))?;
                }
            }
        }
    }

    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn tell(redis: &Redis, stream: &mut PubSubStream, heard: &(impl Fn(&str, &str) + Send)) {
    let prefix = redis.named("");
    while let Some(message) = stream.next().await {
        if let (Some(channel), Ok(words)) =
            (message.get_channel_name().strip_prefix(&prefix), message.get_payload::<String>())
        {
            heard(channel, &words);
        }
    }
}
