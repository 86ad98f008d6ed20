//! Spoken interviews of this process: engines, lines, and who talks on them.

use super::actor::{Conversation, talk};
use super::ears::Recogniser;
use super::engine_state::{OutsideEngine, outside};
use super::interview::Held;
use super::mouth::{Voice as Speaker, voice_of};
use super::options::VoiceOptions;
use super::permitted::{self, Engines};
use super::ports::{Ears, Mouth};
use crate::recordings::{self, Take};
use greenroom_app::recordings::SpooledLine;
use greenroom_app::{App, AppError};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::State;
use greenroom_media::Detector;
use greenroom_media::codec::SpokenCache;
use greenroom_media::link::{Link, LinkError, LinkId, LinkOptions, Links, Socket};
use greenroom_media::webrtc::{Hub, IceServer, OfferError};
use greenroom_speech::{
    CircuitOptions, EngineCircuits, LineOptions, SpeechToText, SttLine, TextToSpeech, Timeouts, TtsLine,
    Voice, to_speech, to_text,
};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a recogniser that hears while one speaks may take for its last words before the next one hears them.
const LAST_WORDS: Duration = Duration::from_millis(1_500);
/// Memory for spoken questions unless it is set, MiB.
const KEPT_MIB: u32 = 64;

/// Spoken interviews of this process. Cheap to clone.
#[derive(Clone)]
pub struct VoiceRooms {
    pub(super) ears: Engines<dyn SpeechToText>,
    pub(super) mouth: Engines<dyn TextToSpeech>,
    /// What is said to everybody.
    kept: SpokenCache,
    /// Names of the engines, in the order in which they are asked.
    pub(super) names: Arc<Names>,
    pub(super) circuits: Arc<EngineCircuits>,
    links: Links,
    /// `None` when pages use the WebSocket only.
    hub: Option<Hub>,
    /// Whether other nodes take pages by WebRTC.
    others_have_webrtc: bool,
    options: Arc<VoiceOptions>,
    /// Where sound lies while a line stands; nothing of it is kept without.
    spool: Option<Arc<Path>>,
}

#[derive(Debug, Default)]
pub(super) struct Names {
    pub to_text: Vec<String>,
    pub to_speech: Vec<String>,
    /// Those of other companies.
    pub outside: Vec<OutsideEngine>,
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
            outside: Vec::new(),
        };
        let links = Links::new(options.lines.clone(), ids);
        let own = ears.clone().filter(|engine| !engine.traits().leaves_machine);
        let ears = Engines { all: ears, own };
        let own = mouth.clone().filter(|engine| !engine.leaves_machine());
        let mouth = Engines { all: mouth, own };
        let kept = SpokenCache::new(u64::from(KEPT_MIB) << 20);
        let circuits = Arc::default();
        Self {
            ears,
            mouth,
            kept,
            names: Arc::new(names),
            circuits,
            links,
            hub: None,
            others_have_webrtc: false,
            options: Arc::new(options),
            spool: None,
        }
    }

    /// Rooms that nobody can enter.
    pub fn closed() -> Self {
        let lines = LinkOptions { max_links: 0, ..LinkOptions::default() };
        Self::new(VoiceOptions { lines, ..VoiceOptions::default() }, None, None, String::new)
    }

    /// The same rooms, where what is agreed to is recorded. Sound lies in `folder`, sealed, while a line stands.
    pub fn with_spool(self, folder: &Path) -> Self {
        Self { spool: Some(folder.into()), ..self }
    }

    /// Where sound lies while a line stands.
    pub fn spool(&self) -> Option<&Path> {
        self.spool.as_deref()
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

    /// The same rooms at a node that holds no lines: others do, with the same settings.
    pub fn held_elsewhere(self) -> Self {
        Self { others_have_webrtc: self.options.webrtc.enabled, ..self }
    }

    /// Rooms with the engines of the settings. `variable` looks an environment variable up.
    pub fn of(
        options: VoiceOptions,
        speech: &greenroom_speech::Options,
        variable: impl Fn(&str) -> Option<String>,
        ids: impl Fn() -> String + Send + Sync + 'static,
    ) -> Result<Self, EnginesError> {
        let circuits = Arc::new(EngineCircuits::new(CircuitOptions::default()));
        let (recognisers, voices) = (speech.recognisers(&variable)?, speech.voices(&variable)?);
        let names = Names {
            to_text: recognisers.iter().map(|engine| engine.name.clone()).collect(),
            to_speech: voices.iter().map(|engine| engine.name.clone()).collect(),
            outside: outside(&recognisers, &voices),
        };
        let timeouts = Timeouts::default();
        let recognisers = recognisers.iter().map(|one| Ok((to_text(one, timeouts)?, one.price)));
        let recognisers = recognisers.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let voices = voices.iter().map(|one| Ok((to_speech(one, timeouts)?, one.price)));
        let voices = voices.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let hearing = LineOptions { stream: LAST_WORDS, ..LineOptions::default() };
        let ears = Engines::of(
            recognisers,
            |one| one.traits().leaves_machine,
            |engines| SttLine::new(engines, hearing, &circuits).map(|line| Arc::new(line) as _),
        );
        let mouth = Engines::of(
            voices,
            |one| one.leaves_machine(),
            |engines| {
                TtsLine::new(engines, LineOptions::default(), &circuits).map(|line| Arc::new(line) as _)
            },
        );
        let kept = SpokenCache::new(u64::from(speech.kept_mib.unwrap_or(KEPT_MIB)) << 20);
        let rooms = Self::new(options, None, None, ids);
        Ok(Self { names: Arc::new(names), ears, mouth, kept, circuits, ..rooms })
    }

    /// Who makes words of speech; `None` when nobody does, and people type.
    pub fn ears(&self) -> Option<&Arc<dyn SpeechToText>> {
        self.ears.all.as_ref()
    }

    /// Who speaks; `None` when the page does, or people read.
    pub fn mouth(&self) -> Option<&Arc<dyn TextToSpeech>> {
        self.mouth.all.as_ref()
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
        self.mouth.all.as_ref().map_or(&[], |mouth| mouth.voices())
    }

    /// How many lines are open.
    pub fn lines(&self) -> usize {
        self.links.count()
    }

    /// Whether pages may come by WebRTC.
    pub fn has_webrtc(&self) -> bool {
        self.hub.is_some() || self.others_have_webrtc
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

    /// Whether an interview can be held by voice now. Somebody else's interview is not found.
    pub async fn admit(&self, app: &App, user: UserId, session: SessionId) -> Result<(), AppError> {
        let record = greenroom_app::interviews::get(app, user, session).await?;
        match record.snapshot.status.as_str() {
            "active" | "paused" => self.ears_of(app, user).await.map(|_| ()),
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
        let voice = voice.filter(|id| self.voices().iter().any(|known| known.id == *id));
        let held = Held { app: app.clone(), user, session, voice: voice.clone() };
        let (state, told) = match held.follow().await {
            Ok(followed) => followed,
            Err(error) => return tracing::warn!(interview.id = %session, %error, "a line found no interview"),
        };
        let take = self.take_of(app, (user, session), &link).await;
        let conversation = Conversation {
            take,
            ears: self.ears_for(app, user, &state).await,
            mouth: self.mouth_for(app, user, &state, voice).await,
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
    async fn take_of(&self, app: &App, (user, session): (UserId, SessionId), link: &Link) -> Option<Take> {
        let folder = self.spool.as_ref()?;
        let ears = permitted::ears(app, user, &self.ears).await?;
        let age_ms = i64::try_from(link.opened.elapsed().as_millis()).unwrap_or_default();
        let line = SpooledLine {
            user,
            session,
            line: link.id.0.clone(),
            began_at: app.now().plus_ms(-age_ms),
            keeps_fillers: ears.traits().keeps_fillers,
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

    async fn mouth_for(
        &self,
        app: &App,
        user: UserId,
        state: &State,
        voice: Option<String>,
    ) -> Option<Arc<dyn Mouth>> {
        let chosen = voice.or_else(|| state.voice.clone());
        let voice = chosen.unwrap_or_else(|| voice_of(state.settings.personality).to_owned());
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
    /// The interviewer's voice; when none is named, the one that was chosen before, or that of the interviewer's manner.
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
