//! A page over WebRTC, made of the same library as the server.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::channel::ChannelId;
use str0m::media::{Direction, MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpWrite;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep_until};

const FRAME: Duration = Duration::from_millis(20);

/// A packet that came.
pub struct Got {
    pub at: Instant,
    pub ticks: u64,
    pub payload: Arc<[u8]>,
}

pub struct Caller {
    rtc: Rtc,
    socket: UdpSocket,
    own: SocketAddr,
    pending: Option<SdpPendingOffer>,
    mid: Mid,
    channel: Option<ChannelId>,
    is_connected: bool,
    next: Option<Instant>,
    sequence: u64,
    /// What is to be said, one packet each 20 ms; `None` is a packet that gets lost.
    pub say: VecDeque<Option<Arc<[u8]>>>,
    pub heard: Vec<Got>,
    pub messages: Vec<String>,
}

impl Caller {
    /// A page and its offer.
    pub async fn new() -> (Self, String) {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// A page at an address of its own.
    pub async fn at(address: SocketAddr) -> (Self, String) {
        let socket = UdpSocket::bind(address).await.expect("a port");
        let own = socket.local_addr().expect("bound");
        let mut rtc = RtcConfig::new().set_rtp_mode(true).clear_codecs().enable_opus(true, false);
        rtc.set_initial_stun_rto(Duration::from_millis(50));
        let mut rtc = rtc.build(Instant::now().into_std());
        rtc.add_local_candidate(Candidate::host(own, "udp").expect("an address"));
        let mut change = rtc.sdp_api();
        let mid = change.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        change.add_channel("greenroom".to_owned());
        let (offer, pending) = change.apply().expect("something to offer");
        let caller = Self {
            rtc,
            socket,
            own,
            pending: Some(pending),
            mid,
            channel: None,
            is_connected: false,
            next: None,
            sequence: 1,
            say: VecDeque::new(),
            heard: Vec::new(),
            messages: Vec::new(),
        };
        (caller, offer.to_sdp_string())
    }

    pub fn accept(&mut self, sdp: &str) {
        let answer = SdpAnswer::from_sdp_string(sdp).expect("an answer");
        let pending = self.pending.take().expect("offered once");
        self.rtc.sdp_api().accept_answer(pending, answer).expect("what was offered");
    }

    pub fn address(&self) -> SocketAddr {
        self.own
    }

    /// Sends raw bytes from the page's own port.
    pub async fn throw(&self, bytes: &[u8], to: SocketAddr) {
        self.socket.send_to(bytes, to).await.expect("sent");
    }

    pub fn write(&mut self, message: &str) {
        let channel = self.channel.and_then(|id| self.rtc.channel(id));
        assert!(channel.expect("open").write(false, message.as_bytes()).expect("alive"), "room");
    }

    pub fn is_ready(&self) -> bool {
        self.is_connected && self.channel.is_some()
    }

    /// Runs until something has happened. Fails after ten seconds.
    pub async fn until(&mut self, happened: impl FnMut(&mut Self) -> bool) {
        self.within(Duration::from_secs(10), happened).await;
    }

    /// Runs until something has happened. Fails when it has not after `patience`.
    pub async fn within(&mut self, patience: Duration, mut happened: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + patience;
        let mut buffer = [0; 2_000];
        loop {
            let mut wake = self.drain();
            if happened(self) {
                return;
            }
            assert!(Instant::now() < end, "it did not happen within {patience:?}");
            if let Some(due) = self.speak() {
                wake = self.drain().min(due);
            }
            let input = tokio::select! {
                biased;
                received = self.socket.recv_from(&mut buffer) => Some(received.expect("received")),
                () = sleep_until(wake.min(Instant::now() + FRAME)) => None,
            };
            let now = Instant::now().into_std();
            match input {
                Some((length, source)) => {
                    let Ok(contents) = buffer[..length].try_into() else { continue };
                    let receive = Receive { proto: Protocol::Udp, source, destination: self.own, contents };
                    let _ = self.rtc.handle_input(Input::Receive(now, receive));
                }
                None => {
                    let _ = self.rtc.handle_input(Input::Timeout(now));
                }
            }
        }
    }

    /// Says what is due; gives when more is.
    fn speak(&mut self) -> Option<Instant> {
        if !self.is_connected || self.say.is_empty() {
            self.next = None;
            return None;
        }
        let now = Instant::now();
        let due = *self.next.get_or_insert(now);
        if now < due {
            return Some(due);
        }
        self.next = Some(due + FRAME);
        self.sequence += 1;
        let (time, sequence) = (self.sequence as u32 * 960, self.sequence);
        if let Some(Some(payload)) = self.say.pop_front() {
            let pt = self.rtc.media(self.mid).expect("agreed").remote_pts()[0];
            let write = RtpWrite::new(pt, sequence.into(), time, now.into_std(), payload);
            let mut direct = self.rtc.direct_api();
            direct.stream_tx_by_mid(self.mid, None).expect("agreed").write_rtp(write);
        }
        self.next
    }

    fn drain(&mut self) -> Instant {
        loop {
            match self.rtc.poll_output().expect("alive") {
                Output::Timeout(wake) => return Instant::from_std(wake),
                Output::Transmit(transmit) => {
                    let _ = self.socket.try_send_to(&transmit.contents, transmit.destination);
                }
                Output::Event(Event::Connected) => self.is_connected = true,
                Output::Event(Event::ChannelOpen(id, _)) => self.channel = Some(id),
                Output::Event(Event::ChannelData(data)) => {
                    self.messages.push(String::from_utf8(data.data).expect("text"));
                }
                Output::Event(Event::RtpPacket(packet)) => {
                    self.heard.push(Got {
                        at: Instant::now(),
                        ticks: packet.time.numer(),
                        payload: packet.payload,
                    });
                }
                Output::Event(_) => {}
            }
        }
    }
}
