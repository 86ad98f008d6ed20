//! A PostgreSQL of one's own, which syncs every commit to the disk and can be stopped and started.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub struct Postgres {
    home: TempDir,
    programs: PathBuf,
    port: u16,
    /// Where it listens beside loopback.
    address: String,
}

impl Postgres {
    pub fn start() -> Self {
        Self::listening_at("127.0.0.1", None)
    }

    /// At `address`, with its data in `data` when that is given.
    pub fn listening_at(address: &str, data: Option<&Path>) -> Self {
        let home = match data {
            Some(data) => tempfile::tempdir_in(data),
            None => tempfile::tempdir(),
        };
        let home = home.expect("a temporary directory");
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let this = Self { home, programs: programs(), port, address: address.to_owned() };
        if is_root() {
            // It refuses to run as root.
            crate::run("chown", &["postgres", &this.path("")]);
        }
        this.run(
            "initdb",
            &["-U", "greenroom", "-A", "trust", "-E", "UTF8", "--no-sync", "-D", &this.path("data")],
        );
        std::fs::write(this.path("data/pg_hba.conf"), "host all all 0.0.0.0/0 trust\n")
            .expect("it can be written");
        this.start_again();
        this
    }

    pub fn start_again(&self) {
        let options = format!(
            "-k '' -h 127.0.0.1,{} -p {} -c max_connections=100 -c wal_keep_size=0 -c max_wal_size=64MB",
            self.address, self.port
        );
        self.run(
            "pg_ctl",
            &["start", "-w", "-D", &self.path("data"), "-l", &self.path("log"), "-o", &options],
        );
    }

    /// `fast` sends everybody away, `immediate` dies like by `kill -9`.
    pub fn stop(&self, mode: &str) {
        self.run("pg_ctl", &["stop", "-w", "-m", mode, "-D", &self.path("data")]);
    }

    /// Where it is found.
    pub fn url(&self) -> String {
        format!("postgres://greenroom@{}:{}/postgres", self.address, self.port)
    }

    fn path(&self, name: &str) -> String {
        self.home.path().join(name).to_str().expect("a name").to_owned()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(&program);
                command
            }
            false => Command::new(&program),
        };
        // Its output would keep ours open.
        let done = command.args(arguments).current_dir("/").stdout(std::process::Stdio::null()).status();
        let done = done.unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        assert!(done.success(), "{} {arguments:?}: {}", program.display(), self.log());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let (data, program) = (self.path("data"), self.programs.join("pg_ctl"));
        let program = program.to_str().expect("a name");
        let stop = ["stop", "-m", "immediate", "-D", &data];
        let _ = match is_root() {
            true => Command::new("runuser").args(["-u", "postgres", "--", program]).args(stop).output(),
            false => Command::new(program).args(stop).output(),
        };
    }
}

/// Whether this process may do everything.
pub fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().any(|line| line.starts_with("Uid:\t0\t"))
}

fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let mut found: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.pop().expect("PostgreSQL is installed")
}
