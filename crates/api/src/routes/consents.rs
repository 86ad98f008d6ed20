//! What people agree to.

use crate::auth::CurrentUser;
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json};
use crate::router::Api;
use axum::extract::State;
use greenroom_app::consents as app;
use greenroom_domain::account::{Consent, Purpose};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text that people agree to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentTextBody {
    purpose: Purpose,
    /// Changes with every letter of the text.
    #[schema(example = "2026-11-21.1f0c33aa")]
    version: &'static str,
    title: &'static str,
    paragraphs: &'static [String],
}

/// All consents of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentsBody {
    /// Everything that the person agreed to, the newest last.
    given: Vec<Consent>,
    /// Purposes that the person agrees to at this moment, in the words of today.
    agreed: Vec<Purpose>,
}

/// The texts of today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentTextsBody {
    /// One for each purpose.
    items: Vec<ConsentTextBody>,
    /// Always null: there is one page.
    next: Option<String>,
}

/// Agree to a text.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AgreeBody {
    /// Version of the text that was shown.
    #[schema(min_length = 1, max_length = 100)]
    version: String,
}

impl ConsentsBody {
    fn new(given: Vec<Consent>) -> Self {
        let agrees =
            |text: &&app::ConsentText| given.iter().any(|one| one.is_to(text.purpose, &text.version));
        let agreed = app::texts().iter().filter(agrees).map(|text| text.purpose).collect();
        Self { agreed, given }
    }
}

/// The texts that people may agree to, for everybody.
#[utoipa::path(get, path = "/api/consents", tag = "users",
    responses((status = 200, description = "The texts of today", body = ConsentTextsBody), Failures))]
pub async fn texts() -> Json<ConsentTextsBody> {
    let items = app::texts().iter().map(|text| ConsentTextBody {
        purpose: text.purpose,
        version: &text.version,
        title: &text.title,
        paragraphs: &text.paragraphs,
    });
    Json(ConsentTextsBody { items: items.collect(), next: None })
}

/// What the person agrees to.
#[utoipa::path(get, path = "/api/users/me/consents", tag = "users", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "The consents", body = ConsentsBody), Failures))]
pub async fn consents(State(api): State<Api>, user: CurrentUser) -> Result<Json<ConsentsBody>, ApiError> {
    Ok(Json(ConsentsBody::new(app::given(&api.app, user.0).await?)))
}

/// Agree to the text of today for a purpose. Agreeing twice changes nothing.
#[utoipa::path(put, path = "/api/users/me/consents/{purpose}", tag = "users", security(("bearer" = ["own_account"])),
    params(("purpose" = Purpose, Path, description = "What for")), request_body = AgreeBody,
    responses((status = 200, description = "The consents", body = ConsentsBody), Failures))]
pub async fn agree(
    State(api): State<Api>,
    user: CurrentUser,
    Id(purpose): Id<Purpose>,
    Json(body): Json<AgreeBody>,
) -> Result<Json<ConsentsBody>, ApiError> {
    Ok(Json(ConsentsBody::new(app::give(&api.app, user.0, purpose, &body.version).await?)))
}

/// Withdraw a consent. Withdrawing what was not given changes nothing.
#[utoipa::path(delete, path = "/api/users/me/consents/{purpose}", tag = "users", security(("bearer" = ["own_account"])),
    params(("purpose" = Purpose, Path, description = "What for")),
    responses((status = 200, description = "The consents", body = ConsentsBody), Failures))]
pub async fn withdraw(
    State(api): State<Api>,
    user: CurrentUser,
    Id(purpose): Id<Purpose>,
) -> Result<Json<ConsentsBody>, ApiError> {
    Ok(Json(ConsentsBody::new(app::withdraw(&api.app, user.0, purpose).await?)))
}
