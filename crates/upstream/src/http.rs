//! One request to a service, and the bytes of its answer.

use crate::fault::{Fault, VendorError};
use crate::kind::Kind;
use futures::StreamExt;
use futures::stream::BoxStream;
use greenroom_telemetry::trace;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RANGE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Upgraded, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Longest body of an error that is read, bytes.
const LARGEST_ERROR: usize = 64 << 10;
/// Redirects that are followed, where they are.
const REDIRECTS: usize = 5;
const CONNECT: Duration = Duration::from_secs(5);
/// The longest `Retry-After` that is believed.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// An answer that was accepted.
pub struct Answer {
    /// The media type of its body, without parameters; empty when the service did not say.
    pub media_type: String,
    /// Its body as it comes.
    pub bytes: BoxStream<'static, Result<Vec<u8>, Fault>>,
}

/// A file, or the rest of it.
pub struct Part {
    /// Whether it is the rest; else it is the whole.
    pub is_partial: bool,
    /// Its bytes as they come.
    pub bytes: BoxStream<'static, Result<Vec<u8>, Fault>>,
}

/// The address of one service, with its key.
pub struct Http {
    client: Client,
    url: String,
    headers: HeaderMap,
}

impl Http {
    /// Prepares for `url`. Neither a wrong address nor a wrong key fails here: the call will say so.
    pub fn new(url: String) -> Result<Self, Fault> {
        // A redirect would carry the key to another host.
        let client = client(&url, Policy::none())?;
        Ok(Self { client, url, headers: HeaderMap::new() })
    }

    /// Sends `value` in each request.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }

    /// Sends `key` in each request, in the header `name` after `prefix`. A key that no header can hold is left
    /// out, and the vendor says that it is missing.
    pub fn key(mut self, name: &'static str, prefix: &str, key: Option<&SecretString>) -> Self {
        let Some(key) = key else { return self };
        if let Ok(mut value) = HeaderValue::from_str(&format!("{prefix}{}", key.expose_secret().trim())) {
            value.set_sensitive(true);
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// Sends `body`, whose media type is `kind`. Anything but success is a fault, and so is a web page.
    pub async fn post(&self, kind: &str, body: Vec<u8>, deadline: Instant) -> Result<Answer, Fault> {
        let call = self.client.post(&self.url).header(CONTENT_TYPE, kind).body(body);
        let response = self.send(call, deadline).await?;
        if !response.status().is_success() {
            return Err(refused(response, deadline).await);
        }
        let media_type = media_type(response.headers());
        if media_type == "text/html" {
            return Err(Fault::malformed("answered with a web page: is the address right?"));
        }
        Ok(Answer { media_type, bytes: chunks(response) })
    }

    /// Goes where the service sends it: for files, which hosts keep elsewhere, and never with a key.
    pub fn following_redirects(mut self) -> Result<Self, Fault> {
        self.client = client(&self.url, Policy::limited(REDIRECTS))?;
        self.headers.clear();
        Ok(self)
    }

    /// Fetches the address from its byte `from` on. A service that does not know of ranges sends all of it.
    pub async fn get_from(&self, from: u64, deadline: Instant) -> Result<Part, Fault> {
        let mut call = self.client.get(&self.url);
        if from > 0 {
            call = call.header(RANGE, format!("bytes={from}-"));
        }
        let response = self.send(call, deadline).await?;
        if !response.status().is_success() {
            return Err(refused(response, deadline).await);
        }
        if media_type(response.headers()) == "text/html" {
            return Err(Fault::malformed("answered with a web page: is the address right?"));
        }
        let is_partial = response.status() == StatusCode::PARTIAL_CONTENT;
        Ok(Part { is_partial, bytes: chunks(response) })
    }

    /// Asks to go on in another protocol: `headers` are those of the wish. Gives the answer's headers and the line.
    pub async fn switch(
        &self,
        headers: &[(&'static str, &str)],
        deadline: Instant,
    ) -> Result<(HeaderMap, Upgraded), Fault> {
        let mut call = self.client.get(&self.url);
        for (name, value) in headers {
            call = call.header(*name, *value);
        }
        let response = self.send(call, deadline).await?;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            let headers = response.headers().clone();
            let line = timeout_at(deadline, response.upgrade()).await.map_err(|_| late())?;
            return Ok((headers, line.map_err(|error| broken(&error))?));
        }
        if response.status().is_success() {
            return Err(Fault::malformed("did not go over to a WebSocket: is the address right?"));
        }
        Err(refused(response, deadline).await)
    }

    async fn send(&self, call: RequestBuilder, deadline: Instant) -> Result<Response, Fault> {
        let mut call = call.headers(self.headers.clone());
        if let Some(trace) = trace::current() {
            call = call.header(trace::TRACEPARENT, trace);
        }
        timeout_at(deadline, call.send()).await.map_err(|_| late())?.map_err(|error| not_sent(&error))
    }
}

/// The body of `response` as it comes.
fn chunks(response: Response) -> BoxStream<'static, Result<Vec<u8>, Fault>> {
    let bytes = futures::stream::unfold(Some(response), |open| async move {
        let mut response = open?;
        match response.chunk().await {
            Ok(chunk) => Some((Ok(chunk?.to_vec()), Some(response))),
            Err(error) => Some((Err(broken(&error)), None)),
        }
    });
    bytes.fuse().boxed()
}

fn late() -> Fault {
    Fault::new(Kind::TimedOut, "no answer in time")
}

fn client(url: &str, redirects: Policy) -> Result<Client, Fault> {
    // Fails when one is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = Client::builder()
        .user_agent(concat!("greenroom/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .redirect(redirects);
    if is_on_this_machine(url) {
        client = client.no_proxy();
    }
    if !url.starts_with("https:") {
        // No certificate will be looked at, so none need be there.
        client = client.tls_certs_only([]);
    }
    client.build().map_err(|error| {
        Fault::new(Kind::Unreachable, format!("cannot prepare connections: {}", cause(&error)))
    })
}

/// Whether the host of `url` is this machine.
pub fn is_on_this_machine(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    url.host_str().is_some_and(|host| {
        host == "localhost" || host.starts_with("127.") || host == "[::1]" || host.ends_with(".localhost")
    })
}

fn media_type(headers: &HeaderMap) -> String {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

async fn refused(mut response: Response, deadline: Instant) -> Fault {
    let status = response.status().as_u16();
    let wait = retry_after(response.headers());
    let mut body = Vec::new();
    // What was read until a limit, a failure or the deadline is enough: the status alone says most.
    while let Ok(Ok(Some(chunk))) = timeout_at(deadline, response.chunk()).await {
        let room = LARGEST_ERROR - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == LARGEST_ERROR {
            break;
        }
    }
    VendorError::read(&serde_json::from_slice(&body).unwrap_or(Value::Null)).fault(status, wait)
}

/// When to come back: milliseconds as OpenAI says them, seconds, or a date. A date is counted from the answer's
/// own `Date`, so that it does not matter how clocks differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name: &HeaderName| text(name).and_then(|text| text.parse::<f64>().ok());
    let wait = if let Some(milliseconds) = number(&HeaderName::from_static("retry-after-ms")) {
        Duration::try_from_secs_f64(milliseconds / 1000.0).ok()
    } else if let Some(seconds) = number(&RETRY_AFTER) {
        Duration::try_from_secs_f64(seconds).ok()
    } else {
        let date = |name: &HeaderName| text(name).and_then(|text| httpdate::parse_http_date(text).ok());
        date(&RETRY_AFTER)?.duration_since(date(&DATE)?).ok()
    };
    wait.map(|wait| wait.min(LONGEST_WAIT))
}

fn not_sent(error: &reqwest::Error) -> Fault {
    if error.is_builder() {
        return Fault::new(Kind::NotFound, "the address is not valid");
    }
    let what = if error.is_connect() { "cannot connect" } else { "closed the connection without an answer" };
    Fault::new(Kind::Unreachable, format!("{what}: {}", cause(error)))
}

fn broken(error: &reqwest::Error) -> Fault {
    Fault::new(Kind::BrokenStream, format!("the connection broke off: {}", cause(error)))
}

/// The innermost reason. Outer ones name the address, which may hold a password.
fn cause(error: &reqwest::Error) -> String {
    let Some(mut cause) = std::error::Error::source(error) else { return "no reason given".to_owned() };
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(pairs: &[(&'static str, &'static str)]) -> Option<Duration> {
        let pairs = pairs
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        retry_after(&pairs.collect())
    }

    #[test]
    fn reads_when_to_come_back() {
        assert_eq!(wait(&[]), None);
        assert_eq!(wait(&[("retry-after", "20")]), Some(Duration::from_secs(20)));
        assert_eq!(wait(&[("retry-after", "0.5")]), Some(Duration::from_millis(500)));
        assert_eq!(
            wait(&[("retry-after", "2"), ("retry-after-ms", "1500")]),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(wait(&[("retry-after", "999999999999999999999")]), None);
        assert_eq!(wait(&[("retry-after", "9999999")]), Some(LONGEST_WAIT));
        for nonsense in ["-3", "soon", "NaN", "inf", ""] {
            assert_eq!(wait(&[("retry-after", nonsense)]), None, "{nonsense}");
        }
    }

    #[test]
    fn counts_a_date_from_the_date_of_the_answer() {
        let date = ("date", "Sat, 21 Nov 2026 08:00:00 GMT");
        let later = ("retry-after", "Sat, 21 Nov 2026 08:01:30 GMT");
        assert_eq!(wait(&[date, later]), Some(Duration::from_secs(90)));
        assert_eq!(wait(&[later]), None);
        assert_eq!(wait(&[("date", later.1), ("retry-after", date.1)]), None);
    }

    #[test]
    fn knows_this_machine() {
        for url in ["http://127.0.0.1:1/v1", "http://localhost/v1", "http://[::1]:8/"] {
            assert!(is_on_this_machine(url), "{url}");
        }
        for url in ["https://api.openai.com/v1", "http://localhost.example.org", "nonsense"] {
            assert!(!is_on_this_machine(url), "{url}");
        }
    }
}
