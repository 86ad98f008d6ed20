//! What is written down of a line while it stands.

use super::numbers::Run;
use greenroom_app::recordings::Piece;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::voice_part::Said;
use greenroom_media::audio::{FRAME_MS, HEARD_FRAME};
use greenroom_media::codec::{Packet, SpeechEncoder};
use greenroom_media::delivery::Meter;
use greenroom_media::link::Sound;
use greenroom_media::recording::{Recorder, Sink, Speaker};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Samples in a ms at 24 kHz.
const PER_MS: u64 = 24;
/// Reports of one run of a reply come at most so much later than the sound that they tell of, ms.
const LATE_MS: u64 = 700;
/// So long after a reply its place is written down; more of it may yet come.
const OVER_MS: u64 = 1_500;

/// The kinds of pieces, by number: what is written stays readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Pages of the candidate's track.
    Candidate = 0,
    /// Pages of the interviewer's track.
    Interviewer = 1,
    /// Numbers of the candidate's voice.
    Numbers = 2,
    /// When the interviewer sounded, JSON.
    Said = 3,
    /// Whether the browser turns the level up and down, JSON.
    AutoGain = 4,
}

impl PieceKind {
    /// What has this number.
    pub fn of(number: u8) -> Option<Self> {
        [Self::Candidate, Self::Interviewer, Self::Numbers, Self::Said, Self::AutoGain]
            .into_iter()
            .find(|kind| *kind as u8 == number)
    }
}

/// Takes down what sounds on a line. When it is dropped, it ends.
pub struct Take {
    opened: Instant,
    /// `None` without consent, or when that was withdrawn.
    recorder: Option<Recorder<ToSpool>>,
    is_refused: Arc<AtomicBool>,
    voicing: Voicing,
    meter: Meter,
    run: Run,
    sounding: Option<Sounding>,
    pieces: mpsc::Sender<Piece>,
}

/// 20 ms of the candidate as they came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeardSound<'a> {
    pub at_ms: u64,
    pub pcm: &'a [i16; HEARD_FRAME],
    pub concealed: bool,
    pub packets: &'a [Packet],
    pub is_voice: bool,
}

/// A run of a reply that sounds.
#[derive(Clone, Copy, Debug)]
struct Sounding {
    reply: u64,
    /// How much of the reply has sounded.
    ms: u64,
    said: Said,
}

/// Samples of a reply as packets, as they are sent.
#[derive(Default)]
struct Voicing {
    reply: Option<u64>,
    encoder: SpeechEncoder,
    /// Where the samples go on that are expected next, and the packets, ms of the reply.
    samples_ms: u64,
    packets_ms: u64,
}

struct ToSpool(mpsc::Sender<Piece>);

impl Sink for ToSpool {
    fn append(&mut self, speaker: Speaker, bytes: &[u8]) -> io::Result<()> {
        let kind = match speaker {
            Speaker::Candidate => PieceKind::Candidate,
            Speaker::Interviewer => PieceKind::Interviewer,
        };
        let piece = Piece { kind: kind as u8, bytes: bytes.to_vec() };
        self.0.try_send(piece).map_err(|_| io::ErrorKind::WouldBlock.into())
    }
}

impl Take {
    /// Of a line that was opened at `opened`. Sound is taken when `is_recorded`, until `is_refused` says otherwise.
    pub(super) fn new(
        opened: Instant,
        is_recorded: bool,
        is_refused: Arc<AtomicBool>,
        pieces: mpsc::Sender<Piece>,
    ) -> Self {
        Self {
            opened,
            recorder: is_recorded.then(|| Recorder::new(ToSpool(pieces.clone()), 1)),
            is_refused,
            voicing: Voicing::default(),
            meter: Meter::default(),
            run: Run::default(),
            sounding: None,
            pieces,
        }
    }

    /// Whether the page's browser turns the level up and down; `None` when it does not say.
    pub(crate) fn hears_with(&self, auto_gain: Option<bool>) {
        self.writes(PieceKind::AutoGain, serde_json::to_vec(&auto_gain).ok());
    }

    /// The candidate was heard.
    pub(crate) fn hears(&mut self, heard: HeardSound<'_>) {
        let HeardSound { at_ms, pcm, concealed, packets, is_voice } = heard;
        if let Some(recorder) = self.recorder() {
            // What is not taken now is taken with the next page.
            let _ = recorder.candidate(at_ms, pcm, concealed, packets);
        }
        let frame = self.meter.hear(at_ms, pcm, is_voice, concealed);
        let whole = self.run.push(&frame);
        self.writes(PieceKind::Numbers, whole);
        if self.sounding.is_some_and(|sounding| at_ms > sounding.said.to_ms + OVER_MS) {
            self.ends_run();
        }
    }

    /// This goes to the page.
    pub(crate) fn says(&mut self, reply: u64, from_ms: u64, sound: &Sound) {
        let Some(recorder) = self.recorder.as_mut() else { return };
        match sound {
            Sound::Opus(packets) => recorder.say(reply, from_ms, packets),
            Sound::Pcm(pcm) => {
                let (from_ms, packets) = self.voicing.packets(reply, from_ms, pcm);
                recorder.say(reply, from_ms, &packets);
            }
        }
    }

    /// So much of a reply has sounded by now; `question` is what it asks.
    pub(crate) fn played(&mut self, reply: u64, ms: u64, question: Option<QuestionId>) {
        let now_ms = self.opened.elapsed().as_millis() as u64;
        if let Some(recorder) = self.recorder() {
            let _ = recorder.played(reply, ms, now_ms);
        }
        let before = self.sounding.filter(|sounding| sounding.reply == reply);
        if ms == 0 || before.is_some_and(|before| before.ms == ms) {
            return;
        }
        let grown_ms = before.map_or(ms, |before| ms.saturating_sub(before.ms)).max(FRAME_MS);
        if let Some(Sounding { ms: known, said, .. }) = &mut self.sounding
            && before.is_some_and(|before| ms > before.ms)
            && now_ms <= said.to_ms + grown_ms + LATE_MS
        {
            *known = ms;
            said.to_ms = now_ms;
            said.question_id = said.question_id.or(question);
            return;
        }
        self.ends_run();
        let said = Said { question_id: question, from_ms: now_ms.saturating_sub(grown_ms), to_ms: now_ms };
        self.sounding = Some(Sounding { reply, ms, said });
    }

    /// Whether sound is being taken down.
    pub(crate) fn is_recording(&mut self) -> bool {
        self.recorder().is_some()
    }

    fn recorder(&mut self) -> Option<&mut Recorder<ToSpool>> {
        // The person does not agree any more, or the disk takes no more.
        if self.is_refused.load(Ordering::Relaxed) || self.pieces.is_closed() {
            self.recorder = None;
        }
        self.recorder.as_mut()
    }

    /// The place of what sounded is known.
    fn ends_run(&mut self) {
        let Some(Sounding { said, .. }) = self.sounding.take() else { return };
        self.writes(PieceKind::Said, serde_json::to_vec(&said).ok());
    }

    fn writes(&self, kind: PieceKind, bytes: Option<Vec<u8>>) {
        let Some(bytes) = bytes else { return };
        if self.pieces.try_send(Piece { kind: kind as u8, bytes }).is_err() {
            tracing::debug!("the disk is too slow; numbers of a second are left out");
        }
    }
}

impl Drop for Take {
    fn drop(&mut self) {
        let now_ms = self.opened.elapsed().as_millis() as u64;
        if let Some(recorder) = self.recorder.take()
            && recorder.finish(now_ms).is_err()
        {
            tracing::warn!("the disk is too slow; the end of a recording is left out");
        }
        self.ends_run();
        let rest = self.run.take();
        self.writes(PieceKind::Numbers, rest);
    }
}

impl Voicing {
    /// The packets that have become whole, and where in the reply they begin.
    fn packets(&mut self, reply: u64, from_ms: u64, pcm: &[i16]) -> (u64, Vec<Packet>) {
        if self.reply != Some(reply) || self.samples_ms != from_ms {
            let (samples_ms, packets_ms) = (from_ms, from_ms);
            *self = Self { reply: Some(reply), samples_ms, packets_ms, ..Self::default() };
        }
        self.samples_ms += pcm.len() as u64 / PER_MS;
        let mut packets = Vec::new();
        self.encoder.push(pcm, &mut packets);
        let begins = self.packets_ms;
        self.packets_ms += packets.len() as u64 * FRAME_MS;
        (begins, packets)
    }
}
