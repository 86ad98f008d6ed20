//! Providers of an account: linked from inside, unlinked, and what stays.

use crate::browser::open;
use crate::provider::app;
use crate::signing_in::{me, sign_in};
use axum::http::StatusCode;
use greenroom_testkit::Client;
use serde_json::{Value, json};

const PASSWORD: &str = "the ferry leaves at six";

async fn register(client: &mut Client, email: &str) -> Value {
    client.token = None;
    let body = json!({"email": email, "password": PASSWORD, "name": "Ada"});
    let (status, made) = client.call("POST", "/api/users/register", Some(body)).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    client.token = made["access_token"].as_str().map(str::to_owned);
    made["user"].clone()
}

async fn linked(client: &Client) -> Vec<Value> {
    let (status, ways) = client.call("GET", "/api/users/me/identities", None).await;
    assert_eq!(status, StatusCode::OK, "{ways}");
    ways["linked"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn an_account_with_a_password_links_a_provider_and_signs_in_by_it() {
    let mut client = app("greenroom").await;
    let ada = register(&mut client, "ada@example.com").await;
    // Whatever the provider calls her: she is signed in here.
    let back = sign_in(&client, "unverified:else@example.com", "?link=true&next=/account").await;
    assert_eq!(back.to, "/account");
    assert!(!back.cookies.contains_key("greenroom_access"), "nobody signs in by linking");
    assert_eq!(linked(&client).await[0]["email"], "else@example.com");
    client.token = None;
    let back = sign_in(&client, "unverified:else@example.com", "").await;
    assert_eq!(me(&mut client, &back).await["id"], ada["id"]);
    // Linking it again changes nothing; another one of the same provider is refused.
    let again = sign_in(&client, "unverified:else@example.com", "?link=true").await;
    assert_eq!(again.to, "/account");
    let second = sign_in(&client, "second@example.com", "?link=true").await;
    assert_eq!(second.to, "/account?oauth_error=oauth_linked_already");
    assert_eq!(linked(&client).await.len(), 1);
}

#[tokio::test]
async fn what_is_linked_elsewhere_is_not_taken_away() {
    let mut client = app("greenroom").await;
    let ada = sign_in(&client, "ada@example.com", "").await;
    let ada = me(&mut client, &ada).await;
    register(&mut client, "mallory@example.com").await;
    let turned = sign_in(&client, "ada@example.com", "?link=true").await;
    assert_eq!(turned.to, "/account?oauth_error=oauth_taken");
    assert!(linked(&client).await.is_empty());
    client.token = None;
    let back = sign_in(&client, "ada@example.com", "").await;
    assert_eq!(me(&mut client, &back).await["id"], ada["id"]);
}

#[tokio::test]
async fn only_who_is_signed_in_to_an_account_links() {
    let mut client = app("greenroom").await;
    let turned = open(&client, "/api/oauth/work/start?link=true", &[]).await;
    assert_eq!(turned.to, "/account?oauth_error=oauth_sign_in_first");
    client.sign_in_as_guest().await;
    let turned = open(&client, "/api/oauth/work/start?link=true", &[]).await;
    assert_eq!(turned.to, "/account?oauth_error=oauth_sign_in_first");
}

#[tokio::test]
async fn a_provider_is_unlinked_unless_nothing_else_leads_in() {
    let mut client = app("greenroom").await;
    let back = sign_in(&client, "ada@example.com", "").await;
    me(&mut client, &back).await;
    let (status, body) = client.call("DELETE", "/api/users/me/identities/work", None).await;
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &json!("oauth_last_way_in")));
    // Who came by a provider has no present password to give.
    let first = json!({"new_password": PASSWORD});
    let (status, body) = client.call("PUT", "/api/users/me", Some(first)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let second = json!({"new_password": "the ferry leaves at seven"});
    let (status, _) = client.call("PUT", "/api/users/me", Some(second)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "now there is one to give");
    let login = json!({"email": "ada@example.com", "password": PASSWORD});
    let (_, tokens) = client.call("POST", "/api/users/login", Some(login)).await;
    client.token = tokens["access_token"].as_str().map(str::to_owned);
    let (status, _) = client.call("DELETE", "/api/users/me/identities/work", None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(linked(&client).await.is_empty());
    let (status, _) = client.call("DELETE", "/api/users/me/identities/work", None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    // The address is taken now, and the provider is linked to nobody.
    client.token = None;
    let turned = sign_in(&client, "ada@example.com", "").await;
    assert_eq!(turned.to, "/login?oauth_error=oauth_email_taken");
}

#[tokio::test]
async fn what_was_erased_begins_anew() {
    let mut client = app("greenroom").await;
    let back = sign_in(&client, "ada@example.com", "").await;
    let first = me(&mut client, &back).await;
    let (status, _) = client.call("DELETE", "/api/users/me", None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    client.token = None;
    let back = sign_in(&client, "ada@example.com", "").await;
    assert_ne!(me(&mut client, &back).await["id"], first["id"]);
}
