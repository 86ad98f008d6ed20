//! `greenroom user`: accounts without the web.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::wire;
use clap::{Subcommand, ValueEnum};
use greenroom_app::accounts::{self, Registration};
use greenroom_domain::account::Role;
use std::io::BufRead;
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
    /// Set a new password, read from the first line of stdin. All sign-ins end.
    ResetPassword {
        /// Address.
        #[arg(long)]
        email: String,
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
    eprintln!("Password (one line on stdin):");
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let outcome = run(async {
        let app = wire(&config).await?.app;
        Ok(match what {
            User::Add { email, name, role } => {
                let name = name.unwrap_or_else(|| email.clone());
                let registration = Registration { email, password, name, consents: Vec::new() };
                accounts::add(&app, registration, role.into()).await
            }
            User::ResetPassword { email } => accounts::reset_password(&app, &email, password).await,
        })
    })?;
    match outcome {
        Ok(user) => {
            println!("{}  {}", user.id, user.email.unwrap_or_default());
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(Failure::BadInput(error.message)),
    }
}
