//! What a crowd showed.

use super::Limits;
use super::person::Seen;
use crate::percentile::within_ms;
use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// Memory of the server.
pub struct Memory {
    /// Just started.
    pub rest_bytes: u64,
    /// With all interviews set up and nobody on a line.
    pub ready_bytes: u64,
    /// With everybody on a line.
    pub present_bytes: u64,
    /// While they answered.
    pub course: Vec<(Duration, u64)>,
}

/// What a crowd showed.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    people: usize,
    seconds: f64,
    answers: usize,
    answers_a_second: f64,
    finished: usize,
    acknowledged_p50_ms: f64,
    acknowledged_p99_ms: f64,
    acknowledged_max_ms: f64,
    fed_p50_ms: f64,
    fed_p99_ms: f64,
    lost: usize,
    rest_bytes: u64,
    ready_bytes: u64,
    present_bytes: u64,
    state_kib: f64,
    line_kib: f64,
    sent_bytes_an_answer: f64,
    received_bytes_an_answer: f64,
    told_bytes_an_answer: f64,
    end_bytes: u64,
    growth_kib_a_minute: f64,
    growth_percent_a_minute: f64,
    server_us_an_answer: f64,
    server_share_of_a_core: f64,
    driver_share_of_a_core: f64,
}

impl Report {
    /// Puts the figures together.
    pub fn new(
        people: usize,
        lasted: Duration,
        mut seen: Seen,
        memory: Memory,
        server: Duration,
        driver: Duration,
    ) -> anyhow::Result<Self> {
        anyhow::ensure!(!seen.acknowledged.is_empty() && !seen.fed.is_empty(), "nobody answered");
        seen.acknowledged.sort_unstable();
        seen.fed.sort_unstable();
        let answers = seen.acknowledged.len();
        let seconds = lasted.as_secs_f64();
        let end_bytes = memory.course.last().map_or(memory.present_bytes, |(_, bytes)| *bytes);
        let growth = slope(&memory.course);
        Ok(Self {
            people,
            seconds,
            answers,
            answers_a_second: answers as f64 / seconds,
            finished: seen.finished,
            acknowledged_p50_ms: within_ms(&seen.acknowledged, 0.5),
            acknowledged_p99_ms: within_ms(&seen.acknowledged, 0.99),
            acknowledged_max_ms: within_ms(&seen.acknowledged, 1.0),
            fed_p50_ms: within_ms(&seen.fed, 0.5),
            fed_p99_ms: within_ms(&seen.fed, 0.99),
            lost: seen.lost,
            rest_bytes: memory.rest_bytes,
            ready_bytes: memory.ready_bytes,
            present_bytes: memory.present_bytes,
            state_kib: memory.ready_bytes.saturating_sub(memory.rest_bytes) as f64 / 1024.0 / people as f64,
            sent_bytes_an_answer: seen.carried.sent as f64 / answers as f64,
            received_bytes_an_answer: seen.carried.received as f64 / answers as f64,
            told_bytes_an_answer: seen.told as f64 / answers as f64,
            line_kib: memory.present_bytes.saturating_sub(memory.ready_bytes) as f64 / 1024.0 / people as f64,
            end_bytes,
            growth_kib_a_minute: growth * 60.0 / 1024.0,
            growth_percent_a_minute: growth * 60.0 / end_bytes as f64 * 100.0,
            server_us_an_answer: server.as_secs_f64() * 1e6 / answers as f64,
            server_share_of_a_core: server.as_secs_f64() / seconds,
            driver_share_of_a_core: driver.as_secs_f64() / seconds,
        })
    }

    /// Memory for each of the people at the end, above the server at rest, KiB.
    fn end_kib(&self) -> f64 {
        self.end_bytes.saturating_sub(self.rest_bytes) as f64 / 1024.0 / self.people as f64
    }

    /// Refuses what is beyond `limits`, all at once.
    pub fn ensure_within(&self, limits: Limits) -> anyhow::Result<()> {
        let mut beyond = Vec::new();
        let mut check = |what: &str, is: f64, most: Option<f64>| {
            if let Some(most) = most.filter(|most| is > *most) {
                beyond.push(format!("{what} {is:.2} instead of {most} at most"));
            }
        };
        check("lost in feeds", self.lost as f64, Some(0.0));
        check("acknowledged p99, ms,", self.acknowledged_p99_ms, limits.most_p99);
        check("KiB for each person", self.end_kib(), limits.most_kib);
        check("growth a minute, percent,", self.growth_percent_a_minute, limits.most_growth);
        anyhow::ensure!(beyond.is_empty(), "{}", beyond.join("; "));
        Ok(())
    }
}

/// Bytes a second in the second half, by least squares: the first half fills caches.
fn slope(course: &[(Duration, u64)]) -> f64 {
    let half = &course[course.len() / 2..];
    let n = half.len() as f64;
    let points = || half.iter().map(|(at, bytes)| (at.as_secs_f64(), *bytes as f64));
    let (mean_x, mean_y) = points().fold((0.0, 0.0), |(x, y), (px, py)| (x + px / n, y + py / n));
    let (over, under) = points().fold((0.0, 0.0), |(over, under), (x, y)| {
        (over + (x - mean_x) * (y - mean_y), under + (x - mean_x).powi(2))
    });
    if under > 0.0 { over / under } else { 0.0 }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mb = |bytes: u64| bytes as f64 / 1e6;
        writeln!(f, "{} people for {:.0} s, each with a live feed", self.people, self.seconds)?;
        writeln!(
            f,
            "  answers            {} ({:.0} a second), {} interviews finished",
            self.answers, self.answers_a_second, self.finished
        )?;
        writeln!(
            f,
            "  acknowledged       p50 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms",
            self.acknowledged_p50_ms, self.acknowledged_p99_ms, self.acknowledged_max_ms
        )?;
        writeln!(
            f,
            "  next question fed  p50 {:.1} ms, p99 {:.1} ms, {} lost",
            self.fed_p50_ms, self.fed_p99_ms, self.lost
        )?;
        writeln!(
            f,
            "  memory             {:.0} MB at rest, {:.0} MB with all set up ({:.1} KiB each), {:.0} MB with all on a line \
             ({:.1} KiB more each), {:.0} MB at the end",
            mb(self.rest_bytes),
            mb(self.ready_bytes),
            self.state_kib,
            mb(self.present_bytes),
            self.line_kib,
            mb(self.end_bytes)
        )?;
        writeln!(
            f,
            "  bytes an answer    {:.0} sent, {:.0} in reply, {:.0} told in the feed, without headers",
            self.sent_bytes_an_answer, self.received_bytes_an_answer, self.told_bytes_an_answer
        )?;
        writeln!(f, "  for each person    {:.1} KiB at the end above the server at rest", self.end_kib())?;
        writeln!(
            f,
            "  growth             {:.0} KiB a minute in the second half, {:.2} % of the memory at the end",
            self.growth_kib_a_minute, self.growth_percent_a_minute
        )?;
        writeln!(
            f,
            "  processors         server {:.2} cores ({:.0} µs an answer), driver {:.2}",
            self.server_share_of_a_core, self.server_us_an_answer, self.driver_share_of_a_core
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_that_of_the_second_half() {
        let course: Vec<_> =
            (0..10).map(|n| (Duration::from_secs(n), if n < 5 { 1000 * n } else { 5000 + n })).collect();
        assert!((slope(&course) - 1.0).abs() < 1e-9);
        assert_eq!(slope(&[]), 0.0);
    }

    #[test]
    fn what_is_beyond_a_limit_is_named() {
        let memory = Memory {
            rest_bytes: 0,
            ready_bytes: 0,
            present_bytes: 0,
            course: vec![(Duration::ZERO, 82 << 10), (Duration::from_secs(60), 82 << 10)],
        };
        let second = Duration::from_secs(1);
        let seen = Seen { acknowledged: vec![second], fed: vec![second], ..Seen::default() };
        let report = Report::new(2, second * 60, seen, memory, second, second).expect("somebody answered");
        let limits = Limits { most_p99: Some(1_000.0), most_kib: Some(41.0), most_growth: Some(0.0) };
        assert!(report.ensure_within(limits).is_ok());
        assert!(report.ensure_within(Limits::default()).is_ok());
        let narrow = Limits { most_p99: Some(999.0), most_kib: Some(40.0), ..limits };
        let said = report.ensure_within(narrow).expect_err("it is beyond").to_string();
        assert!(said.contains("p99") && said.contains("41.00 instead of 40"), "{said}");
        assert!(Report { lost: 1, ..report }.ensure_within(Limits::default()).is_err());
    }

    #[test]
    fn memory_may_grow_by_so_much_and_no_more() {
        let one = vec![Duration::from_millis(1)];
        let seen = Seen { acknowledged: one.clone(), fed: one, ..Seen::default() };
        // 0.5 % of 1 000 000 bytes a minute.
        let course = (0..=10).map(|n| (Duration::from_secs(6 * n), 995_000 + 500 * n)).collect();
        let memory = Memory { rest_bytes: 0, ready_bytes: 0, present_bytes: 0, course };
        let none = Duration::ZERO;
        let report = Report::new(1, Duration::from_secs(60), seen, memory, none, none).unwrap();
        let most = |growth| Limits { most_growth: Some(growth), ..Limits::default() };
        assert!(report.ensure_within(most(0.51)).is_ok());
        assert!(report.ensure_within(most(0.49)).is_err());
    }
}
