//! What operators see: measures and readiness.

use axum::http::StatusCode;
use greenroom_api::{Options, metrics_router};
use greenroom_live::voice::VoiceRooms;
use greenroom_testkit::{Client, at};
use secrecy::SecretString;
use serde_json::json;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

/// There is one recorder for all tests: who sets measures or reads them holds this.
static MEASURES: Mutex<()> = Mutex::const_new(());

/// Status and body, as somebody gets them who comes over the network.
async fn get(address: SocketAddr, path: &str, headers: &[&str]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    let status = answer.split_whitespace().nth(1).and_then(|code| code.parse().ok()).expect("a status");
    let body = answer.split_once("\r\n\r\n").expect("a body").1.to_owned();
    (status, body)
}

/// The sum of a measure over all its label sets that hold all of `labels`.
fn sum(exposition: &str, name: &str, labels: &[&str]) -> f64 {
    let lines = exposition.lines().filter(|line| {
        let rest = line.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(['{', ' ']))
            && labels.iter().all(|label| line.contains(label))
    });
    lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}

#[tokio::test]
async fn an_interview_leaves_its_measures() {
    let _alone = MEASURES.lock().await;
    let client = Client::guest().await;
    let address = client.listen().await;
    let before = get(address, "/metrics", &[]).await.1;
    let session = client.start("Rust engineer").await;
    let question = session["current_question"].clone();
    let (status, _) = client.answer(&session, &question, "I wrote a parser in Rust and measured it.").await;
    assert_eq!(status, StatusCode::CREATED);
    let waiting = get(address, "/metrics", &[]).await.1;
    assert!(sum(&waiting, "greenroom_jobs_waiting", &["kind=\"evaluate_answer\""]) >= 1.0);
    client.test.work().await;
    client.call("PUT", &at(&session, "/complete"), None).await;
    let after = get(address, "/metrics", &[]).await.1;
    let grew = |name: &str, labels: &[&str]| sum(&after, name, labels) > sum(&before, name, labels);
    for (name, labels) in [
        ("greenroom_interviews_started_total", vec!["channel=\"text\""]),
        ("greenroom_interviews_ended_total", vec!["outcome=\"ended_early\""]),
        ("greenroom_answer_stored_seconds_count", vec![]),
        ("greenroom_judgement_seconds_count", vec!["engine=\"builtin\""]),
        ("greenroom_scorer_seconds_count", vec![]),
        ("greenroom_jobs_total", vec!["kind=\"evaluate_answer\"", "outcome=\"done\""]),
        ("greenroom_log_commit_seconds_count", vec![]),
        ("greenroom_db_statement_seconds_count", vec!["statement=\"insert\""]),
        (
            "greenroom_http_request_seconds_count",
            vec!["method=\"POST\"", "route=\"/api/sessions/{id}/answers\"", "status=\"201\""],
        ),
    ] {
        assert!(grew(name, &labels), "{name} {labels:?}");
    }
    assert!(sum(&after, "greenroom_dependency_up", &["dependency=\"database\""]) >= 1.0);
    assert!(sum(&after, "greenroom_db_connections_max", &["pool=\"write\""]) >= 1.0);
}

#[tokio::test]
async fn addresses_that_nobody_serves_share_one_label() {
    let _alone = MEASURES.lock().await;
    let client = Client::guest().await;
    let address = client.listen().await;
    for path in ["/api/secret-of-somebody", "/wp-login.php", "/api/sessions/not-an-id-of-ours/what"] {
        get(address, path, &[]).await;
    }
    let (status, _) = client.call("BREW", "/api/about", None).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    let text = get(address, "/metrics", &[]).await.1;
    assert!(sum(&text, "greenroom_http_request_seconds_count", &["route=\"unmatched\""]) >= 3.0);
    assert!(sum(&text, "greenroom_http_errors_total", &["error=\"not_found\"", "status=\"404\""]) >= 2.0);
    for word in ["secret-of-somebody", "wp-login", "not-an-id", "BREW"] {
        assert!(!text.contains(word), "{word} became a label");
    }
}

#[tokio::test]
async fn measures_are_for_this_machine_unless_a_token_is_set() {
    let _alone = MEASURES.lock().await;
    let client = Client::guest().await;
    let address = client.listen().await;
    assert_eq!(get(address, "/metrics", &[]).await.0, 200);
    for header in ["X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"] {
        let (status, body) = get(address, "/metrics", &[header]).await;
        assert_eq!(status, 403, "{header}");
        assert!(body.contains("metrics_forbidden"));
    }
    let token = Some(SecretString::from("a token for scraping"));
    let client = Client::with(Options { metrics_token: token, ..Options::default() }).await;
    let address = client.listen().await;
    assert_eq!(get(address, "/metrics", &[]).await.0, 403);
    assert_eq!(get(address, "/metrics", &["Authorization: Bearer a token"]).await.0, 403);
    let given = ["Authorization: Bearer a token for scraping", "X-Forwarded-For: 203.0.113.9"];
    assert_eq!(get(address, "/metrics", &given).await.0, 200);
}

#[tokio::test]
async fn with_an_address_of_their_own_measures_are_nowhere_else() {
    let _alone = MEASURES.lock().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let own = listener.local_addr().expect("an address");
    let client = Client::with(Options { metrics_listen: Some(own), ..Options::default() }).await;
    let router = metrics_router(client.test.app.clone(), VoiceRooms::closed());
    tokio::spawn(async move { axum::serve(listener, router).await });
    assert_eq!(get(client.listen().await, "/metrics", &[]).await.0, 404);
    assert_eq!(get(own, "/metrics", &[]).await.0, 200);
    assert_eq!(get(own, "/readyz", &[]).await.0, 200);
}

#[tokio::test]
async fn readiness_names_each_dependency() {
    let _alone = MEASURES.lock().await;
    let client = Client::guest().await;
    let (status, body) = client.call("GET", "/readyz", None).await;
    assert_eq!((status, &body["status"]), (StatusCode::OK, &json!("ready")));
    assert_eq!(body["dependencies"]["database"]["status"], "ok");
    assert!(body["dependencies"]["database"]["latency_ms"].as_f64().is_some_and(|ms| ms > 0.0));
    client.test.app.store().clone().close().await.expect("it closes");
    let (status, body) = client.call("GET", "/readyz", None).await;
    assert_eq!((status, &body["status"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("not ready")));
    assert_eq!(body["dependencies"]["database"]["status"], "does not answer");
}

#[tokio::test]
async fn nodes_that_sign_with_different_keys_notice() {
    let _alone = MEASURES.lock().await;
    let client = Client::guest().await;
    let key = async |client: &Client| {
        let (status, body) = client.call("GET", "/readyz", None).await;
        assert_eq!(status, StatusCode::OK, "people only have to sign in more often");
        body["dependencies"]["token_key"]["status"].as_str().expect("it is told").to_owned()
    };
    assert_eq!(key(&client).await, "ok");
    assert_eq!(key(&Client::of(client.test.again().await, Options::default())).await, "ok", "the same key");
    // A node with another key gets the lease when the ones before it have been silent for five minutes.
    client.test.clock.advance(300_000);
    let (now, other) = (client.test.app.now(), uuid::Uuid::from_u128(7));
    let lease = client.test.app.store().take_lease("accounts.token_key", other, now.plus_ms(300_000), now);
    assert!(lease.await.expect("the database answers"));
    assert!(key(&client).await.contains("another accounts.token_key"));
    client.test.clock.advance(300_000);
    assert_eq!(key(&client).await, "ok", "the other one has gone");
}
