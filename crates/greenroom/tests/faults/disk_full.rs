//! The disk is full, and then there is room again. Needs root: it mounts a small disk in memory.

use crate::load::Load;
use crate::postgres::{Postgres, is_root};
use crate::{run, serve};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How soon answers must be acknowledged again.
const SOON: Duration = Duration::from_secs(20);

/// A small disk.
struct Disk(TempDir);

impl Disk {
    fn of(megabytes: u32) -> Self {
        assert!(is_root(), "only root may mount a disk: run scripts/faults disk as root");
        let place = tempfile::tempdir().expect("a temporary directory");
        run(
            "mount",
            &["-t", "tmpfs", "-o", &format!("size={megabytes}m,mode=777"), "none", name(place.path())],
        );
        Self(place)
    }

    fn filler(&self) -> std::path::PathBuf {
        self.0.path().join("filler")
    }

    /// Takes all room that is left.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.filler()).expect("a file");
        for size in [64 * 1024, 4096] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("it is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").args(["-l", name(self.0.path())]).status();
    }
}

fn name(path: &Path) -> &str {
    path.to_str().expect("a name")
}

fn fills_and_empties(disk: &Disk, load: Load, engine: &str) {
    load.go_on(Duration::from_secs(1));
    let full = Instant::now();
    disk.fill();
    let (name, after) = load.until_refused_after(full);
    println!("disk full ({engine}): the first person is told {name} after {} ms", after.as_millis());
    load.go_on(Duration::from_secs(4));
    disk.make_room();
    let room = Instant::now();
    let recovered = load.until_acknowledged_after(room);
    println!("room again ({engine}): the first answer is acknowledged after {} ms", recovered.as_millis());
    load.go_on(Duration::from_secs(2));
    let refusals = load.refusals();
    load.end(&format!("disk full ({engine})"));
    assert!(
        refusals.contains_key(&(503, "storage_full".to_owned())),
        "people are told what happened: {refusals:?}"
    );
    assert!(refusals.keys().all(|(status, _)| *status == 503), "{refusals:?}");
    assert!(recovered < SOON, "{recovered:?}");
}

#[test]
#[ignore = "a fault run: scripts/faults disk"]
fn disk_full_on_sqlite() {
    let disk = Disk::of(48);
    let server = serve(disk.0.path(), None);
    fills_and_empties(&disk, Load::start(&[&server]), "SQLite");
}

#[test]
#[ignore = "a fault run: scripts/faults disk"]
fn disk_full_on_postgresql() {
    let disk = Disk::of(320);
    let postgres = Postgres::listening_at("127.0.0.1", Some(disk.0.path()));
    let home = tempfile::tempdir().expect("a temporary directory");
    let server = serve(home.path(), Some(&postgres.url()));
    fills_and_empties(&disk, Load::start(&[&server]), "PostgreSQL");
    drop(server);
    drop(postgres);
}
