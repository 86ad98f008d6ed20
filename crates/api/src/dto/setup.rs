use greenroom_app::App;
use greenroom_app::configs::Draft;
use greenroom_domain::bank::CompetencyKind;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ConfigId, ResumeId};
use greenroom_domain::interview::{Difficulty, InterviewConfig, InterviewType, Personality};
use greenroom_domain::job::{JobCompetency, JobPosting, JobSkill};
use greenroom_domain::object::StoredObject;
use greenroom_domain::resume::{Resume, ResumeRecord, Seniority, Warning};
use greenroom_domain::rubric::RubricRef;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A resume as it was read, or as its owner corrected it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResumeBody {
    id: ResumeId,
    /// Name of the uploaded file; null for pasted text.
    file_name: Option<String>,
    /// The file that it was read from, at `/api/resumes/{id}/original`; null for pasted text, and when the file was not
    /// kept.
    original: Option<OriginalBody>,
    #[serde(flatten)]
    resume: Resume,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// A file that a resume was read from.
#[derive(Debug, Serialize, ToSchema)]
pub struct OriginalBody {
    bytes: u64,
    /// Such as `application/pdf`.
    content_type: String,
}

impl ResumeBody {
    pub(crate) fn new(record: ResumeRecord, original: Option<StoredObject>) -> Self {
        let body =
            |object: StoredObject| OriginalBody { bytes: object.bytes, content_type: object.content_type };
        Self {
            id: record.id,
            file_name: record.file_name,
            original: original.map(body),
            resume: record.resume,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

/// Upload a resume: a file, or pasted text.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the multipart form for the OpenAPI document")]
pub struct ResumeUpload {
    /// PDF, DOCX, TXT or Markdown.
    #[schema(value_type = String, format = Binary, required = false)]
    file: Option<Vec<u8>>,
    /// Pasted text, when there is no file.
    #[schema(nullable = false)]
    text: Option<String>,
}

/// Read a job description.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ParseJobBody {
    #[schema(max_length = 50000)]
    pub(crate) job_description: String,
}

/// What was read in a job description.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobBody {
    position: Option<String>,
    seniority: Option<Seniority>,
    employment: Option<String>,
    /// ISO 639-1 code of the text's language.
    language: Option<String>,
    skills: Vec<JobSkill>,
    responsibilities: Vec<String>,
    competencies: Vec<LabelledCompetency>,
    warnings: Vec<Warning>,
}

/// A competency that a job calls for.
#[derive(Debug, Serialize, ToSchema)]
pub struct LabelledCompetency {
    key: String,
    /// Name for people.
    label: String,
    weight: f64,
    /// The phrases that call for it.
    evidence: Vec<String>,
}

impl JobBody {
    pub(crate) fn new(app: &App, posting: JobPosting) -> Self {
        let labelled = |c: JobCompetency| LabelledCompetency {
            label: app.bank().label(&c.key).to_owned(),
            key: c.key,
            weight: c.weight,
            evidence: c.evidence,
        };
        Self {
            position: posting.position,
            seniority: posting.seniority,
            employment: posting.employment,
            language: posting.language,
            skills: posting.skills,
            responsibilities: posting.responsibilities,
            competencies: posting.competencies.into_iter().map(labelled).collect(),
            warnings: posting.warnings,
        }
    }
}

/// A competency of the taxonomy.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompetencyBody {
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) kind: CompetencyKind,
    pub(crate) description: String,
}

/// Make or replace an interview set-up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ConfigInput {
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\s\\x00-\\x1f\\x7f-\\x9f][^\\x00-\\x1f\\x7f-\\x9f]*$"
    )]
    title: String,
    #[schema(max_length = 50000)]
    job_description: String,
    /// Job title; read from the job description when left out.
    #[schema(max_length = 200)]
    position: Option<String>,
    difficulty: Difficulty,
    #[schema(min_items = 1)]
    interview_type: Vec<InterviewType>,
    /// Minutes.
    #[schema(minimum = 3, maximum = 120)]
    duration: u32,
    interviewer_personality: Option<Personality>,
    /// Questions without follow-ups; the time decides when left out.
    #[schema(minimum = 1, maximum = 40)]
    question_count: Option<u32>,
    /// ISO 639-1; English so far.
    #[schema(pattern = "^(en)?$")]
    language: Option<String>,
    resume_id: Option<ResumeId>,
    rubric_id: Option<String>,
    /// What was read in the job description, corrected.
    posting: Option<JobPosting>,
}

impl From<ConfigInput> for Draft {
    fn from(input: ConfigInput) -> Self {
        Self {
            title: input.title,
            job_description: input.job_description,
            position: input.position,
            difficulty: input.difficulty,
            types: input.interview_type,
            duration_minutes: input.duration,
            personality: input.interviewer_personality.unwrap_or_default(),
            question_count: input.question_count,
            language: input.language,
            resume_id: input.resume_id,
            rubric_id: input.rubric_id,
            posting: input.posting,
        }
    }
}

/// An interview set-up.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfigBody {
    id: ConfigId,
    title: String,
    job_description: String,
    position: Option<String>,
    difficulty: Difficulty,
    interview_type: Vec<InterviewType>,
    /// Minutes.
    duration: u32,
    interviewer_personality: Personality,
    question_count: Option<u32>,
    language: String,
    resume_id: Option<ResumeId>,
    rubric: RubricRef,
    posting: JobBody,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl ConfigBody {
    pub(crate) fn new(app: &App, config: InterviewConfig) -> Self {
        let settings = config.settings;
        Self {
            id: config.id,
            title: config.title,
            job_description: config.job_description,
            position: settings.position,
            difficulty: settings.difficulty,
            interview_type: settings.types,
            duration: settings.duration_minutes,
            interviewer_personality: settings.personality,
            question_count: settings.question_count,
            language: settings.language,
            resume_id: config.resume_id,
            rubric: settings.rubric,
            posting: JobBody::new(app, config.posting),
            created_at: config.created_at,
            updated_at: config.updated_at,
        }
    }
}
