//! Programs on this machine that speak: text goes in by standard input, sound comes out.

use super::tune::{Coming, Tune};
use super::{LONGEST_TEXT, Say, Sound, Spoken};
use crate::limits::Timeouts;
use crate::{Pcm24k, SpeechError};
use futures::StreamExt;
use greenroom_upstream::{Fault, Kind};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{Instant, timeout, timeout_at};

/// How long a program that has said all may take to end.
const END: Duration = Duration::from_secs(2);

/// Variables that a program is given: where things lie, and how this machine speaks. Keys of the server are not among them.
const KEPT: [&str; 9] = [
    "CUDA_VISIBLE_DEVICES",
    "DYLD_LIBRARY_PATH",
    "ESPEAK_DATA_PATH",
    "HOME",
    "LANG",
    "LD_LIBRARY_PATH",
    "PATH",
    "TMPDIR",
    "TZ",
];

/// A command whose environment holds nothing secret.
pub(super) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let is_kept = |name: &OsStr| {
        name.to_str()
            .is_some_and(|name| KEPT.contains(&name) || name.starts_with("LC_") || name.starts_with("XDG_"))
    };
    // One by one: with an environment of its own the program would be started by a copy of this whole process.
    for (name, _) in std::env::vars_os().filter(|(name, _)| !is_kept(name)) {
        command.env_remove(name);
    }
    command
}

/// Starts `program` and lets it say the text of `say`. It is killed when the sound is dropped.
///
/// The text never becomes an argument, and no shell is asked: nothing in it can be a command.
pub(super) async fn speak(
    engine: &str,
    mut program: Command,
    install: &str,
    say: &Say,
    coming: Coming,
    timeouts: Timeouts,
) -> Result<Spoken, SpeechError> {
    let failed = |fault| SpeechError::new(engine, fault);
    let text = clean(&say.text);
    if text.len() > LONGEST_TEXT {
        return Err(failed(Fault::new(Kind::TooLong, "the text is too long to be said at once")));
    }
    let deadline = Instant::now() + timeouts.first;
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = program.spawn().map_err(|error| failed(not_started(&error, install)))?;
    let mut input = child.stdin.take().expect("it was asked for");
    // So short a text fits into the pipe: this does not wait for the program to read.
    let written = async {
        input.write_all(text.as_bytes()).await?;
        input.write_all(b"\n").await?;
        input.shutdown().await
    };
    match timeout_at(deadline, written).await {
        // A program that ends before it has read says why by its status.
        Ok(Ok(())) => {}
        Ok(Err(error)) if error.kind() == ErrorKind::BrokenPipe => {}
        Ok(Err(error)) => {
            return Err(failed(Fault::new(Kind::Unreachable, format!("did not take the text: {error}"))));
        }
        Err(_) => return Err(failed(Fault::new(Kind::TimedOut, "did not take the text in time"))),
    }
    drop(input);
    let output = child.stdout.take().expect("it was asked for");
    let voice =
        Speaking { child, output, tune: Tune::new(coming), deadline, timeouts, spoke: false, is_over: false };
    let name = engine.to_owned();
    let sound: Sound = futures::stream::unfold((voice, name), |(mut voice, name)| async move {
        let piece = voice.piece().await?;
        if piece.is_err() {
            voice.is_over = true;
        }
        let piece = piece.map_err(|fault| SpeechError::new(&name, fault));
        Some((piece, (voice, name)))
    })
    .boxed();
    Ok(Spoken { engine: engine.to_owned(), sound })
}

/// One line without what steers terminals and programs.
fn clean(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}

fn not_started(error: &std::io::Error, install: &str) -> Fault {
    match error.kind() {
        ErrorKind::NotFound => Fault::new(Kind::NotFound, format!("the program is not there: {install}")),
        ErrorKind::PermissionDenied => Fault::new(Kind::Forbidden, "the program may not be run"),
        _ => Fault::new(Kind::Unreachable, format!("the program does not start: {error}")),
    }
}

struct Speaking {
    child: Child,
    output: ChildStdout,
    tune: Tune,
    deadline: Instant,
    timeouts: Timeouts,
    spoke: bool,
    is_over: bool,
}

impl Speaking {
    async fn piece(&mut self) -> Option<Result<Pcm24k, Fault>> {
        let mut buffer = vec![0; 16 << 10];
        while !self.is_over {
            let read = match timeout_at(self.deadline, self.output.read(&mut buffer)).await {
                Ok(Ok(read)) => read,
                Ok(Err(error)) => return Some(Err(Fault::new(Kind::BrokenStream, error.to_string()))),
                Err(_) => return Some(Err(Fault::new(Kind::TimedOut, "the program said nothing in time"))),
            };
            if read == 0 {
                self.is_over = true;
                return self.end().await;
            }
            match self.tune.push(&buffer[..read]) {
                Ok(sound) if sound.is_empty() => {}
                Ok(sound) => {
                    self.spoke = true;
                    self.deadline = Instant::now() + self.timeouts.next;
                    return Some(Ok(sound));
                }
                Err(fault) => return Some(Err(fault)),
            }
        }
        None
    }

    async fn end(&mut self) -> Option<Result<Pcm24k, Fault>> {
        let ended = timeout(END, self.child.wait()).await;
        let failed = match ended {
            Ok(Ok(status)) if status.success() => None,
            Ok(Ok(status)) => Some(format!("the program failed ({status})")),
            Ok(Err(error)) => Some(format!("the program failed: {error}")),
            Err(_) => Some("the program did not end".to_owned()),
        };
        match (failed, self.tune.finish()) {
            (Some(why), _) => {
                let kind =
                    if self.spoke { Kind::BrokenStream } else { Kind::Unavailable { retry_after: None } };
                Some(Err(Fault::new(kind, why)))
            }
            (None, Err(fault)) => Some(Err(fault)),
            (None, Ok(rest)) if !rest.is_empty() => Some(Ok(rest)),
            (None, Ok(_)) if !self.spoke => Some(Err(Fault::malformed("the program said nothing"))),
            (None, Ok(_)) => None,
        }
    }
}
