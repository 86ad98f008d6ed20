//! A person's client of the HTTP interface.

use crate::application::{TestApp, test_app, test_app_with};
use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use greenroom_api::{Options, router};
use greenroom_app::accounts::{self, Registration};
use greenroom_bus::Redis;
use greenroom_domain::account::Role;
use greenroom_domain::permission::Standing;
use greenroom_identity::Providers;
use greenroom_live::voice::VoiceRooms;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt;

/// A client with an application of its own behind it.
pub struct Client {
    /// The application.
    pub test: TestApp,
    /// Access token of whoever is signed in.
    pub token: Option<String>,
    router: Router,
    options: Options,
}

impl Client {
    /// A fresh application and a guest signed in to it.
    pub async fn guest() -> Self {
        let mut client = Self::with(Options::default()).await;
        client.sign_in_as_guest().await;
        client
    }

    /// A fresh application and somebody with an account of this role signed in to it.
    pub async fn signed_in(role: Role) -> Self {
        let mut client = Self::guest().await;
        let password = "a quiet green room".to_owned();
        let registration = Registration {
            email: "ada@example.com".to_owned(),
            password: password.clone(),
            name: "Ada".to_owned(),
            consents: Vec::new(),
        };
        accounts::add(&client.test.app, registration, role).await.expect("an account");
        let login = json!({"email": "ada@example.com", "password": password});
        let (_, tokens) = client.call("POST", "/api/users/login", Some(login)).await;
        client.token = tokens["access_token"].as_str().map(str::to_owned);
        client
    }

    /// A fresh application served by these settings, and nobody signed in to it.
    pub async fn with(options: Options) -> Self {
        Self::of(test_app().await, options)
    }

    /// A fresh application whose nodes share this Redis, and nobody signed in to it.
    pub async fn sharing(options: Options, redis: Redis) -> Self {
        Self::served(test_app().await, options, VoiceRooms::closed(), Some(redis))
    }

    /// A fresh application that people sign in to by these providers.
    pub async fn with_providers(options: Options, providers: Providers) -> Self {
        Self::of(test_app_with(providers).await, options)
    }

    /// A client of `test`, served by these settings; nobody is signed in.
    pub fn of(test: TestApp, options: Options) -> Self {
        Self::served(test, options, VoiceRooms::closed(), None)
    }

    /// A fresh application with rooms for spoken interviews, and a guest signed in to it.
    pub async fn speaking(voice: VoiceRooms) -> Self {
        let mut client = Self::served(test_app().await, Options::default(), voice, None);
        client.sign_in_as_guest().await;
        client
    }

    fn served(test: TestApp, options: Options, voice: VoiceRooms, redis: Option<Redis>) -> Self {
        let router = router(test.app.clone(), options.clone(), voice, redis);
        Self { router, test, token: None, options }
    }

    /// Signs in as somebody new of this standing, without a password.
    pub async fn sign_in_as(&mut self, standing: Standing) {
        self.token = Some(self.test.sign_in_as(standing).await);
    }

    /// Signs in as a new guest.
    pub async fn sign_in_as_guest(&mut self) {
        self.token = None;
        let (status, body) = self.call("POST", "/api/users/guest", None).await;
        assert_eq!(status, StatusCode::CREATED);
        self.token = body["access_token"].as_str().map(str::to_owned);
    }

    /// Calls an operation, with a JSON body or none.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        self.call_with(method, path, body, &[]).await
    }

    /// Calls an operation with more headers.
    pub async fn call_with(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(match body {
            Some(body) => {
                request.header("content-type", "application/json").body(Body::from(body.to_string()))
            }
            None => request.body(Body::empty()),
        })
        .await
    }

    /// The beginning of a request by whoever is signed in.
    pub fn request(&self, method: &str, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path);
        match &self.token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        }
    }

    /// Sends a request; the answer as it comes.
    pub async fn raw(&self, request: Result<Request<Body>, axum::http::Error>) -> Response<Body> {
        self.router.clone().oneshot(request.expect("a valid request")).await.expect("an answer")
    }

    /// Sends a request; the answer's body is null when it is not JSON.
    pub async fn send(&self, request: Result<Request<Body>, axum::http::Error>) -> (StatusCode, Value) {
        let response = self.raw(request).await;
        let status = response.status();
        assert!(response.headers().contains_key("x-request-id"));
        let bytes = response.into_body().collect().await.expect("a whole body").to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// Gets a file: its headers and its bytes.
    pub async fn download(&self, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let response = self.raw(self.request("GET", path).body(Body::empty())).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.expect("a whole body").to_bytes();
        (status, headers, bytes.to_vec())
    }

    /// Starts an interview of five minutes for this job.
    pub async fn start(&self, job: &str) -> Value {
        let config = json!({
            "title": "Backend", "job_description": job, "difficulty": "intermediate",
            "interview_type": ["technical", "behavioral"], "duration": 5,
        });
        let (status, config) = self.call("POST", "/api/configs", Some(config)).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        let (status, session) =
            self.call("POST", "/api/sessions", Some(json!({"config_id": config["id"]}))).await;
        assert_eq!(status, StatusCode::CREATED, "{session}");
        session
    }

    /// Answers a question with these words.
    pub async fn answer(&self, session: &Value, question: &Value, content: &str) -> (StatusCode, Value) {
        let body = json!({"question_id": question["id"], "content": content});
        self.call("POST", &at(session, "/answers"), Some(body)).await
    }

    /// Listens on a free port of loopback until the test ends.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (router, options) = (self.router.clone(), self.options.clone());
        tokio::spawn(async move {
            greenroom_api::serve(listener, router, &options, std::future::pending()).await;
        });
        address
    }
}

/// The path of an interview, and `rest` below it.
pub fn at(session: &Value, rest: &str) -> String {
    format!("/api/sessions/{}{rest}", session["id"].as_str().expect("an id"))
}
