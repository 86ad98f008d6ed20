//! Our layer, put together as `greenroom serve` does: a vendor, paid from a budget, in a line.

use super::load::Taken;
use super::question;
use super::vendor::Vendor;
use crate::process::resident;
use anyhow::{Context, ensure};
use futures::StreamExt;
use greenroom_llm::{
    Budget, Caps, CircuitOptions, Circuits, Fallback, FallbackOptions, JsonSupport, LanguageModel, Metered,
    Piece, Pieces, Prices, Protocol, Provider, Request, Timeouts, connect,
};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Serialize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// Replies that wait at the same time while memory is read.
const OPEN: usize = 200;

/// A line of one model, shared by all who ask.
#[derive(Clone)]
pub struct Line {
    model: Arc<dyn LanguageModel>,
    request: Arc<Request>,
    letters: usize,
}

impl Line {
    /// To the vendor at `address`, whose replies have so many `letters`.
    pub fn new(address: SocketAddr, letters: usize) -> anyhow::Result<Self> {
        let provider = Provider {
            name: "bench".to_owned(),
            protocol: Protocol::Openai,
            base_url: format!("http://{address}/v1"),
            api_key: None,
            model: "bench".to_owned(),
            context: None,
            json: JsonSupport::Schema,
        };
        let any_day = || 0;
        let budget = Arc::new(Budget::new(Caps::default(), Prices::known(), any_day));
        let paid = Metered::new(connect(&provider, Timeouts::default())?, budget);
        let circuits = Circuits::new(CircuitOptions::default());
        let random = StdRng::seed_from_u64(0);
        let line = Fallback::new(vec![Arc::new(paid)], FallbackOptions::default(), &circuits, random);
        let model = Arc::new(line.context("the line has a model")?);
        Ok(Self { model, request: Arc::new(question::request()), letters })
    }

    /// Asks, and reads to the end.
    pub async fn ask(&self) -> anyhow::Result<Taken> {
        let began = Instant::now();
        let mut pieces = self.model.stream(&self.request).await?.pieces;
        let (mut first, mut letters) = (None, 0);
        while let Some(piece) = pieces.next().await {
            match piece? {
                Piece::Text(text) => {
                    first.get_or_insert_with(|| began.elapsed());
                    letters += text.len();
                }
                Piece::End(_) => break,
            }
        }
        let total = began.elapsed();
        ensure!(letters == self.letters, "{letters} letters came, {} were sent", self.letters);
        Ok(Taken { first: first.context("the reply is empty")?, total })
    }

    /// A reply of which only the first text was read.
    async fn begin(&self) -> anyhow::Result<Pieces> {
        let mut pieces = self.model.stream(&self.request).await?.pieces;
        pieces.next().await.context("the reply is empty")??;
        Ok(pieces)
    }
}

/// Memory of this process while replies wait.
#[derive(Debug, Serialize)]
pub struct Memory {
    /// Replies that wait.
    pub open: usize,
    /// Before, bytes.
    pub idle_bytes: u64,
    /// Meanwhile, bytes.
    pub open_bytes: u64,
}

/// Opens replies of `vendor`, which does not hurry, and looks. To be called first: memory that was used before may
/// be used again.
pub async fn memory(vendor: &Vendor) -> anyhow::Result<Memory> {
    let line = Line::new(vendor.address, 0)?;
    drop(line.begin().await?);
    let this = std::process::id();
    let idle_bytes = resident(this)?;
    let begun: Vec<_> = (0..OPEN)
        .map(|_| {
            let line = line.clone();
            tokio::spawn(async move { line.begin().await })
        })
        .collect();
    let mut waiting = Vec::with_capacity(OPEN);
    for pieces in begun {
        waiting.push(pieces.await??);
    }
    let open_bytes = resident(this)?;
    Ok(Memory { open: waiting.len(), idle_bytes, open_bytes })
}
