//! A model that answers an equal request again without asking.

use crate::attempt::{Attempt, Outcome, Recorded};
use crate::error::LlmError;
use crate::model::{
    Capabilities, End, Format, LanguageModel, ModelName, Piece, Pieces, Request, Stop, Stream, Usage,
};
use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_telemetry::models;
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use tokio::time::{Instant, timeout};

/// How long a reply is kept.
const TIME_TO_LIVE: Duration = Duration::from_secs(24 * 3600);
/// What all replies together may weigh, bytes.
const MOST_BYTES: u64 = 16 << 20;
/// What a reply weighs beside its words, bytes.
const ENTRY_BYTES: usize = 256;
/// How long an equal request waits for the one under way before it asks by itself: as long as a line tries.
const PATIENCE: Duration = Duration::from_secs(20);

type Key = [u8; 32];

/// A model that keeps replies in memory, at most for a day, and gives them again for equal requests that say
/// [`Request::reuse`]. Equal requests at once are asked once.
///
/// Put it around a line, outside of [`crate::Metered`]: what it gives again costs nothing. Who pays is no part of a
/// request, so interviews share replies; a reply to other words is never given, since the key is a SHA-256 of all that
/// is sent.
pub struct Cached {
    model: Arc<dyn LanguageModel>,
    kept: Cache<Key, Arc<Kept>>,
    under_way: Mutex<HashMap<Key, Weak<Turn<()>>>>,
}

struct Kept {
    model: ModelName,
    text: String,
    since: Instant,
}

impl Cached {
    /// `model`, with nothing kept yet.
    pub fn new(model: Arc<dyn LanguageModel>) -> Self {
        let weight = |_: &Key, reply: &Arc<Kept>| {
            let words = reply.text.len() + reply.model.provider.len() + reply.model.model.len();
            u32::try_from(words + ENTRY_BYTES).unwrap_or(u32::MAX)
        };
        let kept =
            Cache::builder().weigher(weight).max_capacity(MOST_BYTES).time_to_live(TIME_TO_LIVE).build();
        Self { model, kept, under_way: Mutex::default() }
    }

    fn find(&self, key: &Key) -> Option<Arc<Kept>> {
        // The cache frees memory by a clock of its own; this is the clock of all else here.
        self.kept.get(key).filter(|kept| kept.since.elapsed() < TIME_TO_LIVE)
    }

    /// Leave to ask for `key`, once nobody else is asking for it; `None` when that takes too long.
    async fn turn(&self, key: Key) -> Option<OwnedMutexGuard<()>> {
        let turn = {
            let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
            match under_way.get(&key).and_then(Weak::upgrade) {
                Some(turn) => turn,
                None => {
                    under_way.retain(|_, turn| turn.strong_count() > 0);
                    let turn = Arc::default();
                    under_way.insert(key, Arc::downgrade(&turn));
                    turn
                }
            }
        };
        timeout(PATIENCE, turn.lock_owned()).await.ok()
    }
}

#[async_trait]
impl LanguageModel for Cached {
    fn name(&self) -> &ModelName {
        self.model.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.model.capabilities()
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        self.stream_recorded(request).await.result
    }

    async fn stream_recorded(&self, request: &Request) -> Recorded<Stream> {
        if !request.reuse {
            return self.model.stream_recorded(request).await;
        }
        let (began, key) = (Instant::now(), key(self.name(), request));
        if let Some(kept) = self.find(&key) {
            return again(&kept, began);
        }
        let turn = self.turn(key).await;
        if let Some(kept) = self.find(&key) {
            return again(&kept, began);
        }
        models::reply_looked_up(false);
        let Recorded { result, attempts } = self.model.stream_recorded(request).await;
        let result = result.map(|Stream { model, pieces }| {
            let keeping =
                Keeping { kept: self.kept.clone(), key, model: model.clone(), text: String::new(), turn };
            Stream { model, pieces: keeping.keep(pieces) }
        });
        Recorded { result, attempts }
    }
}

/// A reply on its way into the cache.
struct Keeping {
    kept: Cache<Key, Arc<Kept>>,
    key: Key,
    model: ModelName,
    text: String,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Keeping {
    fn keep(self, pieces: Pieces) -> Pieces {
        let next = |(mut pieces, mut keeping): (Pieces, Self)| async move {
            let piece = pieces.next().await?;
            match &piece {
                Ok(Piece::Text(text)) => keeping.text.push_str(text),
                Ok(Piece::End(end)) => keeping.end(end.stop),
                Err(_) => keeping.turn = None,
            }
            Some((piece, (pieces, keeping)))
        };
        stream::unfold((pieces, self), next).boxed()
    }

    /// A reply that was cut is not kept: with luck the next one is shorter.
    fn end(&mut self, stop: Stop) {
        if stop == Stop::Done {
            let (model, text) = (self.model.clone(), std::mem::take(&mut self.text));
            self.kept.insert(self.key, Arc::new(Kept { model, text, since: Instant::now() }));
        }
        self.turn = None;
    }
}

fn again(kept: &Kept, began: Instant) -> Recorded<Stream> {
    models::reply_looked_up(true);
    models::tried(&kept.model.provider, Outcome::Cached.as_str());
    let usage = Usage { micros: Some(0), ..Usage::default() };
    let pieces = [Ok(Piece::Text(kept.text.clone())), Ok(Piece::End(End { stop: Stop::Done, usage }))];
    let attempt = Attempt {
        model: kept.model.clone(),
        outcome: Outcome::Cached,
        started: Duration::ZERO,
        took: began.elapsed(),
    };
    let stream = Stream { model: kept.model.clone(), pieces: stream::iter(pieces).boxed() };
    Recorded { result: Ok(stream), attempts: vec![attempt] }
}

fn key(model: &ModelName, request: &Request) -> Key {
    let Request { system, messages, max_tokens, temperature, format, account: _, reuse: _ } = request;
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for text in [&model.provider, &model.model, system] {
        part(text.as_bytes());
    }
    part(&(messages.len() as u64).to_be_bytes());
    for message in messages {
        part(&[message.role as u8]);
        part(message.text.as_bytes());
    }
    part(&max_tokens.to_be_bytes());
    match temperature {
        Some(temperature) => part(&temperature.to_be_bytes()),
        None => part(&[]),
    }
    if let Format::Json { name, schema } = format {
        part(name.as_bytes());
        part(schema.to_string().as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Message, Role};
    use serde_json::json;
    use std::collections::HashSet;

    fn request() -> Request {
        Request {
            system: "ab".to_owned(),
            messages: vec![Message { role: Role::User, text: "c".to_owned() }],
            max_tokens: 9,
            temperature: None,
            format: Format::Text,
            account: None,
            reuse: true,
        }
    }

    fn line(model: &str) -> ModelName {
        ModelName { provider: "p".to_owned(), model: model.to_owned() }
    }

    #[test]
    fn every_part_that_is_sent_tells_requests_apart_and_who_pays_does_not() {
        let said = |role, text: &str| vec![Message { role, text: text.to_owned() }];
        let json = |name: &str, schema| Format::Json { name: name.to_owned(), schema: Arc::new(schema) };
        let others = [
            request(),
            Request { system: "a".to_owned(), messages: said(Role::User, "bc"), ..request() },
            Request { messages: said(Role::Assistant, "c"), ..request() },
            Request { messages: [said(Role::User, "c"), said(Role::User, "")].concat(), ..request() },
            Request { max_tokens: 10, ..request() },
            Request { temperature: Some(0.0), ..request() },
            Request { temperature: Some(0.4), ..request() },
            Request { format: json("x", json!({})), ..request() },
            Request { format: json("y", json!({})), ..request() },
            Request { format: json("x", json!({"type": "object"})), ..request() },
        ];
        let mut keys: HashSet<Key> = others.iter().map(|other| key(&line("m"), other)).collect();
        assert_eq!(keys.len(), others.len());
        assert!(keys.insert(key(&line("n"), &request())));
        let paid = Request { account: Some("one".into()), ..request() };
        assert_eq!(key(&line("m"), &paid), key(&line("m"), &request()));
    }
}
