//! The network between a node and its database is cut: the node lives in a network of its own, with one line to people
//! and another one to the database, and that one goes silent. Needs root.

use crate::load::Load;
use crate::postgres::{Postgres, is_root};
use crate::run;
use crate::server::{GREENROOM, Server};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long the line is cut.
const CUT: Duration = Duration::from_secs(15);
/// How soon answers must be acknowledged again.
const SOON: Duration = Duration::from_secs(25);
/// How soon people must be told.
const TOLD_WITHIN: Duration = Duration::from_secs(31);

const SPACE: &str = "greenroom-node";
/// The line to people: our end, the node's end.
const PEOPLE: [&str; 2] = ["10.213.77.1", "10.213.77.2"];
/// The line to the database: its end, the node's end.
const DATABASE: [&str; 2] = ["10.213.78.1", "10.213.78.2"];

/// A network of its own, with two lines.
struct Space;

impl Space {
    fn make() -> Self {
        assert!(is_root(), "only root may make networks: run scripts/faults network as root");
        // What a run left behind that was killed.
        drop(Self);
        run("ip", &["netns", "add", SPACE]);
        let space = Self;
        for (line, [ours, theirs]) in [("grp", PEOPLE), ("grd", DATABASE)] {
            let (here, there) = (format!("{line}0"), format!("{line}1"));
            run("ip", &["link", "add", &here, "type", "veth", "peer", "name", &there, "netns", SPACE]);
            run("ip", &["addr", "add", &format!("{ours}/24"), "dev", &here]);
            run("ip", &["link", "set", &here, "up"]);
            run("ip", &["-n", SPACE, "addr", "add", &format!("{theirs}/24"), "dev", &there]);
            run("ip", &["-n", SPACE, "link", "set", &there, "up"]);
        }
        run("ip", &["-n", SPACE, "link", "set", "lo", "up"]);
        space
    }

    /// Packets to and from the database vanish; the node is not told: it knows where the database was, and goes on
    /// sending.
    fn cut(&self) {
        let known = Command::new("cat").arg("/sys/class/net/grd0/address").output().expect("cat runs").stdout;
        let known = String::from_utf8(known).expect("an address");
        let neighbour =
            ["-n", SPACE, "neigh", "replace", DATABASE[0], "lladdr", known.trim(), "dev", "grd1", "nud"];
        run("ip", &[&neighbour[..], &["permanent"]].concat());
        run("ip", &["link", "set", "grd0", "down"]);
    }

    fn mend(&self) {
        run("ip", &["link", "set", "grd0", "up"]);
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        for arguments in [&["link", "del", "grp0"][..], &["link", "del", "grd0"], &["netns", "del", SPACE]] {
            let _ = Command::new("ip").args(arguments).output();
        }
    }
}

#[test]
#[ignore = "a fault run: scripts/faults network"]
fn network_is_cut() {
    let space = Space::make();
    let postgres = Postgres::listening_at(DATABASE[0], None);
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new("ip");
    command.args(["netns", "exec", SPACE, GREENROOM]).env("DATABASE_URL", postgres.url());
    let server = Server::start_with(command, home.path(), &["--listen", &format!("{}:0", PEOPLE[1])]);
    let load = Load::start(&[&server]);
    load.go_on(Duration::from_secs(2));
    let cut = Instant::now();
    space.cut();
    let (name, after) = load.until_refused_after(cut);
    println!("network cut: the first person is told {name} after {} ms", after.as_millis());
    load.go_on(CUT.saturating_sub(cut.elapsed()));
    space.mend();
    let mended = Instant::now();
    let recovered = load.until_acknowledged_after(mended);
    println!("network mended: the first answer is acknowledged after {} ms", recovered.as_millis());
    load.go_on(Duration::from_secs(2));
    let refusals = load.refusals();
    load.end("network to the database cut");
    assert!(refusals.keys().all(|(status, _)| *status == 503), "people are told what happened: {refusals:?}");
    assert!(after < TOLD_WITHIN, "{after:?}");
    assert!(recovered < SOON, "{recovered:?}");
}
