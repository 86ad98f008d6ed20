//! Asks, in the background, whether a model that is left alone is back. Callers never wait for it.

use super::Member;
use super::circuit::Circuit;
use crate::error::Kind;
use crate::model::{Format, LanguageModel, Message, Request, Role};
use futures::StreamExt;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// Longest reply to the question whether the model is back, tokens. Some vendors refuse fewer.
const MAX_TOKENS: u32 = 16;
/// Longest sleep before the circuit is looked at again.
const STEP: Duration = Duration::from_secs(10);

/// Sees to it that the model of `member` is asked, while its circuit is open, whenever it has been left alone for long
/// enough. At most one task does so for a circuit. It ends when the circuit is closed or nobody holds the line any
/// more. `patience` is the time for an answer.
pub(super) fn watch(member: &Arc<Member>, patience: Duration) {
    if let Some(watch) = Watch::begin(&member.circuit) {
        tokio::spawn(run(watch, Arc::downgrade(member), patience));
    }
}

async fn run(mut watch: Watch, member: Weak<Member>, patience: Duration) {
    while let Some(until) = watch.due() {
        if member.strong_count() == 0 {
            return;
        }
        let now = Instant::now();
        if until > now {
            // In steps: meanwhile a call may close it, or open it anew for a shorter time.
            sleep_until(until.min(now + STEP)).await;
            continue;
        }
        let Some(member) = member.upgrade() else { return };
        let asked = timeout(patience, is_back(&*member.model)).await.unwrap_or(Err(Kind::TimedOut));
        member.circuit.probed(asked, Instant::now());
    }
}

/// Whether the model answers at all. A model that thinks first may use up its tokens without a word.
async fn is_back(model: &dyn LanguageModel) -> Result<(), Kind> {
    let request = Request {
        system: String::new(),
        messages: vec![Message { role: Role::User, text: "Reply with the single word: ready".to_owned() }],
        max_tokens: MAX_TOKENS,
        temperature: None,
        format: Format::Text,
        account: None,
        reuse: false,
    };
    let mut stream = model.stream(&request).await.map_err(|error| error.kind)?;
    while let Some(piece) = stream.pieces.next().await {
        if let Err(error) = piece {
            return Err(error.kind);
        }
    }
    Ok(())
}

/// The one who watches a circuit.
#[derive(Debug)]
pub(super) struct Watch {
    circuit: Arc<Circuit>,
    is_over: bool,
}

impl Watch {
    /// `None` while the circuit is closed or somebody watches it.
    pub(super) fn begin(circuit: &Arc<Circuit>) -> Option<Self> {
        let is_begun = circuit.begin_watch();
        is_begun.then(|| Self { circuit: Arc::clone(circuit), is_over: false })
    }

    /// When the model is to be asked; `None` once the circuit is closed, which ends the watch.
    pub(super) fn due(&mut self) -> Option<Instant> {
        let due = self.circuit.due_or_end_watch();
        self.is_over = due.is_none();
        due
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.is_over {
            self.circuit.end_watch();
        }
    }
}
