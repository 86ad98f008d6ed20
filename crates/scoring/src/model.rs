//! Features -> share of full marks, on the scale of people, with an interval.
//!
//! Half gradient-boosted trees (monotone in what is covered), half ridge regression; a gate keeps what says nothing of
//! the target low, and a cap keeps the target's words in disorder from counting as an answer. `tools/scorer` trains it
//! on public data by question and says what was measured; the numbers are data, `data/model.json`.

use crate::features::{COUNT, names};
use serde::Deserialize;
use std::sync::LazyLock;

/// What remains of the share of a row of terms, and what it gets at most.
const SALAD_FACTOR: f64 = 0.3;
const SALAD_AT_MOST: f64 = 0.2;

/// What a trained grader would give, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Share of full marks, 0..=1.
    pub share: f64,
    /// Where 80 % of graders' shares lie when this share is estimated, 0..=1 each.
    pub range: (f64, f64),
    /// How often graders were within a quarter of full marks, 0..=1.
    pub confidence: f64,
}

#[derive(Debug, Deserialize)]
struct File {
    features: Vec<String>,
    recipe: Recipe,
    english: Model,
    any: Model,
}

#[derive(Debug, Deserialize)]
struct Recipe {
    gate: Gate,
    disorder: Disorder,
}

/// What says nothing of the target gets nothing: the share is cut in proportion below `full_from`.
#[derive(Debug, Deserialize)]
struct Gate {
    feature: String,
    full_from: f64,
}

/// All words of the target, hardly any other, in another order.
#[derive(Debug, Deserialize)]
struct Disorder {
    words_shared: f64,
    sequence: f64,
    precision_all: f64,
    length_ratio: f64,
    words: f64,
    at_most: f64,
}

#[derive(Debug, Deserialize)]
struct Model {
    bias: f64,
    linear: Vec<f64>,
    trees: Vec<Tree>,
    /// What the model gives, and what people gave there on average; rising.
    scale: Vec<(f64, f64)>,
    /// From this share on: low, high, confidence; rising.
    intervals: Vec<(f64, f64, f64, f64)>,
}

/// Leaves of a tree, at most.
const LEAVES: usize = 32;

/// A tree to be read without going down it (Lucchese and others, QuickScorer, SIGIR 2015): every split whose threshold
/// is passed strikes the leaves below it out; of those that are left, the first is the one.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Written")]
struct Tree {
    splits: Vec<Split>,
    /// From left to right.
    leaves: Vec<f64>,
}

#[derive(Debug)]
struct Split {
    feature: usize,
    threshold: f64,
    /// The leaves that are struck out above the threshold.
    struck: u32,
}

/// A tree as it is written.
#[derive(Debug, Deserialize)]
struct Written {
    /// Feature, threshold, where to go up to it, where above; below 0 is leaf -n - 1.
    splits: Vec<(usize, f64, isize, isize)>,
    leaves: Vec<f64>,
}

impl TryFrom<Written> for Tree {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        if written.leaves.len() > LEAVES || written.splits.iter().any(|(feature, ..)| *feature >= COUNT) {
            return Err("a tree is larger than the program reads");
        }
        let mut tree = Self { splits: Vec::new(), leaves: Vec::new() };
        tree.add(&written, if written.splits.is_empty() { -1 } else { 0 }).ok_or("a tree lacks a part")?;
        Ok(tree)
    }
}

impl Tree {
    /// Adds the part of the tree that begins at `at`.
    fn add(&mut self, written: &Written, at: isize) -> Option<()> {
        let Ok(split) = usize::try_from(at) else {
            self.leaves.push(*written.leaves.get(usize::try_from(-at - 1).ok()?)?);
            return Some(());
        };
        let (feature, threshold, low, high) = *written.splits.get(split)?;
        // Parts come after what they are parts of, or there would be no end.
        if [low, high].into_iter().any(|child| child >= 0 && child <= at) {
            return None;
        }
        let first = self.leaves.len();
        self.add(written, low)?;
        let struck = ((1_u64 << self.leaves.len()) - (1_u64 << first)) as u32;
        self.splits.push(Split { feature, threshold, struck });
        self.add(written, high)
    }

    fn leaf(&self, features: &[f64; COUNT]) -> f64 {
        // Without a branch: which way a split goes cannot be foreseen, and to be wrong costs more than the sum. The sign
        // of the difference, spread over all bits, says whether the threshold is passed.
        let left = self.splits.iter().fold(u32::MAX, |left, split| {
            let sign = (split.threshold - features[split.feature]).to_bits().cast_signed() >> 63;
            left & !(sign as u32 & split.struck)
        });
        self.leaves.get(left.trailing_zeros() as usize).copied().unwrap_or_default()
    }
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../data/model.json"))
        .expect("the shipped model is valid; a test reads it");
    assert_eq!(file.features, names(), "the shipped model was trained on these features");
    file
});

/// What a grader would give for these features. `english` says whether the table of meanings knows the language.
pub fn estimate(features: &[f64; COUNT], english: bool) -> Estimate {
    let model = if english { &FILE.english } else { &FILE.any };
    let linear: f64 = model.linear.iter().zip(features).map(|(weight, value)| weight * value).sum();
    let trees: f64 = model.trees.iter().map(|tree| tree.leaf(features)).sum();
    let plain = (0.5 * (linear + model.bias) + 0.5 * trees).clamp(0.0, 1.0);
    let gate = (features[PLACES.gate] / FILE.recipe.gate.full_from).clamp(0.0, 1.0);
    let gated = plain * gate;
    let kept = if is_disorder(features) { gated.min(FILE.recipe.disorder.at_most) } else { gated };
    model.on_scale(kept)
}

/// What people gave where the key points make it `share`.
pub fn stated(share: f64, english: bool) -> Estimate {
    let model = if english { &FILE.english } else { &FILE.any };
    model.stated(share)
}

/// What remains of a row of terms without sentences.
pub fn of_salad(estimate: Estimate, english: bool) -> Estimate {
    stated((estimate.share * SALAD_FACTOR).min(SALAD_AT_MOST), english)
}

fn is_disorder(features: &[f64; COUNT]) -> bool {
    let limits = &FILE.recipe.disorder;
    features[PLACES.words_shared] >= limits.words_shared
        && features[PLACES.sequence] < limits.sequence
        && features[PLACES.precision_all] > limits.precision_all
        && features[PLACES.length_ratio] < limits.length_ratio
        && features[PLACES.target_words] >= limits.words.ln_1p() - 1e-9
}

impl Model {
    fn on_scale(&self, value: f64) -> Estimate {
        let share = self.scale.windows(2).find(|knots| value <= knots[1].0).map_or(1.0, |knots| {
            let ((from, low), (to, high)) = (knots[0], knots[1]);
            low + (high - low) * ((value - from) / (to - from)).max(0.0)
        });
        self.stated(share)
    }

    fn stated(&self, share: f64) -> Estimate {
        let stated = self.intervals.iter().rfind(|(from, ..)| *from <= share);
        let (low, high, confidence) =
            stated.map_or((0.0, 1.0, 0.0), |(_, low, high, near)| (*low, *high, *near));
        Estimate { share, range: (low.min(share), high.max(share)), confidence }
    }
}

/// Where the features are that the gate and the cap look at.
struct Places {
    gate: usize,
    words_shared: usize,
    sequence: usize,
    precision_all: usize,
    length_ratio: usize,
    target_words: usize,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let place = |name: &str| {
        names().iter().position(|known| *known == name).expect("the gate looks at features that there are")
    };
    Places {
        gate: place(&FILE.recipe.gate.feature),
        words_shared: place("words_shared"),
        sequence: place("sequence"),
        precision_all: place("precision_all"),
        length_ratio: place("length_ratio"),
        target_words: place("target_words"),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_whole() {
        for model in [&FILE.english, &FILE.any] {
            assert_eq!(model.linear.len(), COUNT);
            assert!(model.scale.is_sorted_by(|one, other| one.0 < other.0 && one.1 <= other.1));
            assert!(
                model.intervals.iter().all(|(_, low, high, near)| low <= high && (0.0..=1.0).contains(near))
            );
            assert!(model.trees.iter().all(|tree| tree.leaves.len() == tree.splits.len() + 1));
        }
    }

    #[test]
    fn a_tree_gives_what_going_down_it_gives() {
        let written = r#"{"splits": [[0, 0.5, 1, 2], [1, 0.2, -1, -3], [1, 0.8, -2, -4]], "leaves": [1.0, 2.0, 3.0, 4.0]}"#;
        let tree: Tree = serde_json::from_str(written).unwrap();
        for (first, second, leaf) in [(0.5, 0.2, 1.0), (0.4, 0.3, 3.0), (0.6, 0.8, 2.0), (0.6, 0.9, 4.0)] {
            let mut features = [0.0; COUNT];
            (features[0], features[1]) = (first, second);
            assert_eq!(tree.leaf(&features), leaf, "{first} {second}");
        }
        for broken in [
            r#"{"splits": [[0, 0.5, 0, -1]], "leaves": [1.0]}"#,
            r#"{"splits": [[0, 0.5, -1, -2]], "leaves": [1.0]}"#,
            r#"{"splits": [[99, 0.5, -1, -2]], "leaves": [1.0, 2.0]}"#,
        ] {
            assert!(serde_json::from_str::<Tree>(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn more_covered_is_never_less_to_the_trees() {
        let monotone =
            ["recall_new", "recall_all", "recall_rare", "soft_new", "soft_all", "soft_demoted", "met_new"];
        for (at, _) in names().iter().enumerate().filter(|(_, name)| monotone.contains(name)) {
            for base in [0.0, 0.3, 0.7, 1.0] {
                let trees = |value: f64| -> f64 {
                    let mut features = [base; COUNT];
                    features[at] = value;
                    FILE.english.trees.iter().map(|tree| tree.leaf(&features)).sum()
                };
                let shares: Vec<f64> = (0..=40).map(|step| trees(f64::from(step) / 20.0)).collect();
                assert!(
                    shares.is_sorted_by(|one, other| *other >= one - 1e-9),
                    "{at} from {base}: {shares:?}"
                );
            }
        }
    }
}
