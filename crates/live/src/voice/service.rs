//! Spoken interviews of this process: engines, lines, and who talks on them.

use super::actor::{Conversation, talk};
use super::engines::{Recogniser, Voice as Speaker, voice_of};
use super::interview::Held;
use super::ports::{Ears, Mouth};
use crate::turn;
use greenroom_app::consents::has_agreed;
use greenroom_app::{App, AppError};
use greenroom_domain::account::Purpose;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::State;
use greenroom_media::Detector;
use greenroom_media::link::{Link, LinkError, LinkId, LinkOptions, Links, Socket};
use greenroom_media::webrtc::{Hub, IceServer, OfferError, WebRtcOptions};
use greenroom_speech::{
    CircuitOptions, EngineCircuits, Kept, LineOptions, SpeechToText, SttLine, TextToSpeech, Timeouts,
    TtsLine, Voice, to_speech, to_text,
};
use schemars::JsonSchema;
use serde::Deserialize;
use std::net::IpAddr;
use std::sync::Arc;

/// Memory for spoken questions unless it is set, MiB.
const KEPT_MIB: u32 = 64;

/// Settings of lines and turns.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceOptions {
    /// Lines to pages.
    pub lines: LinkOptions,
    /// Where sound comes in over WebRTC.
    pub webrtc: WebRtcOptions,
    /// How patient the listener is.
    pub patience: turn::Options,
}

impl VoiceOptions {
    /// Settings with their values and the ranges that they must lie in.
    pub fn ranges(&self) -> Vec<(String, u64, u64, u64)> {
        let patience = self
            .patience
            .ranges()
            .map(|(key, value, low, high)| (format!("patience.{key}"), value, low, high));
        let lines = [
            ("lines.grace_ms".to_owned(), self.lines.grace_ms, 1_000, 60_000),
            ("lines.max_links".to_owned(), self.lines.max_links as u64, 1, 100_000),
            ("lines.silent_line_ms".to_owned(), self.lines.silent_line_ms, 2_000, 60_000),
        ];
        let all = lines.into_iter().chain(patience);
        all.map(|(key, value, low, high)| (format!("voice.{key}"), value, low, high)).collect()
    }
}

/// Spoken interviews of this process. Cheap to clone.
#[derive(Clone)]
pub struct VoiceRooms {
    ears: Option<Arc<dyn SpeechToText>>,
    mouth: Option<Arc<dyn TextToSpeech>>,
    /// Names of the engines, in the order in which they are asked.
    names: Arc<Names>,
    links: Links,
    /// `None` when pages use the WebSocket only.
    hub: Option<Hub>,
    options: Arc<VoiceOptions>,
}

#[derive(Debug, Default)]
struct Names {
    to_text: Vec<String>,
    to_speech: Vec<String>,
}

impl VoiceRooms {
    /// Rooms with these engines, for pages on WebSockets. `ids` makes names of lines that nobody guesses.
    pub fn new(
        options: VoiceOptions,
        ears: Option<Arc<dyn SpeechToText>>,
        mouth: Option<Arc<dyn TextToSpeech>>,
        ids: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        let name = |name: &str| vec![name.to_owned()];
        let names = Names {
            to_text: ears.as_ref().map(|engine| name(engine.name())).unwrap_or_default(),
            to_speech: mouth.as_ref().map(|engine| name(engine.name())).unwrap_or_default(),
        };
        let links = Links::new(options.lines.clone(), ids);
        Self { ears, mouth, names: Arc::new(names), links, hub: None, options: Arc::new(options) }
    }

    /// Rooms that nobody can enter.
    pub fn closed() -> Self {
        let lines = LinkOptions { max_links: 0, ..LinkOptions::default() };
        Self::new(VoiceOptions { lines, ..VoiceOptions::default() }, None, None, String::new)
    }

    /// The same rooms, for pages on WebRTC as well, unless the settings say otherwise. Must be called within a runtime.
    ///
    /// # Errors
    /// The port is taken, or an address to advertise is none.
    pub fn with_webrtc(self) -> std::io::Result<Self> {
        let options = self.options.webrtc.clone();
        let hub = options.enabled.then(|| Hub::bind(options, self.links.clone())).transpose()?;
        Ok(Self { hub, ..self })
    }

    /// Rooms with the engines of the settings. `variable` looks an environment variable up.
    pub fn of(
        options: VoiceOptions,
        speech: &greenroom_speech::Options,
        variable: impl Fn(&str) -> Option<String>,
        ids: impl Fn() -> String + Send + Sync + 'static,
    ) -> Result<Self, EnginesError> {
        let circuits = EngineCircuits::new(CircuitOptions::default());
        let (recognisers, voices) = (speech.recognisers(&variable)?, speech.voices(&variable)?);
        let names = Names {
            to_text: recognisers.iter().map(|engine| engine.name.clone()).collect(),
            to_speech: voices.iter().map(|engine| engine.name.clone()).collect(),
        };
        let timeouts = Timeouts::default();
        let recognisers = recognisers.iter().map(|one| Ok((to_text(one, timeouts)?, one.price)));
        let recognisers = recognisers.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let voices = voices.iter().map(|one| Ok((to_speech(one, timeouts)?, one.price)));
        let voices = voices.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let ears = SttLine::new(recognisers, LineOptions::default(), &circuits);
        let mouth = TtsLine::new(voices, LineOptions::default(), &circuits);
        let bytes = u64::from(speech.kept_mib.unwrap_or(KEPT_MIB)) << 20;
        let mouth = mouth.map(|line| {
            let preferred = line.name().to_owned();
            Arc::new(Kept::new(Arc::new(line), &preferred, bytes)) as Arc<dyn TextToSpeech>
        });
        let rooms = Self::new(options, ears.map(|line| Arc::new(line) as _), mouth, ids);
        Ok(Self { names: Arc::new(names), ..rooms })
    }

    /// Who makes words of speech; `None` when nobody does, and people type.
    pub fn ears(&self) -> Option<&Arc<dyn SpeechToText>> {
        self.ears.as_ref()
    }

    /// Who speaks; `None` when the page does, or people read.
    pub fn mouth(&self) -> Option<&Arc<dyn TextToSpeech>> {
        self.mouth.as_ref()
    }

    /// Names of the engines that make words of speech, in the order in which they are asked.
    pub fn ears_names(&self) -> &[String] {
        &self.names.to_text
    }

    /// Names of the engines that speak, in the order in which they are asked.
    pub fn mouth_names(&self) -> &[String] {
        &self.names.to_speech
    }

    /// Voices that can be chosen.
    pub fn voices(&self) -> &[Voice] {
        self.mouth.as_ref().map_or(&[], |mouth| mouth.voices())
    }

    /// How many lines are open.
    pub fn lines(&self) -> usize {
        self.links.count()
    }

    /// Whether pages may come by WebRTC.
    pub fn has_webrtc(&self) -> bool {
        self.hub.is_some()
    }

    /// STUN and TURN servers for a page that asks at `now`. `name` shows in the server's log: an id, nothing personal.
    pub fn ice_servers(&self, name: &str, now: Timestamp) -> Vec<IceServer> {
        let now_s = u64::try_from(now.as_datetime().timestamp()).unwrap_or_default();
        self.options.webrtc.ice_servers.iter().map(|server| server.for_page(name, now_s)).collect()
    }

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
            let (rooms, app, voice) = (self.clone(), app.clone(), offer.voice.clone());
            app.tasks().clone().spawn(async move {
                rooms.converse(&app, caller.user, caller.session, voice, link).await;
            });
        }
        Ok((answered.sdp, answered.id.0))
    }

    /// Ends all lines.
    pub async fn shut_down(&self) {
        self.links.shut_down().await;
    }

    /// Whether what this person says may go where the recogniser is.
    pub async fn may_leave(&self, app: &App, user: UserId) -> Result<(), AppError> {
        let leaves = self.ears.as_ref().is_some_and(|ears| ears.traits().leaves_machine);
        if leaves && !has_agreed(app, user, Purpose::ModelVendor).await? {
            let message = "Here another company makes text of speech, and you have not agreed to that. Agree under \
                           Privacy, or type your answers. Nothing was sent.";
            return Err(AppError::new(ErrorCode::Forbidden, "consent_needed", message));
        }
        Ok(())
    }

    /// Whether an interview can be held by voice now. Somebody else's interview is not found.
    pub async fn admit(&self, app: &App, user: UserId, session: SessionId) -> Result<(), AppError> {
        let record = greenroom_app::interviews::get(app, user, session).await?;
        match record.snapshot.status.as_str() {
            "active" | "paused" => self.may_leave(app, user).await,
            status => {
                let message = format!("This interview is {status}; it cannot be spoken any more.");
                Err(AppError::new(ErrorCode::Conflict, "wrong_status", message))
            }
        }
    }

    /// Holds the conversation of a page that has come by WebSocket, until it is over or the page comes back another
    /// way. Whatever goes wrong, the page is told on the line.
    pub async fn hold(
        &self,
        app: &App,
        user: UserId,
        session: SessionId,
        voice: Option<String>,
        socket: Socket,
    ) -> Result<(), LinkError> {
        let opened = self.links.open_socket(&session.to_string(), socket).await?;
        if let Some(link) = opened.link {
            self.converse(app, user, session, voice, link).await;
        }
        Ok(())
    }

    async fn converse(&self, app: &App, user: UserId, session: SessionId, voice: Option<String>, link: Link) {
        let held = Held { app: app.clone(), user, session };
        let (state, told) = match held.follow().await {
            Ok(followed) => followed,
            Err(error) => return tracing::warn!(interview.id = %session, %error, "a line found no interview"),
        };
        let conversation = Conversation {
            ears: self.ears_for(&state),
            mouth: self.mouth_for(&state, voice),
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

    fn ears_for(&self, state: &State) -> Option<Arc<dyn Ears>> {
        let engine = self.ears.clone()?;
        let language = state.settings.language.clone();
        let hint = state.settings.position.clone();
        Some(Arc::new(Recogniser { engine, language, hint }))
    }

    fn mouth_for(&self, state: &State, voice: Option<String>) -> Option<Arc<dyn Mouth>> {
        let engine = self.mouth.clone()?;
        let voice = voice.unwrap_or_else(|| voice_of(state.settings.personality).to_owned());
        Some(Arc::new(Speaker { engine, voice, language: state.settings.language.clone() }))
    }
}

/// Who comes by WebRTC, to which interview, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// To which interview.
    pub session: SessionId,
    /// From where.
    pub address: IpAddr,
}

/// What a page that comes by WebRTC offers.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its session description.
    pub sdp: String,
    /// The line that it had before.
    pub resume: Option<String>,
    /// The interviewer's voice; by the interviewer's manner when none is named.
    pub voice: Option<String>,
}

/// Why an offer was not answered.
#[derive(Debug, thiserror::Error)]
pub enum OfferRefused {
    /// Pages come by WebSocket here.
    #[error("there is no WebRTC here")]
    NoWebRtc,
    /// The offer itself.
    #[error(transparent)]
    Offer(#[from] OfferError),
}

/// Why engines could not be made of the settings.
#[derive(Debug, thiserror::Error)]
pub enum EnginesError {
    /// The settings are wrong.
    #[error(transparent)]
    Options(#[from] greenroom_speech::OptionsError),
    /// An engine cannot be made.
    #[error(transparent)]
    Engine(#[from] greenroom_speech::SpeechError),
}
