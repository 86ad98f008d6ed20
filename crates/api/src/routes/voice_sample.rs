//! How an interviewer's voice sounds.

use crate::auth::CurrentUser;
use crate::error::{ApiError, Failures};
use crate::extract::Query;
use crate::router::Api;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_live::voice::SampleError;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which voice, and in which language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SampleQuery {
    /// Its id in `GET /api/voice`.
    #[param(max_length = 64)]
    voice: String,
    /// As two letters; English when none is given, or none of its sentences is known.
    #[param(pattern = "^[a-z]{2}$")]
    language: Option<String>,
}

/// How a voice sounds: one sentence, the same for everybody.
#[utoipa::path(get, path = "/api/voice/sample", tag = "voice", security(("bearer" = ["practise"])), params(SampleQuery),
    responses((status = 200, description = "The sentence", body = Vec<u8>, content_type = "audio/wav"), Failures))]
pub async fn sample(
    State(api): State<Api>,
    user: CurrentUser,
    Query(query): Query<SampleQuery>,
) -> Result<Response, ApiError> {
    let language = query.language.as_deref().unwrap_or("en");
    let wav = api.voice.sample(&api.app, user.0, &query.voice, language).await.map_err(refused)?;
    let headers = [(header::CONTENT_TYPE, "audio/wav"), (header::CACHE_CONTROL, "private, max-age=86400")];
    Ok((headers, wav).into_response())
}

fn refused(error: SampleError) -> ApiError {
    match error {
        SampleError::NoSuchVoice => {
            let message = "There is no such voice. GET /api/voice has those that there are.";
            ApiError::new(StatusCode::NOT_FOUND, "voice_not_found", message)
        }
        SampleError::Silent => {
            let message = "Nobody can speak here now. Questions can be read, and answered all the same.";
            ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "voice_unavailable", message)
        }
    }
}
