//! The interview behind a line: its use cases, and its log as it grows.

use super::ports::{Interview, Refused, Told};
use crate::{Feed, Woken};
use async_trait::async_trait;
use greenroom_app::interviews::{self, Idempotency, Words};
use greenroom_app::{App, AppError};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{HeardReply, Spoken, Stages, State, Transport, Unfinished};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// News that may wait for the conversation.
const WAITING: usize = 64;
/// How often an answer is tried to be stored while the storage does not answer, and how long in between.
const TRIES: u32 = 8;
const BETWEEN: Duration = Duration::from_millis(500);

/// One person's interview.
#[derive(Clone)]
pub(super) struct Held {
    pub app: App,
    pub user: UserId,
    pub session: SessionId,
    /// The interviewer's voice, if one was chosen with this line.
    pub voice: Option<String>,
}

impl Held {
    /// Where the interview stands, and what becomes known of it after that.
    pub async fn follow(&self) -> Result<(Arc<State>, mpsc::Receiver<Told>), AppError> {
        let state = interviews::state(&self.app, self.user, self.session).await?;
        let feed = Feed::open(&self.app, self.user, self.session, state.last_seq).await?;
        let (told, news) = mpsc::channel(WAITING);
        let app = self.app.clone();
        self.app.tasks().spawn(async move {
            tokio::select! {
                () = told.closed() => {}
                () = tell(&app, feed, &told) => {}
                () = app.tasks().stopping().cancelled() => {}
            }
        });
        Ok((state, news))
    }

    async fn store_answer(
        &self,
        question: QuestionId,
        words: Words,
        key: String,
    ) -> Result<ResponseId, AppError> {
        for _ in 1..TRIES {
            let key = Some(Idempotency { key: key.clone() });
            match interviews::answer(&self.app, self.user, self.session, question, words.clone(), key).await {
                Err(error) if error.code == ErrorCode::Unavailable => tokio::time::sleep(BETWEEN).await,
                other => return other.map(|answered| answered.response_id),
            }
        }
        let key = Some(Idempotency { key });
        let answered = interviews::answer(&self.app, self.user, self.session, question, words, key).await?;
        Ok(answered.response_id)
    }
}

async fn tell(app: &App, mut feed: Feed, told: &mpsc::Sender<Told>) {
    loop {
        let events = match feed.ready(app).await {
            Ok(events) => events,
            // The storage may be back in a moment; the feed goes on where it was.
            Err(error) if error.code == ErrorCode::Unavailable => {
                tokio::time::sleep(BETWEEN).await;
                continue;
            }
            Err(_) => {
                let _ = told.send(Told::Gone).await;
                return;
            }
        };
        let is_quiet = events.is_empty();
        for logged in events {
            if told.send(Told::Event(Box::new(logged))).await.is_err() {
                return;
            }
        }
        if is_quiet
            && let Woken::Draft(draft) = feed.wait().await
            && !draft.words.is_empty()
        {
            let _ = told.send(Told::Draft(draft.words)).await;
        }
    }
}

#[async_trait]
impl Interview for Held {
    async fn join(&self, line: &str, transport: Transport) -> Result<(), Refused> {
        let (line, voice) = (line.to_owned(), self.voice.clone());
        let joined = interviews::join_voice(&self.app, self.user, self.session, line, transport, voice);
        joined.await.map(drop).map_err(refused)
    }

    async fn answer(
        &self,
        question: QuestionId,
        text: String,
        spoken: Spoken,
    ) -> Result<ResponseId, Refused> {
        // The place on the line is the answer's own: trying twice stores it once.
        let key = format!("voice-{}-{}", spoken.line, spoken.from_ms);
        let words = Words { content: text, spoken: Some(Box::new(spoken)) };
        let held = self.clone();
        let storing = self.app.tasks().spawn(async move { held.store_answer(question, words, key).await });
        storing.await.map_err(AppError::internal).flatten().map_err(refused)
    }

    async fn amend(&self, response: ResponseId, text: String, spoken: Spoken) -> Result<(), Refused> {
        let words = Words { content: text, spoken: Some(Box::new(spoken)) };
        interviews::amend(&self.app, self.user, self.session, response, words)
            .await
            .map(drop)
            .map_err(refused)
    }

    async fn heard(&self, heard: HeardReply) -> Result<(), Refused> {
        interviews::heard(&self.app, self.user, self.session, heard).await.map(drop).map_err(refused)
    }

    async fn hold(&self, question: QuestionId, unfinished: Unfinished) -> Result<(), Refused> {
        let held = interviews::hold(&self.app, self.user, self.session, question, unfinished);
        held.await.map(drop).map_err(refused)
    }

    async fn timed(&self, response: ResponseId, stages: Stages) -> Result<(), Refused> {
        interviews::timed(&self.app, self.user, self.session, response, stages)
            .await
            .map(drop)
            .map_err(refused)
    }

    async fn pause(&self) -> Result<(), Refused> {
        interviews::pause(&self.app, self.user, self.session).await.map(drop).map_err(refused)
    }
}

fn refused(error: AppError) -> Refused {
    Refused(error.error.to_owned())
}
