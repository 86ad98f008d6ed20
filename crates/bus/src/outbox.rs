//! What is to be told, on its way out. Nobody waits for Redis: what is newer takes the place of what has not left yet.

use crate::connection::Redis;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// What waits to be told, by channel and topic. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    waiting: Arc<Mutex<HashMap<(String, &'static str), String>>>,
    filled: Arc<Notify>,
}

impl Outbox {
    /// Has `words` told on `channel`, in the place of what waits there on the same `topic`.
    pub fn put(&self, channel: &str, topic: &'static str, words: String) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert((channel.to_owned(), topic), words);
        drop(waiting);
        self.filled.notify_one();
    }

    /// Sends until `stop`. What cannot be sent is dropped: who listens looks for himself.
    pub async fn send(&self, redis: &Redis, stop: &CancellationToken) {
        let mut was_down = false;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.filled.notified() => {}
            }
            let batch = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
            if batch.is_empty() {
                continue;
            }
            let mut all = redis::pipe();
            for ((channel, _), words) in batch {
                all.publish(redis.named(&channel), words).ignore();
            }
            let sent = all.exec_async(&mut redis.commands()).await;
            match (&sent, was_down) {
                (Err(error), false) => {
                    tracing::warn!(%error, "other nodes cannot be told; they look by themselves");
                }
                (Ok(()), true) => tracing::info!("other nodes are told again"),
                _ => {}
            }
            was_down = sent.is_err();
        }
    }
}
