//! Who is let into a spoken interview, and who may hear them.

use super::coming::SoundWish;
use super::permitted;
use super::service::VoiceRooms;
use greenroom_app::{App, AppError};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_speech::SpeechToText;
use std::sync::Arc;

impl VoiceRooms {
    /// Who hears this person: engines of other companies only while they agree. `None` when there is no recogniser.
    ///
    /// # Errors
    /// `consent_needed`: only other companies make words of speech here, and the person does not agree to that.
    pub async fn ears_of(&self, app: &App, user: UserId) -> Result<Option<Arc<dyn SpeechToText>>, AppError> {
        let ears = permitted::ears(app, user, &self.ears).await;
        if ears.is_none() && self.ears.all.is_some() {
            let message = "Here only another company makes text of speech, and you have not agreed to that. Agree \
                           where you set the interview up or under Privacy, or type your answers. Nothing was sent.";
            return Err(AppError::new(ErrorCode::Forbidden, "consent_needed", message));
        }
        Ok(ears)
    }

    /// Whether one model may hear and speak at once for this person.
    pub async fn has_realtime(&self, app: &App, user: UserId) -> bool {
        permitted::talker(app, user, &self.talkers).await.is_some()
    }

    /// Whether an interview can be held by voice now, as the page wishes. Somebody else's interview is not found.
    ///
    /// # Errors
    /// `consent_needed`: only another company could, and the person does not agree to that. `wrong_status`.
    pub async fn admit(
        &self,
        app: &App,
        user: UserId,
        session: SessionId,
        sound: &SoundWish,
    ) -> Result<(), AppError> {
        let record = greenroom_app::interviews::get(app, user, session).await?;
        match record.snapshot.status.as_str() {
            "active" | "paused" if sound.realtime && self.talkers.all.is_some() => {
                if self.has_realtime(app, user).await {
                    return Ok(());
                }
                let message = "Here a model of another company hears and speaks at once, and you have not agreed to \
                               that. Agree where you set the interview up or under Privacy, or go without it. Nothing \
                               was sent.";
                Err(AppError::new(ErrorCode::Forbidden, "consent_needed", message))
            }
            "active" | "paused" => self.ears_of(app, user).await.map(|_| ()),
            status => {
                let message = format!("This interview is {status}; it cannot be spoken any more.");
                Err(AppError::new(ErrorCode::Conflict, "wrong_status", message))
            }
        }
    }
}
