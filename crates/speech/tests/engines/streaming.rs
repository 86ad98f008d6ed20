//! Recognisers that hear while one speaks, against peers that send what the vendors document.

use crate::peer::{Peer, Step, engine, open, say_something, until_final};
use crate::server::{Play, Vendor, checked, utterance};
use futures::StreamExt;
use greenroom_speech::{Kind, Speaker, SpeechError, SpeechToText, StreamOptions};
use serde_json::Value;

const DEEPGRAM_PARTIAL: &str = r#"{"type":"Results","channel_index":[0,1],"duration":0.4,"start":0.0,"is_final":false,"speech_final":false,"channel":{"alternatives":[{"transcript":"I um","confidence":0.91,"words":[{"word":"i","start":0.0,"end":0.1,"confidence":0.99,"punctuated_word":"I"}]}]},"metadata":{"request_id":"a"},"from_finalize":false}"#;
const DEEPGRAM_FINAL: &str = r#"{"type":"Results","channel_index":[0,1],"duration":0.5,"start":0.0,"is_final":true,"speech_final":false,"channel":{"alternatives":[{"transcript":"I, um, led","confidence":0.98,"words":[{"word":"i","start":0.0,"end":0.1,"confidence":0.99,"punctuated_word":"I,"},{"word":"um","start":0.1,"end":0.2,"confidence":0.8,"punctuated_word":"um,"},{"word":"led","start":0.3,"end":0.4,"confidence":0.97,"punctuated_word":"led"}]}]},"from_finalize":false}"#;
const DEEPGRAM_LAST: &str = r#"{"type":"Results","channel_index":[0,1],"duration":0.1,"start":0.4,"is_final":true,"speech_final":false,"channel":{"alternatives":[{"transcript":"it.","confidence":0.98,"words":[{"word":"it","start":0.41,"end":0.48,"confidence":0.99,"punctuated_word":"it."}]}]},"from_finalize":true}"#;
const DEEPGRAM_NEXT: &str = r#"{"type":"Results","channel_index":[0,1],"duration":0.5,"start":0.5,"is_final":true,"channel":{"alternatives":[{"transcript":"Yes.","confidence":0.98,"words":[{"word":"yes","start":0.6,"end":0.8,"confidence":0.99,"punctuated_word":"Yes."}]}]},"from_finalize":true}"#;
const DEEPGRAM_METADATA: &str = r#"{"type":"Metadata","transaction_key":"deprecated","request_id":"8c8ebea9","duration":0.0,"channels":0}"#;

#[tokio::test]
async fn deepgram_tells_words_while_one_speaks_and_the_rest_when_the_turn_ends() {
    let steps = vec![
        Step::Send(DEEPGRAM_METADATA),
        Step::Sound(4000),
        Step::Send(DEEPGRAM_PARTIAL),
        Step::Sound(4000),
        Step::Send(DEEPGRAM_FINAL),
        Step::Until("Finalize"),
        Step::Send(DEEPGRAM_LAST),
        Step::Until("Finalize"),
        Step::Send(DEEPGRAM_NEXT),
    ];
    let peer = Peer::start(steps).await;
    let engine = peer.engine("deepgram");
    assert!(engine.traits().streaming && engine.traits().keeps_fillers);
    let mut listening = open(&*engine).await;
    say_something(&listening).await;
    let (partials, first) = until_final(&mut listening).await;
    assert_eq!(partials, ["I um", "I, um, led", "I, um, led it."]);
    assert_eq!((first.text.as_str(), first.fillers), ("I, um, led it.", Some(1)));
    assert_eq!((first.words.len(), first.words[3].from_ms, first.words[3].confidence), (4, 410, Some(0.99)));

    say_something(&listening).await;
    let (_, second) = until_final(&mut listening).await;
    assert_eq!((second.text.as_str(), second.words[0].from_ms), ("Yes.", 100), "counted from the utterance");

    let seen = peer.seen();
    assert_eq!(seen.headers["authorization"], format!("Token {}", crate::server::KEY));
    for part in [
        "/v1/listen?",
        "encoding=linear16",
        "sample_rate=16000",
        "filler_words=true",
        "interim_results=true",
        "language=en",
        "keyterm=Zanzibar&keyterm=Kubernetes",
    ] {
        assert!(seen.uri.contains(part), "{part} in {}", seen.uri);
    }
    assert_eq!(seen.sound, 2 * 25 * 640);
}

#[tokio::test]
async fn deepgram_with_nothing_left_to_tell_says_nothing_and_the_turn_ends_all_the_same() {
    let peer =
        Peer::start(vec![Step::Sound(16_000), Step::Send(DEEPGRAM_FINAL), Step::Until("Finalize")]).await;
    let mut listening = open(&*peer.engine("deepgram")).await;
    say_something(&listening).await;
    assert_eq!(until_final(&mut listening).await.1.text, "I, um, led");
}

const SPEECHMATICS_STARTED: &str = r#"{"message":"RecognitionStarted","id":"807670e9","language_pack_info":{"word_delimiter":" ","writing_direction":"left-to-right"}}"#;
const SPEECHMATICS_PARTIAL: &str = r#"{"message":"AddPartialTranscript","format":"2.9","metadata":{"start_time":0.0,"end_time":0.3,"transcript":"I led"},"results":[]}"#;
const SPEECHMATICS_WORDS: &str = r#"{"message":"AddTranscript","format":"2.9","metadata":{"start_time":0.0,"end_time":0.4,"transcript":"I led it"},"results":[
    {"type":"word","start_time":0.02,"end_time":0.1,"alternatives":[{"content":"I","confidence":1.0,"language":"en"}]},
    {"type":"word","start_time":0.1,"end_time":0.3,"alternatives":[{"content":"led","confidence":0.9,"language":"en"}]},
    {"type":"word","start_time":0.3,"end_time":0.4,"alternatives":[{"content":"it","confidence":0.95,"language":"en"}]}]}"#;
const SPEECHMATICS_MARK: &str = r#"{"message":"AddTranscript","format":"2.9","metadata":{"start_time":0.4,"end_time":0.4,"transcript":". "},"results":[
    {"type":"punctuation","start_time":0.4,"end_time":0.4,"is_eos":true,"attaches_to":"previous","alternatives":[{"content":".","confidence":1.0}]}]}"#;
const SPEECHMATICS_END: &str =
    r#"{"message":"EndOfUtterance","format":"2.9","metadata":{"start_time":0.5,"end_time":0.5}}"#;

#[tokio::test]
async fn speechmatics_is_told_what_it_hears_and_when_the_turn_ends() {
    let steps = vec![
        Step::Until("StartRecognition"),
        Step::Send(SPEECHMATICS_STARTED),
        Step::Sound(4000),
        Step::Send(r#"{"message":"AudioAdded","seq_no":1}"#),
        Step::Send(SPEECHMATICS_PARTIAL),
        Step::Until("ForceEndOfUtterance"),
        Step::Send(SPEECHMATICS_WORDS),
        Step::Send(SPEECHMATICS_MARK),
        Step::Send(SPEECHMATICS_END),
        Step::Until("EndOfStream"),
    ];
    let peer = Peer::start(steps).await;
    let mut listening = open(&*peer.engine("speechmatics")).await;
    say_something(&listening).await;
    let (partials, heard) = until_final(&mut listening).await;
    assert_eq!((partials[0].as_str(), heard.text.as_str(), heard.words.len()), ("I led", "I led it.", 3));
    listening.sink.close().await.unwrap();
    assert!(listening.heard.next().await.is_none());
    peer.until_told("EndOfStream").await;
    let seen = peer.seen();
    let start: Value = serde_json::from_str(&seen.texts[0]).unwrap();
    assert_eq!(start["audio_format"]["encoding"], "pcm_s16le");
    assert_eq!(start["transcription_config"]["additional_vocab"][1]["content"], "Kubernetes");
    let last: Value = serde_json::from_str(seen.texts.last().unwrap()).unwrap();
    assert_eq!((&last["message"], &last["last_seq_no"]), (&"EndOfStream".into(), &25.into()));
}

const DEEPGRAM_TWO: &str = r#"{"type":"Results","channel_index":[0,1],"duration":0.5,"start":0.0,"is_final":true,"channel":{"alternatives":[{"transcript":"I led it. Coffee?","confidence":0.98,"words":[{"word":"i","start":0.0,"end":0.1,"confidence":0.99,"punctuated_word":"I","speaker":0},{"word":"led","start":0.1,"end":0.2,"confidence":0.9,"punctuated_word":"led","speaker":0},{"word":"it","start":0.2,"end":0.3,"confidence":0.9,"punctuated_word":"it."},{"word":"coffee","start":0.4,"end":0.5,"confidence":0.97,"punctuated_word":"Coffee?","speaker":1}]}]},"from_finalize":true}"#;
const SPEECHMATICS_TWO: &str = r#"{"message":"AddTranscript","format":"2.9","metadata":{"start_time":0.0,"end_time":0.5,"transcript":"I led it Coffee"},"results":[
    {"type":"word","start_time":0.02,"end_time":0.1,"alternatives":[{"content":"I","confidence":1.0,"language":"en","speaker":"S1"}]},
    {"type":"word","start_time":0.1,"end_time":0.3,"alternatives":[{"content":"led","confidence":0.9,"language":"en","speaker":"S1"}]},
    {"type":"word","start_time":0.3,"end_time":0.35,"alternatives":[{"content":"it","confidence":0.95,"language":"en","speaker":"UU"}]},
    {"type":"punctuation","start_time":0.35,"end_time":0.35,"is_eos":true,"attaches_to":"previous","alternatives":[{"content":".","confidence":1.0,"speaker":"S1"}]},
    {"type":"word","start_time":0.4,"end_time":0.5,"alternatives":[{"content":"Coffee","confidence":0.95,"language":"en","speaker":"S2"}]}]}"#;

/// The words of both voices, and all that the vendor was told.
async fn two_voices(name: &str, settings: &str) -> (Vec<Option<Speaker>>, String) {
    let steps = match name {
        "deepgram" => vec![Step::Until("Finalize"), Step::Send(DEEPGRAM_TWO)],
        _ => vec![
            Step::Until("StartRecognition"),
            Step::Send(SPEECHMATICS_STARTED),
            Step::Until("ForceEndOfUtterance"),
            Step::Send(SPEECHMATICS_TWO),
            Step::Send(SPEECHMATICS_END),
        ],
    };
    let peer = Peer::start(steps).await;
    let mut listening = open(&*engine(&peer.url, name, settings)).await;
    say_something(&listening).await;
    let (_, heard) = until_final(&mut listening).await;
    let seen = peer.seen();
    (heard.words.iter().map(|word| word.speaker).collect(), format!("{}{}", seen.uri, seen.texts.concat()))
}

#[tokio::test]
async fn voices_are_told_apart_unless_the_settings_say_no() {
    for (name, asked) in [("deepgram", "diarize=true"), ("speechmatics", r#""diarization":"speaker""#)] {
        let (speakers, told) = two_voices(name, "").await;
        let numbers: Vec<_> = speakers.iter().map(|speaker| speaker.map(|speaker| speaker.number)).collect();
        assert_eq!(numbers, [Some(0), Some(0), None, Some(1)], "{name}");
        let (later, _) = two_voices(name, "").await;
        assert_ne!(speakers[0], later[0], "another line knows nobody");
        assert!(told.contains(asked), "{name}: {told}");
        let (_, told) = two_voices(name, "speakers = false").await;
        assert!(!told.contains(asked), "{name}: {told}");
    }
}

#[tokio::test]
async fn openai_hears_at_its_own_rate_and_tells_words_piece_by_piece() {
    let steps = vec![
        Step::Send(r#"{"type":"session.created","event_id":"event_1","session":{"type":"transcription"}}"#),
        Step::Until("session.update"),
        Step::Send(r#"{"type":"session.updated","event_id":"event_2","session":{"type":"transcription"}}"#),
        Step::Until("input_audio_buffer.commit"),
        Step::Send(r#"{"type":"input_audio_buffer.committed","event_id":"event_3","item_id":"item_1"}"#),
        Step::Send(
            r#"{"type":"conversation.item.input_audio_transcription.delta","item_id":"item_1","content_index":0,"delta":"I led"}"#,
        ),
        Step::Send(
            r#"{"type":"conversation.item.input_audio_transcription.delta","item_id":"item_1","content_index":0,"delta":" it."}"#,
        ),
        Step::Send(
            r#"{"type":"conversation.item.input_audio_transcription.completed","item_id":"item_1","content_index":0,"transcript":"I led it."}"#,
        ),
        Step::Until("input_audio_buffer.commit"),
        Step::Send(
            r#"{"type":"error","event_id":"event_9","error":{"type":"invalid_request_error","code":"input_audio_buffer_commit_empty","message":"Error committing input audio buffer: buffer too small."}}"#,
        ),
    ];
    let peer = Peer::start(steps).await;
    let mut listening = open(&*peer.engine("openai_realtime")).await;
    say_something(&listening).await;
    let (partials, heard) = until_final(&mut listening).await;
    assert_eq!((partials[0].as_str(), heard.text.as_str()), ("I led", "I led it."));
    listening.sink.finish_utterance().await.unwrap();
    assert_eq!(until_final(&mut listening).await.1.text, "", "too short to be an utterance");
    let seen = peer.seen();
    let update: Value = serde_json::from_str(&seen.texts[0]).unwrap();
    assert_eq!(update["session"]["audio"]["input"]["turn_detection"], Value::Null);
    let appended: usize = seen.texts.iter().filter(|text| text.contains("append")).map(String::len).sum();
    // Half a second at 24 kHz in base64, and what is around it.
    assert!((28_000..40_000).contains(&appended), "{appended}");
}

#[tokio::test]
async fn a_whole_utterance_can_be_given_to_one_that_streams() {
    let peer = Peer::start(vec![Step::Until("Finalize"), Step::Send(DEEPGRAM_LAST)]).await;
    assert_eq!(peer.engine("deepgram").transcribe(utterance()).await.unwrap().text, "it.");
}

async fn refused(engine: &dyn SpeechToText) -> SpeechError {
    engine.open(StreamOptions::default()).await.err().expect("it does not open")
}

#[tokio::test]
async fn a_line_that_is_refused_is_told_by_kind() {
    let auth = r#"{"err_code":"INVALID_AUTH","err_msg":"Invalid credentials.","request_id":"uuid"}"#;
    for (play, kind) in [
        (Play::json(401, auth), Kind::Unauthenticated),
        (Play::json(402, r#"{"err_code":"ASR_PAYMENT_REQUIRED"}"#), Kind::Forbidden),
        (
            Play::json(429, "{}").header("retry-after", "3"),
            Kind::RateLimited { retry_after: Some(std::time::Duration::from_secs(3)) },
        ),
        (Play::json(200, "{}"), Kind::Malformed),
        (Play::body(200, "text/html", b"<p>Sign in"), Kind::Malformed),
    ] {
        let vendor = Vendor::start([play]).await;
        assert_eq!(checked(refused(&*engine(&vendor.url, "deepgram", "")).await), kind);
    }
    assert_eq!(refused(&*engine("http://127.0.0.1:1/v1", "deepgram", "")).await.kind, Kind::Unreachable);
    let quota =
        r#"{"message":"Error","type":"quota_exceeded","reason":"Concurrent Quota Exceeded","code":4005}"#;
    let peer = Peer::start(vec![Step::Until("StartRecognition"), Step::Send(quota), Step::Close(4005)]).await;
    assert_eq!(refused(&*peer.engine("speechmatics")).await.kind, Kind::RateLimited { retry_after: None });
    let peer = Peer::start(vec![Step::Until("StartRecognition"), Step::Close(4001)]).await;
    assert_eq!(refused(&*peer.engine("speechmatics")).await.kind, Kind::Unauthenticated);
}

#[tokio::test]
async fn a_line_that_breaks_while_one_speaks_is_told() {
    for (step, kind) in [
        (Step::Break, Kind::BrokenStream),
        (Step::Close(1011), Kind::TimedOut),
        (Step::Send("no json"), Kind::Malformed),
        (Step::Send(r#"{"type":"Results","channel":7}"#), Kind::Malformed),
    ] {
        let peer = Peer::start(vec![Step::Sound(640), step]).await;
        let mut listening = open(&*peer.engine("deepgram")).await;
        say_something(&listening).await;
        let error = listening.heard.next().await.expect("an error").expect_err("it broke");
        assert_eq!(checked(error), kind);
        assert!(listening.heard.next().await.is_none(), "an error is the last");
    }
}
