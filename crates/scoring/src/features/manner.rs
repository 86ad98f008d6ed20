//! How something is said: hedges, fillers, vagueness, sentence length, words without sentences.

use super::fluency::is_disorder;
use crate::text::{LISTS, Sentence, Text};

/// Share of small words from which a text is enough of its language for its order to be judged.
const RUNNING_FROM: f64 = 0.2;
/// Words from which terms without sentences are no answer.
const SALAD_FROM: usize = 8;
/// Share of small words below which there are no sentences.
const FEW_SMALL_WORDS: f64 = 0.14;

/// How something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Manner {
    /// Words that do more than fill a pause.
    pub words: usize,
    /// Sentences with such words.
    pub sentences: usize,
    /// Mean words in a sentence.
    pub sentence_length: f64,
    /// Hedges in 100 words.
    pub hedges: f64,
    /// Fillers in 100 words.
    pub fillers: f64,
    /// Vague words in 100 words.
    pub vague: f64,
    /// Times that something was taken back.
    pub retractions: usize,
    /// Words over different words; high when one repeats oneself.
    pub repetition: f64,
    /// Whether it is terms without sentences.
    pub salad: bool,
}

/// Measures how `text` says what it says. Fillers are counted, and nothing else is measured with them: they
/// must not make an answer look longer or other words rarer.
pub fn manner(text: &Text<'_>) -> Manner {
    let said = text.spoken().count();
    let words = words(text);
    let per_hundred = |count: usize| 100.0 * count as f64 / words.max(1) as f64;
    let is_said = |sentence: &&Sentence| text.words_of(sentence).iter().any(|word| !word.filler);
    let sentences = text.sentences.iter().filter(is_said).count();
    let different: rustc_hash::FxHashSet<&str> = text.spoken().map(|w| w.lower.as_str()).collect();
    Manner {
        words,
        sentences,
        sentence_length: words as f64 / sentences.max(1) as f64,
        hedges: per_hundred(text.count(&LISTS.hedges)),
        fillers: per_hundred(text.fillers),
        vague: per_hundred(text.count(&LISTS.vague)),
        retractions: text.count(&LISTS.retractions),
        repetition: said as f64 / different.len().max(1) as f64,
        salad: is_keyword_salad(text),
    }
}

/// Words that do more than fill a pause.
fn words(text: &Text<'_>) -> usize {
    let said = text.spoken().count();
    text.language.map_or(said, |language| language.whole_words(said))
}

/// Share of small words (the, of, and ...), of small characters where words are not parted. Running English has 35-55 %.
pub fn small_words(text: &Text<'_>) -> f64 {
    let of_characters = text.language.and_then(|language| language.small_characters(&text.raw));
    let of_words = || {
        let count = |(said, small), small_one: bool| (said + 1, small + usize::from(small_one));
        let (said, small) = text.spoken().map(|word| word.stop).fold((0_usize, 0_usize), count);
        small as f64 / said.max(1) as f64
    };
    of_characters.unwrap_or_else(of_words)
}

/// Terms without sentences, or words in disorder. Short answers may be terse; a long row of words is no answer.
pub fn is_keyword_salad(text: &Text<'_>) -> bool {
    let small = || small_words(text);
    words(text) >= SALAD_FROM && (small() < FEW_SMALL_WORDS || small() >= RUNNING_FROM && is_disorder(text))
}
