//! TLS to PostgreSQL: what is asked for holds, or there is no line. The server's certificate is for `localhost`.

use greenroom_store::{Options, Store, StoreError};
use std::error::Error;

/// What `scripts/with-services` says of its server.
fn told(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run this with scripts/with-services cargo test"))
}

fn address(host: &str, rest: &str) -> String {
    told("GREENROOM_TEST_POSTGRES").replace("127.0.0.1", host) + rest
}

async fn open(host: &str, rest: &str) -> Result<Store, StoreError> {
    let options = Options { max_connections: 2, ..Options::default() };
    Store::open(&address(host, rest), &options, greenroom_testkit::keyring()).await
}

/// Every cause, in one line.
fn causes(error: &StoreError) -> String {
    let chain = std::iter::successors(error.source(), |error| (*error).source());
    std::iter::once(error.to_string()).chain(chain.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}

#[tokio::test]
async fn a_server_is_taken_by_the_name_and_the_authority_that_are_asked_for() {
    let (ours, other) = (told("GREENROOM_TEST_POSTGRES_CA"), told("GREENROOM_TEST_POSTGRES_OTHER_CA"));
    let full = format!("?sslmode=verify-full&sslrootcert={ours}");
    let store = open("localhost", &full).await.expect("the right name and authority");
    assert!(store.is_encrypted().await.expect("the server knows"));
    store.close().await.expect("it closes");
    let authority = format!("?sslmode=verify-ca&sslrootcert={ours}");
    open("127.0.0.1", &authority).await.expect("the right authority").close().await.expect("it closes");

    let elsewhere = format!("?sslmode=verify-full&sslrootcert={other}");
    for (host, rest) in
        [("127.0.0.1", &*full), ("localhost", &elsewhere), ("localhost", "?sslmode=verify-full")]
    {
        let refused = open(host, rest).await.expect_err(rest);
        assert!(causes(&refused).contains("certificate"), "{}", causes(&refused));
    }
    let slip = open("localhost", "?sslmode=verify-full&sslrootcert=/nowhere/ca.pem").await;
    let said = causes(&slip.expect_err("no such file"));
    assert!(said.contains("sslrootcert names the file /nowhere/ca.pem"), "{said}");
}

#[tokio::test]
async fn what_stays_on_this_machine_is_encrypted_only_when_it_is_asked_for() {
    for (rest, encrypted) in [("", false), ("?sslmode=require", true)] {
        let store = open("127.0.0.1", rest).await.expect("a line");
        assert_eq!(store.is_encrypted().await.expect("the server knows"), encrypted, "{rest}");
        store.close().await.expect("it closes");
    }
}
