//! How far two words are the same word by their letters.

use crate::languages::is_unspaced;

/// Likeness of words that share only their beginning ("encrypt", "encryption").
const SAME_BEGINNING: f32 = 0.85;
/// Likeness of words that differ by a slip of the pen.
const MISSPELT: f32 = 0.9;
/// Likeness of two pairs of characters that share one of them ("预算", "算账"): more, and any text takes up any other.
const ONE_CHARACTER: f32 = 0.3;
/// Letters that make a beginning.
const BEGINNING: usize = 5;

/// First byte from which letters are of scripts whose words need not begin alike to be alike.
pub const OTHER_SCRIPTS: u8 = 0xe0;

/// Likeness of two different stems with the same first letter, 0..=1; `said` and `wanted` are the words as they were
/// written, lower case.
pub fn likeness(stems: (&str, &str), said: &str, wanted: &str) -> f32 {
    if [stems.0, stems.1].iter().any(|stem| !is_alphabetic(stem)) {
        return likeness_of_letters(stems, said, wanted);
    }
    let (one, other) = (stems.0.as_bytes(), stems.1.as_bytes());
    if one.len() >= BEGINNING && other.len() >= BEGINNING && one[..BEGINNING] == other[..BEGINNING] {
        return SAME_BEGINNING;
    }
    if is_misspelt(said.as_bytes(), wanted.as_bytes()) { MISSPELT } else { 0.0 }
}

/// Whether a word is of a script whose letters are one or two bytes.
fn is_alphabetic(word: &str) -> bool {
    word.as_bytes().first().is_none_or(|first| *first < OTHER_SCRIPTS)
}

/// The same for other scripts: by letters; where characters are half words, by whether one of them is shared.
fn likeness_of_letters(stems: (&str, &str), said: &str, wanted: &str) -> f32 {
    let (one, other): (Vec<char>, Vec<char>) = (stems.0.chars().collect(), stems.1.chars().collect());
    if one.iter().chain(&other).all(|letter| is_unspaced(*letter)) {
        let shared = one.iter().any(|character| other.contains(character));
        return if shared { ONE_CHARACTER } else { 0.0 };
    }
    if one.first() != other.first() {
        return 0.0;
    }
    if one.len() >= BEGINNING && other.len() >= BEGINNING && one[..BEGINNING] == other[..BEGINNING] {
        return SAME_BEGINNING;
    }
    let [said, wanted] = [said, wanted].map(|word| word.chars().collect::<Vec<_>>());
    if is_misspelt(&said, &wanted) { MISSPELT } else { 0.0 }
}

/// Whether the words differ by one slip, two in long words: a letter left out, added, changed or swapped.
fn is_misspelt<L: PartialEq>(one: &[L], other: &[L]) -> bool {
    let allowed = match one.len().min(other.len()) {
        0..=4 => return false,
        5..=7 => 1,
        _ => 2,
    };
    one.len().abs_diff(other.len()) <= allowed && distance(one, other, allowed) <= allowed
}

/// Longest word that is compared letter by letter, bytes.
const LONGEST: usize = 32;

/// Optimal string alignment distance (Damerau, CACM 7, 1964), given up beyond `most`.
fn distance<L: PartialEq>(one: &[L], other: &[L], most: usize) -> usize {
    if one.len() > LONGEST || other.len() > LONGEST {
        return most + 1;
    }
    let width = other.len() + 1;
    let mut rows = [[0_usize; LONGEST + 1]; 3];
    for (j, cell) in rows[1][..width].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=one.len() {
        let [before, last, row] = &mut rows;
        row[0] = i;
        for j in 1..width {
            let cost = usize::from(one[i - 1] != other[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least;
        }
        if row[..width].iter().all(|cell| *cell > most) {
            return most + 1;
        }
        rows.rotate_left(1);
    }
    rows[1][width - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_the_same_word() {
        for (said, wanted) in [
            ("vairable", "variable"),
            ("seperate", "separate"),
            ("recieve", "receive"),
            ("evaperate", "evaporate"),
        ] {
            assert!(is_misspelt(said.as_bytes(), wanted.as_bytes()), "{said}");
        }
        for (said, wanted) in [("more", "less"), ("heap", "heat"), ("static", "stack"), ("input", "output")] {
            assert!(!is_misspelt(said.as_bytes(), wanted.as_bytes()), "{said}");
        }
    }

    #[test]
    fn the_distance_is_the_published_one() {
        for (one, other, expected) in [
            ("abcdef", "abcdef", 0),
            ("abcdef", "abdcef", 1),
            ("abcdef", "abcef", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes(), 5), expected, "{one} {other}");
        }
        assert_eq!(distance(b"abcdef", b"uvwxyz", 2), 3, "given up");
    }
}
