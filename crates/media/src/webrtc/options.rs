//! Settings of the line over WebRTC.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use schemars::JsonSchema;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

/// Where sound comes in, and what pages are told about it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WebRtcOptions {
    /// Whether there is WebRTC at all. Without it pages use the WebSocket. Default true.
    pub enabled: bool,
    /// The UDP port of all pages. Port 0 takes any free one. `[::]:PORT` hears IPv6 and IPv4. Default `127.0.0.1:0`:
    /// only pages on this machine reach it, others are sent to the WebSocket at once.
    pub listen: SocketAddr,
    /// Addresses under which pages reach that port, with another port where it is mapped: `203.0.113.7`,
    /// `203.0.113.7:40000`, `2001:db8::7`. Empty: the address listened on, or those of this machine's ways out, one for
    /// each family that is listened on.
    pub advertise: Vec<String>,
    /// STUN and TURN servers that pages use besides; for networks that let no UDP out. Default none.
    pub ice_servers: Vec<IceServerOptions>,
    /// Pages that have offered and are not connected yet, all together. Default 256.
    pub max_pending: usize,
    /// The same for one address (one /64 of IPv6): people behind one office share it. Default 16.
    pub max_pending_per_address: usize,
    /// How long such a page is waited for, ms. Default 10 000.
    pub connect_timeout_ms: u64,
    /// Bytes that the system keeps for us while we are busy. Less than 1 MiB loses sound under load. Default 4 MiB; the
    /// system may allow less.
    pub receive_buffer: usize,
}

impl Default for WebRtcOptions {
    fn default() -> Self {
        Self {
            enabled: true,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            advertise: Vec::new(),
            ice_servers: Vec::new(),
            max_pending: 256,
            max_pending_per_address: 16,
            connect_timeout_ms: 10_000,
            receive_buffer: 4 * 1024 * 1024,
        }
    }
}

/// A STUN or TURN server.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IceServerOptions {
    /// `stun:host:port`, `turn:host:port?transport=tcp`, `turns:host:443`.
    pub urls: Vec<String>,
    /// Name for a TURN server that knows names. Pages see it.
    pub username: Option<String>,
    /// Password for that name. Pages see it: one that is good for nothing else.
    #[schemars(with = "Option<String>")]
    pub credential: Option<SecretString>,
    /// Secret shared with the TURN server (`static-auth-secret` of coturn). Pages get a name and a password made of it
    /// that are good for six hours, and never see it. Takes the place of `username` and `credential`.
    #[schemars(with = "Option<String>")]
    pub secret: Option<SecretString>,
}

/// A STUN or TURN server, as browsers take it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IceServer {
    /// Its addresses.
    pub urls: Vec<String>,
    /// The name to give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The password to give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// How long a password for TURN is good, s: longer than any interview with its pauses.
const CREDENTIAL_S: u64 = 6 * 3_600;

impl IceServerOptions {
    /// What a page is given at `now_unix_s`. `name` shows in the server's log: an id, nothing personal.
    pub fn for_page(&self, name: &str, now_unix_s: u64) -> IceServer {
        let (username, credential) = match &self.secret {
            Some(secret) => {
                let username = format!("{}:{name}", now_unix_s.saturating_add(CREDENTIAL_S));
                // SHA-1 is what the servers understand; as HMAC it stands.
                let key =
                    hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.expose_secret().as_bytes());
                let credential = STANDARD.encode(hmac::sign(&key, username.as_bytes()));
                (Some(username), Some(credential))
            }
            None => {
                let credential = self.credential.as_ref().map(|secret| secret.expose_secret().to_owned());
                (self.username.clone(), credential)
            }
        };
        IceServer { urls: self.urls.clone(), username, credential }
    }
}

/// Reads [`WebRtcOptions::advertise`]; `port` is what was bound.
pub(super) fn advertised(options: &WebRtcOptions, bound: SocketAddr) -> Result<Vec<SocketAddr>, String> {
    if options.advertise.is_empty() {
        let own = match bound.ip() {
            ip if !ip.is_unspecified() => vec![ip],
            IpAddr::V4(_) => vec![way_out(true).unwrap_or(Ipv4Addr::LOCALHOST.into())],
            IpAddr::V6(_) => match [way_out(true), way_out(false)] {
                [None, None] => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
                ways => ways.into_iter().flatten().collect(),
            },
        };
        return Ok(own.into_iter().map(|ip| SocketAddr::new(ip, bound.port())).collect());
    }
    let read = |text: &String| {
        let address = text.parse::<SocketAddr>();
        let address = address.or_else(|_| text.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, bound.port())));
        address.ok().filter(|address| !address.ip().is_unspecified()).ok_or_else(|| text.clone())
    };
    options.advertise.iter().map(read).collect()
}

/// The address of this machine towards the world; `None` when there is no way. Nothing is sent to find it.
fn way_out(is_ipv4: bool) -> Option<IpAddr> {
    // Addresses of documentation (RFC 5737, RFC 3849): routed like any other, and nobody's.
    let (any, world) = match is_ipv4 {
        true => ("0.0.0.0:0", "192.0.2.1:9"),
        false => ("[::]:0", "[2001:db8::1]:9"),
    };
    let socket = UdpSocket::bind(any).ok()?;
    let found = socket.connect(world).and_then(|()| socket.local_addr()).map(|address| address.ip()).ok();
    found.filter(|ip| !ip.is_unspecified())
}

/// Why pages may not reach what they are told, for the operator; `None` when nothing speaks against it.
pub(super) fn doubt(advertised: &[SocketAddr], bound: SocketAddr) -> Option<&'static str> {
    if !bound.ip().is_loopback() && advertised.iter().any(|told| told.ip().is_loopback()) {
        return Some("this machine has no way out: pages elsewhere need voice.webrtc.advertise");
    }
    if bound.is_ipv4() && advertised.iter().any(SocketAddr::is_ipv6) {
        return Some("pages are told an IPv6 address and the port hears IPv4 only: listen on [::]:PORT");
    }
    let hears_one = bound.is_ipv6() && !bound.ip().is_unspecified();
    (hears_one && advertised.iter().any(SocketAddr::is_ipv4)).then_some(
        "pages are told an IPv4 address and the port hears one IPv6 address only: listen on [::]:PORT",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_what_the_operator_says() {
        let bound = "0.0.0.0:9000".parse().expect("an address");
        let told = |advertise: &[&str]| {
            let advertise = advertise.iter().map(|text| (*text).to_owned()).collect();
            advertised(&WebRtcOptions { advertise, ..WebRtcOptions::default() }, bound)
        };
        let addresses = ["203.0.113.7:9000", "203.0.113.8:40000", "[2001:db8::7]:9000"];
        let addresses = addresses.map(|text| text.parse().expect("an address")).to_vec();
        assert_eq!(told(&["203.0.113.7", "203.0.113.8:40000", "2001:db8::7"]), Ok(addresses));
        assert_eq!(told(&["greenroom.example"]), Err("greenroom.example".to_owned()));
        assert_eq!(told(&["0.0.0.0"]), Err("0.0.0.0".to_owned()));
        let own = told(&[]).expect("an address of this machine");
        assert!(
            own.iter().all(|address| address.port() == 9000 && !address.ip().is_unspecified()),
            "{own:?}"
        );
    }

    #[test]
    fn a_port_for_both_families_is_told_for_both() {
        let told = |bound: &str| {
            let bound: SocketAddr = bound.parse().expect("an address");
            let told = advertised(&WebRtcOptions::default(), bound).expect("addresses");
            (doubt(&told, bound), told)
        };
        let (_, both) = told("[::]:9000");
        assert!(
            both.iter().all(|address| address.port() == 9000 && !address.ip().is_unspecified()),
            "{both:?}"
        );
        assert_eq!(both.iter().any(SocketAddr::is_ipv4), way_out(true).is_some() || way_out(false).is_none());
        assert_eq!(told("127.0.0.1:9000"), (None, vec![([127, 0, 0, 1], 9000).into()]));
        let address = |text: &str| text.parse::<SocketAddr>().expect("an address");
        for (bound, told, is_doubted) in [
            ("0.0.0.0:9", "203.0.113.7:9", false),
            ("0.0.0.0:9", "127.0.0.1:9", true),
            ("0.0.0.0:9", "[2001:db8::7]:9", true),
            ("[::]:9", "203.0.113.7:9", false),
            ("[2001:db8::7]:9", "203.0.113.7:9", true),
        ] {
            assert_eq!(doubt(&[address(told)], address(bound)).is_some(), is_doubted, "{bound} {told}");
        }
    }

    #[test]
    fn a_turn_server_gets_a_password_that_does_not_last() {
        let urls = vec!["turn:turn.example:3478".to_owned()];
        let shared =
            IceServerOptions { urls: urls.clone(), secret: Some("north".into()), ..Default::default() };
        // printf 1700021600:interview | openssl dgst -sha1 -hmac north -binary | base64
        let given = IceServer {
            urls: urls.clone(),
            username: Some("1700021600:interview".to_owned()),
            credential: Some("lB1k9OPuCl1W3YrcMYbylwhymPw=".to_owned()),
        };
        assert_eq!(shared.for_page("interview", 1_700_000_000), given);
        let named = IceServerOptions {
            urls: urls.clone(),
            username: Some("pages".to_owned()),
            credential: Some("word".into()),
            secret: None,
        };
        let (username, credential) = (Some("pages".to_owned()), Some("word".to_owned()));
        assert_eq!(named.for_page("interview", 0), IceServer { urls, username, credential });
    }
}
