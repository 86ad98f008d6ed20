//! The way out and back.

use crate::browser::{Sent, open, path_of};
use crate::provider::{app, at_provider, with};
use axum::http::StatusCode;
use greenroom_testkit::Client;
use serde_json::json;

pub const TICKET: &str = "greenroom_oauth";

/// Leaves for the provider: where to, and the ticket.
pub async fn leave(client: &Client, query: &str) -> (String, String) {
    let sent = open(client, &format!("/api/oauth/work/start{query}"), &[]).await;
    let ticket =
        sent.cookies.get(TICKET).unwrap_or_else(|| panic!("no ticket on the way to {}", sent.to)).clone();
    (sent.to, ticket)
}

/// All the way as `account`.
pub async fn sign_in(client: &Client, account: &str, query: &str) -> Sent {
    let (url, ticket) = leave(client, query).await;
    let back = at_provider(&url, account, "go");
    open(client, &path_of(&back), &[(TICKET, &ticket)]).await
}

/// Who the cookies of an answer are signed in as.
pub async fn me(client: &mut Client, sent: &Sent) -> serde_json::Value {
    client.token = sent.cookies.get("greenroom_access").cloned();
    let (status, me) = client.call("GET", "/api/users/me", None).await;
    assert_eq!(status, StatusCode::OK, "{me}");
    me
}

fn parameter(url: &str, name: &str) -> String {
    let found = url.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    found.unwrap_or_else(|| panic!("no {name} in {url}")).to_owned()
}

#[tokio::test]
async fn the_first_time_makes_an_account_and_the_second_finds_it() {
    let mut client = app("greenroom").await;
    let (_, about) = client.call("GET", "/api/about", None).await;
    assert_eq!(about["sign_in"], json!([{"name": "work", "label": "Work"}]));
    let first = sign_in(&client, "Ada@Example.com", "?next=/prepare&texts=1").await;
    assert_eq!(first.to, "/prepare");
    assert_eq!(first.cookies.get(TICKET).map(String::as_str), Some(""), "the ticket is used");
    let made = me(&mut client, &first).await;
    assert_eq!(made["email"], "ada@example.com");
    assert_eq!((&made["name"], &made["is_guest"]), (&json!("Name of Ada"), &json!(false)));
    client.token = None;
    let second = sign_in(&client, "Ada@Example.com", "").await;
    assert_eq!(second.to, "/history");
    assert_eq!(me(&mut client, &second).await["id"], made["id"]);
    let (_, ways) = client.call("GET", "/api/users/me/identities", None).await;
    assert_eq!(ways["has_password"], false);
    assert_eq!(ways["linked"][0]["provider"], "work");
    let (_, export) = client.call("GET", "/api/users/me/export", None).await;
    assert_eq!(export["identities"][0]["email"], "Ada@Example.com");
    assert_eq!(export["user"]["consents"][0]["version"], "1");
}

#[tokio::test]
async fn nothing_that_ties_the_way_back_can_be_read_or_guessed() {
    let client = app("greenroom").await;
    let (url, ticket) = leave(&client, "").await;
    assert_eq!(parameter(&url, "code_challenge_method"), "S256");
    assert_eq!(parameter(&url, "response_type"), "code");
    let (state, nonce) = (parameter(&url, "state"), parameter(&url, "nonce"));
    assert!(state.len() >= 20 && nonce.len() >= 20 && state != nonce);
    assert!(!ticket.contains(&state) && !ticket.contains(&nonce));
    let (again, _) = leave(&client, "").await;
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(parameter(&url, name), parameter(&again, name));
    }
}

#[tokio::test]
async fn a_guest_keeps_what_they_did() {
    let mut client = app("greenroom").await;
    client.sign_in_as_guest().await;
    let session = client.start("Backend engineer. Experience with SQL is required.").await;
    let back = sign_in(&client, "ada@example.com", "").await;
    assert_eq!(me(&mut client, &back).await["is_guest"], false);
    let (status, _) = client.call("GET", &greenroom_testkit::at(&session, ""), None).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn the_way_back_is_taken_once_and_in_the_browser_that_left() {
    let client = app("greenroom").await;
    let (url, ticket) = leave(&client, "").await;
    let back = path_of(&at_provider(&url, "ada@example.com", "go"));
    // Another browser: none of its own, somebody else's, or one that was made up.
    let (_, others) = leave(&client, "").await;
    for ticket in ["", others.as_str(), "1.AAAA"] {
        let turned = open(&client, &back, &[(TICKET, ticket)]).await;
        assert_eq!(turned.to, "/login?oauth_error=oauth_not_from_here");
        assert!(!turned.cookies.contains_key("greenroom_access"));
    }
    let arrived = open(&client, &back, &[(TICKET, &ticket)]).await;
    assert!(arrived.cookies.contains_key("greenroom_access"));
    let replayed = open(&client, &back, &[(TICKET, &ticket)]).await;
    assert_eq!(replayed.to, "/login?oauth_error=oauth_used");
    assert!(!replayed.cookies.contains_key("greenroom_access"));
}

#[tokio::test]
async fn who_is_away_too_long_starts_again() {
    let client = app("greenroom").await;
    let (url, ticket) = leave(&client, "").await;
    let back = path_of(&at_provider(&url, "ada@example.com", "go"));
    client.test.clock.advance(600_000);
    let turned = open(&client, &back, &[(TICKET, &ticket)]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_too_late");
}

#[tokio::test]
async fn who_does_not_agree_is_not_signed_in() {
    let client = app("greenroom").await;
    let (url, ticket) = leave(&client, "").await;
    let back = path_of(&at_provider(&url, "ada@example.com", "deny"));
    let turned = open(&client, &back, &[(TICKET, &ticket)]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_denied");
}

#[tokio::test]
async fn a_provider_that_is_away_or_another_one_is_told_apart() {
    let nobody = with(json!({"issuer": "http://127.0.0.1:1", "client_id": "greenroom"})).await;
    let turned = open(&nobody, "/api/oauth/work/start", &[]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_provider_down");
    // It calls itself 127.0.0.1.
    let other = crate::provider::issuer().replace("127.0.0.1", "localhost");
    let other = with(json!({"issuer": other, "client_id": "greenroom"})).await;
    let turned = open(&other, "/api/oauth/work/start", &[]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_misconfigured");
    let here = [("host", "127.0.0.1:8080")];
    let (status, body) = nobody.call_with("GET", "/api/oauth/elsewhere/start", None, &here).await;
    assert_eq!((status, &body["error"]), (StatusCode::NOT_FOUND, &json!("oauth_unknown_provider")));
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_afterwards() {
    let client = app("greenroom").await;
    for next in ["//evil.example", "https://evil.example", "/%5Cevil.example", "/%09/evil.example", "evil"] {
        let back = sign_in(&client, "ada@example.com", &format!("?next={next}")).await;
        assert_eq!(back.to, "/history", "{next}");
    }
}

#[tokio::test]
async fn a_header_of_the_asker_does_not_say_where_to_come_back_to() {
    let client = app("greenroom").await;
    let request = client.request("GET", "/api/oauth/work/start").header("host", "evil.example");
    let answer = client.raw(request.body(axum::body::Body::empty())).await;
    assert_eq!(answer.headers()["location"], "/login?oauth_error=oauth_misconfigured");
}
