//! A question of the bank in another language.

use super::{BankQuestion, FollowUp, KeyPoint, SoundsLike};
use serde::{Deserialize, Serialize};

/// Questions in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// ISO 639-1 code, lower case.
    pub language: String,
    /// What a second reader of the language did.
    #[serde(default)]
    pub review: Option<super::Review>,
    /// The questions.
    #[serde(rename = "question", default)]
    pub questions: Vec<TranslatedQuestion>,
}

/// The words of a question in another language. What it measures is the original's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranslatedQuestion {
    /// Key of the original.
    pub id: String,
    /// The question.
    pub text: String,
    /// An answer that would get full marks, first person.
    pub reference: String,
    /// What a weak answer says.
    #[serde(default)]
    pub red_flags: Vec<String>,
    /// What a full answer says; as many as the original's, in its order.
    pub key_points: Vec<TranslatedPoint>,
    /// Follow-up questions; as many as the original's, in its order.
    #[serde(default)]
    pub follow_ups: Vec<TranslatedFollowUp>,
    /// What answers of three levels sound like.
    #[serde(default)]
    pub sounds_like: Option<SoundsLike>,
}

/// A key point in another language. Its weight is the original's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranslatedPoint {
    /// The point in a few words.
    pub point: String,
    /// What a good answer says, a sentence.
    pub says: String,
}

/// A follow-up question in another language. What it digs for is the original's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranslatedFollowUp {
    /// The question.
    pub text: String,
}

/// Why a translation does not belong to its original.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The numbers of key points differ.
    #[error("it has {here} key points, the original has {original}")]
    KeyPoints {
        /// In the translation.
        here: usize,
        /// In the original.
        original: usize,
    },
    /// The numbers of follow-ups differ.
    #[error("it has {here} follow-ups, the original has {original}")]
    FollowUps {
        /// In the translation.
        here: usize,
        /// In the original.
        original: usize,
    },
    /// A placeholder of the original's text is missing or new.
    #[error("{0} stands in one of the two texts only")]
    Placeholder(&'static str),
}

/// What is filled in when a question is asked.
pub const PLACEHOLDERS: [&str; 2] = ["{position}", "{resume_line}"];

impl TranslatedQuestion {
    /// The original with these words.
    pub fn of(&self, original: &BankQuestion) -> Result<BankQuestion, Misfit> {
        let counts = (self.key_points.len(), original.key_points.len());
        if counts.0 != counts.1 {
            return Err(Misfit::KeyPoints { here: counts.0, original: counts.1 });
        }
        let counts = (self.follow_ups.len(), original.follow_ups.len());
        if counts.0 != counts.1 {
            return Err(Misfit::FollowUps { here: counts.0, original: counts.1 });
        }
        let lone = |mark: &&&str| self.text.contains(**mark) != original.text.contains(**mark);
        if let Some(mark) = PLACEHOLDERS.iter().find(lone) {
            return Err(Misfit::Placeholder(mark));
        }
        let points = self.key_points.iter().zip(&original.key_points);
        let follow_ups = self.follow_ups.iter().zip(&original.follow_ups);
        Ok(BankQuestion {
            text: self.text.clone(),
            reference: self.reference.clone(),
            red_flags: self.red_flags.clone(),
            key_points: points
                .map(|(here, original)| KeyPoint {
                    point: here.point.as_str().into(),
                    says: here.says.as_str().into(),
                    weight: original.weight,
                })
                .collect(),
            follow_ups: follow_ups
                .map(|(here, original)| FollowUp { asks_for: original.asks_for, text: here.text.clone() })
                .collect(),
            sounds_like: self.sounds_like.clone(),
            ..original.clone()
        })
    }
}
