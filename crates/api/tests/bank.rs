//! The question bank, for curators.

use axum::http::StatusCode;
use greenroom_domain::account::Role;
use greenroom_testkit::Client;
use serde_json::{Value, json};

fn question() -> Value {
    json!({
        "role": "general", "source": "Our own canteen", "licence": "CC0-1.0",
        "question": {
            "id": "general.canteen_stock", "type": "technical", "competency": "planning", "difficulty": "beginner",
            "minutes": 2, "tags": ["kitchen"],
            "text": "How do you make a brown veal stock for a canteen of forty covers?",
            "reference": "I roast the bones and the vegetables until they are brown. In our kitchen that takes forty minutes in a hot oven, with a spoon of tomato at the end. I start the stock in cold water and never let it boil. I keep it at ninety degrees for eight hours, with thyme and a bay leaf, and leave the lid off. I skim the foam and strain the stock through a cloth.",
            "red_flags": ["Takes stock powder and calls it home-made"],
            "key_points": [
                {"point": "Roasts the bones", "says": "I roast the bones and the vegetables until they are brown.", "weight": 2},
                {"point": "Starts cold", "says": "I start the stock in cold water and never let it boil.", "weight": 3},
                {"point": "Strains it", "says": "I skim the foam and strain the stock through a cloth.", "weight": 1}
            ],
            "follow_ups": [
                {"asks_for": 1, "text": "How dark do the bones get?"}, {"asks_for": 0, "text": "What goes wrong there?"}
            ]
        }
    })
}

const QUESTION: &str = "/api/bank/questions/general.canteen_stock";

#[tokio::test]
async fn nobody_else_gets_in() {
    let calls = [
        ("GET", "/api/bank", None),
        ("GET", QUESTION, None),
        ("GET", "/api/bank/questions/general.canteen_stock/versions", None),
        ("GET", "/api/bank/roles", None),
        ("PUT", QUESTION, Some(question())),
        ("DELETE", QUESTION, None),
        ("POST", "/api/bank/import", Some(json!({"content": "x"}))),
        ("GET", "/api/bank/export", None),
        ("GET", "/api/bank/calibration", None),
        ("POST", "/api/bank/calibration", None),
        ("GET", "/api/bank/drift", None),
    ];
    for role in [Role::JobSeeker, Role::Recruiter] {
        let client = Client::signed_in(role).await;
        for (method, path, body) in calls.clone() {
            let (status, refused) = client.call(method, path, body).await;
            assert_eq!(
                (status, &refused["error"]),
                (StatusCode::FORBIDDEN, &json!("not_a_curator")),
                "{path}"
            );
        }
    }
    let mut client = Client::guest().await;
    client.token = None;
    for (method, path, body) in calls {
        assert_eq!(client.call(method, path, body).await.0, StatusCode::UNAUTHORIZED, "{method} {path}");
    }
    let admin = Client::signed_in(Role::Admin).await;
    assert_eq!(admin.call("GET", "/api/bank", None).await.0, StatusCode::OK);
}

#[tokio::test]
async fn what_ships_is_listed_and_searched() {
    let client = Client::signed_in(Role::Curator).await;
    let (status, first) = client.call("GET", "/api/bank?limit=2&role=teacher", None).await;
    assert_eq!(status, StatusCode::OK, "{first}");
    let ids = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().expect("items").iter();
        items.map(|item| item["question"]["id"].as_str().expect("a key").to_owned()).collect()
    };
    assert_eq!((ids(&first).len(), &first["items"][0]["origin"]), (2, &json!("shipped")));
    let next = first["next"].as_str().expect("another page");
    let (_, second) =
        client.call("GET", &format!("/api/bank?limit=100&role=teacher&after={next}"), None).await;
    assert!(ids(&second).iter().all(|id| !ids(&first).contains(id)) && second["next"].is_null());
    let query = "/api/bank?role=teacher&type=case&difficulty=advanced&competency=planning&origin=shipped&q=HALF%20TERM";
    let (_, found) = client.call("GET", query, None).await;
    assert!(ids(&found).iter().all(|id| id == "teacher.plan_a_half_term"), "{found}");
    for bad in ["limit=0", "limit=101", "type=oral", "origin=moon", "retired=perhaps"] {
        let (status, refused) = client.call("GET", &format!("/api/bank?{bad}"), None).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}: {refused}");
    }
    let (_, roles) = client.call("GET", "/api/bank/roles", None).await;
    let roles = roles["items"].as_array().expect("roles");
    assert!(roles.iter().any(|role| role["key"] == "teacher" && role["questions"].as_u64() > Some(10)));
    let (_, german) = client.call("GET", "/api/bank?language=de&role=general&limit=1", None).await;
    let id = german["items"][0]["question"]["id"].as_str().expect("a core question");
    let (_, one) = client.call("GET", &format!("/api/bank/questions/{id}?language=de"), None).await;
    assert_ne!(one["question"]["text"], german["items"][0]["question"]["text"], "in German words");
    let path = "/api/bank/questions/teacher.plan_a_half_term";
    assert_eq!(client.call("GET", &format!("{path}?language=de"), None).await.0, StatusCode::NOT_FOUND);
    let (_, none) = client.call("GET", &format!("{path}/versions"), None).await;
    assert_eq!(none["items"], json!([]), "what ships has no versions");
    let (status, one) = client.call("GET", path, None).await;
    assert_eq!((status, &one["question"]["type"]), (StatusCode::OK, &json!("case")));
    assert_eq!(
        client.call("GET", "/api/bank/questions/teacher.nothing", None).await.0,
        StatusCode::NOT_FOUND
    );
    let (status, refused) = client.call("DELETE", "/api/bank/questions/teacher.plan_a_half_term", None).await;
    assert_eq!((status, &refused["error"]), (StatusCode::CONFLICT, &json!("question_ships")));
}

#[tokio::test]
async fn a_question_is_added_changed_and_retired() {
    let client = Client::signed_in(Role::Curator).await;
    let bank = || client.test.app.bank();
    let (status, added) = client.call("PUT", QUESTION, Some(question())).await;
    assert_eq!((status, &added["version"]), (StatusCode::OK, &json!(1)), "{added}");
    assert_eq!((&added["origin"], &added["licence"]), (&json!("own"), &json!("CC0-1.0")));
    let is_asked = || bank().questions().any(|(_, question)| question.id == "general.canteen_stock");
    assert!(is_asked(), "it is in force at once");

    let mut changed = question();
    changed["question"]["text"] = json!("How do you make a brown veal stock for a canteen of sixty covers?");
    let (_, answer) = client.call("PUT", QUESTION, Some(changed)).await;
    assert_eq!(answer["version"], 2);
    assert!(bank().question("general.canteen_stock").expect("it is there").text.contains("sixty"));

    assert_eq!(client.call("DELETE", QUESTION, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(client.call("DELETE", QUESTION, None).await.0, StatusCode::NOT_FOUND);
    assert!(!is_asked(), "it is asked no more");
    assert!(bank().question("general.canteen_stock").is_some(), "interviews that asked it keep it");
    let (_, retired) = client.call("GET", "/api/bank?retired=true", None).await;
    assert_eq!(retired["items"][0]["version"], 3);
    let (_, back) = client.call("PUT", QUESTION, Some(question())).await;
    assert_eq!((&back["version"], &back["retired"]), (&json!(4), &json!(false)));
    let (_, versions) = client.call("GET", &format!("{QUESTION}/versions"), None).await;
    let said =
        |at: usize| (versions["items"][at]["version"].clone(), versions["items"][at]["retired"].clone());
    let all: Vec<_> = (0..4).map(said).collect();
    let expected = [(4, false), (3, true), (2, false), (1, false)];
    assert_eq!(all, expected.map(|(version, retired)| (json!(version), json!(retired))));
    assert!(versions["items"][2]["question"]["text"].as_str().is_some_and(|text| text.contains("sixty")));
    assert!(is_asked());
}

#[tokio::test]
async fn what_breaks_a_rule_stays_out() {
    let client = Client::signed_in(Role::Curator).await;
    type Spoil = fn(&mut Value);
    let cases: [(Spoil, &str); 5] = [
        (|q| q["question"]["id"] = json!("general.other"), "question.id"),
        (|q| q["role"] = json!("wizard"), "role"),
        (|q| q["question"]["text"] = json!("How old are you?"), "unlawful"),
        (|q| q["question"]["competency"] = json!("magic"), "competency"),
        (|q| q["question"]["follow_ups"] = json!([]), "follow_ups"),
    ];
    for (spoil, field) in cases {
        let mut body = question();
        spoil(&mut body);
        let (status, refused) = client.call("PUT", QUESTION, Some(body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {refused}");
        assert!(refused["details"]["fields"][field].is_string(), "{field}: {refused}");
    }
    let mut shipped = question();
    shipped["question"]["id"] = json!("general.proud_of");
    let (status, refused) = client.call("PUT", "/api/bank/questions/general.proud_of", Some(shipped)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert!(client.test.app.store().own_questions().await.expect("none").is_empty());
}

#[tokio::test]
async fn a_file_goes_in_as_far_as_it_passes() {
    let client = Client::signed_in(Role::Curator).await;
    let mut twin = question();
    twin["question"]["id"] = json!("general.canteen_twin");
    let content = format!("{}\n\n{twin}\n{{\"role\": 7}}\n", question());
    let file = |dry_run: bool| json!({"format": "jsonl", "content": content, "dry_run": dry_run});
    let (status, rehearsed) = client.call("POST", "/api/bank/import", Some(file(true))).await;
    assert_eq!(status, StatusCode::OK, "{rehearsed}");
    assert!(client.test.app.store().own_questions().await.expect("none").is_empty(), "nothing is stored");
    let (_, imported) = client.call("POST", "/api/bank/import", Some(file(false))).await;
    assert_eq!(imported["notes"], rehearsed["notes"]);
    let counts =
        ["rows", "added", "changed", "unchanged", "refused"].map(|name| imported[name].as_u64().expect(name));
    assert_eq!(counts, [3, 1, 0, 0, 2], "{imported}");
    let errors: Vec<&Value> =
        imported["notes"].as_array().unwrap().iter().filter(|note| note["severity"] == "error").collect();
    assert_eq!(
        (&errors[0]["line"], &errors[0]["rule"], &errors[0]["column"]),
        (&json!(3), &json!("duplicate"), &json!("text"))
    );
    assert_eq!((&errors[1]["line"], &errors[1]["rule"]), (&json!(4), &json!("unreadable")));
    let (_, again) = client.call("POST", "/api/bank/import", Some(file(false))).await;
    assert_eq!((&again["unchanged"], &again["added"]), (&json!(1), &json!(0)));

    for (path, mime) in [
        ("/api/bank/export?role=general", "application/jsonl"),
        ("/api/bank/export?format=csv&role=general", "text/csv"),
    ] {
        let text = exported(&client, path, mime).await;
        assert!(text.contains("general.canteen_stock") && text.contains("general.proud_of"), "{mime}");
        assert!(!text.contains("teacher."), "{mime}");
    }
    for bad in [
        json!({"content": ""}),
        json!({"content": "\n"}),
        json!({"content": "x", "format": "xls"}),
        json!({}),
    ] {
        let (status, refused) = client.call("POST", "/api/bank/import", Some(bad)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    }
}

async fn exported(client: &Client, path: &str, mime: &str) -> String {
    let (status, headers, body) = client.download(path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers["content-type"].to_str().expect("text").starts_with(mime), "{headers:?}");
    String::from_utf8(body).expect("text")
}

#[tokio::test]
async fn another_process_takes_it_up() {
    let client = Client::signed_in(Role::Curator).await;
    let other = client.test.again().await;
    assert!(!greenroom_app::bank::refresh(&other.app).await.expect("looked up"));
    client.call("PUT", QUESTION, Some(question())).await;
    assert!(other.app.bank().question("general.canteen_stock").is_none());
    assert!(greenroom_app::bank::refresh(&other.app).await.expect("looked up"));
    assert!(other.app.bank().question("general.canteen_stock").is_some());
    assert!(!greenroom_app::bank::refresh(&other.app).await.expect("looked up"), "once is enough");
}

#[tokio::test]
async fn a_curator_has_the_bank_calibrated_and_sees_what_drifts() {
    let client = Client::signed_in(Role::Curator).await;
    let (status, before) = client.call("GET", "/api/bank/calibration", None).await;
    assert_eq!(
        (status, &before["calibrated_at"], &before["questions"]),
        (StatusCode::OK, &Value::Null, &json!(0))
    );
    let (status, _) = client.call("POST", "/api/bank/calibration", None).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    client.test.work().await;
    let (status, drift) = client.call("GET", "/api/bank/drift", None).await;
    assert_eq!(
        (status, drift),
        (StatusCode::OK, json!({"items": [], "next": null})),
        "nobody has answered yet"
    );
}
