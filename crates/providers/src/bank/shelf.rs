//! The bank of this moment: what ships, with the questions that the operator added.

use super::{Bank, Learned};
use greenroom_domain::bank::OwnQuestion;
use std::sync::{Arc, PoisonError, RwLock};

/// A bank that is exchanged while the program runs. Clones share it.
#[derive(Clone, Debug)]
pub struct Shelf {
    shipped: Bank,
    now: Arc<RwLock<Bank>>,
    learned: Learned,
}

impl Shelf {
    /// The bank of this moment. Whoever plans or asks takes it once: it stays as it is.
    pub fn now(&self) -> Bank {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What ships with the program.
    pub fn shipped(&self) -> &Bank {
        &self.shipped
    }

    /// What answers have taught of its questions.
    pub fn learned(&self) -> &Learned {
        &self.learned
    }

    /// From now on these stand beside what ships, and no others.
    pub fn put(&self, own: &[OwnQuestion]) {
        let bank = self.shipped.with(own);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = bank;
    }
}

impl From<Bank> for Shelf {
    fn from(shipped: Bank) -> Self {
        Self { now: Arc::new(RwLock::new(shipped.clone())), shipped, learned: Learned::default() }
    }
}
