//! Transcriptions as OpenAI and others serve them.

use crate::server::{Play, Vendor, utterance};
use futures::StreamExt;
use greenroom_speech::{Heard, Pcm16k, StreamOptions};

const VERBOSE: &str = r#"{"task":"transcribe","language":"english","duration":1.0,"text":"I, um, led it.",
    "words":[{"word":"I","start":0.0,"end":0.2},{"word":"um","start":0.2,"end":0.5},{"word":"led","start":0.5,"end":0.7},
    {"word":"it","start":0.7,"end":0.9}],"segments":[{"id":0,"start":0.0,"end":1.0,"text":" I, um, led it.",
    "avg_logprob":-0.3,"compression_ratio":0.7,"no_speech_prob":0.02}]}"#;

#[tokio::test]
async fn a_wav_file_goes_up_with_what_helps_and_words_with_their_times_come_back() {
    let vendor = Vendor::start([Play::json(200, VERBOSE)]).await;
    let transcript = vendor.recogniser("").transcribe(utterance()).await.unwrap();
    assert_eq!((transcript.engine.as_str(), transcript.text.as_str()), ("lab", "I, um, led it."));
    assert_eq!(
        (transcript.words.len(), transcript.words[1].from_ms, transcript.words[1].to_ms),
        (4, 200, 500)
    );
    assert_eq!(transcript.language.as_deref(), Some("en"));
    assert_eq!(transcript.fillers, None, "it does not keep them, so they are not measured");

    let request = &vendor.received()[0];
    assert_eq!(request.path, "/v1/audio/transcriptions");
    assert_eq!(request.headers["authorization"], format!("Bearer {}", crate::server::KEY));
    for part in [
        "name=\"file\"; filename=\"speech.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF",
        "name=\"model\"\r\n\r\nwhisper-1\r\n",
        "name=\"response_format\"\r\n\r\nverbose_json\r\n",
        "name=\"timestamp_granularities[]\"\r\n\r\nword\r\n",
        "name=\"language\"\r\n\r\nen\r\n",
        "name=\"prompt\"\r\n\r\nZanzibar\r\n",
    ] {
        assert!(request.has(part), "{part}");
    }
}

#[tokio::test]
async fn fillers_are_counted_where_the_engine_keeps_them() {
    let vendor = Vendor::start([Play::json(200, VERBOSE)]).await;
    let transcript = vendor.recogniser("keeps_fillers = true").transcribe(utterance()).await.unwrap();
    assert_eq!(transcript.fillers, Some(1));
}

#[tokio::test]
async fn an_engine_that_refuses_to_tell_more_is_asked_for_text_from_then_on() {
    let refusal = r#"{"error":{"message":"response_format 'verbose_json' is not compatible with model","type":"invalid_request_error","param":"response_format","code":"unsupported_value"}}"#;
    let text = Play::json(200, r#"{"text":"Yes.","usage":{"type":"tokens","input_tokens":14}}"#);
    let vendor = Vendor::start([Play::json(400, refusal), text]).await;
    let engine = vendor.recogniser("");
    for _ in 0..2 {
        assert_eq!(engine.transcribe(utterance()).await.unwrap().text, "Yes.");
    }
    let asked: Vec<bool> = vendor.received().iter().map(|request| request.has("verbose_json")).collect();
    assert_eq!(asked, [true, false, false]);
}

#[tokio::test]
async fn what_an_engine_makes_up_of_silence_is_no_answer() {
    let vendor = Vendor::start([Play::json(200, r#"{"text":"Thank you for watching!"}"#)]).await;
    let silence = greenroom_speech::Utterance { pcm: Pcm16k::new(vec![0; 32_000]), ..utterance() };
    let transcript = vendor.recogniser("").transcribe(silence).await.unwrap();
    assert_eq!((transcript.text.as_str(), transcript.doubts.len()), ("", 1));
}

#[tokio::test]
async fn listening_gives_the_words_of_each_finished_utterance() {
    let text = |text: &str| Play::json(200, &format!("{{\"text\":\"{text}\"}}"));
    let vendor = Vendor::start([text("One."), text("Two.")]).await;
    let mut listening = vendor.recogniser("").open(StreamOptions::default()).await.unwrap();
    for _ in 0..2 {
        for _ in 0..10 {
            listening.sink.send(Pcm16k::new(crate::server::tone(16_000, 20))).await.unwrap();
        }
        listening.sink.finish_utterance().await.unwrap();
    }
    for (number, words) in [(0, "One."), (1, "Two.")] {
        match listening.heard.next().await.unwrap().unwrap() {
            Heard::Final { utterance, transcript } => {
                assert_eq!((utterance, transcript.text.as_str()), (number, words))
            }
            Heard::Partial { .. } => panic!("it hears only whole utterances"),
        }
    }
    assert_eq!(vendor.received()[0].body.len(), vendor.received()[1].body.len());
    listening.sink.close().await.unwrap();
    assert!(listening.heard.next().await.is_none());
    assert!(listening.heard.next().await.is_none(), "what is over stays over");
}
