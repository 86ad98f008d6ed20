//! What this server is, for everybody.

use crate::error::Failures;
use crate::extract::Json;
use crate::router::Api;
use axum::extract::State;
use greenroom_app::{Outside, Task, configs};
use greenroom_live::voice::{self, OutsideEngine};
use serde::Serialize;
use utoipa::ToSchema;

/// What this server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct AboutBody {
    /// Version of the program.
    version: &'static str,
    /// Whom words and sound of candidates are sent to; empty when nothing leaves this server.
    outside: Vec<OutsideBody>,
    /// Languages in which an interview can be held now, by code (ISO 639-1).
    languages: Vec<&'static str>,
    /// Providers that one can sign in with, beside a password.
    sign_in: Vec<WayInBody>,
}

/// A provider that one can sign in with, at `/api/oauth/{name}/start`.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayInBody {
    /// Its name in addresses.
    name: String,
    /// Its name for people.
    label: String,
}

/// A model or an engine of speech outside of this program that gets words or sound of candidates.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutsideBody {
    /// Name of the provider or engine in the settings.
    provider: String,
    /// The model as its vendor names it.
    model: String,
    purpose: PurposeName,
    /// Whether it is another company's: words of people who have not agreed are not sent to it.
    needs_consent: bool,
}

/// What a model or an engine is asked to do.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PurposeName {
    /// Plan interviews and talk with candidates.
    Interviewing,
    /// Judge answers.
    Judging,
    /// Make words of spoken answers.
    Hearing,
    /// Speak for the interviewer.
    Speaking,
    /// Hear and speak at once, for those who choose that.
    Realtime,
}

impl From<&Outside> for OutsideBody {
    fn from(outside: &Outside) -> Self {
        let purpose = match outside.purpose {
            Task::Interviewing => PurposeName::Interviewing,
            Task::Judging => PurposeName::Judging,
        };
        let (provider, model) = (outside.provider.clone(), outside.model.clone());
        Self { provider, model, purpose, needs_consent: outside.needs_consent }
    }
}

impl From<&OutsideEngine> for OutsideBody {
    fn from(outside: &OutsideEngine) -> Self {
        let purpose = match outside.task {
            voice::Task::ToText => PurposeName::Hearing,
            voice::Task::ToSpeech => PurposeName::Speaking,
            voice::Task::Realtime => PurposeName::Realtime,
        };
        let (provider, model) = (outside.engine.clone(), outside.model.clone());
        Self { provider, model, purpose, needs_consent: true }
    }
}

/// What this server is, and whom it sends words of candidates to.
#[utoipa::path(get, path = "/api/about", tag = "about",
    responses((status = 200, description = "This server", body = AboutBody), Failures))]
pub async fn about(State(api): State<Api>) -> Json<AboutBody> {
    let engines = api.app.engines();
    let models = engines.outside.iter().map(OutsideBody::from);
    let outside = models.chain(api.voice.outside().iter().map(OutsideBody::from)).collect();
    let languages = configs::languages(&api.app, &engines).into_iter().map(|(code, _)| code).collect();
    let sign_in = api.app.identity_providers().known();
    let sign_in =
        sign_in.map(|one| WayInBody { name: one.name.to_owned(), label: one.label.to_owned() }).collect();
    Json(AboutBody { version: env!("CARGO_PKG_VERSION"), outside, languages, sign_in })
}
