//! Providers whose word cannot be taken, and attempts to take somebody's account.

use crate::browser::{open, path_of};
use crate::provider::{app, at_provider, work};
use crate::signing_in::{TICKET, leave, me, sign_in};
use axum::http::StatusCode;
use greenroom_app::SystemClock;
use greenroom_domain::clock::Clock;
use greenroom_identity::IdentityError;
use serde_json::json;

fn code(path: &str) -> &str {
    path.split(['?', '&']).find_map(|pair| pair.strip_prefix("code=")).expect("a code")
}

/// Why nobody is signed in by this client of the provider, as the log says it.
async fn why_refused(client_id: &str) -> String {
    let (providers, now) = (work(client_id), SystemClock.now());
    let redirect = "http://127.0.0.1/api/oauth/work/callback";
    let left = providers.begin("work", redirect, now).await.expect("it is known").expect("a way out");
    let back = at_provider(&left.url, "ada@example.com", "go");
    let found = providers.finish("work", code(&back), &left.secrets, redirect, now).await;
    match found.expect("it is known") {
        Err(IdentityError::Untrusted(words)) => words,
        other => panic!("{client_id}: {other:?}"),
    }
}

#[tokio::test]
async fn an_id_token_with_one_thing_wrong_signs_nobody_in() {
    // What goes the same way and has nothing wrong is taken.
    let client = app("signed-again").await;
    let taken = sign_in(&client, "ada@example.com", "").await;
    assert!(taken.cookies.contains_key("greenroom_access"), "{}", taken.to);

    for (flaw, reason) in [
        ("wrong-issuer", "found `https://somebody.example`"),
        ("wrong-audience", "found audiences: `another-client`"),
        ("one-audience-more", "`another-client` is not a trusted audience"),
        ("expired", "ID token expired"),
        ("from-the-future", "issued in the future"),
        ("wrong-nonce", "nonce mismatch"),
        ("no-nonce", "missing nonce"),
        ("unsigned", "Signature verification failed"),
        ("signed-by-another", "Signature verification failed"),
    ] {
        let client = app(flaw).await;
        let turned = sign_in(&client, "ada@example.com", "").await;
        assert_eq!(turned.to, "/login?oauth_error=oauth_refused", "{flaw}");
        assert!(!turned.cookies.contains_key("greenroom_access"), "{flaw}");
        let words = why_refused(flaw).await;
        assert!(words.contains(reason), "{flaw}: {words}");
    }
}

#[tokio::test]
async fn a_way_out_without_pkce_leads_nowhere() {
    let client = app("greenroom").await;
    let (url, ticket) = leave(&client, "").await;
    let (before, _) = url.split_once("&code_challenge=").expect("a challenge");
    let (_, after) = url.split_once("&code_challenge_method=S256").expect("its method");
    let weakened = format!("{before}{after}");
    let back = path_of(&at_provider(&weakened, "ada@example.com", "go"));
    let turned = open(&client, &back, &[(TICKET, &ticket)]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_refused");
}

#[tokio::test]
async fn a_code_is_of_no_use_to_another_sign_in() {
    let client = app("greenroom").await;
    let (stolen, _) = leave(&client, "").await;
    let stolen = path_of(&at_provider(&stolen, "ada@example.com", "go"));
    let (own, ticket) = leave(&client, "").await;
    let own = path_of(&at_provider(&own, "mallory@example.com", "go"));
    // The code of the one with the state of the other: the verifier does not fit.
    let forged = own.replace(code(&own), code(&stolen));
    let turned = open(&client, &forged, &[(TICKET, &ticket)]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_refused");
}

#[tokio::test]
async fn another_issuer_in_the_answer_is_refused() {
    let client = app("greenroom").await;
    let (url, ticket) = leave(&client, "").await;
    let back = path_of(&at_provider(&url, "ada@example.com", "go"));
    let (before, _) = back.split_once("&iss=").expect("the provider names itself");
    let turned =
        open(&client, &format!("{before}&iss=https%3A%2F%2Fevil.example"), &[(TICKET, &ticket)]).await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_refused");
}

#[tokio::test]
async fn an_address_makes_nobody_the_owner_of_an_account() {
    let mut client = app("greenroom").await;
    let ada = json!({"email": "ada@example.com", "password": "the ferry leaves at six", "name": "Ada"});
    let (status, _) = client.call("POST", "/api/users/register", Some(ada)).await;
    assert_eq!(status, StatusCode::CREATED);
    // Neither with an address that the provider has seen, nor with one that somebody only typed there.
    for (account, error) in [
        ("ada@example.com", "oauth_email_taken"),
        ("unverified:ada@example.com", "oauth_email_unverified"),
        ("unverified:new@example.com", "oauth_email_unverified"),
        ("nomail:ada", "oauth_no_email"),
    ] {
        let turned = sign_in(&client, account, "").await;
        assert_eq!(turned.to, format!("/login?oauth_error={error}"), "{account}");
        assert!(!turned.cookies.contains_key("greenroom_access"), "{account}");
    }
    // The other way round: a password cannot be registered for an account that came by the provider.
    let back = sign_in(&client, "bea@example.com", "").await;
    assert_eq!(me(&mut client, &back).await["email"], "bea@example.com");
    client.token = None;
    let bea = json!({"email": "bea@example.com", "password": "the ferry leaves at six", "name": "Bea"});
    let (status, body) = client.call("POST", "/api/users/register", Some(bea)).await;
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &json!("email_taken")));
    let login = json!({"email": "bea@example.com", "password": ""});
    let (status, _) = client.call("POST", "/api/users/login", Some(login)).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
