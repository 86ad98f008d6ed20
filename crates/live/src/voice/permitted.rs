//! Engines of other companies hear and speak for those who agree, and only while they do; for the rest the operator's own.

use async_trait::async_trait;
use futures::StreamExt;
use greenroom_app::App;
use greenroom_app::consents::has_agreed;
use greenroom_domain::account::Purpose;
use greenroom_domain::ids::UserId;
use greenroom_speech::realtime::{Conversation, SpeechToSpeech, SpokenTo, Talking};
use greenroom_speech::{
    Heard, Kind, Listening, Say, SpeechError, SpeechToText, Spoken, StreamOptions, SttTraits, TextToSpeech,
    Transcript, Utterance, Voice,
};
use std::sync::Arc;

/// Engines of one direction.
pub(super) struct Engines<E: ?Sized> {
    /// All that are set up.
    pub all: Option<Arc<E>>,
    /// Those that are the operator's own.
    pub own: Option<Arc<E>>,
}

impl<E: ?Sized> Clone for Engines<E> {
    fn clone(&self) -> Self {
        Self { all: self.all.clone(), own: self.own.clone() }
    }
}

impl<E: ?Sized> Engines<E> {
    /// A line of all `engines`, and one of those that are the operator's own; the same one when all of them are.
    pub fn of<P: Clone>(
        engines: Vec<(Arc<E>, P)>,
        leaves: impl Fn(&E) -> bool,
        line: impl Fn(Vec<(Arc<E>, P)>) -> Option<Arc<E>>,
    ) -> Self {
        let own: Vec<_> = engines.iter().filter(|(engine, _)| !leaves(engine)).cloned().collect();
        let are_all_own = own.len() == engines.len();
        let all = line(engines);
        let own = if are_all_own { all.clone() } else { line(own) };
        Self { all, own }
    }

    /// Whether something leaves what is the operator's own, for those who agree.
    pub fn leave(&self) -> bool {
        match (&self.all, &self.own) {
            (Some(all), Some(own)) => !Arc::ptr_eq(all, own),
            (all, _) => all.is_some(),
        }
    }
}

/// Engines for one person who has agreed; asked before each use whether that still stands.
struct Permitted<E: ?Sized> {
    app: App,
    user: UserId,
    all: Arc<E>,
    own: Option<Arc<E>>,
}

impl<E: ?Sized> Clone for Permitted<E> {
    fn clone(&self) -> Self {
        let Self { app, user, all, own } = self;
        Self { app: app.clone(), user: *user, all: all.clone(), own: own.clone() }
    }
}

impl<E: ?Sized> Permitted<E> {
    /// The engines that may be used at this moment. Where nobody can say whether the person agrees, they do not.
    async fn now(&self, name: &str) -> Result<&Arc<E>, SpeechError> {
        match agrees(&self.app, self.user).await {
            true => Ok(&self.all),
            false => self.own.as_ref().ok_or_else(|| withdrawn(name)),
        }
    }
}

async fn agrees(app: &App, user: UserId) -> bool {
    match has_agreed(app, user, Purpose::SpeechVendor).await {
        Ok(agrees) => agrees,
        Err(error) => {
            tracing::warn!(%error, "whether somebody agrees cannot be read; nothing is sent away");
            false
        }
    }
}

fn withdrawn(engine: &str) -> SpeechError {
    SpeechError {
        engine: engine.to_owned(),
        kind: Kind::Forbidden,
        message: "the person does not agree that it is used".to_owned(),
    }
}

/// Who hears this person; `None` when nobody may.
pub(super) async fn ears(
    app: &App,
    user: UserId,
    engines: &Engines<dyn SpeechToText>,
) -> Option<Arc<dyn SpeechToText>> {
    if !engines.leave() || !agrees(app, user).await {
        return engines.own.clone();
    }
    let Engines { all, own } = engines.clone();
    Some(Arc::new(Permitted { app: app.clone(), user, all: all?, own }))
}

/// Who speaks to this person; `None` when nobody may.
pub(super) async fn mouth(
    app: &App,
    user: UserId,
    engines: &Engines<dyn TextToSpeech>,
) -> Option<Arc<dyn TextToSpeech>> {
    if !engines.leave() || !agrees(app, user).await {
        return engines.own.clone();
    }
    let Engines { all, own } = engines.clone();
    Some(Arc::new(Permitted { app: app.clone(), user, all: all?, own }))
}

/// Who hears and speaks at once for this person; `None` when nobody may.
pub(super) async fn talker(
    app: &App,
    user: UserId,
    engines: &Engines<dyn SpeechToSpeech>,
) -> Option<Arc<dyn SpeechToSpeech>> {
    if !engines.leave() || !agrees(app, user).await {
        return engines.own.clone();
    }
    let Engines { all, own } = engines.clone();
    Some(Arc::new(Permitted { app: app.clone(), user, all: all?, own }))
}

#[async_trait]
impl SpeechToSpeech for Permitted<dyn SpeechToSpeech> {
    fn name(&self) -> &str {
        self.all.name()
    }

    fn leaves_machine(&self) -> bool {
        true
    }

    /// Ends after an utterance, and before a reply, when the person has withdrawn by then.
    async fn open(&self, conversation: Conversation) -> Result<Talking, SpeechError> {
        let Talking { engine, voice, events } = self.now(self.all.name()).await?.open(conversation).await?;
        let this = self.clone();
        let events = futures::stream::unfold(Some((events, this)), |open| async move {
            let (mut events, this) = open?;
            let next = events.next().await?;
            let is_due =
                matches!(next, Ok(SpokenTo::Heard { .. } | SpokenTo::NotHeard { .. } | SpokenTo::Reply(_)));
            if is_due && !agrees(&this.app, this.user).await {
                return Some((Err(withdrawn(this.all.name())), None));
            }
            Some((next, Some((events, this))))
        });
        Ok(Talking { engine, voice, events: events.boxed() })
    }
}

#[async_trait]
impl SpeechToText for Permitted<dyn SpeechToText> {
    fn name(&self) -> &str {
        self.all.name()
    }

    fn traits(&self) -> &SttTraits {
        self.all.traits()
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        self.now(self.all.name()).await?.transcribe(utterance).await
    }

    /// Ends after an utterance when the person has withdrawn by then.
    async fn open(&self, options: StreamOptions) -> Result<Listening, SpeechError> {
        let Listening { sink, heard } = self.now(self.all.name()).await?.open(options).await?;
        let this = self.clone();
        let heard = futures::stream::unfold(Some((heard, this)), |open| async move {
            let (mut heard, this) = open?;
            let next = heard.next().await?;
            let is_final = matches!(next, Ok(Heard::Final { .. }));
            // Whoever else may hear them is asked for the next one.
            if is_final && !agrees(&this.app, this.user).await {
                return Some((Err(withdrawn(this.all.name())), None));
            }
            Some((next, Some((heard, this))))
        });
        Ok(Listening { sink, heard: heard.boxed() })
    }
}

#[async_trait]
impl TextToSpeech for Permitted<dyn TextToSpeech> {
    fn name(&self) -> &str {
        self.all.name()
    }

    fn voices(&self) -> &[Voice] {
        self.all.voices()
    }

    fn leaves_machine(&self) -> bool {
        true
    }

    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError> {
        self.now(self.all.name()).await?.speak(say).await
    }
}
