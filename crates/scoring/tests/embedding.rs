//! Tokens and vectors against the reference implementation, on texts of ours; tokens on every character too.
//! `tools/embedding_fixture.py` makes the fixtures.

use greenroom_scoring::embedding::{Row, Token, Tokens, encode, sum_of, tokenize};
use proptest::prelude::*;

const TEXTS: &str = include_str!("fixtures/embedding/texts.jsonl");
const COSINES: &str = include_str!("fixtures/embedding/cosines.jsonl");
const CHARACTERS: &str = include_str!("fixtures/embedding/characters.txt");

fn ids(text: &str) -> Vec<u16> {
    tokenize(text).iter().map(|token| token.row.id()).collect()
}

fn texts() -> impl Iterator<Item = (String, Vec<u16>)> {
    TEXTS.lines().map(|line| serde_json::from_str(line).expect("a text and its ids"))
}

#[test]
fn texts_have_the_ids_of_the_reference() {
    let different: Vec<String> =
        texts().filter(|(text, theirs)| ids(text) != *theirs).map(|(text, _)| text).collect();
    assert!(different.is_empty(), "{} differ: {different:#?}", different.len());
    assert!(texts().count() >= 1000);
}

#[test]
fn every_character_has_the_ids_of_the_reference() {
    let runs: Vec<(u32, Vec<u16>)> = CHARACTERS
        .lines()
        .map(|line| {
            let (first, ids) = line.split_once(' ').expect("a character and ids");
            let first = u32::from_str_radix(first, 16).expect("a number");
            (first, ids.split(' ').map(|id| id.parse().expect("an id")).collect())
        })
        .collect();
    let mut different = Vec::new();
    for c in '\0'..=char::MAX {
        let point = u32::from(c);
        let run = runs.partition_point(|(first, _)| *first <= point) - 1;
        if ids(&format!("a{c}b")) != runs[run].1 {
            different.push(format!("{point:04x}"));
        }
    }
    assert!(different.is_empty(), "{} differ: {}", different.len(), different.join(" "));
}

#[test]
fn texts_are_as_near_to_each_other_as_in_the_reference() {
    let texts: Vec<String> = texts().map(|(text, _)| text).collect();
    for line in COSINES.lines() {
        let (a, b, theirs): (usize, usize, f32) = serde_json::from_str(line).expect("two texts and a cosine");
        let ours = encode(&texts[a]).cosine(&encode(&texts[b]));
        assert!((ours - theirs).abs() < 1e-4, "{ours} for {theirs}: {} | {}", texts[a], texts[b]);
    }
}

/// A stored judgement can be made again anywhere: the figure was found on x86-64.
#[test]
fn a_text_has_the_same_bits_on_every_machine() {
    let bits = texts()
        .flat_map(|(text, _)| encode(&text).as_array().map(f32::to_bits))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, bits| {
            (hash ^ u64::from(bits)).wrapping_mul(0x0100_0000_01b3)
        });
    assert_eq!(format!("{bits:016x}"), "d1d1df659e14d6b7");
}

#[test]
fn a_token_stands_where_its_word_does() {
    let text = "Na\u{ef}ve  caf\u{e9}s: qzxjvk\u{4e2d}";
    let words: Vec<(&str, &str)> =
        tokenize(text).iter().map(|token| (token.row.token(), &text[token.at.clone()])).collect();
    assert_eq!(
        words,
        [
            ("naive", "Na\u{ef}ve"),
            ("cafes", "caf\u{e9}s"),
            (":", ":"),
            ("q", "qzxjvk"),
            ("##z", "qzxjvk"),
            ("##x", "qzxjvk"),
            ("##j", "qzxjvk"),
            ("##v", "qzxjvk"),
            ("##k", "qzxjvk"),
            ("\u{4e2d}", "\u{4e2d}"),
        ]
    );
}

#[test]
fn plain_words_are_put_together_again_from_their_tokens() {
    for (text, _) in
        texts().filter(|(text, _)| text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()))
    {
        let mut at = 0..0;
        let mut joined = String::new();
        for token in tokenize(&text).iter().filter(|token| token.row != Row::UNKNOWN) {
            if token.at != at {
                assert!(text[at.clone()].eq_ignore_ascii_case(&joined), "{joined} in {text}");
                (at, joined) = (token.at.clone(), String::new());
            }
            let piece = token.row.token();
            joined.push_str(if joined.is_empty() { piece } else { &piece[2..] });
        }
    }
}

fn check_places(text: &str, tokens: &[Token]) -> Result<(), TestCaseError> {
    let mut last = 0..0;
    for token in tokens {
        prop_assert!(token.at.start < token.at.end && text.get(token.at.clone()).is_some());
        prop_assert!(token.at.start >= last.start && token.at.end >= last.end);
        prop_assert!(usize::from(token.row.id()) < Row::COUNT);
        last = token.at.clone();
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_has_tokens_in_order(text in any::<String>()) {
        check_places(&text, &tokenize(&text))?;
    }

    #[test]
    fn difficult_text_has_tokens_in_order(text in "[a-zA-Z#'\\[\\] \t\u{0}\u{ad}\u{300}\u{344}\u{130}\u{37e}\u{4e00}\u{fb01}\u{1f600}]{0,200}") {
        check_places(&text, &tokenize(&text))?;
    }

    #[test]
    fn vectors_have_length_one_or_none(text in any::<String>(), other in any::<String>()) {
        let (vector, other) = (encode(&text), encode(&other));
        prop_assert!(vector.is_zero() || (vector.cosine(&vector) - 1.0).abs() < 1e-5);
        prop_assert!((-1.0..=1.0).contains(&vector.cosine(&other)));
        prop_assert_eq!(vector.cosine(&other), other.cosine(&vector));
    }

    #[test]
    fn parts_add_up_to_the_whole(text in "[a-z ,.\u{e9}\u{4e00}]{0,300}", cut in 0..300usize) {
        let (tokens, cut) = (Tokens::new(&text), cut.min(text.len()));
        let (first, second) = (tokens.within(0..cut), tokens.within(cut..text.len()));
        prop_assert_eq!([first, second].concat(), tokens.as_slice());
        let mut sum = sum_of(first);
        sum.add(&sum_of(second));
        let whole = encode(&text);
        prop_assert!(whole.is_zero() || sum.vector().cosine(&whole) > 0.999);
    }
}
