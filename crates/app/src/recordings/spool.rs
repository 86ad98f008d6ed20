//! Pieces of sound on the disk of this machine while a line stands, sealed with their person's key. Each piece is written
//! at once and never changed: a process that dies costs the piece that it had not written. What was written is brought to
//! the disk itself now and then: a machine that loses its power costs what came after that.

use crate::App;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{ObjectId, SessionId, UserId, VoicePartId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_store::{ObjectSeal, StoreError};
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

/// How the name of a spool ends.
const ENDING: &str = "spool";
/// How often what was written is brought to the disk. With 250 lines that is 25 times a second.
pub const SYNCED_EACH: Duration = Duration::from_secs(10);
/// Bytes of a sealed piece, at most: more is no piece of ours.
const MOST: usize = 4 * 1024 * 1024;

/// What stands at the beginning of a spool. No words of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpoolHead {
    /// The part that comes of it.
    pub part: VoicePartId,
    /// What it is of.
    pub line: SpooledLine,
    /// How the pieces are sealed; of no use without its person's key.
    seal: String,
}

/// A piece of a spool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What is in it, as whoever writes and reads it has agreed.
    pub kind: u8,
    /// It.
    pub bytes: Vec<u8>,
}

/// Why a spool can be neither written nor read.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The disk.
    #[error("the disk does not take or give it: {0}")]
    Disk(#[from] io::Error),
    /// The database, or the key of the person is not there.
    #[error("it cannot be sealed or opened: {0}")]
    Store(#[from] StoreError),
    /// It does not begin like one.
    #[error("it is not one of ours")]
    Unreadable,
    /// Somebody writes or reads it at this moment.
    #[error("it is in use")]
    InUse,
}

/// A spool that is being written. Others leave it alone until this is dropped.
#[derive(Debug)]
pub struct Spool {
    path: PathBuf,
    file: tokio::fs::File,
    seal: ObjectSeal,
    next: u64,
    synced: u64,
    synced_at: Instant,
}

/// What a spool held, and the right to delete it.
#[derive(Debug)]
pub struct Spooled {
    /// What stood at its beginning.
    pub head: SpoolHead,
    /// Its pieces, as far as they are whole.
    pub pieces: Vec<Piece>,
    path: PathBuf,
    _locked: fs::File,
}

/// The line that is taken down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpooledLine {
    /// Whose it is.
    pub user: UserId,
    /// The interview.
    pub session: SessionId,
    /// Its name.
    pub line: String,
    /// When it was opened.
    pub began_at: Timestamp,
    /// Whether "um" and "uh" are in the text that is understood.
    pub keeps_fillers: bool,
}

impl Spool {
    /// Begins a spool in `folder`.
    ///
    /// # Errors
    /// The disk, or the person is not there any more.
    pub async fn begin(app: &App, folder: &Path, line: SpooledLine) -> Result<Self, SpoolError> {
        let part = VoicePartId::fresh(app.ids());
        let seal = app.store().new_object_seal(line.user, ObjectId(part.0), ObjectKind::Recording).await?;
        let head = SpoolHead { part, line, seal: seal.text().to_owned() };
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.{ENDING}", part.0.simple()));
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        file.try_lock().map_err(|_| SpoolError::InUse)?;
        let mut text = serde_json::to_vec(&head).map_err(io::Error::other)?;
        text.push(b'\n');
        file.write_all(&text)?;
        let file = tokio::fs::File::from_std(file);
        Ok(Self { path, file, seal, next: 0, synced: 0, synced_at: Instant::now() })
    }

    /// How many of its pieces survive also that the machine loses its power.
    pub fn synced(&self) -> u64 {
        self.synced
    }

    /// Writes a piece. It survives the end of this process when this returns; that of the machine only when more than
    /// [`SYNCED_EACH`] has passed since the last one that does.
    ///
    /// # Errors
    /// The disk; the spool ends before this piece then.
    pub async fn append(&mut self, piece: &Piece) -> io::Result<()> {
        let mut plain = Vec::with_capacity(piece.bytes.len() + 1);
        plain.push(piece.kind);
        plain.extend_from_slice(&piece.bytes);
        let sealed = self.seal.seal(self.next, false, &plain);
        self.next += 1;
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        let mut record = length.to_le_bytes().to_vec();
        record.extend_from_slice(&sealed);
        self.file.write_all(&record).await?;
        self.file.flush().await?;
        if self.synced_at.elapsed() >= SYNCED_EACH { self.sync().await } else { Ok(()) }
    }

    /// Ends it; it can be read from now on. Gives where it lies.
    pub async fn close(self) -> PathBuf {
        let Self { path, file, .. } = self;
        release(file.into_std().await);
        path
    }

    async fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data().await?;
        if self.synced == 0
            && let Some(folder) = self.path.parent()
        {
            // Its name has to survive as well.
            tokio::fs::File::open(folder).await?.sync_all().await?;
        }
        (self.synced, self.synced_at) = (self.next, Instant::now());
        Ok(())
    }
}

impl Spooled {
    /// Reads a spool that nobody writes any more. Nobody else reads it while this is held.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub async fn read(app: &App, path: &Path) -> Result<Self, SpoolError> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        file.try_lock().map_err(|_| SpoolError::InUse)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (head, mut rest) = head(&bytes)?;
        let seal = app.store().object_seal(&sealed_as(&head)).await?;
        let mut pieces = Vec::new();
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let length = u32::from_le_bytes(*length) as usize;
            // What a process left half written ends the spool.
            let Some(sealed) = after.get(..length).filter(|_| length <= MOST) else { break };
            let Ok(plain) = seal.open(pieces.len() as u64, false, sealed.to_vec()) else { break };
            let Some((kind, bytes)) = plain.split_first() else { break };
            pieces.push(Piece { kind: *kind, bytes: bytes.to_vec() });
            rest = &after[length..];
        }
        Ok(Self { head, pieces, path: path.to_owned(), _locked: file })
    }

    /// Deletes it.
    ///
    /// # Errors
    /// The disk.
    pub fn delete(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// Closes `file` and gives its lock up. Closing alone does not: a program that is being started at this moment has a copy
/// of every open file for a while, and the lock with it.
fn release(file: fs::File) {
    if let Err(error) = file.unlock() {
        tracing::debug!(%error, "a lock could not be given up; it goes with the file");
    }
}

/// What stands at the beginning of the spool at `path`.
///
/// # Errors
/// It cannot be read, or is none.
pub fn head_of(path: &Path) -> Result<SpoolHead, SpoolError> {
    head(&fs::read(path)?).map(|(head, _)| head)
}

/// What stands at the beginning, and what comes then.
fn head(bytes: &[u8]) -> Result<(SpoolHead, &[u8]), SpoolError> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(SpoolError::Unreadable)?;
    let head = serde_json::from_slice(&bytes[..end]).map_err(|_| SpoolError::Unreadable)?;
    Ok((head, &bytes[end + 1..]))
}

/// The seal of a spool is that of a file that is never put.
fn sealed_as(head: &SpoolHead) -> StoredObject {
    StoredObject {
        id: ObjectId(head.part.0),
        user_id: head.line.user,
        kind: ObjectKind::Recording,
        belongs_to: head.line.session.0,
        content_type: String::new(),
        bytes: 0,
        digest: String::new(),
        seal: head.seal.clone(),
        created_at: head.line.began_at,
    }
}

/// The spools in `folder`, those in use included.
///
/// # Errors
/// The folder cannot be read. One that is not there has none.
pub fn left_behind(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<PathBuf> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == ENDING)).collect();
    // Names grow with the time.
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_goes_with_the_file_also_while_somebody_has_a_copy() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let held = file.reopen().expect("it is there");
        held.try_lock().expect("nobody has it");
        let _copy = held.try_clone().expect("a copy");
        let other = file.reopen().expect("it is there");
        assert!(other.try_lock().is_err());
        release(held);
        assert!(other.try_lock().is_ok());
    }
}
