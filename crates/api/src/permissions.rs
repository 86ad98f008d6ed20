//! Who may use which operation. Each operation names its permission in its own `security`, which the OpenAPI document
//! carries; this reads it from there, so an operation cannot be documented one way and guarded another.

use crate::auth::authenticate;
use crate::error::ApiError;
use crate::openapi;
use crate::router::Api;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use greenroom_app::accounts::Caller;
use greenroom_app::{AppError, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::permission::Permission;
use std::collections::HashMap;
use std::sync::LazyLock;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{PathItem, SecurityRequirement};

/// What an operation asks for.
#[derive(Clone, Copy, Debug)]
enum Guard {
    /// Nothing: it is for everybody.
    Open,
    /// Somebody who is signed in and has this permission.
    Needs(Permission),
    /// Its permission is not in the table: nobody gets in until that is mended.
    Unnamed,
}

/// What is for everybody. An operation that is not here needs a permission, also when nobody thought of one.
const OPEN: [&str; 10] = [
    "GET /api/about",
    "GET /api/consents",
    "GET /api/oauth/{provider}/callback",
    "GET /api/oauth/{provider}/start",
    "GET /api/retention",
    "POST /api/users/guest",
    "POST /api/users/login",
    "POST /api/users/logout",
    "POST /api/users/refresh",
    "POST /api/users/register",
];

type Guards = HashMap<String, Vec<(Method, Guard)>>;

static GUARDS: LazyLock<Guards> = LazyLock::new(|| {
    let document = openapi::document();
    document.paths.paths.iter().map(|(path, item)| (path.clone(), guards(path, item))).collect()
});

fn guards(path: &str, item: &PathItem) -> Vec<(Method, Guard)> {
    let methods = [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::DELETE, &item.delete),
        (Method::PATCH, &item.patch),
    ];
    let known = methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)));
    let guarded = |(method, operation)| {
        let guard = guard(&format!("{method} {path}"), operation);
        (method, guard)
    };
    known.map(guarded).collect()
}

fn guard(name: &str, operation: &Operation) -> Guard {
    match &operation.security {
        Some(security) => named(security).map_or(Guard::Unnamed, Guard::Needs),
        None if OPEN.contains(&name) => Guard::Open,
        None => Guard::Unnamed,
    }
}

/// The permission of `security(("bearer" = ["practise"]))`.
fn named(security: &[SecurityRequirement]) -> Option<Permission> {
    let requirement = serde_json::to_value(security.first()?).ok()?;
    Permission::from_key(requirement["bearer"][0].as_str()?)
}

/// Refuses who may not use the operation, before anything of the request is read; keeps who it is for the handler.
pub(crate) async fn check(
    State(api): State<Api>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    match of(&request) {
        Guard::Open => {}
        Guard::Needs(permission) => {
            let caller = authenticate(&api, request.method(), request.headers()).await?;
            if let Err(refused) = api.app.permit(&caller, permission).await {
                let operation = format!("{} {}", request.method(), path(&request));
                note(&api, &caller, operation, &refused).await;
                return Err(refused.into());
            }
            request.extensions_mut().insert(caller);
        }
        Guard::Unnamed => {
            let message = "This operation names no permission, so nobody may use it. Please report it.";
            return Err(ApiError::new(StatusCode::FORBIDDEN, "no_permission_named", message));
        }
    }
    Ok(next.run(request).await)
}

/// Writes down that somebody asked for what they may not do.
async fn note(api: &Api, caller: &Caller, operation: String, refused: &AppError) {
    if refused.code == ErrorCode::Forbidden {
        audit::record(&api.app, Some(caller.user), Action::AccessRefused, operation, refused.error).await;
    }
}

/// The path as the document has it, without anybody's ids.
fn path(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str)
}

/// What a request's operation asks for. What no route takes, and a method that its path does not take, is refused
/// elsewhere; a path that the document does not have is closed.
fn of(request: &Request) -> Guard {
    let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
    match (path(request), GUARDS.get(path(request))) {
        ("", _) => Guard::Open,
        (_, None) => Guard::Unnamed,
        (_, Some(methods)) => {
            methods.iter().find(|(known, _)| known == method).map_or(Guard::Open, |(_, guard)| *guard)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_thought_of_is_closed() {
        assert!(matches!(guard("GET /api/later", &Operation::new()), Guard::Unnamed));
    }

    #[test]
    fn what_is_open_is_there_and_names_no_permission() {
        for open in OPEN {
            let (method, path) = open.split_once(' ').expect("a method and a path");
            let known = GUARDS.get(path).into_iter().flatten().find(|(known, _)| known.as_str() == method);
            assert!(matches!(known, Some((_, Guard::Open))), "{open}");
        }
    }
}
