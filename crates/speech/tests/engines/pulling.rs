//! Weights, fetched from a server on this machine.

use greenroom_speech::{KeptModel, Model, PullError, pull};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

struct Host {
    file: Vec<u8>,
    /// After how many bytes each answer breaks off, if it does.
    cuts: Mutex<Vec<usize>>,
    knows_ranges: bool,
    asked: Mutex<Vec<Option<String>>>,
}

/// One answer: it names all its bytes, and ends where it is cut.
fn serve(mut stream: &TcpStream, host: &Host) -> std::io::Result<()> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let range = head.iter().find_map(|line| line.to_lowercase().strip_prefix("range: ").map(str::to_owned));
    host.asked.lock().unwrap().push(range.clone());
    let from = range.filter(|_| host.knows_ranges);
    let from: usize = from.map_or(0, |range| range["bytes=".len()..range.len() - 1].parse().unwrap());
    let rest = &host.file[from..];
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    let sent = host.cuts.lock().unwrap().pop().unwrap_or(rest.len());
    let length = rest.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&rest[..sent])
}

fn host(cuts: Vec<usize>, knows_ranges: bool) -> (Arc<Host>, Model) {
    let file: Vec<u8> = (0..300_000_u32).map(|at| (at * 7 % 251) as u8).collect();
    let sha256 = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = file.len() as u64;
    let host = Arc::new(Host { file, cuts: Mutex::new(cuts), knows_ranges, asked: Mutex::default() });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/ggml.bin", listener.local_addr().unwrap());
    let serving = host.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let _ = serve(&stream, &serving);
        }
    });
    (host, Model { name: "lab".to_owned(), url, file: "ggml.bin".to_owned(), bytes, sha256 })
}

#[tokio::test]
async fn what_broke_off_is_gone_on_with_and_what_is_there_is_not_fetched_again() {
    let folder = tempfile::tempdir().unwrap();
    let (host, model) = host(vec![50_000, 100_000], true);
    let mut told = Vec::new();
    let path = pull(&model, folder.path(), |there, _| told.push(there)).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), host.file);
    assert!(told.is_sorted() && told.last() == Some(&300_000), "{told:?}");
    let asked = host.asked.lock().unwrap().clone();
    assert_eq!(asked, [None, Some("bytes=100000-".to_owned()), Some("bytes=150000-".to_owned())]);

    pull(&model, folder.path(), |_, _| {}).await.unwrap();
    assert_eq!(host.asked.lock().unwrap().len(), 3);
    assert!(!folder.path().join("ggml.bin.part").exists());
}

#[tokio::test]
async fn a_later_call_goes_on_and_a_server_without_ranges_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (host, model) = host(vec![], false);
    std::fs::write(folder.path().join("ggml.bin.part"), &host.file[..1234]).unwrap();
    let path = pull(&model, folder.path(), |_, _| {}).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), host.file);
    assert_eq!(host.asked.lock().unwrap()[0].as_deref(), Some("bytes=1234-"));
}

#[tokio::test]
async fn a_server_that_breaks_off_again_and_again_is_given_up_and_what_came_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (host, model) = host(vec![10_000; 6], true);
    let failed = pull(&model, folder.path(), |_, _| {}).await.expect_err("it never comes whole");
    assert!(matches!(failed, PullError::Server(_)), "{failed}");
    assert_eq!(model.kept(folder.path()), KeptModel::Part(60_000));
    pull(&model, folder.path(), |_, _| {}).await.unwrap();
    assert_eq!(host.asked.lock().unwrap().last().unwrap().as_deref(), Some("bytes=60000-"));
    assert_eq!(model.kept(folder.path()), KeptModel::Whole);
    assert!(model.remove(folder.path()).unwrap() && !model.remove(folder.path()).unwrap());
    assert_eq!(model.kept(folder.path()), KeptModel::Nothing);
}

#[tokio::test]
async fn nothing_is_fetched_that_the_disk_has_no_room_for() {
    let folder = tempfile::tempdir().unwrap();
    let (host, model) = host(vec![], true);
    let huge = Model { bytes: 1 << 60, ..model };
    let failed = pull(&huge, folder.path(), |_, _| {}).await.expect_err("no disk is as large");
    assert!(matches!(failed, PullError::NoSpace { needed, .. } if needed == 1 << 60), "{failed}");
    assert!(host.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_not_the_model_is_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let (_, model) = host(vec![], true);
    let other = Model { sha256: "0".repeat(64), ..model.clone() };
    assert!(matches!(pull(&other, folder.path(), |_, _| {}).await, Err(PullError::Digest { .. })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let gone = Model { url: "http://127.0.0.1:1/x".to_owned(), ..model };
    assert!(matches!(pull(&gone, folder.path(), |_, _| {}).await, Err(PullError::Server(_))));
}
