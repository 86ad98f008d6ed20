//! GitHub, played at the network's edge with the replies that it documents.

use crate::browser::open;
use crate::provider::with;
use crate::signing_in::{TICKET, leave, me};
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_testkit::Client;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// What it answers.
#[derive(Clone, Default)]
struct Github {
    emails: Vec<Value>,
    /// The last code challenge, as the test saw it go by.
    challenge: Arc<Mutex<String>>,
}

async fn token(State(github): State<Github>, Form(form): Form<HashMap<String, String>>) -> Json<Value> {
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let fits =
        URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *github.challenge.lock().expect("no panic");
    let right = form["client_secret"] == "s3cret"
        && form["redirect_uri"] == "http://127.0.0.1:8080/api/oauth/work/callback";
    if !right {
        let words = "The client_id and/or client_secret passed are incorrect.";
        return Json(json!({"error": "incorrect_client_credentials", "error_description": words}));
    }
    if form["code"] != "e72e16c7e42f292c6912" || !fits {
        let words = "The code passed is incorrect or expired.";
        return Json(json!({"error": "bad_verification_code", "error_description": words}));
    }
    Json(
        json!({"access_token": "gho_16C7e42F292c6912E7710c838347Ae178B4a", "scope": "read:user,user:email", "token_type": "bearer"}),
    )
}

fn refused(headers: &HeaderMap) -> Option<Response> {
    let right = headers
        .get("authorization")
        .is_some_and(|value| value == "Bearer gho_16C7e42F292c6912E7710c838347Ae178B4a");
    let agent = headers
        .get("user-agent")
        .is_some_and(|value| value.to_str().is_ok_and(|text| text.starts_with("greenroom/")));
    let body = Json(json!({"message": "Requires authentication", "status": "401"}));
    (!right || !agent).then(|| (StatusCode::UNAUTHORIZED, body).into_response())
}

async fn user(headers: HeaderMap) -> Response {
    // Its public address is not asked for: nobody has seen it to be theirs.
    let user = json!({"login": "octocat", "id": 583_231, "node_id": "MDQ6VXNlcjU4MzIzMQ==", "name": "The Octocat",
        "email": "public@example.com", "type": "User", "site_admin": false});
    refused(&headers).unwrap_or_else(|| Json(user).into_response())
}

async fn emails(State(github): State<Github>, headers: HeaderMap) -> Response {
    refused(&headers).unwrap_or_else(|| Json(github.emails).into_response())
}

async fn play(emails_of: Vec<Value>, secret: &str) -> (Client, Github) {
    let github = Github { emails: emails_of, ..Github::default() };
    let router = Router::new()
        .route("/login/oauth/access_token", post(token))
        .route("/api/v3/user", get(user))
        .route("/api/v3/user/emails", get(emails))
        .with_state(github.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = with(json!({"kind": "github", "issuer": issuer, "client_id": "Iv1.8a61f9b3a7aba766", "client_secret": secret})).await;
    (client, github)
}

fn email(address: &str, primary: bool, verified: bool) -> Value {
    json!({"email": address, "primary": primary, "verified": verified, "visibility": null})
}

/// Leaves, and comes back with `code`.
async fn come_back(client: &Client, github: &Github, code: &str) -> crate::browser::Sent {
    let (url, ticket) = leave(client, "").await;
    let of = |name: &str| {
        url.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)).expect("a parameter").to_owned()
    };
    assert!(url.contains("/login/oauth/authorize?") && of("scope=") == "read%3Auser+user%3Aemail", "{url}");
    *github.challenge.lock().expect("no panic") = of("code_challenge=");
    let path = format!("/api/oauth/work/callback?code={code}&state={}", of("state="));
    open(client, &path, &[(TICKET, &ticket)]).await
}

const CODE: &str = "e72e16c7e42f292c6912";

#[tokio::test]
async fn the_primary_address_of_the_list_counts() {
    let all = vec![email("old@example.com", false, true), email("octocat@example.com", true, true)];
    let (mut client, github) = play(all, "s3cret").await;
    let back = come_back(&client, &github, CODE).await;
    let made = me(&mut client, &back).await;
    assert_eq!((&made["email"], &made["name"]), (&json!("octocat@example.com"), &json!("The Octocat")));
    client.token = None;
    let again = come_back(&client, &github, CODE).await;
    assert_eq!(me(&mut client, &again).await["id"], made["id"]);
}

#[tokio::test]
async fn what_github_refuses_or_has_not_confirmed_signs_nobody_in() {
    for (all, secret, code, error) in [
        (vec![email("octocat@example.com", true, false)], "s3cret", CODE, "oauth_email_unverified"),
        (vec![], "s3cret", CODE, "oauth_no_email"),
        (vec![email("octocat@example.com", true, true)], "s3cret", "another", "oauth_refused"),
        (vec![email("octocat@example.com", true, true)], "wrong", CODE, "oauth_misconfigured"),
    ] {
        let (client, github) = play(all, secret).await;
        let turned = come_back(&client, &github, code).await;
        assert_eq!(turned.to, format!("/login?oauth_error={error}"));
    }
}
