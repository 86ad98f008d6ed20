//! The cookies of the web app. Where people come by HTTPS their names begin with `__Host-`: a browser takes such a
//! cookie from this host alone, by HTTPS alone, and for all of it, so no neighbour under the same domain can plant one.

use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use greenroom_app::accounts::IssuedTokens;

/// How cookies are set and read here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cookies {
    /// Whether people come by HTTPS.
    pub secure: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Access,
    Refresh,
    /// What the browser keeps while somebody is at a provider.
    Ticket,
}

impl Cookies {
    /// Those of a sign-in.
    pub(crate) fn signed_in(self, tokens: &IssuedTokens) -> CookieJar {
        let access = (Kind::Access, &tokens.access_token, u64::from(tokens.expires_in));
        let refresh = (Kind::Refresh, &tokens.refresh_token, tokens.refresh_expires_in);
        [access, refresh].into_iter().fold(CookieJar::new(), |jar, (kind, value, seconds)| {
            jar.add(self.cookie(kind, value.clone(), seconds))
        })
    }

    /// They take the place of those and end at once.
    pub(crate) fn signed_out(self) -> CookieJar {
        [Kind::Access, Kind::Refresh]
            .into_iter()
            .fold(CookieJar::new(), |jar, kind| jar.add(self.cookie(kind, String::new(), 0)))
    }

    /// The ticket of somebody who leaves for a provider. It must come along when the provider sends them back.
    pub(crate) fn ticket(self, ticket: String, seconds: u32) -> CookieJar {
        let mut kept = self.cookie(Kind::Ticket, ticket, seconds.into());
        kept.set_same_site(SameSite::Lax);
        CookieJar::new().add(kept)
    }

    /// The access token that came along.
    pub(crate) fn access_of(self, headers: &HeaderMap) -> Option<String> {
        self.value(Kind::Access, headers)
    }

    /// The refresh token that came along.
    pub(crate) fn refresh_of(self, headers: &HeaderMap) -> Option<String> {
        self.value(Kind::Refresh, headers)
    }

    /// The ticket that came along.
    pub(crate) fn ticket_of(self, headers: &HeaderMap) -> Option<String> {
        self.value(Kind::Ticket, headers)
    }

    fn value(self, kind: Kind, headers: &HeaderMap) -> Option<String> {
        CookieJar::from_headers(headers).get(self.name(kind)).map(|cookie| cookie.value().to_owned())
    }

    const fn name(self, kind: Kind) -> &'static str {
        match (kind, self.secure) {
            (Kind::Access, true) => "__Host-greenroom_access",
            (Kind::Access, false) => "greenroom_access",
            (Kind::Refresh, true) => "__Host-greenroom_refresh",
            (Kind::Refresh, false) => "greenroom_refresh",
            (Kind::Ticket, true) => "__Host-greenroom_oauth",
            (Kind::Ticket, false) => "greenroom_oauth",
        }
    }

    /// A name with `__Host-` goes with the whole host only.
    const fn path(self, kind: Kind) -> &'static str {
        match (kind, self.secure) {
            (_, true) => "/",
            (Kind::Access, false) => "/api",
            (Kind::Refresh, false) => "/api/users",
            (Kind::Ticket, false) => "/api/oauth",
        }
    }

    fn cookie(self, kind: Kind, value: String, seconds: u64) -> Cookie<'static> {
        let age = time::Duration::seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
        Cookie::build((self.name(kind), value))
            .path(self.path(kind))
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Strict)
            .max_age(age)
            .build()
    }
}
