//! What vendors call their errors, and what they are to us.

use crate::kind::Kind;
use serde_json::Value;
use std::time::Duration;

/// A failure whose provider is not named yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of failure it was.
    pub kind: Kind,
    /// For operators: what happened. Never holds a key or what a person said.
    pub message: String,
}

impl Fault {
    /// A failure in words of ours.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What came was not what the protocol says.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(Kind::Malformed, message)
    }
}

/// What a vendor wrote about an error. Its sentences are read but never kept: they may quote the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorError {
    /// Its `code` and `type`, where they are plain identifiers.
    names: Vec<String>,
    /// Its numeric `code`, as OpenRouter and vLLM write the status inside a stream.
    status: Option<u16>,
    /// Its sentence, in lower case.
    sentence: String,
}

impl VendorError {
    /// Reads `{"error": {...}}`, `{"error": "sentence"}` or a body that is the error itself.
    pub fn read(body: &Value) -> Self {
        let error = body.get("error").filter(|error| !error.is_null()).unwrap_or(body);
        if let Some(sentence) = error.as_str() {
            return Self { sentence: sentence.to_lowercase(), ..Self::default() };
        }
        let code = &error["code"];
        let number = code.as_u64().or_else(|| code.as_str().and_then(|text| text.parse().ok()));
        let names = [code, &error["type"]].into_iter().filter_map(identifier).collect();
        let sentence = match &error["message"] {
            Value::String(text) => text.to_lowercase(),
            Value::Null => String::new(),
            other => other.to_string().to_lowercase(),
        };
        Self { names, status: number.and_then(|number| u16::try_from(number).ok()), sentence }
    }

    /// What it is when it came as an answer with this status.
    pub fn fault(&self, status: u16, retry_after: Option<Duration>) -> Fault {
        let named = self.names.iter().find_map(|name| by_name(name, retry_after));
        let told = matches!(status, 400 | 403 | 413 | 422).then(|| by_sentence(&self.sentence)).flatten();
        let kind = match status {
            // A quota that is used up comes as 429 and will not pass; everything else called 429 will.
            429 => named.filter(|kind| *kind == Kind::Forbidden),
            400 | 403 | 413 | 422 => named.filter(|kind| *kind != Kind::BadRequest).or(told),
            _ => None,
        };
        Fault::new(kind.unwrap_or_else(|| by_status(status, retry_after)), self.words(status))
    }

    /// What it is when it came inside a stream that had begun well.
    pub fn fault_in_stream(&self) -> Fault {
        let unknown = Kind::Unavailable { retry_after: None };
        let kind = self
            .names
            .iter()
            .find_map(|name| by_name(name, None))
            .filter(|kind| *kind != Kind::BadRequest)
            .or_else(|| by_sentence(&self.sentence))
            .or_else(|| self.status.filter(|status| *status >= 400).map(|status| by_status(status, None)))
            .unwrap_or(unknown);
        Fault::new(kind, format!("failed within the reply{}", self.names()))
    }

    fn words(&self, status: u16) -> String {
        let what = match by_status(status, None) {
            Kind::Unauthenticated => "the key is missing, wrong or revoked",
            Kind::Forbidden => "the key may not do this, or the account has no credit",
            Kind::NotFound => "there is no such model or address",
            Kind::RateLimited { .. } => "too many requests, or a quota is used up",
            Kind::Unavailable { .. } => "the service failed or is overloaded",
            Kind::TooLong => "the request is too long",
            _ => "the request was refused",
        };
        format!("{what} (status {status}{})", self.names())
    }

    fn names(&self) -> String {
        self.names.iter().map(|name| format!(", {name}")).collect()
    }
}

/// A value that is a plain lower-case identifier: neither a key nor anybody's words.
fn identifier(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let is_plain = (1..=48).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        && text.split('_').all(|word| word.len() <= 20);
    is_plain.then(|| text.to_owned())
}

fn by_status(status: u16, retry_after: Option<Duration>) -> Kind {
    match status {
        401 => Kind::Unauthenticated,
        402 | 403 => Kind::Forbidden,
        300..=399 | 404 | 405 | 410 => Kind::NotFound,
        413 => Kind::TooLong,
        429 => Kind::RateLimited { retry_after },
        408 | 409 | 425 | 500.. => Kind::Unavailable { retry_after },
        _ => Kind::BadRequest,
    }
}

fn by_name(name: &str, retry_after: Option<Duration>) -> Option<Kind> {
    Some(match name {
        "invalid_api_key" | "authentication_error" => Kind::Unauthenticated,
        "insufficient_quota"
        | "billing_error"
        | "billing_hard_limit_reached"
        | "billing_not_active"
        | "permission_error"
        | "access_terminated"
        | "exceeded_current_quota_error" => Kind::Forbidden,
        "model_not_found" | "not_found_error" => Kind::NotFound,
        "context_length_exceeded"
        | "request_too_large"
        | "exceed_context_size_error"
        | "string_above_max_length" => Kind::TooLong,
        "content_filter" | "content_policy_violation" | "invalid_prompt" => Kind::Refused,
        "rate_limit_error" | "rate_limit_exceeded" | "requests" | "tokens" => {
            Kind::RateLimited { retry_after }
        }
        "overloaded_error"
        | "api_error"
        | "server_error"
        | "internal_server_error"
        | "service_unavailable"
        | "timeout_error" => Kind::Unavailable { retry_after },
        // What the model wrote did not fit; it may the next time.
        "tool_use_failed" | "json_validate_failed" | "output_parse_failed" => Kind::Malformed,
        "invalid_request_error" => Kind::BadRequest,
        _ => return None,
    })
}

/// Some vendors tell these only by their sentence: Anthropic, Mistral, Ollama, vLLM.
fn by_sentence(sentence: &str) -> Option<Kind> {
    const TOO_LONG: &[&str] = &[
        "maximum context length",
        "context length exceeded",
        "context window",
        "available context size",
        "prompt is too long",
        "too large for model",
        "input is too long",
    ];
    const NO_CREDIT: &[&str] = &["credit balance", "insufficient credit", "insufficient balance"];
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
    if says(TOO_LONG) {
        Some(Kind::TooLong)
    } else if says(NO_CREDIT) {
        Some(Kind::Forbidden)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answered(status: u16, body: Value) -> Kind {
        VendorError::read(&body).fault(status, Some(Duration::from_secs(7))).kind
    }

    #[test]
    fn tells_a_quota_that_is_used_up_from_a_moment_of_too_many_requests() {
        let quota = json!({"error": {"type": "insufficient_quota", "code": "insufficient_quota"}});
        assert_eq!(answered(429, quota), Kind::Forbidden);
        let rate = json!({"error": {"type": "tokens", "code": "rate_limit_exceeded"}});
        assert_eq!(answered(429, rate), Kind::RateLimited { retry_after: Some(Duration::from_secs(7)) });
        assert_eq!(
            answered(429, Value::Null),
            Kind::RateLimited { retry_after: Some(Duration::from_secs(7)) }
        );
    }

    #[test]
    fn knows_a_request_that_is_too_long_by_name_or_by_sentence() {
        let named = json!({"error": {"code": "context_length_exceeded", "type": "invalid_request_error"}});
        assert_eq!(answered(400, named), Kind::TooLong);
        let told = json!({"type": "error", "error": {"type": "invalid_request_error",
            "message": "prompt is too long: 210000 tokens > 200000 maximum"}});
        assert_eq!(answered(400, told), Kind::TooLong);
        assert_eq!(answered(413, json!({"error": {"type": "request_too_large"}})), Kind::TooLong);
        let plain = json!({"error": {"type": "invalid_request_error", "message": "unknown field"}});
        assert_eq!(answered(400, plain), Kind::BadRequest);
        let credit =
            json!({"error": {"type": "invalid_request_error", "message": "Your credit balance is too low"}});
        assert_eq!(answered(400, credit), Kind::Forbidden);
    }

    #[test]
    fn maps_each_status() {
        let later = Some(Duration::from_secs(7));
        for (status, kind) in [
            (301, Kind::NotFound),
            (400, Kind::BadRequest),
            (401, Kind::Unauthenticated),
            (402, Kind::Forbidden),
            (403, Kind::Forbidden),
            (404, Kind::NotFound),
            (408, Kind::Unavailable { retry_after: later }),
            (418, Kind::BadRequest),
            (422, Kind::BadRequest),
            (500, Kind::Unavailable { retry_after: later }),
            (503, Kind::Unavailable { retry_after: later }),
            (529, Kind::Unavailable { retry_after: later }),
        ] {
            assert_eq!(answered(status, json!("nothing useful")), kind, "{status}");
        }
    }

    #[test]
    fn never_repeats_a_vendors_sentence_or_what_may_be_a_key() {
        let body = json!({"error": {"message": "Incorrect API key provided: sk-abc. My name is Ana.",
            "type": "sk-abc", "code": "abcdefghijklmnopqrstuvwxyzabcdef"}});
        let fault = VendorError::read(&body).fault(401, None);
        assert_eq!(fault.message, "the key is missing, wrong or revoked (status 401)");
        assert!(!VendorError::read(&body).fault_in_stream().message.contains("abc"));
    }

    #[test]
    fn reads_errors_inside_a_stream() {
        let kind = |body: Value| VendorError::read(&body).fault_in_stream().kind;
        let busy = Kind::Unavailable { retry_after: None };
        assert_eq!(kind(json!({"error": {"type": "overloaded_error"}})), busy);
        assert_eq!(kind(json!({"error": {"code": 429}})), Kind::RateLimited { retry_after: None });
        assert_eq!(kind(json!({"error": {"code": "502", "message": "upstream"}})), busy);
        assert_eq!(kind(json!({"error": "the prompt is too long"})), Kind::TooLong);
        assert_eq!(kind(json!({"error": {"code": 400, "type": "invalid_request_error"}})), Kind::BadRequest);
        assert_eq!(kind(json!({"error": {"what": 1}})), busy);
    }
}
