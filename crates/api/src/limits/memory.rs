//! What each sender owes, in the memory of this process.

use super::rate::Rate;
use super::sender::Sender;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Senders that are kept, at most: some 30 MB. Beyond them the one not heard of for longest is forgotten.
const SENDERS: u64 = 100_000;

pub(super) struct Memory(Cache<Sender, Arc<AtomicI64>>);

impl Memory {
    pub fn new() -> Self {
        Self(Cache::builder().max_capacity(SENDERS).eviction_policy(EvictionPolicy::lru()).build())
    }

    /// Counts one request against each; stops at the first that has had its share, and says how long to wait.
    pub fn take(&self, debts: &[(Sender, Rate)], now: i64) -> Result<(), (Sender, i64)> {
        for (sender, rate) in debts {
            let paid_at = self.0.get_with(*sender, Arc::default);
            let mut wait = 0;
            let taken = paid_at.fetch_update(Ordering::AcqRel, Ordering::Acquire, |paid_at| {
                rate.take(paid_at, now).inspect_err(|error| wait = *error).ok()
            });
            if taken.is_err() {
                return Err((*sender, wait));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sender::{Class, Who};
    use super::*;
    use std::net::{IpAddr, Ipv4Addr};

    const RATE: Rate = Rate { cost: 1_000_000, most: 2_000_000 };

    fn sender(number: u32) -> Sender {
        Sender { class: Class::Login, who: Who::at(IpAddr::V4(Ipv4Addr::from(number))) }
    }

    #[test]
    fn each_sender_has_a_share_of_their_own() {
        let memory = Memory::new();
        for number in 1..=2 {
            let debts = [(sender(number), RATE)];
            assert!(memory.take(&debts, 5).is_ok() && memory.take(&debts, 5).is_ok());
            assert_eq!(memory.take(&debts, 5), Err((sender(number), 1_000_000)));
            assert!(memory.take(&debts, 1_000_005).is_ok());
        }
    }

    #[test]
    fn many_addresses_fill_no_memory_and_new_ones_are_limited_all_the_same() {
        let memory = Memory::new();
        for number in 0..2 * SENDERS as u32 {
            assert!(memory.take(&[(sender(number), RATE)], 5).is_ok());
        }
        memory.0.run_pending_tasks();
        assert!(memory.0.entry_count() <= SENDERS);
        let debts = [(sender(u32::MAX), RATE)];
        assert!(memory.take(&debts, 5).is_ok() && memory.take(&debts, 5).is_ok());
        memory.0.run_pending_tasks();
        assert!(memory.take(&debts, 5).is_err());
    }
}
