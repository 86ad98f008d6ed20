//! Where a person is signed in, and what ends it.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_api::Options;
use greenroom_app::accounts::BELIEVED_MS;
use greenroom_testkit::Client;
use serde_json::{Value, json};

const PASSWORD: &str = "a quiet green room";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const LIST: &str = "/api/users/me/sessions";

/// Ada, who has just registered and is signed in nowhere.
async fn ada() -> Client {
    let mut client = Client::guest().await;
    let account = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada"});
    let (status, tokens) = client.call("POST", "/api/users/register", Some(account)).await;
    assert_eq!(status, StatusCode::CREATED);
    client.token = token(&tokens);
    assert_eq!(client.call("POST", "/api/users/logout", Some(json!({}))).await.0, StatusCode::NO_CONTENT);
    client.token = None;
    client
}

fn token(tokens: &Value) -> Option<String> {
    tokens["access_token"].as_str().map(str::to_owned)
}

async fn sign_in(client: &Client, user_agent: &str) -> Value {
    let login = json!({"email": "ada@example.com", "password": PASSWORD});
    let (status, tokens) =
        client.call_with("POST", "/api/users/login", Some(login), &[("user-agent", user_agent)]).await;
    assert_eq!(status, StatusCode::OK);
    tokens
}

async fn renew(client: &Client, tokens: &Value) -> (StatusCode, Value) {
    let body = json!({"refresh_token": tokens["refresh_token"]});
    client.call("POST", "/api/users/refresh", Some(body)).await
}

/// Whether the access token still opens the account, and why not.
async fn opens(client: &mut Client, tokens: &Value) -> Result<(), String> {
    let before = std::mem::replace(&mut client.token, token(tokens));
    let (status, body) = client.call("GET", "/api/users/me", None).await;
    client.token = before;
    if status == StatusCode::OK { Ok(()) } else { Err(body["error"].to_string()) }
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_one() {
    let mut client = ada().await;
    let here = sign_in(&client, FIREFOX).await;
    client.test.clock.advance(60_000);
    let phone = sign_in(&client, IPHONE).await;
    client.token = token(&here);
    let (status, list) = client.call("GET", LIST, None).await;
    assert_eq!(status, StatusCode::OK);
    let seen: Vec<_> = list["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (item["device"].as_str().unwrap_or(""), item["is_current"] == true))
        .collect();
    assert_eq!(seen, [("Safari on iPhone", false), ("Firefox on Linux", true)]);
    let phones = format!("{LIST}/{}", list["items"][0]["id"].as_str().expect("an id"));
    assert_eq!(client.call("DELETE", &phones, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(opens(&mut client, &phone).await, Err("\"sign_in_ended\"".to_owned()), "at once");
    let (status, refused) = renew(&client, &phone).await;
    assert_eq!((status, &refused["error"]), (StatusCode::UNAUTHORIZED, &json!("sign_in_ended")));
    assert!(refused["message"].as_str().is_some_and(|words| words.contains("from another device")));
    assert_eq!(opens(&mut client, &here).await, Ok(()));
}

#[tokio::test]
async fn all_other_sign_ins_end_at_once_and_nobody_elses() {
    let mut client = ada().await;
    let (here, phone) = (sign_in(&client, FIREFOX).await, sign_in(&client, IPHONE).await);
    client.sign_in_as_guest().await;
    let guest = client.token.clone();
    client.token = token(&here);
    let (status, ended) = client.call("DELETE", LIST, None).await;
    assert_eq!((status, &ended["ended"]), (StatusCode::OK, &json!(1)));
    assert!(opens(&mut client, &phone).await.is_err());
    assert_eq!(opens(&mut client, &here).await, Ok(()));
    assert_eq!(opens(&mut client, &json!({"access_token": guest})).await, Ok(()));
}

#[tokio::test]
async fn signing_out_ends_the_access_token_too() {
    let mut client = ada().await;
    let here = sign_in(&client, FIREFOX).await;
    client.token = token(&here);
    assert_eq!(client.call("POST", "/api/users/logout", Some(json!({}))).await.0, StatusCode::NO_CONTENT);
    assert_eq!(opens(&mut client, &here).await, Err("\"unauthenticated\"".to_owned()));
    assert_eq!(renew(&client, &here).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_node_hears_of_it_within_seconds() {
    let mut client = ada().await;
    let (here, phone) = (sign_in(&client, FIREFOX).await, sign_in(&client, IPHONE).await);
    let other = client.test.again().await;
    let mut elsewhere = Client::of(other, Options::default());
    assert_eq!(opens(&mut elsewhere, &phone).await, Ok(()));
    client.token = token(&here);
    client.call("DELETE", LIST, None).await;
    client.test.clock.advance(BELIEVED_MS);
    assert!(opens(&mut elsewhere, &phone).await.is_err());
}

#[tokio::test]
async fn who_copies_a_token_ends_the_sign_in_and_the_person_is_told() {
    let mut client = ada().await;
    let first = sign_in(&client, FIREFOX).await;
    let (status, second) = renew(&client, &first).await;
    assert_eq!(status, StatusCode::OK);
    client.test.clock.advance(11_000);
    let (status, refused) = renew(&client, &first).await;
    assert_eq!((status, &refused["error"]), (StatusCode::UNAUTHORIZED, &json!("refresh_token_reused")));
    assert_eq!(opens(&mut client, &second).await, Err("\"refresh_token_reused\"".to_owned()), "at once");
    assert_eq!(renew(&client, &second).await.1["error"], "refresh_token_reused");

    let again = sign_in(&client, IPHONE).await;
    let alert = &again["user"]["alerts"][0];
    assert_eq!(again["user"]["alerts"].as_array().map(Vec::len), Some(1), "told at the next sign-in");
    client.token = token(&again);
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    assert_eq!(&me["alerts"][0], alert);
    let known = format!("{LIST}/{}", alert["id"].as_str().expect("an id"));
    assert_eq!(client.call("DELETE", &known, None).await.0, StatusCode::NO_CONTENT);
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    assert_eq!(me["alerts"], json!([]), "until they say that they know");
}

#[tokio::test]
async fn two_tabs_that_renew_at_once_stay_signed_in() {
    let mut client = ada().await;
    let first = sign_in(&client, FIREFOX).await;
    let (_, one) = renew(&client, &first).await;
    client.test.clock.advance(9_000);
    let (status, two) = renew(&client, &first).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(one["refresh_token"], two["refresh_token"]);
    assert_eq!(opens(&mut client, &two).await, Ok(()));
    client.test.clock.advance(60_000);
    assert_eq!(renew(&client, &two).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_new_address_ends_all_other_sign_ins_and_says_why() {
    let mut client = ada().await;
    let (here, phone) = (sign_in(&client, FIREFOX).await, sign_in(&client, IPHONE).await);
    client.token = token(&here);
    let change = json!({"email": "ada@example.org", "current_password": PASSWORD});
    assert_eq!(client.call("PUT", "/api/users/me", Some(change)).await.0, StatusCode::OK);
    assert_eq!(opens(&mut client, &here).await, Ok(()));
    let (_, refused) = renew(&client, &phone).await;
    assert!(
        refused["message"].as_str().is_some_and(|words| words.contains("the e-mail address was changed"))
    );
}

#[tokio::test]
async fn clocks_of_nodes_may_be_apart_a_little() {
    let mut client = ada().await;
    let here = sign_in(&client, FIREFOX).await;
    client.test.clock.advance(1_829_000);
    assert_eq!(opens(&mut client, &here).await, Ok(()));
    client.test.clock.advance(1_000);
    assert!(opens(&mut client, &here).await.is_err(), "half an hour and half a minute");
    // A node whose clock is behind that of the node that issued it.
    client.test.clock.advance(-1_890_000);
    assert_eq!(opens(&mut client, &here).await, Ok(()));
}

#[tokio::test]
async fn a_guest_who_registers_has_one_sign_in() {
    let mut client = Client::guest().await;
    let guest = json!({"access_token": client.token});
    let account = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada"});
    let (_, tokens) = client.call("POST", "/api/users/register", Some(account)).await;
    client.token = token(&tokens);
    let (_, list) = client.call("GET", LIST, None).await;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    assert!(opens(&mut client, &guest).await.is_err());
}

const DAY_MS: i64 = 86_400_000;

#[tokio::test]
async fn a_sign_in_ends_after_thirty_days_however_often_it_is_renewed() {
    let mut client = ada().await;
    let mut tokens = sign_in(&client, FIREFOX).await;
    assert_eq!(tokens["expires_in"], 1800);
    for _ in 0..3 {
        client.test.clock.advance(9 * DAY_MS);
        let (status, renewed) = renew(&client, &tokens).await;
        assert_eq!(status, StatusCode::OK);
        tokens = renewed;
    }
    // Ten minutes before its end: what it gets ends with it.
    client.test.clock.advance(3 * DAY_MS - 600_000);
    let (_, last) = renew(&client, &tokens).await;
    assert_eq!(last["expires_in"], 600);
    assert_eq!(opens(&mut client, &last).await, Ok(()));
    client.test.clock.advance(600_000 + 30_000);
    let (status, refused) = renew(&client, &last).await;
    assert_eq!((status, &refused["error"]), (StatusCode::UNAUTHORIZED, &json!("unauthenticated")));
    assert_eq!(opens(&mut client, &last).await, Err("\"unauthenticated\"".to_owned()));
}

/// HMAC-SHA-256 of a token's first two parts, as its issuer makes it.
fn signature(key: &[u8], header: &str, claims: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key);
    URL_SAFE_NO_PAD.encode(ring::hmac::sign(&key, format!("{header}.{claims}").as_bytes()))
}

#[tokio::test]
async fn a_token_that_was_changed_or_that_somebody_else_signed_opens_nothing() {
    let mut client = ada().await;
    let tokens = sign_in(&client, FIREFOX).await;
    let genuine = tokens["access_token"].as_str().expect("a token");
    let parts: Vec<&str> = genuine.split('.').collect();
    let claims = URL_SAFE_NO_PAD.decode(parts[1]).expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    let write = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let mut longer = claims.clone();
    longer["exp"] = json!(claims["exp"].as_i64().expect("a moment") + 1);
    let unsigned = write(&json!({"alg": "none", "typ": "JWT"}));
    let other_hash = write(&json!({"alg": "HS512", "typ": "JWT"}));
    let forged = [
        format!("{}.{}.{}", parts[0], write(&longer), parts[2]),
        format!("{unsigned}.{}.", parts[1]),
        format!("{unsigned}.{}.{}", parts[1], parts[2]),
        format!("{other_hash}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], signature(b"a key of somebody else", parts[0], parts[1])),
        format!("{}.{}", parts[0], parts[1]),
        genuine.to_uppercase(),
        String::new(),
    ];
    for token in forged {
        let tokens = json!({"access_token": token});
        assert_eq!(opens(&mut client, &tokens).await, Err("\"unauthenticated\"".to_owned()), "{token}");
    }
    assert_eq!(opens(&mut client, &tokens).await, Ok(()));
}
