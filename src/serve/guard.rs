//! Who may ask: requests that name this server in `Host`, and that no page of another origin made.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, Uri, header};

/// What this server is called.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    /// The name it was told to listen on, in lower case.
    name: String,
    /// Reachable from this machine only.
    loopback: bool,
}

impl Guard {
    pub fn new(host: &str, address: SocketAddr) -> Guard {
        let name = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        Guard { name, loopback: address.ip().is_loopback() }
    }

    /// Why a request is refused; None if it is not.
    pub fn refuses(&self, uri: &Uri, headers: &HeaderMap) -> Option<&'static str> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else {
            return Some("There must be one Host header.");
        };
        if !self.is_us(host) || uri.authority().is_some_and(|authority| !self.is_us(authority.as_str())) {
            return Some("This server goes by another name than the request's Host.");
        }
        let ours = |origin: &str| origin.strip_prefix("http://").is_some_and(|rest| rest.eq_ignore_ascii_case(host));
        if headers.get_all(header::ORIGIN).iter().any(|origin| !origin.to_str().is_ok_and(ours)) {
            return Some("The request comes from a page of another origin.");
        }
        // Scripts and images are fetched without an Origin; browsers say so here.
        let fetch = |name: &'static str| headers.get(HeaderName::from_static(name)).and_then(|v| v.to_str().ok());
        let from_elsewhere = matches!(fetch("sec-fetch-site"), Some("cross-site" | "same-site"));
        let follows_a_link =
            fetch("sec-fetch-mode") == Some("navigate") && matches!(fetch("sec-fetch-dest"), None | Some("document"));
        (from_elsewhere && !follows_a_link).then_some("The request comes from a page of another site.")
    }

    /// Whether a `Host` (with or without a port) means this server. A name of somebody else's domain does not, also
    /// if it resolves to us; an address cannot be made to resolve to anything.
    fn is_us(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest
                .split_once(']')
                .map(|(name, port)| (name, port.strip_prefix(':').or(port.is_empty().then_some("")))),
            None => Some(host.split_once(':').map_or((host, Some("")), |(name, port)| (name, Some(port)))),
        };
        let Some((name, Some(port))) = name else { return false };
        if !port.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        match name.parse::<IpAddr>() {
            Ok(ip) => ip.is_loopback() || !self.loopback || name == self.name,
            Err(_) => name == "localhost" || name.ends_with(".localhost") || name == self.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(host: &str, address: &str) -> Guard {
        Guard::new(host, address.parse().expect("an address"))
    }

    #[test]
    fn names_of_this_server() {
        let local = guard("127.0.0.1", "127.0.0.1:4000");
        for host in
            ["127.0.0.1:4000", "127.0.0.1", "localhost:4000", "LOCALHOST", "[::1]:4000", "[::1]", "a.localhost:8080"]
        {
            assert!(local.is_us(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "example.org:4000",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "192.168.0.7:4000",
            "notlocalhost",
            "localhost:4000:x",
            "localhost:x",
            "[::1",
            "[::1]x",
            "user@localhost",
            "0.0.0.0:4000",
        ] {
            assert!(!local.is_us(host), "{host}");
        }
        let open = guard("0.0.0.0", "0.0.0.0:4000");
        assert!(open.is_us("192.168.0.7:4000") && open.is_us("localhost:4000"));
        assert!(!open.is_us("example.org:4000"));
        assert!(guard("my-box", "192.168.0.7:4000").is_us("My-Box:4000"));
    }
}
