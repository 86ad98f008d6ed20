//! Text as sentences, one by one.

use greenroom_speech::Sentences;

/// The sentences of `text` that are whole: more words may follow the last one.
pub(super) fn whole(text: &str) -> Vec<String> {
    let mut sentences = Sentences::default();
    let cut = sentences.push(text).into_iter().map(|chunk| chunk.text.trim().to_owned());
    cut.filter(|sentence| !sentence.is_empty()).collect()
}

/// The sentences of `text`, which is complete.
pub(super) fn all(text: &str) -> Vec<String> {
    let mut sentences = Sentences::default();
    let mut chunks = sentences.push(text);
    chunks.extend(sentences.finish());
    let cut = chunks.into_iter().map(|chunk| chunk.text.trim().to_owned());
    cut.filter(|sentence| !sentence.is_empty()).collect()
}
