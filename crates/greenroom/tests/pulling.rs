//! `greenroom models`: weights come through a proxy, break off, and are gone on with.

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// Bytes that come before each answer breaks off.
const PIECE: usize = 100_000;

/// A proxy that breaks every answer off; the heads of all requests.
fn proxy() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (address, heads) = (listener.local_addr().expect("its address"), Arc::default());
    let seen: Arc<Mutex<Vec<String>>> = Arc::clone(&heads);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let head = head.join("\n");
            let status =
                if head.to_lowercase().contains("range:") { "206 Partial Content" } else { "200 OK" };
            seen.lock().expect("nobody panics with it").push(head);
            let mut answer = format!("HTTP/1.1 {status}\r\ncontent-length: 9000000\r\n\r\n").into_bytes();
            answer.resize(answer.len() + PIECE, 7);
            let _ = (&stream).write_all(&answer);
        }
    });
    (address, heads)
}

fn models(home: &Path, proxy: SocketAddr, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .arg("models")
        .args(arguments)
        .current_dir(home)
        .env("HTTP_PROXY", format!("http://{proxy}"))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .expect("the program runs")
}

fn kept(home: &Path, proxy: SocketAddr) -> (String, u64) {
    let listed: Value =
        serde_json::from_slice(&models(home, proxy, &["list", "--json"]).stdout).expect("a document");
    let tiny = listed["models"].as_array().expect("a list").iter().find(|model| model["name"] == "tiny");
    let tiny = tiny.expect("it is known");
    (tiny["kept"].as_str().expect("a word").to_owned(), tiny["bytes_here"].as_u64().expect("a number"))
}

#[test]
fn a_fetch_that_breaks_off_says_what_is_kept_and_goes_on_there() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let (address, heads) = proxy();
    let pull = ["pull", "tiny", "--from", "http://weights.example/files/"];
    let output = models(home.path(), address, &pull);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for words in
        ["1 MB of it are kept", "fetch http://weights.example/files/ggml-tiny.bin", "SHA-256", "--from"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let there = heads.lock().expect("nobody panics with it").len() as u64 * PIECE as u64;
    assert_eq!(kept(home.path(), address), ("part".to_owned(), there));
    assert!(home.path().join("data/models/ggml-tiny.bin.part").exists());

    models(home.path(), address, &pull);
    let all = heads.lock().expect("nobody panics with it").clone();
    assert!(all[0].starts_with("GET http://weights.example/files/ggml-tiny.bin "), "{}", all[0]);
    let next = all[(there / PIECE as u64) as usize].to_lowercase();
    assert!(next.contains(&format!("range: bytes={there}-")), "{next}");

    assert!(models(home.path(), address, &["remove", "tiny"]).status.success());
    assert_eq!(kept(home.path(), address).0, "nothing");
}

#[test]
fn an_unknown_name_is_answered_with_those_that_there_are() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let output = models(home.path(), "127.0.0.1:1".parse().expect("an address"), &["pull", "tniy"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("tiny, base, small"), "{said}");
}
