//! A bank of items in tables, so that a step of an adaptive interview takes microseconds.

use super::model::ItemParameters;
use super::quadrature::{self, POINTS, REACH, Row, STEP};

/// Items with what an estimate and a choice need of them, at every point of the grid.
#[derive(Clone, Debug)]
pub struct ItemBank {
    items: Vec<ItemParameters>,
    /// Where an item's rows begin in `likelihood`.
    first: Vec<usize>,
    /// Probability of each category of each item, one row each.
    likelihood: Vec<Row>,
    /// Information, point by point: all items at the first point, then all at the second.
    information: Vec<f32>,
}

impl ItemBank {
    /// Computes the tables: 1 kB for each category and half of one for the item.
    pub fn new(items: Vec<ItemParameters>) -> Self {
        let mut first = Vec::with_capacity(items.len());
        let mut likelihood = Vec::new();
        for item in &items {
            first.push(likelihood.len());
            let row = |category| quadrature::points().map(|theta| item.probability(category, theta));
            likelihood.extend((0..item.categories()).map(row));
        }
        let mut information = Vec::with_capacity(items.len() * POINTS);
        for theta in quadrature::points() {
            information.extend(items.iter().map(|item| item.information(theta) as f32));
        }
        Self { items, first, likelihood, information }
    }

    /// The items in the order in which they were given; everything else names them by their place in it.
    pub fn items(&self) -> &[ItemParameters] {
        &self.items
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Probability of the category at every point of the grid; a category beyond the best is taken as the best.
    ///
    /// # Panics
    /// When the bank has no such item.
    pub fn likelihood(&self, item: usize, category: usize) -> &Row {
        let best = self.items[item].categories() - 1;
        &self.likelihood[self.first[item] + category.min(best)]
    }

    /// Information of every item at ability `theta`, into `into` (cleared first), between two points of the
    /// grid by a straight line. Abilities outside the grid are taken as its ends.
    pub fn information_at(&self, theta: f64, into: &mut Vec<f32>) {
        let place = ((theta + REACH) / STEP).clamp(0.0, (POINTS - 1) as f64);
        let left = (place as usize).min(POINTS - 2);
        let share = (place - left as f64) as f32;
        let (near, far) = (self.at(left), self.at(left + 1));
        into.clear();
        into.extend(near.iter().zip(far).map(|(near, far)| near + share * (far - near)));
    }

    /// Information of every item averaged over what is thought possible, into `into` (cleared first): better
    /// than [`Self::information_at`] while little is known (van der Linden & Pashley 2010, "Item selection
    /// and ability estimation in adaptive testing").
    pub fn information_over(&self, posterior: &Row, into: &mut Vec<f32>) {
        into.clear();
        into.resize(self.len(), 0.0);
        let most = posterior.iter().fold(0.0_f64, |most, weight| most.max(*weight));
        for (index, weight) in posterior.iter().enumerate() {
            // What is left out changes no choice.
            if *weight > most * 1e-4 {
                let weight = *weight as f32;
                into.iter_mut().zip(self.at(index)).for_each(|(sum, at)| *sum += weight * at);
            }
        }
    }

    fn at(&self, point: usize) -> &[f32] {
        &self.information[point * self.len()..(point + 1) * self.len()]
    }
}
