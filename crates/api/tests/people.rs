//! What administrators do about accounts.

use axum::http::StatusCode;
use greenroom_domain::account::Role;
use greenroom_domain::permission::Standing;
use greenroom_testkit::Client;
use serde_json::{Value, json};

const PASSWORD: &str = "a quiet green room";

/// An administrator who is signed in, Ada, and Bo, who practises.
async fn office() -> (Client, Value) {
    let client = Client::signed_in(Role::Admin).await;
    let bo = json!({"email": "bo@example.com", "password": PASSWORD, "name": "Bo"});
    let (status, bo) =
        client.call_with("POST", "/api/users/register", Some(bo), &[("authorization", "")]).await;
    assert_eq!(status, StatusCode::CREATED, "{bo}");
    (client, bo)
}

fn at(person: &Value, rest: &str) -> String {
    format!("/api/admin/users/{}{rest}", person["user"]["id"].as_str().expect("an id"))
}

async fn as_bo(client: &mut Client, bo: &Value) -> (StatusCode, Value) {
    let token = bo["access_token"].as_str().map(str::to_owned);
    let before = std::mem::replace(&mut client.token, token);
    let answer = client.call("GET", "/api/users/me", None).await;
    client.token = before;
    answer
}

/// Sent by somebody who is not signed in.
async fn by_nobody(client: &mut Client, path: &str, body: Value) -> (StatusCode, Value) {
    let before = client.token.take();
    let answer = client.call("POST", path, Some(body)).await;
    client.token = before;
    answer
}

async fn sign_in(client: &mut Client) -> (StatusCode, Value) {
    by_nobody(client, "/api/users/login", json!({"email": "bo@example.com", "password": PASSWORD})).await
}

#[tokio::test]
async fn people_are_listed_and_found() {
    let (client, bo) = office().await;
    let (status, all) = client.call("GET", "/api/admin/users", None).await;
    assert_eq!(status, StatusCode::OK);
    let names = |list: &Value| -> Vec<String> {
        list["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let mut everybody = names(&all);
    everybody.sort();
    assert_eq!(everybody, ["Ada", "Bo"]);
    let (_, found) = client.call("GET", "/api/admin/users?q=BO%40exam&role=job_seeker", None).await;
    assert_eq!(names(&found), ["Bo"]);
    assert_eq!((&found["items"][0]["sign_ins"], &found["items"][0]["locked_at"]), (&json!(1), &Value::Null));
    let (_, nobody) = client.call("GET", "/api/admin/users?group=locked", None).await;
    assert_eq!(names(&nobody), Vec::<String>::new());
    let (status, one) = client.call("GET", &at(&bo, ""), None).await;
    assert_eq!((status, &one["email"]), (StatusCode::OK, &json!("bo@example.com")));
    assert!(one.get("consents").is_none() && one.get("password_hash").is_none());
    assert_eq!(
        client.call("GET", "/api/admin/users?role=king", None).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_role_counts_from_the_next_request_on() {
    let (mut client, bo) = office().await;
    let (status, changed) = client.call("PUT", &at(&bo, "/role"), Some(json!({"role": "curator"}))).await;
    assert_eq!((status, &changed["role"]), (StatusCode::OK, &json!("curator")));
    assert_eq!(as_bo(&mut client, &bo).await.1["role"], "curator");
    assert_eq!(
        client.call("PUT", &at(&bo, "/role"), Some(json!({"role": "king"}))).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let nobody = json!({"user": {"id": "01990000-0000-7000-8000-00000000dead"}});
    let (status, missing) = client.call("PUT", &at(&nobody, "/role"), Some(json!({"role": "admin"}))).await;
    assert_eq!((status, &missing["error"]), (StatusCode::NOT_FOUND, &json!("user_not_found")));
}

#[tokio::test]
async fn who_is_locked_is_out_at_once_and_told_why() {
    let (mut client, bo) = office().await;
    let (status, locked) = client.call("POST", &at(&bo, "/lock"), Some(json!({}))).await;
    assert_eq!(status, StatusCode::OK, "{locked}");
    assert!(locked["locked_at"].is_string() && locked["sign_ins"] == 0);
    for (status, body) in [as_bo(&mut client, &bo).await, sign_in(&mut client).await] {
        assert_eq!((status, &body["error"]), (StatusCode::UNAUTHORIZED, &json!("account_locked")), "{body}");
    }
    let refresh = json!({"refresh_token": bo["refresh_token"]});
    let (status, _) =
        client.call_with("POST", "/api/users/refresh", Some(refresh), &[("authorization", "")]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, unlocked) = client.call("POST", &at(&bo, "/unlock"), Some(json!({}))).await;
    assert_eq!((status, &unlocked["locked_at"]), (StatusCode::OK, &Value::Null));
    assert_eq!(sign_in(&mut client).await.0, StatusCode::OK);
}

#[tokio::test]
async fn sign_ins_end_and_people_are_erased() {
    let (mut client, bo) = office().await;
    assert_eq!(sign_in(&mut client).await.0, StatusCode::OK);
    let (status, ended) = client.call("DELETE", &at(&bo, "/sessions"), None).await;
    assert_eq!((status, &ended["ended"]), (StatusCode::OK, &json!(2)));
    let (status, told) = as_bo(&mut client, &bo).await;
    assert_eq!((status, &told["error"]), (StatusCode::UNAUTHORIZED, &json!("sign_in_ended")));
    assert!(told["message"].to_string().contains("administrator"), "{told}");
    assert_eq!(client.call("DELETE", &at(&bo, ""), None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(client.call("GET", &at(&bo, ""), None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(client.call("DELETE", &at(&bo, ""), None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(sign_in(&mut client).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_last_administrator_stays_whatever_is_tried() {
    let (mut client, bo) = office().await;
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    let me = json!({"user": me});
    let tries = [
        ("PUT", at(&me, "/role"), Some(json!({"role": "curator"})), "last_administrator"),
        ("DELETE", "/api/users/me".to_owned(), None, "last_administrator"),
        ("POST", at(&me, "/lock"), Some(json!({})), "not_oneself"),
        ("DELETE", at(&me, ""), None, "not_oneself"),
    ];
    for (method, path, body, error) in tries {
        let (status, refused) = client.call(method, &path, body).await;
        assert_eq!((status, &refused["error"]), (StatusCode::CONFLICT, &json!(error)), "{method} {path}");
    }
    assert_eq!(client.call("GET", "/api/admin/users", None).await.0, StatusCode::OK, "all is as it was");
    let (status, _) = client.call("PUT", &at(&bo, "/role"), Some(json!({"role": "admin"}))).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = client.call("PUT", &at(&me, "/role"), Some(json!({"role": "job_seeker"}))).await;
    assert_eq!(status, StatusCode::OK, "with two, one may go");
    assert_eq!(client.call("GET", "/api/admin/users", None).await.0, StatusCode::FORBIDDEN);
    client.sign_in_as(Standing::Guest).await;
}

#[tokio::test]
async fn a_guest_has_no_role_to_change() {
    let (client, _) = office().await;
    let (_, guests) = client.call("GET", "/api/admin/users?group=guests", None).await;
    let guest = json!({"user": guests["items"][0]});
    assert_eq!(guest["user"]["is_guest"], true);
    let (status, refused) = client.call("PUT", &at(&guest, "/role"), Some(json!({"role": "admin"}))).await;
    assert_eq!((status, &refused["error"]), (StatusCode::CONFLICT, &json!("guest_has_no_role")));
}
