//! The providers that people may sign in with.

use crate::Identity;
use crate::error::IdentityError;
use crate::github::Github;
use crate::http::Http;
use crate::oidc::Oidc;
use crate::options::{Checked, Kind, OptionsError, ProviderOptions, check};
use greenroom_domain::clock::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The providers of the configuration, by name.
#[derive(Debug, Default)]
pub struct Providers(BTreeMap<String, Provider>);

#[derive(Debug)]
struct Provider {
    label: String,
    issuer: String,
    speaks: Speaks,
}

#[derive(Debug)]
enum Speaks {
    Oidc(Box<Oidc>),
    Github(Github),
}

/// A provider as people see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// Its name in addresses.
    pub name: &'a str,
    /// Its name for people.
    pub label: &'a str,
    /// Its issuer.
    pub issuer: &'a str,
}

/// Somebody on their way to a provider.
#[derive(Debug)]
pub struct Departure {
    /// Where to.
    pub url: String,
    /// What must be kept until they are back.
    pub secrets: Secrets,
}

/// What ties somebody who comes back to the one who left. All random, used once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the ID token; empty where there is none.
    pub nonce: String,
    /// Proves to the provider that who asked is who fetches (RFC 7636).
    pub verifier: String,
}

impl Providers {
    /// Those of the configuration. Nobody is called yet.
    pub fn new(options: &BTreeMap<String, ProviderOptions>) -> Result<Self, OptionsError> {
        let mut providers = BTreeMap::new();
        for (name, options) in options {
            let checked = check(name, options)?;
            let same = providers.values().any(|other: &Provider| other.issuer == checked.issuer);
            let wrong = |problem: String| OptionsError { name: name.clone(), problem };
            if same {
                // One person would have two names there.
                return Err(wrong(format!("another section has the issuer {} as well", checked.issuer)));
            }
            providers.insert(name.clone(), provider(checked).map_err(wrong)?);
        }
        Ok(Self(providers))
    }

    /// All of them, by name.
    pub fn known(&self) -> impl Iterator<Item = Known<'_>> {
        self.0.iter().map(|(name, one)| Known { name, label: &one.label, issuer: &one.issuer })
    }

    /// The one with this name.
    pub fn get(&self, name: &str) -> Option<Known<'_>> {
        self.known().find(|known| known.name == name)
    }

    /// Sends somebody to the provider `name`, to come back to `redirect`. `None` when there is no such provider.
    pub async fn begin(
        &self,
        name: &str,
        redirect: &str,
        now: Timestamp,
    ) -> Option<Result<Departure, IdentityError>> {
        Some(match &self.0.get(name)?.speaks {
            Speaks::Oidc(oidc) => oidc.begin(redirect, now).await,
            Speaks::Github(github) => github.begin(redirect),
        })
    }

    /// Who it is that came back with `code`. `None` when there is no such provider.
    pub async fn finish(
        &self,
        name: &str,
        code: &str,
        secrets: &Secrets,
        redirect: &str,
        now: Timestamp,
    ) -> Option<Result<Identity, IdentityError>> {
        Some(match &self.0.get(name)?.speaks {
            Speaks::Oidc(oidc) => oidc.finish(code, secrets, redirect, now).await,
            Speaks::Github(github) => github.finish(code, secrets, redirect).await,
        })
    }
}

fn provider(options: Checked) -> Result<Provider, String> {
    let http = Http::new(&options.issuer)?;
    Ok(Provider {
        label: options.label.clone(),
        issuer: options.issuer.clone(),
        speaks: match options.kind {
            Kind::Oidc => Speaks::Oidc(Box::new(Oidc::new(options, http))),
            Kind::Github => Speaks::Github(Github::new(options, http)),
        },
    })
}
