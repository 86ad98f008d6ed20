//! Item response theory: how able somebody is, what to ask next, and how hard the questions are.
//!
//! [`model`] says how likely an answer is; [`bank`] holds it in tables; [`estimate`] turns answers into an
//! ability with its standard error, [`profile`] into one for each competency; [`selection`] chooses the next
//! question under an interview's constraints, [`pacing`] how hard it may be; [`marks`] turns a judge's mark into a category and says what
//! level and resume let one expect; [`calibration`] learns the questions' parameters from stored answers and
//! [`drift`] says which have moved; [`interview`] reads all this off an interview's log; [`simulate`] plays all of it with people whose ability is known.
//!
//! Abilities and difficulties are on one scale: 0 is the middle of the people, 1 one standard deviation.

pub mod bank;
pub mod calibration;
pub mod drift;
pub mod estimate;
pub mod interview;
pub mod marks;
pub mod model;
pub mod pacing;
pub mod profile;
pub mod quadrature;
pub mod random;
pub mod selection;
pub mod simulate;

#[cfg(test)]
mod tests;

pub use bank::ItemBank;
pub use estimate::{Posterior, Prior};
pub use model::{BadItem, ItemParameters};
pub use profile::Profile;
pub use random::Draws;
