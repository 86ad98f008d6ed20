//! What is kept of a spoken interview, and what one gets to hear and to read of it.

use crate::caller::Caller;
use crate::page::Page;
use crate::speaker::{Prompted, rooms, spoken};
use axum::body::Body;
use axum::http::{StatusCode, header};
use greenroom_app::recordings::{Piece, Spool, SpooledLine, left_behind, parts};
use greenroom_domain::ids::UserId;
use greenroom_live::recordings::put_away_all;
use greenroom_live::voice::VoiceRooms;
use greenroom_media::Detector;
use greenroom_media::audio::HEARD_FRAME;
use greenroom_media::codec::encode_heard;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const ANSWERS: [&str; 2] = ["We stored a key with each result.", "So nobody was ever charged twice."];
/// How much of what was heard before a voice belongs to the answer, ms.
const PREROLL_MS: u64 = 320;
/// How far a place in the recording may be from where it was, ms.
const NEAR_MS: u64 = 200;
/// What a process that dies loses: what fills no page of a second yet, and a page that the disk has not taken.
const LOST_MS: u64 = 2_000;

/// A server that records, and somebody who is interviewed.
struct Booth {
    client: Client,
    ears: Arc<Prompted>,
    spool: TempDir,
    to: SocketAddr,
    session: Value,
}

impl Booth {
    async fn new(agrees: bool) -> Self {
        Self::with(agrees, |rooms| rooms).await
    }

    /// The same, with somebody who agrees, for a page that comes by WebRTC.
    async fn over_webrtc() -> Self {
        Self::with(true, |rooms| rooms.with_webrtc().expect("a port")).await
    }

    async fn with(agrees: bool, open: impl FnOnce(VoiceRooms) -> VoiceRooms) -> Self {
        let ears = Prompted::new();
        let spool = tempfile::tempdir().expect("a folder");
        let client = Client::speaking(open(rooms(ears.clone()).with_spool(spool.path()))).await;
        if agrees {
            agree(&client).await;
        }
        let to = client.listen().await;
        let config = json!({
            "title": "Backend", "job_description": JOB, "difficulty": "intermediate",
            "interview_type": ["behavioral"], "duration": 5, "question_count": 2,
            "interviewer_personality": "direct",
        });
        let (_, config) = client.call("POST", "/api/configs", Some(config)).await;
        let wish = json!({"config_id": config["id"], "channel": "voice"});
        let (status, session) = client.call("POST", "/api/sessions", Some(wish)).await;
        assert_eq!(status, StatusCode::CREATED, "{session}");
        Self { client, ears, spool, to, session }
    }

    async fn line(&self) -> Page {
        Page::open(&self.client, self.to, &self.session, None).await.expect("a line")
    }

    /// Says something, once it is one's turn, until it was taken for an answer.
    async fn say(&self, page: &mut Page, answer: &str) -> Vec<i16> {
        page.until_phase("listening").await;
        let pcm = spoken(answer).await;
        self.ears.expect(answer, &pcm);
        page.speak(&pcm, 900).await;
        page.until(|message| message["type"] == "turn").await;
        pcm
    }

    /// Ends the interview, and does what is to be done after it.
    async fn end(&self, page: Page) {
        self.call("PUT", "/complete").await;
        self.hang_up(page).await;
    }

    async fn hang_up(&self, mut page: Page) {
        assert!(page.is_hung_up().await);
        let ended = self.client.test.app.tasks().ended();
        tokio::time::timeout(Duration::from_secs(30), ended).await.expect("all is put away");
        self.client.test.work().await;
    }

    async fn call(&self, method: &str, rest: &str) -> (StatusCode, Value) {
        self.client.call(method, &at(&self.session, rest), None).await
    }

    async fn user(&self) -> UserId {
        let (_, me) = self.client.call("GET", "/api/users/me", None).await;
        me["id"].as_str().expect("an id").parse().expect("an id")
    }

    /// The samples of a track, 16 kHz, as opusdec reads it.
    async fn decoded(&self, track: &str) -> Vec<i16> {
        let path = at(&self.session, &format!("/recording?track={track}"));
        let (status, headers, bytes) = self.client.download(&path).await;
        assert_eq!((status, &headers[header::CONTENT_TYPE]), (StatusCode::OK, &"audio/ogg".parse().unwrap()));
        assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("inline; filename="));
        let folder = tempfile::tempdir().expect("a folder");
        let [ogg, raw] = ["a.ogg", "a.raw"].map(|name| folder.path().join(name));
        fs::write(&ogg, bytes).expect("written");
        let decoding = Command::new("opusdec")
            .args(["--quiet", "--rate", "16000", "--force-wav"])
            .args([&ogg, &raw])
            .status();
        assert!(decoding.expect("opus-tools are installed").success());
        let wav = fs::read(raw).expect("decoded");
        wav[44..].as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect()
    }

    async fn answers(&self) -> Vec<Value> {
        let (_, events) = self.call("GET", "/events?limit=500").await;
        let events = events["items"].as_array().expect("events").iter();
        let answers = events.filter(|event| event["kind"] == "answer_received");
        answers.map(|event| event["data"]["response"].clone()).collect()
    }
}

async fn agree(client: &Client) {
    let (_, texts) = client.call("GET", "/api/consents", None).await;
    let texts = texts["items"].as_array().expect("texts").clone();
    let text = texts.iter().find(|text| text["purpose"] == "recording").expect("a text");
    let version = json!({"version": text["version"]});
    let (status, _) = client.call("PUT", "/api/users/me/consents/recording", Some(version)).await;
    assert_eq!(status, StatusCode::OK);
}

/// How loud each 20 ms are.
fn loudness(pcm: &[i16]) -> Vec<f64> {
    let loud = |frame: &[i16; HEARD_FRAME]| {
        frame.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>().sqrt()
    };
    pcm.as_chunks::<HEARD_FRAME>().0.iter().map(loud).collect()
}

/// Where in `track` it goes up and down as in `sound`, ms.
fn found_at(sound: &[i16], track: &[i16]) -> u64 {
    let (sound, track) = (loudness(sound), loudness(track));
    let places = 0..track.len().saturating_sub(sound.len());
    let likeness = |at: &usize| alike(&sound, &track[*at..*at + sound.len()]);
    let best = places.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    best.expect("the track is longer") as u64 * 20
}

/// How much two rows go up and down together, -1..=1.
fn alike(one: &[f64], other: &[f64]) -> f64 {
    let mean = |row: &[f64]| row.iter().sum::<f64>() / row.len() as f64;
    let (of_one, of_other) = (mean(one), mean(other));
    let together: f64 = one.iter().zip(other).map(|(a, b)| (a - of_one) * (b - of_other)).sum();
    let spread = |row: &[f64], mean: f64| row.iter().map(|a| (a - mean).powi(2)).sum::<f64>().sqrt();
    together / (spread(one, of_one) * spread(other, of_other)).max(1.0)
}

/// Where the first and the last voice is, ms.
fn voice(pcm: &[i16]) -> (u64, u64) {
    let mut detector = Detector::default();
    let frames = pcm.as_chunks::<HEARD_FRAME>().0.iter().enumerate();
    let voiced = frames.filter(|(_, frame)| detector.hear(frame).any(|look| look.is_voice));
    let places: Vec<u64> = voiced.map(|(at, _)| at as u64 * 20).collect();
    (*places.first().expect("a voice"), places.last().expect("a voice") + 20)
}

fn assert_near(one: u64, other: u64, what: &str) {
    assert!(one.abs_diff(other) <= NEAR_MS, "{what}: {one} ms and {other} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_has_what_was_said_where_the_transcript_says_it() {
    let booth = Booth::new(true).await;
    let mut page = booth.line().await.in_time();
    let mut sounds = Vec::new();
    for answer in ANSWERS {
        sounds.push(booth.say(&mut page, answer).await);
    }
    assert_eq!(booth.call("GET", "/recording").await.1["error"], "recording_not_found", "it goes on");
    assert_eq!(booth.call("GET", "/delivery").await.1["status"], "pending");
    booth.end(page).await;

    let (status, peaks) = booth.call("GET", "/recording/peaks?width=100").await;
    assert_eq!(status, StatusCode::OK, "{peaks}");
    let number = |value: &Value| value.as_u64().expect("a number");
    let moments = |kind: &str| -> Vec<Value> {
        peaks["moments"]
            .as_array()
            .expect("moments")
            .iter()
            .filter(|one| one["kind"] == kind)
            .cloned()
            .collect()
    };
    let (candidate, interviewer, both) =
        (booth.decoded("candidate").await, booth.decoded("interviewer").await, booth.decoded("mix").await);
    let length_ms = number(&peaks["duration_ms"]);
    for track in [&candidate, &interviewer, &both] {
        assert_near(track.len() as u64 / 16, length_ms, "all tracks are as long as the recording");
    }
    let heights = peaks["candidate"].as_array().expect("heights").len() as u64;
    assert!(heights <= 100 && heights * number(&peaks["step_ms"]) >= length_ms, "{heights}");
    assert_eq!(heights, peaks["interviewer"].as_array().expect("heights").len() as u64);

    // What was said lies where the transcript says, and so do its words.
    let answers = booth.answers().await;
    for (index, (sound, answer)) in sounds.iter().zip(&answers).enumerate() {
        let spoken = &answer["spoken"];
        let (from_ms, to_ms) = (number(&spoken["from_ms"]), number(&spoken["to_ms"]));
        let (begins, ends) = voice(sound);
        let at_ms = found_at(sound, &candidate);
        // An answer begins with what was heard just before its voice.
        assert!(
            (from_ms.saturating_sub(NEAR_MS)..=from_ms + PREROLL_MS + NEAR_MS).contains(&(at_ms + begins)),
            "answer {index} begins at {} ms, and {from_ms} ms",
            at_ms + begins
        );
        assert_near(at_ms + ends, to_ms, "an answer ends");
        assert_near(found_at(sound, &both), at_ms, "it is in the mix as well");
        let moment = &moments("answer")[index];
        assert_eq!((number(&moment["from_ms"]), number(&moment["to_ms"])), (from_ms, to_ms));
        assert_eq!((&moment["response_id"], number(&moment["index"])), (&answer["id"], index as u64));
    }
    // Questions sound where they were heard, and nowhere else.
    let questions = moments("question");
    assert!(questions.len() >= 2, "{peaks}");
    for question in &questions {
        let [from, to] = ["from_ms", "to_ms"].map(|end| number(&question[end]));
        let around = [from.saturating_sub(900) as usize * 16, (to as usize + 900) * 16];
        let (begins, ends) = voice(&interviewer[around[0]..around[1].min(interviewer.len())]);
        assert_near(around[0] as u64 / 16 + begins, from, "a question begins");
        assert_near(around[0] as u64 / 16 + ends, to, "a question ends");
    }
    let first = number(&answers[0]["spoken"]["from_ms"]);
    assert!(number(&questions[0]["to_ms"]) <= first, "the answer follows its question");

    // The interview says so itself, alone and among others.
    assert_eq!(booth.call("GET", "").await.1["recorded_ms"], length_ms);
    let (_, all) = booth.client.call("GET", "/api/sessions", None).await;
    assert_eq!(all["items"][0]["recorded_ms"], length_ms, "{all}");

    let (_, delivery) = booth.call("GET", "/delivery").await;
    assert_eq!(delivery["status"], "ready", "{delivery}");
    let measures = delivery["measures"].as_array().expect("measures");
    assert_eq!(measures.len(), 12);
    for measure in measures {
        assert!(measure["value"].is_number() != measure["left_out"].is_string(), "{measure}");
        assert!(measure["norm"]["source"].as_str().is_some_and(|source| source.len() > 20), "{measure}");
    }
    let measure = |key: &str| measures.iter().find(|one| one["key"] == key).expect("all are there");
    assert!(measure("fillers_per_hundred_words")["left_out"].is_string(), "{delivery}");
    // The page has said that its browser leaves the level alone.
    assert_ne!(measure("loudness_spread_db")["left_out"], "auto_gain", "{delivery}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_heard_in_parts_by_its_owner_alone_and_deleted_by_itself() {
    let mut booth = Booth::new(true).await;
    let mut page = booth.line().await;
    booth.say(&mut page, ANSWERS[0]).await;
    booth.end(page).await;
    let path = at(&booth.session, "/recording");
    let (status, headers, whole) = booth.client.download(&path).await;
    assert_eq!((status, &headers[header::ACCEPT_RANGES]), (StatusCode::OK, &"bytes".parse().unwrap()));
    let mark = headers[header::ETAG].to_str().expect("a mark").to_owned();
    let ask = async |range: &str, of: &str| {
        let request = booth.client.request("GET", &path).header("range", range).header("if-range", of);
        let response = booth.client.raw(request.body(Body::empty())).await;
        let place =
            response.headers().get(header::CONTENT_RANGE).map(|place| place.to_str().unwrap().to_owned());
        let status = response.status();
        (status, place, axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body"))
    };
    let (status, place, part) = ask("bytes=100-299", &mark).await;
    assert_eq!((status, &part[..]), (StatusCode::PARTIAL_CONTENT, &whole[100..300]));
    assert_eq!(place.as_deref(), Some(format!("bytes 100-299/{}", whole.len()).as_str()));
    assert_eq!(ask("bytes=99999999-", &mark).await.0, StatusCode::RANGE_NOT_SATISFIABLE);
    let (status, _, all) = ask("bytes=100-299", "\"another\"").await;
    assert_eq!((status, all.len()), (StatusCode::OK, whole.len()));
    let (status, refused) = booth.call("GET", "/recording/peaks?width=0").await;
    assert_eq!((status, &refused["error"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("invalid_input")));

    let owner = booth.client.token.clone();
    booth.client.sign_in_as_guest().await;
    for (method, rest) in
        [("GET", "/recording"), ("GET", "/recording/peaks"), ("DELETE", "/recording"), ("GET", "/delivery")]
    {
        let (status, said) = booth.call(method, rest).await;
        assert_eq!((status, &said["error"]), (StatusCode::NOT_FOUND, &json!("session_not_found")), "{rest}");
    }
    booth.client.token = owner;
    // Taken along, too.
    let (_, _, archive) = booth.client.download("/api/users/me/export?format=zip").await;
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let names: Vec<String> = (0..archive.len())
        .map(|at| archive.by_index(at).expect("a file").name().expect("a name").into_owned())
        .collect();
    let called = |ending: &str| names.iter().find(|name| name.ends_with(ending));
    for ending in ["/recording-1-candidate.ogg", "/recording-1-interviewer.ogg", "/voice-1.numbers"] {
        assert!(called(ending).is_some(), "{ending} of {names:?}");
    }
    let mut exported = Vec::new();
    let both = called("/recording-1-both.ogg").expect("the sound");
    archive.by_name(both).expect("a file").read_to_end(&mut exported).expect("whole");
    assert_eq!(exported, whole);

    assert_eq!(booth.call("DELETE", "/recording").await.0, StatusCode::NO_CONTENT);
    for (method, rest) in [("GET", "/recording"), ("GET", "/recording/peaks"), ("DELETE", "/recording")] {
        assert_eq!(booth.call(method, rest).await.1["error"], "recording_not_found", "{method} {rest}");
    }
    assert_eq!(booth.call("GET", "").await.1["recorded_ms"], Value::Null);
    // The numbers stay until the interview goes.
    assert_eq!(booth.call("GET", "/delivery").await.1["status"], "ready");
    greenroom_app::objects::clear(&booth.client.test.app).await.expect("cleared");
    assert_eq!(files(booth.client.test.files()), 1, "the numbers");
    assert_eq!(booth.call("DELETE", "").await.0, StatusCode::NO_CONTENT);
    greenroom_app::objects::clear(&booth.client.test.app).await.expect("cleared");
    assert_eq!(files(booth.client.test.files()), 0);
}

/// Files of people in the storage.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let count = |entry: fs::DirEntry| match entry.path().is_dir() {
        true => files(&entry.path()),
        false => usize::from(entry.file_name() != "installation"),
    };
    entries.map(count).sum()
}

/// What the page was told of being recorded.
fn recording(page: &Page) -> Vec<bool> {
    let told = page.told.iter().filter(|message| message["type"] == "recording");
    told.map(|message| message["on"].as_bool().expect("yes or no")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_there_are_numbers_and_no_sound() {
    let booth = Booth::new(false).await;
    let mut page = booth.line().await;
    booth.say(&mut page, ANSWERS[0]).await;
    assert_eq!(recording(&page), [false]);
    booth.end(page).await;
    assert_eq!(booth.call("GET", "/recording").await.1["error"], "recording_not_found");
    assert_eq!(booth.call("GET", "").await.1["recorded_ms"], Value::Null);
    let (_, delivery) = booth.call("GET", "/delivery").await;
    assert_eq!((&delivery["status"], &delivery["moments"]), (&json!("ready"), &json!([])), "{delivery}");
    let parts = parts(
        &booth.client.test.app,
        booth.user().await,
        booth.session["id"].as_str().unwrap().parse().unwrap(),
    );
    let parts = parts.await.expect("parts");
    assert!(parts.len() == 1 && !parts[0].is_recorded() && parts[0].numbers.is_some(), "{parts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_recorded_after_the_consent_was_withdrawn() {
    let booth = Booth::new(true).await;
    let mut page = booth.line().await;
    let before = booth.say(&mut page, ANSWERS[0]).await;
    assert_eq!(recording(&page), [true]);
    let (status, _) = booth.client.call("DELETE", "/api/users/me/consents/recording", None).await;
    assert_eq!(status, StatusCode::OK);
    let after = booth.say(&mut page, ANSWERS[1]).await;
    assert_eq!(recording(&page), [true, false], "the page is told");
    booth.end(page).await;
    let track = booth.decoded("candidate").await;
    let answers = booth.answers().await;
    let from_ms = |answer: &Value| answer["spoken"]["from_ms"].as_u64().expect("a place");
    assert_near(
        found_at(&before, &track) + voice(&before).0,
        from_ms(&answers[0]),
        "the first answer is there",
    );
    let second = &track[from_ms(&answers[1]) as usize * 16..];
    assert!(second.len() >= after.len() / 2 && loudness(second).iter().all(|loud| *loud < 50.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_costs_its_last_moments() {
    let booth = Booth::new(true).await;
    let mut page = booth.line().await.in_time();
    booth.say(&mut page, ANSWERS[0]).await;
    // By now all of it was taken down.
    page.until_phase("speaking").await;
    // What lies on the disk at this moment is all that a process leaves that is killed; the last write is half done.
    let dead = tempfile::tempdir().expect("a folder");
    let paths = left_behind(booth.spool.path()).expect("a folder");
    let copy = dead.path().join(paths[0].file_name().expect("a name"));
    let mut left = fs::read(&paths[0]).expect("a spool");
    assert!(!left.windows(8).any(|some| some == b"OpusHead"), "it is sealed");
    left.extend([200, 0, 0, 0, 1, 2, 3]);
    fs::write(&copy, left).expect("written");
    let app = &booth.client.test.app;
    assert_eq!(put_away_all(app, booth.spool.path()).await, 0, "a line that stands is left alone");
    assert_eq!(put_away_all(app, dead.path()).await, 1);
    assert!(!copy.exists());
    let (user, session) = (booth.user().await, booth.session["id"].as_str().unwrap().parse().unwrap());
    let found = parts(app, user, session).await.expect("parts");
    let answers = booth.answers().await;
    // 900 ms of silence came after the answer.
    let came_ms = answers[0]["spoken"]["to_ms"].as_u64().expect("a place") + 900;
    let kept_ms = found[0].part.length_ms;
    assert!(kept_ms + LOST_MS >= came_ms, "{kept_ms} of {came_ms} ms");
    assert!(found[0].candidate.is_some() && found[0].interviewer.is_some());

    // The line ends after all: its part is kept once.
    booth.end(page).await;
    assert_eq!(parts(app, user, session).await.expect("parts").len(), 1);
    assert_eq!(left_behind(booth.spool.path()).expect("a folder").len(), 0);
    // What is left of somebody who was erased is deleted.
    let mut other = Booth::new(true).await;
    let mut page = other.line().await;
    other.say(&mut page, ANSWERS[0]).await;
    other.client.call("DELETE", "/api/users/me", None).await;
    other.client.token = None;
    other.hang_up(page).await;
    put_away_all(&other.client.test.app, other.spool.path()).await;
    assert_eq!(left_behind(other.spool.path()).expect("a folder").len(), 0);
    assert_eq!(files(other.client.test.files()), 0);
}

#[tokio::test]
async fn what_was_written_is_brought_to_the_disk_each_ten_seconds() {
    let booth = Booth::new(true).await;
    let line = SpooledLine {
        user: booth.user().await,
        session: booth.session["id"].as_str().unwrap().parse().unwrap(),
        line: "line".to_owned(),
        began_at: booth.client.test.app.now(),
        keeps_fillers: false,
    };
    let mut spool = Spool::begin(&booth.client.test.app, booth.spool.path(), line).await.expect("a spool");
    let piece = Piece { kind: 0, bytes: vec![7; 4_000] };
    tokio::time::pause();
    let mut synced = Vec::new();
    for _ in 0..25 {
        spool.append(&piece).await.expect("written");
        synced.push(spool.synced());
        tokio::time::advance(Duration::from_secs(1)).await;
    }
    synced.dedup();
    assert_eq!(synced, [0, 11, 21], "and no more often");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_over_webrtc_is_recorded_as_it_was_spoken() {
    let booth = Booth::over_webrtc().await;
    let (mut caller, sdp) = Caller::new().await;
    let offer = at(&booth.session, "/voice/offer");
    let (status, answer) = booth.client.call("POST", &offer, Some(json!({"sdp": sdp}))).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    caller.accept(answer["sdp"].as_str().expect("an answer"));
    caller.until(|caller| caller.is_ready()).await;
    caller.write(r#"{"type":"hello","version":1}"#);
    let told = |caller: &Caller, what: &str| caller.messages.iter().any(|message| message.contains(what));
    caller.within(Duration::from_secs(30), |caller| told(caller, r#""phase":"listening""#)).await;
    assert!(told(&caller, r#"{"type":"recording","on":true}"#), "{:?}", caller.messages);
    let pcm = spoken(ANSWERS[0]).await;
    booth.ears.expect(ANSWERS[0], &pcm);
    let mut sound = pcm.clone();
    sound.resize((pcm.len() + 16 * 1_500).next_multiple_of(HEARD_FRAME), 0);
    let mut packets = Vec::new();
    encode_heard().push(&sound, &mut packets);
    caller.say.extend(packets.iter().map(|packet| Some(packet.bytes().clone())));
    // What comes next is asked once the answer is stored.
    let is_answered = |caller: &mut Caller| {
        let mut after = caller.messages.iter().skip_while(|message| !message.contains(r#""type":"turn""#));
        after.any(|message| message.contains(r#""phase":"speaking""#))
    };
    caller.within(Duration::from_secs(30), is_answered).await;
    booth.call("PUT", "/complete").await;
    caller.within(Duration::from_secs(30), |caller| told(caller, r#""reason":"over""#)).await;
    drop(caller);
    let ended = booth.client.test.app.tasks().ended();
    tokio::time::timeout(Duration::from_secs(30), ended).await.expect("all is put away");
    booth.client.test.work().await;

    let track = booth.decoded("candidate").await;
    let at_ms = found_at(&pcm, &track);
    let heard = &track[at_ms as usize * 16..][..pcm.len().min(track.len() - at_ms as usize * 16)];
    assert!(alike(&loudness(&pcm), &loudness(heard)) > 0.9, "it is what was said");
    let answers = booth.answers().await;
    let from_ms = answers[0]["spoken"]["from_ms"].as_u64().expect("a place");
    let begins = at_ms + voice(&pcm).0;
    assert!((from_ms.saturating_sub(NEAR_MS)..=from_ms + PREROLL_MS + NEAR_MS).contains(&begins));
    // The interviewer was taken down as well, by the packets that went out.
    let interviewer = booth.decoded("interviewer").await;
    assert!(voice(&interviewer).1 < begins, "the question was before the answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_one_interview_are_one_recording() {
    let booth = Booth::new(true).await;
    let mut page = booth.line().await;
    let first = booth.say(&mut page, ANSWERS[0]).await;
    booth.client.test.clock.advance(60_000);
    let mut second = booth.line().await;
    assert!(page.is_hung_up().await);
    let next = booth.say(&mut second, ANSWERS[1]).await;
    booth.end(second).await;
    let track = booth.decoded("candidate").await;
    let (_, peaks) = booth.call("GET", "/recording/peaks").await;
    assert_near(track.len() as u64 / 16, peaks["duration_ms"].as_u64().expect("a length"), "as long as both");
    let answers: Vec<u64> = peaks["moments"]
        .as_array()
        .expect("moments")
        .iter()
        .filter(|moment| moment["kind"] == "answer")
        .map(|moment| moment["from_ms"].as_u64().expect("a place"))
        .collect();
    assert_eq!(answers.len(), 2, "{peaks}");
    for (sound, from_ms) in [first, next].iter().zip(answers) {
        assert_near(found_at(sound, &track) + voice(sound).0, from_ms, "an answer");
    }
}
