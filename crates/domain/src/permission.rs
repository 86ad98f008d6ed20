//! Who may do what: the one table.

use crate::account::{Role, User};

/// What somebody is when they ask for something: a guest, or an account's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Without an account.
    Guest,
    /// Practises.
    JobSeeker,
    /// Hires.
    Recruiter,
    /// Looks after questions, rubrics and templates.
    Curator,
    /// Runs the system.
    Admin,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Guest, Self::JobSeeker, Self::Recruiter, Self::Curator, Self::Admin];
}

impl User {
    /// What the person is when they ask for something.
    pub fn standing(&self) -> Standing {
        match self.role {
            _ if self.is_guest() => Standing::Guest,
            Role::JobSeeker => Standing::JobSeeker,
            Role::Recruiter => Standing::Recruiter,
            Role::Curator => Standing::Curator,
            Role::Admin => Standing::Admin,
        }
    }
}

/// What may be allowed. Each operation of the API names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Look after one's own account, sign-ins and data.
    OwnAccount,
    /// Prepare and hold practice interviews, and read what came of them: one's own only.
    Practise,
    /// Look after the question bank.
    Curate,
    /// Run the system: models, judges, jobs.
    Administer,
}

/// The table: what it is, how the OpenAPI document names it, and who may.
const TABLE: [(Permission, &str, &[Standing]); 4] = [
    (Permission::OwnAccount, "own_account", &Standing::ALL),
    (Permission::Practise, "practise", &Standing::ALL),
    (Permission::Curate, "curate", &[Standing::Curator, Standing::Admin]),
    (Permission::Administer, "administer", &[Standing::Admin]),
];

impl Permission {
    /// The permission with this name, such as `practise`.
    pub fn from_key(key: &str) -> Option<Self> {
        TABLE.iter().find(|(_, name, _)| *name == key).map(|(permission, ..)| *permission)
    }

    /// Whether somebody of this standing has it.
    pub fn is_of(self, standing: Standing) -> bool {
        TABLE.iter().any(|(permission, _, who)| *permission == self && who.contains(&standing))
    }

    /// Whether everybody has it who is signed in.
    pub fn is_everybodys(self) -> bool {
        Standing::ALL.into_iter().all(|standing| self.is_of(standing))
    }
}
