//! What strangers send to a server that holds spoken interviews: the interview goes on.

use crate::conversation::start;
use crate::page::Page;
use crate::speaker::{Prompted, rooms, spoken};
use axum::http::StatusCode;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const ANSWER: &str = "I built the billing service of a harbour.";
/// Connections that stay half open. Both of their ends are in this process, which may have 1 024 files.
const HALF_OPEN: usize = 400;

fn offers() -> Vec<String> {
    let sound =
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n";
    vec![
        String::new(),
        "hello".to_owned(),
        "{}".to_owned(),
        "v=0".to_owned(),
        sound.to_owned(),
        format!("{sound}a=rtpmap:111 opus/99999999999999999999/2\r\na=ice-ufrag:\r\na=ice-pwd:\r\n"),
        format!("{sound}m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n"),
        sound.replace("audio", "application"),
        format!("{sound}{}", "a=candidate:1 1 udp 1 169.254.169.254 80 typ host\r\n".repeat(500)),
        format!("{sound}{}", "a=fmtp:111 \u{0}\u{1f600}\r\n".repeat(300)),
        format!("{sound}{}", "a=rtpmap:111 opus/48000/2\r\n".repeat(2_000)),
        "v=0\r\n".repeat(9_000),
        format!("v=0{}", "\u{fffd}".repeat(15_000)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_that_are_none_are_refused_in_words_and_leave_no_line() {
    let rooms = rooms(Prompted::new()).with_webrtc().expect("a port");
    let client = Client::speaking(rooms.clone()).await;
    let session = start(&client).await;
    for sdp in offers() {
        let (status, body) =
            client.call("POST", &at(&session, "/voice/offer"), Some(json!({"sdp": sdp}))).await;
        assert_eq!(
            (status, &body["error"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("offer_unusable")),
            "{sdp:.60}"
        );
        assert!(body["message"].as_str().is_some_and(|message| message.contains("WebSocket")), "{body}");
    }
    for body in [json!({}), json!({"sdp": 7}), json!({"sdp": "v=0", "resume": ["x"]})] {
        let (status, _) = client.call("POST", &at(&session, "/voice/offer"), Some(body)).await;
        assert!(status.is_client_error(), "{status}");
    }
    let gone = json!({"sdp": greenroom_media::fuzz::sample_offer(), "resume": "another's"});
    let (status, body) = client.call("POST", &at(&session, "/voice/offer"), Some(gone)).await;
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &json!("line_gone")));
    assert_eq!(rooms.lines(), 0);
    let good = json!({"sdp": greenroom_media::fuzz::sample_offer()});
    let (status, body) = client.call("POST", &at(&session, "/voice/offer"), Some(good)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_stay_half_open_do_not_disturb_who_speaks() {
    let ears = Prompted::new();
    let rooms = rooms(ears.clone()).with_webrtc().expect("a port");
    let client = Client::speaking(rooms).await;
    let to = client.listen().await;
    let session = start(&client).await;
    let mut page = Page::open(&client, to, &session, None).await.expect("a line");
    let mut half_open = Vec::new();
    for number in 0..HALF_OPEN {
        let mut connection = TcpStream::connect(to).await.expect("it is let in");
        let begun = [&b"GET /api/sess"[..], b"GET / HTTP/1.1\r\nupgrade: websocket\r\n", b"\x16\x03\x01"];
        connection.write_all(begun[number % 3]).await.expect("sent");
        half_open.push(connection);
    }
    page.until_phase("listening").await;
    let pcm = spoken(ANSWER).await;
    ears.expect(ANSWER, &pcm);
    page.speak(&pcm, 900).await;
    let turn = page.until(|message| message["type"] == "turn").await;
    assert_eq!(turn["text"], Value::from(ANSWER), "{turn}");
    drop(half_open);
}
