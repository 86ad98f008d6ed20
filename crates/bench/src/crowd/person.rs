//! One person after the other at one place: an interview, its live feed, and time to think.

use super::line::Line;
use crate::program::client::{Carried, Client};
use crate::program::interviews::Interview;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How people practise.
#[derive(Clone, Copy)]
pub struct Habits {
    /// How long they think before an answer, in the middle.
    pub think: Duration,
    /// Answers after which they end an interview that has not ended by itself; at least 1.
    pub answers: usize,
    /// When they go.
    pub until: Instant,
}

/// Somebody in an interview. Who ends it makes room for somebody new.
pub struct Person {
    address: SocketAddr,
    interview: Interview,
    line: Line,
    number: u64,
}

/// What people saw.
#[derive(Debug, Default)]
pub struct Seen {
    /// From sending an answer until it was acknowledged.
    pub acknowledged: Vec<Duration>,
    /// From sending an answer until the next question stood in the live feed.
    pub fed: Vec<Duration>,
    /// Questions that never came through the feed.
    pub lost: usize,
    /// Interviews that came to their end.
    pub finished: usize,
    /// Bytes of answers and what came back at once, without what HTTP adds.
    pub carried: Carried,
    /// Bytes told in live feeds.
    pub told: u64,
}

impl Seen {
    /// Adds what somebody else saw.
    pub fn join(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.fed.extend(other.fed);
        self.lost += other.lost;
        self.finished += other.finished;
        self.carried.sent += other.carried.sent;
        self.carried.received += other.carried.received;
        self.told += other.told;
    }

    /// Adds what went over a line that is done with.
    fn close(&mut self, line: &Line) {
        self.carried.sent += line.client.carried.sent;
        self.carried.received += line.client.carried.received;
        self.told += line.told();
    }
}

impl Person {
    /// Opens a line to `interview`.
    pub async fn arrive(address: SocketAddr, interview: Interview, number: u64) -> anyhow::Result<Self> {
        let line = Line::open(address, &interview).await?;
        Ok(Self { address, interview, line, number })
    }

    /// Thinks and answers, in one interview after the other, until it is time to go.
    pub async fn practise(mut self, habits: Habits) -> anyhow::Result<Seen> {
        let mut seen = Seen::default();
        // The first interview is shorter for some, so that they do not all end at once.
        let mut stays_for = 1 + self.number as usize % habits.answers;
        let mut more = true;
        loop {
            let pause = self.thought(habits.think, seen.acknowledged.len() as u64);
            if Instant::now() + pause >= habits.until {
                tokio::time::sleep_until(habits.until.into()).await;
                seen.close(&self.line);
                return Ok(seen);
            }
            tokio::time::sleep(pause).await;
            if more && self.interview.answered < stays_for {
                more = self.answer(&mut seen).await?;
            } else {
                self = self.make_room(more, &mut seen).await?;
                (more, stays_for) = (true, habits.answers);
            }
        }
    }

    /// Answers the question that waits. False when that was the last.
    async fn answer(&mut self, seen: &mut Seen) -> anyhow::Result<bool> {
        let began = Instant::now();
        let more = self.interview.answer(&mut self.line.client).await?;
        seen.acknowledged.push(began.elapsed());
        if more {
            match self.line.fed(&self.interview.question).await {
                Some(at) => seen.fed.push(at.saturating_duration_since(began)),
                None => seen.lost += 1,
            }
        }
        Ok(more)
    }

    /// Ends the interview and closes its line. Somebody new begins one, on connections of their own.
    async fn make_room(mut self, is_open: bool, seen: &mut Seen) -> anyhow::Result<Self> {
        seen.close(&self.line);
        if is_open {
            self.interview.end(&mut self.line.client).await?;
        }
        seen.finished += 1;
        drop(self.line);
        let mut client = Client::connect(self.address).await?;
        let interview = Interview::begin(&mut client).await?;
        drop(client);
        Self::arrive(self.address, interview, self.number).await
    }

    /// Between a half and one and a half of `think`, the same in every run.
    fn thought(&self, think: Duration, answered: u64) -> Duration {
        let mixed = (self.number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ answered.wrapping_mul(0xd1b5_4a32_d192_ed03);
        let share = (mixed.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 40) as f64 / f64::from(1u32 << 24);
        think.mul_f64(0.5 + share)
    }
}
