//! Lines to the page. What holds a conversation has a [`Link`]; WebSocket and WebRTC stand behind it.
//!
//! A link outlives its transport. When that is gone the link says [`FromPage::Lost`], keeps what was to be said, and
//! waits [`LinkOptions::grace_ms`] for the page to come back by its id; then it ends.

mod beside;
mod clock;
mod control;
mod core;
mod outbox;
mod registry;
mod socket;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::audio::HEARD_FRAME;
use crate::codec::Packet;

pub(crate) use self::core::{Cut, Ended, LinkCore};
pub(crate) use clock::HeardClock;
pub use control::{Hello, PROTOCOL_VERSION};
pub(crate) use outbox::SliceSound;
pub use registry::{LinkError, Links, Opened};
pub(crate) use socket::Pump;
pub use socket::{Socket, SocketFrom, SocketTo, parse_socket_frame};

/// What a page is known by when it comes back: hard to guess.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkId(pub String);

/// Which way the sound goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Opus over UDP.
    Webrtc,
    /// Samples over the connection of the page.
    Websocket,
}

/// One end of a line. Dropping `outgoing` hangs up; `incoming` ends when the line does.
#[derive(Debug)]
pub struct Link {
    /// Its name.
    pub id: LinkId,
    /// When it was opened: the beginning of its clock.
    pub opened: Instant,
    /// What comes from the page.
    pub incoming: mpsc::Receiver<FromPage>,
    /// What goes to the page.
    pub outgoing: mpsc::Sender<ToPage>,
}

/// What comes from the page, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum FromPage {
    /// Sound can flow. Comes once, first.
    Connected {
        /// Which way.
        transport: Transport,
    },
    /// 20 ms of the candidate.
    Audio {
        /// When it was spoken, ms since the link was opened. Grows by 20; by more where sound is missing, which is not
        /// silence.
        at_ms: u64,
        /// Mono samples at 16 kHz.
        pcm: Box<[i16; HEARD_FRAME]>,
        /// Whether it was made up for sound that was lost.
        concealed: bool,
        /// The Opus packets that begin in it; none over a WebSocket.
        packets: Vec<Packet>,
    },
    /// A message of the page, JSON with a `type`. Those that the line itself understands (`stats`, `played`) do not
    /// come here, `hello` does.
    Message(String),
    /// So much of a reply has sounded, ms from its beginning. A guess by what was sent over WebRTC, the page's own word
    /// over a WebSocket. Comes at least four times a second while a reply sounds, and once more when it is cleared.
    Played {
        /// Of which.
        reply: u64,
        /// How much.
        ms: u64,
    },
    /// The line is gone. [`FromPage::Back`] may follow; if not, the link ends.
    Lost,
    /// The line is back.
    Back {
        /// Which way now.
        transport: Transport,
    },
    /// How good the line is. About once in two seconds.
    Stats(LineStats),
}

/// How good a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LineStats {
    /// There and back, ms.
    pub rtt_ms: f32,
    /// Spread of the way here, ms.
    pub jitter_ms: f32,
    /// Share of packets lost on the way here since the last report, 0..=1.
    pub loss: f32,
}

/// What goes to the page.
#[derive(Clone, Debug)]
pub enum ToPage {
    /// Sound of a reply. Pieces of one reply follow each other without a gap in time.
    Audio {
        /// Of which.
        reply: u64,
        /// Where in the reply the piece begins, ms. Counts for the first piece only, and after [`ToPage::Clear`].
        from_ms: u64,
        /// It.
        sound: Sound,
    },
    /// The reply has no more sound: what does not fill a frame goes too.
    End {
        /// Which.
        reply: u64,
    },
    /// A message for the page, JSON. Kept while the line is gone.
    Message(String),
    /// Whatever sound was not sent yet is not wanted any more.
    Clear,
    /// Ends the link after what was said before.
    Close,
}

/// Sound of the interviewer.
#[derive(Clone, Debug)]
pub enum Sound {
    /// Mono samples at 24 kHz.
    Pcm(Arc<[i16]>),
    /// Packets of 20 ms. Over WebRTC they are sent as they are, over a WebSocket decoded.
    Opus(Arc<[Packet]>),
}

/// How patient a line is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LinkOptions {
    /// How long a link waits for a page that is gone, ms. Counts as 1 000..=60 000; default 15 000: an outage
    /// of 10 s is outlasted.
    pub grace_ms: u64,
    /// Links at once, those that wait included. Default 1 000.
    pub max_links: usize,
    /// How long nothing may come over a WebSocket before it counts as gone, ms. Default 6 000; the page says how good
    /// the line is every 2 000.
    pub silent_line_ms: u64,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { grace_ms: 15_000, max_links: 1_000, silent_line_ms: 6_000 }
    }
}
