//! Storages of files that others wrote, started by the test that needs one.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A storage of files with the bucket `rooms`. It ends with this value.
pub struct StoragePeer {
    /// Where it is.
    pub address: String,
    /// Who may use it.
    pub account: String,
    /// And by which key; for Google the path of its file.
    pub key: String,
    process: Child,
    hold: Option<ChildStdin>,
}

impl StoragePeer {
    /// One that speaks S3.
    pub fn s3() -> Self {
        Self::start(&["s3"])
    }

    /// One that speaks S3, at this port.
    pub fn s3_at(port: u16) -> Self {
        Self::start(&["s3", &port.to_string()])
    }

    /// One that speaks as Google Cloud Storage does to XML clients. `stranger.json` beside its key is one that it does
    /// not know.
    pub fn google() -> Self {
        Self::start(&["google"])
    }

    /// One that speaks Azure Blob Storage.
    pub fn azure() -> Self {
        Self::start(&["azure"])
    }

    fn start(arguments: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/object-storage");
        let mut process = Command::new(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("scripts/object-storage can be run");
        let mut lines =
            BufReader::new(process.stdout.take().expect("its words")).lines().map_while(Result::ok);
        let ready = lines.find_map(|line| line.strip_prefix("ready at ").map(str::to_owned));
        let ready = ready.expect("the storage starts; run scripts/object-storage to see why not");
        let mut words = ready.split(' ').map(str::to_owned);
        let mut word = || words.next().expect("address, account and key");
        let (address, account, key) = (word(), word(), word());
        Self { address, account, key, hold: process.stdin.take(), process }
    }
}

impl Drop for StoragePeer {
    fn drop(&mut self) {
        drop(self.hold.take());
        let _ = self.process.wait();
    }
}
