//! Cuts a text that is still being written into pieces that can be spoken.

use super::speakable;
use std::mem::take;

/// Letters after which the first piece may end at a comma, so that speech begins soon.
const FIRST_CLAUSE: usize = 40;
/// The same for later pieces: long sentences only.
const CLAUSE: usize = 180;
/// Letters after which a piece ends at any space: nobody waits for a full stop that does not come.
const LONGEST: usize = 400;
/// Words before a full stop that ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "eg", "ie", "no", "approx", "inc",
    "ltd", "co", "corp", "dept", "fig", "jr", "sr", "cf", "ca", "z.b", "d.h", "bzw", "usw", "u.a", "nr",
    "str", "hr", "fr", "evtl", "ggf", "inkl", "sra", "sr", "dra", "ud", "p.ej", "pág", "mme", "mlle", "env",
    "p.ex", "ex", "max", "min",
];

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// As it was written, for captions. All pieces together are the whole text.
    pub text: String,
    /// As it is spoken; empty when there is nothing to say.
    pub spoken: String,
}

/// Takes a text in pieces of any size and gives it again sentence by sentence.
#[derive(Debug, Default)]
pub struct Sentences {
    held: String,
    has_begun: bool,
}

impl Sentences {
    /// The pieces that `more` completes.
    pub fn push(&mut self, more: &str) -> Vec<Chunk> {
        self.held.push_str(more);
        let mut chunks = Vec::new();
        while let Some(end) = self.end() {
            let rest = self.held.split_off(end);
            chunks.extend(self.chunk(rest));
        }
        chunks
    }

    /// What is left at the end of the text.
    pub fn finish(&mut self) -> Option<Chunk> {
        self.chunk(String::new())
    }

    fn chunk(&mut self, rest: String) -> Option<Chunk> {
        let text = std::mem::replace(&mut self.held, rest);
        if text.trim().is_empty() {
            // Blanks belong to what follows.
            self.held.insert_str(0, &text);
            if self.held.trim().is_empty() {
                take(&mut self.held);
            }
            return None;
        }
        let spoken = speakable(&text);
        self.has_begun |= !spoken.is_empty();
        Some(Chunk { text, spoken })
    }

    /// Where the piece at the beginning of what is held ends; `None` while more may belong to it.
    fn end(&self) -> Option<usize> {
        let clause = if self.has_begun { CLAUSE } else { FIRST_CLAUSE };
        let (mut letters, mut fences, mut ticks) = (0, 0, 0_usize);
        let mut at = 0;
        while let Some(c) = self.held[at..].chars().next() {
            if self.held[at..].starts_with("```") {
                (fences, at) = (fences + 1, at + 3);
                continue;
            }
            let after = at + c.len_utf8();
            letters += 1;
            ticks += usize::from(c == '`');
            let is_code = fences % 2 == 1 || (ticks % 2 == 1 && letters < LONGEST);
            if !is_code && let Some(end) = self.ends(c, at, after, letters, clause) {
                return Some(end);
            }
            at = after;
        }
        None
    }

    fn ends(&self, c: char, at: usize, after: usize, letters: usize, clause: usize) -> Option<usize> {
        let rest = &self.held[after..];
        match c {
            '。' | '！' | '？' => Some(after),
            '\n' if rest.starts_with('\n') && !self.held[..at].trim().is_empty() => Some(after),
            '.' | '!' | '?' | '…' => {
                let closing = rest.len()
                    - rest.trim_start_matches(['"', '\'', ')', ']', '”', '’', '»', '*', '_']).len();
                // Only what follows says whether it ends here: a space, or a letter of "3.5" or "example.org".
                let next = rest[closing..].chars().next()?;
                let is_end =
                    next.is_whitespace() && !(c == '.' && self.is_abbreviation(at, &rest[closing..])?);
                is_end.then_some(after + closing)
            }
            ',' | ';' | ':' | '–' | '—' if letters >= clause => {
                rest.chars().next()?.is_whitespace().then_some(after)
            }
            '，' | '；' | '、' if letters >= clause => Some(after),
            ' ' if letters >= LONGEST => Some(after),
            _ => None,
        }
    }

    /// Whether the full stop at `at` belongs to an abbreviation, an initial or a number of a list; `None` while what
    /// follows is not known.
    fn is_abbreviation(&self, at: usize, rest: &str) -> Option<bool> {
        let before = &self.held[..at];
        let begin = before
            .rfind(|c: char| c.is_whitespace() || c == '(' || c == '"')
            .map_or(0, |space| space + before[space..].chars().next().map_or(0, char::len_utf8));
        let word = before[begin..].to_lowercase();
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && word != "i";
        let is_list_number = begin == 0 && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        if is_list_number {
            return Some(true);
        }
        if !is_initial && !ABBREVIATIONS.contains(&word.as_str()) {
            return Some(false);
        }
        // "etc. Then" ends a sentence, "Dr. Smith" does not.
        let next = rest.trim_start().chars().next()?;
        let is_title = is_initial
            || ["mr", "mrs", "ms", "dr", "prof", "st", "hr", "fr", "mme", "sr", "sra", "dra"]
                .contains(&word.as_str());
        Some(is_title || !next.is_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of `text` as written, when it comes in steps of so many letters.
    fn cut(text: &str, step: usize) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let mut sentences = Sentences::default();
        let mut found = Vec::new();
        for piece in letters.chunks(step) {
            found.extend(sentences.push(&piece.iter().collect::<String>()));
        }
        found.extend(sentences.finish());
        found.into_iter().map(|chunk| chunk.text).collect()
    }

    #[test]
    fn cuts_the_same_whatever_the_steps_and_loses_nothing() {
        let text = "Thanks, that helps! You mentioned Dr. Smith and 3.5 percent, e.g. at example.org. How so?\n\n\
            ```rust\nfn a() { b.c. D }\n```\nLast one. J. R. wrote it, etc. Then what";
        let whole = cut(text, 10_000);
        for step in [1, 2, 3, 5, 8] {
            assert_eq!(cut(text, step), whole, "{step}");
        }
        assert_eq!(whole.concat(), text);
        let trimmed: Vec<&str> = whole.iter().map(|piece| piece.trim()).collect();
        assert_eq!(
            trimmed,
            [
                "Thanks, that helps!",
                "You mentioned Dr. Smith and 3.5 percent, e.g. at example.org.",
                "How so?",
                "```rust\nfn a() { b.c. D }\n```\nLast one.",
                "J. R. wrote it, etc.",
                "Then what"
            ]
        );
    }

    #[test]
    fn the_first_piece_may_end_at_a_comma_once_it_is_long_enough() {
        let text =
            "Thinking of the migration that you led last year, what would you do differently today, and why?";
        assert_eq!(
            cut(text, 4),
            [
                "Thinking of the migration that you led last year,",
                " what would you do differently today, and why?"
            ]
        );
        assert_eq!(cut("Well, tell me, please, more.", 3).len(), 1, "too short for a comma");
    }

    #[test]
    fn a_sentence_ends_as_soon_as_that_is_certain() {
        let mut sentences = Sentences::default();
        assert!(sentences.push("It took 3.").is_empty(), "it may be 3.5");
        assert_eq!(sentences.push("5 days. ")[0].text, "It took 3.5 days.");
        assert_eq!(sentences.push("好的。请继续")[0].text, " 好的。");
        assert_eq!(sentences.finish().map(|chunk| chunk.text).as_deref(), Some("请继续"));
        assert_eq!(sentences.finish(), None);
    }

    #[test]
    fn a_text_without_an_end_is_cut_at_a_space() {
        let text = "word ".repeat(200);
        let pieces = cut(&text, 7);
        assert!(pieces.len() >= 2 && pieces.iter().all(|piece| piece.len() <= LONGEST + 5));
        assert_eq!(pieces.concat().trim_end(), text.trim_end());
    }

    #[test]
    fn code_is_never_cut_and_not_spelt_out() {
        let mut sentences = Sentences::default();
        assert!(sentences.push("Look: ```\nx. Y! z\n").is_empty());
        let chunks = sentences.push("```\nWhat is wrong? ");
        assert_eq!(chunks[0].spoken, "Look: code on the screen. What is wrong?");
    }
}
