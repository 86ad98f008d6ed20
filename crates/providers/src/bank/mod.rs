//! The question bank: reviewed data files that ship with the program, read once.

pub mod checks;
pub mod exchange;
mod files;
mod learned;
mod shelf;
#[cfg(test)]
mod tests;

pub use learned::Learned;
pub use shelf::Shelf;

use greenroom_domain::bank::{BankQuestion, BankRole, Competency, OwnQuestion, Translation};
use std::collections::HashMap;
use std::sync::Arc;

/// Key of the role whose questions fit any job.
pub const GENERAL: &str = "general";
/// The language of the bank's files.
pub const ORIGINAL: &str = "en";

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

/// What a bank is made of.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The roles with their questions, in English.
    pub roles: Vec<BankRole>,
    /// The taxonomy.
    pub competencies: Vec<Competency>,
    /// Keys of the questions that every translation has.
    pub core: Vec<String>,
    /// Questions in other languages.
    pub translations: Vec<Translation>,
}

#[derive(Debug)]
struct Inner {
    content: Content,
    /// Question key to (role, question) positions.
    index: HashMap<String, (usize, usize)>,
    /// Language, then question key, to the question in that language.
    translated: HashMap<String, HashMap<String, BankQuestion>>,
    /// Questions that are no longer asked, for interviews that asked them.
    retired: HashMap<String, BankQuestion>,
}

impl Inner {
    fn of(mut content: Content) -> Result<Self, BankError> {
        content.roles.sort_by(|a, b| a.role.cmp(&b.role));
        content.translations.sort_by(|a, b| a.language.cmp(&b.language));
        let mut index = HashMap::new();
        for (r, role) in content.roles.iter().enumerate() {
            for (q, question) in role.questions.iter().enumerate() {
                if index.insert(question.id.clone(), (r, q)).is_some() {
                    return Err(BankError::Duplicate(question.id.clone()));
                }
            }
        }
        let mut translated: HashMap<String, HashMap<String, BankQuestion>> = HashMap::new();
        for translation in &content.translations {
            let questions = translated.entry(translation.language.clone()).or_default();
            for question in &translation.questions {
                let original = index.get(&question.id).map(|&(r, q)| &content.roles[r].questions[q]);
                if let Some(Ok(fitting)) = original.map(|original| question.of(original)) {
                    questions.insert(question.id.clone(), fitting);
                }
            }
        }
        Ok(Self { content, index, translated, retired: HashMap::new() })
    }
}

impl Bank {
    /// A bank of these roles and competencies.
    pub fn new(roles: Vec<BankRole>, competencies: Vec<Competency>) -> Result<Self, BankError> {
        Self::of(Content { roles, competencies, ..Content::default() })
    }

    /// A bank of this content. Translations that do not fit their original are left aside.
    pub fn of(content: Content) -> Result<Self, BankError> {
        Ok(Self { inner: Arc::new(Inner::of(content)?) })
    }

    /// This bank with questions that the operator added. One whose key is taken here or whose role is not there is left
    /// aside: a newer version of the program may have taken its key.
    pub fn with(&self, own: &[OwnQuestion]) -> Self {
        let mut content = self.inner.content.clone();
        let mut retired = HashMap::new();
        for OwnQuestion { entry, retired: is_retired, .. } in own {
            let role = content.roles.iter_mut().find(|role| role.role == entry.role);
            let is_taken = self.inner.index.contains_key(&entry.question.id);
            match (role, is_taken, is_retired) {
                (_, false, true) => {
                    retired.insert(entry.question.id.clone(), entry.question.clone());
                }
                (Some(role), false, false) => role.questions.push(entry.question.clone()),
                _ => {
                    tracing::warn!(question.id = entry.question.id, "an added question does not fit the bank")
                }
            }
        }
        match Inner::of(content) {
            Ok(inner) => Self { inner: Arc::new(Inner { retired, ..inner }) },
            Err(error) => {
                tracing::error!(%error, "added questions are left aside");
                self.clone()
            }
        }
    }

    /// All roles, by key.
    pub fn roles(&self) -> &[BankRole] {
        &self.inner.content.roles
    }

    /// The role with this key.
    pub fn role(&self, key: &str) -> Option<&BankRole> {
        self.roles().iter().find(|role| role.role == key)
    }

    /// The competency taxonomy.
    pub fn competencies(&self) -> &[Competency] {
        &self.inner.content.competencies
    }

    /// Keys of the questions that every translation has.
    pub fn core(&self) -> &[String] {
        &self.inner.content.core
    }

    /// The translations as they were written.
    pub fn translations(&self) -> &[Translation] {
        &self.inner.content.translations
    }

    /// The name for people of a competency; its key when it is unknown.
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.competencies().iter().find(|c| c.key == key).map_or(key, |c| &c.label)
    }

    /// The question with this key; also one that is no longer asked, which [`Self::questions`] leaves out.
    pub fn question(&self, id: &str) -> Option<&BankQuestion> {
        match self.inner.index.get(id) {
            Some(&(role, question)) => self.roles().get(role)?.questions.get(question),
            None => self.inner.retired.get(id),
        }
    }

    /// The question with this key in `language` (ISO 639-1); `None` when the bank does not have it in that language.
    pub fn question_in(&self, language: &str, id: &str) -> Option<&BankQuestion> {
        match language {
            ORIGINAL => self.question(id),
            _ => self.inner.translated.get(language)?.get(id),
        }
    }

    /// Whether any question is there in `language`.
    pub fn speaks(&self, language: &str) -> bool {
        language == ORIGINAL || self.inner.translated.get(language).is_some_and(|q| !q.is_empty())
    }

    /// All questions with their roles.
    pub fn questions(&self) -> impl Iterator<Item = (&BankRole, &BankQuestion)> {
        self.roles().iter().flat_map(|role| role.questions.iter().map(move |question| (role, question)))
    }
}
