//! Speech as OpenAI and others serve it.

use crate::server::{Play, QUESTION, Vendor, hear, listen, say, tone};
use greenroom_speech::{Pcm, Pcm24k, Say};
use serde_json::Value;

#[tokio::test]
async fn samples_stream_back_whatever_the_chunks() {
    let sound = Pcm24k::new(tone(24_000, 500));
    let chunks = sound.le_bytes().chunks(777).map(<[u8]>::to_vec).collect();
    let play = Play { chunks, ..Play::body(200, "audio/pcm", b"") };
    let vendor = Vendor::start([play]).await;
    let heard = listen(&*vendor.voice("instructions = 'Speak calmly.'"), QUESTION).await.unwrap();
    assert!(heard.ms() >= 499, "{heard:?}");
    let request = &vendor.received()[0];
    assert_eq!(request.path, "/v1/audio/speech");
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!((&body["voice"], &body["response_format"]), (&"coral".into(), &"pcm".into()));
    assert_eq!((&body["input"], &body["instructions"]), (&QUESTION.into(), &"Speak calmly.".into()));
}

#[tokio::test]
async fn each_interviewer_has_a_voice_of_the_service_and_the_operators_word_counts() {
    let sound = Pcm24k::new(tone(24_000, 50)).le_bytes();
    let vendor = Vendor::start([Play::body(200, "audio/pcm", &sound)]).await;
    let voice = vendor.voice("voice_names = 'kokoro'\nvoices = { ben = 'my_ben' }");
    for id in ["ana", "ben", "nobody"] {
        hear(&*voice, Say { voice: id.to_owned(), ..say("Yes.") }).await.unwrap();
    }
    let asked: Vec<Value> = vendor
        .received()
        .iter()
        .map(|r| serde_json::from_slice::<Value>(&r.body).unwrap()["voice"].clone())
        .collect();
    assert_eq!(asked, ["af_heart", "my_ben", "af_heart"]);
    assert!(voice.voices().len() >= 4);
}

#[tokio::test]
async fn a_server_that_sends_a_wav_file_instead_is_understood() {
    let file = Pcm::<22_050>::new(tone(22_050, 400)).wav();
    let chunks = file.chunks(1000).map(<[u8]>::to_vec).collect();
    let play = Play { chunks, ..Play::body(200, "audio/wav", b"") };
    let vendor = Vendor::start([play]).await;
    let heard = listen(&*vendor.voice(""), QUESTION).await.unwrap();
    assert!((395..=401).contains(&heard.ms()), "{heard:?}");
}
