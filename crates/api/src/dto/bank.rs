use super::DriftBody;
use greenroom_app::App;
use greenroom_app::bank::{FileFormat, Import, Imported, Listed, Note, Origin, Severity};
use greenroom_app::calibration::Drifted;
use greenroom_domain::bank::{BankEntry, BankQuestion, BankRole, OwnQuestion};
use greenroom_domain::clock::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a question comes from.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionOrigin {
    /// It ships with the program and stays as it is.
    Shipped,
    /// It was added here.
    Own,
}

impl From<QuestionOrigin> for Origin {
    fn from(origin: QuestionOrigin) -> Self {
        match origin {
            QuestionOrigin::Shipped => Self::Shipped,
            QuestionOrigin::Own => Self::Own,
        }
    }
}

/// Kinds of file with questions.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionFormat {
    /// A JSON object a line.
    #[default]
    Jsonl,
    /// Comma-separated values with a line of names.
    Csv,
}

impl From<QuestionFormat> for FileFormat {
    fn from(format: QuestionFormat) -> Self {
        match format {
            QuestionFormat::Jsonl => Self::Jsonl,
            QuestionFormat::Csv => Self::Csv,
        }
    }
}

/// A question of the bank, for those who look after it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CuratedQuestionBody {
    role: String,
    role_title: String,
    /// Name of its competency for people.
    competency_label: String,
    origin: QuestionOrigin,
    /// From 1; null for what ships.
    version: Option<u32>,
    /// Whether it is no longer asked.
    retired: bool,
    /// When this version was stored; null for what ships.
    changed_at: Option<Timestamp>,
    /// Where it was taken from.
    source: Option<String>,
    /// Under which licence.
    licence: Option<String>,
    /// Day on which somebody who did not write it last read it; null where nobody did.
    reviewed_on: Option<String>,
    /// ISO 639-1 codes of the languages that it is there in.
    languages: Vec<String>,
    /// What its answers have taught; null while too few people have answered it.
    calibration: Option<DriftBody>,
    question: BankQuestion,
}

/// One version of a question that was added here.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionVersionBody {
    /// From 1.
    version: u32,
    /// Whether it is no longer asked from this version on.
    retired: bool,
    /// When it was stored.
    changed_at: Timestamp,
    role: String,
    /// Where it was taken from.
    source: Option<String>,
    /// Under which licence.
    licence: Option<String>,
    question: BankQuestion,
}

impl From<OwnQuestion> for QuestionVersionBody {
    fn from(own: OwnQuestion) -> Self {
        let BankEntry { role, question, source, licence } = own.entry;
        let OwnQuestion { version, retired, at, .. } = own;
        Self { version, retired, changed_at: at, role, source, licence, question }
    }
}

/// A role of the bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankRoleBody {
    key: String,
    /// Name for people.
    title: String,
    /// Questions that are asked.
    questions: usize,
}

impl From<&BankRole> for BankRoleBody {
    fn from(role: &BankRole) -> Self {
        Self { key: role.role.clone(), title: role.title.clone(), questions: role.questions.len() }
    }
}

impl CuratedQuestionBody {
    pub(crate) fn new(app: &App, listed: Listed) -> Self {
        let bank = app.bank();
        let Listed { entry, own, calibration } = listed;
        let role = bank.role(&entry.role);
        let reviewed = role
            .filter(|_| own.is_none())
            .and_then(|role| role.review.as_ref().map(|review| review.on.clone()));
        let others = bank.translations().iter().map(|translation| translation.language.as_str());
        let spoken = others.filter(|language| bank.question_in(language, &entry.question.id).is_some());
        Self {
            role_title: role.map_or_else(|| entry.role.clone(), |role| role.title.clone()),
            competency_label: bank.label(&entry.question.competency).to_owned(),
            origin: if own.is_some() { QuestionOrigin::Own } else { QuestionOrigin::Shipped },
            version: own.as_ref().map(|own| own.version),
            retired: own.as_ref().is_some_and(|own| own.retired),
            changed_at: own.as_ref().map(|own| own.at),
            reviewed_on: reviewed,
            calibration: calibration.map(|found| Drifted { found, text: None }.into()),
            languages: std::iter::once("en").chain(spoken).map(str::to_owned).collect(),
            role: entry.role,
            source: entry.source,
            licence: entry.licence,
            question: entry.question,
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.question.id
    }
}

/// A file with questions.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BankImportBody {
    #[serde(default)]
    format: QuestionFormat,
    /// The file itself, at most 2 000 questions.
    #[schema(min_length = 1)]
    content: String,
    /// The role of all its questions, whatever they say themselves.
    #[serde(default)]
    role: Option<String>,
    /// Only tell what would happen.
    #[serde(default)]
    pub(crate) dry_run: bool,
}

impl From<BankImportBody> for Import {
    fn from(body: BankImportBody) -> Self {
        Self { format: body.format.into(), text: body.content, role: body.role }
    }
}

/// What became of a file with questions.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankImportedBody {
    /// Whether nothing was stored.
    dry_run: bool,
    /// Rows that were there.
    rows: usize,
    /// New questions.
    added: usize,
    /// Questions that are there in another version now.
    changed: usize,
    /// Questions that were there already.
    unchanged: usize,
    /// Rows that did not go in.
    refused: usize,
    /// Why, and what somebody should look at.
    notes: Vec<BankNoteBody>,
}

impl BankImportedBody {
    pub(crate) fn new(imported: Imported, dry_run: bool) -> Self {
        let Imported { rows, added, changed, unchanged, refused, notes } = imported;
        let notes = notes.into_iter().map(BankNoteBody::from).collect();
        Self { dry_run, rows, added, changed, unchanged, refused, notes }
    }
}

/// A remark on a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankNoteBody {
    /// Number of the line that the row begins on, from 1.
    line: usize,
    /// Name of the column, or number of the character on the line.
    column: Option<String>,
    /// Key of the question, if it could be read.
    question: Option<String>,
    severity: NoteSeverity,
    /// Stable key of the rule.
    rule: String,
    message: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteSeverity {
    /// It kept the row out.
    Error,
    /// Somebody should look at it.
    Warning,
}

impl From<Note> for BankNoteBody {
    fn from(note: Note) -> Self {
        let severity = match note.severity {
            Severity::Error => NoteSeverity::Error,
            Severity::Warning => NoteSeverity::Warning,
        };
        let Note { line, column, question, rule, message, .. } = note;
        Self { line, column, question, severity, rule, message }
    }
}
