//! Word for other nodes. It may get lost: who needs it looks at the database now and then.

use crate::listeners::Draft;
use greenroom_domain::ids::SessionId;

/// Carries word to other nodes. Nothing here waits.
pub trait Relay: Send + Sync {
    /// Somebody at this node watches the interview: what other nodes say of it is wanted.
    fn join(&self, id: SessionId);

    /// Nobody at this node watches it any more.
    fn leave(&self, id: SessionId);

    /// The log of an interview has grown to `last_seq`.
    fn grown(&self, id: SessionId, last_seq: u64);

    /// What is being written for an interview.
    fn writing(&self, id: SessionId, draft: &Draft);

    /// There is background work.
    fn work(&self);

    /// Something was changed that nodes keep in memory: models, questions, what was learnt of them.
    fn changed(&self);
}

/// There are no other nodes, or no way to tell them.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Relay for Alone {
    fn join(&self, _: SessionId) {}
    fn leave(&self, _: SessionId) {}
    fn grown(&self, _: SessionId, _: u64) {}
    fn writing(&self, _: SessionId, _: &Draft) {}
    fn work(&self) {}
    fn changed(&self) {}
}
