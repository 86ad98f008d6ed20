//! A second connection of a line. What is lost on one connection holds up all that is behind it, so where that happens
//! often frames and what they are answered with go over two, and what comes first counts.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::socket::{Socket, SocketFrom, SocketTo};

/// Frames of the second connection that wait for their line.
pub(super) const WAITING: usize = 16;
/// Between two frames that follow each other there are 20 ms. A segment that is sent again takes a round trip longer.
const STALL: Duration = Duration::from_millis(80);
/// As many in so short a time are no accident of a page that is busy.
const STALLS: usize = 6;
/// See [`STALLS`].
const WITHIN: Duration = Duration::from_secs(30);

/// What comes of a second connection.
#[derive(Debug)]
pub(crate) enum FromBeside {
    /// It is there, and takes what is sent.
    Opened(mpsc::Sender<SocketTo>),
    /// A binary message.
    Frame(Vec<u8>),
}

/// Where a second connection belongs.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    pub line: mpsc::Sender<FromBeside>,
    /// Another one has taken its place: a line has one at a time.
    pub superseded: CancellationToken,
}

/// Hands the frames of a second connection to its line, until one of them ends.
pub(super) async fn hand_over(Socket { mut incoming, outgoing }: Socket, beside: Beside) {
    // A line over WebRTC takes nothing from here: nobody waits for that.
    if beside.line.try_send(FromBeside::Opened(outgoing)).is_err() {
        return;
    }
    loop {
        let from = tokio::select! {
            from = incoming.recv() => from,
            () = beside.line.closed() => return,
            () = beside.superseded.cancelled() => return,
        };
        match from {
            // A line that is just gone takes none, and needs none.
            Some(SocketFrom::Binary(frame)) => drop(beside.line.try_send(FromBeside::Frame(frame))),
            Some(SocketFrom::Text(_)) => {}
            None => return,
        }
    }
}

/// Sends what goes over the first connection on the second one too, by its number there: from 1 on.
#[derive(Debug, Default)]
pub(super) struct Twice {
    number: u32,
    second: Option<mpsc::Sender<SocketTo>>,
}

impl Twice {
    /// There is a second connection; one that was there before is let go.
    pub fn open(&mut self, second: mpsc::Sender<SocketTo>) {
        self.second = Some(second);
    }

    /// Takes note of a message of the first connection, and sends it on the second when it is `urgent`. One that does not
    /// take it goes without: the first one has everything.
    pub fn send(&mut self, message: &SocketTo, urgent: bool) {
        self.number = self.number.wrapping_add(1);
        let Some(second) = self.second.as_ref().filter(|_| urgent) else { return };
        let numbered = match message {
            SocketTo::Text(text) => {
                SocketTo::Text(format!(r#"{{"number":{},"message":{text}}}"#, self.number))
            }
            SocketTo::Binary(bytes) => {
                SocketTo::Binary([&self.number.to_le_bytes(), bytes.as_slice()].concat())
            }
            SocketTo::Close { .. } => return,
        };
        if let Err(TrySendError::Closed(_)) = second.try_send(numbered) {
            self.second = None;
        }
    }
}

/// How often the frames of one connection are held up.
#[derive(Debug, Default)]
pub(super) struct Stalls {
    last: Option<(u32, Instant)>,
    seen: VecDeque<Instant>,
    is_told: bool,
}

impl Stalls {
    /// Takes note of a frame. True once: when a second connection would help.
    pub fn note(&mut self, number: u32, came: Instant) -> bool {
        let before = self.last.replace((number, came));
        // A microphone that was off leaves out numbers.
        let is_stall = before
            .is_some_and(|(last, at)| number == last.wrapping_add(1) && came.duration_since(at) >= STALL);
        if self.is_told || !is_stall {
            return false;
        }
        self.seen.push_back(came);
        if self.seen.len() < STALLS {
            return false;
        }
        let first = self.seen.pop_front();
        self.is_told = first.is_some_and(|first| came.duration_since(first) <= WITHIN);
        self.is_told
    }
}
