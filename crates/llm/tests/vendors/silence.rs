//! Vendors that are silent, away, or not what they should be.

use crate::server::{Play, Then, Vendor, ask, provider, request, timeouts};
use greenroom_llm::{Kind, Protocol, Provider, Stop, Timeouts, connect};
use std::time::{Duration, Instant};

fn patient(first: u64, next: u64) -> Timeouts {
    Timeouts { first: Duration::from_millis(first), next: Duration::from_millis(next) }
}

#[tokio::test]
async fn a_vendor_that_says_nothing_is_given_up() {
    let pings = ": ping\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n";
    for play in [Play::stream(b"").then(Then::Hang), Play::stream(pings.as_bytes()).then(Then::Hang)] {
        let vendor = Vendor::start(play).await;
        let model = connect(&provider(Protocol::Anthropic, vendor.url()), patient(150, 60_000)).unwrap();
        let began = Instant::now();
        assert_eq!(ask(&*model, &request()).await.end, Err(Kind::TimedOut));
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_vendor_that_falls_silent_is_given_up() {
    let begun = include_bytes!("../fixtures/openai/cut.sse");
    let vendor = Vendor::start(Play::stream(begun).then(Then::Hang)).await;
    let model = connect(&provider(Protocol::Openai, vendor.url()), patient(60_000, 150)).unwrap();
    let outcome = ask(&*model, &request()).await;
    assert_eq!((outcome.text().as_str(), outcome.end), ("What did you mea", Err(Kind::TimedOut)));
}

#[tokio::test]
async fn a_complete_reply_stays_complete_when_the_connection_hangs() {
    let complete = include_bytes!("../fixtures/openai/no_done.sse");
    let vendor = Vendor::start(Play::stream(complete).then(Then::Hang)).await;
    let model = connect(&provider(Protocol::Openai, vendor.url()), patient(60_000, 150)).unwrap();
    assert_eq!(ask(&*model, &request()).await.end.map(|(stop, _)| stop), Ok(Stop::Done));
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let model = connect(&provider(Protocol::Openai, format!("http://{address}/v1")), timeouts()).unwrap();
    assert_eq!(ask(&*model, &request()).await.end, Err(Kind::Unreachable));
    let model = connect(&provider(Protocol::Openai, "http://[nonsense/v1".to_owned()), timeouts()).unwrap();
    assert_eq!(ask(&*model, &request()).await.end, Err(Kind::NotFound));
}

#[tokio::test]
async fn https_where_none_is_spoken_is_unreachable() {
    let vendor = Vendor::start(Play::stream(b"")).await;
    let model = connect(&provider(Protocol::Openai, vendor.url().replace("http:", "https:")), timeouts());
    assert_eq!(ask(&*model.unwrap(), &request()).await.end, Err(Kind::Unreachable));
}

#[tokio::test]
async fn a_key_that_no_header_can_hold_is_not_sent() {
    let vendor = Vendor::start(Play::stream(include_bytes!("../fixtures/openai/normal.sse"))).await;
    for (key, sent) in [("line\nbreak", None), (" sk-padded\n", Some("Bearer sk-padded"))] {
        let api_key = Some(key.to_owned().into());
        let provider = Provider { api_key, ..provider(Protocol::Openai, vendor.url()) };
        ask(&*connect(&provider, timeouts()).unwrap(), &request()).await;
        let received = vendor.received().pop().unwrap();
        assert_eq!(received.headers.get("authorization").map(|value| value.to_str().unwrap()), sent);
    }
}
