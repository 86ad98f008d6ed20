//! Who sends what kind of request.

use crate::client_address::household;
use axum::http::Method;
use greenroom_domain::ids::UserId;
use ipnet::IpNet;
use std::fmt;
use std::net::IpAddr;

/// Kinds of requests that are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Login,
    Upload,
    Models,
    Everything,
}

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    Address(IpNet),
    Account(UserId),
}

impl Who {
    pub fn at(address: IpAddr) -> Self {
        Self::Address(household(address))
    }
}

/// One line of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sender {
    pub class: Class,
    pub who: Who,
}

impl fmt::Display for Sender {
    /// A name for each, the same in every process.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = match self.class {
            Class::Login => "login",
            Class::Upload => "upload",
            Class::Models => "models",
            Class::Everything => "everything",
        };
        match self.who {
            Who::Address(network) => write!(f, "limit:{class}:{network}"),
            Who::Account(id) => write!(f, "limit:{class}:{id}"),
        }
    }
}

/// The kind of a request beside [`Class::Everything`], by the route that it took.
pub(super) fn class(method: &Method, route: &str) -> Option<Class> {
    if route.starts_with("/api/oauth/") {
        return Some(Class::Login);
    }
    if method != Method::POST {
        return None;
    }
    match route {
        "/api/users/register" | "/api/users/guest" | "/api/users/login" | "/api/users/refresh" => {
            Some(Class::Login)
        }
        "/api/resumes" | "/api/bank/import" => Some(Class::Upload),
        "/api/sessions"
        | "/api/sessions/{id}/answers"
        | "/api/sessions/{id}/retries"
        | "/api/evaluations"
        | "/api/feedback"
        | "/api/questions/generate"
        | "/api/questions/follow-up"
        | "/api/admin/models/test"
        | "/api/admin/judge-checks" => Some(Class::Models),
        _ => None,
    }
}
