//! Whose a service is, by the looks of its address.

/// Whether this address is on the machine itself or in the operator's own network, by its looks: loopback and private
/// addresses, names without a dot, and names that no public zone has. Nothing is looked up.
pub fn is_at_home(base_url: &str) -> bool {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
        let address = address.parse::<std::net::Ipv6Addr>();
        return address
            .is_ok_and(|ip| ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local());
    }
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if let Ok(ip) = host.parse::<std::net::Ipv4Addr>() {
        return ip.is_loopback() || ip.is_private() || ip.is_link_local();
    }
    let own = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
    !host.is_empty() && (!host.contains('.') || own.iter().any(|zone| host.ends_with(zone)))
}

#[cfg(test)]
mod tests {
    use super::is_at_home;

    #[test]
    fn an_address_of_the_own_network_is_told_by_its_looks() {
        for home in [
            "http://127.0.0.1:11434/v1",
            "http://localhost/v1",
            "http://[::1]:8080/v1",
            "http://[fd12::1]/v1",
            "http://10.1.2.3/v1",
            "http://192.168.0.7:8000",
            "http://ollama:11434/v1",
            "https://gpu.local/v1",
        ] {
            assert!(is_at_home(home), "{home}");
        }
        for outside in [
            "https://api.openai.com/v1",
            "http://8.8.8.8/v1",
            "http://[2001:db8::1]/v1",
            "https://localhost.example.com/v1",
            "https://localhost@evil.example/v1",
            "https://evil.example/localhost",
            "",
        ] {
            assert!(!is_at_home(outside), "{outside}");
        }
    }
}
