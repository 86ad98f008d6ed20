//! The interviewer's voice as packets, and back.

use ropus::{Application, Bitrate, Channels, DecodeMode, Decoder, Encoder, InbandFec, Signal};

use super::packet::Packet;
use crate::audio::{HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE};

/// Bits a second of the interviewer: speech of 12 kHz bandwidth is clean from about 24 000 on.
const SPOKEN_BITS: u32 = 32_000;
/// Bits a second of a candidate whose sound came as samples.
const HEARD_BITS: u32 = 24_000;
/// Of 0..=10. Above 5 the time doubles for what nobody hears in speech.
const COMPLEXITY: u8 = 5;
/// Longer than any packet made at these rates.
const ROOM: usize = 1_500;

/// Turns a reply into packets of 20 ms as its samples come. One for each reply.
pub struct SpeechEncoder {
    encoder: Encoder,
    waiting: Vec<i16>,
    frame: usize,
}

impl Default for SpeechEncoder {
    fn default() -> Self {
        Self::new(SPOKEN_RATE, SPOKEN_BITS, SPOKEN_FRAME)
    }
}

/// An encoder of the candidate's samples at 16 kHz, for a recording of a line that carries samples.
pub fn encode_heard() -> SpeechEncoder {
    SpeechEncoder::new(HEARD_RATE, HEARD_BITS, HEARD_FRAME)
}

impl SpeechEncoder {
    fn new(rate: u32, bits: u32, frame: usize) -> Self {
        let encoder = Encoder::builder(rate, Channels::Mono, Application::Voip)
            .bitrate(Bitrate::try_bits(bits).expect("a rate that Opus knows"))
            .complexity(COMPLEXITY)
            .signal(Signal::Voice)
            .inband_fec(InbandFec::Enabled)
            .packet_loss_perc(5)
            .build()
            .expect("settings that Opus knows");
        Self { encoder, waiting: Vec::with_capacity(frame), frame }
    }

    /// Takes samples (mono, at the rate of the encoder), and appends the packets that have become whole to `out`.
    pub fn push(&mut self, pcm: &[i16], out: &mut Vec<Packet>) {
        let mut rest = pcm;
        while !rest.is_empty() {
            let taken = rest.len().min(self.frame - self.waiting.len());
            self.waiting.extend_from_slice(&rest[..taken]);
            rest = &rest[taken..];
            if self.waiting.len() == self.frame {
                self.encode(out);
            }
        }
    }

    /// Fills the last packet up with silence.
    pub fn finish(&mut self, out: &mut Vec<Packet>) {
        if !self.waiting.is_empty() {
            self.waiting.resize(self.frame, 0);
            self.encode(out);
        }
    }

    fn encode(&mut self, out: &mut Vec<Packet>) {
        let mut room = [0; ROOM];
        // Mono frames of 20 ms in enough room cannot be refused; should one be, 20 ms are missing, and no more.
        let made = self.encoder.encode(&self.waiting, &mut room).ok();
        self.waiting.clear();
        out.extend(made.and_then(|bytes| Packet::read(&room[..bytes])));
    }
}

/// Turns packets of the interviewer back into samples at 24 kHz, for a line that carries samples.
pub struct SpeechDecoder {
    decoder: Decoder,
}

impl Default for SpeechDecoder {
    fn default() -> Self {
        let decoder = Decoder::new(SPOKEN_RATE, Channels::Mono).expect("a rate that Opus knows");
        Self { decoder }
    }
}

impl SpeechDecoder {
    /// The samples of one packet of 20 ms; silence for one that cannot be read.
    pub fn decode(&mut self, packet: &Packet) -> [i16; SPOKEN_FRAME] {
        let mut pcm = [0; SPOKEN_FRAME];
        if self.decoder.decode(packet.bytes(), &mut pcm, DecodeMode::Normal).is_err() {
            pcm.fill(0);
        }
        pcm
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::Level;

    #[test]
    fn speech_survives_the_way_there_and_back() {
        let pcm: Vec<i16> = (0..SPOKEN_RATE)
            .map(|at| {
                ((at as f32 * 220.0 * std::f32::consts::TAU / SPOKEN_RATE as f32).sin() * 9_000.0) as i16
            })
            .collect();
        let (mut encoder, mut packets) = (SpeechEncoder::default(), Vec::new());
        for piece in pcm.chunks(1_111) {
            encoder.push(piece, &mut packets);
        }
        encoder.push(&[0; 7], &mut packets);
        encoder.finish(&mut packets);
        assert_eq!(packets.len(), 51, "a second, and a packet for seven samples more");
        assert!(packets.iter().all(|packet| packet.ticks() == 960));
        let mut decoder = SpeechDecoder::default();
        let back: Vec<i16> = packets.iter().flat_map(|packet| decoder.decode(packet)).collect();
        let (there, back) = (Level::of(&pcm[4_800..19_200]).dbfs(), Level::of(&back[4_800..19_200]).dbfs());
        assert!((there - back).abs() < 0.5, "{there} dBFS became {back}");
    }
}
