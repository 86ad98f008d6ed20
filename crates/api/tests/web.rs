//! What a browser is told.

use axum::body::Body;
use axum::http::StatusCode;
use greenroom_api::{Network, Options, PublicUrl};
use greenroom_domain::permission::Standing;
use greenroom_testkit::Client;

fn text<'a>(headers: &'a axum::http::HeaderMap, name: &str) -> &'a str {
    headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().expect("text")
}

#[tokio::test]
async fn every_answer_says_what_a_browser_must_refuse() {
    let client = Client::guest().await;
    for path in ["/", "/api/about", "/api/nowhere", "/api/docs/", "/healthz"] {
        let (_, headers, _) = client.download(path).await;
        assert_eq!(text(&headers, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(text(&headers, "x-frame-options"), "DENY");
        assert_eq!(text(&headers, "referrer-policy"), "no-referrer");
        let kind = text(&headers, "content-type");
        assert!(!kind.starts_with("text/") || kind.ends_with("; charset=utf-8"), "{path}: {kind}");
        let kept = headers.get("cache-control").is_some_and(|value| value == "no-store");
        assert_eq!(kept, path.starts_with("/api/"), "{path}");
        assert_eq!(text(&headers, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(text(&headers, "cross-origin-embedder-policy"), "require-corp");
        assert_eq!(text(&headers, "cross-origin-resource-policy"), "same-origin");
        let policy = text(&headers, "content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        // WebAssembly may be compiled; the mirror by camera needs it.
        let scripts = policy.replace("'wasm-unsafe-eval'", "");
        assert!(!scripts.contains("unsafe") || path == "/api/docs/", "{policy}");
        assert!(!headers.contains_key("strict-transport-security"), "not by HTTPS");
    }
    let (_, headers, _) = client.download("/").await;
    let policy = text(&headers, "content-security-policy");
    assert!(policy.contains("require-trusted-types-for 'script'"), "{policy}");
}

#[tokio::test]
async fn by_https_browsers_stay_with_it_and_cookies_are_for_it_alone() {
    let url = PublicUrl::try_from("https://greenroom.example".to_owned()).expect("an address");
    let client = Client::with(Options { public_url: Some(url), ..Options::default() }).await;
    let request = client.request("POST", "/api/users/guest").header("x-greenroom-client", "web");
    let answer = client.raw(request.body(Body::empty())).await;
    assert_eq!(text(answer.headers(), "strict-transport-security"), "max-age=63072000");
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        let cookie = cookie.to_str().expect("text");
        for word in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/;"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        assert!(cookie.starts_with("__Host-greenroom_") && !cookie.contains("Domain"), "{cookie}");
    }
    let token = client.test.sign_in_as(Standing::JobSeeker).await;
    for (name, status) in
        [("__Host-greenroom_access", StatusCode::OK), ("greenroom_access", StatusCode::UNAUTHORIZED)]
    {
        let request = client.request("GET", "/api/users/me").header("cookie", format!("{name}={token}"));
        assert_eq!(client.send(request.body(Body::empty())).await.0, status, "{name}");
    }
}

#[tokio::test]
async fn browsers_stay_with_https_below_this_host_when_it_is_said() {
    let client =
        Client::with(Options { secure_cookies: true, hsts_subdomains: true, ..Options::default() }).await;
    let (_, headers, _) = client.download("/healthz").await;
    assert_eq!(text(&headers, "strict-transport-security"), "max-age=63072000; includeSubDomains");
}

#[tokio::test]
async fn what_people_made_is_downloaded_and_never_shown_inline() {
    let client = Client::guest().await;
    let session = client.start("Backend engineer. Experience with SQL is required.").await;
    let id = session["id"].as_str().expect("an id");
    let paths = [
        "/api/users/me/export".to_owned(),
        format!("/api/sessions/{id}/transcript?format=markdown"),
        format!("/api/sessions/{id}/transcript?format=pdf"),
    ];
    for path in paths {
        let (status, headers, _) = client.download(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(text(&headers, "content-disposition").starts_with("attachment"), "{path}");
        assert_eq!(text(&headers, "x-content-type-options"), "nosniff");
        assert!(text(&headers, "content-security-policy").contains("sandbox"), "{path}");
    }
}

#[test]
fn settings_of_proxies_are_networks() {
    let read = |text: &str| serde_json::from_str::<Vec<Network>>(text);
    assert!(read(r#"["10.0.0.0/8", "::1"]"#).is_ok());
    assert!(read(r#"["proxy"]"#).is_err());
}
