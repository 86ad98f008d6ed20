//! Weights for recognition in this process: fetched once, checked by their digest, gone on with where it broke off.

use futures::{Stream, StreamExt};
use greenroom_telemetry::disk;
use greenroom_upstream::{Fault, Http, Kind};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout};

/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(30);
/// Times that a fetch goes on after it broke off.
const RESUMES: u32 = 5;
/// Room on the disk that is left to the database, bytes.
const SPARED: u64 = 64 << 20;

/// Weights that are known by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Their name.
    pub name: String,
    /// Where they are.
    pub url: String,
    /// The name of their file.
    pub file: String,
    /// Their size.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// Why weights could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The server did not give them.
    #[error("{0}")]
    Server(String),
    /// They are not what they should be; what came was thrown away.
    #[error(
        "what came is not the model: its digest is another. It was thrown away; try again, or fetch {url} by hand"
    )]
    Digest {
        /// Where they came from.
        url: String,
    },
    /// There is not enough room for them; nothing was fetched.
    #[error("{} MiB are needed in {} and {} MiB are free there, of which {} stay for the database",
        mib(*.needed), .folder.display(), mib(*.free), mib(SPARED))]
    NoSpace {
        /// Where they would go.
        folder: PathBuf,
        /// Bytes that are still to come.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// The disk.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// What lies in the folder of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// So many bytes of it: a fetch broke off.
    Part(u64),
    /// A file of the right size.
    Whole,
    /// A file of another size, bytes: it is not the model.
    Other(u64),
}

impl Model {
    /// The same weights from `base_url`, where a mirror has their file.
    pub fn from_mirror(self, base_url: &str) -> Self {
        Self { url: format!("{}/{}", base_url.trim_end_matches('/'), self.file), ..self }
    }

    /// What lies in `folder` of it.
    pub fn kept(&self, folder: &Path) -> Kept {
        let bytes = |path: PathBuf| std::fs::metadata(path).ok().map(|file| file.len());
        match (bytes(folder.join(&self.file)), bytes(self.part(folder))) {
            (Some(bytes), _) if bytes == self.bytes => Kept::Whole,
            (Some(bytes), _) => Kept::Other(bytes),
            (None, Some(bytes)) => Kept::Part(bytes),
            (None, None) => Kept::Nothing,
        }
    }

    /// Deletes it and what came of it. Whether anything was there.
    pub fn remove(&self, folder: &Path) -> Result<bool, PullError> {
        let mut was_there = false;
        for path in [folder.join(&self.file), self.part(folder)] {
            match std::fs::remove_file(&path) {
                Ok(()) => was_there = true,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(PullError::Disk { path, error }),
            }
        }
        Ok(was_there)
    }

    /// Where a fetch keeps what came.
    pub fn part(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.part", self.file))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    base_url: String,
    models: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    bytes: u64,
    sha256: String,
}

/// Weights that are known by name, the smallest first.
pub fn known_models() -> Vec<Model> {
    let table: Table = toml::from_str(include_str!("../data/models.toml"))
        .expect("the shipped file is valid; a test reads it");
    let model = |(name, entry): (String, Entry)| Model {
        name,
        url: format!("{}/{}", table.base_url, entry.file),
        file: entry.file,
        bytes: entry.bytes,
        sha256: entry.sha256,
    };
    let mut models: Vec<Model> = table.models.into_iter().map(model).collect();
    models.sort_by_key(|model| model.bytes);
    models
}

/// Fetches `model` into `folder` and gives its path; what is there already and right is not fetched again. `progress` is
/// told how many bytes of how many are there. A fetch that broke off is gone on with, also by a later call: what came stays
/// in a file beside it that ends in `.part`. Nothing is fetched that the disk has no room for.
pub async fn pull(
    model: &Model,
    folder: &Path,
    mut progress: impl FnMut(u64, u64),
) -> Result<PathBuf, PullError> {
    let path = folder.join(&model.file);
    let part = model.part(folder);
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |error| PullError::Disk { path, error }
    };
    fs::create_dir_all(folder).await.map_err(disk(folder))?;
    if size(&path).await == Some(model.bytes) && digest(&path).await.map_err(disk(&path))? == model.sha256 {
        progress(model.bytes, model.bytes);
        return Ok(path);
    }
    has_room(model, folder, size(&part).await.unwrap_or(0))?;
    let mut resumes = 0;
    loop {
        match fetch(model, &part, &mut progress).await {
            Ok(()) => break,
            Err(Stopped::Disk(error)) => return Err(disk(&part)(error)),
            Err(Stopped::Server(fault)) if fault.kind.is_passing() && resumes < RESUMES => resumes += 1,
            Err(Stopped::Server(fault)) => {
                return Err(PullError::Server(format!("{}: {}", model.url, fault.message)));
            }
        }
    }
    if digest(&part).await.map_err(disk(&part))? != model.sha256 {
        fs::remove_file(&part).await.map_err(disk(&part))?;
        return Err(PullError::Digest { url: model.url.clone() });
    }
    fs::rename(&part, &path).await.map_err(disk(&path))?;
    Ok(path)
}

/// Where the space cannot be told, it is tried.
fn has_room(model: &Model, folder: &Path, there: u64) -> Result<(), PullError> {
    let needed = model.bytes.saturating_sub(there);
    match disk::space(folder) {
        Ok(space) if space.free < needed.saturating_add(SPARED) => {
            Err(PullError::NoSpace { folder: folder.to_owned(), needed, free: space.free })
        }
        _ => Ok(()),
    }
}

fn mib(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

enum Stopped {
    Server(Fault),
    Disk(std::io::Error),
}

/// Fetches what is not yet in `part`.
async fn fetch(model: &Model, part: &Path, progress: &mut impl FnMut(u64, u64)) -> Result<(), Stopped> {
    let mut there = size(part).await.unwrap_or(0);
    if there > model.bytes {
        fs::remove_file(part).await.map_err(Stopped::Disk)?;
        there = 0;
    }
    if there == model.bytes {
        return Ok(());
    }
    let http = Http::new(model.url.clone())
        .map_err(Stopped::Server)?
        .following_redirects()
        .map_err(Stopped::Server)?;
    let answer = http.get_from(there, Instant::now() + PATIENCE).await.map_err(Stopped::Server)?;
    let mut file = OpenOptions::new();
    // A server that does not know of ranges begins anew.
    let file = if answer.is_partial { file.append(true) } else { file.write(true).truncate(true) };
    let mut file = file.create(true).open(part).await.map_err(Stopped::Disk)?;
    let there = if answer.is_partial { there } else { 0 };
    let outcome = write(&mut file, answer.bytes, there, model.bytes, progress).await;
    // Whatever happened: what was written late would come after what the next try appends.
    file.flush().await.map_err(Stopped::Disk)?;
    file.sync_all().await.map_err(Stopped::Disk)?;
    if outcome? < model.bytes {
        return Err(Stopped::Server(Fault::new(Kind::BrokenStream, "the file broke off")));
    }
    Ok(())
}

/// Writes what comes behind the `there` bytes of `file`, which should have `whole`. How many it has then.
async fn write(
    file: &mut File,
    mut bytes: impl Stream<Item = Result<Vec<u8>, Fault>> + Unpin,
    mut there: u64,
    whole: u64,
    progress: &mut impl FnMut(u64, u64),
) -> Result<u64, Stopped> {
    let silent = |_| Stopped::Server(Fault::new(Kind::TimedOut, "the server fell silent"));
    while let Some(chunk) = timeout(PATIENCE, bytes.next()).await.map_err(silent)? {
        let chunk = chunk.map_err(Stopped::Server)?;
        file.write_all(&chunk).await.map_err(Stopped::Disk)?;
        there += chunk.len() as u64;
        progress(there.min(whole), whole);
        if there > whole {
            break;
        }
    }
    Ok(there)
}

async fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).await.ok().map(|file| file.len())
}

async fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path).await?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut buffer).await?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::known_models;

    #[test]
    fn known_models_have_digests_and_sizes() {
        let models = known_models();
        assert_eq!(models[0].name, "tiny");
        for model in models {
            assert!(
                model.sha256.len() == 64 && model.bytes > 1 << 20 && model.url.ends_with(&model.file),
                "{model:?}"
            );
        }
    }
}
