//! Sentences of the model, made fit to be shown.

use super::folded::is_invisible;
use greenroom_scoring::evidence;
use regex::Regex;
use std::sync::LazyLock;

/// Words between quote marks from which they count as a quotation.
const QUOTATION_WORDS: usize = 3;

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:[a-z][a-z+]*://|www\.|javascript:|data:)|\b[\w-]+\.(?:com|org|io|dev|ai|app)\b")
        .expect("the pattern is a constant; a test uses it")
});

static QUOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"["“„«]([^"“”„«»]*)["”“»]"#).expect("the pattern is a constant; a test uses it")
});

static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)</?(?:a|b|i|u|p|em|strong|br|hr|code|pre|div|span|script|style|img|iframe|ul|ol|li|h\d)\b[^>]*>|\*\*|`+|^[#*>\-\s]+|\[([^\]]*)\]\([^)]*\)",
    )
    .expect("the pattern is a constant; a test uses it")
});

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)</?(?:a|b|i|u|p|em|strong|br|hr|code|pre|div|span|script|style|img|iframe|ul|ol|li|h\d)(?:\s[^>]*)?/?>|\[[^\]]*\]\([^)]*\)|^\s*(?:#{1,6}|[*>\-•]|\d+[.)])\s|<<<|>>>",
    )
    .expect("the pattern is a constant; a test uses it")
});

/// `text` as one line without markup and invisible signs, of at most `most` characters.
pub fn line(text: &str, most: usize) -> String {
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let plain = MARKUP.replace_all(&seen, "$1");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = plain.char_indices().nth(most) else { return plain };
    let kept = plain[..cut].char_indices().next_back().map_or(0, |(at, _)| at);
    let kept = plain[..kept].rfind(' ').unwrap_or(kept);
    format!("{}…", plain[..kept].trim_end())
}

/// Whether `text` holds a link.
pub fn has_link(text: &str) -> bool {
    LINK.is_match(text)
}

/// Whether `text`, a line, holds tags, marks of lists and headings, or delimiters. Emphasis is left to [`line`].
pub fn has_markup(text: &str) -> bool {
    TAG.is_match(text)
}

/// Whether `text` puts words between quote marks that stand in none of `sources`.
pub fn invents(text: &str, sources: &[&str]) -> bool {
    QUOTATION.captures_iter(text).any(|found| is_invented(&found[1], sources))
}

/// `text` with such words taken out.
pub fn without_inventions(text: &str, sources: &[&str]) -> String {
    QUOTATION
        .replace_all(text, |found: &regex::Captures<'_>| {
            if is_invented(&found[1], sources) { "[…]".to_owned() } else { found[0].to_owned() }
        })
        .into_owned()
}

fn is_invented(quoted: &str, sources: &[&str]) -> bool {
    quoted.split_whitespace().count() >= QUOTATION_WORDS
        && !quoted.split(['…']).flat_map(|part| part.split("...")).all(|part| {
            let part = part.trim().trim_end_matches(['.', ',', '!', '?']);
            part.is_empty() || sources.iter().any(|source| evidence::verify(source, part).is_some())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_plain_and_short() {
        assert_eq!(line("**Good**\n<b>work</b>\u{202e} [here](https://x.example)", 40), "Good work here");
        assert_eq!(line("## In C# you use `Vec<String>` | 2 * 3.", 60), "In C# you use Vec<String> | 2 * 3.");
        let cut = line(&"word ".repeat(100), 300);
        assert!(cut.chars().count() <= 300 && cut.ends_with("word…"), "{cut}");
        assert_eq!(line(&"x".repeat(400), 300).chars().count(), 300);
    }

    #[test]
    fn links_are_seen() {
        assert!(has_link("See HTTPS://a.b") && has_link("at www.x.y") && has_link("on evil.com now"));
        assert!(!has_link("Node.js, e.g. this. And that"));
    }

    #[test]
    fn markup_is_seen() {
        for text in ["<b>x</b>", "a <script>x", "[x](y)", "- one", "# One", "1. one", "so <<<end 1>>>"] {
            assert!(has_markup(text), "{text}");
        }
        for text in ["**Good** `x`", "a < b and c > d", "In 2021 - and later", "Vec<String> [name]"] {
            assert!(!has_markup(text), "{text}");
        }
    }

    #[test]
    fn what_nobody_said_is_not_shown_as_said() {
        let sources = ["I led the team of four."];
        assert!(!invents("You say “I led the team” plainly, a \"team player\".", &sources));
        assert!(invents("You say “I led forty people” plainly.", &sources));
        assert_eq!(
            without_inventions("Says \"I led forty people\" and \"the team of four\".", &sources),
            "Says […] and \"the team of four\"."
        );
    }
}
