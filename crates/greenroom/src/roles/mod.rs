//! The parts of a server. One process runs all of them, or several processes share them out. Only this folder knows
//! which are on; they talk to each other through the database and over Redis, also within one process.

mod archivist;
mod bookkeeper;
mod follower;
mod front;
mod key_keeper;
mod measures;
mod shutdown;
mod worker;

pub use archivist::Archivist;
pub use bookkeeper::Bookkeeper;
pub use follower::Follower;
pub use front::Front;
pub use key_keeper::KeyKeeper;
pub use measures::Measures;
pub use shutdown::Shutdown;
pub use worker::Worker;

use crate::config::Config;
use secrecy::ExposeSecret;

/// Which parts this process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// Answers requests and serves the web app.
    pub api: bool,
    /// Holds the live lines of interviews (WebSocket).
    pub live: bool,
    /// Does background work.
    pub worker: bool,
}

impl Roles {
    /// All of them.
    const ALL: Self = Self { api: true, live: true, worker: true };

    /// The roles with these names; all when none is named.
    pub fn named(names: &[String]) -> Result<Self, String> {
        if names.is_empty() {
            return Ok(Self::ALL);
        }
        let mut roles = Self { api: false, live: false, worker: false };
        for name in names {
            match name.trim() {
                "api" => roles.api = true,
                "live" => roles.live = true,
                "worker" => roles.worker = true,
                unknown => return Err(format!("there is no role {unknown}; choose from api, live, worker")),
            }
        }
        Ok(roles)
    }

    /// Parts of a server that run apart find each other through PostgreSQL and Redis only.
    pub fn check(self, config: &Config) -> Result<(), String> {
        if self == Self::ALL {
            return Ok(());
        }
        let database = config.database.url.as_ref().map(|url| url.expose_secret());
        let mut missing: Vec<&str> = Vec::new();
        if !database.is_some_and(|url| url.starts_with("postgres:") || url.starts_with("postgresql:")) {
            missing.push("a PostgreSQL database: set database.url (or DATABASE_URL) to postgres://…");
        }
        if config.redis.url.is_none() {
            missing.push("a Redis: set redis.url (or REDIS_URL) to redis://…");
        }
        if !config.objects.is_shared() {
            missing.push(
                "a storage of files: set objects.url to s3://…, or to file:///… on a disk that they share",
            );
        }
        if missing.is_empty() {
            return Ok(());
        }
        let missing = missing.join("\n  ");
        Err(format!(
            "with --role, parts of the server run apart and need what they share; missing:\n  {missing}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::SecretString;

    fn named(names: &str) -> Result<Roles, String> {
        Roles::named(&names.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_runs_apart_needs_what_it_shares() {
        assert_eq!(Roles::named(&[]), Ok(Roles::ALL));
        assert_eq!(named("worker,live,api"), Ok(Roles::ALL));
        assert!(named("api,kitchen").is_err_and(|said| said.contains("kitchen")));
        let mut config = Config::default();
        assert_eq!(Roles::ALL.check(&config), Ok(()));
        let worker = named("worker").expect("a role");
        let said = worker.check(&config).expect_err("nothing is shared");
        assert!(said.contains("database.url") && said.contains("redis.url"), "{said}");
        config.redis.url = Some(SecretString::from("redis://127.0.0.1"));
        config.database.url = Some(SecretString::from("sqlite://here.db"));
        let said = worker.check(&config).expect_err("a file is not shared");
        assert!(said.contains("database.url") && !said.contains("redis.url"), "{said}");
        config.database.url = Some(SecretString::from("postgres://here/greenroom"));
        let said = worker.check(&config).expect_err("files are not shared");
        assert!(said.contains("objects.url") && !said.contains("database.url"), "{said}");
        config.objects.url = Some("s3://rooms".to_owned());
        assert_eq!(worker.check(&config), Ok(()));
    }
}
