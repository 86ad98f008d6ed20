//! Spoken interviews: what this server can do, the check of a microphone, corrections of what was misheard.

use crate::auth::CurrentUser;
use crate::dto::ResponseBody;
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, Query, TwoIds};
use crate::router::Api;
use crate::visitor::Visitor;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use greenroom_app::{AppError, interviews};
use greenroom_domain::ids::{ResponseId, SessionId};
use greenroom_domain::interview::{Correction, Personality};
use greenroom_live::voice::{self, DeviceCheck, LinkError, OfferError, OfferRefused};
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr};
use utoipa::{IntoParams, ToSchema};

/// What this server can do for a spoken interview.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoiceBody {
    /// Whether words can be made of speech here; else answers are typed.
    speech_to_text: bool,
    /// The engines for it, in the order in which they are asked.
    speech_to_text_engines: Vec<String>,
    /// Whether the sound of answers goes to another company for it, for people who agree (`speech_vendor`).
    sound_leaves: bool,
    /// Whether people who do not agree are heard all the same, by an engine of this server. Where not, and `sound_leaves`,
    /// a line needs the consent (`consent_needed`).
    hears_at_home: bool,
    /// Whether questions can be spoken here; else they are read, or the browser speaks.
    text_to_speech: bool,
    /// The engines for it, in the order in which they are asked.
    text_to_speech_engines: Vec<String>,
    /// Whether what the interviewer says goes to another company for it, for people who agree; engines of this server speak
    /// to the others, or the browser does.
    words_leave: bool,
    /// Voices to choose from.
    voices: Vec<VoiceName>,
    /// Ways for the sound, the best first.
    transports: Vec<TransportName>,
    /// STUN and TURN servers for the page.
    ice_servers: Vec<IceServer>,
    /// Whether one model can hear and speak at once for this person, who may ask for it when a line is opened
    /// (`realtime`). False without the consent `speech_vendor` where that model is another company's.
    realtime: bool,
}

/// An interviewer's voice.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoiceName {
    /// Name it as `voice` when the line is opened.
    id: String,
    /// For people.
    name: String,
    /// The only language that it speaks; null when it speaks all that its engine does.
    language: Option<String>,
    /// How it sounds to most.
    gender: Option<GenderName>,
    /// The interviewer's manner that speaks with it when no voice was chosen; null for one that must be chosen.
    manner: Option<Personality>,
}

/// How a voice sounds to most.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GenderName {
    /// Like a woman.
    Female,
    /// Like a man.
    Male,
}

/// A way for the sound.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransportName {
    /// Opus over UDP.
    Webrtc,
    /// Samples over the connection of the page.
    Websocket,
}

/// A server that helps connections through networks.
#[derive(Debug, Serialize, ToSchema)]
pub struct IceServer {
    urls: Vec<String>,
    username: Option<String>,
    credential: Option<String>,
}

/// What this server can do for a spoken interview.
#[utoipa::path(get, path = "/api/voice", tag = "voice", security(("bearer" = ["practise"])),
    responses((status = 200, description = "What can be done", body = VoiceBody), Failures))]
pub async fn about(State(api): State<Api>, user: CurrentUser) -> Json<VoiceBody> {
    let rooms = &api.voice;
    let voices = rooms.voices().iter().map(|voice| VoiceName {
        manner: voice::manner_of(&voice.id),
        id: voice.id.clone(),
        name: voice.name.clone(),
        language: voice.language.clone(),
        gender: voice.gender.map(|gender| match gender {
            voice::Gender::Female => GenderName::Female,
            voice::Gender::Male => GenderName::Male,
        }),
    });
    let name = user.0.to_string();
    let ice_servers = rooms.ice_servers(&name, api.app.now()).into_iter().map(|server| IceServer {
        urls: server.urls,
        username: server.username,
        credential: server.credential,
    });
    Json(VoiceBody {
        speech_to_text: rooms.ears().is_some(),
        speech_to_text_engines: rooms.ears_names().to_vec(),
        sound_leaves: rooms.sound_leaves(),
        hears_at_home: rooms.hears_at_home(),
        text_to_speech: rooms.mouth().is_some(),
        text_to_speech_engines: rooms.mouth_names().to_vec(),
        words_leave: rooms.words_leave(),
        voices: voices.collect(),
        transports: match rooms.has_webrtc() {
            true => vec![TransportName::Webrtc, TransportName::Websocket],
            false => vec![TransportName::Websocket],
        },
        ice_servers: ice_servers.collect(),
        realtime: rooms.has_realtime(&api.app, user.0).await,
    })
}

/// What a page that comes by WebRTC offers.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OfferBody {
    /// Its session description.
    #[schema(max_length = 65536)]
    sdp: String,
    /// The line that it had before, to come back to.
    resume: Option<String>,
    /// The interviewer's voice. When none is named, or one that nobody has, the one that was chosen before, else that of
    /// the interviewer's manner.
    voice: Option<String>,
    /// Whether one model is to hear and speak at once, as `realtime` of `/api/voice` says it can. Where there is none, the
    /// other engines do.
    #[serde(default)]
    realtime: bool,
}

/// The answer to an offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedBody {
    /// The session description of the server.
    sdp: String,
    /// The line's name.
    link: String,
}

/// Open a line over WebRTC: the offer of the page, with one audio track both ways and the data channel `greenroom`. No
/// candidates follow. A page whose line does not come to stand within some seconds opens a WebSocket instead.
#[utoipa::path(post, path = "/api/sessions/{id}/voice/offer", tag = "voice", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path)), request_body = OfferBody,
    responses((status = 200, description = "The answer", body = OfferedBody), Failures))]
pub async fn offer(
    State(api): State<Api>,
    user: CurrentUser,
    visitor: Visitor,
    Id(id): Id<SessionId>,
    Json(body): Json<OfferBody>,
) -> Result<Json<OfferedBody>, ApiError> {
    let OfferBody { sdp, resume, voice, realtime } = body;
    let sound = voice::SoundWish { voice, realtime };
    api.voice.admit(&api.app, user.0, id, &sound).await?;
    let address = visitor.0.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let caller = voice::Caller { user: user.0, session: id, address };
    let offered = api.voice.offer(&api.app, caller, &voice::Offer { sdp, resume, sound });
    let (sdp, link) = offered.map_err(refused)?;
    Ok(Json(OfferedBody { sdp, link }))
}

fn refused(refused: OfferRefused) -> ApiError {
    let (status, error, message) = match refused {
        OfferRefused::NoWebRtc => {
            (StatusCode::NOT_FOUND, "no_webrtc", "This server speaks over WebSockets only.")
        }
        OfferRefused::Offer(OfferError::Unreachable) => (
            StatusCode::NOT_FOUND,
            "no_webrtc",
            "This server is reached by WebRTC from its own machine only. The interview can be spoken over a WebSocket.",
        ),
        OfferRefused::Offer(OfferError::Invalid(_)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "offer_unusable",
            "This offer cannot be answered. The interview can be spoken over a WebSocket.",
        ),
        OfferRefused::Offer(OfferError::NoLine(LinkError::Gone)) => {
            (StatusCode::CONFLICT, "line_gone", "The line to come back to is gone. Open a new one.")
        }
        OfferRefused::Offer(OfferError::Busy | OfferError::NoLine(_)) => {
            let message =
                "As many people are speaking as this server can carry. Try again in a moment, or type.";
            let busy = ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "lines_taken", message);
            return busy.retry_after(2);
        }
    };
    ApiError::new(status, error, message)
}

/// In which language something is said.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CheckQuery {
    /// As two letters; the engine finds out when none is given.
    #[param(pattern = "^[a-z]{2}$")]
    language: Option<String>,
}

/// What a recording of the microphone showed.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckBody {
    /// What was understood; null when nobody could say.
    text: Option<String>,
    /// How loud the voice is, dBFS; the whole recording when there is no voice in it.
    level_dbfs: f32,
    /// Share of samples at the very top, 0..=1.
    clipping: f32,
    /// How loud the quietest tenth is, dBFS.
    noise_dbfs: f32,
    /// Voice in it, ms.
    voice_ms: u32,
}

/// Check a microphone: a recording of at most 15 seconds, as a WAV file (16 bit) or as samples (`audio/pcm`: mono,
/// 16 kHz, 16 bit little-endian). Nothing of it is kept.
#[utoipa::path(post, path = "/api/voice/check", tag = "voice", security(("bearer" = ["practise"])), params(CheckQuery),
    request_body(content((Vec<u8> = "audio/wav"), (Vec<u8> = "audio/pcm"))),
    responses((status = 200, description = "What it showed", body = CheckBody), Failures))]
pub async fn check(
    State(api): State<Api>,
    user: CurrentUser,
    Query(query): Query<CheckQuery>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<CheckBody>, ApiError> {
    let mime = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let pcm = match mime.split(';').next().unwrap_or_default().trim() {
        "audio/wav" | "audio/x-wav" | "audio/wave" => voice::read_wav(&body).ok_or_else(|| {
            let message = "This is no WAV file of 16 bit with one or two channels. Record it again.";
            ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "audio_unreadable", message)
        })?,
        "audio/pcm" => body.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect(),
        _ => {
            let message = "Send a recording as audio/wav, or as audio/pcm.";
            return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message));
        }
    };
    let pcm: Vec<i16> = pcm.into_iter().take(voice::LONGEST_SECONDS * 16_000).collect();
    let ears = api.voice.ears_of(&api.app, user.0).await?;
    let checked = voice::check(ears.as_ref(), pcm, query.language).await;
    let DeviceCheck { text, level_dbfs, clipping, noise_dbfs, voice_ms } = checked;
    Ok(Json(CheckBody { text, level_dbfs, clipping, noise_dbfs, voice_ms }))
}

/// What was said in truth.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectionBody {
    #[schema(max_length = 20000)]
    text: String,
    /// The words that this takes the place of. When the answer has others by now (the candidate went on), nothing is changed:
    /// 409 `answer_changed`. Left out: whatever they are.
    #[schema(max_length = 20000)]
    #[serde(default)]
    instead_of: Option<String>,
}

/// Correct what was misheard of a spoken answer. What was heard is kept beside it; what is judged is the correction.
/// Possible until the answer is judged: at least 20 seconds.
#[utoipa::path(put, path = "/api/sessions/{id}/answers/{response_id}/transcript", tag = "voice", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), ("response_id" = ResponseId, Path)),
    request_body = CorrectionBody, responses((status = 200, description = "The answer now", body = ResponseBody), Failures))]
pub async fn correct(
    State(api): State<Api>,
    user: CurrentUser,
    TwoIds(id, response_id): TwoIds<SessionId, ResponseId>,
    Json(body): Json<CorrectionBody>,
) -> Result<Json<ResponseBody>, ApiError> {
    let correction = Correction { content: body.text, instead_of: body.instead_of };
    let state = interviews::correct(&api.app, user.0, id, response_id, correction).await?;
    let (asked, response) =
        state.response(response_id).ok_or_else(|| AppError::not_found("response_not_found", "answer"))?;
    Ok(Json(ResponseBody::new(id, asked.question.id, response)))
}
