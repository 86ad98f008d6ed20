//! Nodes that start together bring the tables up to date once.

use greenroom_store::{Options, Store};
use greenroom_testkit::{empty_postgres, keyring};

/// Nodes that find the same empty database.
const NODES: usize = 6;

async fn all_start(url: &str) {
    let options = Options { max_connections: 2, ..Options::default() };
    let starting = (0..NODES).map(|_| Store::open(url, &options, keyring()));
    for (number, started) in futures::future::join_all(starting).await.into_iter().enumerate() {
        let store = started.unwrap_or_else(|error| panic!("node {number} of {NODES}: {error}"));
        store.ping().await.unwrap();
        store.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let home = tempfile::tempdir().unwrap();
    all_start(&format!("sqlite://{}", home.path().join("new.db").display())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    all_start(&empty_postgres().await).await;
}
