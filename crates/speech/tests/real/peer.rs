//! The recogniser, a program of its own.

use greenroom_speech::{Options, SpeechToText, Timeouts};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// What is said in the tests.
pub const SENTENCES: &str = include_str!("sentences.txt");

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const STARTS_WITHIN: Duration = Duration::from_secs(120);

pub struct Recogniser {
    process: Child,
    port: u16,
}

impl Drop for Recogniser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Recogniser {
    pub async fn start() -> Self {
        let root = Path::new(ROOT);
        let tools =
            Command::new(root.join("scripts/python-tools")).arg("speech").stderr(Stdio::inherit()).output();
        let tools = tools.unwrap();
        assert!(tools.status.success(), "the Python environment could not be made");
        let home = String::from_utf8(tools.stdout).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new(Path::new(home.trim()).join("bin/python"))
            .arg(root.join("tools/speech_peer.py"))
            .args(["--port", &port.to_string()])
            .arg("--sentences")
            .arg(root.join("crates/speech/tests/real/sentences.txt"))
            .spawn()
            .unwrap();
        let mut recogniser = Self { process, port };
        recogniser.wait().await;
        recogniser
    }

    async fn wait(&mut self) {
        let until = Instant::now() + STARTS_WITHIN;
        while Instant::now() < until {
            if self.is_ready().await.unwrap_or(false) {
                return;
            }
            assert_eq!(self.process.try_wait().unwrap(), None, "the recogniser ended");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the recogniser did not start");
    }

    async fn is_ready(&self) -> std::io::Result<bool> {
        let mut line = tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await?;
        line.write_all(b"GET /health HTTP/1.0\r\n\r\n").await?;
        let mut answer = String::new();
        line.read_to_string(&mut answer).await?;
        Ok(answer.contains(" 200 "))
    }

    pub fn engine(&self) -> Arc<dyn SpeechToText> {
        let settings = format!(
            "[to_text.engines.sphinx]\nbase_url = 'http://127.0.0.1:{}/v1'\nmodel = 'en-us'\nkeeps_fillers = true",
            self.port
        );
        let options: Options = toml::from_str(&settings).unwrap();
        let timeouts = Timeouts { words: Duration::from_secs(60), ..Timeouts::default() };
        greenroom_speech::to_text(&options.recognisers(|_| None).unwrap()[0], timeouts).unwrap()
    }
}
