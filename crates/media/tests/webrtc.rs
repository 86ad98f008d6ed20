//! A line over WebRTC as the page and the conversation see it, over real sockets.

mod caller;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use caller::Caller;
use greenroom_media::audio::Level;
use greenroom_media::codec::{Packet, SpeechEncoder, encode_heard};
use greenroom_media::link::{
    FromPage, Link, LinkError, LinkId, LinkOptions, Links, Sound, ToPage, Transport,
};
use greenroom_media::webrtc::{Hub, OfferError, WebRtcOptions};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn hub(options: WebRtcOptions) -> (Hub, Links) {
    hub_with(options, LinkOptions::default())
}

fn hub_with(options: WebRtcOptions, of_links: LinkOptions) -> (Hub, Links) {
    let next = AtomicU64::new(1);
    let links = Links::new(of_links, move || format!("link-{}", next.fetch_add(1, Ordering::Relaxed)));
    (Hub::bind(options, links.clone()).expect("a port"), links)
}

/// Connects a page; it has said hello.
async fn call(hub: &Hub, resume: Option<&LinkId>) -> (Caller, Option<Link>) {
    let (mut caller, offer) = Caller::new().await;
    let answered = hub.offer("interview", HERE, &offer, resume).expect("an answer");
    caller.accept(&answered.sdp);
    caller.until(|caller| caller.is_ready()).await;
    caller.write(r#"{"type":"hello","version":1}"#);
    (caller, answered.link)
}

fn tone(frames: usize, rate: f32) -> Vec<i16> {
    let samples = frames * rate as usize / 50;
    (0..samples)
        .map(|at| ((at as f32 * 300.0 * std::f32::consts::TAU / rate).sin() * 8_000.0) as i16)
        .collect()
}

fn spoken(frames: usize) -> Arc<[Packet]> {
    let mut packets = Vec::new();
    SpeechEncoder::default().push(&tone(frames, 24_000.0), &mut packets);
    packets.into()
}

fn said(frames: usize) -> Vec<Option<Arc<[u8]>>> {
    let mut packets = Vec::new();
    encode_heard().push(&tone(frames, 16_000.0), &mut packets);
    packets.iter().map(|packet| Some(packet.bytes().clone())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_sides_hear_each_other() {
    let (hub, links) = hub(WebRtcOptions::default());
    let (mut caller, link) = call(&hub, None).await;
    let mut link = link.expect("a new link");
    // Encoded first: what comes meanwhile would be read all at once. The page speaks for as long as it hears.
    let (packets, words) = (spoken(100), said(120));
    let opus = ToPage::Audio { reply: 4, from_ms: 0, sound: Sound::Opus(packets.clone()) };
    link.outgoing.send(opus).await.expect("open");
    link.outgoing.send(ToPage::Message(r#"{"type":"play","reply":4}"#.to_owned())).await.expect("open");
    // The tenth and eleventh of the page get lost.
    caller.say.extend(words);
    (caller.say[10], caller.say[11]) = (None, None);
    let mut told = Vec::new();
    caller
        .until(|caller| {
            told.extend(std::iter::from_fn(|| link.incoming.try_recv().ok()));
            let has_sounded = told.iter().any(|told| matches!(told, FromPage::Played { ms: 2_000, .. }));
            caller.say.is_empty() && caller.heard.len() == 100 && has_sounded
        })
        .await;

    assert_eq!(told[0], FromPage::Connected { transport: Transport::Webrtc });
    assert!(told.contains(&FromPage::Message(r#"{"type":"hello","version":1}"#.to_owned())));
    let frames: Vec<_> = told
        .iter()
        .filter_map(|told| match told {
            FromPage::Audio { at_ms, pcm, concealed, packets } => Some((at_ms, pcm, concealed, packets)),
            _ => None,
        })
        .collect();
    assert!(frames.len() >= 100, "{} of 120", frames.len());
    assert!(frames.windows(2).all(|pair| *pair[1].0 == pair[0].0 + 20), "one after the other");
    let made_up: Vec<_> = frames.iter().enumerate().filter(|(_, frame)| *frame.2).map(|(at, _)| at).collect();
    assert_eq!(made_up, [10, 11]);
    assert!(frames.iter().all(|frame| frame.3.len() == usize::from(!frame.2)), "packets come along");
    assert!(Level::of(&frames[20].1[..]).dbfs() > -20.0);

    assert!(caller.messages[0].contains(r#""type":"ready""#), "{:?}", caller.messages);
    assert!(caller.messages[1].contains("play"));
    let bytes: Vec<_> = caller.heard.iter().map(|got| got.payload.clone()).collect();
    assert_eq!(
        bytes,
        packets.iter().map(|packet| packet.bytes().clone()).collect::<Vec<_>>(),
        "as they were encoded"
    );
    // After a stall the rest goes on where time is.
    let steps: Vec<_> = caller.heard.windows(2).map(|pair| pair[1].ticks - pair[0].ticks).collect();
    assert!(steps.iter().all(|step| *step > 0 && step % 960 == 0), "{steps:?}");
    let took = caller.heard[99].at - caller.heard[0].at;
    assert!(took >= Duration::from_millis(1_500), "paced, not poured: {took:?}");
    let played: Vec<_> = told
        .iter()
        .filter_map(|told| if let FromPage::Played { ms, .. } = told { Some(*ms) } else { None })
        .collect();
    assert!(played.is_sorted() && played.len() <= 20, "now and then, not with each packet: {played:?}");
    links.shut_down().await;
    assert_eq!(links.count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_was_gone_goes_on_where_it_stopped_hearing() {
    let (hub, links) = hub(WebRtcOptions::default());
    let (mut caller, link) = call(&hub, None).await;
    let mut link = link.expect("a new link");
    let sound = Sound::Pcm(tone(500, 24_000.0).into());
    link.outgoing.send(ToPage::Audio { reply: 1, from_ms: 0, sound }).await.expect("open");
    caller.until(|caller| caller.heard.len() >= 20).await;
    // The page has lost its network; the server does not know yet.
    drop(caller);
    let gone = Instant::now();
    let (mut again, none) = call(&hub, Some(&link.id)).await;
    assert!(none.is_none());
    let mut told = Vec::new();
    again
        .until(|again| {
            told.extend(std::iter::from_fn(|| link.incoming.try_recv().ok()));
            let back = told.iter().position(|told| matches!(told, FromPage::Back { .. }));
            let sounds = |told: &FromPage| matches!(told, FromPage::Played { .. });
            again.heard.len() >= 20 && back.is_some_and(|back| told[back..].iter().any(sounds))
        })
        .await;
    let silent = gone.elapsed() - (again.heard.last().expect("some").at - again.heard[0].at);
    assert!(silent < Duration::from_secs(6), "{silent:?}");
    assert!(again.messages[0].contains(r#""resumed":true"#), "{:?}", again.messages);
    let played = |told: &[FromPage]| -> Vec<u64> {
        let ms = |told: &FromPage| if let FromPage::Played { ms, .. } = told { Some(*ms) } else { None };
        told.iter().filter_map(ms).collect()
    };
    let back = told.iter().position(|told| matches!(told, FromPage::Back { .. })).expect("it is back");
    let (before, after) = (played(&told[..back]), played(&told[back..]));
    assert!(before.is_sorted() && after.is_sorted(), "nothing is unheard: {before:?} {after:?}");
    let (last, first) = (before.last().copied().unwrap_or_default(), after[0]);
    assert!((last..=last + 1_000).contains(&first), "it goes on at {first} ms after {last} ms");
    let refused = hub.offer("another", HERE, &Caller::new().await.1, Some(&link.id));
    assert_eq!(refused.err(), Some(OfferError::NoLine(LinkError::Gone)));
    links.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_cleared_falls_silent_and_a_conversation_that_ends_closes_the_line() {
    let (hub, links) = hub(WebRtcOptions::default());
    let (mut caller, link) = call(&hub, None).await;
    let mut link = link.expect("a new link");
    // A page that is silent is soon taken for gone, and nothing counts as heard.
    let (sound, words) = (Sound::Opus(spoken(200)), said(100));
    link.outgoing.send(ToPage::Audio { reply: 1, from_ms: 0, sound }).await.expect("open");
    caller.say.extend(words);
    caller.until(|caller| caller.heard.len() >= 30).await;
    link.outgoing.send(ToPage::Clear).await.expect("open");
    link.outgoing.send(ToPage::Message(r#"{"type":"hush","reply":1}"#.to_owned())).await.expect("open");
    caller.until(|caller| caller.messages.iter().any(|message| message.contains("hush"))).await;
    let heard = caller.heard.len();
    assert!(heard < 150, "{heard} of 200");
    // So long as the page speaks, nothing more comes.
    caller.say.extend(said(20));
    caller.until(|caller| caller.say.is_empty()).await;
    assert_eq!(caller.heard.len(), heard, "it is silent");
    let mut last = 0;
    while let Ok(told) = link.incoming.try_recv() {
        if let FromPage::Played { ms, .. } = told {
            last = ms;
        }
    }
    assert!((80..=heard as u64 * 20).contains(&last), "{last} ms of {heard} packets were heard");
    drop(link);
    caller.until(|_| links.count() == 0).await;
}

#[tokio::test]
async fn a_thousand_offers_without_a_page_hold_little_and_not_for_long() {
    let advertise = vec!["127.0.0.1".to_owned(), "203.0.113.7".to_owned()];
    let options =
        WebRtcOptions { connect_timeout_ms: 500, max_pending: 64, advertise, ..WebRtcOptions::default() };
    let (hub, links) = hub(options);
    let offer = greenroom_media::fuzz::sample_offer();
    let mut refused = 0;
    for index in 0..1_000_u32 {
        let from = IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + index / 100));
        match hub.offer(&format!("interview {index}"), from, &offer, None) {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error, OfferError::Busy);
                refused += 1;
            }
        }
    }
    assert_eq!((hub.stats().pending, links.count(), refused), (64, 64, 1_000 - 64));
    let one = hub.offer("one more", IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000)), &offer, None);
    assert_eq!(one.err(), Some(OfferError::Busy));
    // They never come; somebody who does is let in afterwards.
    while links.count() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(hub.stats().pending, 0);
    let (caller, link) = call(&hub, None).await;
    assert!(caller.is_ready() && link.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_for_both_families_is_reached_over_both() {
    for own in ["127.0.0.1:0", "[::1]:0"] {
        let own = own.parse().expect("an address");
        let listen = "[::]:0".parse().expect("an address");
        let advertise = vec!["127.0.0.1".to_owned(), "::1".to_owned()];
        let (hub, _links) = hub(WebRtcOptions { listen, advertise, ..WebRtcOptions::default() });
        let (mut caller, offer) = Caller::at(own).await;
        let answered = hub.offer("interview", HERE, &offer, None).expect("an answer");
        caller.accept(&answered.sdp);
        caller.until(|caller| caller.is_ready()).await;
    }
}

#[tokio::test]
async fn a_page_elsewhere_is_told_when_the_port_is_for_this_machine_alone() {
    let (hub, links) = hub(WebRtcOptions::default());
    let offer = greenroom_media::fuzz::sample_offer();
    let refused = hub.offer("interview", IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9)), &offer, None);
    assert_eq!((refused.err(), links.count()), (Some(OfferError::Unreachable), 0));
    assert!(hub.offer("interview", HERE, &offer, None).is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_at_the_port_disturbs_nobody() {
    let (hub, _links) = hub(WebRtcOptions::default());
    let (mut caller, link) = call(&hub, None).await;
    let mut link = link.expect("a new link");
    let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    let mut seed = 7_u32;
    for round in 0..400_usize {
        let bytes: Vec<u8> = (0..round % 300)
            .map(|at| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Every other looks like RTP, RTCP, DTLS or STUN.
                if at == 0 && round % 2 == 0 {
                    [0x80, 0x81, 22, 0][round / 2 % 4]
                } else {
                    (seed >> 24) as u8
                }
            })
            .collect();
        stranger.send_to(&bytes, hub.bound()).await.expect("sent");
        caller.throw(&bytes, hub.bound()).await;
        if round % 20 == 19 {
            // A port that is not read in time loses what comes.
            caller.until(|_| hub.stats().unclaimed > round as u64).await;
        }
    }
    caller.say.extend(said(10));
    let mut frames = 0;
    caller
        .until(|_| {
            let told = std::iter::from_fn(|| link.incoming.try_recv().ok());
            frames += told.filter(|told| matches!(told, FromPage::Audio { .. })).count();
            frames >= 8
        })
        .await;
    assert_ne!(caller.address(), hub.bound());
}

#[tokio::test]
async fn an_offer_that_is_none_is_refused_in_words() {
    let (hub, links) = hub(WebRtcOptions::default());
    let refused = |sdp: &str| hub.offer("interview", HERE, sdp, None).err();
    assert_eq!(refused("hello"), Some(OfferError::Invalid("the offer is no SDP")));
    let spoilt = greenroom_media::fuzz::sample_offer().replace("a=fingerprint", "a=finger");
    assert_eq!(refused(&spoilt), Some(OfferError::Invalid("the offer cannot be read")));
    assert_eq!((hub.stats().pending, links.count()), (0, 0));
    let wrong = WebRtcOptions { advertise: vec!["greenroom.example".to_owned()], ..WebRtcOptions::default() };
    assert!(Hub::bind(wrong, links).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_can_have_heard_is_not_taken_for_heard() {
    let options = LinkOptions { silent_line_ms: 4_000, ..LinkOptions::default() };
    let (hub, _links) = hub_with(WebRtcOptions::default(), options);
    let (mut caller, link) = call(&hub, None).await;
    let mut link = link.expect("a new link");
    caller.say.extend(said(500));
    let sound = Sound::Pcm(tone(500, 24_000.0).into());
    link.outgoing.send(ToPage::Audio { reply: 1, from_ms: 0, sound }).await.expect("open");
    let mut played = 0;
    let mut note = |told| match told {
        FromPage::Played { ms, .. } => {
            played = ms;
            false
        }
        told => matches!(told, FromPage::Lost),
    };
    caller
        .until(|caller| {
            while let Ok(told) = link.incoming.try_recv() {
                assert!(!note(told), "the page is there");
            }
            caller.heard.len() >= 50
        })
        .await;
    // The network is gone: nothing of the page comes any more, and nothing arrives there.
    let heard_ms = caller.heard.len() as u64 * 20;
    let is_lost = async { while !note(link.incoming.recv().await.expect("a link")) {} };
    tokio::time::timeout(Duration::from_secs(10), is_lost).await.expect("it is noticed");
    assert!(played >= 400, "what was heard before counts: {played}");
    assert!(played < heard_ms + 2_000, "{played} of {heard_ms}");
}
