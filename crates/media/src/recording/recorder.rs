//! Writes both sides of an interview while it is held.

use std::collections::VecDeque;
use std::io;

use super::peaks::Peaks;
use super::track::Track;
use crate::audio::{FRAME_MS, HEARD_FRAME, HEARD_RATE, SPOKEN_RATE};
use crate::codec::{Packet, SpeechDecoder, SpeechEncoder, TICKS_PER_MS, encode_heard};

/// Sound that is to be said and has not sounded yet, at most, packets: three minutes.
const MOST_WAITING: usize = 9_000;

/// A packet may hold 120 ms, of which only the first frame brings it: more frames without one come as samples.
const FRAMES_OF_A_PACKET: u32 = 6;

/// Whose track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// Who is interviewed.
    Candidate,
    /// Who asks.
    Interviewer,
}

/// Where a recording goes. Bytes of a track are only ever appended.
pub trait Sink: Send {
    /// Keeps the next bytes of a track: one or more whole pages.
    ///
    /// # Errors
    /// They could not be kept. The recorder tries the same bytes again with the next ones.
    fn append(&mut self, speaker: Speaker, bytes: &[u8]) -> io::Result<()>;
}

/// Writes a recording. All places are ms since it began; who holds the line adds when that was.
pub struct Recorder<S> {
    sink: S,
    candidate: Side,
    interviewer: Side,
    encoder: Option<SpeechEncoder>,
    /// Frames without a packet, in a row.
    bare: u32,
    /// 50 KiB: there while the interviewer speaks, and not between.
    decoder: Option<SpeechDecoder>,
    reply: Option<u64>,
    /// Something of the reply has sounded.
    has_begun: bool,
    waiting: VecDeque<(u64, Packet)>,
}

struct Side {
    speaker: Speaker,
    track: Track,
    peaks: Peaks,
    unkept: Vec<u8>,
}

impl<S: Sink> Recorder<S> {
    /// An empty recording. `serial` tells its tracks from those of another that may follow in the same file.
    pub fn new(sink: S, serial: u32) -> Self {
        let side = |speaker, serial, rate| Side {
            speaker,
            track: Track::new(serial, rate),
            peaks: Peaks::default(),
            unkept: Vec::new(),
        };
        Self {
            sink,
            candidate: side(Speaker::Candidate, serial, HEARD_RATE),
            interviewer: side(Speaker::Interviewer, serial ^ 1, SPOKEN_RATE),
            encoder: None,
            bare: 0,
            decoder: None,
            reply: None,
            has_begun: false,
            waiting: VecDeque::new(),
        }
    }

    /// 20 ms of the candidate. Without packets, as over a WebSocket, they are encoded here; what was made up for lost
    /// sound is left out, since players make it up themselves.
    ///
    /// # Errors
    /// The sink kept nothing; the recording goes on, and tries again.
    pub fn candidate(
        &mut self,
        at_ms: u64,
        pcm: &[i16; HEARD_FRAME],
        concealed: bool,
        packets: &[Packet],
    ) -> io::Result<()> {
        self.candidate.peaks.add(at_ms, &pcm[..]);
        let mut made = Vec::new();
        if packets.is_empty() {
            self.bare += 1;
        } else {
            (self.bare, self.encoder) = (0, None);
        }
        let comes_as_samples = self.bare > FRAMES_OF_A_PACKET || self.candidate.track.length_ms() == 0;
        if packets.is_empty() && !concealed && (comes_as_samples || self.encoder.is_some()) {
            self.encoder.get_or_insert_with(encode_heard).push(&pcm[..], &mut made);
        }
        let mut at_ms = at_ms;
        for packet in packets.iter().chain(&made) {
            let ms = u64::from(packet.ticks()) / TICKS_PER_MS;
            self.candidate.track.write(at_ms, packet.clone());
            at_ms += ms;
        }
        self.candidate.keep(&mut self.sink)
    }

    /// Sound of a reply that is going to be said, from `from_ms` of it on.
    pub fn say(&mut self, reply: u64, from_ms: u64, packets: &[Packet]) {
        if self.reply.replace(reply) != Some(reply) {
            self.has_begun = false;
            self.waiting.clear();
        }
        // Said again from an earlier place: what was to come is replaced.
        self.waiting.retain(|(at_ms, _)| *at_ms < from_ms);
        let places = (0..).map(|index| from_ms + index * FRAME_MS);
        let room = MOST_WAITING - self.waiting.len().min(MOST_WAITING);
        self.waiting.extend(places.zip(packets.iter().cloned()).take(room));
    }

    /// So much of a reply has sounded by now: it is written so that it ends here.
    ///
    /// # Errors
    /// As [`Self::candidate`].
    pub fn played(&mut self, reply: u64, ms: u64, now_ms: u64) -> io::Result<()> {
        if self.reply != Some(reply) {
            return Ok(());
        }
        while let Some((from_ms, packet)) =
            self.waiting.pop_front_if(|(from_ms, _)| *from_ms + FRAME_MS <= ms)
        {
            let at_ms = now_ms.saturating_sub(ms - from_ms);
            // Reports come in steps; within a run the packets follow each other.
            let end_ms = self.interviewer.track.length_ms();
            let at_ms = match at_ms.abs_diff(end_ms) < 300 {
                true if self.has_begun => end_ms,
                true => at_ms.max(end_ms),
                false => at_ms,
            };
            self.has_begun = true;
            let pcm = self.decoder.get_or_insert_default().decode(&packet);
            if self.interviewer.track.write(at_ms, packet) {
                self.interviewer.peaks.add(at_ms, &pcm);
            }
        }
        if self.waiting.is_empty() {
            self.decoder = None;
        }
        self.interviewer.keep(&mut self.sink)
    }

    /// Ends both tracks at the same place. Gives the sink, and the heights of candidate and interviewer.
    ///
    /// # Errors
    /// The sink did not keep the end.
    pub fn finish(mut self, now_ms: u64) -> io::Result<(S, [Peaks; 2])> {
        let end_ms = now_ms.max(self.candidate.track.length_ms()).max(self.interviewer.track.length_ms());
        for side in [&mut self.candidate, &mut self.interviewer] {
            side.track.fill_to(end_ms);
            side.track.finish();
            side.keep(&mut self.sink)?;
        }
        Ok((self.sink, [self.candidate.peaks, self.interviewer.peaks]))
    }
}

impl Side {
    fn keep(&mut self, sink: &mut impl Sink) -> io::Result<()> {
        self.unkept.append(&mut self.track.take_pages());
        if self.unkept.is_empty() {
            return Ok(());
        }
        sink.append(self.speaker, &self.unkept)?;
        self.unkept.clear();
        Ok(())
    }
}
