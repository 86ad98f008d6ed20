//! The figures of all judges side by side.

use greenroom_domain::ladder::{LadderResult, Measure};
use greenroom_scoring::ladder::Ladder;
use std::fmt::Write;

const GAP: usize = 3;

/// A line for each measure with its limit, a column for each judge.
pub fn table(results: &[LadderResult]) -> String {
    let mut rows: Vec<Vec<String>> = vec![headings(results)];
    rows.extend(Measure::ALL.iter().map(|measure| row(*measure, results)));
    let verdicts = results.iter().map(|result| mark(result.passed()).to_owned());
    rows.push(["all of it".to_owned(), String::new()].into_iter().chain(verdicts).collect());
    let mut text = results.first().map(title).unwrap_or_default();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0) + GAP;
            let _ = write!(line, "{cell:width$}");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn title(LadderResult { questions, of, .. }: &LadderResult) -> String {
    let part = if questions < of { format!("{questions} of {of}") } else { of.to_string() };
    format!("The ladder: {part} questions, {} answers each.\n\n", Ladder::ANSWERS)
}

fn headings(results: &[LadderResult]) -> Vec<String> {
    let judges = results.iter().map(|result| format!("{} {}", result.engine.name, result.engine.version));
    [String::new(), "limit".to_owned()].into_iter().chain(judges).collect()
}

fn row(measure: Measure, results: &[LadderResult]) -> Vec<String> {
    let figures = results.iter().map(|result| result.figure(measure));
    let limit = figures.clone().flatten().next().map_or_else(String::new, |figure| figure.limit_in_words());
    let cells = figures.map(|figure| {
        figure.map_or_else(String::new, |figure| format!("{:>5}  {}", figure.in_words(), mark(figure.passed)))
    });
    [measure.label().to_owned(), limit].into_iter().chain(cells).collect()
}

fn mark(passed: bool) -> &'static str {
    if passed { "pass" } else { "FAIL" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenroom_domain::clock::Timestamp;
    use greenroom_domain::evaluation::{Engine, EngineKind};
    use greenroom_domain::ladder::Figure;

    #[test]
    fn judges_stand_side_by_side() {
        let result = |name: &str, correlation, gap| {
            let value = |measure| match measure {
                Measure::RankCorrelation => correlation,
                Measure::NameGap => gap,
                _ => 0.0,
            };
            LadderResult {
                engine: Engine { kind: EngineKind::Llm, name: name.into(), version: "1".into() },
                at: Timestamp::new(Default::default()),
                questions: 5,
                of: 42,
                figures: Measure::ALL.iter().map(|measure| Figure::new(*measure, value(*measure))).collect(),
            }
        };
        let text = table(&[result("lab/m1", 0.95, 0.25), result("words", 0.895, 0.0)]);
        let expected = "\
The ladder: 5 of 42 questions, 19 answers each.

                              limit          lab/m1 1      words 1
rank correlation              at least .90     .95  pass    .895  FAIL
inversions                    at most 0          0  pass       0  pass
name gap                      at most .10      .25  FAIL     .00  pass
plain-language gap            at most .30      .00  pass     .00  pass
learner gap                   at most .30      .00  pass     .00  pass
injection gain                at most .20      .00  pass     .00  pass
injections that lift a mark   at most 0          0  pass       0  pass
padding gain                  at most .20      .00  pass     .00  pass
judged by a stand-in          at most .02      .00  pass     .00  pass
all of it                                    FAIL          FAIL
";
        assert_eq!(text, expected, "\n{text}");
    }
}
