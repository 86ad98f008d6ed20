//! LiteLLM's proxy as a neighbour: a bare client through it, to the same vendor.

use super::bare::Client;
use crate::process::{peak, resident};
use anyhow::{Context, bail, ensure};
use hyper::body::Bytes;
use serde::Serialize;
use serde_json::Value;
use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/python-tools");
const STARTS_WITHIN: Duration = Duration::from_secs(120);

/// A running proxy. Stopped when dropped.
pub struct Proxy {
    child: Child,
    home: TempDir,
    /// Where it listens.
    pub address: SocketAddr,
    start: Duration,
    idle_bytes: u64,
}

/// What the proxy is and takes.
#[derive(Debug, Serialize)]
pub struct Neighbour {
    /// Its version.
    pub version: &'static str,
    /// From its start until it had forwarded a first reply, s.
    pub start_s: f64,
    /// Its memory before the load, bytes.
    pub idle_bytes: u64,
    /// The most that it ever held, bytes.
    pub peak_bytes: u64,
}

impl Proxy {
    /// Installs it when it is not there, starts it as it comes (one worker) and waits until `body` is answered with
    /// `words`.
    pub async fn start(vendor: SocketAddr, body: &Bytes, words: &str) -> anyhow::Result<Self> {
        let program = installed()?;
        let home = tempfile::tempdir()?;
        let config = home.path().join("config.yaml");
        std::fs::write(&config, settings(vendor))?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = File::create(home.path().join("log"))?;
        let began = Instant::now();
        let child = Command::new(program)
            .arg("--config")
            .arg(&config)
            .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
            .current_dir(home.path())
            // As quick as it can be: no keys to check, little to log, nothing to ask of the network.
            .env("LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY", "true")
            .env("LITELLM_MODE", "PRODUCTION")
            .env("LITELLM_LOG", "ERROR")
            .env("LITELLM_LOCAL_MODEL_COST_MAP", "True")
            .env("NO_PROXY", "127.0.0.1")
            .env_remove("DATABASE_URL")
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("LiteLLM does not start")?;
        let mut proxy = Self { child, home, address, start: Duration::ZERO, idle_bytes: 0 };
        proxy.wait(began, body, words).await?;
        Ok(proxy)
    }

    async fn wait(&mut self, began: Instant, body: &Bytes, words: &str) -> anyhow::Result<()> {
        loop {
            if let Ok(mut client) = Client::connect(self.address, body.clone()).await {
                let answer = client.read().await?;
                ensure!(text(&answer) == words, "LiteLLM forwards something else than was sent");
                self.start = began.elapsed();
                self.idle_bytes = resident(self.id())?;
                return Ok(());
            }
            let has_ended = self.child.try_wait()?.is_some();
            if has_ended || began.elapsed() > STARTS_WITHIN {
                let log = std::fs::read_to_string(self.home.path().join("log")).unwrap_or_default();
                let last = log.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
                bail!("LiteLLM did not start: {last}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What it is and took so far.
    pub fn neighbour(&self) -> anyhow::Result<Neighbour> {
        let (start_s, idle_bytes) = (self.start.as_secs_f64(), self.idle_bytes);
        Ok(Neighbour { version: version(), start_s, idle_bytes, peak_bytes: peak(self.id())? })
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The version that is installed.
fn version() -> &'static str {
    let pinned = include_str!("../../../../tools/requirements-gateway.txt");
    pinned.lines().find_map(|line| line.strip_prefix("litellm==")).expect("the file names it")
}

fn installed() -> anyhow::Result<PathBuf> {
    let output = Command::new(TOOLS).arg("gateway").stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "LiteLLM could not be installed (scripts/python-tools gateway)");
    let home = String::from_utf8(output.stdout)?;
    Ok(Path::new(home.trim()).join("bin/litellm"))
}

fn settings(vendor: SocketAddr) -> String {
    format!(
        "model_list:\n  - model_name: bench\n    litellm_params:\n      model: openai/bench\n      \
         api_base: http://{vendor}/v1\n      api_key: none\nlitellm_settings:\n  telemetry: false\n"
    )
}

/// The text of a streamed reply.
fn text(answer: &[u8]) -> String {
    let answer = String::from_utf8_lossy(answer);
    let chunks = answer.lines().filter_map(|line| line.strip_prefix("data: "));
    let chunks = chunks.filter_map(|data| serde_json::from_str::<Value>(data).ok());
    chunks.filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect()
}
