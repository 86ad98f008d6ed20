//! `greenroom models`: weights for recognition of speech in this process.

use super::{Failure, run};
use crate::config::{Config, Source};
use clap::Subcommand;
use greenroom_speech::{KeptModel, Model, PullError, known_models, pull};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Models {
    /// Which models there are, and which of them are here.
    List {
        /// For programs.
        #[arg(long)]
        json: bool,
    },
    /// Fetch a model into the data directory. A fetch that broke off is gone on with; what is not the model is thrown
    /// away. `HTTPS_PROXY` and `HTTP_PROXY` are honoured.
    Pull {
        /// Its name, as `models list` says it.
        name: String,
        /// Address of a folder with the same files, for example a mirror of one's own.
        #[arg(long)]
        from: Option<String>,
    },
    /// Delete a model that is here.
    Remove {
        /// Its name.
        name: String,
    },
}

pub fn models(source: &Source, what: Models) -> Result<ExitCode, Failure> {
    let config = Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let folder = config.speech.models_dir.clone().unwrap_or_else(|| PathBuf::from("models"));
    match what {
        Models::List { json: true } => println!("{}", document(&folder)),
        Models::List { json: false } => list(&folder),
        Models::Pull { name, from } => {
            let model = named(&name)?;
            let model = from.iter().fold(model, |model, url| model.from_mirror(url));
            fetch(&model, &folder)?;
        }
        Models::Remove { name } => {
            let was_there = named(&name)?.remove(&folder)?;
            println!("{name} {}", if was_there { "is deleted." } else { "was not here." });
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn named(name: &str) -> Result<Model, Failure> {
    let models = known_models();
    let names: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let unknown = format!("there is no model {name}; there are {}", names.join(", "));
    models.into_iter().find(|model| model.name == name).ok_or(Failure::BadInput(unknown))
}

fn list(folder: &Path) {
    for model in known_models() {
        let here = match model.kept(folder) {
            KeptModel::Nothing => "not here".to_owned(),
            KeptModel::Part(bytes) => format!("{} MB of it are here; pull it again", megabytes(bytes)),
            KeptModel::Whole => format!("here: {}", folder.join(&model.file).display()),
            KeptModel::Other(bytes) => {
                format!(
                    "not the model: {} has {bytes} bytes; pull it again",
                    folder.join(&model.file).display()
                )
            }
        };
        println!("{:<16} {:>5} MB  {here}", model.name, megabytes(model.bytes));
    }
}

fn document(folder: &Path) -> serde_json::Value {
    let entry = |model: Model| {
        let (kept, bytes_here) = match model.kept(folder) {
            KeptModel::Nothing => ("nothing", 0),
            KeptModel::Part(bytes) => ("part", bytes),
            KeptModel::Whole => ("whole", model.bytes),
            KeptModel::Other(bytes) => ("other", bytes),
        };
        let file = folder.join(&model.file);
        serde_json::json!({
            "name": model.name, "bytes": model.bytes, "sha256": model.sha256, "url": model.url, "file": file,
            "kept": kept, "bytes_here": bytes_here,
        })
    };
    serde_json::json!({ "models": known_models().into_iter().map(entry).collect::<Vec<_>>() })
}

fn fetch(model: &Model, folder: &Path) -> Result<(), Failure> {
    let bar = ProgressBar::no_length();
    if let Ok(style) =
        ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left")
    {
        bar.set_style(style);
    }
    let told = bar.clone();
    let outcome = run(async {
        Ok(pull(model, folder, |there, all| {
            told.set_length(all);
            told.set_position(there);
        })
        .await)
    })?;
    bar.finish_and_clear();
    let file = match outcome {
        Ok(file) => file,
        Err(error) => {
            return Err(Failure::Failed(anyhow::anyhow!("{error}{}", by_hand(model, folder, &error))));
        }
    };
    println!("{}", file.display());
    eprintln!(
        "It is used where speech.to_text.order names `whisper`{}.",
        if model.name == "base" {
            String::new()
        } else {
            format!(" and speech.to_text.engines.whisper.model is \"{}\"", model.name)
        }
    );
    if !cfg!(feature = "whisper") {
        eprintln!("This program was built without it: build it with --features whisper.");
    }
    Ok(())
}

/// What to do where a fetch does not come about.
fn by_hand(model: &Model, folder: &Path, error: &PullError) -> String {
    let Model { url, sha256, file, .. } = model;
    let file = folder.join(file);
    let kept = match model.kept(folder) {
        KeptModel::Part(bytes) => {
            format!("\n{} MB of it are kept; the same command goes on there.", megabytes(bytes))
        }
        _ => String::new(),
    };
    match error {
        PullError::Server(_) => format!(
            "{kept}\nWithout a way to it: fetch {url} on another machine, compare its SHA-256 ({sha256}) and put it \
             at {}; or name a mirror with --from.",
            file.display()
        ),
        _ => kept,
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
