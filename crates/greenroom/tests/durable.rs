//! An answer is on the disk before it is acknowledged, and answers that come together share the wait. Watched
//! from outside, by the calls that the server makes to Linux.
#![cfg(target_os = "linux")]

mod server;

use server::{Candidate, GREENROOM, Server};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::Command;
use std::sync::{Barrier, Mutex};

/// Answers given one after the other.
const ALONE: usize = 16;
/// Answers given at the same time.
const TOGETHER: usize = 32;

/// Numbers of lines in the trace.
type Line = usize;

/// What the server did, by the lines of its trace.
#[derive(Default)]
struct Trace {
    /// Writes to the log of the database: line and what was written.
    written: Vec<(Line, String)>,
    /// Syncs of that log: begun and done.
    synced: Vec<(Line, Line)>,
    /// What was sent.
    sent: Vec<(Line, String)>,
}

impl Trace {
    fn read(text: &str) -> Self {
        let mut trace = Self::default();
        let mut syncing: HashMap<&str, Line> = HashMap::new();
        for (line, entry) in text.lines().enumerate() {
            let Some((thread, entry)) = entry.trim_start().split_once(' ') else { continue };
            let entry = entry.trim_start();
            let (call, rest) = entry.split_once('(').unwrap_or((entry, ""));
            let is_log = rest.split('>').next().is_some_and(|file| file.ends_with("-wal"));
            match call {
                "fsync" | "fdatasync" if !is_log => {}
                "fsync" | "fdatasync" if rest.ends_with("= 0") => trace.synced.push((line, line)),
                "fsync" | "fdatasync" => drop(syncing.insert(thread, line)),
                "pwrite64" if is_log => trace.written.push((line, rest.to_owned())),
                "write" | "writev" | "sendto" | "sendmsg" => trace.sent.push((line, rest.to_owned())),
                _ if call.contains("sync resumed") && entry.ends_with("= 0") => {
                    trace.synced.extend(syncing.remove(thread).map(|begun| (begun, line)));
                }
                _ => {}
            }
        }
        trace
    }

    /// The sync that put the answer with this id on the disk, done before the answer's acknowledgement. Its words are
    /// encrypted there; the id is not.
    fn sync_of(&self, id: &str, request_id: &str) -> Line {
        let first = |all: &[(Line, String)], text: &str| {
            all.iter().find(|(_, data)| data.contains(text)).map(|found| found.0)
        };
        let written =
            first(&self.written, &bytes(id)).unwrap_or_else(|| panic!("{id} was written to the log"));
        let (_, synced) = *self
            .synced
            .iter()
            .filter(|(begun, _)| *begun > written)
            .min_by_key(|(_, done)| *done)
            .unwrap_or_else(|| panic!("{id} was synced"));
        let sent = first(&self.sent, request_id).unwrap_or_else(|| panic!("{request_id} was acknowledged"));
        assert!(
            synced < sent,
            "{request_id}: synced at line {synced}, acknowledged at line {sent} of the trace"
        );
        synced
    }
}

/// The server under strace, with its trace in `file`.
fn traced(data: &Path, file: &Path) -> Server {
    let found = Command::new("strace").arg("-V").output();
    assert!(found.is_ok(), "strace is missing; install it: sudo apt-get install strace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-x", "-s", "8192", "-e", "signal=none"]);
    strace.args(["-e", "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg", "-o"]);
    strace.arg(file).arg("--").arg(GREENROOM);
    Server::start(strace, data)
}

/// Ends the server; strace ends with it, when all is written down.
fn end(mut server: Server) {
    let strace = server.child.id();
    let children = std::fs::read_to_string(format!("/proc/{strace}/task/{strace}/children"));
    let children = children.expect("Linux names the children of a process");
    let killed = Command::new("kill").arg("-KILL").args(children.split_whitespace()).status();
    assert!(killed.is_ok_and(|status| status.success()), "the server can be killed: {children:?}");
    server.child.wait().expect("strace has ended");
}

/// The bytes of an id as the trace shows them.
fn bytes(id: &str) -> String {
    let digits: Vec<char> = id.chars().filter(char::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| format!("\\x{}", pair.iter().collect::<String>())).collect()
}

fn words(name: &str) -> String {
    format!("I stored the key and the result of {name} in one transaction.")
}

#[test]
fn an_answer_is_on_the_disk_before_it_is_acknowledged() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let file = home.path().join("trace.txt");
    let server = traced(&home.path().join("data"), &file);
    let candidate = server.candidate_for(20, None);
    let sessions: Vec<_> = (0..ALONE + TOGETHER).map(|_| candidate.start().expect("an interview")).collect();
    let ids = Mutex::new(HashMap::new());
    let answer = |candidate: &Candidate, index: usize, name: &str| {
        let question = &sessions[index]["current_question"];
        let taken = candidate.answer(&sessions[index], question, &words(name), name);
        let id = taken.expect("it is acknowledged")["response"]["id"].as_str().expect("an id").to_owned();
        ids.lock().expect("nobody panicked").insert(name.to_owned(), id);
    };
    let alone: Vec<String> = (0..ALONE).map(|index| format!("alone-{index:03}")).collect();
    for (index, name) in alone.iter().enumerate() {
        answer(&candidate, index, name);
    }
    let together: Vec<String> = (0..TOGETHER).map(|index| format!("together-{index:03}")).collect();
    let start = Barrier::new(TOGETHER);
    std::thread::scope(|scope| {
        for (index, name) in together.iter().enumerate() {
            let (start, candidate, answer) = (&start, &candidate, &answer);
            scope.spawn(move || {
                start.wait();
                answer(candidate, ALONE + index, name);
            });
        }
    });
    let (status, first) = candidate.get("/api/sessions?limit=100").expect("the server answers");
    assert_eq!((status, first["items"].as_array().map(Vec::len)), (200, Some(sessions.len())));
    end(server);
    let trace = Trace::read(&std::fs::read_to_string(&file).expect("a trace"));
    let ids = ids.into_inner().expect("nobody panicked");
    let syncs = |names: &[String]| -> HashSet<Line> {
        names.iter().map(|name| trace.sync_of(&ids[name], name)).collect()
    };
    let (one_by_one, grouped) = (syncs(&alone).len(), syncs(&together).len());
    assert_eq!(one_by_one, ALONE, "each answer alone has a sync of its own");
    assert!(grouped < TOGETHER, "{TOGETHER} answers at once needed {grouped} syncs");
}
