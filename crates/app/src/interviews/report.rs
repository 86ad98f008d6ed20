//! What an interview showed.

use super::coverage::{JobCoverage, coverage_blocks, job_coverage};
use super::read::owned;
use super::report_notes::note_blocks;
use crate::judge_checks::{JudgeRecord, records};
use crate::{App, AppError, Result};
use greenroom_documents::render::{Bar, Block, Document};
use greenroom_domain::ability::AbilityBand;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{CriterionResult, Engine, EngineKind, Judgement, Quote};
use greenroom_domain::feedback::FeedbackContent;
use greenroom_domain::ids::{QuestionId, SessionId, UserId};
use greenroom_domain::interview::{Asked, Note, SessionRecord, State, Summary, summarize};
use greenroom_scoring::irt::interview::bands;

/// Score from which a criterion is worth keeping; below it the reasons speak of what is lacking.
const KEEP_FROM: f64 = 8.5;

/// What an interview showed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The interview.
    pub session: SessionRecord,
    /// Totals with their coverage.
    pub summary: Summary,
    /// How able, by competency, with how sure that is.
    pub abilities: Vec<AbilityBand>,
    /// One thing to keep.
    pub keep: Option<Highlight>,
    /// One thing to fix.
    pub fix: Option<Highlight>,
    /// What the job asks for, and where it was shown.
    pub job_coverage: Vec<JobCoverage>,
    /// Questions with answers, judgements and feedback.
    pub answers: Vec<ReportAnswer>,
    /// What the interviewer noticed, in order.
    pub notes: Vec<Note>,
    /// The interviewer's last words, when it ended the interview with some.
    pub farewell: Option<String>,
    /// Who asked and judged.
    pub engines: Vec<Engine>,
    /// Those of them that judged, with what they showed on the ladder.
    pub judges: Vec<JudgeRecord>,
    /// Answers that are still being judged.
    pub pending_evaluations: u32,
    /// When this was put together.
    pub generated_at: Timestamp,
}

/// One judgement that stands out.
#[derive(Clone, Debug)]
pub struct Highlight {
    /// The question.
    pub question_id: QuestionId,
    /// The criterion's key.
    pub criterion: String,
    /// Its name for people.
    pub label: String,
    /// Why it stands out.
    pub reason: String,
    /// What to do about it.
    pub advice: Option<String>,
    /// The words that it stands on.
    pub quote: Option<Quote>,
}

/// A question with its answers and the feedback on the first of them.
#[derive(Clone, Debug)]
pub struct ReportAnswer {
    /// The question with its answers.
    pub asked: Asked,
    /// Feedback on the first answer.
    pub feedback: Option<FeedbackContent>,
}

/// Puts the report together. It can be read at any time, also while answers are still being judged.
pub async fn report(app: &App, user: UserId, id: SessionId) -> Result<Report> {
    let session = owned(app, user, id).await?;
    let not_found = || AppError::not_found("session_not_found", "interview");
    let state = app.states().read(app, id).await?.ok_or_else(not_found)?;
    let style = app.store().profile(user).await?.preferred_feedback_style;
    let config = super::config_of(app, &session).await?;
    let resume = match config.as_ref().and_then(|config| config.resume_id) {
        Some(resume) => app.store().resume(user, resume).await?.map(|record| record.resume),
        None => None,
    };
    let answers = state.asked.iter().map(|asked| ReportAnswer {
        feedback: asked
            .responses
            .first()
            .and_then(|response| crate::feedback::on(asked, response, style, &state.settings.language)),
        asked: (**asked).clone(),
    });
    Ok(Report {
        summary: summarize(&state),
        abilities: bands(&state),
        keep: said(&state).or_else(|| highlight(app, &state, true)),
        fix: highlight(app, &state, false),
        job_coverage: config.map_or_else(Vec::new, |c| job_coverage(&c.posting, resume.as_ref(), &state)),
        answers: answers.collect(),
        notes: state.notes.clone(),
        farewell: state.farewell.as_deref().map(str::to_owned),
        engines: engines(&state),
        judges: records(app, judges(&state)).await?,
        pending_evaluations: pending(&state),
        generated_at: app.now(),
        session: SessionRecord { snapshot: state.snapshot(), ..session },
    })
}

fn pending(state: &State) -> u32 {
    state.asked.iter().flat_map(|asked| &asked.responses).filter(|r| r.evaluation.is_none()).count() as u32
}

/// Who asked and judged, each once, in the order in which they came.
fn engines(state: &State) -> Vec<Engine> {
    let both =
        state.asked.iter().flat_map(|asked| std::iter::once(&asked.question.engine).chain(judged_by(asked)));
    once(both)
}

/// Who judged.
fn judges(state: &State) -> Vec<Engine> {
    once(state.asked.iter().flat_map(|asked| judged_by(asked)))
}

fn judged_by(asked: &Asked) -> impl Iterator<Item = &Engine> {
    asked.responses.iter().filter_map(|response| Some(&response.evaluation.as_ref()?.judgement.engine))
}

fn once<'a>(engines: impl Iterator<Item = &'a Engine>) -> Vec<Engine> {
    let mut found: Vec<Engine> = Vec::new();
    for engine in engines {
        if !found.contains(engine) {
            found.push(engine.clone());
        }
    }
    found
}

/// A key point that was said, from the best answer that has one: something to keep as it is.
fn said(state: &State) -> Option<Highlight> {
    let given = state.asked.iter().filter_map(|asked| {
        let judgement = &asked.responses.first()?.evaluation.as_ref()?.judgement;
        let (point, quote) = judgement.key_points.iter().find_map(|p| Some((p, p.quote.as_ref()?)))?;
        Some((overall(judgement), asked, point, quote))
    });
    let (_, asked, point, quote) = given.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Highlight {
        question_id: asked.question.id,
        criterion: "key_point".to_owned(),
        label: point.text.as_str().to_owned(),
        reason: "You said what a full answer to this question says.".to_owned(),
        advice: None,
        quote: Some(quote.clone()),
    })
}

fn overall(judgement: &Judgement) -> f64 {
    judgement.overall.score.unwrap_or_default()
}

/// The best criterion of the best answer with one worth keeping, or the weakest one of all answers.
fn highlight(app: &App, state: &State, keep: bool) -> Option<Highlight> {
    let judged = state.asked.iter().filter_map(|asked| {
        let judgement = &asked.responses.first()?.evaluation.as_ref()?.judgement;
        Some((asked, judgement))
    });
    let scored = judged.flat_map(|(asked, judgement)| {
        judgement.criteria.iter().filter_map(move |c| Some((asked, judgement, c, c.score()?)))
    });
    let (asked, judgement, criterion, score) = if keep {
        scored
            .filter(|(.., score)| *score >= KEEP_FROM)
            .max_by(|a, b| overall(a.1).total_cmp(&overall(b.1)).then(a.3.total_cmp(&b.3)))?
    } else {
        scored.min_by(|a, b| a.3.total_cmp(&b.3))?
    };
    // Nothing needs fixing when even the weakest is strong.
    if !keep && score >= 9.0 {
        return None;
    }
    Some(Highlight {
        question_id: asked.question.id,
        criterion: criterion.key.as_str().to_owned(),
        label: label(app, state, criterion),
        reason: criterion.reason().to_owned(),
        advice: if keep { None } else { judgement.areas_for_improvement.first().cloned() },
        quote: criterion.quotes().first().cloned(),
    })
}

fn label(app: &App, state: &State, criterion: &CriterionResult) -> String {
    let rubric = app.rubrics().iter().find(|rubric| rubric.reference() == state.settings.rubric);
    let found = rubric.and_then(|rubric| rubric.criteria.iter().find(|c| c.key == criterion.key));
    found.map_or_else(|| criterion.key.as_str().to_owned(), |criterion| criterion.label.clone())
}

/// The report as a document for Markdown and PDF.
pub fn report_document(app: &App, report: &Report) -> Document {
    let mut blocks = vec![Block::heading(2, "Overall"), Block::paragraph(total_in_words(&report.summary))];
    for (title, highlight) in [("Keep", &report.keep), ("Fix", &report.fix)] {
        if let Some(highlight) = highlight {
            blocks.push(Block::heading(2, title));
            blocks.push(Block::paragraph(format!("{}: {}", highlight.label, highlight.reason)));
            blocks.extend(highlight.quote.iter().map(|quote| Block::quote(&quote.text)));
            blocks.extend(highlight.advice.iter().map(Block::paragraph));
        }
    }
    let bars = report.summary.competencies.iter().map(|c| Bar { label: c.label.clone(), value: c.score });
    blocks.push(Block::bars("Competencies, 1 to 10", 10.0, bars.collect()));
    let levels = report.abilities.iter().map(|band| format!("{}: {}.", band.label, band.in_words()));
    blocks.push(Block::heading(2, "Levels"));
    blocks.push(Block::list(levels.collect()));
    blocks.extend(coverage_blocks(&report.job_coverage));
    for answer in &report.answers {
        blocks.extend(answer_blocks(app, answer));
    }
    blocks.extend(note_blocks(&report.notes));
    let engines: Vec<String> = report.engines.iter().map(|e| format!("{} {}", e.name, e.version)).collect();
    blocks.push(Block::paragraph(format!("Asked and judged by: {}.", engines.join(", "))));
    blocks.extend(report.judges.iter().map(|judge| Block::paragraph(tried_in_words(judge))));
    if is_unmeasured(report) {
        blocks.push(Block::paragraph(UNMEASURED));
    }
    Document { title: report.session.title.clone(), subtitle: subtitle(report), blocks }
}

const UNMEASURED: &str = "The built-in scorer judged in another language than English: by key points and by how it is said, \
    not by structure or confidence. How far its marks agree with people was measured in English only.";

/// Whether the built-in scorer judged in a language in which nobody measured how far it agrees with people.
fn is_unmeasured(report: &Report) -> bool {
    let is_builtin = |judge: &JudgeRecord| judge.engine.kind == EngineKind::Builtin;
    report.session.snapshot.settings.language != "en" && report.judges.iter().any(is_builtin)
}

/// What was practised and when; the position only where the title does not name it.
fn subtitle(report: &Report) -> String {
    let day = report.session.created_at.as_datetime().format("%-d %B %Y");
    let position = report.session.snapshot.settings.position.as_deref();
    match position.filter(|position| !report.session.title.contains(position)) {
        Some(position) => format!("Practice interview for the position {position}, {day}"),
        None => format!("Practice interview, {day}"),
    }
}

fn total_in_words(summary: &Summary) -> String {
    let left = summary.competencies.iter().filter(|c| c.score.is_none()).count();
    let all = summary.competencies.len();
    match summary.overall.score {
        Some(score) if left == 0 => format!("{score:.1} of 10. All {all} areas were assessed."),
        Some(score) => format!("{score:.1} of 10. {left} of {all} areas not assessed yet."),
        None => format!("No total yet: {left} of {all} areas not assessed."),
    }
}

/// Who judged, and how well it put answers of a known order into that order.
fn tried_in_words(judge: &JudgeRecord) -> String {
    let Engine { name, version, .. } = &judge.engine;
    match &judge.ladder {
        Some(ladder) => {
            let day = ladder.at.as_datetime().format("%Y-%m-%d");
            format!("Judged by {name} {version}; on the ladder of {day}: {}.", ladder.in_words())
        }
        None => format!("Judged by {name} {version}; not tried on the ladder yet."),
    }
}

fn answer_blocks(app: &App, answer: &ReportAnswer) -> Vec<Block> {
    let question = &answer.asked.question;
    let mut blocks =
        vec![Block::heading(2, format!("Question {}", question.order)), Block::paragraph(&question.content)];
    let Some(response) = answer.asked.responses.first() else {
        blocks.push(Block::paragraph("Not answered."));
        return blocks;
    };
    blocks.push(Block::quote(&response.content));
    let Some(evaluation) = &response.evaluation else {
        blocks.push(Block::paragraph("Not judged yet."));
        return blocks;
    };
    let rubric = app.rubrics().iter().find(|rubric| rubric.reference() == evaluation.judgement.rubric);
    let rows = evaluation.judgement.criteria.iter().map(|criterion| {
        let found = rubric.and_then(|rubric| rubric.criteria.iter().find(|c| c.key == criterion.key));
        let score =
            criterion.score().map_or_else(|| "not assessed".to_owned(), |score| format!("{score:.1}"));
        vec![
            found.map_or_else(|| criterion.key.as_str().to_owned(), |c| c.label.clone()),
            score,
            criterion.reason().to_owned(),
        ]
    });
    blocks.push(Block::table(["Criterion", "Score", "Why"], rows.collect()));
    let points = evaluation.judgement.key_points.iter();
    let points = points.map(|p| format!("{}: {}", if p.covered { "Found" } else { "Not found" }, p.text));
    blocks.push(Block::list(points.collect()));
    if let Some(feedback) = answer.feedback.as_ref().filter(|feedback| !feedback.sample_answer.is_empty()) {
        blocks.push(Block::heading(3, "A stronger version of your answer"));
        blocks.extend(feedback.sample_answer.lines().map(Block::paragraph));
    }
    blocks
}
