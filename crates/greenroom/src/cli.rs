//! The command line: what can be asked for, and how an outcome becomes an exit code.

use crate::commands::{self, Failure};
use clap::{Args, Parser, Subcommand};
use greenroom_telemetry::causes::in_full;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Practice interviews with judgements that stand on verified quotes.
#[derive(Parser)]
#[command(name = "greenroom", version)]
pub struct Cli {
    /// Configuration file; default `greenroom.toml` in the present directory, if there is one.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Where the database and keys are kept; default `data`.
    #[arg(long, global = true)]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve(Serve),
    /// Hold a whole interview in the terminal.
    Practice(commands::practice::Practice),
    /// Judge a finished conversation: Greenroom's transcript or a LiveKit chat history.
    Evaluate(commands::evaluate::Evaluate),
    /// Score answers: JSON lines in on stdin, JSON lines out on stdout.
    Score,
    /// Read a resume or a job description, as JSON.
    #[command(subcommand)]
    Parse(commands::parse::Parse),
    /// The question bank.
    #[command(subcommand)]
    Bank(commands::bank::Bank),
    /// Play the rules with people whose ability is known.
    #[command(subcommand)]
    Simulate(commands::simulate::Simulate),
    /// Check configuration and database, in words; with --judge, who judges.
    Check(commands::check::Check),
    /// Accounts without the web.
    #[command(subcommand)]
    User(commands::user::User),
    /// Bring the database up to date.
    Migrate {
        /// Also cut the log of events into parts by month (PostgreSQL), for installations with very many interviews. Not
        /// to be taken back; the server may run.
        #[arg(long)]
        cut_log: bool,
    },
    /// Write a consistent copy of the database, also while the server runs. One form for SQLite and PostgreSQL. The keys
    /// of people go into a file of their own.
    Backup {
        /// The copy; must not exist.
        file: PathBuf,
        /// Where the keys go; default: FILE.keys. One that is there is replaced.
        #[arg(long)]
        keys: Option<PathBuf>,
    },
    /// Put a copy back. The server must not run.
    Restore {
        /// The copy, of either engine.
        file: PathBuf,
        /// Where the keys are; default: FILE.keys, and those of the present database.
        #[arg(long)]
        keys: Option<PathBuf>,
        /// Also when the database holds data. On SQLite the old file is kept beside the new one; on PostgreSQL the
        /// old data is gone.
        #[arg(long)]
        force: bool,
    },
    /// Weights for recognition of speech in this process.
    #[command(subcommand)]
    Models(commands::models::Models),
    /// Who did what.
    #[command(subcommand)]
    Audit(commands::audit::Audit),
    /// How long what is kept.
    #[command(subcommand)]
    Retention(commands::retention::Retention),
    /// The keys that what people said is encrypted with.
    #[command(subcommand)]
    Keys(commands::keys::Keys),
    /// Print the OpenAPI 3.1 document.
    Openapi {
        /// Print the JSON schema of the live line (WebSocket) instead.
        #[arg(long)]
        live: bool,
    },
    /// The configuration.
    #[command(subcommand)]
    Config(commands::settings::ConfigCommand),
}

#[derive(Args)]
struct Serve {
    /// Address to listen on; default 127.0.0.1:8080.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Parts to run, comma-separated: api, live, worker. All by default.
    #[arg(long, value_delimiter = ',')]
    role: Vec<String>,
}

impl Cli {
    /// Runs the command. 0 done, 1 failed, 2 bad usage or bad input.
    pub fn run(self) -> ExitCode {
        if !matches!(self.command, Command::Serve(_) | Command::Practice(_)) {
            // Who reads only the first lines of the output (`| head`) has not made a mistake.
            sigpipe::reset();
        }
        match self.dispatch() {
            Ok(code) => code,
            Err(Failure::BadInput(message)) => {
                eprintln!("{message}");
                ExitCode::from(2)
            }
            Err(Failure::Failed(error)) => {
                eprintln!("greenroom: {}", in_full(error.as_ref()));
                ExitCode::from(1)
            }
        }
    }

    fn dispatch(self) -> Result<ExitCode, Failure> {
        let source = crate::config::Source { file: self.config, data_dir: self.data_dir };
        match self.command {
            Command::Serve(serve) => commands::serve::serve(source, serve.listen, &serve.role),
            Command::Practice(practice) => commands::practice::practice(&source, practice),
            Command::Evaluate(evaluate) => commands::evaluate::evaluate(&evaluate),
            Command::Score => commands::score::score(),
            Command::Parse(parse) => commands::parse::parse(parse),
            Command::Bank(bank) => commands::bank::bank(source, bank),
            Command::Simulate(simulate) => commands::simulate::simulate(simulate),
            Command::Check(check) => commands::check::check(source, &check),
            Command::User(user) => commands::user::user(source, user),
            Command::Migrate { cut_log } => commands::data::migrate(source, cut_log),
            Command::Backup { file, keys } => commands::data::backup(source, &file, keys),
            Command::Restore { file, keys, force } => commands::restore::restore(source, &file, keys, force),
            Command::Models(models) => commands::models::models(&source, models),
            Command::Audit(audit) => commands::audit::audit(source, audit),
            Command::Retention(retention) => commands::retention::retention(source, retention),
            Command::Keys(keys) => commands::keys::keys(source, keys),
            Command::Openapi { live } => commands::settings::openapi(live),
            Command::Config(command) => commands::settings::config(source, command),
        }
    }
}
