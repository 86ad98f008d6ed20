//! The recording of a spoken interview, and how it was spoken: for whoever held it, and nobody else.

use crate::auth::CurrentUser;
use crate::download;
use crate::dto::{DeliveryBody, RecordingPeaksBody};
use crate::error::{ApiError, Failures, NoSuchRange};
use crate::extract::{Id, Json, Query};
use crate::router::Api;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use greenroom_app::{AppError, recordings as app};
use greenroom_domain::ids::SessionId;
use greenroom_live::recordings::{self as live, Side};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Heights that are given unless a width is named.
const WIDTH: usize = 800;
/// Heights at most.
const WIDEST: usize = 10_000;

/// Which track.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingTrack {
    /// Both sides.
    #[default]
    Mix,
    /// Who is interviewed.
    Candidate,
    /// Who asks.
    Interviewer,
}

/// What to listen to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrackQuery {
    /// Which track, default `mix`.
    #[param(inline)]
    track: Option<RecordingTrack>,
}

/// Listen to a spoken interview: sound for a player in a page. A part of it with `Range`. It is there some seconds after
/// the interview has ended: until then `recording_not_ready`.
#[utoipa::path(get, path = "/api/sessions/{id}/recording", tag = "recordings", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), TrackQuery),
    responses((status = 200, description = "The sound", content((Vec<u8> = "audio/ogg"))),
        (status = 206, description = "The part of it that was asked for", content((Vec<u8> = "audio/ogg"))), NoSuchRange, Failures))]
pub async fn listen(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
    Query(query): Query<TrackQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (side, name) = match query.track.unwrap_or_default() {
        RecordingTrack::Mix => (Side::Mix, "interview.ogg"),
        RecordingTrack::Candidate => (Side::Candidate, "interview-candidate.ogg"),
        RecordingTrack::Interviewer => (Side::Interviewer, "interview-interviewer.ogg"),
    };
    let sound = live::track(&api.app, user.0, id, side).await?;
    download::sound(&api.app, &headers, &sound, name).await
}

/// How wide a drawing is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeaksQuery {
    /// Heights at most, 1..=10000, default 800.
    #[param(minimum = 1, maximum = 10000)]
    width: Option<usize>,
}

/// A recording to look at: how high it goes, and where questions, answers and interruptions lie in it.
#[utoipa::path(get, path = "/api/sessions/{id}/recording/peaks", tag = "recordings", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), PeaksQuery),
    responses((status = 200, description = "The recording", body = RecordingPeaksBody), Failures))]
pub async fn peaks(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
    Query(query): Query<PeaksQuery>,
) -> Result<Json<RecordingPeaksBody>, ApiError> {
    let width = query.width.unwrap_or(WIDTH);
    if !(1..=WIDEST).contains(&width) {
        return Err(AppError::field("width", format!("Ask for 1 to {WIDEST} heights.")).into());
    }
    Ok(Json(live::outline(&api.app, user.0, id, width).await?.into()))
}

/// Delete the sound of an interview. Its words stay.
#[utoipa::path(delete, path = "/api/sessions/{id}/recording", tag = "recordings", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path)), responses((status = 204, description = "Deleted"), Failures))]
pub async fn delete(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<StatusCode, ApiError> {
    app::delete(&api.app, user.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How one spoke in a practice interview, in numbers: for the speaker alone, and no part of a score.
#[utoipa::path(get, path = "/api/sessions/{id}/delivery", tag = "recordings", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path)), responses((status = 200, description = "The numbers", body = DeliveryBody), Failures))]
pub async fn delivery(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<DeliveryBody>, ApiError> {
    Ok(Json(live::delivery(&api.app, user.0, id).await?.into()))
}
