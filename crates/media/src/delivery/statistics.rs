//! Arithmetic over frames.

use super::sound::SoundFrame;

/// Voice over the interviewer that is more than "mhm", ms.
pub(super) const INTERRUPTION_MS: u32 = 500;

/// The frames of a stretch of time.
pub(super) fn within(frames: &[SoundFrame], from_ms: u32, to_ms: u32) -> impl Iterator<Item = &SoundFrame> {
    let first = frames.partition_point(|frame| frame.at_ms < from_ms);
    frames[first..].iter().take_while(move |frame| frame.at_ms < to_ms)
}

/// Where the candidate spoke for half a second and more while the interviewer did, having begun after it.
pub fn interruptions(frames: &[SoundFrame], spoken: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for (from_ms, to_ms) in spoken {
        // The first moments are the end of what was said before.
        let over = within(frames, from_ms.saturating_add(300), *to_ms).filter(|frame| frame.is_voice);
        let mut over = over.map(|frame| frame.at_ms);
        let Some(first) = over.next() else { continue };
        if over.count() as u32 * 20 + 20 >= INTERRUPTION_MS {
            found.push((first, *to_ms));
        }
    }
    found
}

/// The voice against the quietest tenth of what is no voice.
pub(super) fn signal_to_noise(frames: &[SoundFrame], voice: &[SoundFrame]) -> Option<f32> {
    let mut quiet: Vec<f32> = frames.iter().filter(|f| !f.is_voice && !f.concealed).map(|f| f.dbfs).collect();
    if voice.is_empty() || quiet.len() < 25 {
        return None;
    }
    quiet.sort_by(f32::total_cmp);
    let power = |dbfs: f32| 10_f32.powf(dbfs / 10.0);
    let mean = voice.iter().map(|frame| power(frame.dbfs)).sum::<f32>() / voice.len() as f32;
    // The middle: the quietest are where a noise suppressor shut the line, the loudest the ends of words.
    Some(10.0 * mean.log10() - quiet[quiet.len() / 2])
}

pub(super) fn pitch_spread(voice: &[SoundFrame]) -> Option<f32> {
    let pitches: Vec<f32> =
        voice.iter().filter(|frame| frame.pitch_hz > 0.0).map(|frame| frame.pitch_hz).collect();
    if pitches.len() < 100 {
        return None;
    }
    let center = middle(pitches.clone())?;
    // An octave off is a mistake of the tracker more often than of the voice.
    let semitones = pitches.iter().map(|pitch| 12.0 * (pitch / center).log2());
    spread(&semitones.filter(|semitones| semitones.abs() < 10.0).collect::<Vec<_>>())
}

/// Spread of the loudness of runs of half a second: that of syllables is the language's.
pub(super) fn loudness_spread(voice: &[SoundFrame]) -> Option<f32> {
    let power = |frame: &SoundFrame| 10_f32.powf(frame.dbfs / 10.0);
    let runs: Vec<f32> = voice
        .chunks_exact(25)
        .map(|run| 10.0 * (run.iter().map(power).sum::<f32>() / 25.0).log10())
        .collect();
    spread(&runs)
}

fn spread(values: &[f32]) -> Option<f32> {
    let count = values.len() as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / count;
    (values.len() >= 10).then(|| variance.sqrt())
}

pub(super) fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
