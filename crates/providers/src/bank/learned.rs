//! What answers have taught of the bank's questions.

use greenroom_scoring::irt::interview::Experience;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// What is known of questions beside what their authors said, exchanged while the program runs. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Learned(Arc<RwLock<HashMap<String, Experience>>>);

impl Learned {
    /// What is known of the question with this key; nothing, for one with too few answers.
    pub fn of(&self, id: &str) -> Experience {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned().unwrap_or_default()
    }

    /// From now on this is known, and nothing else.
    pub fn put(&self, known: HashMap<String, Experience>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = known;
    }
}
