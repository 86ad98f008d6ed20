//! How long what is kept, seen by people and by administrators.

use axum::http::StatusCode;
use greenroom_app::{Page, SessionFilter, believe_clock, clock_doubt};
use greenroom_domain::ids::UserId;
use greenroom_domain::permission::Standing;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const DAY_MS: i64 = 86_400_000;

async fn listed(client: &Client, path: &str) -> Vec<Value> {
    let (status, body) = client.call("GET", path, None).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    body["items"].as_array().expect("a list").clone()
}

fn of<'a>(items: &'a [Value], kind: &str) -> &'a Value {
    items.iter().find(|item| item["kind"] == kind).unwrap_or_else(|| panic!("{kind} is among them"))
}

/// Does what the scheduler queued.
async fn an_hour_later(client: &Client) {
    client.test.clock.advance(DAY_MS / 24);
    client.test.scheduler.look().await.expect("chores are queued");
    client.test.work().await;
}

#[tokio::test]
async fn everybody_reads_the_rules_in_words() {
    let mut client = Client::guest().await;
    client.token = None;
    let rules = listed(&client, "/api/retention").await;
    assert_eq!(of(&rules, "guests")["kept"], "24 hours after they began");
    assert_eq!(of(&rules, "resumes")["kept"], "1 year after they were brought");
    assert_eq!(of(&rules, "interviews")["kept"], "2 years after something last happened in them");
    assert_eq!(of(&rules, "audit")["is_personal"], false);
}

#[tokio::test]
async fn what_is_old_is_deleted_and_that_is_proven() {
    let mut client = Client::guest().await;
    client.sign_in_as(Standing::JobSeeker).await;
    let session = client.start(JOB).await;
    let (status, _) = client.call("PUT", &at(&session, "/complete"), None).await;
    assert_eq!(status, StatusCode::OK);
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    let seeker: UserId = me["id"].as_str().expect("an id").parse().expect("an id");
    let mine = listed(&client, "/api/users/me/retention").await;
    let interviews = of(&mine, "interviews");
    assert_eq!(interviews["count"], 1);
    let in_two_years = client.test.app.now().plus_ms(730 * DAY_MS);
    assert_eq!(interviews["first_goes_at"], json!(in_two_years));
    assert_eq!(
        of(&mine, "resumes"),
        &json!({"kind": "resumes", "what": "Resumes", "kept": "1 year after they were brought",
        "is_personal": true, "count": 0, "first_goes_at": null})
    );

    let left = async |client: &Client| {
        let due = listed(client, "/api/admin/retention").await;
        ["interviews", "set_ups"].map(|kind| of(&due, kind)["due"].clone())
    };
    client.test.clock.advance(729 * DAY_MS);
    an_hour_later(&client).await;
    client.test.clock.advance(DAY_MS);
    client.sign_in_as(Standing::Admin).await;
    assert_eq!(left(&client).await, [1, 1], "they were not deleted too early");
    an_hour_later(&client).await;
    client.sign_in_as(Standing::Admin).await;
    assert_eq!(left(&client).await, [0, 0]);
    let proof = listed(&client, "/api/admin/audit?action=retention.deleted&subject=interviews").await;
    assert_eq!(proof[0]["details"], "1 by the rule: 2 years after something last happened in them");
    assert_eq!(proof[0]["actor"], Value::Null);
    let page = Page { limit: 10, after: None };
    let kept = client.test.app.store().sessions(seeker, &SessionFilter::default(), &page).await;
    assert!(kept.expect("a list").items.is_empty());
}

/// Guests that are still there.
async fn chores_leave(client: &Client, guest: UserId) -> bool {
    an_hour_later(client).await;
    client.test.app.store().user(guest).await.expect("the store answers").is_some()
}

#[tokio::test]
async fn a_clock_that_jumps_deletes_nothing_until_somebody_calls_it_right() {
    let mut client = Client::guest().await;
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    let guest: UserId = me["id"].as_str().expect("an id").parse().expect("an id");
    assert!(chores_leave(&client, guest).await);
    client.test.clock.set_ahead(DAY_MS);
    assert!(chores_leave(&client, guest).await, "a day has not passed");
    let doubt = clock_doubt(&client.test.app).await.expect("clocks can be read").expect("it jumped");
    assert!(doubt.to_string().contains("24 hours"), "{doubt}");
    client.sign_in_as(Standing::Admin).await;
    let (status, now) = client.call("GET", "/api/admin/status", None).await;
    assert_eq!(status, StatusCode::OK, "{now}");
    let clock = now["dependencies"].as_array().expect("a list").iter().find(|one| one["name"] == "clock");
    let clock = clock.expect("it is looked at");
    assert!(clock["problem"].as_str().is_some_and(|words| words.contains("--believe-clock")), "{clock}");
    assert_eq!(clock["is_vital"], false);

    client.test.clock.set_ahead(-DAY_MS);
    assert_eq!(clock_doubt(&client.test.app).await.expect("clocks can be read"), None, "it was set back");
    client.test.clock.set_ahead(DAY_MS);
    assert!(chores_leave(&client, guest).await);
    // At another node, or by a command.
    believe_clock(&client.test.again().await.app).await.expect("it is kept");
    assert!(!chores_leave(&client, guest).await, "the day is over");
}

#[tokio::test]
async fn after_a_long_rest_nothing_is_deleted_in_the_first_hours() {
    let client = Client::guest().await;
    let (_, me) = client.call("GET", "/api/users/me", None).await;
    let guest: UserId = me["id"].as_str().expect("an id").parse().expect("an id");
    assert!(chores_leave(&client, guest).await);
    client.test.clock.advance(3 * DAY_MS);
    let started = client.test.again().await;
    let doubt = clock_doubt(&started.app).await.expect("clocks can be read").expect("a long rest");
    assert!(doubt.to_string().contains("3 days"), "{doubt}");
    client.test.clock.advance(DAY_MS / 4);
    assert_eq!(clock_doubt(&started.app).await.expect("clocks can be read"), None);
}
