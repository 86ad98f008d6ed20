//! Recordings as programs that know nothing of us read them.

use std::collections::HashMap;
use std::io::{self, Cursor, Write as _};
use std::process::Command;

use greenroom_media::audio::{HEARD_FRAME, Level};
use greenroom_media::codec::{Packet, SpeechEncoder, encode_heard};
use greenroom_media::recording::{Peaks, ReadError, Recorder, Sink, Speaker, Stretch, join, mix, read};

#[derive(Default)]
struct Kept {
    tracks: HashMap<Speaker, Vec<u8>>,
    is_broken: bool,
}

impl Sink for &mut Kept {
    fn append(&mut self, speaker: Speaker, bytes: &[u8]) -> io::Result<()> {
        if self.is_broken {
            return Err(io::Error::other("the disk is full"));
        }
        self.tracks.entry(speaker).or_default().extend_from_slice(bytes);
        Ok(())
    }
}

fn tone(ms: usize, rate: usize) -> Vec<i16> {
    let step = 300.0 * std::f32::consts::TAU / rate as f32;
    (0..rate * ms / 1_000).map(|at| ((at as f32 * step).sin() * 12_000.0) as i16).collect()
}

fn heard(ms: usize) -> Vec<([i16; HEARD_FRAME], Packet)> {
    let pcm = tone(ms, 16_000);
    let mut packets = Vec::new();
    encode_heard().push(&pcm, &mut packets);
    pcm.chunks_exact(HEARD_FRAME).map(|frame| frame.try_into().expect("a frame")).zip(packets).collect()
}

fn spoken(ms: usize) -> Vec<Packet> {
    let mut packets = Vec::new();
    SpeechEncoder::default().push(&tone(ms, 24_000), &mut packets);
    packets
}

/// Six seconds: the interviewer speaks from 500 to 1 700 (of 2 000: then it is cut), the candidate from 2 000 to 5 000.
fn interview(kept: &mut Kept, over_websocket: bool) -> [Peaks; 2] {
    let mut recorder = Recorder::new(&mut *kept, 77);
    recorder.say(1, 0, &spoken(2_000));
    for (ms, now_ms) in [(200, 700), (410, 910), (600, 1_120), (900, 1_400), (1_200, 1_700)] {
        recorder.played(1, ms, now_ms).expect("kept");
    }
    recorder.played(9, 5_000, 1_800).expect("an old reply says nothing");
    for (index, (pcm, packet)) in heard(3_000).iter().enumerate() {
        // Three packets are lost at 3 000, and half a second at 4 000.
        let at_ms = 2_000 + index as u64 * 20;
        let is_lost = (3_000..3_060).contains(&at_ms);
        if (4_000..4_500).contains(&at_ms) {
            continue;
        }
        let packets = if is_lost || over_websocket { &[][..] } else { std::slice::from_ref(packet) };
        recorder.candidate(at_ms, pcm, is_lost, packets).expect("kept");
    }
    recorder.finish(6_000).expect("kept").1
}

/// What opusinfo says, which reads every page and checks every sum.
fn opusinfo(bytes: &[u8]) -> String {
    let mut file = tempfile::Builder::new().suffix(".opus").tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    let output = Command::new("opusinfo").arg(file.path()).output().expect("opus-tools are installed");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    said
}

/// Which tenths of a second are loud, as runs of tenths.
fn loud(peaks: &Peaks) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in (0..peaks.0.len()).filter(|at| peaks.0[*at] > 40) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

#[test]
fn a_reply_begins_where_it_was_heard_however_soon() {
    let mut kept = Kept::default();
    let mut recorder = Recorder::new(&mut kept, 1);
    // Heard from 240 on; the next one 200 ms after its end.
    for (reply, reports) in [(1, [(200, 440), (400, 640)]), (2, [(200, 1_040), (400, 1_240)])] {
        recorder.say(reply, 0, &spoken(400));
        for (ms, now_ms) in reports {
            recorder.played(reply, ms, now_ms).expect("kept");
        }
    }
    let [_, interviewer] = recorder.finish(1_500).expect("kept").1;
    assert_eq!(loud(&interviewer), [(2, 7), (8, 13)]);
}

#[test]
fn tracks_are_sound_and_aligned() {
    for over_websocket in [false, true] {
        let mut kept = Kept::default();
        let [candidate, interviewer] = interview(&mut kept, over_websocket);
        assert_eq!(loud(&interviewer), [(5, 17)]);
        assert_eq!(loud(&candidate), [(20, 40), (45, 50)]);
        for (speaker, wanted) in [(Speaker::Candidate, &candidate), (Speaker::Interviewer, &interviewer)] {
            let bytes = &kept.tracks[&speaker];
            let said = opusinfo(bytes);
            assert!(!said.to_lowercase().contains("warning"), "{said}");
            assert!(said.contains("Playback length: 0m:05.99"), "{said}");
            let recorded = read(Cursor::new(bytes)).expect("a track");
            assert_eq!(recorded.length_ms(), 6_000);
            // What is decoded stands where it was heard, but for a tenth at the edges.
            for ((from, to), (decoded_from, decoded_to)) in loud(wanted).iter().zip(loud(&recorded.peaks())) {
                assert!(
                    from.abs_diff(decoded_from) <= 1 && to.abs_diff(decoded_to) <= 1,
                    "{speaker:?} {from}..{to}"
                );
            }
        }
    }
}

#[test]
fn packets_are_written_as_they_came() {
    let mut kept = Kept::default();
    interview(&mut kept, false);
    let (_, packet) = &heard(3_000)[20];
    let track = &kept.tracks[&Speaker::Candidate];
    assert!(track.windows(packet.bytes().len()).any(|bytes| bytes == &packet.bytes()[..]));
}

#[test]
fn a_crash_costs_no_more_than_the_last_page() {
    let mut kept = Kept::default();
    interview(&mut kept, false);
    let track = &kept.tracks[&Speaker::Candidate];
    let mut lengths = Vec::new();
    for cut in (0..track.len()).step_by(997) {
        match read(Cursor::new(&track[..cut])) {
            Ok(recorded) => lengths.push(recorded.length_ms()),
            Err(error) => assert!(cut < 200 && error == ReadError::NotOpus, "{cut}"),
        }
    }
    assert!(lengths.is_sorted() && lengths.windows(2).all(|pair| pair[1] - pair[0] <= 1_020), "{lengths:?}");
    // A player, too, plays what there is.
    let most = &track[..track.len() * 3 / 4];
    let mut file = tempfile::Builder::new().suffix(".opus").tempfile().expect("a file");
    file.write_all(most).expect("written");
    let output =
        Command::new("opusdec").arg("--quiet").arg(file.path()).arg("-").output().expect("opus-tools");
    assert!(output.stdout.len() > 90_000, "{} bytes", output.stdout.len());
    for other in [&b""[..], b"RIFF....WAVE", &[0; 500]] {
        assert_eq!(read(Cursor::new(other)), Err(ReadError::NotOpus));
    }
}

#[test]
fn what_could_not_be_kept_is_kept_later() {
    let mut kept = Kept { is_broken: true, ..Kept::default() };
    let mut recorder = Recorder::new(&mut kept, 1);
    let frames = heard(3_000);
    let failed = frames.iter().enumerate().filter(|(index, (pcm, packet))| {
        recorder.candidate(*index as u64 * 20, pcm, false, std::slice::from_ref(packet)).is_err()
    });
    assert_eq!(failed.count(), 150);
    assert!(recorder.finish(3_000).is_err());

    struct Flaky(Vec<u8>, u32);
    impl Sink for Flaky {
        fn append(&mut self, _: Speaker, bytes: &[u8]) -> io::Result<()> {
            self.1 += 1;
            if self.1 < 100 {
                return Err(io::Error::other("not now"));
            }
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }
    let mut recorder = Recorder::new(Flaky(Vec::new(), 0), 1);
    for (index, (pcm, packet)) in frames.iter().enumerate() {
        let _ = recorder.candidate(index as u64 * 20, pcm, false, std::slice::from_ref(packet));
    }
    let (Flaky(bytes, _), _) = recorder.finish(3_000).expect("kept in the end");
    // The sink takes both tracks; the candidate's comes first, whole.
    assert_eq!(read(Cursor::new(bytes)).map(|recorded| recorded.length_ms() >= 3_000), Ok(true));
}

#[test]
fn both_tracks_become_one() {
    let mut kept = Kept::default();
    interview(&mut kept, false);
    let [one, other] = [Speaker::Candidate, Speaker::Interviewer]
        .map(|speaker| read(Cursor::new(&kept.tracks[&speaker])).expect("a track"));
    let mut mixed = Vec::new();
    let heights = mix(&one, &other, 5, &mut mixed).expect("memory takes it");
    assert_eq!(heights, [one.peaks(), other.peaks()]);
    assert!(opusinfo(&mixed).contains("Playback length: 0m:05.9"));
    let peaks = read(Cursor::new(&mixed)).expect("a track").peaks();
    let runs = loud(&peaks);
    assert_eq!(runs.len(), 3, "{runs:?}");
    assert!(Level::of(&tone(100, 16_000)).peak() > 0.3 && peaks.0[10] > 70, "{:?}", peaks.0);
}

#[test]
fn tracks_follow_each_other_as_one() {
    let mut kept = Kept::default();
    interview(&mut kept, false);
    let one = read(Cursor::new(&kept.tracks[&Speaker::Candidate])).expect("a track");
    // The first is cut in the middle of what is said, the second is missing, the third is longer than what there is.
    let stretches = [(Some(&one), 4_200), (None, 1_000), (Some(&one), 6_500)];
    let stretches = stretches.map(|(sound, length_ms)| Stretch { sound, length_ms });
    let joined = join(&stretches, 9, 16_000);
    let said = opusinfo(&joined);
    assert!(!said.to_lowercase().contains("warning") && said.contains("Playback length: 0m:11.69"), "{said}");
    let peaks = read(Cursor::new(joined)).expect("a track").peaks();
    let runs = loud(&peaks);
    for ((from, to), (wanted_from, wanted_to)) in runs.iter().zip([(20, 40), (72, 92), (97, 102)]) {
        assert!(from.abs_diff(wanted_from) <= 1 && to.abs_diff(wanted_to) <= 1, "{runs:?}");
    }
}
