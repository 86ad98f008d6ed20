//! Both tracks as one, for those who want a single file.

use std::io::{self, Write};

use super::peaks::Peaks;
use super::read::Recorded;
use super::track::Track;
use crate::audio::{FRAME_MS, SPOKEN_FRAME, SPOKEN_RATE};
use crate::codec::SpeechEncoder;

/// Mixes two tracks into one and writes it; gives the heights of both. Takes about 16 ms of a core for each second of
/// sound, so that it belongs in a job; writing goes on while it mixes.
///
/// # Errors
/// What the writer gives.
pub fn mix(one: &Recorded, other: &Recorded, serial: u32, out: &mut impl Write) -> io::Result<[Peaks; 2]> {
    let mut track = Track::new(serial, SPOKEN_RATE);
    let mut encoder = SpeechEncoder::default();
    let (mut one, mut other) = (one.frames(), other.frames());
    let (mut packets, mut at_ms, mut heard_ms) = (Vec::new(), 0, 0);
    let mut peaks = [Peaks::default(), Peaks::default()];
    loop {
        let (left, right) = (one.next(), other.next());
        if left.is_none() && right.is_none() {
            break;
        }
        let silence = [0; SPOKEN_FRAME];
        let (left, right) = (left.unwrap_or(silence), right.unwrap_or(silence));
        for (peaks, pcm) in peaks.iter_mut().zip([&left, &right]) {
            peaks.add(heard_ms, pcm);
        }
        heard_ms += FRAME_MS;
        let mixed: Vec<i16> =
            left.iter().zip(right).map(|(left, right)| left.saturating_add(right)).collect();
        encoder.push(&mixed, &mut packets);
        for packet in packets.drain(..) {
            track.write(at_ms, packet);
            at_ms += FRAME_MS;
        }
        out.write_all(&track.take_pages())?;
    }
    track.finish();
    out.write_all(&track.take_pages())?;
    Ok(peaks)
}
