//! The rubrics that ship with the program.

use greenroom_domain::rubric::Rubric;

const FILES: [&str; 4] = [
    include_str!("../../../rubrics/practice_core.toml"),
    include_str!("../../../rubrics/screening_five.toml"),
    include_str!("../../../rubrics/coach_four.toml"),
    include_str!("../../../rubrics/six_by_six.toml"),
];

/// All shipped rubrics; the first is the default for practice.
pub fn shipped() -> Vec<Rubric> {
    FILES
        .iter()
        .map(|file| toml::from_str(file).expect("the shipped rubrics are valid; a test reads them"))
        .collect()
}

/// The default for practice: `practice_core`.
pub fn practice_core() -> Rubric {
    toml::from_str(FILES[0]).expect("the shipped rubrics are valid; a test reads them")
}

#[cfg(test)]
mod tests {
    #[test]
    fn shipped_rubrics_are_valid() {
        for rubric in super::shipped() {
            assert_eq!(rubric.validate(), Ok(()), "{}", rubric.id);
        }
    }
}
