//! How much one sender may ask for. Counted by kind of request, by address and by account.

mod memory;
mod options;
mod rate;
mod sender;
mod shared;

pub use options::{Allowance, ClassOptions, LimitOptions};

use crate::auth::authenticate;
use crate::client_address::client_address;
use crate::error::ApiError;
use crate::router::Api;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use greenroom_bus::Redis;
use memory::Memory;
use rate::Rate;
use sender::{Class, Sender, Who};
use shared::Shared;
use std::net::{IpAddr, SocketAddr};

const SECOND: i64 = 1_000_000;

/// Keeps the books of who has sent how much.
pub(crate) struct Limiter {
    options: LimitOptions,
    memory: Memory,
    shared: Option<Shared>,
}

impl Limiter {
    pub fn new(options: LimitOptions, redis: Option<Redis>) -> Self {
        Self { options, memory: Memory::new(), shared: redis.map(Shared::new) }
    }

    /// Counts one request of these senders, or says who has had their share and how long to wait, microseconds.
    async fn take(&self, class: Option<Class>, senders: &[Who], now: i64) -> Result<(), (Sender, i64)> {
        let classes = class.into_iter().chain([Class::Everything]);
        let debts: Vec<_> = classes
            .flat_map(|class| senders.iter().map(move |who| Sender { class, who: *who }))
            .map(|sender| (sender, self.rate(sender)))
            .collect();
        if let Some(shared) = &self.shared
            && let Some(taken) = shared.take(&debts, now).await
        {
            return taken;
        }
        self.memory.take(&debts, now)
    }

    fn rate(&self, sender: Sender) -> Rate {
        let of = match sender.class {
            Class::Login => self.options.login,
            Class::Upload => self.options.upload,
            Class::Models => self.options.models,
            Class::Everything => self.options.everything,
        };
        Rate::from(match sender.who {
            Who::Address(_) => of.address,
            Who::Account(_) => of.account,
        })
    }
}

/// Refuses whoever has had their share.
pub(crate) async fn limit(State(api): State<Api>, request: Request, next: Next) -> Response {
    if !api.limiter.options.enabled {
        return next.run(request).await;
    }
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let class = sender::class(request.method(), route);
    let now = api.app.now().as_datetime().timestamp_micros();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    match api.limiter.take(class, &senders(&api, peer, request.headers()).await, now).await {
        Ok(()) => next.run(request).await,
        Err((sender, wait)) => refusal(sender, wait).into_response(),
    }
}

async fn senders(api: &Api, peer: Option<IpAddr>, headers: &HeaderMap) -> Vec<Who> {
    let address = peer.map(|peer| client_address(peer, headers, &api.options.trusted_proxies));
    // Who it is, not whether they may: a forged request counts as well.
    let account = authenticate(api, &Method::GET, headers).await.ok();
    address.map(Who::at).into_iter().chain(account.map(|caller| Who::Account(caller.user))).collect()
}

fn refusal(sender: Sender, wait: i64) -> ApiError {
    let seconds = wait.div_euclid(SECOND) + i64::from(wait.rem_euclid(SECOND) > 0);
    let seconds = u64::try_from(seconds).unwrap_or(1);
    let what = match sender.class {
        Class::Login => "attempts to sign in",
        Class::Upload => "files",
        Class::Models => "requests that keep the interviewer or the judge at work",
        Class::Everything => "requests",
    };
    let from = match sender.who {
        Who::Address(_) => "address",
        Who::Account(_) => "account",
    };
    let message = format!(
        "There were too many {what} from this {from} in a short time, so this one was not taken. \
         What was saved before is kept. Try again in {}.",
        in_words(seconds)
    );
    ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message).retry_after(seconds)
}

fn in_words(seconds: u64) -> String {
    match seconds {
        0 | 1 => "one second".to_owned(),
        2..=120 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
