//! The real binary, started and stopped.

use super::client::Client;
use crate::process::{peak, processor_time, resident};
use anyhow::{Context, bail};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server. Stopped when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts `binary` on its own data directory and, when given, on a PostgreSQL.
    pub fn start(binary: &Path, data: &Path, postgres: Option<&str>) -> anyhow::Result<Self> {
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(data);
        // A key in the environment must not be used.
        command.env("GREENROOM__LLM__ENABLED", "false");
        command.env("GREENROOM__SERVER__LIMITS__ENABLED", "false");
        command.env_remove("DATABASE_URL").env("RUST_LOG", "warn").current_dir(data);
        if let Some(url) = postgres {
            command.env("DATABASE_URL", url);
        }
        let mut child = command.stderr(Stdio::piped()).spawn().context("the server does not start")?;
        let stderr = child.stderr.take().context("its stderr is a pipe")?;
        let mut lines = BufReader::new(stderr).lines();
        let mut said = String::new();
        for line in lines.by_ref() {
            let line = line?;
            if let Some((_, address)) = line.split_once("ready at http://") {
                let address = address.trim().parse().context("the server says where it listens")?;
                // Reads on, so that the server never waits for somebody to read its log.
                std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| eprintln!("{line}")));
                return Ok(Self { child, address });
            }
            said.push_str(&line);
            said.push('\n');
        }
        child.wait()?;
        bail!("the server stopped:\n{said}")
    }

    /// Asks it to stop, as an operator does, and waits.
    pub fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        let deadline = Instant::now() + Duration::from_secs(15);
        while self.child.try_wait()?.is_none() {
            anyhow::ensure!(Instant::now() < deadline, "the server does not stop");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Memory it holds now, bytes.
    pub fn resident(&self) -> anyhow::Result<u64> {
        resident(self.child.id())
    }

    /// Most memory it ever held, bytes.
    pub fn peak(&self) -> anyhow::Result<u64> {
        peak(self.child.id())
    }

    /// Processor time it has used.
    pub fn processor_time(&self) -> anyhow::Result<Duration> {
        processor_time(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone when it was stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Time from the start of the process until `/healthz` answers.
pub async fn start_up(
    binary: &Path,
    data: &Path,
    postgres: Option<&str>,
) -> anyhow::Result<(Server, Duration)> {
    let begin = Instant::now();
    let server = Server::start(binary, data, postgres)?;
    let mut client = Client::connect(server.address).await?;
    client.call(hyper::Method::GET, "/healthz", None, None, 200).await?;
    Ok((server, begin.elapsed()))
}
