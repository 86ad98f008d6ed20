//! Guessing passwords is slow, for accounts that exist and for those that do not.

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use greenroom_api::Options;
use greenroom_app::accounts;
use greenroom_testkit::Client;
use serde_json::{Value, json};
use std::net::SocketAddr;

const PASSWORD: &str = "a quiet green room";

fn unlimited() -> Options {
    let mut options = Options::default();
    options.limits.enabled = false;
    options
}

/// A client with an account of Ada's, and no limit of requests in the way.
async fn ada() -> Client {
    let client = Client::with(unlimited()).await;
    let account = json!({"email": "ada@example.com", "password": PASSWORD, "name": "Ada"});
    assert_eq!(client.call("POST", "/api/users/register", Some(account)).await.0, StatusCode::CREATED);
    client
}

/// Signs in from `address`: the status, when to try again, and what is said.
async fn try_from(client: &Client, address: &str, email: &str, password: &str) -> (u16, Option<u64>, Value) {
    let body = json!({"email": email, "password": password}).to_string();
    let mut request = Request::post("/api/users/login")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .expect("a request");
    let peer: SocketAddr = format!("{address}:4711").parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = client.raw(Ok(request)).await;
    let after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), 100_000).await.expect("a body");
    (status, after, serde_json::from_slice(&bytes).unwrap_or_default())
}

#[tokio::test]
async fn guessing_gets_slow_whether_the_account_exists_or_not() {
    let client = ada().await;
    let mut seen = Vec::new();
    for email in ["ada@example.com", "nobody@example.com"] {
        let mut answers = Vec::new();
        for n in 0..8_u8 {
            let (status, after, body) = try_from(&client, &format!("198.51.100.{n}"), email, "wrong").await;
            answers.push((status, after, body["error"].clone(), body["message"].clone()));
            if n == 5 {
                client.test.clock.advance(10_000);
            }
        }
        seen.push(answers);
    }
    assert_eq!(seen[0], seen[1], "no word of difference");
    let statuses: Vec<_> = seen[0].iter().map(|(status, after, ..)| (*status, *after)).collect();
    let wrong = (401, None);
    assert_eq!(statuses, [wrong, wrong, wrong, wrong, wrong, (429, Some(10)), wrong, (429, Some(20))]);
    assert_eq!(seen[0][7].2, "too_many_attempts");
    assert!(seen[0][7].3.as_str().is_some_and(|words| words.contains("Try again in 20 seconds")));
}

#[tokio::test]
async fn the_right_password_has_to_wait_too_and_then_clears_the_count() {
    let client = ada().await;
    let home = "203.0.113.7";
    for _ in 0..5 {
        assert_eq!(try_from(&client, "198.51.100.1", "ada@example.com", "wrong").await.0, 401);
    }
    assert_eq!(
        try_from(&client, home, "Ada@Example.com ", PASSWORD).await.0,
        429,
        "else a guess would be told"
    );
    // Another node, or this one after a restart, knows of it as well.
    let other = Client::of(client.test.again().await, unlimited());
    assert_eq!(try_from(&other, home, "ada@example.com", PASSWORD).await.0, 429);
    client.test.clock.advance(10_000);
    assert_eq!(try_from(&client, home, "ada@example.com", PASSWORD).await.0, 200);
    for _ in 0..5 {
        assert_eq!(try_from(&client, "198.51.100.1", "ada@example.com", "wrong").await.0, 401);
    }
}

#[tokio::test]
async fn an_operator_lets_a_person_in_at_once() {
    let client = ada().await;
    for _ in 0..6 {
        try_from(&client, "198.51.100.1", "ada@example.com", "wrong").await;
    }
    assert!(accounts::unlock(&client.test.app, " Ada@example.com").await.unwrap());
    assert!(!accounts::unlock(&client.test.app, "ada@example.com").await.unwrap(), "only once");
    assert_eq!(try_from(&client, "203.0.113.7", "ada@example.com", PASSWORD).await.0, 200);
}

#[tokio::test]
async fn one_network_cannot_try_many_accounts() {
    let client = ada().await;
    let mut refused = 0;
    for n in 0..51_u8 {
        // All of one IPv6 network.
        let address = format!("[2001:db8:1:2::{n:x}]");
        refused +=
            u8::from(try_from(&client, &address, &format!("p{n}@example.com"), "wrong").await.0 == 429);
    }
    assert_eq!(refused, 1, "after fifty");
    assert_eq!(try_from(&client, "[2001:db8:1:2::ff]", "ada@example.com", PASSWORD).await.0, 429);
    assert_eq!(
        try_from(&client, "[2001:db8:1:3::1]", "ada@example.com", PASSWORD).await.0,
        200,
        "a neighbour"
    );
}

#[tokio::test]
async fn who_uses_a_sign_in_that_is_not_theirs_cannot_guess_the_password_either() {
    let mut client = ada().await;
    let (_, _, tokens) = try_from(&client, "203.0.113.7", "ada@example.com", PASSWORD).await;
    client.token = tokens["access_token"].as_str().map(str::to_owned);
    let change = json!({"current_password": "wrong", "new_password": "a much louder red room"});
    for _ in 0..5 {
        let (status, _) = client.call("PUT", "/api/users/me", Some(change.clone())).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (status, refused) = client.call("PUT", "/api/users/me", Some(change)).await;
    assert_eq!((status, &refused["error"]), (StatusCode::TOO_MANY_REQUESTS, &json!("too_many_attempts")));
}
