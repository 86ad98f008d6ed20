//! The disk is full, and then there is room again. Needs root: it mounts a small disk in memory.

use crate::disk::Disk;
use crate::load::Load;
use crate::postgres::Postgres;
use crate::serve;
use std::time::{Duration, Instant};

/// How soon answers must be acknowledged again.
const SOON: Duration = Duration::from_secs(20);

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
    let server = serve(disk.path(), None);
    fills_and_empties(&disk, Load::start(&[&server]), "SQLite");
}

#[test]
#[ignore = "a fault run: scripts/faults disk"]
fn disk_full_on_postgresql() {
    let disk = Disk::of(320);
    let postgres = Postgres::listening_at("127.0.0.1", Some(disk.path()));
    let home = tempfile::tempdir().expect("a temporary directory");
    let server = serve(home.path(), Some(&postgres.url()));
    fills_and_empties(&disk, Load::start(&[&server]), "PostgreSQL");
    drop(server);
    drop(postgres);
}
