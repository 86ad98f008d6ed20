//! One ability for each competency, which tell of each other.
//!
//! A higher-order model (de la Torre & Song 2009, Applied Psychological Measurement 33(8)): the ability in a
//! competency is a general ability plus something of its own. So a competency that nobody has asked about yet
//! starts from what the others showed, less surely. Sums on the grid make it exact.

use super::bank::ItemBank;
use super::estimate::{Posterior, Prior, temper};
use super::quadrature::{self, POINTS, Row};
use greenroom_domain::ability::Ability;

/// Share of the differences between people that competencies have in common, unless told otherwise. Ours,
/// until there are answers to estimate it from.
pub const USUAL_SHARED: f64 = 0.5;

/// Abilities in some competencies, and in general.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Density of a competency's own part, by distance in steps: `own[POINTS - 1]` is no distance.
    own: Vec<f64>,
    /// General ability before the first answer.
    prior: Row,
    competencies: Vec<Competency>,
    general: Posterior,
}

#[derive(Clone, Debug)]
struct Competency {
    key: String,
    /// Likelihood of its answers at every ability; the largest is 1.
    likelihood: Row,
    answers: u32,
    posterior: Posterior,
}

impl Profile {
    /// Nothing answered yet. `prior` is what is expected in each competency; `shared`, kept within .1 to .9, is
    /// the correlation between abilities of two competencies ([`USUAL_SHARED`]).
    pub fn new(prior: Prior, shared: f64, competencies: impl IntoIterator<Item = String>) -> Self {
        let shared = if shared.is_nan() { USUAL_SHARED } else { shared.clamp(0.1, 0.9) };
        let sd = prior.sd() * (1.0 - shared).sqrt();
        let mut own: Vec<f64> = (0..2 * POINTS - 1)
            .map(|index| {
                let distance = (index as f64 - (POINTS as f64 - 1.0)) * quadrature::STEP;
                (-0.5 * (distance / sd).powi(2)).exp()
            })
            .collect();
        let sum: f64 = own.iter().sum();
        own.iter_mut().for_each(|weight| *weight /= sum);
        let general = quadrature::normal(prior.mean(), prior.sd() * shared.sqrt());
        let competencies = competencies.into_iter().map(|key| Competency {
            key,
            likelihood: [1.0; POINTS],
            answers: 0,
            posterior: Posterior::new(prior),
        });
        let competencies = competencies.collect();
        Self { own, prior: general, competencies, general: Posterior::of(general, 0) }
    }

    /// Takes in an answer to an item that measures `competency`, with the weight of
    /// [`Posterior::observe_weighted`]. A competency that was not there is added.
    ///
    /// # Panics
    /// When the bank has no such item.
    pub fn observe(&mut self, bank: &ItemBank, competency: &str, item: usize, category: usize, weight: f64) {
        self.observe_all(bank, [(competency, item, category, weight)]);
    }

    /// [`Self::observe`] for many answers, in any order.
    ///
    /// # Panics
    /// When the bank has no such item.
    pub fn observe_all<'a>(
        &mut self,
        bank: &ItemBank,
        answers: impl IntoIterator<Item = (&'a str, usize, usize, f64)>,
    ) {
        for (competency, item, category, weight) in answers {
            self.take(bank, competency, item, category, weight);
        }
        self.update();
    }

    fn take(&mut self, bank: &ItemBank, competency: &str, item: usize, category: usize, weight: f64) {
        let place = self.competencies.iter().position(|known| known.key == competency);
        let place = place.unwrap_or_else(|| {
            self.competencies.push(Competency {
                key: competency.to_owned(),
                likelihood: [1.0; POINTS],
                answers: 0,
                // Until the update that follows.
                posterior: self.general.clone(),
            });
            self.competencies.len() - 1
        });
        let known = &mut self.competencies[place];
        temper(&mut known.likelihood, bank.likelihood(item, category), weight);
        let most = known.likelihood.iter().fold(f64::MIN_POSITIVE, |most, value| most.max(*value));
        known.likelihood.iter_mut().for_each(|value| *value /= most);
        known.answers += 1;
    }

    /// What is thought possible in a competency; `None` for one that the profile does not know.
    pub fn posterior(&self, competency: &str) -> Option<&Posterior> {
        self.competencies.iter().find(|known| known.key == competency).map(|known| &known.posterior)
    }

    /// The ability in a competency; `None` for one that the profile does not know.
    pub fn ability(&self, competency: &str) -> Option<Ability> {
        self.posterior(competency).map(Posterior::ability)
    }

    /// Keys of the competencies in the order in which they came.
    pub fn competencies(&self) -> impl Iterator<Item = &str> {
        self.competencies.iter().map(|known| known.key.as_str())
    }

    /// The general ability, which stands on all answers.
    pub fn general(&self) -> Ability {
        self.general.ability()
    }

    /// What all competencies let one expect in one that the profile does not know.
    pub fn elsewhere(&self) -> Posterior {
        let mut weights = self.spread(self.general.weights());
        quadrature::normalise(&mut weights);
        Posterior::of(weights, 0)
    }

    fn update(&mut self) {
        // What each competency tells of the general ability; nothing without answers.
        let messages: Vec<Option<Row>> = self
            .competencies
            .iter()
            .map(|known| (known.answers > 0).then(|| self.spread(&known.likelihood)))
            .collect();
        let answers = self.competencies.iter().map(|known| known.answers).sum();
        self.general = Posterior::of(self.general_without(&messages, usize::MAX), answers);
        for place in 0..self.competencies.len() {
            // What all competencies but this one let one expect in it.
            let mut weights = self.spread(&self.general_without(&messages, place));
            let known = &mut self.competencies[place];
            weights.iter_mut().zip(&known.likelihood).for_each(|(weight, likelihood)| *weight *= likelihood);
            if quadrature::normalise(&mut weights) {
                known.posterior = Posterior::of(weights, known.answers);
            }
        }
    }

    /// General ability by all competencies but `place`.
    fn general_without(&self, messages: &[Option<Row>], place: usize) -> Row {
        let mut general = self.prior;
        for (index, message) in messages.iter().enumerate() {
            if let (true, Some(message)) = (index != place, message) {
                general.iter_mut().zip(message).for_each(|(weight, told)| *weight *= told);
                quadrature::normalise(&mut general);
            }
        }
        general
    }

    /// A row with a competency's own part added to (or, the bell being even, taken off) its abscissa.
    fn spread(&self, row: &Row) -> Row {
        std::array::from_fn(|to| {
            let own = &self.own[POINTS - 1 - to..2 * POINTS - 1 - to];
            own.iter().zip(row).map(|(own, value)| own * value).sum()
        })
    }
}
