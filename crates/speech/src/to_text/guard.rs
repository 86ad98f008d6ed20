//! Words that an engine made up: recognisers of Whisper's kind write sentences into silence and noise.
//!
//! What was said must never be lost to this: a rule acts only on what a person does not say, or where the sound shows
//! that nobody spoke.

use super::transcript::{Segment, Word};
use crate::Pcm16k;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Samples of a frame: 20 ms.
const FRAME: usize = 320;
/// Loudness under which nobody speaks into a microphone, mean amplitude: about -60 dB of full scale.
const SILENT: f64 = 33.0;
/// Less sound than this in a whole utterance is a click, ms.
const CLICK_MS: usize = 60;
/// Less sound than this is hardly a word, ms.
const HARDLY_MS: usize = 300;
/// Around a word, how far sound may be off its times, ms.
const SLACK_MS: u32 = 300;
/// Above this Whisper itself takes a stretch for silence, when it is unsure of its words as well.
const NO_SPEECH: f32 = 0.6;
const UNSURE: f32 = -1.0;
/// Above this a text repeats itself (Whisper's own bound).
const COMPRESSED: f32 = 2.4;
/// Longest run of words that is looked for again, and how often it must come in a row.
const LONGEST_RUN: usize = 12;

/// Why words were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// There was no sound at all.
    Silence,
    /// The engine itself takes the stretch for silence.
    NoSpeech,
    /// A sentence that such engines write into silence.
    KnownPhrase,
    /// The same words again and again.
    Repeats,
    /// Words at a time when there was no sound.
    WordsInSilence,
}

impl Doubt {
    /// One stable word for measures.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::NoSpeech => "no_speech",
            Self::KnownPhrase => "known_phrase",
            Self::Repeats => "repeats",
            Self::WordsInSilence => "words_in_silence",
        }
    }
}

/// What is left of an engine's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guarded {
    /// The text.
    pub text: String,
    /// Its words; empty when the engine gave none.
    pub words: Vec<Word>,
    /// Why something was left out, in the order of the rules.
    pub doubts: Vec<Doubt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    credits: Vec<String>,
    doubtful: Vec<String>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/made_up.toml"))
        .expect("the shipped file is valid; a test reads it")
});

/// Leaves out of `text` what the engine made up, by what is known of the `segments` and by the sound itself.
pub fn guard(text: &str, words: Vec<Word>, segments: &[Segment], pcm: &Pcm16k) -> Guarded {
    let text = text.trim();
    let frames = loudness(pcm);
    let sound_ms = frames.iter().filter(|loud| **loud >= SILENT).count() * 20;
    let nothing = |doubt| Guarded { doubts: vec![doubt], ..Guarded::default() };
    if text.is_empty() {
        return Guarded::default();
    }
    if sound_ms < CLICK_MS {
        return nothing(Doubt::Silence);
    }
    let mut left = Guarded { text: text.to_owned(), words, doubts: Vec::new() };
    left.without_silent_segments(segments);
    left.without_known_phrases(segments, sound_ms);
    left.without_repeats(segments);
    left.without_words_in_silence(&frames);
    left
}

impl Guarded {
    fn without_silent_segments(&mut self, segments: &[Segment]) {
        let is_silent = |segment: &&Segment| {
            segment.no_speech.is_some_and(|p| p > NO_SPEECH)
                && segment.log_probability.is_some_and(|p| p < UNSURE)
        };
        let silent: Vec<&Segment> = segments.iter().filter(is_silent).collect();
        if silent.is_empty() {
            return;
        }
        let rest: Vec<&str> = segments
            .iter()
            .filter(|segment| !is_silent(segment))
            .map(|segment| segment.text.trim())
            .collect();
        self.words.retain(|word| !silent.iter().any(|segment| is_within(word, segment)));
        self.text = rest.join(" ").trim().to_owned();
        self.doubts.push(Doubt::NoSpeech);
    }

    fn without_known_phrases(&mut self, segments: &[Segment], sound_ms: usize) {
        let is_credit = |sentence: &&str| PHRASES.credits.contains(&plain(sentence));
        if sentences(&self.text).iter().any(is_credit) {
            let rest: Vec<&str> = sentences(&self.text)
                .into_iter()
                .filter(|sentence| !is_credit(sentence))
                .map(str::trim)
                .collect();
            let rest = rest.join(" ");
            self.shorten(rest, Doubt::KnownPhrase);
        }
        let is_doubted = sound_ms < HARDLY_MS
            || (!segments.is_empty() && segments.iter().all(|s| s.no_speech.is_some_and(|p| p > NO_SPEECH)));
        if is_doubted && PHRASES.doubtful.contains(&plain(&self.text)) {
            self.shorten(String::new(), Doubt::KnownPhrase);
        }
    }

    /// People say a word twice, or thrice; an engine that hangs says it until its tokens are used up.
    fn without_repeats(&mut self, segments: &[Segment]) {
        let hangs = segments.iter().any(|segment| segment.compression.is_some_and(|c| c > COMPRESSED));
        let tokens: Vec<&str> = self.text.split_whitespace().collect();
        let plain_tokens: Vec<String> = tokens.iter().map(|token| plain(token)).collect();
        let mut kept: Vec<&str> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while at < tokens.len() {
            let (run, times) = longest_repeat(&plain_tokens[at..], hangs);
            if times > 1 {
                kept.extend(&tokens[at..at + run]);
                at += run * times;
            } else {
                kept.push(tokens[at]);
                at += 1;
            }
        }
        if kept.len() < tokens.len() {
            let rest = kept.join(" ");
            self.shorten(rest, Doubt::Repeats);
        }
    }

    fn without_words_in_silence(&mut self, frames: &[f64]) {
        let is_heard = |word: &Word| {
            let from = word.from_ms.saturating_sub(SLACK_MS) as usize / 20;
            let to = (word.to_ms.saturating_add(SLACK_MS) as usize / 20 + 1).min(frames.len());
            from >= to || frames[from..to].iter().any(|loud| *loud >= SILENT)
        };
        let heard: Vec<bool> = self.words.iter().map(is_heard).collect();
        let tokens: Vec<&str> = self.text.split_whitespace().collect();
        // Only where words and text go side by side is it known which ones to leave out.
        if heard.iter().all(|heard| *heard) || tokens.len() != self.words.len() {
            return;
        }
        let rest: Vec<&str> =
            tokens.into_iter().zip(&heard).filter(|(_, heard)| **heard).map(|(token, _)| token).collect();
        self.text = rest.join(" ");
        let mut heard = heard.into_iter();
        self.words.retain(|_| heard.next().unwrap_or(true));
        self.doubts.push(Doubt::WordsInSilence);
    }

    /// Goes on with `text`, and with those of the words that are in it, in their order.
    fn shorten(&mut self, text: String, doubt: Doubt) {
        let mut words = std::mem::take(&mut self.words).into_iter();
        for token in text.split_whitespace().map(plain) {
            self.words.extend(words.find(|word| plain(&word.text) == token));
        }
        self.text = text;
        self.doubts.push(doubt);
    }
}

/// The loudness of each frame, root mean square.
fn loudness(pcm: &Pcm16k) -> Vec<f64> {
    let frame = |samples: &[i16]| {
        let energy: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
        (energy / samples.len() as f64).sqrt()
    };
    pcm.samples().chunks(FRAME).map(frame).collect()
}

fn is_within(word: &Word, segment: &Segment) -> bool {
    let middle = word.from_ms.midpoint(word.to_ms);
    (segment.from_ms..segment.to_ms).contains(&middle)
}

/// The run of words at the beginning that comes again at once, and how often it comes; `(_, 1)` for none.
fn longest_repeat(tokens: &[String], hangs: bool) -> (usize, usize) {
    for run in 1..=LONGEST_RUN.min(tokens.len() / 2) {
        let first = &tokens[..run];
        let times = tokens.chunks_exact(run).take_while(|chunk| *chunk == first).count();
        // One word may be stressed ("no, no, no, no"), a phrase of some words hardly four times.
        let least = match (run, hangs) {
            (1, false) => 8,
            (1, true) => 5,
            (2, false) => 5,
            _ => 4,
        };
        if times >= least {
            return (run, times);
        }
    }
    (1, 1)
}

/// Sentences with their marks. A full stop within a name ("Amara.org") ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in text.char_indices() {
        let end = at + mark.len_utf8();
        let ends = match mark {
            '。' | '！' | '？' | '\n' => true,
            '.' | '!' | '?' => text[end..].chars().next().is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            found.push(&text[from..end]);
            from = end;
        }
    }
    if from < text.len() {
        found.push(&text[from..]);
    }
    found
}

/// In lower case, without punctuation, with single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if (c.is_whitespace() || c == '-') && !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests;
