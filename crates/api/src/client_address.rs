//! Where a request comes from: the other end of the line, or what a trusted proxy says of it.

use axum::http::HeaderMap;
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};

const FORWARDED_FOR: &str = "x-forwarded-for";
/// Leading bits of an IPv6 address that one customer of a provider has: they may use any address below.
const IPV6_PREFIX: u8 = 64;

/// A network of proxies, such as `10.0.0.0/8`, or one address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct Network(IpNet);

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let net = text.parse::<IpNet>().ok();
        let net = net.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        net.map(Self)
            .ok_or_else(|| format!("{text:?} is neither an address nor a network such as 10.0.0.0/8"))
    }
}

/// The address of whoever sent the request. Of `X-Forwarded-For`, only what proxies in `trusted` wrote is believed:
/// each appends whom it heard from, so the last address that is no such proxy is the client's. Without a trusted
/// proxy at the other end the header is not looked at: anybody can send it.
pub(crate) fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_proxy = |address: IpAddr| trusted.iter().any(|network| network.0.contains(&address));
    let mut client = peer.to_canonical();
    if !is_proxy(client) {
        return client;
    }
    let lines: Vec<&str> =
        headers.get_all(FORWARDED_FOR).iter().map(|value| value.to_str().unwrap_or_default()).collect();
    for entry in lines.iter().flat_map(|line| line.split(',')).rev() {
        let Some(heard) = address(entry.trim()) else { break };
        client = heard;
        if !is_proxy(client) {
            break;
        }
    }
    client
}

/// An entry of the header: an address, which some proxies write with its port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    let parsed = bare.parse::<IpAddr>().ok();
    parsed.or_else(|| entry.parse::<SocketAddr>().ok().map(|socket| socket.ip())).map(|ip| ip.to_canonical())
}

/// Who counts as one: an IPv4 address, or the network of an IPv6 address.
pub(crate) fn household(address: IpAddr) -> IpNet {
    let bits = if address.is_ipv4() { 32 } else { IPV6_PREFIX };
    IpNet::new_assert(address, bits).trunc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().expect("a header value"));
        }
        let trusted: Vec<_> =
            trusted.iter().map(|text| Network::try_from((*text).to_owned()).expect("a network")).collect();
        client_address(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_say_who_they_are() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn what_trusted_proxies_wrote_is_believed_and_nothing_before_it() {
        let proxies = ["10.0.0.0/8", "fd00::/8"];
        assert_eq!(seen("10.1.1.1", &["198.51.100.1"], &proxies), "198.51.100.1");
        // The client sent the first entry; two proxies appended the others.
        assert_eq!(seen("10.1.1.1", &["6.6.6.6, 198.51.100.1, 10.2.2.2"], &proxies), "198.51.100.1");
        assert_eq!(seen("10.1.1.1", &["6.6.6.6", "198.51.100.1"], &proxies), "198.51.100.1");
        assert_eq!(seen("fd00::1", &["[2001:db8::7]:4711"], &proxies), "2001:db8::7");
        assert_eq!(seen("::ffff:10.1.1.1", &["198.51.100.1:80"], &proxies), "198.51.100.1");
    }

    #[test]
    fn what_cannot_be_read_ends_the_search() {
        let proxies = ["10.0.0.0/8"];
        assert_eq!(seen("10.1.1.1", &[], &proxies), "10.1.1.1");
        assert_eq!(seen("10.1.1.1", &["198.51.100.1, unknown"], &proxies), "10.1.1.1");
        assert_eq!(seen("10.1.1.1", &["unknown, 10.2.2.2"], &proxies), "10.2.2.2");
    }

    #[test]
    fn neighbours_of_one_ipv6_network_are_one_household() {
        let of = |text: &str| household(text.parse().expect("an address")).to_string();
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("198.51.100.1"), of("198.51.100.2"));
    }

    #[test]
    fn a_network_that_is_none_is_refused() {
        for wrong in ["", "proxy.example", "10.0.0.0/33", "10.0.0"] {
            assert!(Network::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
