//! One page over WebRTC: its packets in, its sound and messages out. Runs in a task of its own.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use str0m::channel::ChannelId;
use str0m::format::Codec;
use str0m::media::{MediaKind, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpPacket;
use str0m::{Event, IceConnectionState, Input, Output, Rtc};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::hub::Counters;
use super::pace::Pace;
use super::switch::{Datagram, Place};
use crate::codec::{Arrived, HeardFrame, Hearing, TICKS_PER_MS};
use crate::link::{Cut, Ended, LineStats, LinkCore, ToPage, Transport};

/// The data channel for messages, opened by the page.
const CHANNEL: &str = "greenroom";
/// Messages that wait to be read, at most.
const MOST_MESSAGES: usize = 64;
/// Datagrams in a row that may be wrong. One may be somebody else's doing.
const MOST_ERRORS: u32 = 32;

/// The page is not there any more, or means harm.
pub(super) struct Gone;

pub(super) struct Peer {
    rtc: Rtc,
    place: Place,
    local: Vec<SocketAddr>,
    channel: Option<ChannelId>,
    is_connected: bool,
    sound: Option<Mid>,
    ssrc: Option<u32>,
    hearing: Hearing,
    is_new_stream: bool,
    frames: Vec<HeardFrame>,
    /// When what is in hand came.
    came: Instant,
    messages: VecDeque<String>,
    rtt_ms: f32,
    line: Option<LineStats>,
    counted: (u64, u64),
    errors: u32,
    pace: Pace,
}

impl Peer {
    pub fn new(rtc: Rtc, place: Place, local: Vec<SocketAddr>, counters: Arc<Counters>) -> Self {
        Self {
            rtc,
            place,
            local,
            channel: None,
            is_connected: false,
            sound: None,
            ssrc: None,
            hearing: Hearing::default(),
            is_new_stream: false,
            frames: Vec::new(),
            came: Instant::now(),
            messages: VecDeque::new(),
            rtt_ms: 0.0,
            line: None,
            counted: (0, 0),
            errors: 0,
            pace: Pace::new(counters),
        }
    }

    /// Until sound and messages can flow. `None` when the page does not come, or is not wanted any more.
    pub async fn connect(mut self, unwanted: &CancellationToken, patience: Duration) -> Option<Self> {
        let end = Instant::now() + patience;
        loop {
            let wake = self.drain().ok()?;
            if self.is_connected && self.channel.is_some() {
                return Some(self);
            }
            tokio::select! {
                biased;
                () = unwanted.cancelled() => return None,
                datagram = self.place.inbox.recv() => self.receive(&datagram?).ok()?,
                () = sleep_until(end) => return None,
                () = sleep_until(wake) => self.pass_time().ok()?,
            }
        }
    }

    /// Carries a link until the page is gone.
    pub async fn run(mut self, mut core: Box<LinkCore>, silent: Duration) -> (Box<LinkCore>, Ended) {
        let ended = match core.connect(Transport::Webrtc) {
            Ok(()) => self.carry(&mut core, silent).await,
            Err(_) => Ended::Over,
        };
        if !matches!(ended, Ended::Lost) {
            let _ = self.rtc.close();
            let _ = self.drain();
        }
        (core, ended)
    }

    async fn carry(&mut self, core: &mut LinkCore, silent: Duration) -> Ended {
        let mut heard_from = Instant::now();
        let sleep = sleep_until(heard_from);
        tokio::pin!(sleep);
        loop {
            let wake = match self.turn(core) {
                Ok(wake) => wake.min(heard_from + silent),
                Err(Turned::Lost) => return Ended::Lost,
                Err(Turned::Over) => return Ended::Over,
            };
            if sleep.deadline() != wake {
                sleep.as_mut().reset(wake);
            }
            let happened = tokio::select! {
                biased;
                () = core.superseded.cancelled() => return Ended::Over,
                taker = core.takeover.recv() => return taker.map_or(Ended::Over, Ended::Taken),
                datagram = self.place.inbox.recv() => {
                    heard_from = Instant::now();
                    datagram.map_or(Err(Gone), |datagram| self.receive(&datagram))
                }
                to_page = core.to_page.recv() => {
                    let Some(to_page) = to_page else { return Ended::Over };
                    match self.stage(core, to_page) {
                        Ok(()) => Ok(()),
                        Err(_) => return Ended::Over,
                    }
                }
                () = &mut sleep => match Instant::now() >= heard_from + silent {
                    true => Err(Gone),
                    false => self.pass_time(),
                },
            };
            if happened.is_err() {
                return Ended::Lost;
            }
        }
    }

    fn stage(&mut self, core: &mut LinkCore, to_page: ToPage) -> Result<(), Cut> {
        if matches!(to_page, ToPage::Clear) {
            // What sounded until now must be known before the rest is forgotten.
            self.pace.report(core, true)?;
            self.pace.forget();
        }
        core.stage(to_page)
    }

    /// All that can be done now. Gives when something is due next.
    fn turn(&mut self, core: &mut LinkCore) -> Result<Instant, Turned> {
        let mut wake = self.drain()?;
        let now = Instant::now();
        self.hearing.give_up(now.into_std(), &mut self.frames);
        self.pass_on(core)?;
        while self.say(core)? {
            wake = self.drain()?;
        }
        if core.is_closing() && !core.outbox.has_message() {
            return Err(Turned::Over);
        }
        let spoken = self.sound.and_then(|mid| self.payload_type(mid).map(|pt| (mid, pt)));
        if let Some((mid, pt)) = spoken
            && let Some(packet) = self.pace.next(core, now, pt)
            && let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(mid, None)
        {
            stream.write_rtp(packet);
            wake = self.drain()?;
        }
        self.pace.report(core, false)?;
        // A page that takes no sound is never due any.
        let sound_due = spoken.and_then(|_| self.pace.due(core));
        let due = [self.hearing.due().map(Instant::from_std), sound_due];
        Ok(due.into_iter().flatten().fold(wake, Instant::min))
    }

    /// Gives what came from the page to those who hold the link.
    fn pass_on(&mut self, core: &mut LinkCore) -> Result<(), Cut> {
        if std::mem::take(&mut self.is_new_stream) {
            core.clock.restart();
        }
        for frame in self.frames.drain(..) {
            core.hear(frame.ticks / TICKS_PER_MS, frame, self.came);
        }
        for message in self.messages.drain(..) {
            core.read(message)?;
        }
        if let Some(line) = self.line.take() {
            self.pace.note_round_trip(line.rtt_ms);
            core.note(line)?;
        }
        Ok(())
    }

    /// Sends one message, if there is one and room for it.
    fn say(&mut self, core: &mut LinkCore) -> Result<bool, Turned> {
        let Some(message) = core.outbox.peek_message() else { return Ok(false) };
        let channel = self.channel.and_then(|id| self.rtc.channel(id));
        let mut channel = channel.ok_or(Turned::Lost)?;
        let is_sent = channel.write(false, message.as_bytes()).map_err(|_| Turned::Lost)?;
        if is_sent {
            core.outbox.next_message();
        }
        Ok(is_sent)
    }

    /// What the page calls Opus.
    fn payload_type(&self, mid: Mid) -> Option<Pt> {
        let agreed = self.rtc.media(mid)?.remote_pts();
        let opus = self
            .rtc
            .codec_config()
            .find(|params| params.spec().codec == Codec::Opus && agreed.contains(&params.pt()));
        opus.map(|params| params.pt())
    }

    fn receive(&mut self, datagram: &Datagram) -> Result<(), Gone> {
        let Ok(contents) = (&*datagram.bytes).try_into() else { return Ok(()) };
        let source = datagram.from;
        // The port has one address for each family, as far as the page is told.
        let same = self.local.iter().find(|local| local.is_ipv4() == source.is_ipv4());
        let Some(destination) = same.or(self.local.first()).copied() else { return Ok(()) };
        let receive = Receive { proto: Protocol::Udp, source, destination, contents };
        self.came = datagram.at;
        match self.rtc.handle_input(Input::Receive(datagram.at.into_std(), receive)) {
            Ok(()) => self.errors = 0,
            Err(error) => {
                tracing::debug!(%error, "a datagram of a page was refused");
                self.errors += 1;
            }
        }
        if self.errors > MOST_ERRORS { Err(Gone) } else { Ok(()) }
    }

    fn pass_time(&mut self) -> Result<(), Gone> {
        self.came = Instant::now();
        self.rtc.handle_input(Input::Timeout(self.came.into_std())).map_err(|_| Gone)
    }

    /// Sends all that wants to be sent, and notes all that has happened. Must follow whatever was done to `rtc`.
    fn drain(&mut self) -> Result<Instant, Gone> {
        loop {
            match self.rtc.poll_output().map_err(|_| Gone)? {
                Output::Timeout(wake) if self.rtc.is_alive() => return Ok(Instant::from_std(wake)),
                Output::Timeout(_) => return Err(Gone),
                Output::Transmit(transmit) => self.place.send(&transmit.contents, transmit.destination),
                Output::Event(event) => self.note(event)?,
            }
        }
    }

    fn note(&mut self, event: Event) -> Result<(), Gone> {
        match event {
            Event::Connected => self.is_connected = true,
            Event::MediaAdded(media) if media.kind == MediaKind::Audio => self.sound = Some(media.mid),
            Event::RtpPacket(packet) => self.hear(packet),
            Event::ChannelOpen(id, label) if label == CHANNEL => self.channel = Some(id),
            Event::ChannelData(data) if Some(data.id) == self.channel => {
                let text = String::from_utf8(data.data).map_err(|_| Gone)?;
                if data.binary || self.messages.len() >= MOST_MESSAGES {
                    return Err(Gone);
                }
                self.messages.push_back(text);
            }
            Event::ChannelClose(id) if Some(id) == self.channel => return Err(Gone),
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) | Event::Closed => {
                return Err(Gone);
            }
            Event::PeerStats(_) => {
                let heard = self.hearing.stats();
                let (received, lost) = (heard.received - self.counted.0, heard.lost - self.counted.1);
                self.counted = (heard.received, heard.lost);
                let loss = lost as f32 / (received + lost).max(1) as f32;
                self.line = Some(LineStats { rtt_ms: self.rtt_ms, jitter_ms: heard.jitter_ms, loss });
            }
            // Only the page's reports tell it: this side sends no checks of its own.
            Event::MediaEgressStats(stats) => {
                self.rtt_ms = stats.rtt.map_or(self.rtt_ms, |rtt| rtt.as_secs_f32() * 1_000.0);
            }
            _ => {}
        }
        Ok(())
    }

    fn hear(&mut self, packet: RtpPacket) {
        let ssrc = *packet.header.ssrc;
        if self.ssrc.replace(ssrc).is_some_and(|before| before != ssrc) {
            self.hearing = Hearing::default();
            (self.is_new_stream, self.counted) = (true, (0, 0));
        }
        let arrived = Arrived {
            sequence: *packet.seq_no,
            ticks: packet.time.numer(),
            payload: packet.payload,
            at: packet.timestamp,
        };
        self.hearing.arrive(arrived, &mut self.frames);
    }
}

/// How a turn ended the line.
enum Turned {
    Lost,
    Over,
}

impl From<Gone> for Turned {
    fn from(_: Gone) -> Self {
        Self::Lost
    }
}

impl From<Cut> for Turned {
    fn from(_: Cut) -> Self {
        Self::Over
    }
}
