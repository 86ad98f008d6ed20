//! Language models, for administrators and nobody else.

use axum::http::StatusCode;
use greenroom_domain::account::Role;
use greenroom_testkit::Client;
use serde_json::{Value, json};

const KEY: &str = "sk-the-right-key";

fn settings() -> Value {
    json!({"protocol": "openai", "base_url": "https://lab.example/v1", "model": "m1", "json": "schema", "api_key": KEY})
}

fn new(name: &str) -> Value {
    json!({"name": name, "settings": settings()})
}

async fn admin() -> Client {
    Client::signed_in(Role::Admin).await
}

#[tokio::test]
async fn nobody_else_gets_in() {
    let mut client = Client::guest().await;
    let order = json!({"names": []});
    let test = json!({"name": "a", "part": "cost"});
    let calls = [
        ("GET", "/api/admin/models", None),
        ("POST", "/api/admin/models", Some(new("a"))),
        ("PUT", "/api/admin/models/a", Some(settings())),
        ("DELETE", "/api/admin/models/a", None),
        ("POST", "/api/admin/models/a/restore", None),
        ("PUT", "/api/admin/models/order", Some(order)),
        ("POST", "/api/admin/models/test", Some(test)),
        ("GET", "/api/admin/judge-checks", None),
        ("POST", "/api/admin/judge-checks", Some(json!({}))),
    ];
    for (method, path, body) in calls.clone() {
        let (status, refused) = client.call(method, path, body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path}");
        assert_eq!(refused["error"], "not_an_administrator");
        assert!(refused["request_id"].is_string(), "{refused}");
    }
    client.token = None;
    for (method, path, body) in calls {
        let (status, refused) = client.call(method, path, body).await;
        assert_eq!(
            (status, &refused["error"]),
            (StatusCode::UNAUTHORIZED, &json!("unauthenticated")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_token_of_a_time_as_administrator_is_not_enough() {
    let client = admin().await;
    let app = &client.test.app;
    let (mut user, _) = app.store().user_by_email("ada@example.com").await.unwrap().expect("Ada");
    user.role = Role::Curator;
    app.store().update_user(&user, None).await.expect("a lesser role");
    assert_eq!(client.call("GET", "/api/admin/models", None).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cookie_alone_changes_nothing() {
    let mut client = admin().await;
    let cookie = format!("greenroom_access={}", client.token.take().expect("a token"));
    let headers = [("cookie", cookie.as_str())];
    let (status, refused) = client.call_with("POST", "/api/admin/models", Some(new("a")), &headers).await;
    assert_eq!((status, &refused["error"]), (StatusCode::FORBIDDEN, &json!("cross_site_request")));
    let headers = [("cookie", cookie.as_str()), ("x-greenroom-client", "web")];
    let (status, _) = client.call_with("POST", "/api/admin/models", Some(new("a")), &headers).await;
    assert_eq!(status, StatusCode::CREATED);
}

#[tokio::test]
async fn an_administrator_looks_after_models() {
    let client = admin().await;
    let (status, added) = client.call("POST", "/api/admin/models", Some(new("lab"))).await;
    assert_eq!(status, StatusCode::CREATED, "{added}");
    assert_eq!((&added["key"], &added["key_ending"]), (&json!("set"), &json!("-key")));
    client.call("POST", "/api/admin/models", Some(new("spare"))).await;
    let (status, all) =
        client.call("PUT", "/api/admin/models/order", Some(json!({"names": ["spare", "lab"]}))).await;
    assert_eq!(status, StatusCode::OK);
    let names: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
    assert_eq!(names, ["spare", "lab", "configured"]);
    assert_eq!(all["items"][2]["source"], "configuration");
    assert_eq!(all["spending"]["day_cap_micros"], 5_000_000);
    assert_eq!(all["known"][0]["label"], "OpenAI");

    let mut change = settings();
    change["enabled"] = json!(false);
    change["api_key"] = Value::Null;
    let (status, changed) = client.call("PUT", "/api/admin/models/lab", Some(change.clone())).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    assert_eq!((&changed["standing"], &changed["key"]), (&json!("off"), &json!("missing")));
    let (_, about) = client.call("GET", "/api/about", None).await;
    assert_eq!(about["outside"].as_array().map(Vec::len), Some(2), "{about}");

    assert_eq!(client.call("DELETE", "/api/admin/models/spare", None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(client.call("DELETE", "/api/admin/models/spare", None).await.0, StatusCode::NOT_FOUND);
    let (status, back) = client.call("POST", "/api/admin/models/spare/restore", None).await;
    assert_eq!((status, &back["key"]), (StatusCode::OK, &json!("set")));
    let (_, all) = client.call("GET", "/api/admin/models", None).await;
    assert!(!all.to_string().contains(KEY), "keys never come back");
}

#[tokio::test]
async fn a_trial_says_what_it_saw() {
    let client = admin().await;
    let body = json!({"name": "new", "part": "answer", "settings": settings()});
    let (status, tried) = client.call("POST", "/api/admin/models/test", Some(body.clone())).await;
    let finding = json!({"what": "Key", "passed": true, "words": "Answer of m1"});
    assert_eq!((status, tried), (StatusCode::OK, json!({"findings": [finding], "goes_on": true})));
    let mut wrong = body.clone();
    wrong["settings"]["api_key"] = json!("wrong");
    let (_, tried) = client.call("POST", "/api/admin/models/test", Some(wrong)).await;
    assert_eq!(tried["goes_on"], false);
    let saved = json!({"name": "configured", "part": "cost"});
    assert_eq!(client.call("POST", "/api/admin/models/test", Some(saved)).await.0, StatusCode::OK);
    let nobody = json!({"name": "nobody", "part": "cost"});
    assert_eq!(client.call("POST", "/api/admin/models/test", Some(nobody)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field() {
    let client = admin().await;
    let mut wrong = new("Lab");
    wrong["settings"]["base_url"] = json!("lab.example");
    let (status, refused) = client.call("POST", "/api/admin/models", Some(wrong)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused["details"]["fields"]["name"].is_string(), "{refused}");
    assert!(refused["details"]["fields"]["base_url"].is_string(), "{refused}");
    client.call("POST", "/api/admin/models", Some(new("lab"))).await;
    let (status, refused) = client.call("POST", "/api/admin/models", Some(new("lab"))).await;
    assert_eq!((status, &refused["error"]), (StatusCode::CONFLICT, &json!("name_taken")));
    let mut typed = settings();
    typed["protocol"] = json!("telepathy");
    let (status, refused) = client.call("PUT", "/api/admin/models/lab", Some(typed)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    let stale = json!({"names": ["lab", "gone"]});
    let (status, refused) = client.call("PUT", "/api/admin/models/order", Some(stale)).await;
    assert_eq!((status, &refused["error"]), (StatusCode::CONFLICT, &json!("order_is_stale")));
}

#[tokio::test]
async fn a_judge_is_tried_in_the_background() {
    let client = admin().await;
    let (status, before) = client.call("GET", "/api/admin/judge-checks", None).await;
    assert_eq!(status, StatusCode::OK);
    let providers: Vec<&Value> =
        before["items"].as_array().unwrap().iter().map(|item| &item["provider"]).collect();
    assert_eq!(providers, [&json!("configured"), &Value::Null]);
    assert!(before["answers"].as_u64() > before["questions"].as_u64(), "{before}");

    // All questions: that takes longer than to look. Asked for at once, one of two begins.
    let begin = |body: Value| client.call("POST", "/api/admin/judge-checks", Some(body));
    let all = json!({"provider": null});
    let (one, other) = tokio::join!(begin(all.clone()), begin(all));
    let is_first = one.0 == StatusCode::ACCEPTED;
    let ((status, begun), (second, refused)) = if is_first { (one, other) } else { (other, one) };
    assert_eq!((status, &begun["running"]["provider"]), (StatusCode::ACCEPTED, &Value::Null));
    assert!(begun["running"].is_object(), "{begun}");
    assert_eq!((second, &refused["error"]), (StatusCode::CONFLICT, &json!("judge_check_running")));
    let done = async || loop {
        let (_, now) = client.call("GET", "/api/admin/judge-checks", None).await;
        if now["running"].is_null() {
            break now;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(done().await["items"][1]["ladder"]["questions"], before["questions"]);
    assert_eq!(begin(json!({"provider": null, "questions": 2})).await.0, StatusCode::ACCEPTED);
    let result = done().await["items"][1]["ladder"].clone();
    assert_eq!((&result["questions"], result["of"].as_u64()), (&json!(2), before["questions"].as_u64()));

    // The played vendor's judge is the built-in one: no language model judged anything.
    let model = json!({"provider": "configured", "questions": 1});
    assert_eq!(begin(model).await.0, StatusCode::ACCEPTED);
    let failure = done().await["items"][0]["failure"].clone();
    assert!(failure.as_str().is_some_and(|words| words.contains("judged none")), "{failure}");
    for (body, status) in [
        (json!({"provider": "nobody"}), StatusCode::NOT_FOUND),
        (json!({"questions": 0}), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(begin(body).await.0, status);
    }
}
