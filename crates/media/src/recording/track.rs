//! One track: packets in, pages of Ogg out.

use ogg::{PacketWriteEndInfo, PacketWriter};

use crate::audio::FRAME_MS;
use crate::codec::{Packet, TICKS_PER_MS};

/// What decoders leave out at the beginning, ticks: what Opus itself is late by (RFC 7845, section 4.2).
pub(super) const PRE_SKIP: u16 = 312;
/// Sound in a page, ticks: with the packet that is kept back a second. What a crash costs, at most.
const PAGE_TICKS: u64 = 46_080;
/// Missing sound up to this is left to the decoder to make up, ms; in longer gaps there is silence.
const CONCEALED_MS: u64 = 100;
/// How far a packet may be from its place before the track is set right, ms.
const LOOSE_MS: u64 = 60;
/// 20 ms of digital silence: CELT, one channel, nothing in it.
const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];

pub(super) struct Track {
    writer: PacketWriter<'static, Vec<u8>>,
    serial: u32,
    /// Sound so far, ticks.
    ticks: u64,
    in_page: u64,
    /// Kept back, since the last packet of a page says that it is.
    held: Option<Packet>,
    last: Option<Packet>,
}

impl Track {
    /// An empty track; `rate` is what the sound came from, for those who ask.
    pub fn new(serial: u32, rate: u32) -> Self {
        let mut track = Self {
            writer: PacketWriter::new(Vec::new()),
            serial,
            ticks: 0,
            in_page: 0,
            held: None,
            last: None,
        };
        let mut head = Vec::with_capacity(19);
        head.extend(b"OpusHead\x01\x01");
        head.extend(PRE_SKIP.to_le_bytes());
        head.extend(rate.to_le_bytes());
        // No gain, and the mapping of one channel.
        head.extend([0, 0, 0]);
        let vendor = b"greenroom";
        let mut tags = b"OpusTags".to_vec();
        tags.extend((vendor.len() as u32).to_le_bytes());
        tags.extend(vendor);
        tags.extend(0_u32.to_le_bytes());
        for header in [head, tags] {
            track.put(header, PacketWriteEndInfo::EndPage, 0);
        }
        track
    }

    /// How long the track is, ms.
    pub fn length_ms(&self) -> u64 {
        self.ticks / TICKS_PER_MS
    }

    /// Writes a packet that belongs at `at_ms`. A gap before it is filled, a packet for which there is no room any more
    /// is left out. Says whether it was written.
    pub fn write(&mut self, at_ms: u64, packet: Packet) -> bool {
        if at_ms + LOOSE_MS < self.length_ms() {
            return false;
        }
        if at_ms > self.length_ms() + LOOSE_MS {
            self.fill_to(at_ms);
        }
        self.last = Some(packet.clone());
        self.push(packet);
        true
    }

    /// Silence until `at_ms`.
    pub fn fill_to(&mut self, at_ms: u64) {
        let gap_ms = at_ms.saturating_sub(self.length_ms());
        let silence = Packet::read(SILENCE).expect("a packet that the format knows");
        let missing = self.last.take().filter(|_| gap_ms <= CONCEALED_MS).map(|last| last.missing_like());
        let filler = missing.filter(|packet| packet.ticks() == 960).unwrap_or(silence);
        for _ in 0..gap_ms / FRAME_MS {
            self.push(filler.clone());
        }
    }

    /// The pages that have become whole since the last time.
    pub fn take_pages(&mut self) -> Vec<u8> {
        std::mem::take(self.writer.inner_mut())
    }

    /// Ends the track. The last pages are to be taken after it.
    pub fn finish(&mut self) {
        if let Some(last) = self.held.take() {
            self.put(last.bytes().to_vec(), PacketWriteEndInfo::EndStream, self.ticks);
        }
    }

    fn push(&mut self, packet: Packet) {
        if let Some(held) = self.held.take() {
            let is_full = self.in_page >= PAGE_TICKS;
            self.in_page = if is_full { 0 } else { self.in_page };
            let end = if is_full { PacketWriteEndInfo::EndPage } else { PacketWriteEndInfo::NormalPacket };
            self.put(held.bytes().to_vec(), end, self.ticks);
        }
        self.ticks += u64::from(packet.ticks());
        self.in_page += u64::from(packet.ticks());
        self.held = Some(packet);
    }

    fn put(&mut self, bytes: Vec<u8>, end: PacketWriteEndInfo, position: u64) {
        self.writer
            .write_packet(bytes, self.serial, end, position)
            .expect("memory takes all that is written");
    }
}
