//! From where somebody comes: of the browser's and the network's words only as much as tells people their own
//! devices apart.

use greenroom_domain::sign_in::Place;
use std::net::IpAddr;

/// What a request says of where it comes from. Neither is proof of anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// The header `User-Agent`.
    pub user_agent: Option<String>,
    /// The network address.
    pub address: Option<IpAddr>,
}

/// Browsers by the sign that gives them away. Those that pretend to be others come first.
const BROWSERS: [(&str, &str); 12] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "a Python program"),
];

/// Systems, likewise.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

impl Visit {
    /// Whose attempts count together: an IPv4 address, or the network of an IPv6 address, any of which is a customer's.
    /// Not those of this machine: behind a proxy that is not told of in the settings everybody would be one.
    pub(super) fn network(&self) -> Option<String> {
        match self.address?.to_canonical() {
            address if address.is_loopback() => None,
            IpAddr::V4(v4) => Some(v4.to_string()),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Some(format!("{a:x}:{b:x}:{c:x}:{d:x}"))
            }
        }
    }

    /// What is kept of it.
    pub fn place(&self) -> Place {
        Place {
            device: self.user_agent.as_deref().map(device).unwrap_or_default(),
            address: self.address.map(shortened).unwrap_or_default(),
        }
    }
}

/// Browser and system in plain words; empty when neither is known.
fn device(user_agent: &str) -> String {
    let named = |signs: &[(&str, &'static str)]| {
        signs.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

/// The network without the machine in it: three of the four numbers of IPv4, the first 48 bits of IPv6.
fn shortened(address: IpAddr) -> String {
    match address.to_canonical() {
        address if address.is_loopback() => "this machine".to_owned(),
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.x")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::x")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Visit;

    #[test]
    fn browsers_and_systems_are_told_in_plain_words() {
        let agents = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                "Safari on Mac",
            ),
            ("curl/8.9.1", "curl"),
            ("", ""),
            ("<script>alert(1)</script>", ""),
        ];
        for (agent, words) in agents {
            let visit = Visit { user_agent: Some(agent.to_owned()), address: None };
            assert_eq!(visit.place().device, words);
        }
    }

    #[test]
    fn of_an_address_only_the_network_is_kept() {
        let addresses = [
            ("203.0.113.77", "203.0.113.x"),
            ("::ffff:203.0.113.77", "203.0.113.x"),
            ("2001:db8:12:34:56:78:9a:bc", "2001:db8:12::x"),
            ("127.0.0.1", "this machine"),
            ("::1", "this machine"),
        ];
        for (address, kept) in addresses {
            let visit = Visit { user_agent: None, address: Some(address.parse().expect("an address")) };
            assert_eq!(visit.place().address, kept);
        }
    }
}
