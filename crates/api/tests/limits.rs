//! How much one sender may ask for.

use greenroom_api::{Allowance, ClassOptions, LimitOptions, Options};
use greenroom_bus::Redis;
use greenroom_testkit::Client;
use serde_json::Value;
use std::net::SocketAddr;

const PLENTY: Allowance = Allowance { per_minute: 60_000, burst: 1_000 };
/// One a second, three at once.
const FEW: Allowance = Allowance { per_minute: 60, burst: 3 };

fn limits(login: ClassOptions, everything: ClassOptions) -> LimitOptions {
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    LimitOptions { enabled: true, login, upload: plenty, models: plenty, everything }
}

/// Behind a proxy on this machine, with these limits.
async fn client(login: ClassOptions, everything: ClassOptions) -> (Client, SocketAddr) {
    limited(limits(login, everything)).await
}

async fn limited(limits: LimitOptions) -> (Client, SocketAddr) {
    let trusted = serde_json::from_str(r#"["127.0.0.1"]"#).expect("a network");
    let client = Client::with(Options { limits, trusted_proxies: trusted, ..Options::default() }).await;
    let address = client.listen().await;
    (client, address)
}

struct Answer {
    status: u16,
    retry_after: Option<String>,
    body: Value,
}

/// Calls from `from`, as the proxy says.
async fn call(
    server: SocketAddr,
    method: &'static str,
    path: &'static str,
    from: &str,
    token: Option<&str>,
) -> Answer {
    let mut request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("http://{server}{path}"))
        .header("x-forwarded-for", from);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(()).expect("a request");
    let send = move || {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut response = agent.run(request).expect("an answer");
        Answer {
            status: response.status().as_u16(),
            retry_after: response
                .headers()
                .get("retry-after")
                .map(|value| value.to_str().expect("text").to_owned()),
            body: response.body_mut().read_json().unwrap_or_default(),
        }
    };
    tokio::task::spawn_blocking(send).await.expect("it does not panic")
}

async fn guest(server: SocketAddr, from: &str) -> Answer {
    call(server, "POST", "/api/users/guest", from, None).await
}

#[tokio::test]
async fn who_signs_in_too_often_is_told_when_to_try_again() {
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    let (client, server) = client(ClassOptions { address: FEW, account: PLENTY }, plenty).await;
    for _ in 0..3 {
        assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    }
    let refused = guest(server, "198.51.100.1").await;
    assert_eq!((refused.status, refused.retry_after.as_deref()), (429, Some("1")));
    assert_eq!(refused.body["error"], "too_many_requests");
    let message = refused.body["message"].as_str().expect("words");
    assert!(
        message.contains("from this address") && message.ends_with("Try again in one second."),
        "{message}"
    );
    assert!(refused.body["request_id"].is_string());
    // Other kinds of requests are counted apart, and so are other people.
    assert_eq!(call(server, "GET", "/api/about", "198.51.100.1", None).await.status, 200);
    assert_eq!(guest(server, "198.51.100.2").await.status, 201);
    client.test.clock.advance(1_000);
    assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    assert_eq!(guest(server, "198.51.100.1").await.status, 429);
}

#[tokio::test]
async fn files_and_what_asks_a_model_are_counted_apart() {
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    let few = ClassOptions { address: FEW, account: PLENTY };
    let limits = LimitOptions { upload: few, models: few, ..limits(plenty, plenty) };
    let (mut client, server) = limited(limits).await;
    client.sign_in_as_guest().await;
    let token = client.token.clone();
    let ask = |method, path| call(server, method, path, "198.51.100.1", token.as_deref());
    for (method, path, what) in [
        ("POST", "/api/resumes", "too many files"),
        ("POST", "/api/evaluations", "keep the interviewer or the judge at work"),
    ] {
        // Each lacks its body; who sends much of that has had their share all the same.
        for _ in 0..3 {
            assert_ne!(ask(method, path).await.status, 429, "{path}");
        }
        let refused = ask(method, path).await;
        assert_eq!((refused.status, refused.retry_after.as_deref()), (429, Some("1")), "{path}");
        let message = refused.body["message"].as_str().expect("words");
        assert!(message.contains(what), "{message}");
    }
    // Sound for a recogniser, and a voice, draw on what models may be asked.
    for (method, path) in [("POST", "/api/voice/check"), ("GET", "/api/voice/sample?voice=ana")] {
        assert_eq!(ask(method, path).await.status, 429, "{path}");
    }
    assert_eq!(ask("GET", "/api/users/me").await.status, 200);
}

#[tokio::test]
async fn an_ipv6_network_counts_as_one_address() {
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    let (_client, server) = client(ClassOptions { address: FEW, account: PLENTY }, plenty).await;
    for address in ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:3::"] {
        assert_eq!(guest(server, address).await.status, 201);
    }
    assert_eq!(guest(server, "2001:db8:1:2:ffff:ffff::1").await.status, 429);
    assert_eq!(guest(server, "2001:db8:1:3::1").await.status, 201);
}

#[tokio::test]
async fn an_account_is_counted_wherever_it_comes_from() {
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    let (mut client, server) = client(plenty, ClassOptions { address: PLENTY, account: FEW }).await;
    client.sign_in_as_guest().await;
    let token = client.token.clone();
    let me = |from: &'static str| call(server, "GET", "/api/users/me", from, token.as_deref());
    for from in ["198.51.100.1", "198.51.100.2", "198.51.100.3"] {
        assert_eq!(me(from).await.status, 200);
    }
    let refused = me("198.51.100.4").await;
    assert_eq!(refused.status, 429);
    assert!(refused.body["message"].as_str().expect("words").contains("from this account"));
    // Whoever is not that account is not touched.
    assert_eq!(call(server, "GET", "/api/about", "198.51.100.4", None).await.status, 200);
}

#[tokio::test]
async fn nobody_escapes_by_saying_that_they_are_somebody_else() {
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    let few = ClassOptions { address: FEW, account: PLENTY };
    let client = Client::with(Options { limits: limits(few, plenty), ..Options::default() }).await;
    let server = client.listen().await;
    for from in ["198.51.100.1", "198.51.100.2", "198.51.100.3"] {
        assert_eq!(guest(server, from).await.status, 201);
    }
    assert_eq!(guest(server, "198.51.100.4").await.status, 429);
}

#[tokio::test]
async fn limits_can_be_switched_off() {
    let few = ClassOptions { address: FEW, account: FEW };
    let off = LimitOptions { enabled: false, ..limits(few, few) };
    let client = Client::with(Options { limits: off, ..Options::default() }).await;
    let server = client.listen().await;
    for _ in 0..5 {
        assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    }
}

/// A Redis of its own, which can be killed.
struct OwnRedis {
    child: std::process::Child,
    port: u16,
}

impl OwnRedis {
    async fn start(port: u16) -> Self {
        let child = std::process::Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("redis-server can be run; scripts/with-services installs it");
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::task::yield_now().await;
        }
        Self { child, port }
    }

    fn kill(&mut self) {
        self.child.kill().expect("it is ours");
        self.child.wait().expect("it ends");
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn redis(url: String, prefix: &str) -> Redis {
    let options =
        greenroom_bus::Options { url: Some(url.into()), prefix: prefix.to_owned(), ..Default::default() };
    Redis::open(&options).expect("an address").expect("it is configured")
}

/// A node behind a proxy, with these limits for signing in.
async fn node(login: Allowance, redis: Redis) -> (Client, SocketAddr) {
    let trusted = serde_json::from_str(r#"["127.0.0.1"]"#).expect("a network");
    let plenty = ClassOptions { address: PLENTY, account: PLENTY };
    let limits = limits(ClassOptions { address: login, account: PLENTY }, plenty);
    let client =
        Client::sharing(Options { limits, trusted_proxies: trusted, ..Options::default() }, redis).await;
    let address = client.listen().await;
    (client, address)
}

fn shared_redis() -> String {
    std::env::var("GREENROOM_TEST_REDIS")
        .expect("this test needs Redis: run it with scripts/with-services cargo test")
}

#[tokio::test]
async fn nodes_that_share_a_redis_count_together() {
    let prefix = format!("limits-{}", std::process::id());
    let few = Allowance { per_minute: 1, burst: 3 };
    let (_one, first) = node(few, redis(shared_redis(), &prefix)).await;
    let (_two, second) = node(few, redis(shared_redis(), &prefix)).await;
    for server in [first, second, first] {
        assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    }
    let refused = guest(second, "198.51.100.1").await;
    assert_eq!(refused.status, 429);
    let seconds: u64 = refused.retry_after.expect("the header").parse().expect("a number");
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(guest(second, "198.51.100.2").await.status, 201, "others are not touched");
    // Another installation on the same Redis counts for itself.
    let (_three, third) = node(few, redis(shared_redis(), &format!("{prefix}-other"))).await;
    assert_eq!(guest(third, "198.51.100.1").await.status, 201);
}

#[tokio::test]
async fn in_redis_too_what_was_sent_is_paid_off() {
    let prefix = format!("limits-paid-{}", std::process::id());
    // One in six seconds: none of the refused ones is held against the sender.
    let (_client, server) =
        node(Allowance { per_minute: 10, burst: 1 }, redis(shared_redis(), &prefix)).await;
    assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    assert_eq!(guest(server, "198.51.100.1").await.status, 429);
    while guest(server, "198.51.100.1").await.status == 429 {}
}

#[tokio::test]
async fn without_redis_each_node_counts_for_itself_until_it_is_back() {
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port();
    let mut own = OwnRedis::start(port).await;
    let few = Allowance { per_minute: 1, burst: 3 };
    let (client, server) = node(few, redis(format!("redis://127.0.0.1:{port}"), "own")).await;
    for _ in 0..3 {
        assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    }
    assert_eq!(guest(server, "198.51.100.1").await.status, 429);
    own.kill();
    // Nobody waits, nothing fails, and the limit is the same.
    for _ in 0..3 {
        assert_eq!(guest(server, "198.51.100.1").await.status, 201);
    }
    assert_eq!(guest(server, "198.51.100.1").await.status, 429);
    // Back and empty. It is looked for once a second, by a clock that the test moves, and not by as much as this
    // node's own books take to let anybody through.
    let _back = OwnRedis::start(own.port).await;
    let mut taken = 0;
    for _ in 0..50 {
        client.test.clock.advance(1_000);
        taken += u32::from(guest(server, "198.51.100.1").await.status == 201);
    }
    assert_eq!(taken, 3);
}
