//! One Opus packet, and what its first byte says of it (RFC 6716, section 3).

use std::sync::Arc;

/// Opus counts time in ticks of 48 kHz, whatever rate it carries (RFC 7587, section 4.1).
pub const TICKS_PER_MS: u64 = 48;

/// The longest packet that the codec knows, ticks: 120 ms.
const LONGEST_TICKS: u32 = 5_760;
/// More bytes than any packet of one stream can have: three frames of 1275 and their lengths.
const LARGEST_BYTES: usize = 3_840;

/// An Opus packet whose length in time is known. Clones share the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    bytes: Arc<[u8]>,
    ticks: u32,
}

impl Packet {
    /// Reads the head of a packet; `None` for what no decoder would take.
    pub fn read(bytes: impl Into<Arc<[u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let ticks = ticks_of(&bytes)?;
        Some(Self { bytes, ticks })
    }

    /// A packet that stands for one that is missing, as long as a frame of this one: decoders conceal it
    /// (RFC 7845, section 4.1).
    pub fn missing_like(&self) -> Self {
        let toc = [self.bytes[0] & 0b1111_1100];
        Self { ticks: ticks_of(&toc).unwrap_or(960), bytes: Arc::from(toc) }
    }

    /// The packet as it goes over the line.
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// How long it sounds, in ticks of 48 kHz.
    pub fn ticks(&self) -> u32 {
        self.ticks
    }
}

fn ticks_of(bytes: &[u8]) -> Option<u32> {
    let toc = *bytes.first().filter(|_| bytes.len() <= LARGEST_BYTES)?;
    let config = toc >> 3;
    let frame = match config {
        0..=11 => [480, 960, 1_920, 2_880][usize::from(config & 3)],
        12..=15 => [480, 960][usize::from(config & 1)],
        _ => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(bytes.get(1)? & 0x3f),
    };
    Some(frame * frames).filter(|ticks| (1..=LONGEST_TICKS).contains(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_says_how_long_it_sounds() {
        // (first bytes, ticks): SILK 20 ms, hybrid 20 ms, CELT 2.5 ms, two of 20 ms, three of 20 ms.
        for (bytes, ticks) in [
            (&[0b0000_1000, 1][..], 960),
            (&[0b0110_1000, 1], 960),
            (&[0b1000_0000, 1], 120),
            (&[0b0000_1001, 1], 1_920),
            (&[0b0000_1011, 3], 2_880),
        ] {
            assert_eq!(Packet::read(bytes).map(|packet| packet.ticks()), Some(ticks), "{bytes:?}");
        }
        // Nothing, no count, a count of nothing, more than 120 ms, more bytes than a packet has.
        let vast = [8; LARGEST_BYTES + 1];
        for bytes in [&[][..], &[0b0000_1011], &[0b0000_1011, 0], &[0b0001_1011, 3], &vast] {
            assert_eq!(Packet::read(bytes), None, "{:?}", bytes.get(..2));
        }
    }
}
