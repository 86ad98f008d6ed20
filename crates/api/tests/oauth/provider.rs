//! A certified provider, started once for all tests here, and an application that knows it.

use crate::browser::{Page, visit};
use greenroom_api::Options;
use greenroom_app::SystemClock;
use greenroom_domain::clock::Clock;
use greenroom_identity::{ProviderOptions, Providers};
use greenroom_testkit::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Where it is. It ends with this process: nobody holds its standard input then.
pub fn issuer() -> &'static str {
    static STARTED: OnceLock<(String, ChildStdin)> = OnceLock::new();
    &STARTED.get_or_init(start).0
}

#[expect(
    clippy::zombie_processes,
    reason = "it ends when its standard input does, which is with this process"
)]
fn start() -> (String, ChildStdin) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/oidc-provider");
    let mut child = Command::new(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("scripts/oidc-provider can be run");
    let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines().map_while(Result::ok);
    let ready = lines.find_map(|line| line.strip_prefix("ready at ").map(str::to_owned));
    (
        ready.expect("the provider starts; run scripts/oidc-provider to see why not"),
        child.stdin.take().expect("a pipe"),
    )
}

/// An application that knows the provider as `work`, by this client of it.
pub async fn app(client_id: &str) -> Client {
    with(settings(client_id)).await
}

/// The provider as `work`, by this client of it, and no application.
pub fn work(client_id: &str) -> Providers {
    providers(settings(client_id))
}

fn settings(client_id: &str) -> Value {
    json!({"issuer": issuer(), "client_id": client_id, "client_secret": "a secret of forty characters, or even more"})
}

fn providers(options: Value) -> Providers {
    let options: ProviderOptions = serde_json::from_value(options).expect("settings");
    Providers::new(&BTreeMap::from([("work".to_owned(), options)])).expect("valid settings")
}

/// An application that knows one provider, `work`.
pub async fn with(options: Value) -> Client {
    let client = Client::with_providers(Options::default(), providers(options)).await;
    // The provider lives in the present.
    let present =
        i64::try_from(SystemClock.now().ms_since(client.test.clock.now())).expect("after 2026 began");
    client.test.clock.advance(present);
    client
}

/// Goes through the provider's pages as `account`, or refuses there; the address that it sends back to.
pub fn at_provider(url: &str, account: &str, choice: &str) -> String {
    let mut cookies = HashMap::new();
    let mut page = visit(&mut cookies, url, None);
    for _ in 0..6 {
        page = match page {
            Page::Goes(to) if to.contains("/api/oauth/") => return to,
            Page::Goes(to) => visit(&mut cookies, &absolute(&to), None),
            Page::Shows { at, .. } => {
                visit(&mut cookies, &at, Some(&[("account", account), ("choice", choice)]))
            }
        };
    }
    panic!("the provider did not send anybody back");
}

fn absolute(to: &str) -> String {
    if to.starts_with('/') { format!("{}{to}", issuer()) } else { to.to_owned() }
}
