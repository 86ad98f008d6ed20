//! Fresh databases of both kinds.

use greenroom_store::{Keyring, Options, Store};
use sea_orm::ConnectionTrait;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// Connections to a PostgreSQL database in a test; many tests share one server.
const CONNECTIONS: u32 = 8;

/// Databases of this process so far.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// A database of its own for one test.
pub struct Database {
    /// The store on it.
    pub store: Store,
    url: String,
    _home: Option<TempDir>,
}

impl Database {
    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Another store on the same database, as another process has it.
    pub async fn again(&self) -> Store {
        open(&self.url).await
    }
}

/// A fresh SQLite file.
pub async fn sqlite() -> Database {
    let home = tempfile::tempdir().expect("a temporary directory");
    let url = format!("sqlite://{}", home.path().join("test.db").display());
    Database { store: open(&url).await, url, _home: Some(home) }
}

/// A fresh database on the server that `scripts/with-services` starts.
pub async fn postgres() -> Database {
    let server = std::env::var("GREENROOM_TEST_POSTGRES")
        .expect("these tests need PostgreSQL: run them with scripts/with-services cargo test");
    let name = format!("test_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let admin = sea_orm::Database::connect(&server).await.expect("the test server answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a fresh database is made");
    admin.close().await.expect("the line to the server closes");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    let url = format!("{base}/{name}");
    Database { store: open(&url).await, url, _home: None }
}

async fn open(url: &str) -> Store {
    let options = Options { max_connections: CONNECTIONS, ..Options::default() };
    Store::open(url, &options, keyring()).await.expect("a fresh database opens")
}

/// The master key of all tests.
pub fn keyring() -> Keyring {
    Keyring::new(|| vec![b"a secret for tests, of thirty-two bytes".to_vec()])
}
