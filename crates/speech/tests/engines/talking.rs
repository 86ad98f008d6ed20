//! Speech to speech, against a peer that sends what OpenAI documents.

use crate::peer::{Peer, Step};
use crate::server::{KEY, Play, Vendor, checked, timeouts, tone};
use futures::StreamExt;
use greenroom_speech::realtime::{Conversation, Realtime, RealtimeEngine, SpeechToSpeech, SpokenTo, Talking};
use greenroom_speech::{Kind, Pcm16k};
use serde_json::Value;

fn engine(url: &str) -> Realtime {
    let engine = RealtimeEngine {
        name: "lab".to_owned(),
        base_url: url.to_owned(),
        api_key: Some(KEY.to_owned().into()),
        model: "gpt-realtime".to_owned(),
        transcriber: "gpt-4o-mini-transcribe".to_owned(),
        voices: [("ben".to_owned(), "cedar".to_owned())].into(),
    };
    Realtime::new(engine, timeouts()).unwrap()
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

#[tokio::test]
async fn a_turn_goes_up_as_sound_and_comes_back_as_sound_and_words() {
    let steps = [
        READY.to_vec(),
        vec![
            Step::Until("response.create"),
            Step::Send(
                r#"{"type":"conversation.item.input_audio_transcription.delta","item_id":"item_6","content_index":0,"delta":"We "}"#,
            ),
            Step::Send(
                r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_6","content_index":0,"transcript":"We shipped."}"#,
            ),
            Step::Send(CREATED),
            Step::Send(ITEM),
            Step::Send(WORDS),
            Step::Send(SOUND),
            Step::Send(OLD_SOUND),
            Step::Send(DONE),
        ],
    ];
    let peer = Peer::start(steps.concat()).await;
    let mut talking = engine(&peer.url).open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
    for _ in 0..25 {
        talking.voice.send(Pcm16k::new(tone(16_000, 20))).await.unwrap();
    }
    talking.voice.turn_ended().await.unwrap();
    let found = events(&mut talking, 7).await;
    assert_eq!(found[0], SpokenTo::HeardPartly("We ".to_owned()));
    assert_eq!(found[1], SpokenTo::Heard("We shipped.".to_owned()));
    assert_eq!(found[2], SpokenTo::Reply(0));
    assert_eq!(found[3], SpokenTo::Words { reply: 0, text: "What then?".to_owned() });
    let samples: Vec<i16> = found[4..6]
        .iter()
        .flat_map(|event| match event {
            SpokenTo::Sound { reply: 0, pcm } => pcm.samples().to_vec(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(samples, [0x0201, 0x0403], "samples are whole across messages");
    assert_eq!(found[6], SpokenTo::Ended { reply: 0, text: "What then?".to_owned(), complete: true });
    talking.voice.close().await.unwrap();
    assert!(talking.events.next().await.is_none());

    let seen = peer.seen();
    assert!(seen.uri.ends_with("/v1/realtime?model=gpt-realtime"), "{}", seen.uri);
    let update: Value = serde_json::from_str(&seen.texts[0]).unwrap();
    let session = &update["session"];
    assert_eq!((&session["tools"], &session["tool_choice"]), (&Value::Array(vec![]), &"none".into()));
    assert_eq!(session["audio"]["output"]["voice"], "cedar");
    assert_eq!(session["audio"]["input"]["turn_detection"], Value::Null);
    let kinds: Vec<String> = seen
        .texts
        .iter()
        .map(|text| serde_json::from_str::<Value>(text).unwrap()["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds[kinds.len() - 2..], ["input_audio_buffer.commit", "response.create"]);
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
            Step::Until("response.cancel"),
            Step::Send(SOUND),
            Step::Send(
                r#"{"type":"error","error":{"type":"invalid_request_error","code":"response_cancel_not_active","message":"none"}}"#,
            ),
            Step::Send(r#"{"type":"response.done","response":{"id":"resp_1","status":"cancelled"}}"#),
            Step::Until("conversation.item.truncate"),
            Step::Send(r#"{"type":"response.created","response":{"id":"resp_2"}}"#),
        ],
    ];
    let peer = Peer::start(steps.concat()).await;
    let mut talking = engine(&peer.url).open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
    talking.voice.say("Ask what happened then.").await.unwrap();
    assert_eq!(events(&mut talking, 2).await.len(), 2);
    talking.voice.stop(0, 340).await.unwrap();
    let ended = SpokenTo::Ended { reply: 0, text: "What then?".to_owned(), complete: false };
    assert_eq!(events(&mut talking, 2).await, [ended, SpokenTo::Reply(1)], "nothing of it comes after");
    let seen = peer.seen();
    let last: Value = serde_json::from_str(seen.texts.last().unwrap()).unwrap();
    assert_eq!((&last["item_id"], &last["audio_end_ms"]), (&"item_7".into(), &340.into()));
    let said: Value = serde_json::from_str(&seen.texts[1]).unwrap();
    assert_eq!(said["response"]["instructions"], "Ask what happened then.");
}

#[tokio::test]
async fn a_reply_that_was_sent_to_its_end_but_not_heard_is_cut_to_what_was() {
    let rest = [
        Step::Until("response.create"),
        Step::Send(CREATED),
        Step::Send(ITEM),
        Step::Send(WORDS),
        Step::Send(DONE),
    ];
    let peer = Peer::start([READY.to_vec(), rest.to_vec()].concat()).await;
    let mut talking = engine(&peer.url).open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
    talking.voice.turn_ended().await.unwrap();
    assert!(matches!(events(&mut talking, 3).await[2], SpokenTo::Ended { complete: true, .. }));
    talking.voice.stop(0, 900).await.unwrap();
    talking.voice.close().await.unwrap();
    assert!(talking.events.next().await.is_none());
    peer.until_told("conversation.item.truncate").await;
    assert!(!peer.seen().texts.iter().any(|text| text.contains("response.cancel")));
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
