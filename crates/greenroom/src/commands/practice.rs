//! `greenroom practice`: a whole interview in the terminal, typed or from a file of answers.

use super::{Failure, read_text, run};
use crate::config::{Config, Source};
use crate::wiring::{Wired, wire};
use anyhow::Context;
use clap::Args;
use greenroom_app::configs::Draft;
use greenroom_app::interviews::{self, Report};
use greenroom_app::{App, accounts, configs, consents, resumes};
use greenroom_documents::render::markdown;
use greenroom_domain::ids::{ResumeId, SessionId, UserId};
use greenroom_domain::interview::{Channel, Difficulty, InterviewType, Personality, Question};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeSet;
use std::fmt::Arguments;
use std::io::{BufRead, ErrorKind, IsTerminal, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args)]
pub struct Practice {
    /// A job description.
    #[arg(long)]
    job: Option<PathBuf>,
    /// A resume: PDF, DOCX, text or Markdown.
    #[arg(long)]
    resume: Option<PathBuf>,
    /// Length.
    #[arg(long, default_value_t = 20)]
    minutes: u32,
    /// Answers, one a line, instead of the keyboard.
    #[arg(long)]
    answers: Option<PathBuf>,
    /// Where to write the report (Markdown).
    #[arg(long, default_value = "report.md")]
    out: PathBuf,
}

/// Everything stays in a temporary database; only the report is kept. Of the configuration only language models count.
pub fn practice(source: &Source, given: Practice) -> Result<ExitCode, Failure> {
    let job = given.job.as_deref().map(read_text).transpose()?.unwrap_or_default();
    let resume = given.resume.as_deref().map(std::fs::read).transpose();
    let resume = resume.map_err(|error| Failure::BadInput(format!("the resume cannot be read: {error}")))?;
    let mut answers = match &given.answers {
        Some(file) => {
            Answers::File(read_text(file)?.lines().map(str::to_owned).collect::<Vec<_>>().into_iter())
        }
        None => Answers::Keyboard,
    };
    let llm = Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))?.llm;
    let home = tempfile::tempdir()?;
    let config = Config { data_dir: Some(home.path().to_owned()), llm, ..Config::default() };
    let name = given.resume.as_ref().and_then(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
    let outcome = run(async {
        let Wired { app, runner, .. } = wire(&config).await?;
        let user =
            accounts::start_guest(&app, &accounts::Visit::default()).await.context("no guest")?.user.id;
        let resume_id = match resume {
            Some(bytes) => match resumes::upload(&app, user, name, bytes.into()).await {
                Ok(record) => Some(record.id),
                Err(error) => return Ok(Err(error.message)),
            },
            None => None,
        };
        let draft = draft(&job, given.minutes, resume_id);
        let session = match begin(&app, user, draft).await {
            Ok(session) => session,
            Err(error) => return Ok(Err(error.message)),
        };
        interview(&app, user, session, &mut answers).await?;
        while runner.run_due().await? > 0 {}
        let report = interviews::report(&app, user, session).await?;
        std::fs::write(&given.out, markdown(&interviews::report_document(&app, &report)))
            .with_context(|| format!("{} cannot be written", given.out.display()))?;
        Ok(Ok(report))
    })?;
    match outcome {
        Ok(report) => {
            show(&report)?;
            say(format_args!("\nThe whole report: {}", given.out.display()))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(message) => Err(Failure::BadInput(message)),
    }
}

fn draft(job: &str, minutes: u32, resume_id: Option<ResumeId>) -> Draft {
    Draft {
        title: "Practice".to_owned(),
        job_description: job.to_owned(),
        position: None,
        difficulty: Difficulty::Intermediate,
        types: vec![InterviewType::Technical, InterviewType::Behavioral, InterviewType::Situational],
        duration_minutes: minutes,
        personality: Personality::Professional,
        question_count: None,
        language: None,
        resume_id,
        rubric_id: None,
        posting: None,
    }
}

async fn begin(app: &App, user: UserId, draft: Draft) -> greenroom_app::Result<SessionId> {
    let config = configs::create(app, user, draft).await?;
    Ok(interviews::start(app, user, config.id, Channel::Text).await?.id)
}

enum Answers {
    File(std::vec::IntoIter<String>),
    Keyboard,
}

impl Answers {
    /// The next answer; `None` ends the interview.
    fn next(&mut self) -> anyhow::Result<Option<String>> {
        match self {
            Self::File(lines) => Ok(lines.next()),
            Self::Keyboard => typed(),
        }
    }
}

/// Lines up to an empty one. End of input, or `/end` alone, ends the interview.
fn typed() -> anyhow::Result<Option<String>> {
    let mut lines: Vec<String> = Vec::new();
    loop {
        let is_seen = prompted()?;
        let mut line = String::new();
        let read = if is_seen { std::io::stdin().lock().read_line(&mut line)? } else { 0 };
        let line = line.trim_end().to_owned();
        if read == 0 || line == "/end" {
            return Ok((!lines.is_empty()).then(|| lines.join("\n")));
        }
        if line.is_empty() && !lines.is_empty() {
            return Ok(Some(lines.join("\n")));
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
}

/// A line for whoever reads. Who reads only the first lines of the output (`| head`) has not made a mistake: the
/// interview goes on, and the report is written.
fn say(line: Arguments<'_>) -> std::io::Result<()> {
    is_read(writeln!(stdout(), "{line}")).map(drop)
}

/// Asks for a line; false when nobody would see it.
fn prompted() -> std::io::Result<bool> {
    is_read(write!(stdout(), "> ").and_then(|()| stdout().flush()))
}

/// Whether somebody reads the output.
fn is_read(written: std::io::Result<()>) -> std::io::Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

async fn interview(app: &App, user: UserId, id: SessionId, answers: &mut Answers) -> anyhow::Result<()> {
    if matches!(answers, Answers::Keyboard) {
        say(format_args!("Type your answer; an empty line sends it. /end ends the interview.\n"))?;
    }
    let engines = app.engines();
    if engines.at_home.is_some() {
        // Whoever types here has set the key themselves.
        let purpose = greenroom_domain::account::Purpose::ModelVendor;
        consents::give(app, user, purpose, &consents::text(purpose).version).await?;
    }
    let models: BTreeSet<String> =
        engines.outside.iter().map(|one| format!("{}/{}", one.provider, one.model)).collect();
    if !models.is_empty() {
        let models: Vec<String> = models.into_iter().collect();
        say(format_args!("Your answers are sent to {}.", models.join(", ")))?;
    }
    let bar = progress();
    loop {
        let session = interviews::get(app, user, id).await?;
        let Some(question) = session.snapshot.current_question else { break };
        let progress = &session.snapshot.progress;
        bar.set_length(u64::from(progress.planned));
        bar.set_position(u64::from(progress.planned_answered));
        bar.suspend(|| ask(&question))?;
        match answers.next()? {
            Some(answer) => {
                let answered = interviews::answer(app, user, id, question.id, answer, None).await?;
                if let Some(words) = &answered.state.farewell {
                    bar.suspend(|| say(format_args!("\n{words}")))?;
                }
            }
            None => {
                interviews::complete(app, user, id).await?;
            }
        }
    }
    bar.finish_and_clear();
    Ok(())
}

fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{bar:24.green/dim} {pos} of {len} planned questions") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

fn ask(question: &Question) -> std::io::Result<()> {
    say(format_args!(""))?;
    if let Some(lead_in) = &question.lead_in {
        say(format_args!("{lead_in}"))?;
    }
    say(format_args!("{}. {}", question.order, question.content))?;
    for line in &question.grounding {
        say(format_args!("   ({:?}: {})", line.source, line.text))?;
    }
    Ok(())
}

fn show(report: &Report) -> std::io::Result<()> {
    let summary = &report.summary;
    match summary.overall.score {
        Some(score) => say(format_args!("\nOverall: {score:.1} of 10"))?,
        None => say(format_args!("\nOverall: too little was assessed for a total"))?,
    }
    for competency in &summary.competencies {
        let score = competency.score.map_or("not assessed".to_owned(), |score| format!("{score:.1}"));
        say(format_args!("  {:<28} {score}", competency.label))?;
    }
    for (title, highlight) in [("Keep", &report.keep), ("Fix", &report.fix)] {
        if let Some(highlight) = highlight {
            say(format_args!("\n{title}: {} - {}", highlight.label, highlight.reason))?;
            if let Some(quote) = &highlight.quote {
                say(format_args!("   \"{}\"", quote.text))?;
            }
        }
    }
    Ok(())
}
