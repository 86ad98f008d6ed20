//! whisper.cpp in this process: what is wrong with a model is told in words.

use crate::server::{options, timeouts, utterance};
use greenroom_speech::{Kind, SpeechError};

async fn heard_with(file: &std::path::Path) -> SpeechError {
    let settings = format!("[to_text.engines.own]\nprotocol = 'whisper'\nmodel = '{}'", file.display());
    let engine = &options(&settings).recognisers(|_| None).unwrap()[0];
    let engine = greenroom_speech::to_text(engine, timeouts()).unwrap();
    engine.transcribe(utterance()).await.expect_err("there is no model")
}

#[tokio::test]
async fn a_model_that_is_not_there_or_is_none_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let gone = heard_with(&folder.path().join("gone.bin")).await;
    assert_eq!(gone.kind, Kind::NotFound);
    assert!(gone.message.contains("is not there") && gone.message.contains("voice-engines.md"), "{gone}");
    for (name, bytes) in
        [("page", b"<html> not found".to_vec()), ("cut", [b"lmgg".to_vec(), vec![0; 20]].concat())]
    {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let bad = heard_with(&file).await;
        assert_eq!(bad.kind, Kind::NotFound, "{bad}");
        assert!(bad.message.contains("cannot be used"), "{bad}");
    }
}
