//! Packets that come late, twice, out of order, never, or from somebody who means harm.

use proptest::prelude::*;

use super::*;
use crate::audio::Level;
use crate::codec::{SpeechEncoder, encode_heard};

/// A second of a voice-like tone as packets of 20 ms.
fn packets() -> Vec<Packet> {
    let pcm: Vec<i16> = (0..16_000)
        .map(|at| {
            let phase = at as f32 * std::f32::consts::TAU / 16_000.0;
            ((phase * 140.0).sin() * 5_000.0 + (phase * 560.0).sin() * 3_000.0) as i16
        })
        .collect();
    let mut packets = Vec::new();
    let mut encoder: SpeechEncoder = encode_heard();
    encoder.push(&pcm, &mut packets);
    packets
}

struct Line {
    hearing: Hearing,
    start: Instant,
    heard: Vec<HeardFrame>,
}

impl Line {
    fn new() -> Self {
        Self { hearing: Hearing::default(), start: Instant::now(), heard: Vec::new() }
    }

    /// Sends packet `index`, which comes `late_ms` after its time.
    fn send(&mut self, packets: &[Packet], index: u64, late_ms: u64) {
        let payload = packets[index as usize].bytes().clone();
        let at = self.start + Duration::from_millis(index * 20 + late_ms);
        let packet = Arrived { sequence: 1_000 + index, ticks: 7_000 + index * 960, payload, at };
        self.hearing.arrive(packet, &mut self.heard);
    }

    /// Where the frames stand, 20 ms each, and whether they were made up.
    fn places(&self) -> Vec<(u64, bool)> {
        self.heard.iter().map(|frame| ((frame.ticks - 7_000) / 960, frame.concealed)).collect()
    }
}

#[test]
fn a_clean_line_is_heard_as_it_comes() {
    let (packets, mut line) = (packets(), Line::new());
    for index in 0..50 {
        line.send(&packets, index, 30);
        assert_eq!(line.heard.len() as u64, index + 1, "without waiting");
    }
    assert_eq!(line.places(), (0..50).map(|at| (at, false)).collect::<Vec<_>>());
    assert!(line.heard.iter().enumerate().all(|(at, frame)| frame.packets == [packets[at].clone()]));
    let loud = Level::of(&line.heard[25].pcm[..]).dbfs();
    assert!((-20.0..-12.0).contains(&loud), "{loud}");
    assert_eq!(line.hearing.stats().lost, 0);
}

#[test]
fn what_overtakes_waits_and_what_comes_too_late_is_left_out() {
    let (packets, mut line) = (packets(), Line::new());
    for index in [0, 1, 3, 2, 4, 4, 1] {
        line.send(&packets, index, 0);
    }
    assert_eq!(line.places(), (0..5).map(|at| (at, false)).collect::<Vec<_>>());
    assert_eq!(line.hearing.due(), None);
}

#[test]
fn a_lost_packet_is_made_up_after_sixty_milliseconds_or_three_packets() {
    let (packets, mut line) = (packets(), Line::new());
    for index in [0, 1, 2, 4] {
        line.send(&packets, index, 0);
    }
    let due = line.hearing.due().expect("something waits");
    assert_eq!(due, line.start + Duration::from_millis(80 + 60));
    line.hearing.give_up(due - Duration::from_millis(1), &mut line.heard);
    assert_eq!(line.places().len(), 3);
    line.hearing.give_up(due, &mut line.heard);
    let mut places: Vec<_> = (0..5).map(|at| (at, at == 3)).collect();
    assert_eq!(line.places(), places);
    // Two more are lost; three that came after them are proof enough.
    for index in [7, 8, 9] {
        line.send(&packets, index, 0);
    }
    places.extend((5..10).map(|at| (at, at < 7)));
    assert_eq!(line.places(), places);
    let loud = |at: usize| Level::of(&line.heard[at].pcm[..]).dbfs();
    assert!(loud(3) > loud(2) - 6.0, "what was made up sounds like what was there: {} {}", loud(2), loud(3));
    assert!(line.heard[3].packets.is_empty());
    assert_eq!(line.hearing.stats().lost, 3);
}

#[test]
fn a_long_gap_is_left_out_and_stays_a_gap() {
    let (packets, mut line) = (packets(), Line::new());
    for index in [0, 1, 30, 31, 32] {
        line.send(&packets, index, 0);
    }
    let places: Vec<_> = line.places().into_iter().map(|(at, _)| at).collect();
    assert_eq!(places, [0, 1, 30, 31, 32]);
}

#[test]
fn packets_that_only_probe_the_line_make_no_sound() {
    let (packets, mut line) = (packets(), Line::new());
    let mut sequence = 0;
    for (index, packet) in packets.iter().enumerate() {
        for payload in [packet.bytes().clone(), Arc::from([])] {
            sequence += 1;
            // One probe in four is lost, which leaves no gap in the sound.
            if payload.is_empty() && index % 4 == 0 {
                continue;
            }
            let at = line.start + Duration::from_millis(index as u64 * 20);
            let packet = Arrived { sequence, ticks: 7_000 + index as u64 * 960, payload, at };
            line.hearing.arrive(packet, &mut line.heard);
        }
    }
    let at = line.start + Duration::from_secs(9);
    line.hearing.give_up(at, &mut line.heard);
    assert_eq!(line.places(), (0..50).map(|at| (at, false)).collect::<Vec<_>>());
}

#[test]
fn packets_of_other_lengths_become_the_same_frames() {
    for (frame, chunk) in [(160, 25), (960, 4)] {
        let mut encoder =
            ropus::Encoder::builder(16_000, Channels::Mono, ropus::Application::Voip).build().expect("fits");
        let mut line = Line::new();
        for index in 0..chunk as u64 {
            let mut room = [0; 1_500];
            let bytes = encoder.encode(&vec![900; frame], &mut room).expect("encodes");
            let (ticks, at) = (7_000 + index * frame as u64 * 3, line.start);
            let packet = Arrived { sequence: index, ticks, payload: Arc::from(&room[..bytes]), at };
            line.hearing.arrive(packet, &mut line.heard);
        }
        let whole = (frame * chunk / HEARD_FRAME) as u64;
        assert_eq!(line.places(), (0..whole).map(|at| (at, false)).collect::<Vec<_>>());
        let packets: usize = line.heard.iter().map(|frame| frame.packets.len()).sum();
        assert!(packets >= chunk - 1, "{packets} of {chunk}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_comes_over_the_line_breaks_it(
        sent in prop::collection::vec(
            (any::<u64>(), 0..40_u64, any::<u64>(), prop::collection::vec(any::<u8>(), 0..80), any::<bool>()), 1..30)
    ) {
        let mut line = Line::new();
        for (index, (wild, near, ticks, payload, is_near)) in sent.into_iter().enumerate() {
            let at = line.start + Duration::from_millis(index as u64 * 20);
            let (sequence, ticks) = if is_near { (near, near * 960) } else { (wild, ticks) };
            line.hearing.arrive(Arrived { sequence, ticks, payload: payload.into(), at }, &mut line.heard);
            line.hearing.give_up(at, &mut line.heard);
            prop_assert!(line.hearing.waiting.len() < REORDER_PACKETS);
            prop_assert!(line.hearing.pcm.len() < HEARD_FRAME);
        }
        prop_assert!(line.heard.len() < 30 * (6 + 5 * 6));
    }
}
