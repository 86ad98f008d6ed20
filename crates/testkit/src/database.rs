//! Fresh databases of both kinds.

use greenroom_store::{Keyring, Options, Store};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
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

    /// Where these words stand: in which files of SQLite, or in which tables of a server, as a dump of it shows them.
    pub async fn places_of(&self, words: &str) -> Vec<String> {
        match self.url.strip_prefix("sqlite://") {
            Some(path) => {
                let files = ["", "-wal", "-shm", "-journal"].map(|end| format!("{path}{end}"));
                files.into_iter().filter(|file| file_holds(file, words)).collect()
            }
            None => self.tables_with(words).await,
        }
    }

    async fn tables_with(&self, words: &str) -> Vec<String> {
        let db = sea_orm::Database::connect(&self.url).await.expect("the database answers");
        let ask = async |sql: String| {
            let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
            rows.expect("it is answered")
        };
        let all =
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'";
        let mut found = Vec::new();
        for row in ask(all.to_owned()).await {
            let table: String = row.try_get("", "name").expect("a name");
            let sql =
                format!("SELECT 1 AS n FROM \"{table}\" t WHERE strpos(t::text, '{words}') > 0 LIMIT 1");
            if !ask(sql).await.is_empty() {
                found.push(table);
            }
        }
        found
    }

    /// Another store on the same database, as another process has it.
    pub async fn again(&self) -> Store {
        open(&self.url).await
    }
}

fn file_holds(file: &str, words: &str) -> bool {
    let bytes = std::fs::read(file).unwrap_or_default();
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

/// A fresh SQLite file.
pub async fn sqlite() -> Database {
    let home = tempfile::tempdir().expect("a temporary directory");
    let url = format!("sqlite://{}", home.path().join("test.db").display());
    Database { store: open(&url).await, url, _home: Some(home) }
}

/// A fresh database on the server that `scripts/with-services` starts.
pub async fn postgres() -> Database {
    let url = empty_postgres().await;
    Database { store: open(&url).await, url, _home: None }
}

/// The address of a database without tables on the server that `scripts/with-services` starts.
pub async fn empty_postgres() -> String {
    let server = std::env::var("GREENROOM_TEST_POSTGRES")
        .expect("these tests need PostgreSQL: run them with scripts/with-services cargo test");
    let name = format!("test_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let admin = sea_orm::Database::connect(&server).await.expect("the test server answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a fresh database is made");
    admin.close().await.expect("the line to the server closes");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    format!("{base}/{name}")
}

async fn open(url: &str) -> Store {
    let options = Options { max_connections: CONNECTIONS, ..Options::default() };
    Store::open(url, &options, keyring()).await.expect("a fresh database opens")
}

/// The master key of all tests.
pub fn keyring() -> Keyring {
    Keyring::new(|| vec![b"a secret for tests, of thirty-two bytes".to_vec()])
}
