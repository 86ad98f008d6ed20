//! From what an interview knows (levels, seniority, marks) to the model: categories, first parameters, priors.
//!
//! The numbers here are judgements of ours, not measurements. They only start things off: answers move the
//! ability, and calibration moves the parameters.

use super::estimate::Prior;
use super::model::ItemParameters;
pub use greenroom_domain::ability::ability_level as level_of;
use greenroom_domain::interview::Difficulty;
use greenroom_domain::resume::Seniority;

/// Marks at which the next better category begins: five categories. The upper three are the cuts of the
/// decision that rubrics make (5 maybe, 6.5 hire, 8 strong hire); 3 is the level below which answers miss the
/// question. More categories would split what judges cannot tell apart; fewer would give away information
/// (Lozano, Garcia-Cueto & Muniz 2008, Methodology 4(2): four to seven serve best).
pub const CUTS: [f64; 4] = [3.0, 5.0, 6.5, 8.0];

/// Categories of a judged answer.
pub const CATEGORIES: usize = CUTS.len() + 1;

/// Where the cuts lie around a question's difficulty before anything is known: somebody as able as the
/// question is hard most likely gets the middle category, a mark of 5 to 6.5.
pub const SPREAD: [f64; 4] = [-1.8, -0.6, 0.6, 1.8];

/// Discrimination before anything is known: that of the middle item of banks as they are simulated in the
/// literature (Barrada et al. 2010, Applied Psychological Measurement 34(6)).
pub const USUAL_DISCRIMINATION: f64 = 1.2;

/// Category, 0..=4, of a mark of 1..=10. Marks outside are taken as the ends; `None` for what is not a number.
pub fn category_of_mark(mark: f64) -> Option<usize> {
    (!mark.is_nan()).then(|| CUTS.iter().filter(|cut| mark >= **cut).count())
}

/// Category of a share of full marks, 0..=1.
pub fn category_of_share(share: f64) -> Option<usize> {
    category_of_mark(1.0 + 9.0 * share)
}

/// Difficulty that an author's level stands for.
pub fn difficulty_of(level: Difficulty) -> f64 {
    match level {
        Difficulty::Beginner => -1.0,
        Difficulty::Intermediate => 0.0,
        Difficulty::Advanced => 1.0,
    }
}

/// What is believed of a question of this level until answers say more.
pub fn first_parameters(level: Difficulty) -> ItemParameters {
    let thresholds = SPREAD.map(|offset| difficulty_of(level) + offset).to_vec();
    ItemParameters::graded(USUAL_DISCRIMINATION, thresholds).expect("rising thresholds within the range")
}

/// What is expected of somebody who is interviewed at `level` and whose resume shows `seniority`.
///
/// The level alone gives a standard deviation of 1; a resume counts as much as the level and narrows it to
/// .8. That is wide: two or three graded answers outweigh it.
pub fn prior(level: Difficulty, seniority: Option<Seniority>) -> Prior {
    let by_level = difficulty_of(level);
    let Some(seniority) = seniority else { return Prior::new(by_level, 1.0) };
    let by_resume = match seniority {
        Seniority::Junior => -1.0,
        Seniority::Mid => 0.0,
        Seniority::Senior => 0.8,
        Seniority::Lead => 1.2,
    };
    Prior::new((by_level + by_resume) / 2.0, 0.8)
}
