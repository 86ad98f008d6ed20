//! One person: an interview, its live feed, and time to think.

use crate::program::client::{Carried, Client};
use crate::program::interviews::Interview;
use anyhow::Context;
use futures::StreamExt;
use hyper::header::AUTHORIZATION;
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// How long a question may take to come through the feed before it counts as lost.
const LOST_AFTER: Duration = Duration::from_secs(30);

/// Somebody in an interview.
pub struct Person {
    interview: Interview,
    client: Client,
    questions: mpsc::UnboundedReceiver<(String, Instant)>,
    told: Arc<AtomicU64>,
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
}

#[derive(Deserialize)]
struct Message {
    kind: Option<String>,
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    question: Option<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
}

impl Person {
    /// Opens the feed and a connection for answers.
    pub async fn arrive(address: SocketAddr, interview: Interview, number: u64) -> anyhow::Result<Self> {
        let mut request = format!("ws://{address}{}/live?after=0", interview.path).into_client_request()?;
        request.headers_mut().insert(AUTHORIZATION, interview.token.clone());
        let (mut feed, _) = tokio_tungstenite::connect_async(request).await.context("the feed is refused")?;
        let (tell, questions) = mpsc::unbounded_channel();
        let told = Arc::new(AtomicU64::new(0));
        let counted = told.clone();
        tokio::spawn(async move {
            while let Some(Ok(message)) = feed.next().await {
                let Ok(text) = message.to_text() else { continue };
                counted.fetch_add(text.len() as u64, Ordering::Relaxed);
                let Ok(message) = serde_json::from_str::<Message>(text) else { continue };
                if message.kind.as_deref() == Some("question_asked")
                    && let Some(question) = message.data.and_then(|data| data.question)
                    && tell.send((question.id, Instant::now())).is_err()
                {
                    return;
                }
            }
        });
        let client = Client::connect(address).await?;
        Ok(Self { interview, client, questions, told, number })
    }

    /// Thinks and answers until `until`, or to the end of the interview; stays on the line either way.
    pub async fn practise(mut self, think: Duration, until: Instant) -> anyhow::Result<Seen> {
        let mut seen = Seen::default();
        let mut more = true;
        loop {
            let pause = self.thought(think, seen.acknowledged.len() as u64);
            if !more || Instant::now() + pause >= until {
                tokio::time::sleep_until(until.into()).await;
                seen.finished = usize::from(!more);
                seen.carried = self.client.carried;
                seen.told = self.told.load(Ordering::Relaxed);
                return Ok(seen);
            }
            tokio::time::sleep(pause).await;
            let began = Instant::now();
            more = self.interview.answer(&mut self.client).await?;
            seen.acknowledged.push(began.elapsed());
            if more {
                match self.fed().await {
                    Some(at) => seen.fed.push(at.saturating_duration_since(began)),
                    None => seen.lost += 1,
                }
            }
        }
    }

    /// When the question that waits came through the feed.
    async fn fed(&mut self) -> Option<Instant> {
        let coming = async {
            while let Some((id, at)) = self.questions.recv().await {
                if id == self.interview.question {
                    return Some(at);
                }
            }
            None
        };
        tokio::time::timeout(LOST_AFTER, coming).await.ok().flatten()
    }

    /// Between a half and one and a half of `think`, the same in every run.
    fn thought(&self, think: Duration, answered: u64) -> Duration {
        let mixed = (self.number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ answered.wrapping_mul(0xd1b5_4a32_d192_ed03);
        let share = (mixed.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 40) as f64 / f64::from(1u32 << 24);
        think.mul_f64(0.5 + share)
    }
}
