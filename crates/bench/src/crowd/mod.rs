//! A crowd: many people in interviews at the same time, each with a live feed, who think before they answer. Somebody
//! new takes the place of who has ended an interview.

mod line;
mod person;
mod report;

use crate::process::processor_time;
use crate::program::interviews::start_many;
use crate::program::server::start_up;
use anyhow::{Context, ensure};
use person::{Habits, Person, Seen};
pub use report::Report;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Connections that set the interviews up.
const SETTING_UP: usize = 16;
/// How often memory is read.
const SAMPLE_EVERY: Duration = Duration::from_secs(5);
/// How long the server rests before its memory is read.
const REST: Duration = Duration::from_secs(2);
/// Lines opened in a second.
const ARRIVALS_A_SECOND: u32 = 200;

/// How many, and for how long.
#[derive(clap::Args)]
pub struct Arguments {
    /// The program.
    binary: PathBuf,
    /// People in interviews at the same time.
    #[arg(long, default_value_t = 2000)]
    people: usize,
    /// How long they stay, seconds.
    #[arg(long, default_value_t = 180)]
    seconds: u64,
    /// How long they think before an answer, seconds in the middle; from half to one and a half of it.
    #[arg(long, default_value_t = 20)]
    think_seconds: u64,
    /// Answers after which they end their interview; somebody new begins one then. Some of the first end earlier.
    #[arg(long, default_value_t = 12)]
    answers: usize,
    #[command(flatten)]
    pub limits: Limits,
    /// On `sqlite` or `postgres`.
    #[arg(long, default_value = "postgres")]
    engine: String,
}

/// What the measurement fails beyond. A feed that lost something always fails.
#[derive(Clone, Copy, Default, clap::Args)]
pub struct Limits {
    /// Longest time until an answer is acknowledged, 99 of 100, ms.
    #[arg(long)]
    most_p99: Option<f64>,
    /// Most memory for each of the people above the server at rest, at the end, KiB.
    #[arg(long)]
    most_kib: Option<f64>,
    /// How much memory may grow in the second half of the time, percent of that at the end a minute.
    #[arg(long)]
    most_growth: Option<f64>,
}

/// Measures it.
pub async fn measure(arguments: &Arguments) -> anyhow::Result<Report> {
    let binary = arguments.binary.canonicalize().context("the program is not there; build it first")?;
    ensure!((1..=20_000).contains(&arguments.people), "use 1 to 20000 people");
    ensure!(arguments.answers > 0, "an interview takes 1 answer at least");
    let postgres = match arguments.engine.as_str() {
        "sqlite" => None,
        "postgres" => Some(
            std::env::var("GREENROOM_TEST_POSTGRES")
                .context("PostgreSQL is missing: run this with scripts/with-services --durable")?,
        ),
        other => anyhow::bail!("there is no engine {other}; choose sqlite or postgres"),
    };
    let home = tempfile::tempdir()?;
    let (server, _) = start_up(&binary, home.path(), postgres.as_deref()).await?;
    let rest_bytes = server.resident()?;
    eprintln!("{} interviews are set up", arguments.people);
    let interviews = start_many(server.address, SETTING_UP, arguments.people).await?;
    tokio::time::sleep(REST).await;
    let ready_bytes = server.resident()?;

    eprintln!("people come in");
    let stay = Duration::from_secs(arguments.seconds);
    let mut crowd = Vec::with_capacity(interviews.len());
    for (number, interview) in interviews.into_iter().enumerate() {
        let person = Person::arrive(server.address, interview, number as u64).await?;
        crowd.push(person);
        tokio::time::sleep(Duration::from_secs(1) / ARRIVALS_A_SECOND).await;
    }
    tokio::time::sleep(REST).await;
    let present_bytes = server.resident()?;

    eprintln!("they answer");
    let (server_before, driver_before) = (server.processor_time()?, processor_time(std::process::id())?);
    let began = Instant::now();
    let people = crowd.len();
    let think = Duration::from_secs(arguments.think_seconds);
    let habits = Habits { think, answers: arguments.answers, until: began + stay };
    let practising: Vec<_> = crowd.into_iter().map(|person| tokio::spawn(person.practise(habits))).collect();
    let mut memory = Vec::new();
    while began.elapsed() < stay {
        tokio::time::sleep(SAMPLE_EVERY.min(stay)).await;
        memory.push((began.elapsed(), server.resident()?));
    }
    let mut seen = Seen::default();
    for one in practising {
        seen.join(one.await??);
    }
    Report::new(
        people,
        began.elapsed(),
        seen,
        report::Memory { rest_bytes, ready_bytes, present_bytes, course: memory },
        server.processor_time()?.saturating_sub(server_before),
        processor_time(std::process::id())?.saturating_sub(driver_before),
    )
}
