//! Adaptive interviews with people whose ability is known: how near the estimates come.

use super::bank::ItemBank;
use super::estimate::{Posterior, Prior};
use super::marks::level_of;
use super::model::ItemParameters;
use super::pacing::{Pacing, Quality};
use super::random::Draws;
use super::selection::{Candidate, Constraints, Target, choose};
use greenroom_domain::interview::{Difficulty, Phase};
use serde::Serialize;
use std::collections::BTreeMap;

/// Numbers of questions after which estimates are compared with the truth.
pub const LENGTHS: [u32; 5] = [5, 10, 15, 20, 30];

/// Names of competencies of the simulated interview with constraints.
const COMPETENCIES: [&str; 6] = ["one", "two", "three", "four", "five", "six"];
/// Its phases with the number of the question, of the longest interview, at which each ends: 35 : 25 : 20.
const PHASES: [(Phase, u32); 3] = [(Phase::Technical, 13), (Phase::Behavioral, 22), (Phase::Scenario, 30)];
/// Minutes that its longest interview has for each question; questions take 2 to 4.
const MINUTES_EACH: f64 = 3.0;

/// Who answers what.
#[derive(Clone, Copy, Debug)]
pub enum Luck<'a> {
    /// Drawn by this seed; the same person and item always get the same draw.
    Drawn(u64),
    /// Person by item, row after row, each 0..1.
    Given(&'a [f64]),
}

impl Luck<'_> {
    fn of(self, person: usize, item: usize, items: usize) -> f64 {
        match self {
            Self::Drawn(seed) => {
                let place = (person as u64 + 1).wrapping_mul(0xd134_2543_de82_ef95) ^ (item as u64 + 1);
                Draws::from_seed(seed ^ place.wrapping_mul(0xaf25_1af3_b0f0_25b5)).uniform()
            }
            Self::Given(uniforms) => uniforms[person * items + item],
        }
    }
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Root of the mean squared error of the ability, by number of questions.
    pub rmse: BTreeMap<u32, f64>,
    /// Share of people whose ability lies in the 95 % interval, by number of questions.
    pub coverage: BTreeMap<u32, f64>,
    /// Mean error of the ability, by number of questions.
    pub bias: BTreeMap<u32, f64>,
    /// Largest share of people who were asked the same question.
    pub most_exposed: f64,
    /// Questions that were asked.
    pub steps: u64,
}

/// Items as simulation studies draw them: discriminations uniform in .5 to 2, difficulties N(0, 1), uncorrelated.
pub fn sample_items(count: usize, seed: u64) -> Vec<ItemParameters> {
    let mut draws = Draws::from_seed(seed);
    let item = |_| {
        let discrimination = 0.5 + 1.5 * draws.uniform();
        let difficulty = draws.normal().clamp(-5.0, 5.0);
        ItemParameters::two_parameter(discrimination, difficulty).expect("within the range by construction")
    };
    (0..count).map(item).collect()
}

/// Abilities of people: standard normal.
pub fn sample_thetas(count: usize, seed: u64) -> Vec<f64> {
    // Another sequence than that of the items.
    let mut draws = Draws::from_seed(seed ^ 0x5851_f42d_4c95_7f2d);
    (0..count).map(|_| draws.normal()).collect()
}

/// Numbers of questions that a bank of so many items can give.
pub fn lengths(items: usize) -> Vec<u32> {
    let fit: Vec<u32> = LENGTHS.into_iter().filter(|length| *length as usize <= items).collect();
    if fit.is_empty() { vec![items as u32] } else { fit }
}

/// Everybody is asked the most informative of all questions, none twice.
///
/// # Panics
/// When [`Luck::Given`] has fewer than people times items.
pub fn unconstrained(bank: &ItemBank, thetas: &[f64], luck: Luck<'_>) -> Outcome {
    let lengths = lengths(bank.len());
    let mut tally = Tally::new(bank.len(), &lengths);
    let mut information = Vec::with_capacity(bank.len());
    let mut asked = vec![false; bank.len()];
    for (person, theta) in thetas.iter().enumerate() {
        asked.fill(false);
        let mut posterior = Posterior::new(Prior::default());
        for step in 1..=lengths[lengths.len() - 1] {
            bank.information_at(posterior.ability().theta, &mut information);
            let item = most(&information, &asked);
            asked[item] = true;
            answer(bank, &mut posterior, item, *theta, luck.of(person, item, bank.len()));
            tally.step(step, item, &posterior, *theta);
        }
    }
    tally.outcome(thetas.len())
}

/// Everybody has an interview with phases in order, six competencies, time and an interview's pacing, and with exposure
/// control and a draw among the best by `rules`, whose phase, pacing, time and standard error do not count. The bank's
/// items are spread over competencies, phases and lengths by their place.
///
/// # Panics
/// When [`Luck::Given`] has fewer than people times items.
pub fn constrained(
    bank: &ItemBank,
    thetas: &[f64],
    luck: Luck<'_>,
    rules: &Constraints,
    seed: u64,
) -> Outcome {
    let lengths = lengths(bank.len());
    let mut tally = Tally::new(bank.len(), &lengths);
    let mut draws = Draws::from_seed(seed ^ 0x1405_7b7e_f767_814f);
    for (person, theta) in thetas.iter().enumerate() {
        let mut interview = Interview::new(bank, &tally, person);
        for step in 1..=lengths[lengths.len() - 1] {
            if let Some(item) = interview.next(bank, step, rules, &mut draws) {
                let luck = luck.of(person, item, bank.len());
                let right = answer(bank, &mut interview.posterior, item, *theta, luck);
                // Right is no strong answer: people give half of those to questions that are as hard as they are able.
                let quality = if right { Quality::Fair } else { Quality::Weak };
                let difficulty = bank.items()[item].difficulty();
                interview.pacing = interview.pacing.after(level_of(difficulty), difficulty, quality);
                tally.asked(item);
            }
            // An interview that ran out of time or questions keeps its last estimate.
            tally.compare(step, &interview.posterior, *theta);
        }
    }
    tally.outcome(thetas.len())
}

/// Whether it was right.
fn answer(bank: &ItemBank, posterior: &mut Posterior, item: usize, theta: f64, luck: f64) -> bool {
    let right = luck < bank.items()[item].probability(1, theta);
    posterior.observe(bank, item, usize::from(right));
    right
}

fn most(information: &[f32], asked: &[bool]) -> usize {
    let (mut best, mut best_information) = (0, f32::MIN);
    for (item, (information, asked)) in information.iter().zip(asked).enumerate() {
        if *information > best_information && !asked {
            (best, best_information) = (item, *information);
        }
    }
    best
}

/// One interview under constraints.
struct Interview<'a> {
    candidates: Vec<Candidate<'a>>,
    asked: [u32; COMPETENCIES.len()],
    pacing: Pacing,
    minutes_left: f64,
    posterior: Posterior,
}

impl Interview<'_> {
    fn new(bank: &ItemBank, tally: &Tally<'_>, before: usize) -> Self {
        let candidate = |item: usize| Candidate {
            item,
            competency: COMPETENCIES[item % COMPETENCIES.len()],
            phase: PHASES[item / COMPETENCIES.len() % PHASES.len()].0,
            level: level_of(bank.items()[item].difficulty()),
            minutes: 2.0 + (item / 7 % 5) as f64 / 2.0,
            exposure: if before < 20 { 0.0 } else { f64::from(tally.exposed[item]) / before as f64 },
        };
        Self {
            candidates: (0..bank.len()).map(candidate).collect(),
            asked: [0; COMPETENCIES.len()],
            pacing: Pacing::begin(Difficulty::Intermediate),
            minutes_left: MINUTES_EACH * f64::from(LENGTHS[LENGTHS.len() - 1]),
            posterior: Posterior::new(Prior::default()),
        }
    }

    /// The item to ask, in its phase or, when that has none left, in any.
    fn next(&mut self, bank: &ItemBank, step: u32, rules: &Constraints, draws: &mut Draws) -> Option<usize> {
        let phase = PHASES.iter().find(|(_, until)| step <= *until).map(|(phase, _)| *phase);
        let posterior = &self.posterior;
        let target = |(competency, asked): (&&'static str, &u32)| Target {
            competency,
            share: 1.0,
            asked: *asked,
            posterior,
        };
        let targets: Vec<_> = COMPETENCIES.iter().zip(&self.asked).map(target).collect();
        let in_phase = Constraints {
            phase,
            pacing: Some(self.pacing),
            minutes_left: self.minutes_left,
            // The interview goes its whole length, so that lengths can be compared.
            standard_error: 0.0,
            ..*rules
        };
        let in_any = Constraints { phase: None, ..in_phase };
        let chosen = choose(bank, &targets, &self.candidates, &in_phase, draws)
            .or_else(|_| choose(bank, &targets, &self.candidates, &in_any, draws))
            .ok()?;
        let candidate = self.candidates.swap_remove(chosen.candidate);
        self.minutes_left -= candidate.minutes;
        self.asked[candidate.item % COMPETENCIES.len()] += 1;
        Some(candidate.item)
    }
}

/// Sums over people.
struct Tally<'a> {
    lengths: &'a [u32],
    squares: Vec<f64>,
    errors: Vec<f64>,
    covered: Vec<u32>,
    exposed: Vec<u32>,
    steps: u64,
}

impl<'a> Tally<'a> {
    fn new(items: usize, lengths: &'a [u32]) -> Self {
        let count = lengths.len();
        Self {
            lengths,
            squares: vec![0.0; count],
            errors: vec![0.0; count],
            covered: vec![0; count],
            exposed: vec![0; items],
            steps: 0,
        }
    }

    fn step(&mut self, step: u32, item: usize, posterior: &Posterior, theta: f64) {
        self.asked(item);
        self.compare(step, posterior, theta);
    }

    fn asked(&mut self, item: usize) {
        self.exposed[item] += 1;
        self.steps += 1;
    }

    fn compare(&mut self, step: u32, posterior: &Posterior, theta: f64) {
        let Some(place) = self.lengths.iter().position(|length| *length == step) else { return };
        let ability = posterior.ability();
        let (low, high) = ability.interval();
        self.squares[place] += (ability.theta - theta).powi(2);
        self.errors[place] += ability.theta - theta;
        self.covered[place] += u32::from((low..=high).contains(&theta));
    }

    fn outcome(self, people: usize) -> Outcome {
        let people = people.max(1) as f64;
        let by_length = |values: Vec<f64>| self.lengths.iter().copied().zip(values).collect();
        Outcome {
            rmse: by_length(self.squares.iter().map(|sum| (sum / people).sqrt()).collect()),
            coverage: by_length(self.covered.iter().map(|count| f64::from(*count) / people).collect()),
            bias: by_length(self.errors.iter().map(|sum| sum / people).collect()),
            most_exposed: f64::from(self.exposed.iter().copied().max().unwrap_or(0)) / people,
            steps: self.steps,
        }
    }
}
