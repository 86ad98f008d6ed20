//! The question bank that ships with the program: reviewed data files, read once.

use greenroom_domain::bank::{BankQuestion, BankRole, Competency};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Key of the role whose questions fit any job.
pub const GENERAL: &str = "general";

#[derive(RustEmbed)]
#[folder = "../../bank/"]
#[include = "*.toml"]
struct Files;

/// Why the bank could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BankError {
    /// A file is not valid.
    #[error("bank file {file}: {message}")]
    File {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// Two questions have the same key.
    #[error("question {0} appears twice in the bank")]
    Duplicate(String),
}

/// All roles, their questions and the competency taxonomy.
#[derive(Clone, Debug)]
pub struct Bank {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    roles: Vec<BankRole>,
    competencies: Vec<Competency>,
    /// Question key to (role, question) positions.
    index: HashMap<String, (usize, usize)>,
}

#[derive(Deserialize)]
struct CompetencyFile {
    competency: Vec<Competency>,
}

impl Bank {
    /// Reads the bank that is part of the program.
    pub fn shipped() -> Result<Self, BankError> {
        Self::parse(Files::iter().map(|name| {
            let bytes = Files::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
            (name.into_owned(), bytes)
        }))
    }

    /// Reads the `.toml` files of a folder.
    pub fn read(folder: &Path) -> Result<Self, BankError> {
        let fail = |error: std::io::Error| BankError::File {
            file: folder.display().to_string(),
            message: error.to_string(),
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.push((name, std::fs::read(&path).map_err(fail)?));
            }
        }
        Self::parse(files)
    }

    fn parse(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, BankError> {
        let mut roles = Vec::new();
        let mut competencies = Vec::new();
        for (file, bytes) in files {
            let fail = |message: String| BankError::File { file: file.clone(), message };
            let text = std::str::from_utf8(&bytes).map_err(|e| fail(e.to_string()))?;
            if file == "competencies.toml" {
                let parsed: CompetencyFile = toml::from_str(text).map_err(|e| fail(e.to_string()))?;
                competencies = parsed.competency;
            } else {
                roles.push(toml::from_str(text).map_err(|e| fail(e.to_string()))?);
            }
        }
        Self::new(roles, competencies)
    }

    /// A bank of these roles and competencies.
    pub fn new(mut roles: Vec<BankRole>, competencies: Vec<Competency>) -> Result<Self, BankError> {
        roles.sort_by(|a, b| a.role.cmp(&b.role));
        let mut index = HashMap::new();
        for (r, role) in roles.iter().enumerate() {
            for (q, question) in role.questions.iter().enumerate() {
                if index.insert(question.id.clone(), (r, q)).is_some() {
                    return Err(BankError::Duplicate(question.id.clone()));
                }
            }
        }
        Ok(Self { inner: Arc::new(Inner { roles, competencies, index }) })
    }

    /// All roles, by key.
    pub fn roles(&self) -> &[BankRole] {
        &self.inner.roles
    }

    /// The role with this key.
    pub fn role(&self, key: &str) -> Option<&BankRole> {
        self.inner.roles.iter().find(|role| role.role == key)
    }

    /// The competency taxonomy.
    pub fn competencies(&self) -> &[Competency] {
        &self.inner.competencies
    }

    /// The name for people of a competency; its key when it is unknown.
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.inner.competencies.iter().find(|c| c.key == key).map_or(key, |c| &c.label)
    }

    /// The question with this key.
    pub fn question(&self, id: &str) -> Option<&BankQuestion> {
        let (role, question) = *self.inner.index.get(id)?;
        self.inner.roles.get(role)?.questions.get(question)
    }

    /// All questions with their roles.
    pub fn questions(&self) -> impl Iterator<Item = (&BankRole, &BankQuestion)> {
        self.inner.roles.iter().flat_map(|role| role.questions.iter().map(move |question| (role, question)))
    }
}
