//! Whether a vendor read all that it was sent. Servers of one's own cut what does not fit silently: Ollama at 2 048 or
//! 4 096 tokens unless told otherwise.
//!
//! The bound is low on purpose: it must hold for every tokenizer and script, and sees only what is cut to far less than
//! half. `probe` looks closer, once.

use crate::model::{Request, Usage};
use greenroom_upstream::{Fault, Kind};

/// Letters and digits that one token stands for at most, on average over a request. English has about four, other
/// languages fewer; bytes would not do, since a letter of Hindi or Thai has three of them.
const LETTERS_PER_TOKEN: u64 = 10;
/// The smallest window of a model that is of any use, tokens. A count below it leaves out what was cached, as older
/// servers count, or is made up.
const LEAST_WINDOW: u64 = 512;

/// Letters and digits of a request, runs of the same one as one: a token may stand for many spaces, dashes or zeros. A
/// schema does not count, because not everybody counts it.
pub(crate) fn letters(request: &Request) -> u64 {
    let in_text = |text: &str| {
        let mut before = None;
        let is_new = |c: &char| before.replace(*c) != Some(*c) && c.is_alphanumeric();
        text.chars().filter(is_new).count() as u64
    };
    in_text(&request.system) + request.messages.iter().map(|message| in_text(&message.text)).sum::<u64>()
}

/// A fault when the vendor counted far fewer tokens than `letters` must have.
pub(crate) fn check(letters: u64, counted: Usage) -> Result<(), Fault> {
    // Some count what they had cached beside what they read, some within it.
    let read = counted.input.saturating_add(counted.cached);
    if (LEAST_WINDOW..letters / LETTERS_PER_TOKEN).contains(&read) {
        let words = format!("only {read} tokens of a longer request were read: its beginning or end is lost");
        return Err(Fault::new(Kind::Truncated, words));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Message, Role};

    fn of(system: &str, text: &str) -> u64 {
        letters(&Request {
            system: system.to_owned(),
            messages: vec![Message { role: Role::User, text: text.to_owned() }],
            max_tokens: 1,
            temperature: None,
            format: Format::Text,
            account: None,
            reuse: false,
        })
    }

    fn is_cut(letters: u64, input: u64, cached: u64) -> bool {
        check(letters, Usage { input, cached, ..Usage::default() }).is_err()
    }

    #[test]
    fn letters_of_every_script_count_once() {
        assert_eq!(of("Ab 1.", "ж漢ก"), 6);
        assert_eq!(of("", &" -=\n".repeat(1000)), 0);
        assert_eq!(of("", &"a".repeat(9000)), 1);
    }

    #[test]
    fn only_what_cannot_be_the_whole_is_cut() {
        assert!(is_cut(25_000, 2_048, 0));
        assert!(!is_cut(25_000, 2_500, 0), "ten letters a token are believed");
        assert!(!is_cut(20_000, 2_048, 0), "a tight window that may hold all");
    }

    #[test]
    fn counts_that_leave_something_out_prove_nothing() {
        for (input, cached) in [(0, 0), (1, 0), (511, 0), (600, 60_000), (60_600, 60_000)] {
            assert!(!is_cut(100_000, input, cached), "{input} {cached}");
        }
    }
}
