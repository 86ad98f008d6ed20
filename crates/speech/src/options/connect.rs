//! From engines in the settings to engines that can be asked.

use super::{SttEngine, SttProtocol, TtsEngine, TtsProtocol};
use crate::SpeechError;
use crate::limits::Timeouts;
use crate::to_speech::TextToSpeech;
use crate::to_speech::command::LocalCommand;
use crate::to_speech::espeak::Espeak;
use crate::to_speech::openai::AudioSpeech;
use crate::to_text::SpeechToText;
use crate::to_text::live::Live;
use crate::to_text::openai::Transcriptions;
#[cfg(not(feature = "whisper"))]
use greenroom_upstream::{Fault, Kind};
use std::path::Path;
use std::sync::Arc;

/// The recogniser `engine`. Nothing is sent yet, and a wrong address or key is told by the first call.
pub fn to_text(engine: &SttEngine, timeouts: Timeouts) -> Result<Arc<dyn SpeechToText>, SpeechError> {
    Ok(match engine.protocol {
        SttProtocol::Openai => Arc::new(Transcriptions::new(engine, timeouts)?),
        SttProtocol::Deepgram | SttProtocol::Speechmatics | SttProtocol::OpenaiRealtime => {
            Arc::new(Live::new(engine, timeouts))
        }
        #[cfg(feature = "whisper")]
        SttProtocol::Whisper => Arc::new(crate::to_text::whisper::Whisper::new(engine)),
        #[cfg(not(feature = "whisper"))]
        SttProtocol::Whisper => {
            let words = "this program was built without the feature `whisper`";
            return Err(SpeechError::new(&engine.name, Fault::new(Kind::NotFound, words)));
        }
    })
}

/// The voice `engine`. Nothing is sent or started yet; what is missing is told by the first call.
pub fn to_speech(engine: &TtsEngine, timeouts: Timeouts) -> Result<Arc<dyn TextToSpeech>, SpeechError> {
    Ok(match engine.protocol {
        TtsProtocol::Openai => Arc::new(AudioSpeech::new(engine, timeouts)?),
        TtsProtocol::Espeak => {
            let program = engine.command.first().map_or("espeak-ng", String::as_str);
            Arc::new(Espeak::new(&engine.name, Path::new(program), timeouts))
        }
        TtsProtocol::Command => Arc::new(LocalCommand::new(engine, timeouts)),
    })
}
