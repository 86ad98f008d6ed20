//! `greenroom user`: accounts without the web.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::wire;
use clap::{Subcommand, ValueEnum};
use greenroom_app::accounts::{self, Imported, Registration};
use greenroom_app::{App, AppError};
use greenroom_domain::account::{Role, User as Account};
use serde_json::json;
use std::io::BufRead;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum User {
    /// Make an account. The password is read from the first line of stdin.
    Add {
        /// Address.
        #[arg(long)]
        email: String,
        /// Name; the address when left out.
        #[arg(long)]
        name: Option<String>,
        /// What the person may do.
        #[arg(long, value_enum, default_value = "job-seeker")]
        role: RoleArgument,
    },
    /// List accounts, the newest first; guests are left out.
    List {
        /// As JSON lines.
        #[arg(long)]
        json: bool,
    },
    /// Give an account another role, from its next request on.
    SetRole {
        /// Address.
        #[arg(long)]
        email: String,
        /// What the person may do.
        #[arg(long, value_enum)]
        role: RoleArgument,
    },
    /// Set a new password, read from the first line of stdin. All sign-ins end.
    ResetPassword {
        /// Address.
        #[arg(long)]
        email: String,
    },
    /// Let somebody sign in again at once who has to wait after wrong passwords.
    Unlock {
        /// Address.
        #[arg(long)]
        email: String,
    },
    /// Make accounts from a file of JSON lines: `email`, `password_hash` (bcrypt or Argon2), and `name` and `role` if
    /// wanted. Hashes are made anew when their person signs in.
    Import {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum RoleArgument {
    #[value(alias = "job_seeker")]
    JobSeeker,
    Recruiter,
    Curator,
    Admin,
}

impl From<RoleArgument> for Role {
    fn from(role: RoleArgument) -> Self {
        match role {
            RoleArgument::JobSeeker => Self::JobSeeker,
            RoleArgument::Recruiter => Self::Recruiter,
            RoleArgument::Curator => Self::Curator,
            RoleArgument::Admin => Self::Admin,
        }
    }
}

pub fn user(source: Source, what: User) -> Result<ExitCode, Failure> {
    let config = Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let needs_password = matches!(what, User::Add { .. } | User::ResetPassword { .. });
    let password = if needs_password { password()? } else { String::new() };
    let import = match &what {
        User::Import { file } => imported(&super::read_text(file)?)?,
        _ => Vec::new(),
    };
    let outcome = run(async {
        let app = wire(&config).await?.app;
        Ok(done(&app, what, password, import).await)
    })?;
    outcome.map_err(|error| Failure::BadInput(error.message))
}

fn password() -> Result<String, Failure> {
    eprintln!("Password (one line on stdin):");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Does it and says so.
async fn done(app: &App, what: User, password: String, import: Vec<Imported>) -> Result<ExitCode, AppError> {
    let user = match what {
        User::Add { email, name, role } => {
            let name = name.unwrap_or_else(|| email.clone());
            let registration = Registration { email, password, name, consents: Vec::new() };
            accounts::add(app, registration, role.into()).await?
        }
        User::ResetPassword { email } => accounts::reset_password(app, &email, password).await?,
        User::SetRole { email, role } => accounts::set_role(app, &email, role.into()).await?,
        User::Unlock { email } => {
            let waited = accounts::unlock(app, &email).await?;
            println!("{}", if waited { "unlocked" } else { "was not locked" });
            return Ok(ExitCode::SUCCESS);
        }
        User::List { json } => {
            accounts::all(app).await?.iter().for_each(|user| println!("{}", line(user, json)));
            return Ok(ExitCode::SUCCESS);
        }
        User::Import { .. } => return report(&accounts::import(app, import).await?),
    };
    println!("{}  {}", user.id, user.email.unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}

fn line(user: &Account, as_json: bool) -> String {
    let email = user.email.as_deref().unwrap_or_default();
    let role = user.role.name();
    if as_json {
        let created_at = user.created_at.to_string();
        return json!({"id": user.id, "email": email, "name": user.name, "role": role, "created_at": created_at})
            .to_string();
    }
    format!("{}  {role:<10}  {}  {email}", user.id, user.created_at)
}

/// The lines of the file; nothing is stored when one cannot be read.
fn imported(text: &str) -> Result<Vec<Imported>, Failure> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line)
                .map_err(|error| Failure::BadInput(format!("line {}: {error}; nothing was imported", at + 1)))
        })
        .collect()
}

/// Says what became of each; exit 1 when one was refused.
fn report(outcomes: &[(String, Result<(), AppError>)]) -> Result<ExitCode, AppError> {
    for (email, outcome) in outcomes {
        match outcome {
            Ok(()) => println!("{email}: imported"),
            Err(error) => eprintln!("{email}: {}", error.message),
        }
    }
    let refused = outcomes.iter().any(|(_, outcome)| outcome.is_err());
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
