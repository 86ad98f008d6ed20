//! Tracks one after the other as one, packet by packet.

use super::read::Recorded;
use super::track::Track;

/// A stretch of a track that is made of others.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'a> {
    /// What sounds; silence when there is nothing.
    pub sound: Option<&'a Recorded>,
    /// How long it is, ms: what is beyond is left out, what is missing is silence.
    pub length_ms: u64,
}

/// One track of these stretches. Nothing is encoded anew. `rate` is what the sound came from.
pub fn join(stretches: &[Stretch<'_>], serial: u32, rate: u32) -> Vec<u8> {
    let mut track = Track::new(serial, rate);
    let mut begins = 0;
    for stretch in stretches {
        let ends = begins + stretch.length_ms;
        for packet in stretch.sound.iter().flat_map(|sound| sound.packets()) {
            if track.length_ms() >= ends {
                break;
            }
            track.write(track.length_ms(), packet.clone());
        }
        track.fill_to(ends);
        begins = ends;
    }
    track.finish();
    track.take_pages()
}
