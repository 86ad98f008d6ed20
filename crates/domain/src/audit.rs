//! Who did what: for those who must be able to say so later.

use crate::clock::Timestamp;
use crate::ids::{AuditId, UserId};

/// What is written down when somebody does it, or tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Somebody signed in.
    SignedIn,
    /// Somebody was not let in.
    SignInRefused,
    /// A sign-in was ended by its person.
    SignInEnded,
    /// A refresh token came twice, so its sign-in was ended.
    SignInCopied,
    /// Somebody registered.
    Registered,
    /// An operator made an account.
    AccountAdded,
    /// Somebody set another password of theirs.
    PasswordChanged,
    /// Somebody who was signed in gave a wrong password.
    PasswordRefused,
    /// An operator set a password.
    PasswordReset,
    /// Somebody set another e-mail address of theirs.
    EmailChanged,
    /// An account has another role.
    RoleChanged,
    /// An administrator keeps somebody out.
    Locked,
    /// An operator let somebody in again.
    Unlocked,
    /// An account at a provider leads into one here.
    IdentityLinked,
    /// It does so no more.
    IdentityUnlinked,
    /// Somebody took all their data with them.
    Exported,
    /// An administrator looked at somebody's account.
    AccountViewed,
    /// An administrator looked at a page of the list of people.
    PeopleListed,
    /// Somebody left, with everything of theirs.
    Erased,
    /// Somebody agreed to something.
    ConsentGiven,
    /// Somebody agrees no more.
    ConsentWithdrawn,
    /// Somebody asked for what they may not do.
    AccessRefused,
    /// Who is asked among language models, or in which order.
    ModelsChanged,
    /// A language model was tried.
    ModelTested,
    /// A judge was tried on the ladder.
    JudgeTested,
    /// Questions of the bank were added, changed or retired.
    BankChanged,
    /// The bank is calibrated by what people answered.
    CalibrationStarted,
    /// Work that was given up is tried again.
    JobRetried,
    /// Work that was given up is forgotten.
    JobDropped,
    /// The master key was changed.
    KeysRotated,
    /// Somebody deleted the sound of an interview of theirs.
    RecordingDeleted,
    /// A copy of the database was made; the subject is its path.
    BackupMade,
    /// A copy took the place of the database; the subject is its path.
    BackupRestored,
    /// Data whose time was over was deleted.
    RetentionDeleted,
    /// This log was taken out as a file.
    AuditExported,
    /// The oldest entries of this log were deleted; the subject is the number of the last of them.
    AuditPruned,
}

/// The table: what it is and how it is stored and sent.
const TABLE: [(Action, &str); 36] = [
    (Action::SignedIn, "sign_in.succeeded"),
    (Action::SignInRefused, "sign_in.refused"),
    (Action::SignInEnded, "sign_in.ended"),
    (Action::SignInCopied, "sign_in.copied"),
    (Action::Registered, "account.registered"),
    (Action::AccountAdded, "account.added"),
    (Action::PasswordChanged, "account.password_changed"),
    (Action::PasswordRefused, "account.password_refused"),
    (Action::PasswordReset, "account.password_reset"),
    (Action::EmailChanged, "account.email_changed"),
    (Action::RoleChanged, "account.role_changed"),
    (Action::Locked, "account.locked"),
    (Action::Unlocked, "account.unlocked"),
    (Action::IdentityLinked, "account.identity_linked"),
    (Action::IdentityUnlinked, "account.identity_unlinked"),
    (Action::Exported, "account.exported"),
    (Action::AccountViewed, "account.viewed"),
    (Action::PeopleListed, "people.listed"),
    (Action::Erased, "account.erased"),
    (Action::ConsentGiven, "consent.given"),
    (Action::ConsentWithdrawn, "consent.withdrawn"),
    (Action::AccessRefused, "access.refused"),
    (Action::ModelsChanged, "models.changed"),
    (Action::ModelTested, "models.tested"),
    (Action::JudgeTested, "judges.tested"),
    (Action::BankChanged, "bank.changed"),
    (Action::CalibrationStarted, "bank.calibration_started"),
    (Action::JobRetried, "jobs.retried"),
    (Action::JobDropped, "jobs.dropped"),
    (Action::KeysRotated, "keys.rotated"),
    (Action::RecordingDeleted, "recording.deleted"),
    (Action::BackupMade, "backup.made"),
    (Action::BackupRestored, "backup.restored"),
    (Action::RetentionDeleted, "retention.deleted"),
    (Action::AuditExported, "audit.exported"),
    (Action::AuditPruned, "audit.pruned"),
];

impl Action {
    /// Stable name, for example `models.changed`.
    pub fn key(self) -> &'static str {
        TABLE.iter().find(|(action, _)| *action == self).expect("every action is in the table").1
    }

    /// The names of all of them.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(_, key)| *key)
    }
}

/// Something that somebody did. Ids, names of things and counts; no words of people, no addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its name.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the command line, for the program itself and for who is not known.
    pub actor: Option<UserId>,
    /// Stable name of an [`Action`]; of a newer version of the program perhaps.
    pub action: String,
    /// To whom or what.
    pub subject: String,
    /// More about it, in words.
    pub details: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_name_of_its_own() {
        let names: HashSet<_> = Action::keys().collect();
        assert_eq!(names.len(), TABLE.len());
        for (action, key) in TABLE {
            assert_eq!(action.key(), key);
        }
    }
}
