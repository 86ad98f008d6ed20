//! Programs of others that tests start on this machine.

use greenroom_llm::{Protocol, Timeouts, connect};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, MutexGuard};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/python-tools");
const STARTS_WITHIN: Duration = Duration::from_secs(120);

/// One program at a time: two must not be installed at once, and one that starts must not slow down another that
/// measures.
static TURN: Mutex<()> = Mutex::const_new(());

/// A program with an address of its own; it ends with the value.
pub struct Program {
    process: Child,
    pub url: String,
    pub control: reqwest::Client,
    _turn: MutexGuard<'static, ()>,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Program {
    /// Starts `name` of the Python environment `tools` with `--host`, `--port` and `arguments`, and waits until it
    /// answers at `health`.
    pub async fn start(tools: &str, name: &str, arguments: &[&str], health: &str) -> Self {
        let turn = TURN.lock().await;
        let program = installed(tools).join("bin").join(name);
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new(program)
            .args(arguments)
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            // LiteLLM asks the network for prices otherwise, and a database where there is one.
            .env("LITELLM_LOCAL_MODEL_COST_MAP", "True")
            .env("LITELLM_MODE", "PRODUCTION")
            .env("NO_PROXY", "127.0.0.1")
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let url = format!("http://127.0.0.1:{port}");
        // Preparing a model also prepares TLS, which the control's client wants though it does not use it.
        connect(&crate::server::provider(Protocol::Openai, url.clone()), Timeouts::default()).unwrap();
        let control = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let mut program = Self { process, url, control, _turn: turn };
        program.wait(name, health).await;
        program
    }

    async fn wait(&mut self, name: &str, health: &str) {
        let until = Instant::now() + STARTS_WITHIN;
        while Instant::now() < until {
            let answer = self.control.get(format!("{}{health}", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert_eq!(self.process.try_wait().unwrap(), None, "{name} ended");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{name} did not start");
    }
}

fn installed(tools: &str) -> PathBuf {
    let output = Command::new(SCRIPT).arg(tools).stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "the Python environment {tools} could not be made");
    Path::new(String::from_utf8(output.stdout).unwrap().trim()).to_owned()
}
