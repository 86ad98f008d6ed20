//! The candidate's words as they come back: captions, and the places of the words of an answer.

use super::ports::Understood;
use super::voices::VoiceStretch;
use crate::turn::StretchId;
use greenroom_domain::interview::SpokenWord;

/// Words of the answer that is being given.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// In the order of their places.
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    stretch: StretchId,
    from_ms: u64,
    to_ms: u64,
    understood: Understood,
}

impl Transcript {
    /// Words came back for a stretch. They take the place of earlier ones for the same sound. `false` when newer ones
    /// are there already.
    pub fn put(&mut self, stretch: StretchId, from_ms: u64, to_ms: u64, understood: Understood) -> bool {
        let overlaps = |piece: &Piece| piece.from_ms < to_ms && from_ms < piece.to_ms;
        if self.pieces.iter().any(|piece| overlaps(piece) && piece.stretch > stretch) {
            return false;
        }
        self.pieces.retain(|piece| !overlaps(piece));
        let at = self.pieces.partition_point(|piece| piece.from_ms < from_ms);
        self.pieces.insert(at, Piece { stretch, from_ms, to_ms, understood });
        true
    }

    /// Whether there are any.
    pub fn has_words(&self) -> bool {
        self.pieces.iter().any(|piece| !piece.understood.text.trim().is_empty())
    }

    /// All words so far.
    pub fn text(&self) -> String {
        let texts = self.pieces.iter().map(|piece| piece.understood.text.trim());
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Up to where words are known, ms.
    pub fn until_ms(&self) -> u64 {
        self.pieces.last().map_or(0, |piece| piece.to_ms)
    }

    /// The words with their places on the line, whose they are, and who understood them; begins anew after that.
    pub fn take(&mut self) -> (Vec<SpokenWord>, Vec<VoiceStretch>, Option<String>) {
        let pieces = std::mem::take(&mut self.pieces);
        let engine =
            pieces.iter().rev().map(|piece| piece.understood.engine.clone()).find(|name| !name.is_empty());
        let voices = pieces
            .iter()
            .flat_map(|piece| piece.understood.voices.iter().map(|stretch| stretch.moved(piece.from_ms)));
        let voices = voices.collect();
        let words = pieces.into_iter().flat_map(|piece| {
            let from = piece.from_ms;
            piece.understood.words.into_iter().map(move |word| SpokenWord {
                from_ms: from + word.from_ms,
                to_ms: from + word.to_ms,
                text: word.text,
            })
        });
        (words.collect(), voices, engine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Understood {
        let words = vec![SpokenWord { text: text.to_owned(), from_ms: 100, to_ms: 200 }];
        Understood { text: text.to_owned(), words, engine: "ears".to_owned(), voices: Vec::new() }
    }

    #[test]
    fn newer_words_take_the_place_of_older_ones_for_the_same_sound() {
        let mut transcript = Transcript::default();
        assert!(transcript.put(StretchId(1), 0, 900, said("I let")));
        assert!(transcript.put(StretchId(3), 0, 2_000, said("I led a team")));
        assert!(!transcript.put(StretchId(2), 0, 1_400, said("I let a")));
        assert!(transcript.put(StretchId(4), 2_000, 3_000, said("of five")));
        assert_eq!(transcript.text(), "I led a team of five");
        let (words, _, engine) = transcript.take();
        assert_eq!(words.iter().map(|word| word.from_ms).collect::<Vec<_>>(), [100, 2_100]);
        assert_eq!(engine.as_deref(), Some("ears"));
        assert_eq!(transcript.text(), "");
    }
}
