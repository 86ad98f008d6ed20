//! How long engines may take, and how much they may send.

use futures::StreamExt;
use greenroom_upstream::{Answer, Fault, Kind};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Largest answer of a recogniser, bytes.
const LARGEST_BODY: usize = 8 << 20;

/// How long an engine may be silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// From the call until the first sound of a voice, or until a line to a recogniser is open. Default: 4 s.
    pub first: Duration,
    /// From one piece of sound to the next. Default: 4 s.
    pub next: Duration,
    /// Until the words of an utterance; half of its own length is added. Default: 8 s.
    pub words: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { first: Duration::from_secs(4), next: Duration::from_secs(4), words: Duration::from_secs(8) }
    }
}

impl Timeouts {
    /// Until the words of so much sound.
    pub(crate) fn whole(&self, sound: Duration) -> Duration {
        self.words + sound / 2
    }
}

/// The whole body of `answer`.
pub(crate) async fn body(mut answer: Answer, deadline: Instant) -> Result<Vec<u8>, Fault> {
    let late = || Fault::new(Kind::TimedOut, "the answer did not end in time");
    let mut body = Vec::new();
    while let Some(chunk) = timeout_at(deadline, answer.bytes.next()).await.map_err(|_| late())? {
        body.extend(chunk?);
        if body.len() > LARGEST_BODY {
            return Err(Fault::malformed("the answer is too large"));
        }
    }
    Ok(body)
}
