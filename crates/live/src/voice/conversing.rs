//! What happens when a page has come: who hears, who speaks and what is kept of the line it has.

use super::actor::{Conversation, talk};
use super::coming::{Caller, Offer, OfferRefused, SoundWish};
use super::duplex::{Duplex, Manner};
use super::ears::Recogniser;
use super::interview::Held;
use super::mouth::{Voice as Speaker, voice_of};
use super::permitted;
use super::ports::{Ears, Mouth, Talker};
use super::service::VoiceRooms;
use crate::recordings::{self, Take};
use greenroom_app::App;
use greenroom_app::recordings::SpooledLine;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::State;
use greenroom_media::Detector;
use greenroom_media::link::{Link, LinkError, LinkId, Socket};
use std::sync::Arc;

impl VoiceRooms {
    /// Answers the offer of a page that comes by WebRTC from `address`, and holds the conversation beside. The answer,
    /// and the name of the line.
    ///
    /// # Errors
    /// What the page has to be told; it may come by WebSocket instead.
    pub fn offer(&self, app: &App, caller: Caller, offer: &Offer) -> Result<(String, String), OfferRefused> {
        let hub = self.hub.as_ref().ok_or(OfferRefused::NoWebRtc)?;
        let resume = offer.resume.clone().map(LinkId);
        let owner = caller.session.to_string();
        let answered = hub.offer(&owner, caller.address, &offer.sdp, resume.as_ref())?;
        if let Some(link) = answered.link {
            let (rooms, app, sound) = (self.clone(), app.clone(), offer.sound.clone());
            app.tasks().clone().spawn(async move {
                rooms.converse(&app, caller.user, caller.session, sound, link).await;
            });
        }
        Ok((answered.sdp, answered.id.0))
    }

    /// Holds the conversation of a page that has come by WebSocket, until it is over or the page comes back another
    /// way. Whatever goes wrong, the page is told on the line.
    pub async fn hold(
        &self,
        app: &App,
        user: UserId,
        session: SessionId,
        sound: SoundWish,
        socket: Socket,
    ) -> Result<(), LinkError> {
        let opened = self.links.open_socket(&session.to_string(), socket).await?;
        if let Some(link) = opened.link {
            self.converse(app, user, session, sound, link).await;
        }
        Ok(())
    }

    async fn converse(&self, app: &App, user: UserId, session: SessionId, sound: SoundWish, link: Link) {
        let voice = sound.voice.filter(|id| self.voices().iter().any(|known| known.id == *id));
        let held = Held { app: app.clone(), user, session, voice: voice.clone() };
        let (state, told) = match held.follow().await {
            Ok(followed) => followed,
            Err(error) => return tracing::warn!(interview.id = %session, %error, "a line found no interview"),
        };
        let ears = self.ears_for(app, user, &state).await;
        let duplex = match sound.realtime {
            true => self.duplex_for(app, user, &state, voice.clone(), ears.clone()).await,
            false => None,
        };
        let ears = duplex.clone().map(|duplex| duplex as Arc<dyn Ears>).or(ears);
        let conversation = Conversation {
            take: self.take_of(app, (user, session), ears.is_some(), duplex.is_some(), &link).await,
            ears,
            mouth: self.mouth_for(app, user, &state, voice).await,
            talker: duplex.map(|duplex| duplex as Arc<dyn Talker>),
            interview: Arc::new(held),
            told,
            detector: Box::new(Detector::default()),
            patience: self.options.patience.clone(),
            stopping: app.tasks().stopping().clone(),
            state,
        };
        let reason = talk(conversation, link).await;
        tracing::info!(interview.id = %session, ?reason, "a line has ended");
    }

    /// Who takes the line down. Without ears nobody listens, and nothing is kept.
    async fn take_of(
        &self,
        app: &App,
        (user, session): (UserId, SessionId),
        is_heard: bool,
        is_realtime: bool,
        link: &Link,
    ) -> Option<Take> {
        let folder = self.spool.as_ref().filter(|_| is_heard)?;
        let ears = permitted::ears(app, user, &self.ears).await;
        let age_ms = i64::try_from(link.opened.elapsed().as_millis()).unwrap_or_default();
        let line = SpooledLine {
            user,
            session,
            line: link.id.0.clone(),
            began_at: app.now().plus_ms(-age_ms),
            // What a model writes down is no word for word.
            keeps_fillers: !is_realtime && ears.is_some_and(|ears| ears.traits().keeps_fillers),
        };
        match recordings::begin(app, folder, line, link.opened).await {
            Ok(take) => Some(take),
            Err(error) => {
                tracing::error!(interview.id = %session, %error, "nothing is kept of the sound of a line");
                None
            }
        }
    }

    async fn ears_for(&self, app: &App, user: UserId, state: &State) -> Option<Arc<dyn Ears>> {
        let engine = permitted::ears(app, user, &self.ears).await?;
        let language = state.settings.language.clone();
        let hint = state.settings.position.clone();
        Some(Arc::new(Recogniser { engine, language, hint }))
    }

    /// Who hears and speaks at once on this line; `ears` hear when it does not.
    async fn duplex_for(
        &self,
        app: &App,
        user: UserId,
        state: &State,
        voice: Option<String>,
        ears: Option<Arc<dyn Ears>>,
    ) -> Option<Arc<Duplex>> {
        let model = permitted::talker(app, user, &self.talkers).await?;
        let manner = Manner {
            personality: state.settings.personality,
            language: state.settings.language.clone(),
            voice: speaks(state, voice),
        };
        let (duplex, work) = Duplex::of(model, manner, ears);
        app.tasks().spawn(work);
        Some(duplex)
    }

    async fn mouth_for(
        &self,
        app: &App,
        user: UserId,
        state: &State,
        voice: Option<String>,
    ) -> Option<Arc<dyn Mouth>> {
        let voice = speaks(state, voice);
        let speaker = self.speaker(app, user, voice, state.settings.language.clone()).await?;
        Some(Arc::new(speaker))
    }

    /// Somebody who speaks to this person with this voice; `None` when nobody does here.
    pub(super) async fn speaker(
        &self,
        app: &App,
        user: UserId,
        voice: String,
        language: String,
    ) -> Option<Speaker> {
        let engine = permitted::mouth(app, user, &self.mouth).await?;
        Some(Speaker { engine, voice, language, kept: self.kept.clone() })
    }
}

/// The voice of this line: the one that was chosen with it, or before, or that of the interviewer's manner.
fn speaks(state: &State, voice: Option<String>) -> String {
    let chosen = voice.or_else(|| state.voice.clone());
    chosen.unwrap_or_else(|| voice_of(state.settings.personality).to_owned())
}
