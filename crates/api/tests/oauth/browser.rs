//! The parts of a browser that these tests need.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use greenroom_testkit::Client;
use std::collections::HashMap;

/// What a page of the provider does.
pub enum Page {
    /// It sends elsewhere.
    Goes(String),
    /// It shows a form.
    Shows { at: String },
}

/// Visits a page of the provider, with its cookies; posts `form` to it if there is one.
pub fn visit(cookies: &mut HashMap<String, String>, url: &str, form: Option<&[(&str, &str)]>) -> Page {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into();
    let kept = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let answer = match form {
        None => agent.get(url).header("cookie", kept).call(),
        Some(form) => agent.post(url).header("cookie", kept).send_form(form.iter().copied()),
    };
    let mut answer = answer.expect("the provider answers");
    for set in answer.headers().get_all(header::SET_COOKIE) {
        let set = set.to_str().expect("text").split(';').next().unwrap_or_default();
        let (name, value) = set.split_once('=').expect("a cookie");
        cookies.insert(name.to_owned(), value.to_owned());
    }
    if let Some(to) = answer.headers().get(header::LOCATION) {
        return Page::Goes(to.to_str().expect("text").to_owned());
    }
    let words = answer.body_mut().read_to_string().unwrap_or_default();
    assert_eq!(answer.status(), StatusCode::OK, "{url}: {words}");
    Page::Shows { at: url.to_owned() }
}

/// Where an answer of ours leads, and the cookies that it sets.
pub struct Sent {
    pub to: String,
    pub cookies: HashMap<String, String>,
}

/// Opens an address of ours as a browser does, with these cookies.
pub async fn open(client: &Client, path: &str, cookies: &[(&str, &str)]) -> Sent {
    let kept = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let request = client.request("GET", path).header("host", "127.0.0.1:8080").header("cookie", kept);
    let answer = client.raw(request.body(Body::empty())).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    Sent { to: text(answer.headers(), "location"), cookies: set(answer.headers()) }
}

fn set(headers: &HeaderMap) -> HashMap<String, String> {
    let all = headers.get_all(header::SET_COOKIE).into_iter().map(|value| value.to_str().expect("text"));
    all.map(|cookie| {
        assert!(cookie.contains("HttpOnly"), "{cookie}");
        let pair = cookie.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').expect("a cookie");
        (name.to_owned(), value.to_owned())
    })
    .collect()
}

fn text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).expect("the header").to_str().expect("text").to_owned()
}

/// The path with the query of an address.
pub fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}
