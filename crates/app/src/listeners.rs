//! Tells those who watch an interview that its log has grown. They read the log themselves.

use greenroom_domain::ids::SessionId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Who watches which interview, in this process.
#[derive(Clone, Debug, Default)]
pub struct Listeners {
    channels: Arc<Mutex<HashMap<SessionId, watch::Sender<u64>>>>,
}

impl Listeners {
    /// Watches the last position of an interview's log. Only growth is told, so a slow reader skips
    /// ahead and loses nothing.
    pub fn watch(&self, id: SessionId) -> watch::Receiver<u64> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, sender| sender.receiver_count() > 0);
        channels.entry(id).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Says that the log has grown to `last_seq`.
    pub fn grown(&self, id: SessionId, last_seq: u64) {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = channels.get(&id) {
            sender.send_if_modified(|seen| {
                last_seq > *seen && {
                    *seen = last_seq;
                    true
                }
            });
        }
    }
}
