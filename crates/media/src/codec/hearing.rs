//! The candidate's packets as a stream of frames: put in order, decoded to 16 kHz, gaps concealed and marked.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ropus::{Channels, DecodeMode, Decoder};

use super::packet::Packet;
use crate::audio::{HEARD_FRAME, HEARD_RATE};

/// How long a packet that overtook another waits for it.
const REORDER: Duration = Duration::from_millis(60);
/// How many wait, at most: then the missing one is taken for lost.
const REORDER_PACKETS: usize = 3;
/// The longest gap that is concealed, packets. A longer one is left out: made up sound is no speech.
const CONCEALED: u64 = 5;
/// Ticks of 48 kHz in a sample of 16 kHz.
const TICKS_PER_SAMPLE: u64 = 3;

/// A packet as it came over the line.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its number, counted on beyond 16 bits.
    pub sequence: u64,
    /// When it was spoken, ticks of 48 kHz, counted on beyond 32 bits.
    pub ticks: u64,
    /// What it carries; nothing when it only probes the line.
    pub payload: Arc<[u8]>,
    /// When it came.
    pub at: Instant,
}

/// 20 ms of the candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct HeardFrame {
    /// When it was spoken: ticks of 48 kHz on the sender's clock.
    pub ticks: u64,
    /// Mono samples at 16 kHz.
    pub pcm: Box<[i16; HEARD_FRAME]>,
    /// Whether any of it was made up for what was lost.
    pub concealed: bool,
    /// The packets that begin in it, as they came; none when it was made up or came as samples.
    pub packets: Vec<Packet>,
}

/// What became of the packets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HearingStats {
    /// Packets that came in time.
    pub received: u64,
    /// Packets that never came, or too late.
    pub lost: u64,
    /// Packets that were no Opus.
    pub unreadable: u64,
    /// Spread of the time between packets, ms (RFC 3550, section 6.4.1).
    pub jitter_ms: f32,
}

/// Turns packets into frames. Whatever comes over the line may be hostile: nothing here waits or grows without bound,
/// and nothing panics.
pub struct Hearing {
    decoder: Decoder,
    waiting: BTreeMap<u64, Arrived>,
    next: Option<u64>,
    /// When the next packet should have been spoken.
    expected: u64,
    packet_ticks: u32,
    pcm: Vec<i16>,
    pcm_ticks: u64,
    concealed: bool,
    packets: Vec<Packet>,
    /// When the last packet came, and when it was spoken, ms.
    before: Option<(Instant, f64)>,
    stats: HearingStats,
}

impl Default for Hearing {
    fn default() -> Self {
        Self {
            decoder: decoder(),
            waiting: BTreeMap::new(),
            next: None,
            expected: 0,
            packet_ticks: 960,
            pcm: Vec::with_capacity(HEARD_FRAME * 2),
            pcm_ticks: 0,
            concealed: false,
            packets: Vec::new(),
            before: None,
            stats: HearingStats::default(),
        }
    }
}

fn decoder() -> Decoder {
    Decoder::new(HEARD_RATE, Channels::Mono).expect("a rate that Opus knows")
}

impl Hearing {
    /// Takes a packet and appends the frames that have become whole to `out`.
    pub fn arrive(&mut self, packet: Arrived, out: &mut Vec<HeardFrame>) {
        let next = *self.next.get_or_insert(packet.sequence);
        self.note_jitter(&packet);
        if packet.sequence < next {
            return;
        }
        self.waiting.insert(packet.sequence, packet);
        self.release(false, out);
        while self.waiting.len() >= REORDER_PACKETS {
            self.release(true, out);
        }
    }

    /// When [`Self::give_up`] must be called, unless packets come before.
    pub fn due(&self) -> Option<Instant> {
        self.waiting.values().map(|packet| packet.at + REORDER).min()
    }

    /// Takes what is missing for lost when it has been waited for long enough.
    pub fn give_up(&mut self, now: Instant, out: &mut Vec<HeardFrame>) {
        if self.due().is_some_and(|due| now >= due) {
            self.release(true, out);
        }
    }

    /// What became of the packets so far.
    pub fn stats(&self) -> HearingStats {
        self.stats
    }

    /// Plays what is next in order; with `force` also what waits behind a gap.
    fn release(&mut self, mut force: bool, out: &mut Vec<HeardFrame>) {
        while let Some(first) = self.waiting.first_entry() {
            if !force && Some(*first.key()) != self.next {
                break;
            }
            force = false;
            let packet = first.remove();
            self.play(packet, out);
        }
    }

    fn play(&mut self, arrived: Arrived, out: &mut Vec<HeardFrame>) {
        let missing = self.next.map_or(0, |next| arrived.sequence.saturating_sub(next));
        self.next = arrived.sequence.checked_add(1);
        self.stats.received += 1;
        self.stats.lost += missing;
        // A packet that only probes the line has a number and no sound. Decoding it would make sound up.
        if arrived.payload.is_empty() {
            return;
        }
        let Some(packet) = Packet::read(arrived.payload) else {
            self.stats.unreadable += 1;
            return;
        };
        self.conceal(missing, arrived.ticks, &packet, out);
        if arrived.ticks != self.expected || self.stats.received == 1 {
            self.jump(arrived.ticks);
        }
        let from = self.pcm.len();
        let samples = packet.ticks() as usize / TICKS_PER_SAMPLE as usize;
        if !self.decode(packet.bytes(), samples, DecodeMode::Normal) {
            self.pcm.truncate(from);
            self.stats.unreadable += 1;
            return;
        }
        self.packet_ticks = packet.ticks();
        self.expected = self.expected.wrapping_add(u64::from(packet.ticks()));
        self.packets.push(packet);
        self.cut(out);
    }

    /// Makes up what was lost before `packet`, the last of it from what the packet repeats of it.
    fn conceal(&mut self, missing: u64, ticks: u64, packet: &Packet, out: &mut Vec<HeardFrame>) {
        // Lost probes leave no gap in time.
        let silent = ticks.saturating_sub(self.expected) / u64::from(self.packet_ticks.max(1));
        let gap = missing.min(silent);
        if gap == 0 || gap > CONCEALED || self.stats.received == 1 {
            return;
        }
        let samples = self.packet_ticks as usize / TICKS_PER_SAMPLE as usize;
        for lost in 1..=gap {
            let (bytes, mode) = match lost == gap {
                true => (&packet.bytes()[..], DecodeMode::Fec),
                false => (&[][..], DecodeMode::Normal),
            };
            if !self.decode(bytes, samples, mode) {
                return;
            }
            self.concealed = true;
            self.expected = self.expected.wrapping_add(u64::from(self.packet_ticks));
            self.cut(out);
        }
    }

    /// Goes on at another moment: sound is missing that cannot be made up, or the sender's clock was set.
    fn jump(&mut self, ticks: u64) {
        self.pcm.clear();
        self.packets.clear();
        self.concealed = false;
        self.pcm_ticks = ticks;
        self.expected = ticks;
    }

    /// Appends what the decoder makes of a packet. A decoder that breaks on one is replaced.
    fn decode(&mut self, bytes: &[u8], samples: usize, mode: DecodeMode) -> bool {
        let from = self.pcm.len();
        self.pcm.resize(from + samples, 0);
        let room = &mut self.pcm[from..];
        let made = catch_unwind(AssertUnwindSafe(|| self.decoder.decode(bytes, room, mode)));
        if made.is_err() {
            tracing::warn!("the Opus decoder broke on a packet and was replaced");
            self.decoder = decoder();
        }
        matches!(made, Ok(Ok(_)))
    }

    fn cut(&mut self, out: &mut Vec<HeardFrame>) {
        let whole = self.pcm.len() / HEARD_FRAME * HEARD_FRAME;
        for samples in self.pcm[..whole].chunks_exact(HEARD_FRAME) {
            let mut pcm = Box::new([0; HEARD_FRAME]);
            pcm.copy_from_slice(samples);
            let packets = std::mem::take(&mut self.packets);
            out.push(HeardFrame { ticks: self.pcm_ticks, pcm, concealed: self.concealed, packets });
            self.pcm_ticks = self.pcm_ticks.wrapping_add(HEARD_FRAME as u64 * TICKS_PER_SAMPLE);
        }
        self.pcm.drain(..whole);
        self.concealed &= !self.pcm.is_empty();
    }

    fn note_jitter(&mut self, packet: &Arrived) {
        // Against the packet before, so that no clock has to be agreed on.
        let spoken_ms = packet.ticks as f64 / 48.0;
        if let Some((came, spoken)) = self.before.replace((packet.at, spoken_ms)) {
            let came_ms = packet.at.saturating_duration_since(came).as_secs_f64() * 1_000.0;
            let step = (came_ms - (spoken_ms - spoken)).abs().min(1_000.0) as f32;
            self.stats.jitter_ms += (step - self.stats.jitter_ms) / 16.0;
        }
    }
}

#[cfg(test)]
mod tests;
