//! Spoken interviews of this process: its engines and its lines. Who is let in is in `admission`, who talks on a line in
//! `conversing`.

use super::coming::EnginesError;
use super::engine_state::{OutsideEngine, outside};
use super::options::VoiceOptions;
use super::permitted::Engines;
use greenroom_domain::clock::Timestamp;
use greenroom_media::codec::SpokenCache;
use greenroom_media::link::{LinkOptions, Links};
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
    pub(super) kept: SpokenCache,
    /// Names of the engines, in the order in which they are asked.
    pub(super) names: Arc<Names>,
    pub(super) circuits: Arc<EngineCircuits>,
    pub(super) links: Links,
    /// `None` when pages use the WebSocket only.
    pub(super) hub: Option<Hub>,
    /// Whether other nodes take pages by WebRTC.
    others_have_webrtc: bool,
    pub(super) options: Arc<VoiceOptions>,
    /// Where sound lies while a line stands; nothing of it is kept without.
    pub(super) spool: Option<Arc<Path>>,
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
        let talkers = talkers.into_iter().map(|one| {
            let price = one.price;
            Ok((Arc::new(Realtime::new(one, TALKS)?) as Arc<dyn SpeechToSpeech>, price))
        });
        let talkers = talkers.collect::<Result<Vec<_>, greenroom_speech::SpeechError>>()?;
        let talkers = Engines::of(
            talkers,
            |one| one.leaves_machine(),
            |engines| TalkLine::new(engines, TALKS.first, &circuits).map(|line| Arc::new(line) as _),
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

    /// Ends all lines.
    pub async fn shut_down(&self) {
        self.links.shut_down().await;
    }
}
