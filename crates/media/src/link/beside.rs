//! A second connection for the sound of a page. What is lost on one connection holds up all that is behind it, so where
//! that happens often the page sends each frame on two, and the one that comes first counts.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::socket::{Socket, SocketFrom};

/// Frames of the second connection that wait for their line.
pub(super) const WAITING: usize = 16;
/// Between two frames that follow each other there are 20 ms. A segment that is sent again takes a round trip longer.
const STALL: Duration = Duration::from_millis(80);
/// As many in so short a time are no accident.
const STALLS: usize = 3;
/// See [`STALLS`].
const WITHIN: Duration = Duration::from_secs(30);

/// Where frames of a second connection go.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    pub frames: mpsc::Sender<Vec<u8>>,
    /// Another one has taken its place: a line has one at a time.
    pub superseded: CancellationToken,
}

/// Hands the frames of a second connection to its line, until one of them ends.
pub(super) async fn hand_over(mut socket: Socket, beside: Beside) {
    loop {
        let from = tokio::select! {
            from = socket.incoming.recv() => from,
            () = beside.frames.closed() => return,
            () = beside.superseded.cancelled() => return,
        };
        match from {
            // A line that is just gone takes none, and needs none.
            Some(SocketFrom::Binary(frame)) => drop(beside.frames.try_send(frame)),
            Some(SocketFrom::Text(_)) => {}
            None => return,
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
