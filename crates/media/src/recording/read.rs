//! A track that was written, as far as it was written.

use std::io::{Read, Seek};

use ogg::PacketReader;
use ropus::{Channels, DecodeMode, Decoder};

use super::peaks::Peaks;
use super::track::PRE_SKIP;
use crate::audio::{SPOKEN_FRAME, SPOKEN_RATE};
use crate::codec::Packet;

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReadError {
    /// It is no track of ours.
    #[error("the recording is no Ogg Opus")]
    NotOpus,
}

/// A track as packets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded {
    packets: Vec<Packet>,
}

/// Reads a track. A page that is not whole, as a crash leaves it, ends it.
///
/// # Errors
/// What does not begin like a track.
pub fn read(from: impl Read + Seek) -> Result<Recorded, ReadError> {
    let mut reader = PacketReader::new(from);
    let mut next = || reader.read_packet().ok().flatten().map(|packet| packet.data);
    let head = next().filter(|head| head.starts_with(b"OpusHead"));
    head.and_then(|_| next().filter(|tags| tags.starts_with(b"OpusTags"))).ok_or(ReadError::NotOpus)?;
    let packets = std::iter::from_fn(next).filter_map(Packet::read).collect();
    Ok(Recorded { packets })
}

impl Recorded {
    pub(super) fn packets(&self) -> &[Packet] {
        &self.packets
    }

    /// How long it is, ms.
    pub fn length_ms(&self) -> u64 {
        self.packets.iter().map(|packet| u64::from(packet.ticks())).sum::<u64>() / 48
    }

    /// The heights of a track whose own were lost.
    pub fn peaks(&self) -> Peaks {
        let mut peaks = Peaks::default();
        let mut at = 0;
        for pcm in self.frames() {
            peaks.add(at, &pcm);
            at += 20;
        }
        peaks
    }

    /// The samples at 24 kHz, 20 ms at a time.
    pub(super) fn frames(&self) -> impl Iterator<Item = [i16; SPOKEN_FRAME]> {
        let mut decoder = Decoder::new(SPOKEN_RATE, Channels::Mono).expect("a rate that Opus knows");
        let mut packets = self.packets.iter();
        let mut waiting = Vec::new();
        let mut skip = usize::from(PRE_SKIP) / 2;
        std::iter::from_fn(move || {
            while waiting.len() < SPOKEN_FRAME {
                let packet = packets.next()?;
                let samples = packet.ticks() as usize / 2;
                let mut pcm = vec![0; samples];
                // One byte stands for a packet that was lost.
                let bytes = if packet.bytes().len() == 1 { &[][..] } else { packet.bytes() };
                if decoder.decode(bytes, &mut pcm, DecodeMode::Normal).is_err() {
                    pcm.fill(0);
                }
                let cut = skip.min(pcm.len());
                skip -= cut;
                waiting.extend_from_slice(&pcm[cut..]);
            }
            let mut frame = [0; SPOKEN_FRAME];
            frame.copy_from_slice(&waiting[..SPOKEN_FRAME]);
            waiting.drain(..SPOKEN_FRAME);
            Some(frame)
        })
    }
}
