//! What was said, in words.

use super::guard::{Doubt, guard};
use super::{SttTraits, count_fillers};
use crate::Pcm16k;
use serde::Serialize;

/// Speech to transcribe.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// The sound.
    pub pcm: Pcm16k,
    /// The language that is expected, as a language tag such as `en` or `pt-BR`; `None` lets the engine find out.
    pub language: Option<String>,
    /// Words that are likely, such as names of tools in the job: a hint, which an engine may ignore. At most 200
    /// letters of it are sent. Never a whole sentence: recognisers would repeat it.
    pub hint: Option<String>,
}

/// A word and when it was spoken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Word {
    /// As written.
    pub text: String,
    /// Where it begins, ms from the beginning of the utterance.
    pub from_ms: u32,
    /// Where it ends, ms from the beginning of the utterance.
    pub to_ms: u32,
    /// How sure the engine is, 0..=1; `None` when it does not say.
    pub confidence: Option<f32>,
    /// Whose voice it is; `None` when the engine does not say.
    pub speaker: Option<Speaker>,
}

/// A voice, as an engine numbers those that it hears. Another line to the same engine numbers the same people anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Speaker {
    /// The line to the engine, counted in this process.
    pub line: u64,
    /// The engine's number, from 0.
    pub number: u8,
}

/// The words of an utterance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transcript {
    /// Name of the engine that heard it.
    pub engine: String,
    /// What was said; empty when nothing was. As the engine wrote it, without what the guard took out.
    pub text: String,
    /// When each word was spoken; empty when the engine does not say.
    pub words: Vec<Word>,
    /// The language, as two letters: what the engine heard, else what was expected.
    pub language: Option<String>,
    /// Fillers such as "um", counted in the raw text; `None` when the engine leaves them out: then they are not
    /// measured.
    pub fillers: Option<u32>,
    /// Why words of the engine were left out: it had made them up.
    pub doubts: Vec<Doubt>,
}

/// A stretch of a transcript with what the engine thinks of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segment {
    /// What was said.
    pub text: String,
    /// Where it begins, ms.
    pub from_ms: u32,
    /// Where it ends, ms.
    pub to_ms: u32,
    /// Probability that nobody spoke, 0..=1.
    pub no_speech: Option<f32>,
    /// Mean log probability of its tokens.
    pub log_probability: Option<f32>,
    /// How well its text compresses; above 2.4 it repeats itself.
    pub compression: Option<f32>,
}

/// What an engine wrote, before anybody looked at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Raw {
    pub text: String,
    pub words: Vec<Word>,
    pub segments: Vec<Segment>,
    pub language: Option<String>,
}

impl Raw {
    /// The transcript, once the guard has looked at it beside the sound.
    pub fn judged(
        self,
        engine: &str,
        traits: &SttTraits,
        pcm: &Pcm16k,
        expected: Option<&str>,
    ) -> Transcript {
        let language = self.language.as_deref().and_then(two_letters).or(expected.and_then(two_letters));
        let guarded = guard(&self.text, self.words, &self.segments, pcm);
        for doubt in &guarded.doubts {
            greenroom_telemetry::speech::doubted(engine, doubt.as_str());
        }
        let fillers =
            traits.keeps_fillers.then(|| count_fillers(&guarded.text, language.as_deref().unwrap_or("en")));
        Transcript {
            engine: engine.to_owned(),
            text: guarded.text,
            words: guarded.words,
            language,
            fillers,
            doubts: guarded.doubts,
        }
    }
}

/// `en` of `en-GB`, of `EN` and of `english`.
pub(crate) fn two_letters(language: &str) -> Option<String> {
    let lower = language.trim().to_lowercase();
    let first = lower.split(['-', '_']).next().unwrap_or_default();
    if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(first.to_owned());
    }
    // Whisper writes names of languages.
    const NAMES: &[(&str, &str)] = &[
        ("arabic", "ar"),
        ("chinese", "zh"),
        ("dutch", "nl"),
        ("english", "en"),
        ("french", "fr"),
        ("german", "de"),
        ("hindi", "hi"),
        ("italian", "it"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("polish", "pl"),
        ("portuguese", "pt"),
        ("russian", "ru"),
        ("spanish", "es"),
        ("turkish", "tr"),
        ("ukrainian", "uk"),
    ];
    NAMES.iter().find(|(name, _)| *name == lower).map(|(_, letters)| (*letters).to_owned())
}

#[cfg(test)]
mod tests {
    use super::two_letters;

    #[test]
    fn reads_languages_as_vendors_write_them() {
        for (written, letters) in [
            ("en", Some("en")),
            ("pt-BR", Some("pt")),
            ("english", Some("en")),
            ("German", Some("de")),
            ("", None),
        ] {
            assert_eq!(two_letters(written).as_deref(), letters, "{written}");
        }
    }
}
