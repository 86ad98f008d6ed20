//! Which passwords are taken, after NIST SP 800-63B: long enough, not known, not made of what everybody knows of the
//! person. No rules of composition.

use super::known_passwords::is_known;
use unicode_normalization::UnicodeNormalization;

/// Shortest password, code points in NFC.
pub const MIN_PASSWORD_CHARS: usize = 8;
/// Longest password, code points in NFC; longer ones only cost time.
pub const MAX_PASSWORD_CHARS: usize = 128;
/// A known password with at most so much around it is still a known one, characters.
const DECORATION: usize = 5;
/// Shortest part of a name or an address that is looked for, characters.
const SHORTEST_PART: usize = 3;
/// The name of the service.
const SERVICE: &str = "greenroom";

/// The one form of a password: however it was typed, the same characters are the same bytes.
pub(super) fn normalised(password: &str) -> String {
    password.nfc().collect()
}

/// Why `password` is refused for somebody of this address and name; `None` when it is taken.
pub(super) fn weakness(password: &str, email: &str, name: &str) -> Option<String> {
    let password = normalised(password);
    let chars = password.chars().count();
    if chars < MIN_PASSWORD_CHARS {
        return Some(format!("Use at least {MIN_PASSWORD_CHARS} characters; a short sentence works well."));
    }
    if chars > MAX_PASSWORD_CHARS {
        return Some(format!("Use at most {MAX_PASSWORD_CHARS} characters."));
    }
    let lower = password.to_lowercase();
    if is_run(&lower) {
        return Some(
            "This is one character again and again, or a row of them; it is among the first to be tried."
                .to_owned(),
        );
    }
    if is_known(&lower) || is_decorated(&lower) {
        return Some(
            "This is, or is nearly, a password that many people use; it is among the first to be tried. \
             Take one of your own: a short sentence works well."
                .to_owned(),
        );
    }
    if without_context(&lower, email, name) < MIN_PASSWORD_CHARS {
        return Some(format!(
            "Your name, your address and the name of this service do not count: use at least {MIN_PASSWORD_CHARS} \
             other characters."
        ));
    }
    None
}

/// Whether it is one or two characters repeated, or a row such as `abcdefgh` or `98765432`.
fn is_run(lower: &str) -> bool {
    let chars: Vec<u32> = lower.chars().map(u32::from).collect();
    let mut different = chars.clone();
    different.sort_unstable();
    different.dedup();
    let steps = |by: i64| chars.windows(2).all(|pair| i64::from(pair[1]) - i64::from(pair[0]) == by);
    different.len() <= 2 || steps(1) || steps(-1)
}

/// Whether it is a known password with a few digits and signs around it, such as `Password2026!`.
fn is_decorated(lower: &str) -> bool {
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    let around = lower.chars().count() - core.chars().count();
    (1..=DECORATION).contains(&around) && is_known(core)
}

/// How many characters are left when what everybody knows of the person is taken out.
fn without_context(lower: &str, email: &str, name: &str) -> usize {
    let email = normalised(email).to_lowercase();
    let name = normalised(name).to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    let mut parts = vec![email.as_str(), local, SERVICE];
    parts.extend(email.split(|c: char| !c.is_alphanumeric()));
    parts.extend(name.split(|c: char| !c.is_alphanumeric()));
    parts.retain(|part| part.chars().count() >= SHORTEST_PART);
    // The longest first: an address before the name in it.
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let left = parts.into_iter().fold(lower.to_owned(), |left, part| left.replace(part, ""));
    left.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{normalised, weakness};

    fn refused(password: &str) -> Option<String> {
        weakness(password, "ada.lovelace@analytical.example", "Ada Lovelace")
    }

    #[test]
    fn what_is_long_and_ones_own_is_taken() {
        let fine = [
            "a quiet green room",
            "zkqvplum",
            "correct horse battery",
            "ich trinke gern Tee",
            "静かな緑の部屋です",
            "only lower case",
            "12 brown bottles",
            "lovelace wrote the first program",
        ];
        for password in fine {
            assert_eq!(refused(password), None, "{password}");
        }
        assert_eq!(refused(&"word ".repeat(25)), None, "125 characters");
    }

    #[test]
    fn what_is_tried_first_is_refused_and_says_why() {
        let cases = [
            ("seven77", "at least 8"),
            ("", "at least 8"),
            ("password", "many people use"),
            ("PassWord1", "many people use"),
            ("Password2026!", "many people use"),
            ("!!iloveyou!!", "many people use"),
            ("aaaaaaaaaa", "again and again"),
            ("abababababab", "again and again"),
            ("abcdefghijk", "a row"),
            ("98765432", "a row"),
            ("adalovelace", "do not count"),
            ("greenroom-ada-1", "do not count"),
            ("ada.lovelace@analytical.example", "do not count"),
        ];
        for (password, why) in cases {
            let words = refused(password).unwrap_or_default();
            assert!(words.contains(why), "{password}: {words}");
        }
        assert!(refused(&"x y".repeat(43)).is_some_and(|words| words.contains("at most 128")));
    }

    #[test]
    fn characters_are_counted_as_people_see_them_typed() {
        // Seven letters; with its accents apart it has more code points, and is the same word.
        assert!(refused("e\u{301}te\u{301}e\u{301}te\u{301}").is_some());
        assert_eq!(normalised("e\u{301}te\u{301}"), normalised("\u{e9}t\u{e9}"));
        assert_eq!(refused("🦊🐟🌲⛵🏔🎷🧭🪁"), None, "eight");
    }
}
