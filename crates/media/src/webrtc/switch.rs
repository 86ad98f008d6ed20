//! One UDP port, many pages: whose is a datagram?

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Larger than any datagram that we would take.
const LARGEST: usize = 2_000;
/// Datagrams that wait for a page's task, at most: more than a second of sound.
const WAITING: usize = 96;
/// Addresses of one page: its networks, and those of the way to it.
const ADDRESSES: usize = 8;

/// What came, and where from.
pub(super) struct Datagram {
    pub bytes: Box<[u8]>,
    pub from: SocketAddr,
    /// When the port was read. The page's task may come to it later.
    pub at: Instant,
}

/// The port, and who is reached over it.
pub(super) struct Switch {
    socket: UdpSocket,
    is_ipv6: bool,
    routes: Mutex<Routes>,
    unclaimed: AtomicU64,
    overrun: AtomicU64,
}

#[derive(Default)]
struct Routes {
    by_name: HashMap<String, mpsc::Sender<Datagram>>,
    by_address: HashMap<SocketAddr, (String, mpsc::Sender<Datagram>)>,
}

/// A page's place at the switch. Dropping it gives it up.
pub(super) struct Place {
    switch: Arc<Switch>,
    name: String,
    addresses: Vec<SocketAddr>,
    pub inbox: mpsc::Receiver<Datagram>,
}

impl Switch {
    pub fn new(socket: UdpSocket) -> Self {
        let is_ipv6 = socket.local_addr().is_ok_and(|own| own.is_ipv6());
        let (unclaimed, overrun) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { socket, is_ipv6, routes: Mutex::default(), unclaimed, overrun }
    }

    /// Makes room for a page whose requests will carry `name`, the ICE user of our side.
    pub fn enter(self: &Arc<Self>, name: String) -> Place {
        let (sender, inbox) = mpsc::channel(WAITING);
        self.routes().by_name.insert(name.clone(), sender);
        Place { switch: Arc::clone(self), name, addresses: Vec::new(), inbox }
    }

    /// Hands datagrams on, for ever. Errors of single datagrams (an ICMP answer to one we sent) pass.
    pub async fn run(&self) {
        let mut buffer = [0; LARGEST];
        loop {
            match self.socket.recv_from(&mut buffer).await {
                Ok((length, from)) if length < LARGEST => self.hand_on(&buffer[..length], canonical(from)),
                Ok(_) => {}
                Err(error) => {
                    tracing::debug!(%error, "the port of WebRTC gave an error");
                    // Should it be broken for good, this must not spin.
                    tokio::task::yield_now().await;
                }
            }
        }
    }

    /// Sends at once, or not at all: sound that waits is late, and everything else is sent again.
    pub fn send(&self, bytes: &[u8], to: SocketAddr) {
        let to = match (self.is_ipv6, to) {
            (true, SocketAddr::V4(to)) => SocketAddr::new(IpAddr::V6(to.ip().to_ipv6_mapped()), to.port()),
            (_, to) => to,
        };
        if self.socket.try_send_to(bytes, to).is_err() {
            self.overrun.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Datagrams that belonged to nobody, and those that found no room.
    pub fn lost(&self) -> (u64, u64) {
        (self.unclaimed.load(Ordering::Relaxed), self.overrun.load(Ordering::Relaxed))
    }

    fn hand_on(&self, bytes: &[u8], from: SocketAddr) {
        let routes = self.routes();
        // Who asks to connect says whom to; everybody else is known by where it comes from.
        let page = match addressee(bytes) {
            Some(name) => routes.by_name.get(name),
            None => routes.by_address.get(&from).map(|(_, page)| page),
        };
        let counter = match page
            .map(|page| page.try_send(Datagram { bytes: bytes.into(), from, at: Instant::now() }))
        {
            Some(Ok(())) => return,
            Some(Err(_)) => &self.overrun,
            None => &self.unclaimed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    fn routes(&self) -> MutexGuard<'_, Routes> {
        self.routes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Sends, and remembers that answers from there are this page's. An answer is only ever sent to who proved that it
    /// knows the page's secret, so that nobody can claim another's address.
    pub fn send(&mut self, bytes: &[u8], to: SocketAddr) {
        if !self.addresses.contains(&to) {
            let mut routes = self.switch.routes();
            if let Some(sender) = routes.by_name.get(&self.name).cloned() {
                routes.by_address.insert(to, (self.name.clone(), sender));
            }
            self.addresses.push(to);
            if self.addresses.len() > ADDRESSES {
                let oldest = self.addresses.remove(0);
                routes.by_address.remove(&oldest);
            }
        }
        self.switch.send(bytes, to);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut routes = self.switch.routes();
        routes.by_name.remove(&self.name);
        for address in &self.addresses {
            // The address may be another page's by now.
            if routes.by_address.get(address).is_some_and(|(name, _)| *name == self.name) {
                routes.by_address.remove(address);
            }
        }
    }
}

fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// Whom a STUN request is for: the part of its user name before the colon (RFC 8445, section 7.2.2). `None` for what is
/// no request, or has no name.
pub fn addressee(datagram: &[u8]) -> Option<&str> {
    const BINDING_REQUEST: u16 = 0x0001;
    const COOKIE: u32 = 0x2112_a442;
    const USERNAME: u16 = 0x0006;
    let word = |at: usize| datagram.get(at..at + 2).map(|two| u16::from_be_bytes([two[0], two[1]]));
    let cookie = datagram.get(4..8)?;
    if word(0)? != BINDING_REQUEST
        || u32::from_be_bytes([cookie[0], cookie[1], cookie[2], cookie[3]]) != COOKIE
    {
        return None;
    }
    let mut at = 20;
    while let (Some(kind), Some(length)) = (word(at), word(at + 2)) {
        let (from, length) = (at + 4, usize::from(length));
        if kind == USERNAME {
            let name = std::str::from_utf8(datagram.get(from..from + length)?).ok()?;
            return name.split_once(':').map(|(ours, _)| ours);
        }
        at = from + length.next_multiple_of(4);
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn request(attributes: &[(u16, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        bytes.extend([7; 12]);
        for (kind, value) in attributes {
            bytes.extend(kind.to_be_bytes());
            bytes.extend((value.len() as u16).to_be_bytes());
            bytes.extend(*value);
            bytes.resize(bytes.len().next_multiple_of(4), 0);
        }
        bytes
    }

    #[test]
    fn a_request_says_whom_it_is_for() {
        assert_eq!(addressee(&request(&[(0x24, &[0; 5]), (6, b"ours:theirs")])), Some("ours"));
        assert_eq!(addressee(&request(&[(6, b"nobody")])), None);
        assert_eq!(addressee(&request(&[])), None);
        assert_eq!(addressee(&[]), None);
        let mut cut = request(&[(6, b"ours:theirs")]);
        cut.truncate(28);
        assert_eq!(addressee(&cut), None);
        let mut reply = request(&[(6, b"ours:theirs")]);
        reply[0] = 1;
        assert_eq!(addressee(&reply), None);
    }

    #[tokio::test]
    async fn a_page_that_leaves_takes_its_addresses_along_but_nobody_elses() {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let switch = Arc::new(Switch::new(socket));
        let addresses: Vec<SocketAddr> =
            (1..=20).map(|port| SocketAddr::from(([127, 0, 0, 1], port))).collect();
        let (mut one, mut two) = (switch.enter("one".to_owned()), switch.enter("two".to_owned()));
        for address in &addresses {
            one.send(b"x", *address);
        }
        assert_eq!(switch.routes().by_address.len(), ADDRESSES);
        two.send(b"x", addresses[19]);
        drop(one);
        assert_eq!(switch.routes().by_address.keys().collect::<Vec<_>>(), [&addresses[19]]);
        switch.hand_on(b"\x80sound", addresses[19]);
        assert_eq!(two.inbox.recv().await.map(|datagram| datagram.from), Some(addresses[19]));
        for _ in 0..500 {
            switch.hand_on(&request(&[(6, b"two:x")]), addresses[3]);
            switch.hand_on(b"\x80sound", addresses[3]);
        }
        assert_eq!(two.inbox.len(), WAITING);
        assert!(switch.lost() >= (500, 500 - WAITING as u64), "{:?}", switch.lost());
        drop(two);
        assert!(switch.routes().by_name.is_empty() && switch.routes().by_address.is_empty());
    }

    proptest! {
        #[test]
        fn no_datagram_breaks_it(head in any::<bool>(), rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = if head { [request(&[]), rest].concat() } else { rest };
            let _ = addressee(&bytes);
        }
    }
}
