//! Speech to speech, against a peer that sends what OpenAI documents.

use crate::peer::{Peer, Step};
use crate::server::{KEY, Play, Vendor, checked, timeouts, tone};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt;
use greenroom_speech::realtime::{Conversation, Realtime, SpeechToSpeech, SpokenTo, Talking};
use greenroom_speech::{Kind, Pcm16k, RealtimeEngine, TalkTokens, Timeouts};
use serde_json::Value;
use std::time::Duration;

fn engine(url: &str) -> Realtime {
    within(url, timeouts())
}

fn within(url: &str, timeouts: Timeouts) -> Realtime {
    let engine = RealtimeEngine {
        name: "lab".to_owned(),
        base_url: url.to_owned(),
        api_key: Some(KEY.to_owned().into()),
        model: "gpt-realtime".to_owned(),
        transcriber: "gpt-4o-mini-transcribe".to_owned(),
        voices: [("ben".to_owned(), "cedar".to_owned())].into(),
        price: None,
        private: false,
    };
    Realtime::new(engine, timeouts).unwrap()
}

/// Sound enough for a second, after which the model says no more of it.
fn a_second_of_sound() -> &'static str {
    let sound = STANDARD.encode(vec![1; 48_000]);
    let message =
        serde_json::json!({"type": "response.output_audio.delta", "response_id": "resp_1", "delta": sound});
    Box::leak(message.to_string().into_boxed_str())
}

async fn open(engine: &Realtime) -> Talking {
    engine.open(conversation()).await.unwrap_or_else(|error| panic!("{error}"))
}

async fn says(talking: &Talking, ms: usize) {
    for _ in 0..ms / 20 {
        talking.voice.send(Pcm16k::new(tone(16_000, 20))).await.unwrap();
    }
}

/// What the peer was told, by type.
fn kinds(peer: &Peer) -> Vec<String> {
    let kind =
        |text: &String| serde_json::from_str::<Value>(text).unwrap()["type"].as_str().unwrap().to_owned();
    peer.seen().texts.iter().map(kind).filter(|kind| kind != "input_audio_buffer.append").collect()
}

fn conversation() -> Conversation {
    Conversation {
        instructions: "You interview.".to_owned(),
        voice: "ben".to_owned(),
        language: Some("en-GB".to_owned()),
    }
}

const READY: [Step; 3] = [
    Step::Send(
        r#"{"type":"session.created","event_id":"event_1","session":{"type":"realtime","id":"sess_1"}}"#,
    ),
    Step::Until("session.update"),
    Step::Send(
        r#"{"type":"session.updated","event_id":"event_2","session":{"type":"realtime","id":"sess_1"}}"#,
    ),
];
const CREATED: &str = r#"{"type":"response.created","event_id":"event_3","response":{"object":"realtime.response","id":"resp_1","status":"in_progress","output":[]}}"#;
const ITEM: &str = r#"{"type":"response.output_item.added","event_id":"event_4","response_id":"resp_1","output_index":0,"item":{"id":"item_7","object":"realtime.item","type":"message","role":"assistant","content":[]}}"#;
const WORDS: &str = r#"{"type":"response.output_audio_transcript.delta","event_id":"event_5","response_id":"resp_1","item_id":"item_7","output_index":0,"content_index":0,"delta":"What then?"}"#;
// Three bytes: a sample and a half.
const SOUND: &str = r#"{"type":"response.output_audio.delta","event_id":"event_6","response_id":"resp_1","item_id":"item_7","output_index":0,"content_index":0,"delta":"AQID"}"#;
const OLD_SOUND: &str = r#"{"type":"response.audio.delta","event_id":"event_6","response_id":"resp_1","item_id":"item_7","output_index":0,"content_index":0,"delta":"BA=="}"#;
const DONE: &str = r#"{"type":"response.done","event_id":"event_9","response":{"object":"realtime.response","id":"resp_1","status":"completed","status_details":null,"output":[]}}"#;

async fn events(talking: &mut Talking, count: usize) -> Vec<SpokenTo> {
    talking.events.by_ref().take(count).map(Result::unwrap).collect().await
}

const FIRST_TAKEN: &str =
    r#"{"type":"input_audio_buffer.committed","item_id":"item_1","previous_item_id":null}"#;
const SECOND_TAKEN: &str =
    r#"{"type":"input_audio_buffer.committed","item_id":"item_2","previous_item_id":"item_1"}"#;

#[tokio::test]
async fn an_utterance_comes_back_as_words_and_only_what_is_asked_for_is_said() {
    let steps = [
        READY.to_vec(),
        vec![
            Step::Until("input_audio_buffer.commit"),
            Step::Send(FIRST_TAKEN),
            Step::Send(
                r#"{"type":"conversation.item.input_audio_transcription.delta","item_id":"item_1","content_index":0,"delta":"We "}"#,
            ),
            Step::Send(
                r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_1","content_index":0,"transcript":"We shipped."}"#,
            ),
            Step::Until("response.create"),
            Step::Send(CREATED),
            Step::Send(ITEM),
            Step::Send(WORDS),
            Step::Send(SOUND),
            Step::Send(OLD_SOUND),
            Step::Send(DONE),
        ],
    ];
    let peer = Peer::start(steps.concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    says(&talking, 500).await;
    assert_eq!(talking.voice.end_utterance().await, Ok(0));
    let heard = [
        SpokenTo::HeardPartly { utterance: 0, text: "We ".to_owned() },
        SpokenTo::Heard { utterance: 0, text: "We shipped.".to_owned() },
    ];
    assert_eq!(events(&mut talking, 2).await, heard);
    assert_eq!(kinds(&peer), ["session.update", "input_audio_buffer.commit"], "nothing is said to it");
    assert_eq!(talking.voice.say("Ask what happened then.".to_owned()), Ok(0));
    let found = events(&mut talking, 5).await;
    assert_eq!(found[0], SpokenTo::Reply(0));
    assert_eq!(found[1], SpokenTo::Words { reply: 0, text: "What then?".to_owned() });
    let samples: Vec<i16> = found[2..4]
        .iter()
        .flat_map(|event| match event {
            SpokenTo::Sound { reply: 0, pcm } => pcm.samples().to_vec(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(samples, [0x0201, 0x0403], "samples are whole across messages");
    assert_eq!(found[4], SpokenTo::Ended { reply: 0, text: "What then?".to_owned(), complete: true });
    talking.voice.close().await.unwrap();
    assert!(talking.events.next().await.is_none());

    let seen = peer.seen();
    assert!(seen.uri.ends_with("/v1/realtime?model=gpt-realtime"), "{}", seen.uri);
    let update: Value = serde_json::from_str(&seen.texts[0]).unwrap();
    let session = &update["session"];
    assert_eq!((&session["tools"], &session["tool_choice"]), (&Value::Array(vec![]), &"none".into()));
    assert_eq!(session["audio"]["output"]["voice"], "cedar");
    assert_eq!(session["audio"]["input"]["turn_detection"], Value::Null);
    let said: Value = serde_json::from_str(seen.texts.last().unwrap()).unwrap();
    assert_eq!(said["response"]["instructions"], "Ask what happened then.");
}

#[tokio::test]
async fn words_go_to_their_utterance_in_whichever_order_they_come() {
    let steps = [
        READY.to_vec(),
        vec![
            Step::Until("input_audio_buffer.commit"),
            Step::Until("input_audio_buffer.commit"),
            Step::Until("input_audio_buffer.commit"),
            Step::Send(FIRST_TAKEN),
            Step::Send(SECOND_TAKEN),
            Step::Send(
                r#"{"type":"error","error":{"type":"invalid_request_error","code":"input_audio_buffer_commit_empty","message":"too small"}}"#,
            ),
            Step::Send(
                r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_2","transcript":"Then left."}"#,
            ),
            Step::Send(
                r#"{"type":"conversation.item.input_audio_transcription.failed","item_id":"item_1","error":{"type":"transcription_error"}}"#,
            ),
        ],
    ];
    let peer = Peer::start(steps.concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    for ms in [300, 300, 20] {
        says(&talking, ms).await;
        talking.voice.end_utterance().await.unwrap();
    }
    let heard = [
        SpokenTo::Heard { utterance: 2, text: String::new() },
        SpokenTo::Heard { utterance: 1, text: "Then left.".to_owned() },
        SpokenTo::NotHeard { utterance: 0 },
    ];
    assert_eq!(events(&mut talking, 3).await, heard);
}

#[tokio::test]
async fn who_speaks_up_breaks_the_reply_off_and_the_model_learns_what_was_heard() {
    let steps = [
        READY.to_vec(),
        vec![
            Step::Until("response.create"),
            Step::Send(CREATED),
            Step::Send(ITEM),
            Step::Send(WORDS),
            Step::Send(a_second_of_sound()),
            Step::Until("response.cancel"),
            Step::Send(SOUND),
            Step::Send(
                r#"{"type":"error","error":{"type":"invalid_request_error","code":"response_cancel_not_active","message":"none"}}"#,
            ),
            Step::Until("conversation.item.truncate"),
            Step::Send(r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"}}"#),
            Step::Until("response.create"),
            Step::Send(r#"{"type":"response.created","response":{"id":"resp_2"}}"#),
        ],
    ];
    let peer = Peer::start(steps.concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    talking.voice.say("Ask what happened then.".to_owned()).unwrap();
    assert_eq!(events(&mut talking, 3).await.len(), 3);
    talking.voice.stop(0, 340).unwrap();
    assert_eq!(talking.voice.say("Ask why.".to_owned()), Ok(1));
    let ended = SpokenTo::Ended { reply: 0, text: "What then?".to_owned(), complete: false };
    assert_eq!(events(&mut talking, 2).await, [ended, SpokenTo::Reply(1)], "nothing of it comes after");
    let sent = kinds(&peer);
    let order = ["response.create", "response.cancel", "conversation.item.truncate", "response.create"];
    assert_eq!(sent[1..], order, "one reply at a time");
    let cut: Value = serde_json::from_str(&peer.seen().texts[3]).unwrap();
    assert_eq!((&cut["item_id"], &cut["audio_end_ms"]), (&"item_7".into(), &340.into()));
}

#[tokio::test]
async fn a_reply_that_was_sent_to_its_end_but_not_heard_is_cut_to_what_was() {
    let rest = [
        Step::Until("response.create"),
        Step::Send(CREATED),
        Step::Send(ITEM),
        Step::Send(a_second_of_sound()),
        Step::Send(DONE),
    ];
    let peer = Peer::start([READY.to_vec(), rest.to_vec()].concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    talking.voice.say("Ask what happened then.".to_owned()).unwrap();
    assert!(matches!(events(&mut talking, 3).await[2], SpokenTo::Ended { complete: true, .. }));
    talking.voice.stop(0, 1_900).unwrap();
    talking.voice.close().await.unwrap();
    assert!(talking.events.next().await.is_none());
    peer.until_told("conversation.item.truncate").await;
    let last: Value = serde_json::from_str(peer.seen().texts.last().unwrap()).unwrap();
    assert_eq!(last["audio_end_ms"], 1_000, "no more than there was");
    assert!(!peer.seen().texts.iter().any(|text| text.contains("response.cancel")));
}

#[tokio::test]
async fn what_a_reply_took_is_told_with_what_was_known_from_before_apart() {
    const DONE_WITH_USAGE: &str = r#"{"type":"response.done","event_id":"event_9","response":{"object":"realtime.response","id":"resp_1","status":"completed","output":[],
        "usage":{"total_tokens":821,"input_tokens":789,"output_tokens":32,
        "input_token_details":{"text_tokens":313,"audio_tokens":476,"cached_tokens":640,"cached_tokens_details":{"text_tokens":256,"audio_tokens":384}},
        "output_token_details":{"text_tokens":9,"audio_tokens":23}}}}"#;
    let rest = [Step::Until("response.create"), Step::Send(CREATED), Step::Send(DONE_WITH_USAGE)];
    let peer = Peer::start([READY.to_vec(), rest.to_vec()].concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    talking.voice.say("Ask what happened then.".to_owned()).unwrap();
    let tokens = TalkTokens { text_in: 57, sound_in: 92, again: 640, text_out: 9, sound_out: 23 };
    assert_eq!(events(&mut talking, 2).await[1], SpokenTo::Used(tokens));
}

#[tokio::test]
async fn what_a_failed_reply_took_is_told_before_the_failure() {
    const FAILED: &str = r#"{"type":"response.done","response":{"id":"resp_1","status":"failed",
        "status_details":{"type":"failed","error":{"type":"server_error"}},
        "usage":{"input_token_details":{"text_tokens":57,"audio_tokens":92,"cached_tokens":0},"output_token_details":{"audio_tokens":3}}}}"#;
    let peer = Peer::start([READY.to_vec(), vec![Step::Send(FAILED)]].concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    let tokens = TalkTokens { text_in: 57, sound_in: 92, again: 0, text_out: 0, sound_out: 3 };
    assert_eq!(events(&mut talking, 1).await, [SpokenTo::Used(tokens)]);
    let error = talking.events.next().await.unwrap().expect_err("it failed");
    assert_eq!(checked(error), Kind::Unavailable { retry_after: None });
    assert!(talking.events.next().await.is_none());
}

#[tokio::test]
async fn what_is_not_wanted_any_more_before_it_begins_is_not_said() {
    let steps = [
        READY.to_vec(),
        vec![
            Step::Until("response.create"),
            Step::Until("input_audio_buffer.clear"),
            Step::Send(CREATED),
            Step::Until("response.cancel"),
        ],
    ];
    let peer = Peer::start(steps.concat()).await;
    let mut talking = open(&engine(&peer.url)).await;
    talking.voice.say("Ask what happened then.".to_owned()).unwrap();
    talking.voice.say("Ask why.".to_owned()).unwrap();
    talking.voice.stop(1, 0).unwrap();
    talking.voice.stop(0, 0).unwrap();
    talking.voice.forget().await.unwrap();
    let over = |reply| SpokenTo::Ended { reply, text: String::new(), complete: false };
    assert_eq!(events(&mut talking, 2).await, [over(1), over(0)]);
    tokio::spawn(async move { while talking.events.next().await.is_some() {} });
    peer.until_told("response.cancel").await;
    assert_eq!(kinds(&peer).iter().filter(|kind| *kind == "response.create").count(), 1);
}

#[tokio::test]
async fn who_is_late_has_ended() {
    let moment = Duration::from_millis(100);
    let patience = Timeouts { first: moment * 10, next: moment, words: moment };
    let peer = Peer::start(READY.to_vec()).await;
    let mut talking = open(&within(&peer.url, patience)).await;
    says(&talking, 300).await;
    talking.voice.end_utterance().await.unwrap();
    assert_eq!(checked(talking.events.next().await.unwrap().unwrap_err()), Kind::TimedOut);
    assert!(talking.events.next().await.is_none());
    // The first sound of a reply, and the next.
    let quiet = [Step::Until("response.create"), Step::Send(CREATED)];
    let stalled = [&quiet[..], &[Step::Send(ITEM), Step::Send(SOUND)]].concat();
    for (rest, before) in [(quiet.to_vec(), 1), (stalled, 2)] {
        let peer = Peer::start([READY.to_vec(), rest].concat()).await;
        let mut talking = open(&within(&peer.url, patience)).await;
        talking.voice.say("Ask what happened then.".to_owned()).unwrap();
        assert_eq!(events(&mut talking, before).await.len(), before);
        assert_eq!(checked(talking.events.next().await.unwrap().unwrap_err()), Kind::TimedOut);
    }
}

#[tokio::test]
async fn failures_are_told_by_kind_and_are_the_last() {
    let quota = r#"{"type":"response.done","response":{"id":"resp_1","status":"failed","status_details":{"type":"failed","error":{"type":"insufficient_quota","code":"insufficient_quota"}}}}"#;
    for (step, kind) in [
        (Step::Send(quota), Kind::Forbidden),
        (
            Step::Send(r#"{"type":"error","error":{"type":"server_error","message":"Zanzibar"}}"#),
            Kind::Unavailable { retry_after: None },
        ),
        (Step::Send("no json"), Kind::Malformed),
        (Step::Close(1000), Kind::BrokenStream),
        (Step::Break, Kind::BrokenStream),
    ] {
        let peer = Peer::start([READY.to_vec(), vec![step]].concat()).await;
        let mut talking =
            engine(&peer.url).open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
        let error = talking.events.next().await.unwrap().expect_err("it failed");
        assert_eq!(checked(error), kind);
        assert!(talking.events.next().await.is_none());
    }
    let vendor = Vendor::start([Play::json(401, "{}")]).await;
    let refused = engine(&vendor.url).open(conversation()).await.err().expect("the key is wrong");
    assert_eq!(checked(refused), Kind::Unauthenticated);
}
