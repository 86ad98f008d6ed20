//! Who did what, for administrators.

use crate::auth::Administrator;
use crate::dto::{AuditEntryBody, AuditVerificationBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Json, ListOf, PageQuery, Query};
use crate::router::Api;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::stream;
use greenroom_app::{AppError, AuditFilter, Page, audit as app};
use greenroom_domain::audit::{Action, AuditEntry};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use serde::Deserialize;
use utoipa::IntoParams;

/// The first line of the file.
const HEAD: &str = "at,actor,action,subject,details,id\r\n";
/// Longest beginning of an action, and longest subject that can be looked for, characters.
const LONGEST: usize = 100;

/// Which entries, a page at a time.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditPageQuery {
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9a-z]{1,12}[.][0-9a-f]{32}$")]
    after: Option<String>,
    /// Only actions that begin like this, for example `models.`.
    #[param(max_length = 100, pattern = "^[a-z_.]*$")]
    action: Option<String>,
    /// Only what this person did.
    actor: Option<UserId>,
    /// Only what was done to this id or name.
    #[param(max_length = 100, pattern = "^[ -~]*$")]
    subject: Option<String>,
    /// Only from this moment on.
    since: Option<Timestamp>,
    /// Only before this moment.
    until: Option<Timestamp>,
}

/// Which entries, all of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only actions that begin like this, for example `models.`.
    #[param(max_length = 100, pattern = "^[a-z_.]*$")]
    action: Option<String>,
    /// Only what this person did.
    actor: Option<UserId>,
    /// Only what was done to this id or name.
    #[param(max_length = 100, pattern = "^[ -~]*$")]
    subject: Option<String>,
    /// Only from this moment on.
    since: Option<Timestamp>,
    /// Only before this moment.
    until: Option<Timestamp>,
}

impl AuditQuery {
    fn filter(self) -> Result<AuditFilter, ApiError> {
        let Self { action, actor, subject, since, until } = self;
        let is_name = |text: &str| text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_' | b'.'));
        if action.as_deref().is_some_and(|text| text.len() > LONGEST || !is_name(text)) {
            return Err(AppError::field("action", "Actions have small letters, dots and underscores.").into());
        }
        let is_plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if subject.as_deref().is_some_and(|text| text.len() > LONGEST || !is_plain(text)) {
            return Err(AppError::field("subject", "This is not an id or a name of ours.").into());
        }
        Ok(AuditFilter { action, actor, subject, about: None, since, until })
    }
}

/// Who did what, the newest first.
#[utoipa::path(get, path = "/api/admin/audit", tag = "audit", security(("bearer" = ["administer"])), params(AuditPageQuery),
    responses((status = 200, description = "A page", body = ListOf<AuditEntryBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    _: Administrator,
    Query(query): Query<AuditPageQuery>,
) -> Result<Json<ListOf<AuditEntryBody>>, ApiError> {
    let AuditPageQuery { limit, after, action, actor, subject, since, until } = query;
    let filter = AuditQuery { action, actor, subject, since, until }.filter()?;
    let page = PageQuery::new(limit, after).page()?;
    let paged = app::list(&api.app, &filter, &page).await?.map(AuditEntryBody::from);
    Ok(Json(ListOf { items: paged.items, next: paged.next }))
}

/// Who did what, the newest first, as a table (CSV) without an end to its length.
#[utoipa::path(get, path = "/api/admin/audit/csv", tag = "audit", security(("bearer" = ["administer"])), params(AuditQuery),
    responses((status = 200, description = "The table", body = String, content_type = "text/csv"), Failures))]
pub async fn csv(
    State(api): State<Api>,
    admin: Administrator,
    Query(query): Query<AuditQuery>,
) -> Result<Response, ApiError> {
    let filter = query.filter()?;
    app::record(&api.app, Some(admin.0), Action::AuditExported, "audit", "as a table").await;
    let pages = stream::try_unfold(Some(None), move |place: Option<Option<String>>| {
        let (app, filter) = (api.app.clone(), filter.clone());
        async move {
            let Some(after) = place else { return Ok::<_, AppError>(None) };
            let mut text = if after.is_none() { HEAD.to_owned() } else { String::new() };
            let paged = app::list(&app, &filter, &Page { limit: 100, after }).await?;
            paged.items.iter().for_each(|entry| text.push_str(&line(entry)));
            Ok(Some((Bytes::from(text), paged.next.map(Some))))
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"greenroom-audit.csv\""),
    ];
    Ok((headers, Body::from_stream(pages)).into_response())
}

/// Look at every entry: whether one was changed, or some are missing.
#[utoipa::path(get, path = "/api/admin/audit/verification", tag = "audit", security(("bearer" = ["administer"])),
    responses((status = 200, description = "What was found", body = AuditVerificationBody), Failures))]
pub async fn verification(
    State(api): State<Api>,
    _: Administrator,
) -> Result<Json<AuditVerificationBody>, ApiError> {
    Ok(Json(app::check(&api.app, None).await?.into()))
}

fn line(entry: &AuditEntry) -> String {
    let actor = entry.actor.map(|actor| actor.to_string()).unwrap_or_default();
    let (at, id) = (entry.at.to_string(), entry.id.to_string());
    let fields = [&at, &actor, &entry.action, &entry.subject, &entry.details, &id];
    format!("{}\r\n", fields.map(|field| cell(field)).join(","))
}

/// Quoted; what a spreadsheet would take for a formula is marked as text.
fn cell(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        for (text, written) in [
            ("models.changed", "\"models.changed\""),
            ("=HYPERLINK(\"http://evil.example\")", "\"'=HYPERLINK(\"\"http://evil.example\"\")\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("a,b\r\nc", "\"a,b\r\nc\""),
            ("", "\"\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
