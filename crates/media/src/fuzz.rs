//! What strangers can send, each as a function over bytes. They do what the real way does and must never panic,
//! whatever the bytes; they are for a fuzzer, and for tests.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use str0m::net::{Protocol, Receive};
use str0m::{IceCreds, Input};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::audio::FRAME_MS;
use crate::codec::{Arrived, Hearing, Packet, TICKS_PER_MS};
use crate::link::{FromPage, HeardClock, LinkCore, LinkId, Pump, Socket, Transport};
use crate::webrtc::{Identity, addressee, agree, inspect_offer};

fn identity() -> &'static Identity {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    IDENTITY.get_or_init(|| Identity::make().expect("the system has random numbers"))
}

/// An offer of WebRTC. Says whether it was answered.
pub fn offer(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let addresses = [([127, 0, 0, 1], 5_000).into()];
    inspect_offer(text).is_ok_and(|sdp| agree(&sdp, identity(), &addresses).is_some())
}

/// Datagrams at the port and at a page that is connecting: pieces of a length of two bytes, little-endian, and as much.
/// The page's secret is known, so that requests to connect that were kept are let in.
pub fn datagrams(bytes: &[u8]) {
    let (own, page_at) = (([127, 0, 0, 1], 5_000).into(), ([127, 0, 0, 1], 5_001).into());
    let Some((mut rtc, _)) = agree(&sample_offer(), identity(), &[own]) else { return };
    rtc.direct_api().set_local_ice_credentials(known_secret());
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk() {
        let (datagram, after) = after.split_at(after.len().min(usize::from(u16::from_le_bytes(*length))));
        rest = after;
        let _ = addressee(datagram);
        let Ok(contents) = datagram.try_into() else { continue };
        let receive = Receive { proto: Protocol::Udp, source: page_at, destination: own, contents };
        if rtc.handle_input(Input::Receive(Instant::now(), receive)).is_err() {
            return;
        }
        while !matches!(rtc.poll_output(), Err(_) | Ok(str0m::Output::Timeout(_))) {}
    }
}

fn known_secret() -> IceCreds {
    IceCreds { ufrag: "ours".to_owned(), pass: "a secret of ours that is known".to_owned() }
}

/// RTP of a page as it is after decryption: pieces of number, time and packet.
pub fn sound(bytes: &[u8]) {
    let (mut hearing, mut clock, mut frames) = (Hearing::default(), HeardClock::default(), Vec::new());
    let start = Instant::now();
    for (at, piece) in bytes.chunks(48).enumerate() {
        let number = |from: usize| {
            piece.get(from..from + 8).map_or(at as u64, |eight| {
                eight.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
            })
        };
        let payload = piece.get(16..).unwrap_or_default();
        let _ = Packet::read(payload);
        let came = start + Duration::from_millis(at as u64 * 20);
        hearing.arrive(
            Arrived {
                sequence: number(0) >> (at % 64),
                ticks: number(8) >> (at % 64),
                payload: payload.into(),
                at: came,
            },
            &mut frames,
        );
        hearing.give_up(came, &mut frames);
    }
    // 120 ms of a packet, and as much made up for five that were lost.
    assert!(frames.len() <= bytes.len().div_ceil(48) * 36, "{} frames", frames.len());
    let mut heard_until = 0;
    for frame in frames {
        if let Some(at_ms) = clock.place(frame.ticks / TICKS_PER_MS, FRAME_MS, 1_000) {
            assert!(at_ms >= heard_until, "{at_ms} ms was heard before");
            heard_until = at_ms + FRAME_MS;
        }
    }
}

/// Messages of a page over a WebSocket, in its line: pieces of a kind (odd: text, every other even one: on a second
/// connection), a length of two bytes, little-endian, and as much. Whatever comes, sound is passed on in order and once,
/// and numbers are numbers.
pub fn socket(bytes: &[u8]) {
    let (from_page, mut told) = mpsc::channel(256);
    let ((_outgoing, to_page), (_takeover, taken)) = (mpsc::channel(1), mpsc::channel(1));
    let (_second, beside) = mpsc::channel(1);
    let superseded = CancellationToken::new();
    let core = LinkCore::new(LinkId("one".to_owned()), from_page, to_page, taken, beside, superseded);
    let (socket, _up, _down) = Socket::pair();
    let mut pump = Pump::new(Box::new(core), socket, Duration::from_secs(6), CancellationToken::new());
    let _ = pump.core.connect(Transport::Websocket);
    let (mut rest, mut heard_until) = (bytes, 0);
    while let Some(([kind, low, high], after)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_le_bytes([*low, *high])).min(after.len());
        let (piece, after) = after.split_at(length);
        rest = after;
        let taken = match (kind % 4, std::str::from_utf8(piece)) {
            (1 | 3, Ok(text)) => pump.core.read(text.to_owned()),
            (2, _) => {
                pump.hear_beside(piece);
                Ok(())
            }
            _ => pump.hear(piece),
        };
        while let Ok(told) = told.try_recv() {
            hold(&told, &mut heard_until);
        }
        if taken.is_err() {
            return;
        }
    }
}

fn hold(told: &FromPage, heard_until: &mut u64) {
    match told {
        FromPage::Audio { at_ms, .. } => {
            assert!(at_ms >= heard_until, "{at_ms} ms was heard before");
            *heard_until = at_ms + FRAME_MS;
        }
        FromPage::Stats(line) => {
            let is_sane = |number: f32, most: f32| (0.0..=most).contains(&number);
            assert!(is_sane(line.rtt_ms, 60_000.0) && is_sane(line.loss, 1.0), "{line:?}");
            assert!(is_sane(line.jitter_ms, 60_000.0), "{line:?}");
        }
        _ => {}
    }
}

/// An offer as a browser makes it, to start from.
pub fn sample_offer() -> String {
    let fingerprint = ["AB"; 32].join(":");
    format!(
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=msid-semantic: WMS\r\n\
         m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\n\
         a=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:actpass\r\na=mid:0\r\n\
         a=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n\
         a=ssrc:7 cname:x\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n\
         a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 {fingerprint}\r\n\
         a=setup:actpass\r\na=mid:1\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_sample_is_answered() {
        assert!(offer(sample_offer().as_bytes()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        /// A browser's offer with lines left out, doubled, moved and spoilt.
        #[test]
        fn no_offer_breaks_it(edits in prop::collection::vec((0..40_usize, 0..5_u8, any::<u32>()), 0..12)) {
            let mut lines: Vec<String> = sample_offer().lines().map(str::to_owned).collect();
            for (at, kind, seed) in edits {
                let at = at % lines.len().max(1);
                let other = seed as usize % lines.len().max(1);
                match kind {
                    _ if lines.is_empty() => break,
                    0 => drop(lines.remove(at)),
                    1 => lines.insert(at, lines[other].clone()),
                    2 => lines.swap(at, other),
                    3 => lines[at] = lines[at].replace(|c: char| c.is_ascii_digit(), &seed.to_string()),
                    _ => { let cut = other.min(lines[at].len()); lines[at].truncate(cut); }
                }
            }
            offer((lines.join("\r\n") + "\r\n").as_bytes());
        }

        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
            datagrams(&bytes);
            sound(&bytes);
            socket(&bytes);
            offer(&bytes);
        }
    }
}
