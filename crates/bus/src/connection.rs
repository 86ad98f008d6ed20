//! The line to Redis.

use crate::options::Options;
use redis::aio::{ConnectionManager, ConnectionManagerConfig, PubSub};
use redis::{Client, RedisError};
use secrecy::ExposeSecret;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for an answer. Whoever asks has something to fall back on.
const ANSWER_WITHIN: Duration = Duration::from_millis(500);
/// Longest wait for a line.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);

/// Redis does not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum BusError {
    /// The address is none.
    #[error("redis.url is no address of Redis; it looks like redis://HOST:6379")]
    Address,
    /// It does not answer, or refuses.
    #[error("Redis does not answer: {0}")]
    Unavailable(#[from] RedisError),
}

/// A Redis, reached or not. Cheap to clone; comes back by itself.
#[derive(Clone, Debug)]
pub struct Redis {
    client: Client,
    manager: ConnectionManager,
    prefix: Arc<str>,
}

impl Redis {
    /// The configured Redis; `None` when none is configured. It need not be there yet. Call it inside of a runtime.
    pub fn open(options: &Options) -> Result<Option<Self>, BusError> {
        let Some(url) = &options.url else { return Ok(None) };
        // The first one in the process stays; TLS needs one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::open(url.expose_secret()).map_err(|_| BusError::Address)?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_max_delay(Duration::from_millis(200))
            .set_connection_timeout(Some(CONNECT_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let manager = ConnectionManager::new_lazy_with_config(client.clone(), config)?;
        Ok(Some(Self { client, manager, prefix: options.prefix.as_str().into() }))
    }

    /// A line for commands, shared by all. A command on it fails within two seconds when Redis is away.
    pub fn commands(&self) -> ConnectionManager {
        self.manager.clone()
    }

    /// The name of a key or channel of this installation.
    pub fn named(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    /// Asks for a sign of life.
    pub async fn ping(&self) -> Result<(), BusError> {
        redis::cmd("PING").query_async::<()>(&mut self.commands()).await?;
        Ok(())
    }

    /// A line of its own for listening.
    pub(crate) async fn listener(&self) -> Result<PubSub, RedisError> {
        let line = tokio::time::timeout(CONNECT_WITHIN, self.client.get_async_pubsub());
        line.await.unwrap_or_else(|_| Err(late()))
    }
}

/// Redis took too long.
pub(crate) fn late() -> RedisError {
    std::io::Error::from(std::io::ErrorKind::TimedOut).into()
}
