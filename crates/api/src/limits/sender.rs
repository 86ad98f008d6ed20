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
    match (method.as_str(), route) {
        ("POST", "/api/users/register" | "/api/users/guest" | "/api/users/login" | "/api/users/refresh") => {
            Some(Class::Login)
        }
        ("POST", "/api/resumes" | "/api/bank/import") => Some(Class::Upload),
        (
            "POST",
            "/api/sessions"
            | "/api/sessions/{id}/answers"
            | "/api/sessions/{id}/retries"
            | "/api/sessions/{id}/voice/offer"
            | "/api/evaluations"
            | "/api/feedback"
            | "/api/questions/generate"
            | "/api/questions/follow-up"
            | "/api/voice/check"
            | "/api/admin/models/test"
            | "/api/admin/judge-checks",
        )
        | (
            "PUT",
            "/api/sessions/{id}/answers/{response_id}/transcript"
            | "/api/sessions/{id}/complete"
            | "/api/sessions/{id}/resume",
        )
        | ("GET", "/api/sessions/{id}/voice/socket" | "/api/voice/sample") => Some(Class::Models),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi;

    /// What changes only what is stored, and asks nobody for anything.
    const ASKS_NOBODY: &[&str] = &[
        "DELETE /api/admin/jobs/{id}",
        "POST /api/admin/jobs/{id}/retry",
        "POST /api/admin/models",
        "PUT /api/admin/models/order",
        "PUT /api/admin/models/{name}",
        "DELETE /api/admin/models/{name}",
        "POST /api/admin/models/{name}/restore",
        "DELETE /api/admin/users/{id}",
        "POST /api/admin/users/{id}/lock",
        "PUT /api/admin/users/{id}/role",
        "DELETE /api/admin/users/{id}/sessions",
        "POST /api/admin/users/{id}/unlock",
        "POST /api/bank/calibration",
        "PUT /api/bank/questions/{id}",
        "DELETE /api/bank/questions/{id}",
        "POST /api/configs",
        "POST /api/configs/parse-job-desc",
        "PUT /api/configs/{id}",
        "DELETE /api/configs/{id}",
        "PUT /api/resumes/{id}",
        "DELETE /api/resumes/{id}",
        "DELETE /api/sessions/{id}",
        "PUT /api/sessions/{id}/pause",
        "DELETE /api/sessions/{id}/recording",
        "POST /api/users/logout",
        "PUT /api/users/me",
        "DELETE /api/users/me",
        "PUT /api/users/me/consents/{purpose}",
        "DELETE /api/users/me/consents/{purpose}",
        "DELETE /api/users/me/identities/{provider}",
        "PUT /api/users/me/profile",
        "DELETE /api/users/me/sessions",
        "DELETE /api/users/me/sessions/{id}",
    ];

    #[test]
    fn whether_an_operation_costs_money_was_thought_of_for_each() {
        let document = serde_json::to_value(openapi::document()).expect("JSON");
        let mut undecided = Vec::new();
        for (path, operations) in document["paths"].as_object().expect("paths") {
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                let operation = format!("{method} {path}");
                let is_there = operations.get(method.to_lowercase()).is_some();
                let method = Method::from_bytes(method.as_bytes()).expect("a method");
                let is_counted = class(&method, path).is_some();
                if is_there && is_counted == ASKS_NOBODY.contains(&operation.as_str()) {
                    undecided.push(operation);
                }
            }
        }
        assert!(
            undecided.is_empty(),
            "neither counted apart nor known to ask nobody, or both: {undecided:?}"
        );
    }

    #[test]
    fn lines_of_sound_and_what_sounds_are_counted_with_models() {
        for (method, route) in [
            (Method::POST, "/api/voice/check"),
            (Method::GET, "/api/voice/sample"),
            (Method::POST, "/api/sessions/{id}/voice/offer"),
            (Method::GET, "/api/sessions/{id}/voice/socket"),
        ] {
            assert_eq!(class(&method, route), Some(Class::Models), "{method} {route}");
        }
    }
}
