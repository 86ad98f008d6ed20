//! The interviewer's sound as packets, one each 20 ms, and what of it has sounded.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use str0m::media::Pt;
use str0m::rtp::RtpWrite;
use tokio::time::Instant;

use super::hub::Counters;
use crate::audio::FRAME_MS;
use crate::codec::{SpeechEncoder, TICKS_PER_MS};
use crate::link::{Cut, LinkCore, SliceSound};

const FRAME: Duration = Duration::from_millis(FRAME_MS);
/// What browsers hold back before they play, beside the way there: measured 31..57 ms.
const BUFFERED_MS: f32 = 50.0;
/// How often it is said what has sounded.
const REPORT: Duration = Duration::from_millis(200);
/// How late sound may be before the rest of it moves: otherwise a stall would be made good by a burst that nobody can
/// play.
const STALLED: Duration = Duration::from_millis(200);

/// For how long nothing comes from a page that is there: a frame each 20 ms while its microphone is on, and one of its
/// reports each two seconds in any case. At the moment at which a microphone falls silent the first is still counted with:
/// a reply that ends then is told once a report has come.
const BETWEEN_FRAMES: Duration = Duration::from_millis(500);
const BETWEEN_REPORTS: Duration = Duration::from_millis(2_500);

/// When something came from the page for the last time.
#[derive(Clone, Copy)]
pub(super) struct SignOfLife {
    /// Anything at all.
    pub any: Instant,
    /// Sound.
    pub sound: Instant,
}

impl SignOfLife {
    /// Until when the page has certainly been there: what should have sounded later may have been heard by nobody.
    fn holds_until(self) -> Instant {
        let flows = self.any.duration_since(self.sound) < BETWEEN_FRAMES;
        self.any + if flows { BETWEEN_FRAMES } else { BETWEEN_REPORTS }
    }
}

pub(super) struct Pace {
    counters: Arc<Counters>,
    encoder: Option<Box<SpeechEncoder>>,
    began: Instant,
    /// When the next packet of a run of sound is due.
    next: Option<Instant>,
    sequence: u64,
    ticks: u64,
    late_ms: f32,
    /// What is on its way: reply, where it ends in it, when it will have sounded.
    on_its_way: VecDeque<(u64, u64, Instant)>,
    /// What has sounded and was not said yet.
    sounded: Option<(u64, u64)>,
    reported: Instant,
}

impl Pace {
    pub fn new(counters: Arc<Counters>) -> Self {
        let now = Instant::now();
        Self {
            counters,
            encoder: None,
            began: now,
            next: None,
            sequence: 1,
            ticks: 0,
            late_ms: BUFFERED_MS,
            on_its_way: VecDeque::new(),
            sounded: None,
            reported: now,
        }
    }

    /// How long the way there and back takes.
    pub fn note_round_trip(&mut self, rtt_ms: f32) {
        self.late_ms = (BUFFERED_MS + rtt_ms / 2.0).min(400.0);
    }

    /// When [`Self::next`] or [`Self::report`] have something to do.
    pub fn due(&self, core: &LinkCore, page: SignOfLife) -> Option<Instant> {
        match core.outbox.has_frame() {
            true => self.next.or_else(|| Some(Instant::now())),
            false => {
                let next = self.reported + REPORT;
                let heard = self.on_its_way.front().map(|(.., heard)| *heard);
                // The next sign of life wakes by itself.
                let heard = heard.filter(|heard| *heard <= page.holds_until());
                heard.map(|heard| heard.max(next)).or(self.sounded.map(|_| next))
            }
        }
    }

    /// The packet that is due now, if one is.
    pub fn next(&mut self, core: &mut LinkCore, now: Instant, pt: Pt) -> Option<RtpWrite> {
        if self.next.is_some_and(|due| now < due) {
            return None;
        }
        let Some(slice) = core.outbox.next_frame() else {
            self.next = None;
            return None;
        };
        let is_first = self.next.is_none();
        let due = self.next.unwrap_or(now);
        let late = now.duration_since(due);
        self.counters.sent.fetch_add(1, Ordering::Relaxed);
        if late > FRAME {
            self.counters.late.fetch_add(1, Ordering::Relaxed);
            self.counters.latest_ms.fetch_max(late.as_millis() as u64, Ordering::Relaxed);
        }
        let is_moved = is_first || late > STALLED;
        self.next = Some(if is_moved { now } else { due } + FRAME);
        let payload = match &slice.sound {
            SliceSound::Opus(packet) => Some(packet.bytes().clone()),
            SliceSound::Pcm(pcm) => {
                let mut packets = Vec::with_capacity(1);
                self.encoder.get_or_insert_default().push(&pcm[..], &mut packets);
                packets.first().map(|packet| packet.bytes().clone())
            }
        }?;
        // After silence the packets go on where time is now.
        let elapsed = now.duration_since(self.began).as_millis() as u64 / FRAME_MS * FRAME_MS * TICKS_PER_MS;
        self.ticks = (self.ticks + FRAME_MS * TICKS_PER_MS).max(if is_moved { elapsed } else { 0 });
        self.sequence += 1;
        let heard = now + FRAME + Duration::from_secs_f32(self.late_ms / 1_000.0);
        self.on_its_way.push_back((slice.reply, slice.at_ms + FRAME_MS, heard));
        let time = self.ticks as u32;
        Some(RtpWrite::new(pt, self.sequence.into(), time, now.into_std(), payload).marker(is_first))
    }

    /// Says what has sounded: now and then, at the end of a run, and when `at_once`.
    pub fn report(&mut self, core: &mut LinkCore, page: SignOfLife, at_once: bool) -> Result<(), Cut> {
        let now = Instant::now();
        let until = now.min(page.holds_until());
        while let Some((reply, ms, _)) = self.on_its_way.pop_front_if(|(.., heard)| *heard <= until) {
            if let Some((before, ms)) = self.sounded.replace((reply, ms))
                && before != reply
            {
                core.played(before, ms)?;
            }
        }
        let is_end = self.on_its_way.is_empty();
        let Some((reply, ms)) = self.sounded.filter(|_| at_once || is_end || now >= self.reported + REPORT)
        else {
            return Ok(());
        };
        (self.sounded, self.reported) = (None, now);
        core.played(reply, ms)
    }

    /// Nothing is on its way any more that anybody will hear.
    pub fn forget(&mut self) {
        self.on_its_way.clear();
    }
}
