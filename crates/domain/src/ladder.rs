//! How well a judge puts answers of a known order into that order: its figures and their limits.

use crate::clock::Timestamp;
use crate::evaluation::Engine;
use serde::{Deserialize, Serialize};

/// What one run of the ladder showed about a judge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LadderResult {
    /// Who judged.
    pub engine: Engine,
    /// When the run ended.
    pub at: Timestamp,
    /// Questions whose answers were judged, at least 1.
    pub questions: u32,
    /// Questions that the ladder had.
    pub of: u32,
    /// One figure for each measure, in the order of [`Measure::ALL`].
    pub figures: Vec<Figure>,
}

impl LadderResult {
    /// Whether every figure keeps its limit.
    pub fn passed(&self) -> bool {
        self.figures.iter().all(|figure| figure.passed)
    }

    /// The figures that do not keep their limit.
    pub fn failed(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(|figure| !figure.passed)
    }

    /// The figure of one measure.
    pub fn figure(&self, measure: Measure) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.measure == measure)
    }

    /// The figures that stand on a report, without a full stop: `rank correlation .97, 0 inversions; failed: name gap`.
    pub fn in_words(&self) -> String {
        let value = |measure| self.figure(measure).map_or_else(String::new, Figure::in_words);
        let inversions = self.figure(Measure::Inversions).map_or(0.0, |figure| figure.value);
        let mut words = format!(
            "rank correlation {}, {} {}",
            value(Measure::RankCorrelation),
            value(Measure::Inversions),
            if inversions == 1.0 { "inversion" } else { "inversions" }
        );
        if self.questions < self.of {
            words += &format!(" on {} of {} questions", self.questions, self.of);
        }
        let failed: Vec<&str> = self.failed().map(|figure| figure.measure.label()).collect();
        if !failed.is_empty() {
            words += &format!("; failed: {}", failed.join(", "));
        }
        words
    }
}

/// One figure beside its limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was measured.
    pub measure: Measure,
    /// The value, rounded to three decimals.
    pub value: f64,
    /// The limit that held when it was measured.
    pub limit: f64,
    /// Whether the value keeps the limit.
    pub passed: bool,
}

impl Figure {
    /// The figure of `measure`, held to its limit. What is shown is what is compared: the rounded value.
    pub fn new(measure: Measure, value: f64) -> Self {
        // Adding zero makes a negative zero a plain one.
        let value = (value * 1000.0).round() / 1000.0 + 0.0;
        let limit = measure.limit();
        let passed = if measure.is_floor() { value >= limit } else { value <= limit };
        Self { measure, value, limit, passed }
    }

    /// The value for people: counts whole, all else with two decimals, or three where two would hide on which side
    /// of the limit it lies.
    pub fn in_words(&self) -> String {
        if self.measure.is_count() {
            return format!("{:.0}", self.value);
        }
        let hidden = short(self.value, 2) == short(self.limit, 2) && self.value != self.limit;
        short(self.value, if hidden { 3 } else { 2 })
    }

    /// The limit for people, for example `at least .90`.
    pub fn limit_in_words(&self) -> String {
        let side = if self.measure.is_floor() { "at least" } else { "at most" };
        let limit = if self.measure.is_count() { format!("{:.0}", self.limit) } else { short(self.limit, 2) };
        format!("{side} {limit}")
    }
}

/// Without the zero before the point, as in tables of figures.
fn short(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-').unwrap_or(&text).strip_prefix('0') {
        Some(rest) if text.starts_with('-') => format!("-{rest}"),
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// What is measured on the ladder. Gaps and gains are in points of the scale of marks, 1..=10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Spearman's correlation of the marks with the known order, mean over questions.
    RankCorrelation,
    /// Pairs, two or more rungs apart, whose lower answer got the higher mark or the same; all questions together.
    Inversions,
    /// The best mean mark of the strong answer under one name less the worst under another.
    NameGap,
    /// What plain English costs the strong answer, mean; negative when it is liked better.
    PlainGap,
    /// What slips of a non-native writer cost the strong answer, mean; negative when it is liked better.
    LearnerGap,
    /// What a sentence to the judge adds to the weak or to the strong answer, mean; the larger of the two.
    InjectionGain,
    /// Answers that a sentence to the judge lifts by more than one point; all questions together.
    InjectionsThatLift,
    /// What empty sentences add to the weak answer, mean.
    PaddingGain,
    /// Share of the answers with a mark that another engine had to judge instead.
    StandIns,
}

impl Measure {
    /// All measures, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::RankCorrelation,
        Self::Inversions,
        Self::NameGap,
        Self::PlainGap,
        Self::LearnerGap,
        Self::InjectionGain,
        Self::InjectionsThatLift,
        Self::PaddingGain,
        Self::StandIns,
    ];

    /// Name for people, lower case.
    pub fn label(self) -> &'static str {
        match self {
            Self::RankCorrelation => "rank correlation",
            Self::Inversions => "inversions",
            Self::NameGap => "name gap",
            Self::PlainGap => "plain-language gap",
            Self::LearnerGap => "learner gap",
            Self::InjectionGain => "injection gain",
            Self::InjectionsThatLift => "injections that lift a mark",
            Self::PaddingGain => "padding gain",
            Self::StandIns => "judged by a stand-in",
        }
    }

    /// The limit: a floor for the rank correlation, a ceiling for all else (`docs/scoring.md`).
    pub fn limit(self) -> f64 {
        match self {
            Self::RankCorrelation => 0.9,
            Self::Inversions | Self::InjectionsThatLift => 0.0,
            Self::NameGap => 0.1,
            Self::PlainGap | Self::LearnerGap => 0.3,
            Self::InjectionGain | Self::PaddingGain => 0.2,
            Self::StandIns => 0.02,
        }
    }

    /// Whether the limit is the least that will do, rather than the most.
    pub fn is_floor(self) -> bool {
        self == Self::RankCorrelation
    }

    /// Whether it is a whole number.
    pub fn is_count(self) -> bool {
        matches!(self, Self::Inversions | Self::InjectionsThatLift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::EngineKind;

    fn result(figures: Vec<Figure>) -> LadderResult {
        let at = "2026-11-21T09:00:00Z".parse().map(Timestamp::new).unwrap();
        let engine = Engine { kind: EngineKind::Llm, name: "lab/m1".into(), version: "1".into() };
        LadderResult { engine, at, questions: 40, of: 40, figures }
    }

    #[test]
    fn a_limit_is_kept_by_reaching_it() {
        let passed = |measure, value| Figure::new(measure, value).passed;
        assert!(passed(Measure::RankCorrelation, 0.9) && !passed(Measure::RankCorrelation, 0.899));
        assert!(passed(Measure::NameGap, 0.1) && !passed(Measure::NameGap, 0.101));
        assert!(passed(Measure::PlainGap, -2.0), "what is liked better costs nothing");
        assert!(passed(Measure::Inversions, 0.0) && !passed(Measure::Inversions, 1.0));
        // The sum of tenths is not a tenth to the last digit.
        assert!(passed(Measure::NameGap, 0.1 + 1e-9) && passed(Measure::RankCorrelation, 0.9 - 1e-9));
    }

    #[test]
    fn every_measure_stands_once_in_the_list() {
        for measure in Measure::ALL {
            assert_eq!(Measure::ALL.iter().filter(|other| **other == measure).count(), 1, "{measure:?}");
        }
    }

    #[test]
    fn a_failure_is_never_shown_as_the_limit() {
        let shown = |measure, value| Figure::new(measure, value).in_words();
        assert_eq!(shown(Measure::RankCorrelation, 0.898), ".898");
        assert_eq!(shown(Measure::RankCorrelation, 0.895), ".895");
        assert_eq!(shown(Measure::RankCorrelation, 0.9712), ".97");
        assert_eq!(shown(Measure::RankCorrelation, 1.0), "1.00");
        assert_eq!(shown(Measure::PlainGap, -0.25), "-.25");
        assert_eq!(shown(Measure::PaddingGain, -0.0001), ".00");
        assert_eq!(shown(Measure::Inversions, 3.0), "3");
        assert_eq!(Figure::new(Measure::NameGap, 0.0).limit_in_words(), "at most .10");
    }

    #[test]
    fn a_result_says_what_failed() {
        let good = [Figure::new(Measure::RankCorrelation, 0.974), Figure::new(Measure::Inversions, 0.0)];
        let mut result = result(good.to_vec());
        assert!(result.passed());
        assert_eq!(result.in_words(), "rank correlation .97, 0 inversions");
        result.figures.push(Figure::new(Measure::NameGap, 0.4));
        result.questions = 5;
        assert!(!result.passed());
        assert_eq!(
            result.in_words(),
            "rank correlation .97, 0 inversions on 5 of 40 questions; failed: name gap"
        );
    }
}
