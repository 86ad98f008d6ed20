//! The OpenAPI document: generated from the handlers, so that it is true.

use crate::dto::UserGroupName;
use crate::error::{ErrorBody, ErrorDetails};
use crate::router::Api;
use crate::routes::document::Format;
use crate::routes::sessions::StatusFilter;
use crate::routes::{
    about, accounts, audit, bank, calibration, configs, consents, evaluations, feedback, jobs, judge_checks,
    models, oauth, operations, questions, recordings, resumes, retention, sessions, sign_ins, users, voice,
    voice_sample,
};
use axum::routing::get;
use axum::{Json, Router};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, PathItem};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::SwaggerUi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Greenroom",
        description = "Practice interviews with judgements that stand on verified quotes.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ErrorBody, ErrorDetails, Format, StatusFilter, UserGroupName)),
    modifiers(&Security)
)]
struct Base;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut Document) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// Routes with ordinary bodies.
pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(Base::openapi())
        .routes(routes!(about::about))
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::guest))
        .routes(routes!(accounts::login))
        .routes(routes!(accounts::refresh))
        .routes(routes!(accounts::logout))
        .routes(routes!(accounts::me, accounts::update_me, accounts::delete_me))
        .routes(routes!(accounts::profile, accounts::save_profile))
        .routes(routes!(accounts::export))
        .routes(routes!(sign_ins::list, sign_ins::end_others))
        .routes(routes!(sign_ins::end))
        .routes(routes!(consents::texts))
        .routes(routes!(consents::consents))
        .routes(routes!(consents::agree, consents::withdraw))
        .routes(routes!(oauth::start))
        .routes(routes!(oauth::callback))
        .routes(routes!(oauth::identities))
        .routes(routes!(oauth::unlink))
        .routes(routes!(audit::list))
        .routes(routes!(audit::csv))
        .routes(routes!(audit::verification))
        .routes(routes!(bank::list))
        .routes(routes!(bank::get, bank::save, bank::retire))
        .routes(routes!(bank::versions))
        .routes(routes!(bank::roles))
        .routes(routes!(bank::export))
        .routes(routes!(calibration::standing, calibration::start))
        .routes(routes!(calibration::drift))
        .routes(routes!(models::list, models::add))
        .routes(routes!(models::change, models::delete))
        .routes(routes!(models::restore))
        .routes(routes!(models::order))
        .routes(routes!(models::test))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::load))
        .routes(routes!(jobs::retry))
        .routes(routes!(jobs::drop))
        .routes(routes!(judge_checks::list, judge_checks::start))
        .routes(routes!(operations::status))
        .routes(routes!(operations::latency))
        .routes(routes!(retention::rules))
        .routes(routes!(retention::mine))
        .routes(routes!(retention::due))
        .routes(routes!(users::list))
        .routes(routes!(users::get, users::erase))
        .routes(routes!(users::set_role))
        .routes(routes!(users::lock))
        .routes(routes!(users::unlock))
        .routes(routes!(users::end_sign_ins))
        .routes(routes!(resumes::list))
        .routes(routes!(resumes::get, resumes::correct, resumes::delete))
        .routes(routes!(resumes::original))
        .routes(routes!(configs::create, configs::list))
        .routes(routes!(configs::get, configs::replace, configs::delete))
        .routes(routes!(configs::parse_job))
        .routes(routes!(configs::competencies))
        .routes(routes!(sessions::start, sessions::list))
        .routes(routes!(sessions::get, sessions::delete))
        .routes(routes!(sessions::pause))
        .routes(routes!(sessions::resume))
        .routes(routes!(sessions::complete))
        .routes(routes!(sessions::answer))
        .routes(routes!(sessions::answer_again))
        .routes(routes!(sessions::events))
        .routes(routes!(sessions::transcript))
        .routes(routes!(sessions::report))
        .routes(routes!(recordings::listen, recordings::delete))
        .routes(routes!(recordings::peaks))
        .routes(routes!(recordings::delivery))
        .routes(routes!(voice::about))
        .routes(routes!(voice_sample::sample))
        .routes(routes!(voice::correct))
        .routes(routes!(questions::generate))
        .routes(routes!(questions::follow_up))
        .routes(routes!(questions::of_session))
        .routes(routes!(questions::in_bank))
        .routes(routes!(evaluations::evaluate))
        .routes(routes!(evaluations::get))
        .routes(routes!(evaluations::of_session))
        .routes(routes!(feedback::give))
        .routes(routes!(feedback::get))
        .routes(routes!(feedback::of_session))
}

/// Requests about lines of sound: answered where those lines are held.
pub(crate) fn line_routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(voice::offer))
}

/// Routes that take files.
pub(crate) fn upload_routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(resumes::upload))
        .routes(routes!(bank::import))
        .routes(routes!(voice::check))
}

/// The OpenAPI 3.1 document.
pub fn document() -> Document {
    let mut document = routes().into_openapi();
    document.merge(upload_routes().into_openapi());
    document.merge(line_routes().into_openapi());
    document.paths.paths.values_mut().flat_map(operations).for_each(name);
    document
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, post, put, delete, patch, .. } = path;
    [get, post, put, delete, patch].into_iter().flatten()
}

/// Handlers of different modules share names; with the tag before it a name is the operation's own.
fn name(operation: &mut Operation) {
    let tag = operation.tags.as_ref().and_then(|tags| tags.first());
    if let (Some(tag), Some(id)) = (tag, &operation.operation_id) {
        operation.operation_id = Some(format!("{tag}_{id}"));
    }
}

/// The document and a page that shows it.
pub(crate) fn documents() -> Router<Api> {
    let page: Router<Api> =
        SwaggerUi::new("/api/docs").config(utoipa_swagger_ui::Config::from("/api/openapi.json")).into();
    page.route("/api/openapi.json", get(async || Json(document())))
}
