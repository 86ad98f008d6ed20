//! A reply as it sounds, and what of it was heard.

use super::input::{AnswerKind, ReplyId};

/// A reply that is being made, or sounds.
#[derive(Clone, Debug)]
pub(super) struct Playback {
    pub reply: ReplyId,
    pub kind: AnswerKind,
    pub is_last: bool,
    sentences: Vec<Sentence>,
    is_whole: bool,
    played_ms: u64,
}

#[derive(Clone, Debug)]
struct Sentence {
    text: String,
    from_ms: u64,
    to_ms: u64,
}

impl Playback {
    /// A reply of which nothing is known yet.
    pub fn new(reply: ReplyId, kind: AnswerKind, is_last: bool) -> Self {
        Self { reply, kind, is_last, sentences: Vec::new(), is_whole: false, played_ms: 0 }
    }

    /// The next sentence.
    pub fn add(&mut self, text: String, ms: u64) {
        let from_ms = self.length_ms();
        self.sentences.push(Sentence { text, from_ms, to_ms: from_ms + ms });
    }

    /// The last one sounds so long, ms.
    pub fn measure(&mut self, ms: u64) {
        if let Some(last) = self.sentences.last_mut() {
            last.to_ms = last.from_ms + ms;
        }
    }

    /// These are the sentences, whatever was known before.
    pub fn retell(&mut self, sentences: Vec<(String, u64)>) {
        self.sentences.clear();
        sentences.into_iter().for_each(|(text, ms)| self.add(text, ms));
    }

    /// There are no more.
    pub fn complete(&mut self) {
        self.is_whole = true;
    }

    /// So much was heard; perhaps more than is known of yet.
    pub fn played(&mut self, ms: u64) {
        self.played_ms = ms;
    }

    /// Whether all of it was heard.
    pub fn is_over(&self) -> bool {
        self.is_whole && self.played_ms >= self.length_ms()
    }

    /// What is left, ms; `None` while sentences may come.
    pub fn left_ms(&self) -> Option<u64> {
        self.is_whole.then(|| self.length_ms().saturating_sub(self.played_ms))
    }

    /// Goes back to the beginning of the sentence that was broken off, ms from the beginning.
    pub fn rewind(&mut self) -> u64 {
        let broken = self.sentences.iter().find(|sentence| self.played_ms < sentence.to_ms);
        self.played_ms = broken.map_or(self.played_ms, |sentence| sentence.from_ms);
        self.played_ms
    }

    /// All its words.
    pub fn text(&self) -> String {
        self.sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The words that sounded; of a sentence that was broken off as many as its share of time.
    pub fn heard(&self) -> String {
        let heard = self.sentences.iter().filter_map(|sentence| {
            if self.played_ms >= sentence.to_ms {
                return Some(sentence.text.clone());
            }
            let ms = self.played_ms.checked_sub(sentence.from_ms).filter(|ms| *ms > 0)?;
            let text = &sentence.text;
            // Where words are not written apart, letters count.
            let (units, space): (Vec<&str>, _) = match text.contains(' ') {
                true => (text.split_whitespace().collect(), " "),
                false => {
                    (text.char_indices().map(|(at, letter)| &text[at..at + letter.len_utf8()]).collect(), "")
                }
            };
            let share = units.len() as u64 * ms / (sentence.to_ms - sentence.from_ms).max(1);
            (share > 0).then(|| format!("{} …", units[..share as usize].join(space)))
        });
        heard.collect::<Vec<_>>().join(" ")
    }

    fn length_ms(&self) -> u64 {
        self.sentences.last().map_or(0, |sentence| sentence.to_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_at_a_length_is_mended() {
        let mut playback = Playback::new(ReplyId(1), AnswerKind::Telling, false);
        playback.add("Thank you very much.".to_owned(), 4_000);
        playback.measure(1_000);
        playback.add("Bye.".to_owned(), 500);
        playback.complete();
        playback.played(1_499);
        assert!(!playback.is_over());
        playback.played(1_500);
        assert!(playback.is_over());
    }

    #[test]
    fn words_that_are_found_while_speaking_take_the_place_of_those_before() {
        let mut playback = Playback::new(ReplyId(1), AnswerKind::Telling, false);
        playback.retell(vec![("I see.".to_owned(), 600)]);
        playback.played(900);
        playback.retell(vec![("I see.".to_owned(), 500), ("What was it?".to_owned(), 900)]);
        assert_eq!(playback.heard(), "I see. What …");
        assert_eq!(playback.rewind(), 500);
    }

    #[test]
    fn of_a_broken_sentence_the_share_that_sounded_is_heard() {
        let mut playback = Playback::new(ReplyId(1), AnswerKind::Telling, false);
        playback.add("Thank you.".to_owned(), 600);
        playback.add("你最自豪的项目是什么？".to_owned(), 1_100);
        for (ms, heard) in [(0, ""), (599, "Thank …"), (600, "Thank you."), (900, "Thank you. 你最自 …")]
        {
            playback.played(ms);
            assert_eq!(playback.heard(), heard, "{ms} ms");
        }
        playback.complete();
        playback.played(9_999);
        assert!(playback.is_over());
        assert_eq!(playback.heard(), playback.text());
    }
}
