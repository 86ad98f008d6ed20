//! What strangers can send, each as a function over bytes. They do what the real way does and must never panic,
//! whatever the bytes; they are for a fuzzer, and for tests.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use str0m::Input;
use str0m::net::{Protocol, Receive};

use crate::codec::{Arrived, Hearing, Packet};
use crate::link::{HeardClock, parse_socket_frame};
use crate::webrtc::{Identity, addressee, agree, inspect_offer};

fn identity() -> &'static Identity {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    IDENTITY.get_or_init(|| Identity::make().expect("the system has random numbers"))
}

/// An offer of WebRTC. Says whether it was answered.
pub fn offer(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let addresses = [([127, 0, 0, 1], 9).into()];
    inspect_offer(text).is_ok_and(|sdp| agree(&sdp, identity(), &addresses).is_some())
}

/// Datagrams at the port and at a page that is connecting. The first byte of each piece says how long it is.
pub fn datagrams(bytes: &[u8]) {
    let own = ([127, 0, 0, 1], 9).into();
    let Some((mut rtc, _)) = agree(&sample_offer(), identity(), &[own]) else { return };
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first() {
        let (datagram, after) = after.split_at(after.len().min(usize::from(*length)));
        rest = after;
        let _ = addressee(datagram);
        let Ok(contents) = datagram.try_into() else { continue };
        let receive = Receive { proto: Protocol::Udp, source: own, destination: own, contents };
        if rtc.handle_input(Input::Receive(Instant::now(), receive)).is_err() {
            return;
        }
        while !matches!(rtc.poll_output(), Err(_) | Ok(str0m::Output::Timeout(_))) {}
    }
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
    for frame in frames {
        let _ = clock.place(frame.ticks / 48, 20, 1_000);
    }
}

/// Messages over a WebSocket: binary, and text.
pub fn socket(bytes: &[u8]) {
    let _ = parse_socket_frame(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        crate::link::read_message(text);
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
