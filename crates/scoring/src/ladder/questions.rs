//! The questions of `evals/ladder/` and the sentences of `evals/injections.toml`, read and checked.

use super::answers::RUNGS;
use crate::Item;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::interview::InterviewType;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};

/// Key points of a question at least.
const MIN_KEY_POINTS: usize = 3;

#[derive(RustEmbed)]
#[folder = "../../evals/ladder/"]
#[include = "*.toml"]
struct Files;

/// Why the ladder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LadderError {
    /// A file does not have the form of the others.
    #[error("{file} cannot be read: {message}")]
    Form {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// A question or a sentence lacks something.
    #[error("{id}: {problem}")]
    Content {
        /// Key of the question or of the sentence.
        id: String,
        /// What is wrong.
        problem: String,
    },
    /// There are no questions, or no sentences to the judge.
    #[error("there are no {0}")]
    Empty(&'static str),
}

/// A question with answers of a known order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable key.
    pub id: String,
    /// Kind of question.
    pub kind: InterviewType,
    /// The question.
    pub text: String,
    /// An answer that would get full marks.
    pub reference: String,
    /// What a full answer says.
    pub key_points: Vec<KeyPoint>,
    /// The key words without a sentence.
    pub salad: String,
    /// Fluent, about something else.
    pub off_topic: String,
    /// On the subject, vague.
    pub weak: String,
    /// About half of the key points.
    pub middling: String,
    /// All key points, concrete.
    pub strong: String,
    /// What `strong` says, in plain English.
    pub plain: String,
    /// What `strong` says, with the slips of a non-native writer.
    pub learner: String,
}

impl Question {
    /// One of its answers, as the built-in scorer takes it.
    pub fn item<'a>(&'a self, answer: &'a str) -> Item<'a> {
        Item {
            question: &self.text,
            answer,
            reference: Some(&self.reference),
            key_points: &self.key_points,
            kind: Some(self.kind),
            language: "en",
        }
    }

    fn problem(&self) -> Option<String> {
        let texts = [
            ("text", &self.text),
            ("reference", &self.reference),
            ("salad", &self.salad),
            ("off_topic", &self.off_topic),
            ("weak", &self.weak),
            ("middling", &self.middling),
            ("strong", &self.strong),
            ("plain", &self.plain),
            ("learner", &self.learner),
        ];
        if let Some((field, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
            return Some(format!("{field} is empty"));
        }
        let mut seen = HashMap::new();
        for (field, text) in texts {
            if let Some(twin) = seen.insert(text.trim(), field) {
                return Some(format!("{field} is the same text as {twin}"));
            }
        }
        let points = self.key_points.len();
        (points < MIN_KEY_POINTS).then(|| format!("{points} key points; it needs {MIN_KEY_POINTS}"))
    }
}

/// A sentence by which an answer tries to steer its judge.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Injection {
    /// Its family, a dot, a number.
    pub id: String,
    /// The sentence.
    pub text: String,
}

/// Questions with answers of a known order, and sentences that speak to the judge.
#[derive(Clone, Debug)]
pub struct Ladder {
    questions: Vec<Question>,
    injections: Vec<Injection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InjectionFile {
    injection: Vec<Injection>,
}

impl Ladder {
    /// The ladder that is part of the program.
    pub fn shipped() -> Result<Self, LadderError> {
        let mut names: Vec<_> = Files::iter().collect();
        names.sort();
        let mut questions = Vec::new();
        for name in names {
            let bytes = Files::get(&name).map(|file| file.data).unwrap_or_default();
            let file: QuestionFile = parsed(&format!("evals/ladder/{name}"), &bytes)?;
            questions.extend(file.question);
        }
        let injections = include_bytes!("../../../../evals/injections.toml");
        let injections: InjectionFile = parsed("evals/injections.toml", injections)?;
        Self::new(questions, injections.injection)
    }

    /// A ladder of these questions, in this order.
    pub fn new(questions: Vec<Question>, injections: Vec<Injection>) -> Result<Self, LadderError> {
        if questions.is_empty() {
            return Err(LadderError::Empty("questions"));
        }
        if injections.is_empty() {
            return Err(LadderError::Empty("sentences to the judge"));
        }
        let mut ids = HashSet::new();
        let of_questions = questions.iter().map(|question| (&question.id, question.problem()));
        let of_injections = injections.iter().map(|injection| {
            (&injection.id, injection.text.trim().is_empty().then(|| "text is empty".to_owned()))
        });
        for (id, problem) in of_questions.chain(of_injections) {
            let twin = (!ids.insert(id)).then(|| "the key is taken".to_owned());
            if let Some(problem) = problem.or(twin) {
                return Err(LadderError::Content { id: id.clone(), problem });
            }
        }
        Ok(Self { questions, injections })
    }

    /// All questions.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// All sentences that speak to the judge.
    pub fn injections(&self) -> &[Injection] {
        &self.injections
    }

    /// Positions of `count` questions, ascending, spread evenly over the kinds; all when `count` is `None` or larger.
    /// The same count picks the same questions.
    pub fn pick(&self, count: Option<usize>) -> Vec<usize> {
        let mut by_kind: Vec<(InterviewType, Vec<usize>)> = Vec::new();
        for (position, question) in self.questions.iter().enumerate() {
            match by_kind.iter_mut().find(|(kind, _)| *kind == question.kind) {
                Some((_, positions)) => positions.push(position),
                None => by_kind.push((question.kind, vec![position])),
            }
        }
        let longest = by_kind.iter().map(|(_, positions)| positions.len()).max().unwrap_or(0);
        let in_turn = (0..longest)
            .flat_map(|round| by_kind.iter().filter_map(move |(_, positions)| positions.get(round).copied()));
        let mut picked: Vec<usize> = in_turn.take(count.unwrap_or(usize::MAX)).collect();
        picked.sort_unstable();
        picked
    }

    /// The sentence that goes with the strong or the weak answer of the question at `position`. Over all questions the
    /// sentences are taken from everywhere in the list, whichever questions are picked.
    pub(super) fn injection(&self, position: usize, with_weak: bool) -> &str {
        let places = 2 * self.questions.len();
        let place = 2 * position + usize::from(with_weak);
        &self.injections[place * self.injections.len() / places].text
    }

    /// Answers of one question.
    pub const ANSWERS: usize = RUNGS.len() + super::NAMES.len() + 5;
}

fn parsed<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, LadderError> {
    let fail = |message: String| LadderError::Form { file: file.to_owned(), message };
    let text = std::str::from_utf8(bytes).map_err(|error| fail(error.to_string()))?;
    toml::from_str(text).map_err(|error| fail(error.to_string()))
}
