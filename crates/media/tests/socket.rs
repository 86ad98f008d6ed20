//! A line over a WebSocket as the page and the conversation see it. Time is set by hand.

mod line;

use std::time::Duration;

use greenroom_media::codec::SpeechEncoder;
use greenroom_media::link::{
    FromPage, Link, LinkError, LinkOptions, Opened, Socket, SocketFrom, SocketTo, Sound, ToPage, Transport,
};
use line::{Page, hello, links, up};
use tokio::time::{advance, sleep, timeout};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn what_the_candidate_says_arrives_frame_by_frame_and_gaps_are_marked() {
    let links = links(LinkOptions::default());
    let (page, mut link) = Page::open(&links, "interview").await;
    assert_eq!(link.incoming.recv().await, Some(FromPage::Connected { transport: Transport::Websocket }));
    assert_eq!(link.incoming.recv().await, Some(FromPage::Message(hello(None))));
    // 3 and 4 never come: they are made up. After 5 comes 40: that is left out. 5 comes twice.
    let mut heard = Vec::new();
    for number in [1, 2, 5, 5, 40] {
        advance(Duration::from_millis(20)).await;
        page.send(up(number, 900)).await;
    }
    advance(SECOND).await;
    page.send(up(41, 900)).await;
    while let Ok(Some(FromPage::Audio { at_ms, concealed, .. })) =
        timeout(Duration::from_millis(1), link.incoming.recv()).await
    {
        heard.push((at_ms, concealed));
    }
    let first = heard[0].0;
    let heard: Vec<_> = heard.into_iter().map(|(at_ms, concealed)| (at_ms - first, concealed)).collect();
    let whole = [(0, false), (20, false), (40, true), (60, true), (80, false), (780, false), (800, false)];
    assert_eq!(heard, whole);
}

/// When the frames that have come were spoken, ms after the first.
async fn heard(link: &mut Link) -> Vec<u64> {
    sleep(Duration::from_millis(1)).await;
    let told: Vec<_> = std::iter::from_fn(|| link.incoming.try_recv().ok()).collect();
    let frames = told.iter().filter_map(|told| match told {
        FromPage::Audio { at_ms, concealed: false, .. } => Some(*at_ms),
        _ => None,
    });
    let first = frames.clone().next().unwrap_or_default();
    frames.map(|at_ms| at_ms - first).collect()
}

#[tokio::test(start_paused = true)]
async fn sound_that_is_held_up_again_and_again_is_asked_for_twice() {
    let links = links(LinkOptions::default());
    let (mut page, _link) = Page::open(&links, "interview").await;
    page.text().await;
    let mut asked = Vec::new();
    // Every tenth frame is held up by 100 ms; a microphone that is off for a second is no trouble.
    for number in (0..35).chain(85..130) {
        advance(Duration::from_millis(if number % 10 == 9 { 100 } else { 20 })).await;
        page.send(up(number, 900)).await;
        let text = page.text().await;
        if !text.is_empty() {
            asked.push((number, text));
        }
    }
    assert_eq!(asked, [(109, r#"{"type":"send_twice"}"#.to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn of_a_frame_that_is_sent_twice_the_first_to_come_counts() {
    let links = links(LinkOptions::default());
    let (page, mut link) = Page::open(&links, "interview").await;
    let (second, opened) = Page::beside(&links, "interview", &link.id).await;
    assert!(opened.expect("it may").link.is_none());
    let send = async |page: &Page, numbers: &[u32]| {
        for number in numbers {
            page.send(up(*number, 900)).await;
            page.settle().await;
            advance(Duration::from_millis(20)).await;
        }
    };
    send(&page, &[1, 2]).await;
    // The first connection is held up: the second one goes on, and what was held up comes too late to count.
    send(&second, &[1, 2, 3, 4]).await;
    send(&page, &[3, 4]).await;
    // 5 is not there yet: what the second connection has beyond it waits for the first.
    send(&second, &[6, 7]).await;
    send(&page, &[5, 6, 7]).await;
    assert_eq!(heard(&mut link).await, [0, 20, 40, 60, 80, 100, 120]);
    // Words of a second connection are nobody's, and its end is not the end of the line.
    second.send(SocketFrom::Text(r#"{"type":"bye"}"#.to_owned())).await;
    drop(second);
    send(&page, &[8]).await;
    assert_eq!(heard(&mut link).await, [0]);
}

#[tokio::test(start_paused = true)]
async fn words_and_the_sound_that_is_needed_soon_go_over_both() {
    let links = links(LinkOptions::default());
    let (mut page, link) = Page::open(&links, "interview").await;
    assert!(page.text().await.contains("ready"));
    let (mut second, _) = Page::beside(&links, "interview", &link.id).await;
    page.settle().await;
    link.outgoing
        .send(ToPage::Message(r#"{"type":"phase","phase":"speaking"}"#.to_owned()))
        .await
        .expect("open");
    let sound = Sound::Pcm(vec![5; 24_000].into());
    link.outgoing.send(ToPage::Audio { reply: 7, from_ms: 0, sound }).await.expect("open");
    let (mut all, mut soon) = (Vec::new(), Vec::new());
    while let Some(message) = page.next().await {
        all.push(message);
    }
    while let Some(message) = second.next().await {
        soon.push(message);
    }
    assert_eq!((all.len(), soon.len()), (11, 6), "a second of sound, half of it at once");
    // `ready` was the first.
    let word = r#"{"number":2,"message":{"type":"phase","phase":"speaking"}}"#;
    assert_eq!(soon[0], SocketTo::Text(word.to_owned()));
    for (number, (first, second)) in (3_u32..).zip(all[1..].iter().zip(&soon[1..])) {
        let (SocketTo::Binary(first), SocketTo::Binary(second)) = (first, second) else { panic!("sound") };
        assert_eq!((&second[..4], &second[4..]), (number.to_le_bytes().as_slice(), first.as_slice()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_has_one_second_connection_at_a_time_which_ends_with_it() {
    let links = links(LinkOptions::default());
    let (page, link) = Page::open(&links, "interview").await;
    let (mut first, _) = Page::beside(&links, "interview", &link.id).await;
    let (mut second, _) = Page::beside(&links, "interview", &link.id).await;
    assert!(first.is_cut().await, "another one has taken its place");
    assert!(!second.is_cut().await);
    drop((page, link));
    sleep(SECOND * 20).await;
    assert!(second.is_cut().await);
    assert_eq!(links.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn nobody_speaks_beside_the_line_of_another() {
    let links = links(LinkOptions::default());
    let (_page, link) = Page::open(&links, "interview").await;
    let (mut thief, refused) = Page::beside(&links, "another interview", &link.id).await;
    assert_eq!(refused.err(), Some(LinkError::Gone));
    assert_eq!(thief.close().await, Some((4004, "gone")));
    assert_eq!(links.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reply_is_sent_faster_than_it_sounds_but_only_so_far_ahead() {
    let links = links(LinkOptions::default());
    let (mut page, link) = Page::open(&links, "interview").await;
    assert!(page.text().await.contains(r#""type":"ready""#));
    let sound = Sound::Pcm(vec![5; 24_000 * 30].into());
    link.outgoing.send(ToPage::Audio { reply: 7, from_ms: 0, sound }).await.expect("open");
    let mut came = 0;
    while let Some((reply, at_ms, samples)) = page.sound().await {
        assert_eq!((reply, u64::from(at_ms)), (7, came));
        came += samples.len() as u64 / 24;
    }
    assert_eq!(came, 10_000, "no more than the page should hold");
    page.send(SocketFrom::Text(r#"{"type":"played","reply":7,"ms":500}"#.to_owned())).await;
    assert_eq!(page.sound().await.map(|(_, at_ms, _)| at_ms), Some(10_000));
    link.outgoing.send(ToPage::Clear).await.expect("open");
    link.outgoing.send(ToPage::Message(r#"{"type":"hush","reply":7}"#.to_owned())).await.expect("open");
    // At most what was on its way comes before the word.
    let on_its_way = page.sounds_before_text("hush").await;
    assert!(on_its_way <= 10, "{on_its_way}");
    assert_eq!(page.sound().await, None);
}

#[tokio::test(start_paused = true)]
async fn packets_are_decoded_for_a_page_that_takes_samples() {
    let links = links(LinkOptions::default());
    let (mut page, link) = Page::open(&links, "interview").await;
    let mut packets = Vec::new();
    SpeechEncoder::default().push(&vec![1_000; 480 * 7], &mut packets);
    let sound = Sound::Opus(packets.into());
    link.outgoing.send(ToPage::Audio { reply: 1, from_ms: 0, sound }).await.expect("open");
    page.text().await;
    let sizes =
        [page.sound().await, page.sound().await].map(|sound| sound.map(|(_, at, pcm)| (at, pcm.len())));
    assert_eq!(sizes, [Some((0, 2_400)), Some((100, 960))]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_was_gone_finds_its_line_and_hears_what_it_missed() {
    let links = links(LinkOptions::default());
    let (mut page, mut link) = Page::open(&links, "interview").await;
    let id = link.id.clone();
    page.text().await;
    let sound = Sound::Pcm(vec![5; 24_000].into());
    link.outgoing.send(ToPage::Audio { reply: 1, from_ms: 0, sound }).await.expect("open");
    for _ in 0..10 {
        page.sound().await;
    }
    page.send(SocketFrom::Text(r#"{"type":"played","reply":1,"ms":310}"#.to_owned())).await;
    page.settle().await;
    drop(page);
    sleep(SECOND * 3).await;
    link.outgoing
        .send(ToPage::Message(r#"{"type":"phase","phase":"listening"}"#.to_owned()))
        .await
        .expect("open");

    let (mut page, opened) = Page::greet(&links, "interview", Some(&id)).await;
    assert!(matches!(opened, Ok(Opened { link: None, .. })), "the conversation holds its end already");
    assert!(page.text().await.contains(r#""resumed":true"#));
    assert!(page.text().await.contains("phase"), "what was said meanwhile");
    assert_eq!(page.sound().await.map(|(_, at_ms, _)| at_ms), Some(300), "from what was heard on");
    page.send(up(0, 5)).await;
    page.settle().await;
    drop(page);
    let mut told = Vec::new();
    while let Some(from_page) = link.incoming.recv().await {
        told.push(from_page);
    }
    let told: Vec<_> = told
        .into_iter()
        .map(|from_page| match from_page {
            FromPage::Connected { .. } => "connected".to_owned(),
            FromPage::Audio { at_ms, .. } => format!("audio at {}", (at_ms + 500) / 1_000),
            FromPage::Message(_) => "hello".to_owned(),
            FromPage::Played { ms, .. } => format!("played {ms}"),
            FromPage::Lost => "lost".to_owned(),
            FromPage::Back { .. } => "back".to_owned(),
            FromPage::Stats(_) => "stats".to_owned(),
        })
        .collect();
    let story = ["connected", "hello", "played 310", "lost", "back", "hello", "audio at 3", "lost"];
    assert_eq!(told, story, "and after the grace the line has ended");
    assert_eq!(links.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_comes_back_before_it_was_missed_takes_the_line_over() {
    let links = links(LinkOptions::default());
    let (mut page, link) = Page::open(&links, "interview").await;
    page.text().await;
    let (mut again, opened) = Page::greet(&links, "interview", Some(&link.id)).await;
    assert_eq!(opened.expect("taken over").id, link.id);
    assert_eq!(page.close().await, Some((4001, "elsewhere")));
    assert!(again.text().await.contains(r#""resumed":true"#));
    // Nobody else may: not another interview, not with a made up name.
    let (mut thief, refused) = Page::greet(&links, "another interview", Some(&link.id)).await;
    assert_eq!(refused.err(), Some(LinkError::Gone));
    assert_eq!(thief.close().await, Some((4004, "gone")));
    assert_eq!(links.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_second_tab_ends_the_first() {
    let links = links(LinkOptions::default());
    let (mut first, mut link) = Page::open(&links, "interview").await;
    first.text().await;
    let (_second, _link) = Page::open(&links, "interview").await;
    assert_eq!(first.close().await, Some((4001, "elsewhere")));
    while link.incoming.recv().await.is_some() {}
    assert_eq!(links.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_no_page_sends_ends_the_line() {
    let bomb = SocketFrom::Text(format!(r#"{{"type":"done","x":"{}"}}"#, "[".repeat(20_000)));
    let flood = vec![SocketFrom::Text(r#"{"type":"done"}"#.to_owned()); 150];
    let stories = [
        vec![SocketFrom::Binary(vec![0; 643])],
        vec![SocketFrom::Binary(Vec::new())],
        vec![SocketFrom::Binary(vec![0; 1 << 20])],
        vec![SocketFrom::Text("hello".to_owned())],
        vec![bomb],
        flood,
    ];
    for story in stories {
        let links = links(LinkOptions::default());
        let (mut page, mut link) = Page::open(&links, "interview").await;
        let (what, times) = (format!("{:.40?}", story[0]), story.len());
        for message in story {
            page.send(message).await;
        }
        assert_eq!(page.close().await, Some((1008, "refused")), "{what} {times} times");
        while link.incoming.recv().await.is_some() {}
        assert_eq!(links.count(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_sound_is_no_longer_than_time() {
    let links = links(LinkOptions::default());
    let (page, mut link) = Page::open(&links, "interview").await;
    let mut frames = 0;
    for number in 0..5_000 {
        page.send(up(number, 1)).await;
        while let Ok(Some(from_page)) = timeout(Duration::ZERO, link.incoming.recv()).await {
            frames += u32::from(matches!(from_page, FromPage::Audio { .. }));
        }
    }
    assert!(frames <= 151, "{frames} frames in no time");
    // Nobody listens: what must not be lost still fits, the rest is left out.
    for number in 0..5_000 {
        sleep(Duration::from_millis(20)).await;
        page.send(up(number + 5_000, 1)).await;
    }
    page.settle().await;
    assert!(link.incoming.len() <= 256 - 32, "{}", link.incoming.len());
}

#[tokio::test(start_paused = true)]
async fn who_does_not_introduce_itself_gets_no_line() {
    let links = links(LinkOptions { max_links: 1, ..LinkOptions::default() });
    for (first, close, error) in [
        (Some(up(0, 0)), (1008, "no_hello"), LinkError::NoHello),
        (Some(SocketFrom::Text(r#"{"type":"done"}"#.to_owned())), (1008, "no_hello"), LinkError::NoHello),
        (
            Some(SocketFrom::Text(r#"{"type":"hello","version":2}"#.to_owned())),
            (4000, "version"),
            LinkError::Version,
        ),
        (None, (1008, "no_hello"), LinkError::NoHello),
    ] {
        let (socket, to_here, from_here) = Socket::pair();
        if let Some(first) = first {
            to_here.send(first).await.expect("open");
        }
        let opened = links.open_socket("interview", socket).await;
        assert_eq!(opened.err(), Some(error));
        let mut page = Page::new(to_here, from_here);
        assert_eq!(page.close().await, Some(close));
    }
    let (_page, _link) = Page::open(&links, "interview").await;
    let (mut page, refused) = Page::greet(&links, "another", None).await;
    assert_eq!(refused.err(), Some(LinkError::Full));
    assert_eq!(page.close().await, Some((1013, "full")));
}

#[tokio::test(start_paused = true)]
async fn a_line_ends_when_the_conversation_does_or_the_server() {
    let links = links(LinkOptions::default());
    let (mut page, link) = Page::open(&links, "one").await;
    link.outgoing.send(ToPage::Message(r#"{"type":"closed"}"#.to_owned())).await.expect("open");
    link.outgoing.send(ToPage::Close).await.expect("open");
    page.text().await;
    assert!(page.text().await.contains("closed"), "the last word comes first");
    assert_eq!(page.next().await, Some(SocketTo::Close { code: 1000, reason: "over" }));

    let (mut page, link) = Page::open(&links, "two").await;
    drop(link);
    assert_eq!(page.close().await, Some((1000, "over")));

    let (mut page, _link) = Page::open(&links, "three").await;
    links.shut_down().await;
    assert_eq!(page.close().await, Some((1001, "stopping")));
    assert_eq!(links.count(), 0);
    let (_, refused) = Page::greet(&links, "four", None).await;
    assert_eq!(refused.err(), Some(LinkError::Full));
}

#[tokio::test(start_paused = true)]
async fn a_thousand_pages_that_never_greet_hold_no_line_and_disturb_none() {
    let links = links(LinkOptions { max_links: 4, ..LinkOptions::default() });
    let (page, mut link) = Page::open(&links, "interview").await;
    let mut silent = tokio::task::JoinSet::new();
    for number in 0..1_000 {
        let links = links.clone();
        silent.spawn(async move {
            let (socket, _up, _down) = Socket::pair();
            links.open_socket(&format!("stranger {number}"), socket).await.err()
        });
    }
    for number in 0..300 {
        page.send(up(number, 900)).await;
        sleep(Duration::from_millis(20)).await;
    }
    let heard = std::iter::from_fn(|| link.incoming.try_recv().ok());
    let frames = heard.filter(|told| matches!(told, FromPage::Audio { .. })).count();
    // What waits for who holds the line is bounded; nobody read meanwhile.
    assert!(frames >= 200, "{frames}");
    assert_eq!(links.count(), 1);
    assert!(silent.join_all().await.iter().all(|refused| *refused == Some(LinkError::NoHello)));
}
