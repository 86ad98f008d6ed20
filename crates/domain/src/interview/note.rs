//! What the interviewer noticed in an answer. Every note stands on words that code has found there.

use super::plan::Grounding;
use super::state::State;
use crate::evaluation::Quote;
use crate::ids::ResponseId;
use serde::{Deserialize, Serialize};

/// Warnings about conduct after which an interview ends.
pub const MAX_CONDUCT_WARNINGS: u32 = 2;

/// Something noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Note {
    /// The candidate asked something.
    CandidateAsked {
        /// What was asked, and in which answer.
        asked: Said,
        /// The line that answers it; `None` when nothing does, and the question is passed on.
        answer: Option<Grounding>,
    },
    /// Words that have no place in an interview.
    Conduct {
        /// The words.
        said: Said,
        /// Which warning this is, from 1; beyond [`MAX_CONDUCT_WARNINGS`] the interview ends.
        warning: u32,
    },
    /// Two things that do not seem to go together. No verdict: people look at both.
    Contrast {
        /// What was said first.
        earlier: Said,
        /// What was said later.
        later: Said,
    },
    /// An answer in another language than the interview's.
    OtherLanguage {
        /// The answer.
        response_id: ResponseId,
    },
}

/// Words of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Said {
    /// The answer.
    pub response_id: ResponseId,
    /// The words, with their place in it.
    pub quote: Quote,
}

impl Note {
    /// Whether everything that it quotes stands in the answers it names.
    pub fn holds(&self, state: &State) -> bool {
        let stands = |said: &Said| {
            state.response(said.response_id).is_some_and(|(_, response)| said.quote.holds(&response.content))
        };
        match self {
            Self::CandidateAsked { asked, .. } => stands(asked),
            Self::Conduct { said, .. } => stands(said),
            Self::Contrast { earlier, later } => stands(earlier) && stands(later),
            Self::OtherLanguage { response_id } => state.response(*response_id).is_some(),
        }
    }
}

impl State {
    /// Warnings about conduct so far.
    pub fn conduct_warnings(&self) -> u32 {
        self.notes.iter().filter(|note| matches!(note, Note::Conduct { .. })).count() as u32
    }
}
