//! Something that the interviewer says: its sentences, and their sound as it is made and sent.

#[cfg(test)]
mod tests;
mod worded;

use super::ports::Sentence;
use super::sentences;
use crate::turn::{AnswerKind, ReplyId};
use greenroom_domain::ids::QuestionId;
use greenroom_media::audio::{FRAME_MS, SPOKEN_FRAME};
use greenroom_media::codec::Packet;
use greenroom_media::link::{Sound, ToPage};
use std::collections::VecDeque;
use tokio::task::AbortHandle;

/// Samples in a ms at 24 kHz.
const PER_MS: u64 = 24;
/// Frames sent at once: 100 ms.
const BLOCK: usize = 5;
/// How long a letter sounds, ms, until its sentence is known: 15 letters a second.
const LETTER_MS: u64 = 65;
/// The same where one letter is a syllable.
const SYLLABLE_MS: u64 = 220;

/// What a reply is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// It is being written; the question is not on the log yet.
    Draft,
    /// This question.
    Question(QuestionId),
    /// The end.
    Farewell,
}

/// A reply.
#[derive(Debug)]
pub(super) struct Reply {
    pub id: ReplyId,
    pub about: About,
    pub kind: AnswerKind,
    /// Whether the machine knows of it.
    pub is_announced: bool,
    /// Whether its sound is being sent.
    pub is_playing: bool,
    /// When something was last heard of it, ms by the wall.
    pub progress_at: u64,
    /// How much of it has sounded, ms.
    pub played_ms: u64,
    /// Who speaks finds the words.
    worded: Option<worded::Worded>,
    /// Sentences in the order in which they were handed over.
    handed: Vec<String>,
    waiting: VecDeque<String>,
    is_complete: bool,
    is_measured: bool,
    sentences: Vec<Timed>,
    /// Words that everybody is told.
    for_all: String,
    frames: Vec<Frame>,
    /// Samples that do not fill a frame yet.
    rest: Vec<i16>,
    /// Frames that were sent.
    sent: usize,
    /// Whether the line was told that there is no more.
    has_ended: bool,
    voicing: Option<AbortHandle>,
}

/// 20 ms of a reply.
#[derive(Clone, Debug)]
enum Frame {
    Samples(Box<[i16; SPOKEN_FRAME]>),
    /// Encoded before: it goes out as it is.
    Packet(Packet),
}

/// A sentence with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timed {
    pub text: String,
    pub from_ms: u64,
    pub ms: u64,
}

impl Reply {
    /// A reply without words as yet.
    pub fn new(id: ReplyId, about: About, kind: AnswerKind) -> Self {
        Self {
            id,
            about,
            kind,
            is_announced: false,
            is_playing: false,
            progress_at: 0,
            played_ms: 0,
            worded: None,
            handed: Vec::new(),
            waiting: VecDeque::new(),
            is_complete: false,
            is_measured: true,
            sentences: Vec::new(),
            for_all: String::new(),
            frames: Vec::new(),
            rest: Vec::new(),
            sent: 0,
            has_ended: false,
            voicing: None,
        }
    }

    /// All words so far of a draft: whole sentences are said while the rest is written.
    pub fn drafted(&mut self, words: &str) {
        let so_far = sentences::whole(words);
        if so_far.starts_with(&self.handed) {
            self.hand(so_far[self.handed.len()..].to_vec());
        }
    }

    /// All words as they stand. Sentences that were said from the draft are not said again.
    pub fn complete(&mut self, words: &str) {
        let all = sentences::all(words);
        let known = all.iter().zip(&self.handed).take_while(|(now, before)| now == before).count();
        if known < self.handed.len() {
            // The draft was something else: what of it has not begun to sound is not said.
            self.waiting.clear();
        }
        self.hand(all[known..].to_vec());
        self.is_complete = true;
    }

    /// Which part of its words everybody is told.
    pub fn says_to_all(&mut self, words: &str) {
        words.clone_into(&mut self.for_all);
    }

    fn hand(&mut self, sentences: Vec<String>) {
        self.waiting.extend(sentences.iter().cloned());
        self.handed.extend(sentences);
    }

    /// The next sentence to be made into sound, one at a time.
    pub fn next_sentence(&mut self) -> Option<Sentence> {
        if self.voicing.is_some() {
            return None;
        }
        let text = self.waiting.pop_front()?;
        Some(Sentence { is_for_all: self.for_all.contains(&text), text })
    }

    /// A sentence is being made into sound.
    pub fn voiced_by(&mut self, task: AbortHandle, text: String) {
        self.voicing = Some(task);
        self.is_measured = true;
        self.sentences.push(Timed { from_ms: self.length_ms(), ms: guess_ms(&text), text });
        self.is_measured = false;
    }

    /// The sentence that is being made into sound.
    pub fn current(&self) -> Option<&Timed> {
        self.sentences.last()
    }

    /// Sound of it came. `true` when it is the first.
    pub fn sounds(&mut self, sound: &Sound) -> bool {
        let is_first = match self.worded {
            Some(_) => self.length_ms() == 0,
            None => self.current().is_some_and(|sentence| sentence.from_ms == self.length_ms()),
        };
        match sound {
            Sound::Pcm(pcm) => self.samples(pcm),
            Sound::Opus(packets) => {
                self.fill_up();
                self.frames.extend(packets.iter().cloned().map(Frame::Packet));
            }
        }
        is_first
    }

    fn samples(&mut self, pcm: &[i16]) {
        self.rest.extend(pcm);
        let (frames, rest) = self.rest.as_chunks::<SPOKEN_FRAME>();
        self.frames.extend(frames.iter().map(|frame| Frame::Samples(Box::new(*frame))));
        self.rest = rest.to_vec();
    }

    /// Fills the last frame up with silence.
    fn fill_up(&mut self) {
        if !self.rest.is_empty() {
            self.samples(&vec![0; SPOKEN_FRAME - self.rest.len()]);
        }
    }

    /// The sentence has all its sound. How long that is, ms.
    pub fn sentence_over(&mut self) -> u64 {
        self.voicing = None;
        self.is_measured = true;
        self.fill_up();
        let length = self.length_ms();
        let Some(last) = self.sentences.last_mut() else { return 0 };
        last.ms = length - last.from_ms;
        last.ms
    }

    /// Sentences that cannot be made to sound: they are read.
    pub fn give_up(&mut self) -> Vec<Timed> {
        let from_ms = self.length_ms();
        let silent: Vec<Timed> = self.waiting.drain(..).map(|text| Timed { text, from_ms, ms: 0 }).collect();
        self.sentences.extend(silent.iter().cloned());
        silent
    }

    /// Whether there is nothing more to come.
    pub fn is_whole(&self) -> bool {
        self.is_complete && self.waiting.is_empty() && self.is_measured
    }

    /// Length of its sound so far, ms.
    pub fn length_ms(&self) -> u64 {
        self.frames.len() as u64 * FRAME_MS + self.rest.len() as u64 / PER_MS
    }

    /// Whether all sound that there is was sent.
    pub fn is_sent(&self) -> bool {
        self.sent >= self.frames.len()
    }

    /// The next sound to send.
    pub fn next_block(&mut self) -> Option<ToPage> {
        if !self.is_playing {
            return None;
        }
        if self.is_sent() {
            let ends = self.is_whole() && !std::mem::replace(&mut self.has_ended, true);
            return ends.then_some(ToPage::End { reply: self.id.0 });
        }
        let from_ms = self.sent as u64 * FRAME_MS;
        let sound = self.block();
        Some(ToPage::Audio { reply: self.id.0, from_ms, sound })
    }

    /// The next frames of one kind.
    fn block(&mut self) -> Sound {
        let (mut samples, mut packets) = (Vec::new(), Vec::new());
        for frame in self.frames[self.sent..].iter().take(BLOCK) {
            match frame {
                Frame::Samples(pcm) if packets.is_empty() => samples.extend_from_slice(&pcm[..]),
                Frame::Packet(packet) if samples.is_empty() => packets.push(packet.clone()),
                _ => break,
            }
            self.sent += 1;
        }
        if packets.is_empty() { Sound::Pcm(samples.into()) } else { Sound::Opus(packets.into()) }
    }

    /// Sends again from here on.
    pub fn back_to(&mut self, ms: u64) {
        self.sent = ((ms / FRAME_MS) as usize).min(self.frames.len());
        self.is_playing = true;
        self.has_ended = false;
    }

    /// Whether there is something to send now.
    pub fn has_block(&self) -> bool {
        self.is_playing && (!self.is_sent() || (self.is_whole() && !self.has_ended))
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if let Some(task) = &self.voicing {
            task.abort();
        }
    }
}

fn guess_ms(text: &str) -> u64 {
    let letters = text.chars().count() as u64;
    if text.contains(' ') || text.is_ascii() { letters * LETTER_MS } else { letters * SYLLABLE_MS }
}
