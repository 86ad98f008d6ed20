//! The two connections of one interview: its live feed, and one for answers.

use crate::program::client::Client;
use crate::program::interviews::Interview;
use anyhow::Context;
use futures::StreamExt;
use hyper::header::AUTHORIZATION;
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// How long a question may take to come through the feed before it counts as lost.
const LOST_AFTER: Duration = Duration::from_secs(30);

/// A line. Closed when dropped.
pub struct Line {
    /// For answers.
    pub client: Client,
    questions: mpsc::UnboundedReceiver<(String, Instant)>,
    told: Arc<AtomicU64>,
    feed: AbortHandle,
}

#[derive(Deserialize)]
struct Message {
    kind: Option<String>,
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    question: Option<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
}

impl Line {
    /// Opens the feed of `interview`, from its beginning, and a connection for answers.
    pub async fn open(address: SocketAddr, interview: &Interview) -> anyhow::Result<Self> {
        let mut request = format!("ws://{address}{}/live?after=0", interview.path).into_client_request()?;
        request.headers_mut().insert(AUTHORIZATION, interview.token.clone());
        let (mut feed, _) = tokio_tungstenite::connect_async(request).await.context("the feed is refused")?;
        let (tell, questions) = mpsc::unbounded_channel();
        let told = Arc::new(AtomicU64::new(0));
        let counted = told.clone();
        let following = tokio::spawn(async move {
            while let Some(Ok(message)) = feed.next().await {
                let Ok(text) = message.to_text() else { continue };
                counted.fetch_add(text.len() as u64, Ordering::Relaxed);
                let Ok(message) = serde_json::from_str::<Message>(text) else { continue };
                if message.kind.as_deref() == Some("question_asked")
                    && let Some(question) = message.data.and_then(|data| data.question)
                    && tell.send((question.id, Instant::now())).is_err()
                {
                    return;
                }
            }
        });
        let client = Client::connect(address).await?;
        Ok(Self { client, questions, told, feed: following.abort_handle() })
    }

    /// When `question` came through the feed; `None` when it is lost.
    pub async fn fed(&mut self, question: &str) -> Option<Instant> {
        let coming = async {
            while let Some((id, at)) = self.questions.recv().await {
                if id == question {
                    return Some(at);
                }
            }
            None
        };
        tokio::time::timeout(LOST_AFTER, coming).await.ok().flatten()
    }

    /// Bytes told in the feed so far.
    pub fn told(&self) -> u64 {
        self.told.load(Ordering::Relaxed)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.feed.abort();
    }
}
