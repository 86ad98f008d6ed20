//! Numbers of a voice in few bytes: 4 for each 20 ms.

use greenroom_media::audio::HEARD_FRAME;
use greenroom_media::delivery::SoundFrame;

/// Frames in a run, at most: nearly a second.
const RUN: usize = 48;
/// Bytes before the frames of a run: where it begins (ms) and how many there are.
const HEAD: usize = 6;
/// Bytes of a frame.
const FRAME: usize = 4;
const VOICE: u8 = 0b1000_0000;
const CONCEALED: u8 = 0b0100_0000;
/// Samples at the top that are told apart; more count as this many.
const MOST_CLIPPED: u8 = 0b0011_1111;

/// Frames that follow each other, until they are written.
#[derive(Debug, Default)]
pub(super) struct Run {
    from_ms: u32,
    frames: Vec<u8>,
}

impl Run {
    /// Takes the next frame. Gives what is to be written before it.
    pub fn push(&mut self, frame: &SoundFrame) -> Option<Vec<u8>> {
        let count = self.frames.len() / FRAME;
        let follows = frame.at_ms == self.from_ms.saturating_add(count as u32 * 20);
        let whole = if count >= RUN || !follows { self.take() } else { None };
        if self.frames.is_empty() {
            self.from_ms = frame.at_ms;
        }
        self.frames.extend(packed(frame));
        whole
    }

    /// What was not written yet.
    pub fn take(&mut self) -> Option<Vec<u8>> {
        if self.frames.is_empty() {
            return None;
        }
        let mut bytes = Vec::with_capacity(HEAD + self.frames.len());
        bytes.extend(self.from_ms.to_le_bytes());
        bytes.extend(((self.frames.len() / FRAME) as u16).to_le_bytes());
        bytes.append(&mut self.frames);
        Some(bytes)
    }
}

fn packed(frame: &SoundFrame) -> [u8; FRAME] {
    // Loudness in halves of a dB, pitch in sixteenths of a Hz.
    let quiet = (-frame.dbfs * 2.0).round().clamp(0.0, 255.0) as u8;
    let [low, high] = ((frame.pitch_hz * 16.0).round().clamp(0.0, 65_535.0) as u16).to_le_bytes();
    let clipped = (frame.clipped * HEARD_FRAME as f32).round().clamp(0.0, f32::from(MOST_CLIPPED)) as u8;
    let marks = if frame.is_voice { VOICE } else { 0 } | if frame.concealed { CONCEALED } else { 0 };
    [quiet, low, high, marks | clipped]
}

/// The frames in these bytes, in order; what is not whole at the end is left out.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<SoundFrame> {
    let mut frames = Vec::new();
    let mut rest = bytes;
    while let Some(([a, b, c, d, low, high], after)) = rest.split_first_chunk::<HEAD>() {
        let (from_ms, count) =
            (u32::from_le_bytes([*a, *b, *c, *d]), usize::from(u16::from_le_bytes([*low, *high])));
        let Some(run) = after.get(..count * FRAME) else { break };
        let places = (0..).map(|index: u32| from_ms.saturating_add(index * 20));
        frames.extend(places.zip(run.as_chunks::<FRAME>().0).map(|(at_ms, frame)| read(at_ms, *frame)));
        rest = &after[count * FRAME..];
    }
    frames
}

fn read(at_ms: u32, [quiet, low, high, marks]: [u8; FRAME]) -> SoundFrame {
    SoundFrame {
        at_ms,
        dbfs: -f32::from(quiet) / 2.0,
        pitch_hz: f32::from(u16::from_le_bytes([low, high])) / 16.0,
        clipped: f32::from(marks & MOST_CLIPPED) / HEARD_FRAME as f32,
        is_voice: marks & VOICE != 0,
        concealed: marks & CONCEALED != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_nearly_what_it_was() {
        let frame = |at_ms, dbfs, pitch_hz, clipped, is_voice| SoundFrame {
            at_ms,
            dbfs,
            pitch_hz,
            clipped,
            is_voice,
            concealed: !is_voice,
        };
        let mut all: Vec<SoundFrame> =
            (0..130).map(|n| frame(40 + n * 20, -20.3, 201.37, 3.0 / 320.0, true)).collect();
        // A second without sound, then the loudest and the quietest.
        all.push(frame(4_000, 0.0, 0.0, 1.0, false));
        all.push(frame(4_020, -200.0, 399.9, 0.0, true));
        let mut run = Run::default();
        let mut bytes: Vec<u8> = all.iter().filter_map(|frame| run.push(frame)).flatten().collect();
        bytes.extend(run.take().expect("a rest"));
        assert!(run.take().is_none());
        assert_eq!(bytes.len(), 132 * 4 + 4 * 6, "three runs, and one after the gap");
        let read = unpacked(&bytes);
        assert_eq!(read.len(), all.len());
        for (was, is) in all.iter().zip(&read) {
            assert_eq!((was.at_ms, was.is_voice, was.concealed), (is.at_ms, is.is_voice, is.concealed));
            assert!((was.pitch_hz - is.pitch_hz).abs() < 0.04);
            assert!((was.dbfs.max(-127.5) - is.dbfs).abs() <= 0.25, "{is:?}");
            assert!((was.clipped.min(0.2) - is.clipped).abs() < 0.01, "{is:?}");
        }
        assert_eq!(unpacked(&bytes[..bytes.len() - 1]).len(), 130, "what is not whole is left out");
        assert!(unpacked(&[9; 5]).is_empty());
    }
}
