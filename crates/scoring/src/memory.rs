//! A memory of bounded size for what is costly to work out and asked for again.

use rustc_hash::FxHashMap as HashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// Remembers what was asked for lately: at least the last `room` different keys, at most twice as many.
///
/// Two halves take turns: what is asked for moves into the young one; when that is full, it becomes the old one, and
/// what was in the old one and not asked for since is forgotten.
#[derive(Clone, Debug)]
pub struct Memory<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    room: usize,
}

impl<K: Eq + Hash, V: Clone> Memory<K, V> {
    /// An empty memory.
    pub fn new(room: usize) -> Self {
        Self { young: HashMap::default(), old: HashMap::default(), room }
    }

    /// What is remembered of `key`, else what `make` makes of it.
    pub fn get_or<Q>(&mut self, key: &Q, make: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(known) = self.young.get(key) {
            return known.clone();
        }
        let value = self.old.remove(key).unwrap_or_else(make);
        if self.young.len() >= self.room {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key.to_owned(), value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_lately_is_remembered_and_the_rest_is_bounded() {
        let mut memory: Memory<String, usize> = Memory::new(3);
        let mut made = 0;
        let mut ask = |memory: &mut Memory<String, usize>, key: &str| {
            memory.get_or(key, || {
                made += 1;
                key.len()
            });
            made
        };
        assert_eq!(ask(&mut memory, "a"), 1);
        assert_eq!(ask(&mut memory, "a"), 1, "known");
        for other in ["b", "c", "d"] {
            ask(&mut memory, other);
            ask(&mut memory, "a");
        }
        assert_eq!(ask(&mut memory, "a"), 4, "asked for all the time");
        for number in 0..100 {
            ask(&mut memory, &format!("n{number}"));
        }
        assert!(memory.young.len() + memory.old.len() <= 6);
        assert_eq!(ask(&mut memory, "a"), 105, "forgotten");
    }
}
