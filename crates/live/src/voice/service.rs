//! Spoken interviews of this process: engines, lines, and who talks on them.

use super::actor::{Conversation, talk};
use super::coming::{Caller, EnginesError, Offer, OfferRefused, SoundWish};
use super::duplex::{Duplex, Manner};
use super::ears::Recogniser;
use super::engine_state::{OutsideEngine, outside};
use super::interview::Held;
use super::mouth::{Voice as Speaker, voice_of};
use super::options::VoiceOptions;
use super::permitted::{self, Engines};
use super::ports::{Ears, Mouth, Talker};
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
use greenroom_media::webrtc::{Hub, IceServer};
use greenroom_speech::realtime::{Realtime, SpeechToSpeech, TalkLine};
use greenroom_speech::{
    CircuitOptions, EngineCircuits, LineOptions, SpeechToText, SttLine, TextToSpeech, Timeouts, TtsLine,
    Voice, to_speech, to_text,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a recogniser that hears while one speaks may take for its last words before the next one hears them.
const LAST_WORDS: Duration = Duration::from_millis(1_500);
/// How long a model that hears and speaks may take: to open a conversation, for words, for the first sound of a reply and
/// for the next.
const TALKS: Timeouts = Timeouts {
    first: Duration::from_millis(1_500),
    next: Duration::from_millis(1_500),
    words: Duration::from_millis(1_500),
};
/// Memory for spoken questions unless it is set, MiB.
const KEPT_MIB: u32 = 64;

/// Spoken interviews of this process. Cheap to clone.
#[derive(Clone)]
pub struct VoiceRooms {
    pub(super) ears: Engines<dyn SpeechToText>,
    pub(super) mouth: Engines<dyn TextToSpeech>,
    /// Who hears and speaks at once, for those who choose that.
    pub(super) talkers: Engines<dyn SpeechToSpeech>,
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

#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub to_text: Vec<String>,
    pub to_speech: Vec<String>,
    pub realtime: Vec<String>,
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
            ..Names::default()
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
            talkers: Engines { all: None, own: None },
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

    /// The same rooms, where one model hears and speaks for those who choose that.
    pub fn with_realtime(self, model: Arc<dyn SpeechToSpeech>) -> Self {
        let names = Names { realtime: vec![model.name().to_owned()], ..Names::clone(&self.names) };
        let own = Some(model.clone()).filter(|model| !model.leaves_machine());
        Self { names: Arc::new(names), talkers: Engines { all: Some(model), own }, ..self }
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
        let talkers = speech.talkers(&variable)?;
        let names = Names {
            to_text: recognisers.iter().map(|engine| engine.name.clone()).collect(),
            to_speech: voices.iter().map(|engine| engine.name.clone()).collect(),
            realtime: talkers.iter().map(|engine| engine.name.clone()).collect(),
            outside: outside(&recognisers, &voices, &talkers),
        };
        let timeouts = Timeouts::default();
        let recognisers = recognisers.iter().map(|one| Ok((to_text(one, timeouts)?, one.price)));
        let recognisers = recognisers.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let voices = voices.iter().map(|one| Ok((to_speech(one, timeouts)?, one.price)));
        let voices = voices.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let talkers = talkers
            .into_iter()
            .map(|one| Ok((Arc::new(Realtime::new(one, TALKS)?) as Arc<dyn SpeechToSpeech>, ())));
        let talkers =
            talkers.collect::<Result<Vec<(Arc<dyn SpeechToSpeech>, ())>, greenroom_speech::SpeechError>>()?;
        let talkers = Engines::of(
            talkers,
            |one| one.leaves_machine(),
            |engines| {
                let engines = engines.into_iter().map(|(engine, ())| engine).collect();
                TalkLine::new(engines, TALKS.first, &circuits).map(|line| Arc::new(line) as _)
            },
        );
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
        Ok(Self { names: Arc::new(names), ears, mouth, talkers, kept, circuits, ..rooms })
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
            let (rooms, app, sound) = (self.clone(), app.clone(), offer.sound.clone());
            app.tasks().clone().spawn(async move {
                rooms.converse(&app, caller.user, caller.session, sound, link).await;
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
