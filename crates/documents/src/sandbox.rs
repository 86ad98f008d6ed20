//! Reading a file in a process of its own, with hard limits on time and memory.
//!
//! A hostile file may loop, recurse or unpack without end. The server starts its own executable with the
//! hidden argument [`WORKER_ARGUMENT`]; that process sets limits on itself and calls [`worker_main`].

use crate::{Limits, ResumeError, read_resume};
use greenroom_domain::resume::Resume;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The argument that makes the executable a worker.
pub const WORKER_ARGUMENT: &str = "parse-worker";

/// The stack of the thread that reads: nested objects recurse.
const STACK_BYTES: usize = 16 << 20;
/// More output than this comes from no resume within the limits.
const MAX_OUTPUT_BYTES: u64 = 16 << 20;

/// The first line on the worker's input; the file follows.
#[derive(Serialize, Deserialize)]
struct Request {
    file_name: Option<String>,
    limits: Limits,
}

/// Reads a resume in a child process. Blocking: call it where blocking is allowed.
///
/// `exe` is an executable that calls [`worker_main`] when its first argument is [`WORKER_ARGUMENT`].
/// A child that runs out of time or memory, or dies, makes the file [`ResumeError::TooLarge`]. When no
/// child can be started the file is not read at all ([`ResumeError::Unavailable`]), because nothing would
/// hold its limits.
pub fn parse_in_child(
    exe: &Path,
    bytes: &[u8],
    file_name: Option<&str>,
    limits: &Limits,
) -> Result<Resume, ResumeError> {
    if bytes.len() > limits.max_bytes {
        return Err(ResumeError::TooLarge);
    }
    let mut child = Command::new(exe)
        .arg(WORKER_ARGUMENT)
        // The child needs no secrets.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| ResumeError::Unavailable)?;
    let output = exchange(&mut child, bytes, file_name, limits);
    // Whatever happened, the child must not outlive the call; it may be gone already.
    let _ = child.kill();
    let status = child.wait().map_err(|_| ResumeError::Unavailable)?;
    let Some(output) = output else { return Err(ResumeError::TooLarge) };
    match serde_json::from_slice::<Result<Resume, ResumeError>>(&output) {
        Ok(result) => result,
        // A child that exits by itself without an answer is not a worker.
        Err(_) if status.code().is_some() && output.is_empty() => Err(ResumeError::Unavailable),
        Err(_) => Err(ResumeError::TooLarge),
    }
}

/// Sends the file and waits for the answer; `None` when time ran out.
fn exchange(child: &mut Child, bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Option<Vec<u8>> {
    let (mut input, output) = (child.stdin.take()?, child.stdout.take()?);
    let request = Request { file_name: file_name.map(str::to_owned), limits: limits.clone() };
    let mut message = serde_json::to_vec(&request).ok()?;
    message.push(b'\n');
    message.extend_from_slice(bytes);
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // A child that died early closes the pipe; its status tells the rest.
        let _ = input.write_all(&message);
    });
    std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.take(MAX_OUTPUT_BYTES).read_to_end(&mut answer);
        // The receiver is gone after the time limit.
        let _ = sender.send(read.map(|_| answer));
    });
    receiver.recv_timeout(Duration::from_millis(limits.timeout_ms)).ok()?.ok()
}

/// The child's side: limits itself, reads one file from standard input, answers on standard output.
pub fn worker_main() -> ExitCode {
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(serve);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn serve() -> std::io::Result<()> {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut head = String::new();
    input.read_line(&mut head)?;
    let request: Request = serde_json::from_str(&head)?;
    limit_resources(&request.limits)?;
    let mut bytes = Vec::new();
    input.take(request.limits.max_bytes as u64 + 1).read_to_end(&mut bytes)?;
    let result =
        std::panic::catch_unwind(|| read_resume(&bytes, request.file_name.as_deref(), &request.limits))
            .unwrap_or(Err(ResumeError::Corrupt));
    let mut output = std::io::stdout().lock();
    serde_json::to_writer(&mut output, &result)?;
    output.flush()
}

/// No core dumps, a bound on processor time and on memory above what the process already has.
#[cfg(unix)]
fn limit_resources(limits: &Limits) -> std::io::Result<()> {
    use rlimit::Resource;
    let seconds = limits.timeout_ms.div_ceil(1000) + 1;
    lower(Resource::CORE, 0)?;
    lower(Resource::CPU, seconds)?;
    // macOS knows the limit but does not keep it; there the time limit and the stream check remain.
    if cfg!(target_os = "linux") {
        lower(Resource::AS, address_space() + limits.max_memory_bytes)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit_resources(_limits: &Limits) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn lower(resource: rlimit::Resource, to: u64) -> std::io::Result<()> {
    let (_, hard) = resource.get()?;
    let to = to.min(hard);
    resource.set(to, to)
}

/// Bytes of address space in use, mapped files of the executable included.
#[cfg(unix)]
fn address_space() -> u64 {
    const PAGE: u64 = 4096;
    const UNKNOWN: u64 = 256 << 20;
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm
        .split_whitespace()
        .next()
        .and_then(|pages| pages.parse::<u64>().ok())
        .map_or(UNKNOWN, |pages| pages * PAGE)
}
