//! OpenID Connect Core 1.0, the authorization code flow with PKCE (RFC 7636).

use crate::Identity;
use crate::error::IdentityError;
use crate::http::{Http, HttpError};
use crate::options::Checked;
use crate::providers::{Departure, Secrets};
use greenroom_domain::clock::Timestamp;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
    CoreJwsSigningAlgorithm as Alg, CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    EndUserName, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, LocalizedClaim, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, TokenResponse, UserInfoError,
};
use secrecy::ExposeSecret;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long a provider's documents and keys are used before they are fetched anew, ms.
const KEPT_MS: u64 = 3_600_000;
/// How far clocks may differ, ms.
const SKEW_MS: i64 = 60_000;
/// Signatures by public keys. HS256 would be signed by the client's secret, `none` by nobody.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// One issuer.
#[derive(Debug)]
pub(crate) struct Oidc {
    options: Checked,
    http: Http,
    found: Mutex<Option<Found>>,
}

/// What an issuer says of itself, with its keys.
#[derive(Clone, Debug)]
struct Found {
    metadata: Arc<CoreProviderMetadata>,
    at: Timestamp,
}

impl Oidc {
    pub fn new(options: Checked, http: Http) -> Self {
        Self { options, http, found: Mutex::new(None) }
    }

    pub async fn begin(&self, redirect: &str, now: Timestamp) -> Result<Departure, IdentityError> {
        let metadata = self.discover(now).await?;
        let client = self.client(&metadata, redirect)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge);
        for scope in self.options.scopes.iter().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let (url, state, nonce) = request.url();
        let secrets = Secrets {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        };
        Ok(Departure { url: url.to_string(), secrets })
    }

    pub async fn finish(
        &self,
        code: &str,
        secrets: &Secrets,
        redirect: &str,
        now: Timestamp,
    ) -> Result<Identity, IdentityError> {
        let metadata = self.discover(now).await?;
        let client = self.client(&metadata, redirect)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| IdentityError::Misconfigured(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(not_exchanged)?;
        let claims = match self.claims(&client, &tokens, secrets, now) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // Its keys may have changed since they were fetched.
                *self.found.lock().await = None;
                let fresh = self.discover(now).await?;
                let client = self.client(&fresh, redirect)?;
                self.claims(&client, &tokens, secrets, now)
            }
            claims => claims,
        };
        let claims = claims.map_err(|error| IdentityError::Untrusted(error.to_string()))?;
        let mut identity = Identity {
            issuer: self.options.issuer.clone(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified().unwrap_or(false),
            name: name(claims.name()),
        };
        if identity.email.is_none() {
            self.ask_more(&client, &tokens, &claims, &mut identity).await?;
        }
        Ok(identity)
    }

    /// What the ID token left out, many providers tell on request.
    async fn ask_more(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
        identity: &mut Identity,
    ) -> Result<(), IdentityError> {
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
        else {
            return Ok(());
        };
        let more: CoreUserInfoClaims =
            request.request_async(&self.http).await.map_err(|error| match error {
                UserInfoError::Request(error) => error.into(),
                error => IdentityError::Untrusted(error.to_string()),
            })?;
        identity.email = more.email().map(|email| email.to_string());
        identity.email_verified = more.email_verified().unwrap_or(false);
        identity.name = identity.name.take().or_else(|| name(more.name()));
        Ok(())
    }

    fn claims(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let missing = || ClaimsVerificationError::Other("there is no ID token".to_owned());
        let token = tokens.id_token().ok_or_else(missing)?;
        let latest = now.plus_ms(SKEW_MS).as_datetime();
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || now.plus_ms(-SKEW_MS).as_datetime())
            .set_issue_time_verifier_fn(move |issued| {
                if issued <= latest { Ok(()) } else { Err("issued in the future".to_owned()) }
            });
        token.claims(&verifier, &Nonce::new(secrets.nonce.clone())).cloned()
    }

    /// What the issuer says of itself; fetched once an hour. Older words do while it cannot be reached.
    async fn discover(&self, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let mut found = self.found.lock().await;
        if let Some(known) = found.as_ref().filter(|known| now.ms_since(known.at) < KEPT_MS) {
            return Ok(known.metadata.clone());
        }
        let issuer = IssuerUrl::new(self.options.issuer.clone())
            .map_err(|error| IdentityError::Misconfigured(error.to_string()))?;
        match CoreProviderMetadata::discover_async(issuer, &self.http).await {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *found = Some(Found { metadata: metadata.clone(), at: now });
                Ok(metadata)
            }
            Err(error) => match (not_discovered(error), found.as_ref()) {
                (IdentityError::Unreachable(_), Some(known)) => Ok(known.metadata.clone()),
                (error, _) => Err(error),
            },
        }
    }

    fn client(&self, metadata: &CoreProviderMetadata, redirect: &str) -> Result<Client, IdentityError> {
        let id = ClientId::new(self.options.client_id.clone());
        let secret =
            self.options.client_secret.as_ref().map(|s| ClientSecret::new(s.expose_secret().to_owned()));
        let redirect = RedirectUrl::new(redirect.to_owned())
            .map_err(|error| IdentityError::Misconfigured(error.to_string()))?;
        let client =
            CoreClient::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(redirect);
        let methods = metadata.token_endpoint_auth_methods_supported();
        let basic = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        Ok(client.set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody }))
    }
}

fn name(claim: Option<&LocalizedClaim<EndUserName>>) -> Option<String> {
    claim.and_then(|names| names.get(None)).map(|name| name.to_string())
}

fn not_discovered(error: DiscoveryError<HttpError>) -> IdentityError {
    match error {
        DiscoveryError::Request(error) => error.into(),
        DiscoveryError::Validation(words) => IdentityError::Misconfigured(words),
        DiscoveryError::Response(status, ..) => IdentityError::Misconfigured(format!(
            "there is no OpenID Connect at this issuer: it answered {status}"
        )),
        error => IdentityError::Misconfigured(error.to_string()),
    }
}

fn not_exchanged<E: openidconnect::ErrorResponse + std::fmt::Display>(
    error: RequestTokenError<HttpError, E>,
) -> IdentityError {
    match error {
        RequestTokenError::Request(error) => error.into(),
        RequestTokenError::ServerResponse(said) => {
            let said = said.to_string();
            // The code was refused; or it is this server that is not known there.
            let ours = ["invalid_client", "unauthorized_client"].iter().any(|word| said.starts_with(word));
            if ours { IdentityError::Misconfigured(said) } else { IdentityError::Untrusted(said) }
        }
        RequestTokenError::Parse(error, _) => IdentityError::Untrusted(error.path().to_string()),
        RequestTokenError::Other(words) => IdentityError::Untrusted(words),
    }
}
