//! What each sender owes, in Redis, for all nodes that share it. While Redis is away each node counts for itself.

use super::rate::Rate;
use super::sender::Sender;
use greenroom_bus::Redis;
use greenroom_bus::redis::{RedisError, cmd};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

/// The rule of [`Rate::take`], by the clock of Redis: those of nodes differ. Keys are forgotten once all is paid.
const SCRIPT: &str = "
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
for i, key in ipairs(KEYS) do
  local cost, most = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local owed = tonumber(redis.call('GET', key) or 0) - now
  if owed < 0 or owed > most then owed = 0 end
  local wait = owed + cost - most
  if wait > 0 then return {i, wait} end
  redis.call('SET', key, string.format('%.0f', now + owed + cost), 'PX', math.ceil((owed + cost) / 1000))
end
return {0, 0}";

/// Longest wait for Redis: a request waits for it.
const ANSWER_WITHIN: Duration = Duration::from_millis(250);
/// How often one request asks whether it is back, microseconds.
const LOOK_EVERY: i64 = 1_000_000;

pub(super) struct Shared {
    redis: Redis,
    is_away: AtomicBool,
    look_at: AtomicI64,
}

impl Shared {
    pub fn new(redis: Redis) -> Self {
        Self { redis, is_away: AtomicBool::new(false), look_at: AtomicI64::new(0) }
    }

    /// As in memory; `None` while Redis is away. `now` is microseconds since 1970, by this node.
    pub async fn take(&self, debts: &[(Sender, Rate)], now: i64) -> Option<Result<(), (Sender, i64)>> {
        if debts.is_empty() {
            return Some(Ok(()));
        }
        if self.is_away.load(Ordering::Acquire) && !self.may_look(now) {
            return None;
        }
        match tokio::time::timeout(ANSWER_WITHIN, self.ask(debts)).await {
            Ok(Ok((place, wait))) => {
                if self.is_away.swap(false, Ordering::AcqRel) {
                    tracing::info!("Redis is back; limits are shared between nodes again");
                }
                let refused = usize::try_from(place).ok().and_then(|place| place.checked_sub(1));
                Some(refused.and_then(|at| debts.get(at)).map_or(Ok(()), |(sender, _)| Err((*sender, wait))))
            }
            Ok(Err(error)) => self.missed(now, &error.to_string()),
            Err(_) => self.missed(now, "no answer in time"),
        }
    }

    /// While Redis is away one request a second finds out whether it is back; the others do not wait for it.
    fn may_look(&self, now: i64) -> bool {
        let look = |at: i64| (at <= now || at > now + LOOK_EVERY).then_some(now + LOOK_EVERY);
        self.look_at.fetch_update(Ordering::AcqRel, Ordering::Acquire, look).is_ok()
    }

    fn missed<T>(&self, now: i64, error: &str) -> Option<T> {
        self.look_at.store(now + LOOK_EVERY, Ordering::Release);
        if !self.is_away.swap(true, Ordering::AcqRel) {
            tracing::warn!(error, "Redis is away; each node counts requests for itself until it is back");
        }
        None
    }

    /// Which of them is refused, from 1, and for how long; (0, 0) when none is.
    async fn ask(&self, debts: &[(Sender, Rate)]) -> Result<(i64, i64), RedisError> {
        let mut call = cmd("EVAL");
        call.arg(SCRIPT).arg(debts.len());
        for (sender, _) in debts {
            call.arg(self.redis.named(&sender.to_string()));
        }
        for (_, rate) in debts {
            call.arg(rate.cost).arg(rate.most);
        }
        call.query_async(&mut self.redis.commands()).await
    }
}
