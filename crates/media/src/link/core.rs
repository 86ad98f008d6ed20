//! What a link is while transports come and go.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::beside::FromBeside;
use super::control::{self, Control};
use super::outbox::Outbox;
use super::{FromPage, HeardClock, LineStats, LinkId, ToPage, Transport};
use crate::audio::FRAME_MS;
use crate::codec::HeardFrame;

/// What waits for those who hold the link, at most: five seconds of sound.
pub(super) const WAITING_FROM_PAGE: usize = 256;
/// What waits to be taken over from them.
pub(super) const WAITING_TO_PAGE: usize = 64;
/// Room that sound leaves for what must not be lost.
const KEPT_FREE: usize = 32;
/// Messages at once, and a second: fifty times what a page sends.
const MESSAGES: f64 = 100.0;
const MESSAGES_PER_SECOND: f64 = 25.0;

/// How a transport ended.
pub(crate) enum Ended {
    /// The page is gone, and may come back.
    Lost,
    /// Another transport of the same page takes over.
    Taken(oneshot::Sender<Box<LinkCore>>),
    /// The link is over.
    Over,
}

/// Why a line is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The page sent what no page of ours sends, or too much of it.
    Offence,
    /// Those who hold the link do not keep up, or are gone.
    Unheard,
}

/// The state of a link that a transport carries, and hands on.
pub(crate) struct LinkCore {
    pub id: LinkId,
    pub opened: Instant,
    pub clock: HeardClock,
    pub outbox: Outbox,
    pub to_page: mpsc::Receiver<ToPage>,
    pub takeover: mpsc::Receiver<oneshot::Sender<Box<LinkCore>>>,
    /// What comes of a second connection.
    pub beside: mpsc::Receiver<FromBeside>,
    /// Told to end: the interview goes on elsewhere.
    pub superseded: CancellationToken,
    from_page: mpsc::Sender<FromPage>,
    was_connected: bool,
    /// Whether the page knows what it has played: over WebRTC it does not know where a reply begins.
    page_knows_played: bool,
    is_closing: bool,
    messages: (f64, Instant),
}

impl LinkCore {
    pub fn new(
        id: LinkId,
        from_page: mpsc::Sender<FromPage>,
        to_page: mpsc::Receiver<ToPage>,
        takeover: mpsc::Receiver<oneshot::Sender<Box<LinkCore>>>,
        beside: mpsc::Receiver<FromBeside>,
        superseded: CancellationToken,
    ) -> Self {
        let opened = Instant::now();
        Self {
            id,
            opened,
            clock: HeardClock::default(),
            outbox: Outbox::default(),
            to_page,
            takeover,
            beside,
            superseded,
            from_page,
            was_connected: false,
            page_knows_played: false,
            is_closing: false,
            messages: (MESSAGES, opened),
        }
    }

    /// The page is there, for the first time or again. Tells both sides.
    pub fn connect(&mut self, transport: Transport) -> Result<(), Cut> {
        let resumed = std::mem::replace(&mut self.was_connected, true);
        self.page_knows_played = transport == Transport::Websocket;
        self.clock.restart();
        self.outbox.rewind();
        let ready = serde_json::json!({ "type": "ready", "link": self.id.0, "resumed": resumed });
        self.outbox.say_first(ready.to_string());
        self.tell(match resumed {
            false => FromPage::Connected { transport },
            true => FromPage::Back { transport },
        })
    }

    /// The page is gone.
    pub fn lose(&mut self) -> Result<(), Cut> {
        match self.was_connected {
            true => self.tell(FromPage::Lost),
            false => Err(Cut::Unheard),
        }
    }

    /// Passes a frame on that came at a moment. Sound that cannot be placed, or that nobody takes in time, is left out.
    pub fn hear(&mut self, media_ms: u64, frame: HeardFrame, came: Instant) {
        let now_ms = came.duration_since(self.opened).as_millis() as u64;
        let Some(at_ms) = self.clock.place(media_ms, FRAME_MS, now_ms) else { return };
        if self.from_page.capacity() > KEPT_FREE {
            let HeardFrame { pcm, concealed, packets, .. } = frame;
            let _ = self.from_page.try_send(FromPage::Audio { at_ms, pcm, concealed, packets });
        }
    }

    /// Takes a message of the page.
    pub fn read(&mut self, text: String) -> Result<(), Cut> {
        let (left, since) = self.messages;
        let refilled = left + since.elapsed().as_secs_f64() * MESSAGES_PER_SECOND;
        self.messages = (refilled.min(MESSAGES) - 1.0, Instant::now());
        if self.messages.0 < 0.0 {
            return Err(Cut::Offence);
        }
        match control::read(&text).ok_or(Cut::Offence)? {
            Control::Played { reply, ms } if self.page_knows_played => self.played(reply, ms),
            Control::Played { .. } => Ok(()),
            Control::Stats(stats) => self.note(stats),
            Control::Hello(_) | Control::Other => self.tell(FromPage::Message(text)),
        }
    }

    /// So much of a reply has sounded.
    pub fn played(&mut self, reply: u64, ms: u64) -> Result<(), Cut> {
        self.outbox.heard(reply, ms);
        self.tell(FromPage::Played { reply, ms })
    }

    /// How good the line is. Numbers that are none count as nothing.
    pub fn note(&mut self, stats: LineStats) -> Result<(), Cut> {
        let sane = |number: f32, most: f32| if number.is_finite() { number.clamp(0.0, most) } else { 0.0 };
        self.tell(FromPage::Stats(LineStats {
            rtt_ms: sane(stats.rtt_ms, 60_000.0),
            jitter_ms: sane(stats.jitter_ms, 60_000.0),
            loss: sane(stats.loss, 1.0),
        }))
    }

    /// Takes over what is to be sent.
    pub fn stage(&mut self, to_page: ToPage) -> Result<(), Cut> {
        match to_page {
            ToPage::Audio { reply, from_ms, sound } => {
                if self.outbox.add(reply, from_ms, &sound).is_err() {
                    tracing::warn!(reply, "a reply of more than three minutes was cut");
                }
            }
            ToPage::End { .. } => self.outbox.finish(),
            ToPage::Message(text) => self.outbox.say(text).map_err(|_| Cut::Unheard)?,
            ToPage::Clear => {
                if let Some((reply, ms)) = self.outbox.clear() {
                    self.tell(FromPage::Played { reply, ms })?;
                }
            }
            ToPage::Close => self.is_closing = true,
        }
        Ok(())
    }

    /// Whether the link ends as soon as its messages are sent.
    pub fn is_closing(&self) -> bool {
        self.is_closing
    }

    /// Whether nobody holds the link any more.
    pub fn is_abandoned(&self) -> bool {
        self.from_page.is_closed()
    }

    /// Waits for another transport. Keeps what is to be sent meanwhile.
    pub async fn wait(&mut self, grace: Duration) -> Ended {
        let end = tokio::time::sleep(grace);
        tokio::pin!(end);
        loop {
            tokio::select! {
                biased;
                () = self.superseded.cancelled() => return Ended::Over,
                taker = self.takeover.recv() => return taker.map_or(Ended::Over, Ended::Taken),
                () = &mut end => return Ended::Over,
                to_page = self.to_page.recv() => {
                    let Some(to_page) = to_page else { return Ended::Over };
                    if self.stage(to_page).is_err() || self.is_closing {
                        return Ended::Over;
                    }
                }
            }
        }
    }

    fn tell(&self, from_page: FromPage) -> Result<(), Cut> {
        self.from_page.try_send(from_page).map_err(|_| Cut::Unheard)
    }
}
