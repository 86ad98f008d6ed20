//! The line over a WebSocket: samples up, samples down, messages both ways.
//!
//! The page holds the sound that it has not played, so that it is sent faster than it sounds: a stall of the
//! connection is not heard. Bytes of both directions are described in `docs/voice-media.md`.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::beside::{Beside, FromBeside, Stalls, Twice, hand_over};
use super::control::{self, Control};
use super::core::{Cut, Ended, LinkCore};
use super::outbox::{Outbox, SliceSound};
use super::{Hello, LinkError, LinkId, Links, Opened, PROTOCOL_VERSION, ToPage, Transport};
use crate::audio::{FRAME_MS, HEARD_FRAME, SPOKEN_FRAME};
use crate::codec::{HeardFrame, SpeechDecoder, TICKS_PER_MS};

/// Bytes of a frame of the page: its number, and 320 samples.
const FRAME_BYTES: usize = 4 + HEARD_FRAME * 2;
/// Sound that the page holds, at most, ms.
const AHEAD_MS: u64 = 10_000;
/// Sound that is needed soon, ms: what lies beyond has time to be sent again.
const URGENT_MS: u64 = 500;
/// Frames that go down in one message: 100 ms.
const FRAMES_TOGETHER: usize = 5;
/// How long a page has to introduce itself.
const GREETING: Duration = Duration::from_secs(5);
/// Frames that are missing between two, and are made up; more are left out.
const CONCEALED: u32 = 5;

/// What comes over the connection.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketFrom {
    /// A text message.
    Text(String),
    /// A binary message.
    Binary(Vec<u8>),
}

/// What goes over it.
#[derive(Clone, Debug, PartialEq)]
pub enum SocketTo {
    /// A text message.
    Text(String),
    /// A binary message.
    Binary(Vec<u8>),
    /// The end, with a code of RFC 6455 and why.
    Close {
        /// 1000 over, 1001 the server stops, 1008 what the page sent was refused, 4001 the interview goes on elsewhere.
        code: u16,
        /// A name of ours.
        reason: &'static str,
    },
}

/// A connection as this crate sees it: whoever speaks HTTP moves messages between it and the network. `incoming` ends
/// when the connection does.
#[derive(Debug)]
pub struct Socket {
    /// From the page.
    pub incoming: mpsc::Receiver<SocketFrom>,
    /// To the page.
    pub outgoing: mpsc::Sender<SocketTo>,
}

impl Socket {
    /// A connection and its far end, for whoever speaks HTTP: (to here, from here).
    pub fn pair() -> (Self, mpsc::Sender<SocketFrom>, mpsc::Receiver<SocketTo>) {
        let (from_far, incoming) = mpsc::channel(32);
        let (outgoing, to_far) = mpsc::channel(8);
        (Self { incoming, outgoing }, from_far, to_far)
    }
}

impl Links {
    /// Opens a line over a connection for `owner`, lets a page that says `resume` come back to the one it had, or takes
    /// the frames of a line that the page names as `beside` from this connection too.
    ///
    /// # Errors
    /// What the page has to be told; the connection is closed then.
    pub async fn open_socket(&self, owner: &str, mut socket: Socket) -> Result<Opened, LinkError> {
        let greeted = self.greet(owner, &mut socket).await;
        let (core, link, text) = match greeted {
            Ok(Greeted::Line { core, link, text }) => (core, link, text),
            Ok(Greeted::Beside { id, beside }) => {
                self.spawn(hand_over(socket, beside));
                return Ok(Opened { id, link: None });
            }
            Err(error) => {
                let (code, reason) = match error {
                    LinkError::Full => (1013, "full"),
                    LinkError::Gone => (4004, "gone"),
                    LinkError::NoHello => (1008, "no_hello"),
                    LinkError::Version => (4000, "version"),
                };
                let _ = socket.outgoing.try_send(SocketTo::Close { code, reason });
                return Err(error);
            }
        };
        let id = core.id.clone();
        let silent = Duration::from_millis(self.options().silent_line_ms);
        let is_stopping = self.shutdown().clone();
        self.carry(id.clone(), async move { Pump::new(core, socket, silent, is_stopping).run(text).await });
        Ok(Opened { id, link })
    }

    async fn greet(&self, owner: &str, socket: &mut Socket) -> Result<Greeted, LinkError> {
        let first = tokio::time::timeout(GREETING, socket.incoming.recv()).await;
        let Ok(Some(SocketFrom::Text(text))) = first else { return Err(LinkError::NoHello) };
        let Some(Control::Hello(Hello { version, resume, beside, .. })) = control::read(&text) else {
            return Err(LinkError::NoHello);
        };
        if version != PROTOCOL_VERSION {
            return Err(LinkError::Version);
        }
        if let Some(id) = beside {
            let beside = self.beside(owner, &id)?;
            return Ok(Greeted::Beside { id, beside });
        }
        match resume {
            Some(id) => Ok(Greeted::Line { core: self.take_over(owner, &id).await?, link: None, text }),
            None => self.open(owner).map(|(core, link)| Greeted::Line { core, link: Some(link), text }),
        }
    }
}

/// What a page wants that has introduced itself.
enum Greeted {
    /// A line, with `link` for a new one.
    Line { core: Box<LinkCore>, link: Option<super::Link>, text: String },
    /// To send the frames of a line that it has here too.
    Beside { id: LinkId, beside: Beside },
}

/// Reads a binary message of the page: the number of the frame, and its samples. `None` for any other size.
pub fn parse_socket_frame(bytes: &[u8]) -> Option<(u32, Box<[i16; HEARD_FRAME]>)> {
    if bytes.len() != FRAME_BYTES {
        return None;
    }
    let (number, samples) = bytes.split_first_chunk::<4>()?;
    let mut pcm = Box::new([0; HEARD_FRAME]);
    for (sample, bytes) in pcm.iter_mut().zip(samples.as_chunks::<2>().0) {
        *sample = i16::from_le_bytes(*bytes);
    }
    Some((u32::from_le_bytes(*number), pcm))
}

pub(crate) struct Pump {
    pub core: Box<LinkCore>,
    socket: Socket,
    silent: Duration,
    is_stopping: CancellationToken,
    next: Option<u32>,
    last: Option<Box<[i16; HEARD_FRAME]>>,
    decoder: Option<Box<SpeechDecoder>>,
    stalls: Stalls,
    twice: Twice,
}

impl Pump {
    pub fn new(
        core: Box<LinkCore>,
        socket: Socket,
        silent: Duration,
        is_stopping: CancellationToken,
    ) -> Self {
        let (stalls, twice) = (Stalls::default(), Twice::default());
        Self { core, socket, silent, is_stopping, next: None, last: None, decoder: None, stalls, twice }
    }

    async fn run(mut self, hello: String) -> (Box<LinkCore>, Ended) {
        let begun = self.core.connect(Transport::Websocket).and_then(|()| self.core.read(hello));
        let ended = match begun {
            Ok(()) => self.pump().await,
            Err(cut) => Err(cut),
        };
        let close = match &ended {
            Ok(Ended::Taken(_)) => Some((4001, "elsewhere")),
            Ok(Ended::Over) if self.is_stopping.is_cancelled() => Some((1001, "stopping")),
            Ok(Ended::Over) if self.core.superseded.is_cancelled() => Some((4001, "elsewhere")),
            Ok(Ended::Over) => Some((1000, "over")),
            Ok(Ended::Lost) => None,
            Err(Cut::Unheard) if self.core.is_abandoned() => Some((1000, "over")),
            Err(Cut::Offence) => Some((1008, "refused")),
            Err(Cut::Unheard) => Some((1011, "unheard")),
        };
        if let Some((code, reason)) = close {
            // A page that takes nothing does not take this either.
            let close = self.socket.outgoing.send(SocketTo::Close { code, reason });
            let _ = tokio::time::timeout(Duration::from_millis(200), close).await;
        }
        (self.core, ended.unwrap_or(Ended::Over))
    }

    async fn pump(&mut self) -> Result<Ended, Cut> {
        let silence = tokio::time::sleep(self.silent);
        tokio::pin!(silence);
        let outgoing = self.socket.outgoing.clone();
        loop {
            let core = &mut self.core;
            let has_sound = core.outbox.has_frame() && core.outbox.ahead_ms() < AHEAD_MS;
            let has_word = core.outbox.has_message();
            if core.is_closing() && !has_word {
                return Ok(Ended::Over);
            }
            tokio::select! {
                biased;
                () = core.superseded.cancelled() => return Ok(Ended::Over),
                taker = core.takeover.recv() => return Ok(taker.map_or(Ended::Over, Ended::Taken)),
                from = self.socket.incoming.recv() => {
                    let Some(from) = from else { return Ok(Ended::Lost) };
                    silence.as_mut().reset(Instant::now() + self.silent);
                    match from {
                        SocketFrom::Text(text) => core.read(text)?,
                        SocketFrom::Binary(bytes) => self.hear(&bytes)?,
                    }
                }
                Some(from) = core.beside.recv() => match from {
                    FromBeside::Opened(second) => self.twice.open(second),
                    FromBeside::Frame(bytes) => self.hear_beside(&bytes),
                },
                to_page = core.to_page.recv() => match to_page {
                    Some(to_page) => core.stage(to_page)?,
                    None => return Ok(Ended::Over),
                },
                room = outgoing.reserve(), if has_word || has_sound => {
                    let Ok(room) = room else { return Ok(Ended::Lost) };
                    let is_urgent = has_word || core.outbox.ahead_ms() < URGENT_MS;
                    let message = match core.outbox.next_message() {
                        Some(text) => SocketTo::Text(text),
                        None => SocketTo::Binary(next_sound(&mut core.outbox, &mut self.decoder)),
                    };
                    self.twice.send(&message, is_urgent);
                    room.send(message);
                }
                () = &mut silence => return Ok(Ended::Lost),
            }
        }
    }

    /// Takes a binary message of the page.
    pub fn hear(&mut self, bytes: &[u8]) -> Result<(), Cut> {
        let (number, pcm) = parse_socket_frame(bytes).ok_or(Cut::Offence)?;
        if self.stalls.note(number, Instant::now()) {
            let send_twice = serde_json::json!({ "type": "send_twice" });
            self.core.stage(ToPage::Message(send_twice.to_string()))?;
        }
        let missing = number.wrapping_sub(self.next.unwrap_or(number));
        // A number that was there before: twice the same is no sound.
        if missing > u32::MAX / 2 {
            return Ok(());
        }
        if (1..=CONCEALED).contains(&missing) {
            self.conceal(number, missing);
        }
        self.take(number, pcm);
        Ok(())
    }

    /// Takes a frame of the second connection when it is the one that is waited for. What is missing before it comes on
    /// the first one, which has everything.
    pub fn hear_beside(&mut self, bytes: &[u8]) {
        let Some((number, pcm)) = parse_socket_frame(bytes) else { return };
        if self.next == Some(number) {
            self.take(number, pcm);
        }
    }

    fn take(&mut self, number: u32, pcm: Box<[i16; HEARD_FRAME]>) {
        self.next = Some(number.wrapping_add(1));
        self.pass_on(number, pcm.clone(), false);
        self.last = Some(pcm);
    }

    /// Lets the frame before the gap fade away: a hole clicks, and the recogniser hears a letter in it.
    fn conceal(&mut self, number: u32, missing: u32) {
        let Some(last) = self.last.take() else { return };
        for lost in 0..missing {
            let mut pcm = last.clone();
            for (at, sample) in pcm.iter_mut().enumerate() {
                let gone =
                    (lost as usize * HEARD_FRAME + at) as f32 / (missing as usize * HEARD_FRAME) as f32;
                *sample = (f32::from(*sample) * (1.0 - gone)) as i16;
            }
            self.pass_on(number.wrapping_sub(missing - lost), pcm, true);
        }
    }

    fn pass_on(&mut self, number: u32, pcm: Box<[i16; HEARD_FRAME]>, concealed: bool) {
        let media_ms = u64::from(number) * FRAME_MS;
        let ticks = media_ms * TICKS_PER_MS;
        let frame = HeardFrame { ticks, pcm, concealed, packets: Vec::new() };
        self.core.hear(media_ms, frame, Instant::now());
    }
}

/// Up to 100 ms of one reply: its number, where it begins, and samples at 24 kHz.
fn next_sound(outbox: &mut Outbox, decoder: &mut Option<Box<SpeechDecoder>>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + FRAMES_TOGETHER * SPOKEN_FRAME * 2);
    let mut reply = None;
    for _ in 0..FRAMES_TOGETHER {
        if reply.is_some_and(|reply| outbox.next_reply() != Some(reply)) {
            break;
        }
        let Some(slice) = outbox.next_frame() else { break };
        if reply.is_none() {
            bytes.extend_from_slice(&(slice.reply as u32).to_le_bytes());
            bytes.extend_from_slice(&(slice.at_ms.min(u64::from(u32::MAX)) as u32).to_le_bytes());
            reply = Some(slice.reply);
        }
        let samples = match &slice.sound {
            SliceSound::Pcm(pcm) => **pcm,
            SliceSound::Opus(packet) => decoder.get_or_insert_default().decode(packet),
        };
        bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    }
    bytes
}
