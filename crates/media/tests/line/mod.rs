//! A page at the other end of a line.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use greenroom_media::link::{
    Link, LinkError, LinkId, LinkOptions, Links, Opened, Socket, SocketFrom, SocketTo,
};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Lines with names that can be told apart.
pub fn links(options: LinkOptions) -> Links {
    let next = AtomicU64::new(1);
    Links::new(options, move || format!("link-{}", next.fetch_add(1, Ordering::Relaxed)))
}

/// What a page says first.
pub fn hello(resume: Option<&LinkId>) -> String {
    serde_json::json!({ "type": "hello", "version": 1, "resume": resume }).to_string()
}

/// A frame of the page, every sample of it the same.
pub fn up(number: u32, sample: i16) -> SocketFrom {
    let mut bytes = number.to_le_bytes().to_vec();
    bytes.extend((0..320).flat_map(|_| sample.to_le_bytes()));
    SocketFrom::Binary(bytes)
}

pub struct Page {
    up: mpsc::Sender<SocketFrom>,
    down: mpsc::Receiver<SocketTo>,
}

impl Page {
    pub fn new(up: mpsc::Sender<SocketFrom>, down: mpsc::Receiver<SocketTo>) -> Self {
        Self { up, down }
    }

    /// Opens a line that must open.
    pub async fn open(links: &Links, owner: &str) -> (Self, Link) {
        let (page, opened) = Self::greet(links, owner, None).await;
        (page, opened.expect("a line").link.expect("a new one"))
    }

    pub async fn greet(
        links: &Links,
        owner: &str,
        resume: Option<&LinkId>,
    ) -> (Self, Result<Opened, LinkError>) {
        let (socket, up, down) = Socket::pair();
        up.send(SocketFrom::Text(hello(resume))).await.expect("open");
        let opened = links.open_socket(owner, socket).await;
        (Self { up, down }, opened)
    }

    /// Opens a second connection for the sound of a line.
    pub async fn beside(links: &Links, owner: &str, id: &LinkId) -> (Self, Result<Opened, LinkError>) {
        let (socket, up, down) = Socket::pair();
        let hello = serde_json::json!({ "type": "hello", "version": 1, "beside": id });
        up.send(SocketFrom::Text(hello.to_string())).await.expect("open");
        let opened = links.open_socket(owner, socket).await;
        (Self { up, down }, opened)
    }

    /// Sends; a line that has ended takes nothing.
    pub async fn send(&self, message: SocketFrom) {
        let _ = self.up.send(message).await;
    }

    pub async fn next(&mut self) -> Option<SocketTo> {
        timeout(Duration::from_millis(5), self.down.recv()).await.ok().flatten()
    }

    /// The next text; what else comes before it is passed over.
    pub async fn text(&mut self) -> String {
        loop {
            match self.next().await {
                Some(SocketTo::Text(text)) => return text,
                Some(_) => {}
                None => return String::new(),
            }
        }
    }

    /// The next sound: reply, where it begins in ms, samples.
    pub async fn sound(&mut self) -> Option<(u32, u32, Vec<i16>)> {
        loop {
            match self.next().await? {
                SocketTo::Binary(bytes) => {
                    let word =
                        |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
                    let samples =
                        bytes[8..].chunks(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
                    return Some((word(0), word(4), samples));
                }
                SocketTo::Text(_) => {}
                SocketTo::Close { .. } => return None,
            }
        }
    }

    /// How many pieces of sound come before a text that holds `word`.
    pub async fn sounds_before_text(&mut self, word: &str) -> usize {
        let mut sounds = 0;
        loop {
            match self.next().await {
                Some(SocketTo::Binary(_)) => sounds += 1,
                Some(SocketTo::Text(text)) if text.contains(word) => return sounds,
                Some(_) => {}
                None => return usize::MAX,
            }
        }
    }

    /// Whether the connection was cut without a word.
    pub async fn is_cut(&mut self) -> bool {
        matches!(timeout(Duration::from_millis(5), self.down.recv()).await, Ok(None))
    }

    /// How the line was closed.
    pub async fn close(&mut self) -> Option<(u16, &'static str)> {
        loop {
            if let SocketTo::Close { code, reason } = self.down.recv().await? {
                return Some((code, reason));
            }
        }
    }

    /// Until what was sent has been read.
    pub async fn settle(&self) {
        while self.up.capacity() < self.up.max_capacity() {
            tokio::task::yield_now().await;
        }
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }
}
