//! The end of a conversation: what was said is stored, the page is told why.

use super::actor::{Actor, Written};
use super::control::{Reason, ToPageMessage};
use crate::turn::{Input, Phase};
use greenroom_media::link::{FromPage, ToPage};
use std::time::Duration;
use tokio::sync::mpsc;

/// How long the last messages may take to leave.
const FAREWELL: Duration = Duration::from_secs(2);

impl Actor {
    /// Keeps what was heard until now and says why it ends, once all is stored. Storing that takes long is waited for
    /// after that.
    pub async fn leave(
        mut self,
        reason: Reason,
        mut incoming: mpsc::Receiver<FromPage>,
        outgoing: &mpsc::Sender<ToPage>,
    ) {
        if reason != Reason::Over {
            self.holds_words_at_the_end();
        }
        if self.machine.phase() != Phase::Closing {
            self.give(Input::Over);
        }
        let _ = tokio::time::timeout(FAREWELL, self.stores()).await;
        self.tells(ToPageMessage::Closed { reason });
        let outbox = std::mem::take(&mut self.outbox);
        let farewell = async {
            for message in outbox.into_iter().chain([ToPage::Close]) {
                if outgoing.send(message).await.is_err() {
                    return;
                }
            }
            // A line that nobody holds is cut, with what was still to be sent: it ends by itself.
            while incoming.recv().await.is_some() {}
        };
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
        self.stores().await;
    }

    /// Waits until all is stored.
    async fn stores(&mut self) {
        while let Some(written) = self.writes.join_next().await {
            if let Ok(Written::Answer(_, Err(error)) | Written::Other(_, Err(error))) = written {
                tracing::warn!(%error, "what was said at the end could not be stored");
            }
        }
    }
}
