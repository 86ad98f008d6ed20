//! Back to the interview's language: after an answer in another one, the question is asked once more.

use crate::App;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::{Note, Question, State, follow_up_parent};
use greenroom_providers::builtin::BuiltinInterviewer;
use greenroom_providers::sentences;

/// The note and the question again; once for each planned question, and only while there is time for a follow-up.
pub(super) fn nudge(app: &App, state: &State, now: Timestamp) -> Option<(Note, Question)> {
    let last = state.asked.last()?;
    let answer = last.responses.first()?;
    let language = &state.settings.language;
    greenroom_scoring::other_language(language, &answer.content)?;
    let root = follow_up_parent(state, now)?.id;
    let was_nudged = state.notes.iter().any(|note| match note {
        Note::OtherLanguage { response_id } => state
            .response(*response_id)
            .is_some_and(|(asked, _)| root == asked.question.parent_question_id.unwrap_or(asked.question.id)),
        _ => false,
    });
    let question = Question {
        id: QuestionId::fresh(app.ids()),
        lead_in: Some(sentences(language).other_language.clone()),
        parent_question_id: Some(root),
        order: state.asked.len() as u32 + 1,
        bank_id: None,
        plan_key: None,
        why: None,
        engine: BuiltinInterviewer::engine(),
        ..last.question.clone()
    };
    (!was_nudged).then_some((Note::OtherLanguage { response_id: answer.id }, question))
}
