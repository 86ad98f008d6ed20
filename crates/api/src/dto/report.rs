use super::{EvaluationBody, QuestionBody, ResponseBody, SessionBody};
use greenroom_app::interviews::{Highlight, JobCoverage, Report, ReportAnswer};
use greenroom_app::judge_checks::JudgeRecord;
use greenroom_app::{App, AppError};
use greenroom_domain::ability::AbilityBand;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{Engine, Overall, Quote};
use greenroom_domain::feedback::FeedbackContent;
use greenroom_domain::ids::{QuestionId, SessionId};
use greenroom_domain::interview::{CompetencySummary, Note, PhaseSummary};
use greenroom_domain::ladder::{LadderResult, Measure};
use serde::Serialize;
use utoipa::ToSchema;

/// What an interview showed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBody {
    session: SessionBody,
    /// The total with its coverage; withheld under a coverage of one half.
    overall: Overall,
    /// One thing to keep.
    keep: Option<HighlightBody>,
    /// One thing to fix.
    fix: Option<HighlightBody>,
    phases: Vec<PhaseSummary>,
    competencies: Vec<CompetencySummary>,
    /// How able, by competency: a band of levels with how sure it is.
    abilities: Vec<AbilityBand>,
    /// What the job asks for, and where resume and answers show it.
    job_coverage: Vec<JobCoverageBody>,
    answers: Vec<ReportAnswerBody>,
    /// What the interviewer noticed, in order: what was asked back, quotes side by side, conduct, language.
    notes: Vec<Note>,
    /// The interviewer's last words, when it ended the interview with some.
    farewell: Option<String>,
    /// Who asked and judged.
    engines: Vec<Engine>,
    /// Those of them that judged, with what they showed on the ladder.
    judges: Vec<JudgeBody>,
    /// Answers that are still being judged.
    pending_evaluations: u32,
    generated_at: Timestamp,
}

/// A judge with what it showed on answers whose order is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct JudgeBody {
    engine: Engine,
    /// The last result; null when this version of the engine was not tried on the ladder yet.
    ladder: Option<LadderBody>,
}

/// What a judge showed on the ladder.
#[derive(Debug, Serialize, ToSchema)]
pub struct LadderBody {
    /// When it was tried.
    at: Timestamp,
    /// Questions whose answers it judged.
    questions: u32,
    /// Questions that the ladder had.
    of: u32,
    /// Correlation of its marks with the known order, -1 to 1.
    rank_correlation: f64,
    /// Pairs of answers, two or more rungs apart, that it did not put in the right order.
    inversions: u32,
    /// Whether every figure keeps its limit.
    passed: bool,
    /// Names of the figures that do not, for people.
    failed: Vec<&'static str>,
    /// All of this in words, without a full stop.
    words: String,
}

/// One judgement that stands out.
#[derive(Debug, Serialize, ToSchema)]
pub struct HighlightBody {
    question_id: QuestionId,
    criterion: String,
    label: String,
    reason: String,
    /// What to do about it.
    advice: Option<String>,
    quote: Option<Quote>,
}

/// A requirement of the job, and where it was shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobCoverageBody {
    requirement: String,
    required: bool,
    resume_line: Option<String>,
    answer_quote: Option<String>,
    question_id: Option<QuestionId>,
}

/// A question with its answer and all that is said of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportAnswerBody {
    question: QuestionBody,
    response: Option<ResponseBody>,
    evaluation: Option<EvaluationBody>,
    feedback: Option<FeedbackContent>,
    /// An answer that would get full marks.
    reference: Option<String>,
    /// Later answers to the same question.
    retries: Vec<RetryBody>,
}

/// A later answer to the same question.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetryBody {
    response: ResponseBody,
    evaluation: Option<EvaluationBody>,
}

impl ReportBody {
    pub(crate) async fn new(app: &App, report: Report) -> Result<Self, AppError> {
        let session = report.session.id;
        Ok(Self {
            overall: report.summary.overall,
            keep: report.keep.map(HighlightBody::from),
            fix: report.fix.map(HighlightBody::from),
            phases: report.summary.phases,
            competencies: report.summary.competencies,
            abilities: report.abilities,
            job_coverage: report.job_coverage.into_iter().map(JobCoverageBody::from).collect(),
            answers: report.answers.into_iter().map(|a| ReportAnswerBody::new(app, session, a)).collect(),
            notes: report.notes,
            farewell: report.farewell,
            engines: report.engines,
            judges: report.judges.into_iter().map(JudgeBody::from).collect(),
            pending_evaluations: report.pending_evaluations,
            generated_at: report.generated_at,
            session: SessionBody::of(app, report.session).await?,
        })
    }
}

impl ReportAnswerBody {
    fn new(app: &App, session: SessionId, answer: ReportAnswer) -> Self {
        let question_id = answer.asked.question.id;
        let mut responses = answer.asked.responses.into_iter().map(|response| {
            let body = ResponseBody::new(session, question_id, &response);
            (body, response.evaluation.map(|evaluation| EvaluationBody::new(app, evaluation)))
        });
        let (response, evaluation) = responses.next().map_or((None, None), |(r, e)| (Some(r), e));
        Self {
            question: QuestionBody::new(app, Some(session), &answer.asked.question, Some(answer.asked.at)),
            evaluation,
            feedback: answer.feedback,
            // Shown once the question was answered, so that it cannot be read off before.
            reference: answer
                .asked
                .question
                .reference
                .filter(|_| response.is_some())
                .as_ref()
                .map(Into::into),
            response,
            retries: responses.map(|(response, evaluation)| RetryBody { response, evaluation }).collect(),
        }
    }
}

impl From<JudgeRecord> for JudgeBody {
    fn from(judge: JudgeRecord) -> Self {
        Self { engine: judge.engine, ladder: judge.ladder.map(LadderBody::from) }
    }
}

impl From<LadderResult> for LadderBody {
    fn from(result: LadderResult) -> Self {
        let value = |measure| result.figure(measure).map_or(0.0, |figure| figure.value);
        Self {
            at: result.at,
            questions: result.questions,
            of: result.of,
            rank_correlation: value(Measure::RankCorrelation),
            inversions: value(Measure::Inversions) as u32,
            passed: result.passed(),
            failed: result.failed().map(|figure| figure.measure.label()).collect(),
            words: result.in_words(),
        }
    }
}

impl From<Highlight> for HighlightBody {
    fn from(highlight: Highlight) -> Self {
        Self {
            question_id: highlight.question_id,
            criterion: highlight.criterion,
            label: highlight.label,
            reason: highlight.reason,
            advice: highlight.advice,
            quote: highlight.quote,
        }
    }
}

impl From<JobCoverage> for JobCoverageBody {
    fn from(coverage: JobCoverage) -> Self {
        let (question_id, answer_quote) = coverage.answer.unzip();
        Self {
            requirement: coverage.requirement,
            required: coverage.required,
            resume_line: coverage.resume_line,
            answer_quote,
            question_id,
        }
    }
}
