//! People and their interviews, as the load needs them.

use super::client::{Client, Token};
use hyper::Method;
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;

/// Interviews of one person.
const PER_PERSON: usize = 4;

const JOB: &str = "Backend Engineer\n\nYou will build REST APIs in a team of six and look after PostgreSQL in production.\n\
    Requirements: experience with SQL and HTTP, monitoring, clear communication, working with product managers.\n\
    Nice to have: Kubernetes, message queues, mentoring.";

/// Answers of the length that people type, strong to weak, so that every path of the judge is walked.
const ANSWERS: [&str; 4] = [
    "At my last job a payment client retried after a timeout and forty customers paid twice. I was responsible for the fix. \
     I stored an idempotency key with the result in one transaction, so that a retry returns the first result. I also added an \
     alert on duplicate charges and wrote a runbook with the support team. As a result duplicates dropped from thirty a week \
     to zero, and the team used the same pattern for refunds.",
    "First I would look at the slow query log and at the plan of the worst query. Usually an index is missing or the planner \
     has old statistics. I measure before and after, change one thing at a time, and keep the old plan at hand. When reads \
     dominate I would think about a replica or a cache, but only after the query itself is good.",
    "I like to work with people. In a team you have to talk a lot and I think I do that well, because everybody says that I \
     listen. When there is a problem we meet and find something.",
    "I have not done this yet. I would ask a colleague and read the documentation.",
];

/// An interview under way.
#[derive(Clone)]
pub struct Interview {
    /// Its address.
    pub path: String,
    /// Whose it is.
    pub token: Token,
    /// The question that waits.
    pub question: String,
    /// Answers given.
    pub answered: usize,
}

#[derive(Deserialize)]
struct Identified {
    id: String,
}

#[derive(Deserialize)]
struct Started {
    id: String,
    current_question: Identified,
}

#[derive(Deserialize)]
struct Answered {
    next_question: Option<Identified>,
}

#[derive(Deserialize)]
struct Standing {
    progress: Judged,
}

#[derive(Deserialize)]
struct Judged {
    evaluated: usize,
}

/// Starts `count` interviews over `connections` connections.
pub async fn start_many(
    address: SocketAddr,
    connections: usize,
    count: usize,
) -> anyhow::Result<Vec<Interview>> {
    let people = count.div_ceil(PER_PERSON);
    let each = people.div_ceil(connections);
    let starting: Vec<_> = (0..connections).map(|_| tokio::spawn(start_some(address, each))).collect();
    let mut all = Vec::with_capacity(count);
    for started in starting {
        all.extend(started.await??);
    }
    all.truncate(count);
    Ok(all)
}

async fn start_some(address: SocketAddr, people: usize) -> anyhow::Result<Vec<Interview>> {
    let mut client = Client::connect(address).await?;
    let mut all = Vec::with_capacity(people * PER_PERSON);
    for _ in 0..people {
        let (token, config) = set_up(&mut client).await?;
        for number in 0..PER_PERSON {
            all.push(start(&mut client, &token, &config, number).await?);
        }
    }
    Ok(all)
}

/// A new person with a set-up, by its id.
async fn set_up(client: &mut Client) -> anyhow::Result<(Token, String)> {
    let token = client.guest().await?;
    let config = json!({"title": "Backend Engineer", "job_description": JOB, "difficulty": "intermediate",
        "interview_type": ["technical", "behavioral"], "duration": 60});
    let config: Identified = client.create("/api/configs", &token, &config, "config").await?;
    Ok((token, config.id))
}

/// The person's interview with this number.
async fn start(client: &mut Client, token: &Token, config: &str, number: usize) -> anyhow::Result<Interview> {
    let body = json!({"config_id": config});
    let Started { id, current_question } =
        client.create("/api/sessions", token, &body, &format!("start-{number}")).await?;
    let path = format!("/api/sessions/{id}");
    Ok(Interview { path, token: token.clone(), question: current_question.id, answered: 0 })
}

impl Interview {
    /// The first interview of somebody new.
    pub async fn begin(client: &mut Client) -> anyhow::Result<Self> {
        let (token, config) = set_up(client).await?;
        start(client, &token, &config, 0).await
    }

    /// Ends it, whatever was not asked yet.
    pub async fn end(&self, client: &mut Client) -> anyhow::Result<()> {
        let path = format!("{}/complete", self.path);
        client.call(Method::PUT, &path, Some(&self.token), None, 200).await.map(drop)
    }

    /// Answers the question that waits. False when that was the last.
    pub async fn answer(&mut self, client: &mut Client) -> anyhow::Result<bool> {
        let content = ANSWERS[self.answered % ANSWERS.len()];
        let body = json!({"question_id": self.question, "content": content});
        let path = format!("{}/answers", self.path);
        let answered: Answered = client.create(&path, &self.token, &body, &self.question).await?;
        self.answered += 1;
        if let Some(next) = answered.next_question {
            self.question = next.id;
            return Ok(true);
        }
        Ok(false)
    }

    /// Whether every answer is judged.
    pub async fn is_judged(&self, client: &mut Client) -> anyhow::Result<bool> {
        let standing: Standing = client.get(&self.path, &self.token).await?;
        Ok(standing.progress.evaluated == self.answered)
    }
}
