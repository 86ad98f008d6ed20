//! When a frame was spoken, on the clock of the link.

/// How far ahead of the clock a frame may be, ms. Nobody speaks faster than time passes: more is a flood, or a number
/// that jumped.
const AHEAD_MS: u64 = 3_000;
/// How many frames are looked at to tell a late line from a clock that stands still: five seconds.
const WINDOW: u32 = 250;
/// A lag that stays for the whole window is no jitter: the sender left time out.
const LAG_MS: u64 = 500;

/// Maps the sender's media clock to ms since the link was opened. What comes out only grows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HeardClock {
    base_ms: Option<i64>,
    end_ms: u64,
    frames: u32,
    least_lag_ms: u64,
}

impl HeardClock {
    /// Where a frame of `ms` length belongs that the sender puts at `media_ms`, when the link is `now_ms` old. `None`
    /// for one that overlaps what was before or that cannot have been spoken yet.
    pub fn place(&mut self, media_ms: u64, ms: u64, now_ms: u64) -> Option<u64> {
        // Far beyond a century of speech only the hostile count.
        let media_ms = i64::try_from(media_ms).ok().filter(|ms| *ms < 1 << 52)?;
        let base_ms = *self.base_ms.get_or_insert_with(|| {
            let began = now_ms.saturating_sub(ms).max(self.end_ms) as i64;
            (self.frames, self.least_lag_ms) = (0, u64::MAX);
            began - media_ms
        });
        let at_ms = u64::try_from(media_ms + base_ms).ok()?;
        if at_ms < self.end_ms || at_ms > now_ms + AHEAD_MS {
            return None;
        }
        self.end_ms = at_ms + ms;
        self.watch_lag(now_ms.saturating_sub(self.end_ms));
        Some(at_ms)
    }

    /// The sender begins to count anew: another transport, another stream.
    pub fn restart(&mut self) {
        self.base_ms = None;
    }

    fn watch_lag(&mut self, lag_ms: u64) {
        self.least_lag_ms = self.least_lag_ms.min(lag_ms);
        self.frames += 1;
        if self.frames < WINDOW {
            return;
        }
        if self.least_lag_ms > LAG_MS {
            self.base_ms = self.base_ms.map(|base| base + (self.least_lag_ms / 20 * 20) as i64);
        }
        (self.frames, self.least_lag_ms) = (0, u64::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_each_other_whatever_the_line_does() {
        let mut clock = HeardClock::default();
        // Opened 200 ms ago; then a stall of a second, after which all of it comes at once.
        assert_eq!(clock.place(4_000, 20, 220), Some(200));
        assert_eq!(clock.place(4_020, 20, 240), Some(220));
        for late in 0..50 {
            assert_eq!(clock.place(4_040 + late * 20, 20, 1_260), Some(240 + late * 20));
        }
        // A gap stays a gap; what was there before is refused.
        assert_eq!(clock.place(5_240, 20, 1_500), Some(1_440));
        assert_eq!(clock.place(5_200, 20, 1_500), None);
        // Another transport begins where time is now.
        clock.restart();
        assert_eq!(clock.place(0, 20, 4_020), Some(4_000));
    }

    #[test]
    fn nobody_speaks_faster_than_time_passes() {
        let mut clock = HeardClock::default();
        let taken = (0..100_000).filter(|frame| clock.place(frame * 20, 20, 1_000).is_some()).count();
        assert_eq!(taken, 152, "3 s ahead and no more");
        for wild in [1 << 40, 1 << 53, u64::MAX] {
            assert_eq!(clock.place(wild, 20, 1_000), None);
        }
    }

    #[test]
    fn time_that_the_sender_left_out_is_made_good() {
        let mut clock = HeardClock::default();
        assert_eq!(clock.place(0, 20, 20), Some(0));
        // Muted for a minute without counting, then speech in time.
        let last = (1..=600).filter_map(|frame| clock.place(frame * 20, 20, 60_000 + frame * 20)).last();
        assert_eq!(last, Some(60_000 + 600 * 20 - 20));
    }
}
