//! How many spoken interviews a machine carries: pages over real WebRTC against one port.
//!
//! `cargo run --release -p greenroom-media --example capacity -- [sessions] [seconds]`
//!
//! Two processes, so that what the server takes can be told from what the pages take: this one is the server, and starts
//! itself again as the pages. Pages speak in packets of 20 ms all the time, as browsers do; the interviewer speaks 40 %
//! of the time, in packets encoded once. The server decodes, looks for a voice, and records what it hears.

#[path = "../tests/caller/mod.rs"]
#[expect(dead_code, reason = "tests need more of a page than this does")]
mod caller;
#[path = "capacity/watch.rs"]
mod watch;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use greenroom_media::Detector;
use greenroom_media::codec::{Packet, SpeechEncoder, encode_heard};
use greenroom_media::link::{FromPage, Link, LinkOptions, Links, Sound, ToPage};
use greenroom_media::recording::{Recorder, Sink, Speaker};
use greenroom_media::webrtc::{Hub, WebRtcOptions};
use tokio::time::{Instant, sleep};
use watch::{Taken, Watched, memory_kib};

/// As in the program itself: what a session takes depends on it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    if first.as_deref() == Some("pages") {
        let number = |text: Option<String>| text.and_then(|text| text.parse().ok()).unwrap_or(1);
        let (sessions, seconds) = (number(arguments.next()), number(arguments.next()));
        return runtime().block_on(pages(sessions, seconds));
    }
    let sessions = first.and_then(|text| text.parse().ok()).unwrap_or(50);
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(20);
    runtime().block_on(server(sessions, seconds));
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")
}

/// Somewhere for recordings to go that costs nothing but what is measured.
struct Counted(Arc<AtomicU64>);

impl Sink for Counted {
    fn append(&mut self, _: Speaker, bytes: &[u8]) -> std::io::Result<()> {
        self.0.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

async fn server(sessions: u64, seconds: u64) {
    let next = AtomicU64::new(0);
    let ids = move || format!("link-{}", next.fetch_add(1, Ordering::Relaxed));
    let links = Links::new(LinkOptions { max_links: 5_000, ..LinkOptions::default() }, ids);
    let options =
        WebRtcOptions { max_pending: 5_000, max_pending_per_address: 5_000, ..WebRtcOptions::default() };
    let hub = Hub::bind(options, links.clone()).expect("a port");
    let question: Arc<[Packet]> = spoken(8).into();
    let (frames, recorded) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let before = memory_kib();

    // Offers come over the pages' output, answers go into their input: one line each.
    let own = std::env::current_exe().expect("this program has a name");
    let mut child = Command::new(own)
        .args(["pages", &sessions.to_string(), &seconds.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the pages start");
    let mut answers = child.stdin.take().expect("piped");
    let offers = BufReader::new(child.stdout.take().expect("piped"));
    let (sender, mut lines) = tokio::sync::mpsc::channel(16);
    std::thread::spawn(move || {
        for line in offers.lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                break;
            }
        }
    });
    let (mut connected, mut watched) = (0, None);
    while let Some(line) = lines.recv().await {
        if line == "connected" {
            watched = Some(Watched::begin(sessions, hub.clone(), frames.clone()));
            continue;
        }
        if let Some(said) = line.strip_prefix("done ") {
            let watched: Watched = watched.take().expect("the pages were connected");
            watched.report(recorded.load(Ordering::Relaxed), memory_kib() - before, said);
            break;
        }
        let sdp: String = serde_json::from_str(&line).expect("an offer");
        let answered =
            hub.offer(&format!("interview {connected}"), IpAddr::V4(Ipv4Addr::LOCALHOST), &sdp, None);
        let answered = answered.expect("an answer");
        writeln!(answers, "{}", serde_json::json!(answered.sdp)).expect("the pages listen");
        let (link, question) = (answered.link.expect("a new link"), question.clone());
        let (frames, recorded) = (frames.clone(), recorded.clone());
        tokio::spawn(converse(link, question, frames, recorded, connected));
        connected += 1;
    }
    let _ = child.wait();
    links.shut_down().await;
}

/// Stands for the conversation: hears everything, speaks 8 s of every 20.
async fn converse(
    mut link: Link,
    question: Arc<[Packet]>,
    frames: Arc<AtomicU64>,
    recorded: Arc<AtomicU64>,
    index: u64,
) {
    let mut detector = Detector::default();
    let mut recorder = Recorder::new(Counted(recorded), index as u32 * 2);
    let (began, mut reply) = (Instant::now(), 0);
    // Not all at once.
    let mut turn = began + Duration::from_millis(index * 79 % 20_000);
    loop {
        tokio::select! {
            told = link.incoming.recv() => match told {
                Some(FromPage::Audio { at_ms, pcm, concealed, packets }) => {
                    std::hint::black_box(detector.hear(&pcm).filter(|voice| voice.is_voice).count());
                    recorder.candidate(at_ms, &pcm, concealed, &packets).expect("counting does not fail");
                    frames.fetch_add(1, Ordering::Relaxed);
                }
                Some(FromPage::Played { reply, ms }) => {
                    let now_ms = began.elapsed().as_millis() as u64;
                    recorder.played(reply, ms, now_ms).expect("counting does not fail");
                }
                Some(_) => {}
                None => return,
            },
            () = tokio::time::sleep_until(turn) => {
                reply += 1;
                turn += Duration::from_secs(20);
                recorder.say(reply, 0, &question);
                let sound = ToPage::Audio { reply, from_ms: 0, sound: Sound::Opus(question.clone()) };
                if link.outgoing.send(sound).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// The pages: each speaks all the time and notes when the interviewer's packets come.
async fn pages(sessions: u64, seconds: u64) {
    let tone: Vec<i16> = (0..16_000 * 4)
        .map(|at| ((at as f32 * 0.06).sin() * 6_000.0 * (at as f32 / 9_000.0).sin().abs()) as i16)
        .collect();
    let mut packets = Vec::new();
    encode_heard().push(&tone, &mut packets);
    let packets: Arc<[Packet]> = packets.into();
    let mut input = std::io::stdin().lines();
    let (ready, mut is_ready) = tokio::sync::mpsc::channel(sessions as usize);
    let start = Arc::new(tokio::sync::Notify::new());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..sessions {
        let (mut caller, offer) = caller::Caller::new().await;
        let _ = writeln!(std::io::stdout(), "{}", serde_json::json!(offer));
        let answer: String =
            serde_json::from_str(&input.next().expect("an answer").expect("text")).expect("an answer");
        caller.accept(&answer);
        let (packets, ready, start) = (packets.clone(), ready.clone(), start.clone());
        tasks.spawn(async move {
            caller.within(Duration::from_secs(60), |caller| caller.is_ready()).await;
            let _ = ready.send(()).await;
            let mut started = std::pin::pin!(start.notified());
            let mut end = None;
            let mut gaps = Vec::new();
            caller
                .within(Duration::from_secs(seconds + 90), |caller| {
                    if caller.say.is_empty() {
                        caller.say.extend(packets.iter().map(|packet| Some(packet.bytes().clone())));
                    }
                    if end.is_none() && futures_ready(started.as_mut()) {
                        end = Some(Instant::now() + Duration::from_secs(seconds));
                        caller.heard.clear();
                    }
                    if caller.heard.len() > 600 {
                        gaps.extend(lateness(&caller.heard));
                        caller.heard.clear();
                    }
                    end.is_some_and(|end| Instant::now() >= end)
                })
                .await;
            gaps.extend(lateness(&caller.heard));
            gaps
        });
        // Connecting all at once would measure the handshakes.
        sleep(Duration::from_millis(10)).await;
    }
    for _ in 0..sessions {
        is_ready.recv().await;
    }
    sleep(Duration::from_secs(2)).await;
    let _ = writeln!(std::io::stdout(), "connected");
    let (began, before) = (Instant::now(), Taken::now());
    start.notify_waiters();
    let mut late: Vec<f64> = tasks.join_all().await.concat();
    let (wall, taken) = (began.elapsed().as_secs_f64(), Taken::now());
    late.sort_by(f64::total_cmp);
    let at = |share: f64| late.get((late.len() as f64 * share) as usize).map(|ms| (ms * 10.0).round() / 10.0);
    let over = late.iter().filter(|ms| **ms > 20.0).count();
    let said = serde_json::json!({
        "packets": late.len(), "over_20_ms_share": over as f64 / late.len().max(1) as f64, "late_ms_p50": at(0.5),
        "late_ms_p99": at(0.99), "late_ms_p999": at(0.999), "late_ms_worst": late.last(),
        "cores_used": before.cores(&taken, wall), "waited_for_cores": before.waiting(&taken, wall),
    });
    let _ = writeln!(std::io::stdout(), "done {said}");
}

fn futures_ready(notified: std::pin::Pin<&mut tokio::sync::futures::Notified<'_>>) -> bool {
    notified.enable()
}

/// How late packets came against those before them within a run of speech, ms. A run that went on later than it should
/// have is late by all of it, also where its times were moved on.
fn lateness(heard: &[caller::Got]) -> Vec<f64> {
    const NEXT_QUESTION: u64 = 48_000 * 5;
    heard
        .windows(2)
        .filter(|pair| (960..NEXT_QUESTION).contains(&(pair[1].ticks - pair[0].ticks)))
        .map(|pair| ((pair[1].at - pair[0].at).as_secs_f64() * 1_000.0 - 20.0).max(0.0))
        .collect()
}

fn spoken(seconds: usize) -> Vec<Packet> {
    let pcm: Vec<i16> = (0..24_000 * seconds).map(|at| ((at as f32 * 0.05).sin() * 7_000.0) as i16).collect();
    let mut packets = Vec::new();
    SpeechEncoder::default().push(&pcm, &mut packets);
    packets
}
