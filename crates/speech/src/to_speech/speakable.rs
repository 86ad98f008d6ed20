//! Text made fit to be spoken.

/// What is said in place of a block of code.
const CODE: &str = "code on the screen";
/// What is said in place of an address.
const LINK: &str = "a link on the screen";

/// `text` as one would say it: without Markdown, with blocks of code and addresses named instead of spelt out. Empty
/// when nothing is left to say.
pub fn speakable(text: &str) -> String {
    let without_blocks = blocks(text);
    let mut said = String::with_capacity(without_blocks.len());
    for line in without_blocks.lines() {
        let line = inline(line_start(line));
        let line = line.trim();
        if line.is_empty() || is_rule(line) {
            continue;
        }
        if !said.is_empty() {
            // A heading or a point of a list is a sentence, also without a full stop.
            let ends = said.ends_with(['.', '!', '?', ':', ';', ',', '。', '！', '？']);
            said.push_str(if ends { " " } else { ". " });
        }
        said.push_str(line);
    }
    words(&said)
}

/// Blocks between fences become [`CODE`].
fn blocks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 0 {
            out.push_str(part);
        } else {
            if !out.is_empty() && !out.ends_with(char::is_whitespace) {
                out.push(' ');
            }
            out.push_str(CODE);
            out.push('\n');
        }
    }
    out
}

/// Without what makes a heading, a quotation or a point of a list.
fn line_start(line: &str) -> &str {
    let line = line.trim_start();
    let bare = line.trim_start_matches('#').trim_start_matches('>').trim_start();
    for bullet in ["- [ ] ", "- [x] ", "- ", "* ", "+ ", "• "] {
        if let Some(rest) = bare.strip_prefix(bullet) {
            return rest;
        }
    }
    bare
}

/// Without emphasis, inline code marks, and what a link points to.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some((label, after)) = link(rest) {
            out.push_str(&inline(label));
            rest = after;
            continue;
        }
        let after = &rest[c.len_utf8()..];
        match c {
            '`' | '*' | '~' if c != '*' || !is_product(&out, after) => {}
            '_' if !(out.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)) => {}
            '|' => out.push(','),
            _ => out.push(c),
        }
        rest = after;
    }
    out
}

/// Whether a star stands between numbers: "3 * 4".
fn is_product(before: &str, after: &str) -> bool {
    before.ends_with(' ') && after.starts_with(' ')
}

/// The label of a link or picture in Markdown at the beginning of `text`, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("![").or_else(|| text.strip_prefix('['))?;
    let (label, rest) = inner.split_once("](")?;
    if label.contains('[') || label.len() > 300 {
        return None;
    }
    let (_, rest) = rest.split_once(')')?;
    Some((label, rest))
}

fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '-' | '=' | '_' | ',' | ' ' | ':'))
}

/// Word by word: addresses become [`LINK`], names in code are spoken as words, pictographs are left out.
fn words(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| !is_pictograph(*c)).collect();
        let word = spoken_word(&word);
        if word.is_empty() {
            continue;
        }
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&word);
    }
    said
}

fn spoken_word(word: &str) -> String {
    let core =
        word.trim_matches(|c| matches!(c, '<' | '>' | '(' | ')' | '"' | ',' | '.' | '!' | '?' | ';' | ':'));
    let is_address = core.contains("://") || core.starts_with("www.") || core.starts_with("mailto:");
    if is_address {
        return word.replacen(core, LINK, 1).replace(['<', '>'], "");
    }
    // read_file and HashMap::new are spoken as words.
    let is_name = core.contains('_') || core.contains("::") || core.contains("->");
    if is_name {
        return word.replace("::", " ").replace("->", " ").replace('_', " ").trim().to_owned();
    }
    match word {
        "&" => "and".to_owned(),
        "=>" | "->" | "→" => "to".to_owned(),
        "<" | ">" => String::new(),
        _ => word.replace(['<', '>', '{', '}', '\\'], ""),
    }
}

fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0xFE00..=0xFE0F | 0x200D | 0x2B00..=0x2BFF)
}

#[cfg(test)]
mod tests {
    use super::speakable;

    #[test]
    fn markdown_is_not_spelt_out() {
        for (written, said) in [
            ("**Tell me** about *one* project.", "Tell me about one project."),
            ("# Next part\n\nLet us go on.", "Next part. Let us go on."),
            ("- first\n- second", "first. second"),
            ("Use `read_file` and `HashMap::new`.", "Use read file and HashMap new."),
            ("See [the page](https://example.org/a?b=1), please.", "See the page, please."),
            ("> Quoted words", "Quoted words"),
            ("---", ""),
            ("Great! 🎉 Next.", "Great! Next."),
        ] {
            assert_eq!(speakable(written), said, "{written}");
        }
    }

    #[test]
    fn code_and_addresses_are_named() {
        assert_eq!(
            speakable("What does this do?\n```rust\nfn main() { x[0] }\n```\nTake your time."),
            "What does this do? code on the screen. Take your time."
        );
        assert_eq!(speakable("Read https://example.org/a_b?c=d."), "Read a link on the screen.");
        assert_eq!(speakable("```\nunclosed"), "code on the screen");
    }

    #[test]
    fn plain_speech_stays_as_it_is() {
        for plain in [
            "You said 3.5 % in 2024 - why?",
            "What's C++ or C# to you, Dr. O'Neil?",
            "Is 3 * 4 = 12?",
            "Ünïcode, 中文, العربية.",
        ] {
            assert_eq!(speakable(plain), plain);
        }
        assert_eq!(speakable("  \n "), "");
    }
}
