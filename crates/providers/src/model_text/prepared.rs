//! A text on its way to a model: some of it withheld, who speaks taken out, and every quote finds its way back.

use super::edited::{Edit, Edited};
use super::folded::is_invisible;
use greenroom_domain::evaluation::Quote;
use greenroom_scoring::text::Text;
use greenroom_scoring::{ANALYSED_CHARS, evidence};
use std::ops::Range;

/// Finds what is withheld of a text.
pub type Finder = fn(&str) -> Vec<Range<usize>>;

/// An answer with what is made of it.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// The answer as given, as far as it is analysed.
    answer: Text<'a>,
    /// Without what is withheld and what nobody can see.
    kept: Edited,
    /// The same without who speaks: this is what the model reads.
    sent: Edited,
    /// Words of `kept`.
    words: usize,
}

impl<'a> Prepared<'a> {
    /// Prepares `answer`: without what `withheld` finds in it, changed as `redacted` says.
    pub fn new(answer: &'a str, withheld: Finder, redacted: impl Fn(&str) -> Vec<Edit>) -> Self {
        let end = answer.char_indices().nth(ANALYSED_CHARS).map_or(answer.len(), |(at, _)| at);
        let answer = Text::new(&answer[..end]);
        let kept = visible(&answer.raw, withheld);
        let sent = Edited::new(&kept.text, redacted(&kept.text));
        let words = Text::new(&kept.text).words.len();
        Self { answer, kept, sent, words }
    }

    /// What is left without what is withheld.
    pub fn kept(&self) -> &str {
        &self.kept.text
    }

    /// What the model reads.
    pub fn sent(&self) -> &str {
        &self.sent.text
    }

    /// Whether something is withheld.
    pub fn withholds(&self) -> bool {
        self.kept.withholds()
    }

    /// What the model says it quotes, as it stands in the answer as given; `None` when it does not stand there or has
    /// less than `min_words` words, or than all of a shorter answer.
    pub fn quote(&self, claimed: &str, min_words: usize) -> Option<Quote> {
        let found = evidence::verify(&self.sent.text, claimed)?;
        let at = self.sent.origin(bytes(&self.sent.text, &found))?;
        self.answered(at, min_words.min(self.words))
    }

    /// A quote from [`Self::kept`], as it stands in the answer as given.
    pub fn quote_of_kept(&self, quote: &Quote) -> Option<Quote> {
        self.answered(bytes(&self.kept.text, quote), 1)
    }

    fn answered(&self, at_kept: Range<usize>, min_words: usize) -> Option<Quote> {
        let at = self.kept.origin(at_kept)?;
        let passage = &self.answer.raw[at.clone()];
        let start = at.start + passage.len() - passage.trim_start().len();
        let at = start..start + passage.trim().len();
        let words =
            self.answer.words.iter().filter(|word| at.start <= word.at.start && word.at.end <= at.end);
        (words.count() >= min_words.max(1)).then(|| evidence::quote(&self.answer, at))
    }
}

/// `text` without what `withheld` finds in it and what nobody can see.
pub fn visible(text: &str, withheld: Finder) -> Edited {
    let invisible = text.char_indices().filter(|(_, c)| is_invisible(*c));
    let mut edits: Vec<Edit> = invisible
        .map(|(at, c)| Edit { at: at..at + c.len_utf8(), with: String::new(), withheld: false })
        .collect();
    // Nothing takes their place: to the model it is the same answer as without them, to the byte.
    edits.extend(withheld(text).into_iter().map(|at| Edit { at, with: String::new(), withheld: true }));
    Edited::new(text, edits)
}

/// Withholds nothing.
pub fn nothing(_: &str) -> Vec<Range<usize>> {
    Vec::new()
}

fn bytes(text: &str, quote: &Quote) -> Range<usize> {
    let at = |wanted: usize| text.char_indices().nth(wanted).map_or(text.len(), |(at, _)| at);
    at(quote.start)..at(quote.end)
}
