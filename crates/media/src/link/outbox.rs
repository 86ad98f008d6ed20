//! What is to be sent: messages at once, sound frame by frame, kept until it has been heard.

use std::collections::VecDeque;

use super::Sound;
use crate::audio::{FRAME_MS, SPOKEN_FRAME};
use crate::codec::Packet;

/// Sound that waits to be sent, frames: three minutes. No reply is longer.
const MOST_FRAMES: usize = 9_000;
/// Messages that wait for a page that is gone.
const MOST_MESSAGES: usize = 512;
/// Ticks of a packet of 20 ms.
const FRAME_TICKS: u32 = 960;

/// 20 ms of a reply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slice {
    /// Of which reply.
    pub reply: u64,
    /// Where in it, ms.
    pub at_ms: u64,
    /// Its sound.
    pub sound: SliceSound,
}

/// Sound of a slice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SliceSound {
    /// Samples at 24 kHz.
    Pcm(Box<[i16; SPOKEN_FRAME]>),
    /// A packet.
    Opus(Packet),
}

/// Something did not fit. The link is of no use any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overflow;

#[derive(Default)]
pub(crate) struct Outbox {
    messages: VecDeque<String>,
    /// Frames that were sent but not heard come first.
    frames: VecDeque<Slice>,
    sent: usize,
    /// The reply whose sound comes in, where its next piece begins, and what does not fill a frame.
    open: Option<(u64, u64, Vec<i16>)>,
}

impl Outbox {
    pub fn say(&mut self, message: String) -> Result<(), Overflow> {
        if self.messages.len() >= MOST_MESSAGES {
            return Err(Overflow);
        }
        self.messages.push_back(message);
        Ok(())
    }

    /// Says something before all that waits.
    pub fn say_first(&mut self, message: String) {
        self.messages.push_front(message);
    }

    pub fn next_message(&mut self) -> Option<String> {
        self.messages.pop_front()
    }

    /// The next message, which stays until it is taken.
    pub fn peek_message(&self) -> Option<&str> {
        self.messages.front().map(String::as_str)
    }

    pub fn has_message(&self) -> bool {
        !self.messages.is_empty()
    }

    /// Takes sound of a reply. What is beyond three minutes is refused.
    pub fn add(&mut self, reply: u64, from_ms: u64, sound: &Sound) -> Result<(), Overflow> {
        if self.open.as_ref().is_none_or(|(open, ..)| *open != reply) {
            self.finish();
            self.open = Some((reply, from_ms, Vec::new()));
        }
        match sound {
            Sound::Pcm(pcm) => self.add_pcm(pcm),
            Sound::Opus(packets) => {
                self.fill_up();
                packets
                    .iter()
                    .filter(|packet| packet.ticks() == FRAME_TICKS)
                    .try_for_each(|packet| self.push(SliceSound::Opus(packet.clone())))
            }
        }
    }

    /// The reply has no more: what does not fill a frame is filled up with silence.
    pub fn finish(&mut self) {
        self.fill_up();
        self.open = None;
    }

    /// Forgets all sound. Gives the reply that was being sent and where it stood.
    pub fn clear(&mut self) -> Option<(u64, u64)> {
        let heard = self.frames.front().map(|slice| (slice.reply, slice.at_ms));
        self.frames.clear();
        (self.sent, self.open) = (0, None);
        heard
    }

    /// The next 20 ms, which stay here until they were heard.
    pub fn next_frame(&mut self) -> Option<Slice> {
        let slice = self.frames.get(self.sent)?.clone();
        self.sent += 1;
        Some(slice)
    }

    /// Of which reply the next frame is.
    pub fn next_reply(&self) -> Option<u64> {
        self.frames.get(self.sent).map(|slice| slice.reply)
    }

    pub fn has_frame(&self) -> bool {
        self.sent < self.frames.len()
    }

    /// Sound that was sent and not heard yet, ms.
    pub fn ahead_ms(&self) -> u64 {
        self.sent as u64 * FRAME_MS
    }

    /// So much of a reply was heard: it need not be sent again. Only what was sent can have been.
    pub fn heard(&mut self, reply: u64, ms: u64) {
        let is_past = |slice: &Slice| slice.reply != reply || slice.at_ms.saturating_add(FRAME_MS) <= ms;
        // A report about a reply that is not here says nothing about those that are.
        if !self.frames.iter().take(self.sent).any(|slice| slice.reply == reply) {
            return;
        }
        while self.sent > 0 && self.frames.front().is_some_and(is_past) {
            self.frames.pop_front();
            self.sent -= 1;
        }
    }

    /// Sends again what was sent and not heard: the line was gone.
    pub fn rewind(&mut self) {
        self.sent = 0;
    }

    fn add_pcm(&mut self, pcm: &[i16]) -> Result<(), Overflow> {
        let mut rest = pcm;
        while let Some((_, _, partial)) = &mut self.open {
            let taken = rest.len().min(SPOKEN_FRAME - partial.len());
            partial.extend_from_slice(&rest[..taken]);
            rest = &rest[taken..];
            if partial.len() < SPOKEN_FRAME {
                break;
            }
            let mut frame = Box::new([0; SPOKEN_FRAME]);
            frame.copy_from_slice(partial);
            partial.clear();
            self.push(SliceSound::Pcm(frame))?;
        }
        Ok(())
    }

    fn fill_up(&mut self) {
        if let Some((_, _, partial)) = self.open.as_mut().filter(|(_, _, partial)| !partial.is_empty()) {
            let missing = SPOKEN_FRAME - partial.len();
            // Whole frames never stay, so that this makes exactly one; should it not fit, 20 ms are missing.
            let _ = self.add_pcm(&vec![0; missing]);
        }
    }

    fn push(&mut self, sound: SliceSound) -> Result<(), Overflow> {
        let Some((reply, at_ms, _)) = &mut self.open else { return Ok(()) };
        let slice = Slice { reply: *reply, at_ms: *at_ms, sound };
        *at_ms += FRAME_MS;
        if self.frames.len() >= MOST_FRAMES {
            return Err(Overflow);
        }
        self.frames.push_back(slice);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pcm(samples: usize) -> Sound {
        Sound::Pcm(vec![7; samples].into())
    }

    fn drain(outbox: &mut Outbox) -> Vec<(u64, u64)> {
        std::iter::from_fn(|| outbox.next_frame()).map(|slice| (slice.reply, slice.at_ms)).collect()
    }

    #[test]
    fn pieces_of_any_length_become_frames_without_a_gap() {
        let mut outbox = Outbox::default();
        for samples in [100, 500, 700, 1] {
            outbox.add(1, 0, &pcm(samples)).expect("room");
        }
        assert_eq!(drain(&mut outbox), [(1, 0), (1, 20)]);
        outbox.finish();
        let Some(Slice { sound: SliceSound::Pcm(last), .. }) = outbox.next_frame() else { panic!("no rest") };
        assert_eq!((last[340], last[341]), (7, 0), "1301 samples, then silence");
        outbox.add(2, 640, &pcm(480)).expect("room");
        assert_eq!(drain(&mut outbox), [(2, 640)]);
    }

    #[test]
    fn what_was_not_heard_is_sent_again() {
        let mut outbox = Outbox::default();
        outbox.add(1, 0, &pcm(480 * 5)).expect("room");
        assert_eq!(drain(&mut outbox).len(), 5);
        outbox.heard(1, 50);
        outbox.heard(9, 5_000);
        assert_eq!(outbox.ahead_ms(), 60);
        outbox.rewind();
        assert_eq!(drain(&mut outbox), [(1, 40), (1, 60), (1, 80)]);
        assert_eq!(outbox.clear(), Some((1, 40)));
        assert_eq!(drain(&mut outbox), []);
    }

    #[test]
    fn it_does_not_grow_without_bound() {
        let mut outbox = Outbox::default();
        let minute = pcm(24_000 * 60);
        let fits = (0..5).filter(|_| outbox.add(1, 0, &minute).is_ok()).count();
        assert_eq!((fits, outbox.frames.len()), (3, MOST_FRAMES));
        let said = (0..10_000).filter(|_| outbox.say("{}".to_owned()).is_ok()).count();
        assert_eq!(said, MOST_MESSAGES);
    }
}
