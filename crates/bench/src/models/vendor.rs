//! A vendor of language models in a process of its own: streams the same reply to whoever asks.

use anyhow::Context;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::serve::ListenerExt;
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep_until};

/// What each chunk of a reply says: a token is about this long.
const WORD: &str = " word";

/// How the vendor writes.
#[derive(Clone, Copy, clap::Args)]
pub struct Pace {
    /// Chunks of text in a reply.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub chunks: u32,
    /// From one chunk to the next, ms; the first comes at once.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(..=600_000))]
    pub pause_ms: u64,
}

impl Pace {
    /// How long a reply takes.
    pub fn length(&self) -> Duration {
        Duration::from_millis(self.pause_ms) * (self.chunks - 1)
    }

    /// What a whole reply says.
    pub fn words(&self) -> String {
        WORD.repeat(self.chunks as usize)
    }
}

/// A running vendor. Stopped when dropped.
pub struct Vendor {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Vendor {
    /// Starts this program as a vendor.
    pub fn start(pace: Pace) -> anyhow::Result<Self> {
        let (chunks, pause) = (pace.chunks.to_string(), pace.pause_ms.to_string());
        let mut child = Command::new(std::env::current_exe()?)
            .args(["vendor", "--chunks", &chunks, "--pause-ms", &pause])
            .stdout(Stdio::piped())
            .spawn()
            .context("the vendor does not start")?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("its stdout is a pipe")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().parse().context("the vendor says where it listens")?;
        Ok(Self { child, address })
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves on a free port of loopback, which it prints, until it is killed.
pub async fn serve(pace: Pace) -> anyhow::Result<()> {
    let reply = Arc::new(chunks(pace.chunks));
    let pause = Duration::from_millis(pace.pause_ms);
    // The request is read to its end, as a vendor does, and always answered alike.
    let answer = move |_: Bytes| async move { streamed(reply, pause) };
    let router = Router::new().route("/v1/chat/completions", post(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    // A small chunk must not wait until the one before it is acknowledged.
    let listener = listener.tap_io(|stream| {
        // Fails on a connection that is gone already, which the server will see.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await?;
    Ok(())
}

/// The chunks as they stand on the wire; the last brings the end with it.
fn chunks(count: u32) -> Vec<Bytes> {
    let delta = json!({"role": "assistant", "content": WORD});
    let text = json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": null}]);
    let stop = json!([{"index": 0, "delta": {}, "logprobs": null, "finish_reason": "stop"}]);
    let usage = json!({"prompt_tokens": 1200, "completion_tokens": count, "total_tokens": 1200 + count});
    let end = event(&stop, &Value::Null) + &event(&json!([]), &usage) + "data: [DONE]\n\n";
    let word = event(&text, &Value::Null);
    let mut all = vec![Bytes::from(word.clone()); count as usize - 1];
    all.push(Bytes::from(word + &end));
    all
}

fn event(choices: &Value, usage: &Value) -> String {
    let chunk = json!({
        "id": "chatcmpl-bench", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "bench",
        "system_fingerprint": "fp_bench", "choices": choices, "usage": usage,
    });
    format!("data: {chunk}\n\n")
}

fn streamed(reply: Arc<Vec<Bytes>>, pause: Duration) -> Response {
    let began = Instant::now();
    let count = u32::try_from(reply.len()).expect("it was made of so many");
    let chunks = stream::iter(0..count).then(move |number| {
        let chunk = reply[number as usize].clone();
        async move {
            // Counted from the beginning, so that delays do not add up; even a sleep over nothing costs a tick.
            if number > 0 {
                sleep_until(began + pause * number).await;
            }
            Ok::<_, Infallible>(chunk)
        }
    });
    ([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(chunks)).into_response()
}
