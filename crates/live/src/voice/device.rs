//! The check of a microphone before an interview: how loud, how noisy, and what was understood. Nothing is kept.

use greenroom_media::Detector;
use greenroom_media::audio::{HEARD_FRAME, HEARD_RATE, Level, Resampler, SILENCE_DBFS};
use greenroom_speech::{Pcm16k, SpeechToText, Utterance};
use std::sync::Arc;

/// Longest recording that is looked at, seconds.
pub const LONGEST_SECONDS: usize = 15;
/// Share of frames that are taken for the background.
const BACKGROUND: usize = 10;

/// What a recording of the microphone showed.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceCheck {
    /// What was understood; `None` when nobody could, or the engine failed.
    pub text: Option<String>,
    /// How loud the voice is, dBFS; the whole recording when there is no voice in it.
    pub level_dbfs: f32,
    /// Share of samples at the very top, 0..=1.
    pub clipping: f32,
    /// How loud the quietest tenth is, dBFS.
    pub noise_dbfs: f32,
    /// Voice in it, ms.
    pub voice_ms: u32,
}

/// Looks at a recording: mono, 16 kHz.
pub async fn check(
    ears: Option<&Arc<dyn SpeechToText>>,
    pcm: Vec<i16>,
    language: Option<String>,
) -> DeviceCheck {
    let (mut detector, mut voice, mut voice_ms) = (Detector::default(), Level::default(), 0);
    let mut levels = Vec::new();
    for frame in pcm.as_chunks::<HEARD_FRAME>().0 {
        levels.push(Level::of(frame).dbfs());
        let voiced = detector.hear(frame).filter(|look| look.is_voice).count();
        if voiced > 0 {
            voice.add(frame);
            voice_ms += voiced as u32 * 16;
        }
    }
    levels.sort_by(f32::total_cmp);
    let all = Level::of(&pcm);
    let text = match ears {
        Some(ears) if voice_ms > 0 => understood(&**ears, pcm, language).await,
        Some(_) => Some(String::new()),
        None => None,
    };
    DeviceCheck {
        text,
        level_dbfs: if voice_ms > 0 { voice.dbfs() } else { all.dbfs() },
        clipping: all.clipped(),
        noise_dbfs: levels.get(levels.len() / BACKGROUND).copied().unwrap_or(SILENCE_DBFS),
        voice_ms,
    }
}

async fn understood(ears: &dyn SpeechToText, pcm: Vec<i16>, language: Option<String>) -> Option<String> {
    let utterance = Utterance { pcm: Pcm16k::new(pcm), language, hint: None };
    match ears.transcribe(utterance).await {
        Ok(transcript) => Some(transcript.text),
        Err(error) => {
            tracing::warn!(engine = error.engine, kind = error.kind.as_str(), "an engine of speech fails");
            None
        }
    }
}

/// The sound of a WAV file (16 bit, one or two channels), mono at 16 kHz, [`LONGEST_SECONDS`] at most. `None` when it
/// is none.
pub fn read_wav(file: &[u8]) -> Option<Vec<i16>> {
    let body = file.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
    let (mut rest, mut form) = (body, None);
    loop {
        let (head, after) = rest.split_first_chunk::<8>()?;
        let (name, length) = head.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        let chunk = &after[..length.min(after.len())];
        match name {
            b"fmt " => form = Some(Form::read(chunk)?),
            b"data" => return form?.sound(chunk),
            _ => {}
        }
        rest = after.get(length + length % 2..)?;
    }
}

struct Form {
    channels: usize,
    rate: u32,
}

impl Form {
    fn read(chunk: &[u8]) -> Option<Self> {
        let half = |at: usize| Some(u16::from_le_bytes(chunk.get(at..at + 2)?.try_into().ok()?));
        let rate = u32::from_le_bytes(chunk.get(4..8)?.try_into().ok()?);
        let channels = usize::from(half(2)?);
        // 1 is PCM; 0xFFFE says the same in more words.
        let is_known = matches!(half(0)?, 1 | 0xFFFE) && half(14)? == 16;
        let is_usable = (1..=2).contains(&channels) && (8_000..=96_000).contains(&rate);
        (is_known && is_usable).then_some(Self { channels, rate })
    }

    fn sound(&self, chunk: &[u8]) -> Option<Vec<i16>> {
        let samples: Vec<i16> =
            chunk.as_chunks::<2>().0.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect();
        let most = LONGEST_SECONDS * self.rate as usize;
        let mono: Vec<i16> = match self.channels {
            1 => samples.into_iter().take(most).collect(),
            _ => samples.as_chunks::<2>().0.iter().take(most).map(|[a, b]| a.midpoint(*b)).collect(),
        };
        if self.rate == HEARD_RATE {
            return Some(mono);
        }
        let mut resampler = Resampler::new(self.rate, HEARD_RATE).ok()?;
        let mut heard = Vec::with_capacity(mono.len());
        resampler.push(&mono, &mut heard);
        resampler.finish(&mut heard);
        Some(heard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenroom_speech::{Pcm16k, Pcm24k};

    #[test]
    fn reads_wav_files_and_nothing_else() {
        let sound: Vec<i16> = (0..16_000).map(|n| (n % 100) * 50).collect();
        let file = Pcm16k::new(sound.clone()).wav();
        assert_eq!(read_wav(&file), Some(sound.clone()));
        let other = read_wav(&Pcm24k::new(sound).wav()).expect("a file");
        assert!((10_500..10_900).contains(&other.len()), "{}", other.len());
        for broken in
            [&b""[..], b"RIFF", &file[..20], &file[..44], b"RIFF\0\0\0\0WAVEdata\0\0\0\0", &[7; 400]]
        {
            assert!(read_wav(broken).is_none_or(|sound| sound.is_empty()));
        }
        assert!(read_wav(&[&file[..20], &[9], &file[21..]].concat()).is_none(), "another coding");
    }

    #[tokio::test]
    async fn silence_is_told_from_a_quiet_room() {
        let silent = check(None, vec![0; 32_000], None).await;
        assert_eq!((silent.text, silent.voice_ms, silent.noise_dbfs), (None, 0, SILENCE_DBFS));
        let loud = check(None, vec![i16::MAX; 32_000], None).await;
        assert_eq!((loud.clipping, loud.level_dbfs), (1.0, 0.0));
    }
}
