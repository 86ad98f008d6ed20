//! A recording to look at: how high it goes, and what lies where.

use super::clock::{self, Placed, answers};
use super::delivery::interruptions;
use super::track::{not_ready, recorded};
use greenroom_app::recordings::{self, FoundPart};
use greenroom_app::{App, AppError, interviews};
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::State;
use greenroom_domain::voice_part::Said;
use greenroom_media::recording::{PEAK_MS, Peaks};

/// What is said about a question in runs that are no further apart is one moment, ms.
const SAME_MOMENT_MS: u64 = 3_000;

/// A recording to look at. Places are ms from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// How long it is, ms.
    pub duration_ms: u64,
    /// Sound behind one height, ms.
    pub step_ms: u64,
    /// Heights of the candidate, 0..=255.
    pub candidate: Vec<u8>,
    /// Heights of the interviewer; as many.
    pub interviewer: Vec<u8>,
    /// What lies where, in order.
    pub moments: Vec<OutlineMoment>,
}

/// What lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutlineKind {
    /// A question, as it was heard.
    Question,
    /// A spoken answer.
    Answer,
    /// The candidate spoke over the interviewer.
    Interruption,
}

/// Something at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineMoment {
    /// What.
    pub kind: OutlineKind,
    /// Of questions and answers: which question of the interview, from 0. Of interruptions: which of them.
    pub index: usize,
    /// The question.
    pub question_id: Option<QuestionId>,
    /// The answer.
    pub response_id: Option<ResponseId>,
    /// From where, ms.
    pub from_ms: u64,
    /// To where, ms.
    pub to_ms: u64,
}

/// The recording of this person's interview to look at, in about `width` heights.
///
/// # Errors
/// As [`super::track()`].
pub async fn outline(app: &App, user: UserId, session: SessionId, width: usize) -> Result<Outline, AppError> {
    let parts = recorded(app, user, session).await?;
    let state = interviews::state(app, user, session).await?;
    let [mut candidate, mut interviewer] = [Peaks::default(), Peaks::default()];
    for found in &parts {
        let file = found.peaks.as_ref().ok_or_else(not_ready)?;
        let heights = recordings::bytes_of(app, file).await?;
        let (ours, theirs) = heights.split_at(heights.len() / 2);
        candidate.0.extend_from_slice(ours);
        interviewer.0.extend_from_slice(theirs);
    }
    let placed = clock::placed(&parts);
    let together = candidate.0.len().div_ceil(width.max(1)).max(1) as u64;
    let mut moments = questions(&state, &placed);
    moments.extend(answers(&state, &placed).into_iter().map(|answer| OutlineMoment {
        kind: OutlineKind::Answer,
        index: answer.index,
        question_id: state.asked.get(answer.index).map(|asked| asked.question.id),
        response_id: Some(answer.response.id),
        from_ms: answer.from_ms,
        to_ms: answer.to_ms,
    }));
    moments.extend(spoken_over(app, &placed).await?);
    moments.sort_by_key(|moment| (moment.from_ms, moment.kind));
    Ok(Outline {
        duration_ms: clock::length_ms(&placed),
        step_ms: together * PEAK_MS,
        candidate: candidate.narrowed(width).0,
        interviewer: interviewer.narrowed(width).0,
        moments,
    })
}

fn questions(state: &State, parts: &[Placed<'_>]) -> Vec<OutlineMoment> {
    let mut moments: Vec<OutlineMoment> = Vec::new();
    for placed in parts {
        let FoundPart { part, .. } = placed.found;
        for Said { question_id, from_ms, to_ms } in &part.said {
            let index = state.asked.iter().position(|asked| Some(asked.question.id) == *question_id);
            let Some(index) = index else { continue };
            let (from_ms, to_ms) = (placed.begins + from_ms, placed.begins + (*to_ms).min(part.length_ms));
            match moments.last_mut() {
                Some(last) if last.index == index && from_ms < last.to_ms + SAME_MOMENT_MS => {
                    last.to_ms = to_ms;
                }
                _ => moments.push(OutlineMoment {
                    kind: OutlineKind::Question,
                    index,
                    question_id: *question_id,
                    response_id: None,
                    from_ms,
                    to_ms,
                }),
            }
        }
    }
    moments
}

async fn spoken_over(app: &App, parts: &[Placed<'_>]) -> Result<Vec<OutlineMoment>, AppError> {
    let mut moments = Vec::new();
    for placed in parts {
        for (from_ms, to_ms) in interruptions(app, placed.found).await? {
            moments.push(OutlineMoment {
                kind: OutlineKind::Interruption,
                index: moments.len(),
                question_id: None,
                response_id: None,
                from_ms: placed.begins + from_ms,
                to_ms: placed.begins + to_ms,
            });
        }
    }
    Ok(moments)
}
