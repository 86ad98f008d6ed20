//! How the server treats connections: silent, slow, in a hurry, and those that hide a request in another.

use greenroom_api::Options;
use greenroom_testkit::Client;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than any machine needs, shorter than anybody waits.
const PATIENCE: Duration = Duration::from_secs(20);
const ASK: &str = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

async fn line(options: Options) -> TcpStream {
    TcpStream::connect(Client::with(options).await.listen().await).await.expect("a line")
}

async fn say(line: &mut TcpStream, words: &str) {
    line.write_all(words.as_bytes()).await.expect("it is sent");
}

/// One reply with its body, which is as long as it says.
async fn reply(line: &mut TcpStream) -> String {
    timeout(PATIENCE, async {
        let mut read = Vec::new();
        loop {
            let mut byte = [0];
            line.read_exact(&mut byte).await.expect("a reply");
            read.push(byte[0]);
            if read.ends_with(b"\r\n\r\n") {
                break;
            }
        }
        let head = String::from_utf8(read).expect("text");
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        line.read_exact(&mut body).await.expect("a body");
        head + &String::from_utf8_lossy(&body)
    })
    .await
    .expect("in time")
}

/// All that comes until the server closes the line.
async fn rest(line: &mut TcpStream) -> String {
    let mut rest = Vec::new();
    timeout(PATIENCE, line.read_to_end(&mut rest)).await.expect("the line is still open").expect("its end");
    String::from_utf8(rest).expect("text")
}

#[tokio::test]
async fn a_request_that_trickles_in_is_cut_off() {
    let mut line = line(Options { header_timeout_seconds: 1, ..Options::default() }).await;
    say(&mut line, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ").await;
    assert!(!rest(&mut line).await.contains("200 OK"));
}

#[tokio::test]
async fn a_line_that_says_nothing_is_cut_off_before_and_after_a_request() {
    for asks in [false, true] {
        let mut line = line(Options { header_timeout_seconds: 1, ..Options::default() }).await;
        if asks {
            say(&mut line, ASK).await;
            assert!(reply(&mut line).await.starts_with("HTTP/1.1 200"));
        }
        assert_eq!(rest(&mut line).await, "");
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_for_a_seat() {
    let client = Client::with(Options { max_connections: 1, ..Options::default() }).await;
    let address = client.listen().await;
    let mut first = TcpStream::connect(address).await.expect("a line");
    say(&mut first, ASK).await;
    assert!(reply(&mut first).await.starts_with("HTTP/1.1 200"));
    let mut second = TcpStream::connect(address).await.expect("the system keeps it waiting");
    say(&mut second, ASK).await;
    // The first still has its seat: it is answered again, the second is not before it has gone.
    say(&mut first, ASK).await;
    assert!(reply(&mut first).await.starts_with("HTTP/1.1 200"));
    assert!(second.try_read(&mut [0]).is_err());
    drop(first);
    assert!(reply(&mut second).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn requests_that_come_together_are_answered_one_after_the_other() {
    let mut line = line(Options::default()).await;
    // Two, and the beginning of a third.
    say(&mut line, &format!("{ASK}GET /api/nowhere HTTP/1.1\r\nHost: a\r\n\r\n{}", &ASK[..9])).await;
    assert!(reply(&mut line).await.starts_with("HTTP/1.1 200"));
    assert!(reply(&mut line).await.starts_with("HTTP/1.1 404"));
    say(&mut line, &ASK[9..]).await;
    assert!(reply(&mut line).await.starts_with("HTTP/1.1 200"));
    say(&mut line, ASK).await;
    assert!(reply(&mut line).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn however_many_requests_come_together_each_has_its_reply() {
    let mut line = line(Options::default()).await;
    // More than are answered in one go, and more bytes than are read at once.
    let wide = format!("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Wide: {}\r\n\r\n", "w".repeat(9_000));
    let count = 450;
    say(&mut line, &format!("{wide}{}", ASK.repeat(count))).await;
    for number in 0..=count {
        let answer = reply(&mut line).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{number}: {answer}");
    }
    say(&mut line, "GET /api/nowhere HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(reply(&mut line).await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn a_body_that_nobody_reads_is_no_request() {
    let hidden = "GET /api/about HTTP/1.1\r\nHost: a\r\n\r\n";
    for path in ["/healthz", "/api/nowhere", "/api/sessions"] {
        let mut line = line(Options::default()).await;
        let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", hidden.len());
        say(&mut line, &head).await;
        let first = reply(&mut line).await;
        assert!(first.starts_with("HTTP/1.1 4"), "{path}: {first}");
        // What follows is the body of that request, whatever it looks like. The server may close the line instead.
        let _ = line.write_all(hidden.as_bytes()).await;
        let _ = line.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        let mut after = Vec::new();
        let _ = timeout(PATIENCE, line.read_to_end(&mut after)).await.expect("the line is still open");
        let after = String::from_utf8_lossy(&after);
        assert!(after.matches("HTTP/1.1").count() <= 1 && !after.contains("\"version\""), "{path}: {after}");
    }
}

#[tokio::test]
async fn a_request_with_a_body_leaves_the_line_to_the_next() {
    let mut line = line(Options::default()).await;
    let chunked =
        "POST /api/users/guest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let counted = "POST /api/users/guest HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
    for words in [chunked, counted, ASK] {
        say(&mut line, words).await;
        let answer = reply(&mut line).await;
        assert!(answer.starts_with("HTTP/1.1 20"), "{words}: {answer}");
    }
}

#[tokio::test]
async fn a_client_that_wants_the_line_closed_has_it_closed() {
    for ask in
        ["GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /healthz HTTP/1.0\r\n\r\n"]
    {
        let mut line = line(Options::default()).await;
        say(&mut line, ask).await;
        assert!(rest(&mut line).await.contains(" 200 OK"), "{ask}");
    }
}
