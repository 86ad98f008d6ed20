//! GitHub: OAuth 2 with PKCE, and its own pages for who somebody is. There is no ID token: what counts is that GitHub
//! itself answers, by TLS, whose token it is.

use crate::Identity;
use crate::error::IdentityError;
use crate::http::Http;
use crate::options::Checked;
use crate::providers::{Departure, Secrets};
use openidconnect::{CsrfToken, HttpRequest, PkceCodeChallenge};
use reqwest::Url;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Where github.com has its interface; GitHub Enterprise has it below its own address.
const API: &str = "https://api.github.com";
const API_VERSION: &str = "2022-11-28";

#[derive(Debug)]
pub(crate) struct Github {
    options: Checked,
    api: String,
    http: Http,
}

#[derive(Deserialize)]
struct Token {
    access_token: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Email {
    email: String,
    primary: bool,
    verified: bool,
}

impl Github {
    pub fn new(options: Checked, http: Http) -> Self {
        let api = match options.issuer.as_str() {
            "https://github.com" => API.to_owned(),
            enterprise => format!("{enterprise}/api/v3"),
        };
        Self { options, api, http }
    }

    pub fn begin(&self, redirect: &str) -> Result<Departure, IdentityError> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new_random();
        let scope = self.options.scopes.join(" ");
        let query = [
            ("client_id", self.options.client_id.as_str()),
            ("redirect_uri", redirect),
            ("scope", scope.as_str()),
            ("state", state.secret()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        let url = Url::parse_with_params(&format!("{}/login/oauth/authorize", self.options.issuer), query)
            .map_err(|error| IdentityError::Misconfigured(error.to_string()))?;
        let secrets = Secrets {
            state: state.secret().clone(),
            nonce: String::new(),
            verifier: verifier.secret().clone(),
        };
        Ok(Departure { url: url.to_string(), secrets })
    }

    pub async fn finish(
        &self,
        code: &str,
        secrets: &Secrets,
        redirect: &str,
    ) -> Result<Identity, IdentityError> {
        let token = self.exchange(code, secrets, redirect).await?;
        let user: User = self.get("/user", &token).await?;
        let emails: Vec<Email> = self.get("/user/emails", &token).await?;
        let email =
            emails.iter().find(|email| email.primary).or_else(|| emails.iter().find(|email| email.verified));
        Ok(Identity {
            issuer: self.options.issuer.clone(),
            subject: user.id.to_string(),
            email: email.map(|email| email.email.clone()),
            email_verified: email.is_some_and(|email| email.verified),
            name: Some(user.name.filter(|name| !name.trim().is_empty()).unwrap_or(user.login)),
        })
    }

    async fn exchange(&self, code: &str, secrets: &Secrets, redirect: &str) -> Result<String, IdentityError> {
        let secret = self.options.client_secret.as_ref().map_or("", |secret| secret.expose_secret());
        let form = [
            ("client_id", self.options.client_id.as_str()),
            ("client_secret", secret),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", &secrets.verifier),
        ];
        let body = Url::parse_with_params("form:", form).ok().and_then(|url| url.query().map(str::to_owned));
        let request =
            openidconnect::http::Request::post(format!("{}/login/oauth/access_token", self.options.issuer))
                .header("accept", "application/json")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body.unwrap_or_default().into_bytes());
        let token: Token = self.ask(request).await?;
        // Refusals come with status 200.
        match (token.access_token, token.error) {
            (Some(token), None) => Ok(token),
            (_, Some(error)) if error == "incorrect_client_credentials" => {
                Err(IdentityError::Misconfigured(error))
            }
            (_, error) => Err(IdentityError::Untrusted(error.unwrap_or_else(|| "no token".to_owned()))),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, token: &str) -> Result<T, IdentityError> {
        let request = openidconnect::http::Request::get(format!("{}{path}", self.api))
            .header("accept", "application/vnd.github+json")
            .header("authorization", format!("Bearer {token}"))
            .header("x-github-api-version", API_VERSION)
            .body(Vec::new());
        self.ask(request).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        request: Result<HttpRequest, openidconnect::http::Error>,
    ) -> Result<T, IdentityError> {
        let request = request.map_err(|error| IdentityError::Untrusted(error.to_string()))?;
        let answer = self.http.send(request).await?;
        let status = answer.status();
        if status.as_u16() == 404 {
            return Err(IdentityError::Misconfigured("GitHub answered 404: is client_id right?".to_owned()));
        }
        if !status.is_success() {
            return Err(IdentityError::Untrusted(format!("GitHub answered {status}")));
        }
        serde_json::from_slice(answer.body()).map_err(|error| {
            IdentityError::Untrusted(format!("GitHub's answer is no {:?}", error.classify()))
        })
    }
}
