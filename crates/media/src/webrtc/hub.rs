//! Where pages come to with their offers.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;
use tokio_util::sync::CancellationToken;

use super::offer::{Identity, agree, inspect_offer};
use super::options::{WebRtcOptions, advertised, doubt};
use super::peer::Peer;
use super::switch::Switch;
use crate::link::{Link, LinkError, LinkId, Links};

/// Why an offer was not answered.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OfferError {
    /// The offer is none that a page of ours makes. It says what is wrong.
    #[error("{0}")]
    Invalid(&'static str),
    /// Too many offers whose pages do not come. Later may work; the WebSocket works now.
    #[error("too many pages are connecting at once")]
    Busy,
    /// The port is heard on this machine alone, and the page is elsewhere. Only the WebSocket works.
    #[error("this server is reached by WebRTC from its own machine only")]
    Unreachable,
    /// There is no line to be had.
    #[error(transparent)]
    NoLine(#[from] LinkError),
}

/// An offer that was answered.
#[derive(Debug)]
pub struct Answered {
    /// What the page must be told.
    pub sdp: String,
    /// The link's name.
    pub id: LinkId,
    /// The end for whom holds the conversation; `None` when a page comes back to its link. Sound flows when
    /// [`crate::link::FromPage::Connected`] has come; should the page never connect, the link ends.
    pub link: Option<Link>,
}

/// What happened at the port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HubStats {
    /// Pages that have offered and are not connected yet.
    pub pending: u64,
    /// Frames of the interviewer that were sent.
    pub sent: u64,
    /// Those that went out more than 20 ms after their time.
    pub late: u64,
    /// The latest of them, ms after its time.
    pub latest_ms: u64,
    /// Datagrams that were nobody's.
    pub unclaimed: u64,
    /// Datagrams that found no room, in or out.
    pub overrun: u64,
}

/// The UDP port, and all pages behind it. Clones share it.
#[derive(Clone)]
pub struct Hub {
    shared: Arc<Shared>,
}

struct Shared {
    options: WebRtcOptions,
    links: Links,
    switch: Arc<Switch>,
    advertised: Vec<SocketAddr>,
    bound: SocketAddr,
    identity: Identity,
    pending: Arc<Pending>,
    counters: Arc<Counters>,
}

/// Frames sent, those that were late, and pages in a row that did not come.
#[derive(Default)]
pub(super) struct Counters {
    pub sent: AtomicU64,
    pub late: AtomicU64,
    pub latest_ms: AtomicU64,
    missed: AtomicU64,
}

/// Pages in a row that do not come before the operator is told.
const MISSED: u64 = 3;

#[derive(Default)]
struct Pending {
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

/// The place of one page that is not connected yet.
pub(super) struct Waiting {
    pending: Arc<Pending>,
    address: IpAddr,
}

impl Hub {
    /// Opens the port. Must be called within a runtime.
    ///
    /// # Errors
    /// The port is taken, or an address to advertise is none.
    pub fn bind(options: WebRtcOptions, links: Links) -> std::io::Result<Self> {
        let socket = open_port(&options)?;
        let bound = socket.local_addr()?;
        let advertised = advertised(&options, bound).map_err(|wrong| {
            std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                format!("{wrong:?} is no address to advertise"),
            )
        })?;
        if let Some(doubt) = doubt(&advertised, bound) {
            tracing::warn!(listen = %bound, ?advertised, "{doubt}");
        }
        let identity =
            Identity::make().ok_or_else(|| std::io::Error::other("no certificate could be made"))?;
        let switch = Arc::new(Switch::new(socket));
        links.spawn({
            let switch = switch.clone();
            async move { switch.run().await }
        });
        let (pending, counters) = (Arc::default(), Arc::default());
        let shared = Shared { options, links, switch, advertised, bound, identity, pending, counters };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The address listened on, with the port that was taken.
    pub fn bound(&self) -> SocketAddr {
        self.shared.bound
    }

    /// The addresses that pages are told.
    pub fn advertised(&self) -> &[SocketAddr] {
        &self.shared.advertised
    }

    /// What happened so far.
    pub fn stats(&self) -> HubStats {
        let (unclaimed, overrun) = self.shared.switch.lost();
        let pending = self.shared.pending.counts().values().sum::<usize>() as u64;
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counters = &self.shared.counters;
        let (sent, late, latest_ms) =
            (count(&counters.sent), count(&counters.late), count(&counters.latest_ms));
        HubStats { pending, sent, late, latest_ms, unclaimed, overrun }
    }

    /// Answers the offer of a page of `owner`, which asked from `address`. With `resume` the page comes back to the link
    /// that it had, which goes over as soon as it is connected.
    ///
    /// # Errors
    /// What the page has to be told; it may use a WebSocket instead.
    pub fn offer(
        &self,
        owner: &str,
        address: IpAddr,
        sdp: &str,
        resume: Option<&LinkId>,
    ) -> Result<Answered, OfferError> {
        let shared = &self.shared;
        let sdp = inspect_offer(sdp).map_err(OfferError::Invalid)?;
        let is_here_only = shared.advertised.iter().all(|told| told.ip().is_loopback());
        if is_here_only && !address.to_canonical().is_loopback() {
            return Err(OfferError::Unreachable);
        }
        if resume.is_some_and(|id| !shared.links.has(owner, id)) {
            return Err(LinkError::Gone.into());
        }
        let waiting = shared.pending.enter(address, &shared.options).ok_or(OfferError::Busy)?;
        let agreed = agree(&sdp, &shared.identity, &shared.advertised);
        let (mut rtc, sdp) = agreed.ok_or(OfferError::Invalid("the offer cannot be read"))?;
        let name = rtc.direct_api().local_ice_credentials().ufrag;
        let (place, counters) = (shared.switch.enter(name), shared.counters.clone());
        let peer = Peer::new(rtc, place, shared.advertised.clone(), counters);
        let patience = Duration::from_millis(shared.options.connect_timeout_ms);
        let silent = Duration::from_millis(shared.links.options().silent_line_ms);
        let Some(id) = resume else {
            let (core, link) = shared.links.open(owner)?;
            let id = link.id.clone();
            let hub = self.clone();
            shared.links.carry(id.clone(), async move {
                let connected = peer.connect(&core.superseded, patience).await;
                drop(waiting);
                if !core.superseded.is_cancelled() {
                    hub.note_arrival(connected.is_some());
                }
                match connected {
                    Some(peer) => peer.run(core, silent).await,
                    None => (core, crate::link::Ended::Over),
                }
            });
            return Ok(Answered { sdp, id, link: Some(link) });
        };
        self.come_back(owner.to_owned(), id.clone(), peer, waiting);
        Ok(Answered { sdp, id: id.clone(), link: None })
    }

    /// Says when page after page does not reach the port: they use the WebSocket, and nobody would know why.
    fn note_arrival(&self, has_come: bool) {
        let shared = &self.shared;
        if has_come {
            return shared.counters.missed.store(0, Ordering::Relaxed);
        }
        if shared.counters.missed.fetch_add(1, Ordering::Relaxed) + 1 == MISSED {
            tracing::warn!(
                listen = %shared.bound,
                advertised = ?shared.advertised,
                "three pages in a row did not reach the UDP port of WebRTC: is it open, and are these addresses reached \
                 from where people are?"
            );
        }
    }

    /// Takes the link over when the page is connected, not before: until then the old line may still carry.
    fn come_back(&self, owner: String, id: LinkId, peer: Box<Peer>, waiting: Waiting) {
        let links = self.shared.links.clone();
        let patience = Duration::from_millis(self.shared.options.connect_timeout_ms);
        let silent = Duration::from_millis(links.options().silent_line_ms);
        self.shared.links.spawn(async move {
            let connected = peer.connect(&CancellationToken::new(), patience).await;
            drop(waiting);
            let Some(peer) = connected else { return };
            if let Ok(core) = links.take_over(&owner, &id).await {
                links.carry(id, peer.run(core, silent));
            }
        });
    }
}

impl Pending {
    fn enter(self: &Arc<Self>, address: IpAddr, options: &WebRtcOptions) -> Option<Waiting> {
        let address = network(address);
        let mut counts = self.counts();
        let all: usize = counts.values().sum();
        let own = counts.entry(address).or_default();
        if all >= options.max_pending || *own >= options.max_pending_per_address {
            if *own == 0 {
                counts.remove(&address);
            }
            return None;
        }
        *own += 1;
        Some(Waiting { pending: self.clone(), address })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut counts = self.pending.counts();
        if let Some(own) = counts.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// Who counts as one: an address of IPv4, a /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

fn open_port(options: &WebRtcOptions) -> std::io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(options.listen), Type::DGRAM, Some(Protocol::UDP))?;
    if options.listen.is_ipv6() {
        socket.set_only_v6(false)?;
    }
    // The system gives what it may; less is no reason not to start.
    let _ = socket.set_recv_buffer_size(options.receive_buffer);
    let _ = socket.set_send_buffer_size(options.receive_buffer);
    if socket.recv_buffer_size()? < 1024 * 1024 {
        tracing::warn!(
            bytes = socket.recv_buffer_size()?,
            "the system keeps little for the port of WebRTC: raise net.core.rmem_max for more than 50 pages"
        );
    }
    socket.set_nonblocking(true)?;
    socket.bind(&options.listen.into())?;
    UdpSocket::from_std(socket.into())
}
