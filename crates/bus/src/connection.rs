//! The line to Redis.

use crate::options::Options;
use redis::aio::{ConnectionManager, ConnectionManagerConfig, PubSub};
use redis::{Client, ConnectionAddr, RedisError};
use secrecy::ExposeSecret;
use std::net::IpAddr;
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

    /// What an operator should know of the line; `None` when it is well protected, stays on this machine, or is plain on
    /// purpose.
    pub fn concern(&self, options: &Options) -> Option<&'static str> {
        match self.client.get_connection_info().addr() {
            ConnectionAddr::Tcp(host, _) if !is_here(host) && !options.allow_plain => Some(
                "is not encrypted; name rediss:// in redis.url, or set redis.allow_plain where that is on purpose",
            ),
            ConnectionAddr::TcpTls { host, insecure: true, .. } if !is_here(host) => {
                Some("is encrypted, but nothing shows whose server it is; leave #insecure out of redis.url")
            }
            _ => None,
        }
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

fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Redis took too long.
pub(crate) fn late() -> RedisError {
    std::io::Error::from(std::io::ErrorKind::TimedOut).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::SecretString;

    fn told(url: &str, allow_plain: bool) -> Option<&'static str> {
        let options = Options { url: Some(SecretString::from(url)), allow_plain, ..Options::default() };
        Redis::open(&options).expect("an address").expect("one is named").concern(&options)
    }

    #[tokio::test]
    async fn an_operator_is_told_of_a_line_that_others_could_read() {
        let plain = told("redis://:secret@cache.example:6379", false).expect("it is told");
        assert!(plain.starts_with("is not encrypted"), "{plain}");
        let unproven = told("rediss://cache.example:6379/#insecure", true).expect("it is told");
        assert!(unproven.contains("whose server"), "{unproven}");
        assert_eq!(told("redis://cache.example:6379", true), None, "on purpose");
        for quiet in
            ["redis://127.0.0.1:6379", "redis://localhost/2", "redis://[::1]:6379", "rediss://cache.example"]
        {
            assert_eq!(told(quiet, false), None, "{quiet}");
        }
    }
}
