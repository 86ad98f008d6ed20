//! A new password, and what becomes of the sign-ins.

use axum::http::StatusCode;
use greenroom_testkit::Client;
use serde_json::{Value, json};

const OLD: &str = "a quiet green room";
const NEW: &str = "a much louder red room";

async fn sign_in(client: &Client) -> Value {
    let login = json!({"email": "ada@example.com", "password": OLD});
    let (status, tokens) = client.call("POST", "/api/users/login", Some(login)).await;
    assert_eq!(status, StatusCode::OK);
    tokens
}

#[tokio::test]
async fn a_new_password_ends_all_other_sign_ins() {
    let mut client = Client::guest().await;
    let account = json!({"email": "ada@example.com", "password": OLD, "name": "Ada"});
    client.call("POST", "/api/users/register", Some(account)).await;
    let (here, elsewhere) = (sign_in(&client).await, sign_in(&client).await);
    client.token = here["access_token"].as_str().map(str::to_owned);

    let change = json!({"current_password": OLD, "new_password": NEW});
    let (status, _) = client.call("PUT", "/api/users/me", Some(change)).await;
    assert_eq!(status, StatusCode::OK);
    let renew = async |tokens: &Value| {
        let body = json!({"refresh_token": tokens["refresh_token"]});
        client.call("POST", "/api/users/refresh", Some(body)).await.0
    };
    assert_eq!(renew(&elsewhere).await, StatusCode::UNAUTHORIZED);
    assert_eq!(renew(&here).await, StatusCode::OK, "who changed it stays signed in");
}

#[tokio::test]
async fn the_web_app_stays_signed_in_by_its_cookie() {
    let mut client = Client::guest().await;
    let account = json!({"email": "ada@example.com", "password": OLD, "name": "Ada"});
    client.call("POST", "/api/users/register", Some(account)).await;
    let tokens = sign_in(&client).await;
    client.token = None;
    let text = |name: &str| tokens[name].as_str().expect("a token");
    let cookies =
        format!("greenroom_access={}; greenroom_refresh={}", text("access_token"), text("refresh_token"));
    let headers = [("cookie", cookies.as_str()), ("x-greenroom-client", "web")];
    let change = json!({"current_password": OLD, "new_password": NEW});
    let (status, _) = client.call_with("PUT", "/api/users/me", Some(change), &headers).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = client.call_with("POST", "/api/users/refresh", Some(json!({})), &headers).await;
    assert_eq!(status, StatusCode::OK);
}
