use greenroom_app::AuditCheck;
use greenroom_domain::audit::AuditEntry;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{AuditId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that somebody did, or tried.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntryBody {
    id: AuditId,
    at: Timestamp,
    /// Null for the command line, for the program itself and for who is not known.
    actor: Option<UserId>,
    #[schema(example = "models.changed")]
    action: String,
    /// To whom or what: an id or a name.
    subject: String,
    /// More about it, in words.
    details: String,
}

impl From<AuditEntry> for AuditEntryBody {
    fn from(AuditEntry { id, at, actor, action, subject, details }: AuditEntry) -> Self {
        Self { id, at, actor, action, subject, details }
    }
}

/// Whether the past is as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditVerificationBody {
    /// Entries that were looked at.
    entries: u64,
    /// Entries that were sealed with a master key that is not here, and cannot be checked.
    unknown: u64,
    /// Number of the first entry that is not right; null when all are.
    fault_at: Option<u64>,
    /// What is wrong with it, in words.
    fault: Option<&'static str>,
    /// Number of the last entry and its seal, as `greenroom audit verify --noted` takes them; null when there is none.
    mark: Option<String>,
}

impl From<AuditCheck> for AuditVerificationBody {
    fn from(AuditCheck { entries, last, fault, unknown }: AuditCheck) -> Self {
        Self {
            entries,
            unknown,
            fault_at: fault.map(|(seq, _)| seq),
            fault: fault.map(|(_, why)| why),
            mark: last.map(|mark| mark.to_string()),
        }
    }
}
