//! Requests to providers: bounded in time and size, never redirected.

use crate::error::IdentityError;
use crate::options::is_loopback;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Longest wait for one answer: somebody looks at a blank page meanwhile.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
const CONNECT_WITHIN: Duration = Duration::from_secs(4);
/// Largest answer, bytes. Keys and tokens are a few thousand.
const LARGEST: usize = 1 << 20;

/// Speaks to one provider.
#[derive(Clone, Debug)]
pub(crate) struct Http(Client);

/// No answer that can be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpError {
    #[error("{0}")]
    NotAnswered(String),
    #[error("the answer is larger than {LARGEST} bytes")]
    TooLarge,
    #[error("it answered {0}")]
    Busy(u16),
}

impl From<HttpError> for IdentityError {
    fn from(error: HttpError) -> Self {
        Self::Unreachable(error.to_string())
    }
}

impl Http {
    /// For the provider at this address.
    pub fn new(issuer: &str) -> Result<Self, String> {
        // Fails when one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .user_agent(concat!("greenroom/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            // A redirect would carry codes and secrets to another host.
            .redirect(Policy::none());
        if Url::parse(issuer).is_ok_and(|url| is_loopback(&url)) {
            client = client.no_proxy();
        }
        if !issuer.starts_with("https:") {
            // No certificate will be looked at, so none need be there.
            client = client.tls_certs_only([]);
        }
        Ok(Self(client.build().map_err(|error| error.to_string())?))
    }

    /// One request. An answer of 5xx or 429 counts as none: the provider says itself that it cannot now.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let failed = |error: reqwest::Error| HttpError::NotAnswered(cause(&error));
        let (parts, body) = request.into_parts();
        let sent = self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
        let mut response = sent.send().await.map_err(failed)?;
        let status = response.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(HttpError::Busy(status.as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(HttpError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let mut answer = HttpResponse::new(bytes);
        *answer.status_mut() = status;
        *answer.headers_mut() = response.headers().clone();
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// The innermost reason, without the address: that may hold a code.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    match inner.downcast_ref::<reqwest::Error>() {
        Some(_) if error.is_timeout() => "no answer in time".to_owned(),
        Some(_) => "the line broke".to_owned(),
        None => inner.to_string(),
    }
}
