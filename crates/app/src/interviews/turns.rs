//! Who may do something with an interview while others wait. A lock is there for as long as somebody holds it or waits
//! for it: there are more interviews than memory, but few in which something is done at this moment.

use greenroom_domain::ids::SessionId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Locks by interview. Cheap to clone; clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<SessionId, Lock>>>);

type Lock = Arc<tokio::sync::Mutex<()>>;

/// A place in the queue for one interview, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Turns,
    id: SessionId,
    lock: Lock,
}

impl Turns {
    /// A place in the queue for this interview.
    pub fn of(&self, id: SessionId) -> Turn {
        let lock = self.locks().entry(id).or_default().clone();
        Turn { turns: self.clone(), id, lock }
    }

    fn locks(&self) -> MutexGuard<'_, HashMap<SessionId, Lock>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits for those who came before.
    pub async fn lock(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.lock.lock().await
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut locks = self.turns.locks();
        // Ours and the one in the table: others would come by the table, which is ours now.
        if Arc::strong_count(&self.lock) == 2 {
            locks.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn one_after_the_other_and_nothing_stays() {
        let turns = Turns::default();
        let id = SessionId::from(Uuid::from_u128(1));
        let (first, second) = (turns.of(id), turns.of(id));
        let held = first.lock().await;
        assert!(second.lock.try_lock().is_err());
        assert!(turns.of(SessionId::from(Uuid::from_u128(2))).lock.try_lock().is_ok());
        drop(held);
        drop(first);
        assert!(second.lock.try_lock().is_ok());
        assert!(Arc::ptr_eq(&turns.of(id).lock, &second.lock));
        drop(second);
        assert!(turns.locks().is_empty());
    }
}
