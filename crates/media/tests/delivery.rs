//! How somebody spoke, against Praat and against what is known of the sound.

use std::io::Cursor;

use greenroom_media::Detector;
use greenroom_media::delivery::{
    Confidence, Context, Delivery, MeasureKey as Key, Meter, MomentKind, NotMeasured, SoundFrame, Turn,
    measure,
};

/// A track as samples at 16 kHz.
fn samples(opus: &[u8]) -> Vec<i16> {
    let mut reader = ogg::PacketReader::new(Cursor::new(opus));
    let mut decoder = ropus::Decoder::new(16_000, ropus::Channels::Mono).expect("a rate that Opus knows");
    let mut pcm = Vec::new();
    let packets = std::iter::from_fn(|| reader.read_packet().expect("a whole file")).skip(2);
    for packet in packets {
        let mut room = [0; 1_920];
        let made = decoder.decode(&packet.data, &mut room, ropus::DecodeMode::Normal).expect("speech");
        pcm.extend_from_slice(&room[..made]);
    }
    pcm
}

fn low_voice() -> Vec<i16> {
    samples(include_bytes!("fixtures/low_voice.opus"))
}

fn high_voice() -> Vec<i16> {
    samples(include_bytes!("fixtures/high_voice.opus"))
}

/// A little noise under everything, as rooms have it, of `rms` steps.
fn room(pcm: &mut [i16], rms: i32) {
    let mut seed = 5_u32;
    for sample in pcm {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = ((seed >> 16) as i32 - 32_768) * rms * 17 / 10 / 32_768;
        *sample = (i32::from(*sample) + noise).clamp(-32_768, 32_767) as i16;
    }
}

fn hear(pcm: &[i16]) -> Vec<SoundFrame> {
    let (mut meter, mut detector) = (Meter::default(), Detector::default());
    pcm.as_chunks::<320>()
        .0
        .iter()
        .enumerate()
        .map(|(index, frame)| {
            let is_voice = detector.hear(frame).any(|voice| voice.is_voice);
            meter.hear(index as u64 * 20, frame, is_voice, false)
        })
        .collect()
}

fn value(delivery: &Delivery, key: Key) -> f32 {
    let found = delivery.measures.iter().find(|measure| measure.key == key).expect("all are there");
    found.value.unwrap_or_else(|| panic!("{key:?}: {:?}", found.not_measured))
}

fn why_not(delivery: &Delivery, key: Key) -> Option<NotMeasured> {
    delivery.measures.iter().find(|measure| measure.key == key).and_then(|measure| measure.not_measured)
}

fn english() -> Context {
    Context { language: "en".to_owned(), ..Context::default() }
}

fn whole(pcm: &[i16], words: u32) -> Turn {
    Turn { from_ms: 0, to_ms: pcm.len() as u32 / 16, words: Some(words), fillers: Some(0), ..Turn::default() }
}

#[test]
fn pitch_agrees_with_praat() {
    // praat-parselmouth 0.4, to_pitch_ac(0.01, 60, 500) of the same files: (median Hz, spread in semitones).
    for (pcm, praat_hz, praat_spread) in [(low_voice(), 94.1, 1.90), (high_voice(), 219.6, 2.25)] {
        let frames = hear(&pcm);
        let mut pitches: Vec<f32> =
            frames.iter().map(|frame| frame.pitch_hz).filter(|hz| *hz > 0.0).collect();
        pitches.sort_by(f32::total_cmp);
        let median = pitches[pitches.len() / 2];
        assert!((median / praat_hz - 1.0).abs() < 0.03, "{median} Hz, Praat says {praat_hz}");
        let again = [pcm.clone(), pcm].concat();
        let delivery = measure(&hear(&again), &[whole(&again, 60)], &english());
        let spread = value(&delivery, Key::PitchSpreadSemitones);
        assert!((spread - praat_spread).abs() < 0.35, "{spread} semitones, Praat says {praat_spread}");
    }
}

#[test]
fn pace_pauses_and_delay_are_those_of_the_sound() {
    // The clip of 33 words twice, with three seconds of silence between and two before, over a quiet room.
    let clip = low_voice();
    let mut pcm = [&vec![0; 32_000][..], &clip, &vec![0; 48_000], &clip].concat();
    room(&mut pcm, 30);
    let turn = Turn { asked_ms: Some(500), words: Some(66), ..whole(&pcm, 66) };
    let context = Context { spoken: vec![(0, 500)], ..english() };
    let delivery = measure(&hear(&pcm), &[turn], &context);
    let spoken_s = clip.len() as f32 / 16_000.0 * 2.0 + 3.0;
    let pace = value(&delivery, Key::WordsPerMinute);
    assert!((pace - 66.0 * 60.0 / spoken_s).abs() < 8.0, "{pace}");
    assert!(value(&delivery, Key::ArticulationWordsPerMinute) > pace * 1.1);
    let longest = value(&delivery, Key::LongestPauseS);
    assert!((2.7..4.2).contains(&longest), "{longest}");
    let delay = value(&delivery, Key::ResponseDelayS);
    assert!((1.3..1.9).contains(&delay), "{delay}");
    assert!(value(&delivery, Key::TalkShare) > 0.95);
    let snr = value(&delivery, Key::SignalToNoiseDb);
    assert!((35.0..50.0).contains(&snr), "{snr}");
    assert_eq!(value(&delivery, Key::ClippedShare), 0.0);
    let pauses: Vec<_> =
        delivery.moments.iter().filter(|moment| moment.kind == MomentKind::LongPause).collect();
    assert_eq!(pauses.len(), 1, "{:?}", delivery.moments);
    assert!(pauses[0].from_ms.abs_diff(2_000 + clip.len() as u32 / 16) < 900, "{:?}", pauses[0]);
    assert!(
        delivery.measures.iter().all(|measure| measure.confidence != Some(Confidence::High)),
        "too short for it"
    );
}

#[test]
fn what_cannot_be_trusted_is_not_given() {
    let clip = high_voice();
    let delivery = measure(&hear(&clip), &[whole(&clip, 27)], &english());
    assert_eq!(why_not(&delivery, Key::WordsPerMinute), Some(NotMeasured::TooLittleSpeech), "nine seconds");

    let mut loud_room = clip.repeat(3);
    room(&mut loud_room, 1_800);
    let turn = whole(&loud_room, 81);
    let delivery = measure(&hear(&loud_room), &[turn], &english());
    assert_eq!(why_not(&delivery, Key::PitchSpreadSemitones), Some(NotMeasured::TooNoisy));
    assert!(value(&delivery, Key::SignalToNoiseDb) < 10.0);

    let pcm = clip.repeat(3);
    let frames = hear(&pcm);
    let unknown = Turn { words: None, fillers: None, ..whole(&pcm, 0) };
    let delivery = measure(&frames, &[unknown], &english());
    assert_eq!(why_not(&delivery, Key::WordsPerMinute), Some(NotMeasured::NoWords));
    let stripped = Turn { fillers: None, ..whole(&pcm, 81) };
    let delivery = measure(&frames, &[stripped], &Context { auto_gain: true, ..english() });
    assert_eq!(why_not(&delivery, Key::FillersPerHundredWords), Some(NotMeasured::FillersNotKept));
    assert_eq!(why_not(&delivery, Key::LoudnessSpreadDb), Some(NotMeasured::AutoGain));
    assert_eq!(why_not(&delivery, Key::TalkShare), Some(NotMeasured::NothingToMeasure));
    let counted = Turn { fillers: Some(3), ..whole(&pcm, 81) };
    assert!(
        (value(&measure(&frames, &[counted], &english()), Key::FillersPerHundredWords) - 3.7).abs() < 0.01
    );

    let lossy: Vec<_> = frames
        .iter()
        .enumerate()
        .map(|(at, frame)| SoundFrame { concealed: at % 4 == 0, ..*frame })
        .collect();
    let delivery = measure(&lossy, &[whole(&pcm, 81)], &english());
    assert!(delivery.measures.iter().all(|measure| measure.not_measured == Some(NotMeasured::TooMuchLost)));

    let nothing = measure(&[], &[], &english());
    assert!(
        nothing.measures.iter().all(|measure| measure.value.is_none() || measure.key == Key::Interruptions)
    );
}

#[test]
fn speaking_over_the_interviewer_and_clipping_are_found() {
    let mut pcm = low_voice();
    for sample in &mut pcm[..16_000] {
        *sample = sample.saturating_mul(20);
    }
    let frames = hear(&pcm);
    let context = Context { spoken: vec![(2_000, 5_000), (11_700, 11_780)], ..english() };
    let delivery = measure(&frames, &[whole(&pcm, 33)], &context);
    assert_eq!(value(&delivery, Key::Interruptions), 1.0);
    let kinds: Vec<_> = delivery.moments.iter().map(|moment| moment.kind).collect();
    assert_eq!(kinds, [MomentKind::Clipping, MomentKind::Interruption]);
    assert!(value(&delivery, Key::ClippedShare) > 0.005);
}
