//! Where a person is signed in.

use crate::auth::SignedInAs;
use crate::dto::{EndedBody, SignInBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf};
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use greenroom_app::accounts as app;
use greenroom_domain::ids::SignInId;

/// Where the person is signed in, the last used first, at most 100.
#[utoipa::path(get, path = "/api/users/me/sessions", tag = "sign_ins", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "All of them", body = ListOf<SignInBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    SignedInAs(caller): SignedInAs,
) -> Result<Json<ListOf<SignInBody>>, ApiError> {
    let sign_ins = app::sign_ins(&api.app, caller.user).await?;
    let items = sign_ins.into_iter().map(|sign_in| SignInBody::new(sign_in, &caller)).collect();
    Ok(Json(ListOf::whole(items)))
}

/// End a sign-in: its access token stops at once at this node and within five seconds at others. One that is among the
/// account's `alerts` is taken off them.
#[utoipa::path(delete, path = "/api/users/me/sessions/{id}", tag = "sign_ins", security(("bearer" = ["own_account"])),
    params(("id" = SignInId, Path)), responses((status = 204, description = "Ended"), Failures))]
pub async fn end(
    State(api): State<Api>,
    SignedInAs(caller): SignedInAs,
    Id(id): Id<SignInId>,
) -> Result<Response, ApiError> {
    app::end_sign_in(&api.app, &caller, id).await?;
    let cookies = (id == caller.sign_in).then(|| api.options.cookies().signed_out());
    Ok((cookies.unwrap_or_default(), StatusCode::NO_CONTENT).into_response())
}

/// End all other sign-ins.
#[utoipa::path(delete, path = "/api/users/me/sessions", tag = "sign_ins", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "How many", body = EndedBody), Failures))]
pub async fn end_others(
    State(api): State<Api>,
    SignedInAs(caller): SignedInAs,
) -> Result<Json<EndedBody>, ApiError> {
    Ok(Json(EndedBody { ended: app::end_other_sign_ins(&api.app, &caller).await? }))
}
