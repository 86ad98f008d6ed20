//! Agreement with human graders on public data that is not part of the repository: where the scorer stands, not
//! where it must stand. `GREENROOM_SHARED` names a directory with `data/scoring`.
#![expect(clippy::print_stdout, reason = "figures are for the reader of the test's output")]

use greenroom_scoring::score::{ScoreRequest, score};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Share of full marks from which an answer is called correct.
const CORRECT_FROM: f64 = 0.5;
/// Share of full marks that an answer which says nothing should stay under.
const LOW: f64 = 0.4;

#[derive(Deserialize)]
struct Graded {
    qid: String,
    question: String,
    answer: String,
    references: Vec<String>,
    /// Share of full marks that humans gave.
    #[serde(default)]
    score: f64,
    #[serde(default)]
    label_2way: String,
    #[serde(default)]
    probe: String,
    #[serde(default)]
    base: String,
}

impl Graded {
    /// The scorer's share of full marks by the reference that fits best; `None` when not assessed.
    fn scored(&self) -> Option<f64> {
        let scores = self.references.iter().filter_map(|reference| {
            let request = ScoreRequest {
                id: String::new(),
                question: self.question.clone(),
                answer: self.answer.clone(),
                reference: Some(reference.clone()),
                key_points: None,
                language: None,
            };
            score(&request).score
        });
        scores.max_by(f64::total_cmp)
    }
}

/// A set with its scores; what is not assessed counts as 0. A set that is not there fails the test.
fn set(name: &str) -> (Vec<Graded>, Vec<f64>) {
    let root =
        std::env::var("GREENROOM_SHARED").expect("GREENROOM_SHARED names the directory of shared data");
    let file: PathBuf = Path::new(&root).join("data/scoring").join(format!("{name}.jsonl"));
    let text = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{name} is not measured: {}: {error}", file.display()));
    let items: Vec<Graded> =
        text.lines().map(|line| serde_json::from_str(line).expect("a graded answer")).collect();
    let scored: Vec<Option<f64>> = items.iter().map(Graded::scored).collect();
    let silent = scored.iter().filter(|score| score.is_none()).count();
    print!("{name}: n {}, not assessed {silent}", items.len());
    let scores: Vec<f64> = scored.into_iter().map(Option::unwrap_or_default).collect();
    assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "shares of full marks");
    (items, scores)
}

/// Pearson's r; `None` when one side does not vary.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    let spread = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    (spread > 1e-12).then(|| sum(&|a, b| a * b) / spread)
}

/// Mean F1 of the two labels.
fn macro_f1(pairs: &[(bool, bool)]) -> f64 {
    let f1 = |label: bool| {
        let count = |predicted: bool, given: bool| {
            pairs.iter().filter(|pair| **pair == (predicted, given)).count() as f64
        };
        let (hit, wrong) = (count(label, label), count(label, !label) + count(!label, label));
        if hit == 0.0 { 0.0 } else { 2.0 * hit / (2.0 * hit + wrong) }
    };
    (f1(true) + f1(false)) / 2.0
}

#[test]
#[ignore = "needs data outside the repository: make test-shared"]
fn marks_agree_with_graders() {
    for name in ["mohler", "saf"] {
        let (items, scores) = set(name);
        let mut questions: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
        for (item, score) in items.iter().zip(&scores) {
            questions.entry(&item.qid).or_default().push((*score, item.score));
        }
        let all: Vec<(f64, f64)> = questions.values().flatten().copied().collect();
        // As in the reference implementation: a question whose scores do not vary counts as no agreement.
        let graded = questions.values().filter(|q| q.iter().any(|pair| pair.1 != q[0].1));
        let within: Vec<f64> = graded.map(|q| correlation(q).unwrap_or(0.0)).collect();
        let r = correlation(&all).expect("marks and scores vary");
        let within_r = within.iter().sum::<f64>() / within.len() as f64;
        let error = (all.iter().map(|(a, b)| (a - b).powi(2)).sum::<f64>() / all.len() as f64).sqrt();
        println!(", r {r:.3}, within {} questions r {within_r:.3}, RMSE {error:.3}", within.len());
        assert!(r.is_finite() && within_r.is_finite());
        assert!(name != "mohler" || r > 0.3, "the scorer measures something: r {r:.3}");
    }
}

#[test]
#[ignore = "needs data outside the repository: make test-shared"]
fn labels_agree_with_graders() {
    for name in ["scientsbank", "beetle"] {
        let (items, scores) = set(name);
        let pairs: Vec<(bool, bool)> = items
            .iter()
            .zip(&scores)
            .map(|(item, score)| (*score >= CORRECT_FROM, item.label_2way == "correct"))
            .collect();
        let right = pairs.iter().filter(|(predicted, given)| predicted == given).count();
        let (f1, accuracy) = (macro_f1(&pairs), right as f64 / pairs.len() as f64);
        println!(", correct from {CORRECT_FROM}: macro-F1 {f1:.3}, accuracy {accuracy:.3}");
        assert!(f1.is_finite() && f1 > 0.0);
    }
}

#[test]
#[ignore = "needs data outside the repository: make test-shared"]
fn answers_that_say_nothing_stay_low() {
    let (items, scores) = set("robustness_mohler");
    println!();
    let base: BTreeMap<&str, f64> = items
        .iter()
        .zip(&scores)
        .filter(|(item, _)| item.probe == "base")
        .map(|(item, score)| (item.base.as_str(), *score))
        .collect();
    let mut probes: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for (item, score) in items.iter().zip(&scores) {
        probes.entry(&item.probe).or_default().push((*score, *score - base[item.base.as_str()]));
    }
    for (probe, scores) in probes {
        let n = scores.len() as f64;
        let mean = scores.iter().map(|(score, _)| score).sum::<f64>() / n;
        let above = scores.iter().filter(|(score, _)| *score > LOW).count() as f64 / n;
        let change = scores.iter().map(|(_, change)| change).sum::<f64>() / n;
        println!("  {probe}: mean {mean:.3}, above {LOW} {above:.3}, change {change:+.3}");
        assert!(probe != "empty" || mean == 0.0, "silence gets nothing");
    }
}
