//! How a voice sounds: one sentence, the same for everybody.

use super::phrases;
use super::ports::{EngineLost, Mouth, Sentence};
use super::service::VoiceRooms;
use futures::TryStreamExt;
use greenroom_app::App;
use greenroom_domain::ids::UserId;
use greenroom_media::codec::SpeechDecoder;
use greenroom_media::link::Sound;
use greenroom_speech::Pcm24k;
use std::time::Duration;

/// How long a sentence may take.
const PATIENCE: Duration = Duration::from_secs(8);

/// Why a voice cannot be heard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// Nobody has this voice.
    #[error("there is no such voice")]
    NoSuchVoice,
    /// Nobody speaks here, or not now.
    #[error("nobody can speak now")]
    Silent,
}

impl From<EngineLost> for SampleError {
    fn from(_: EngineLost) -> Self {
        Self::Silent
    }
}

impl VoiceRooms {
    /// A sentence by the voice `id`, as a WAV file, by the engine that this person may hear. It is made once for each
    /// language.
    pub async fn sample(
        &self,
        app: &App,
        user: UserId,
        id: &str,
        language: &str,
    ) -> Result<Vec<u8>, SampleError> {
        let voice = self.voices().iter().find(|voice| voice.id == id).ok_or(match self.mouth() {
            Some(_) => SampleError::NoSuchVoice,
            None => SampleError::Silent,
        })?;
        let (text, language) = phrases::sample(language, &voice.name);
        let speaker = self.speaker(app, user, voice.id.clone(), language).await.ok_or(SampleError::Silent)?;
        let saying = async {
            let saying = speaker.say(Sentence { text, is_for_all: true }).await?;
            saying.try_collect::<Vec<Sound>>().await
        };
        let sounds = tokio::time::timeout(PATIENCE, saying).await.map_err(|_| SampleError::Silent)??;
        let mut decoder = SpeechDecoder::default();
        let samples: Vec<i16> = sounds
            .iter()
            .flat_map(|sound| match sound {
                Sound::Pcm(pcm) => pcm.to_vec(),
                Sound::Opus(packets) => packets.iter().flat_map(|packet| decoder.decode(packet)).collect(),
            })
            .collect();
        Ok(Pcm24k::new(samples).wav())
    }
}
