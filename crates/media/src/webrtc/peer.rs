//! One page over WebRTC: its packets in, its sound and messages out. Runs in a task of its own.

mod events;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use str0m::Rtc;
use str0m::channel::ChannelId;
use str0m::format::Codec;
use str0m::media::{Mid, Pt};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::hub::Counters;
use super::pace::{Pace, SignOfLife};
use super::switch::Place;
use crate::codec::{HeardFrame, Hearing, TICKS_PER_MS};
use crate::link::{Cut, Ended, LineStats, LinkCore, ToPage, Transport};

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
    page: SignOfLife,
    messages: VecDeque<String>,
    rtt_ms: f32,
    line: Option<LineStats>,
    counted: (u64, u64),
    errors: u32,
    pace: Pace,
}

impl Peer {
    /// On the heap: 16 KiB that would be in the page's task twice, while it connects and while it speaks.
    pub fn new(rtc: Rtc, place: Place, local: Vec<SocketAddr>, counters: Arc<Counters>) -> Box<Self> {
        let now = Instant::now();
        Box::new(Self {
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
            came: now,
            page: SignOfLife { any: now, sound: now },
            messages: VecDeque::new(),
            rtt_ms: 0.0,
            line: None,
            counted: (0, 0),
            errors: 0,
            pace: Pace::new(counters),
        })
    }

    /// Until sound and messages can flow. `None` when the page does not come, or is not wanted any more.
    pub async fn connect(
        mut self: Box<Self>,
        unwanted: &CancellationToken,
        patience: Duration,
    ) -> Option<Box<Self>> {
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
    pub async fn run(
        mut self: Box<Self>,
        mut core: Box<LinkCore>,
        silent: Duration,
    ) -> (Box<LinkCore>, Ended) {
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
        self.page.any = Instant::now();
        let sleep = sleep_until(self.page.any);
        tokio::pin!(sleep);
        loop {
            let wake = match self.turn(core) {
                Ok(wake) => wake.min(self.page.any + silent),
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
                    self.page.any = Instant::now();
                    datagram.map_or(Err(Gone), |datagram| self.receive(&datagram))
                }
                to_page = core.to_page.recv() => {
                    let Some(to_page) = to_page else { return Ended::Over };
                    match self.stage(core, to_page) {
                        Ok(()) => Ok(()),
                        Err(_) => return Ended::Over,
                    }
                }
                () = &mut sleep => match Instant::now() >= self.page.any + silent {
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
            self.pace.report(core, self.page, true)?;
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
        self.pace.report(core, self.page, false)?;
        // A page that takes no sound is never due any.
        let sound_due = spoken.and_then(|_| self.pace.due(core, self.page));
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
