//! What people agree to: given, shown, withdrawn, kept with the account.

use greenroom_testkit::Client;
use serde_json::{Value, json};

const MINE: &str = "/api/users/me/consents";
const VENDOR: &str = "/api/users/me/consents/model_vendor";

fn version(texts: &Value) -> Value {
    let items = texts["items"].as_array().expect("a list");
    let vendor = items.iter().find(|text| text["purpose"] == "model_vendor");
    vendor.expect("every purpose has its text")["version"].clone()
}

#[tokio::test]
async fn a_consent_is_to_the_text_that_was_shown_until_it_is_withdrawn() {
    let mut client = Client::guest().await;
    let (status, texts) = client.call("GET", "/api/consents", None).await;
    assert_eq!((status.as_u16(), texts["items"].as_array().map(Vec::len)), (200, Some(4)));
    let version = version(&texts);
    let (_, before) = client.call("GET", MINE, None).await;
    assert_eq!(before, json!({"given": [], "agreed": []}));

    let (status, refused) = client.call("PUT", VENDOR, Some(json!({"version": "1"}))).await;
    assert_eq!((status.as_u16(), refused["error"].as_str()), (409, Some("consent_text_changed")));
    let (status, given) = client.call("PUT", VENDOR, Some(json!({"version": version}))).await;
    assert_eq!((status.as_u16(), &given["agreed"]), (200, &json!(["model_vendor"])));
    assert_eq!(given["given"][0]["withdrawn_at"], Value::Null);
    let (status, _) =
        client.call("PUT", "/api/users/me/consents/everything", Some(json!({"version": version}))).await;
    assert_eq!(status.as_u16(), 404);

    // The guest becomes an account and has agreed all the same; what registering says is added.
    let body = json!({"email": "zoe@example.com", "password": "a sentence that is long", "name": "Zoë",
        "consents": [{"purpose": "terms", "version": "1"}]});
    let (status, signed_in) = client.call("POST", "/api/users/register", Some(body)).await;
    assert_eq!(status.as_u16(), 201);
    client.token = signed_in["access_token"].as_str().map(str::to_owned);
    let (_, kept) = client.call("GET", MINE, None).await;
    assert_eq!(
        (&kept["agreed"], kept["given"].as_array().map(Vec::len)),
        (&json!(["model_vendor"]), Some(2))
    );

    let (status, after) = client.call("DELETE", VENDOR, None).await;
    assert_eq!((status.as_u16(), &after["agreed"]), (200, &json!([])));
    assert!(after["given"][0]["withdrawn_at"].is_string());
    client.sign_in_as_guest().await;
    let (_, others) = client.call("GET", MINE, None).await;
    assert_eq!(others["given"], json!([]), "nobody else's");
}

#[tokio::test]
async fn registering_keeps_no_consents_that_nobody_asks_for() {
    let client = Client::guest().await;
    let terms = json!({"purpose": "terms", "version": "1"});
    let refused = [
        json!([{"purpose": "everything", "version": "1"}]),
        json!([{"purpose": "terms", "version": "1".repeat(101)}]),
        json!(vec![terms; 9]),
    ];
    for consents in refused {
        let body = json!({"email": "zoe@example.com", "password": "a sentence that is long", "name": "Zoë",
            "consents": consents});
        let (status, said) = client.call("POST", "/api/users/register", Some(body)).await;
        assert_eq!(
            (status.as_u16(), said["details"]["fields"]["consents"].is_string()),
            (422, true),
            "{said}"
        );
    }
}
