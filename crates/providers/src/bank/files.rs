//! Reading the bank's files.
//!
//! A folder has a file a role, `competencies.toml`, `core.toml` with the keys of the questions that every language
//! has, and a folder a language with `core.toml` in it: those questions in that language.

use super::{Bank, BankError, Content};
use greenroom_domain::bank::{Competency, Translation};
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

#[derive(RustEmbed)]
#[folder = "../../bank/"]
#[include = "*.toml"]
struct Shipped;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompetencyFile {
    competency: Vec<Competency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoreFile {
    questions: Vec<String>,
}

impl Bank {
    /// Reads the bank that is part of the program.
    pub fn shipped() -> Result<Self, BankError> {
        parse(Shipped::iter().map(|name| {
            let bytes = Shipped::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
            (name.replace('\\', "/"), bytes)
        }))
    }

    /// Reads the `.toml` files of a folder, and of the folders in it that are named by a language.
    pub fn read(folder: &Path) -> Result<Self, BankError> {
        let mut files = Vec::new();
        for path in entries(folder)? {
            if is_toml(&path) {
                files.push((name(&path), read(&path)?));
            } else if path.is_dir() && name(&path).len() == 2 {
                for inner in entries(&path)?.into_iter().filter(|path| is_toml(path)) {
                    files.push((format!("{}/{}", name(&path), name(&inner)), read(&inner)?));
                }
            }
        }
        parse(files)
    }
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, BankError> {
    let fail = |error: std::io::Error| unreadable(folder, &error);
    let paths = std::fs::read_dir(folder).map_err(fail)?.map(|entry| Ok(entry.map_err(fail)?.path()));
    paths.collect()
}

fn read(path: &Path) -> Result<Vec<u8>, BankError> {
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> BankError {
    BankError::File { file: path.display().to_string(), message: error.to_string() }
}

fn is_toml(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|extension| extension == "toml")
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn parse(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Bank, BankError> {
    let mut content = Content::default();
    for (file, bytes) in files {
        match file.split_once('/') {
            Some((language, _)) => content.translations.push(translation(language, &file, &bytes)?),
            None if file == "competencies.toml" => {
                content.competencies = toml::<CompetencyFile>(&file, &bytes)?.competency;
            }
            None if file == "core.toml" => content.core = toml::<CoreFile>(&file, &bytes)?.questions,
            None => content.roles.push(toml(&file, &bytes)?),
        }
    }
    Bank::of(content)
}

fn translation(folder: &str, file: &str, bytes: &[u8]) -> Result<Translation, BankError> {
    let translation: Translation = toml(file, bytes)?;
    if translation.language != folder {
        let message = format!("language = \"{}\" in the folder {folder}", translation.language);
        return Err(BankError::File { file: file.to_owned(), message });
    }
    Ok(translation)
}

fn toml<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, BankError> {
    let fail = |message: String| BankError::File { file: file.to_owned(), message };
    let text = std::str::from_utf8(bytes).map_err(|error| fail(error.to_string()))?;
    toml::from_str(text).map_err(|error| fail(error.to_string()))
}
