//! Speech that is said again and again, encoded once.

use std::sync::Arc;

use moka::sync::Cache;

use super::packet::Packet;

/// What is said, and how: whatever would make it sound otherwise belongs here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SpokenKey {
    /// The engine and its voice.
    pub voice: String,
    /// Language of the words.
    pub language: String,
    /// Pace in hundredths of the usual.
    pub pace: u16,
    /// The words.
    pub text: String,
}

/// Packets of what was said lately. A second takes about 4 KiB; clones share one store.
#[derive(Clone)]
pub struct SpokenCache {
    packets: Cache<SpokenKey, Arc<[Packet]>>,
}

impl SpokenCache {
    /// Keeps up to `bytes` of sound, and lets go of what was used least.
    pub fn new(bytes: u64) -> Self {
        let weigh = |key: &SpokenKey, packets: &Arc<[Packet]>| {
            let sound: usize = packets.iter().map(|packet| packet.bytes().len() + size_of::<Packet>()).sum();
            u32::try_from(sound + key.text.len()).unwrap_or(u32::MAX)
        };
        Self { packets: Cache::builder().max_capacity(bytes).weigher(weigh).build() }
    }

    /// The sound of something that was said before.
    pub fn get(&self, key: &SpokenKey) -> Option<Arc<[Packet]>> {
        self.packets.get(key)
    }

    /// Keeps the sound of something, whole.
    pub fn keep(&self, key: SpokenKey, packets: Arc<[Packet]>) {
        self.packets.insert(key, packets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> SpokenKey {
        SpokenKey {
            voice: "espeak-ng/en".to_owned(),
            language: "en".to_owned(),
            pace: 100,
            text: text.to_owned(),
        }
    }

    #[test]
    fn what_does_not_fit_is_let_go() {
        let cache = SpokenCache::new(4_000);
        let packets: Arc<[Packet]> = vec![Packet::read([8; 60]).expect("a packet"); 20].into();
        for question in ["one", "two", "three", "four"] {
            cache.keep(key(question), packets.clone());
            cache.packets.run_pending_tasks();
        }
        let kept =
            ["one", "two", "three", "four"].iter().filter(|text| cache.get(&key(text)).is_some()).count();
        assert!((1..=2).contains(&kept), "{kept} of 4 kept in room for 2");
        let slower = SpokenKey { pace: 80, ..key("four") };
        assert_eq!(cache.get(&slower), None);
    }
}
