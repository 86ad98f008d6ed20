//! Providers whose word cannot be taken, and attempts to take somebody's account.

use crate::browser::{open, path_of};
use crate::provider::{app, at_provider};
use crate::signing_in::{TICKET, leave, me, sign_in};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn an_id_token_with_one_thing_wrong_signs_nobody_in() {
    let flaws = [
        "wrong-issuer",
        "wrong-audience",
        "one-audience-more",
        "expired",
        "from-the-future",
        "wrong-nonce",
        "no-nonce",
        "unsigned",
        "signed-by-another",
    ];
    for flaw in flaws {
        let client = app(flaw).await;
        let turned = sign_in(&client, "ada@example.com", "").await;
        assert_eq!(turned.to, "/login?oauth_error=oauth_refused", "{flaw}");
        assert!(!turned.cookies.contains_key("greenroom_access"), "{flaw}");
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
    let code = |path: &str| {
        path.split(['?', '&']).find(|pair| pair.starts_with("code=")).expect("a code").to_owned()
    };
    let forged = own.replace(&code(&own), &code(&stolen));
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
