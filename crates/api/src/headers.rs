//! What every answer tells the browser to refuse.

use crate::options::Options;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// The web app: scripts, styles, fonts and pictures of our own only, nothing inline, no text that becomes a script.
/// WebAssembly, for the camera mirror, may be compiled; it too comes from here only.
const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
    img-src 'self' data:; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";
/// Data: nothing in it is for a browser to run, should it be opened as a page.
const DATA_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
/// The page that shows the OpenAPI document comes from a package, which writes styles and markup itself.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Two years, as browsers ask for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");
const HSTS_SUBDOMAINS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=(self)"),
];

/// What browsers are to remember of HTTPS: nothing unless people come by it.
pub(crate) fn hsts(options: &Options) -> Option<HeaderValue> {
    options.is_https().then_some(if options.hsts_subdomains { HSTS_SUBDOMAINS } else { HSTS })
}

/// Adds what the answer does not say itself.
pub(crate) async fn guard(State(hsts): State<Option<HeaderValue>>, request: Request, next: Next) -> Response {
    let policy = policy(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        add(headers, name, HeaderValue::from_static(value));
    }
    add(headers, header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if let Some(hsts) = hsts {
        add(headers, header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    name_charset(headers);
    response
}

/// A browser guesses the characters of a text that does not name them; all of ours are UTF-8.
fn name_charset(headers: &mut HeaderMap) {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else { return };
    let is_text = kind.starts_with("text/") || kind.ends_with("/xml") || kind.ends_with("+xml");
    if is_text
        && !kind.contains("charset")
        && let Ok(named) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, named);
    }
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

fn policy(path: &str) -> &'static str {
    let below =
        |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if below("/api/docs") {
        DOCS_POLICY
    } else if below("/api") {
        DATA_POLICY
    } else {
        APP_POLICY
    }
}
