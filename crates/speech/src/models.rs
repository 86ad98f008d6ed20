//! Weights for recognition in this process: fetched once, checked by their digest, gone on with where it broke off.

use futures::StreamExt;
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
    /// The disk.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
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
/// in a file beside it that ends in `.part`.
pub async fn pull(
    model: &Model,
    folder: &Path,
    mut progress: impl FnMut(u64, u64),
) -> Result<PathBuf, PullError> {
    let path = folder.join(&model.file);
    let part = folder.join(format!("{}.part", model.file));
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |error| PullError::Disk { path, error }
    };
    fs::create_dir_all(folder).await.map_err(disk(folder))?;
    if size(&path).await == Some(model.bytes) && digest(&path).await.map_err(disk(&path))? == model.sha256 {
        progress(model.bytes, model.bytes);
        return Ok(path);
    }
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
    let mut there = if answer.is_partial { there } else { 0 };
    let mut bytes = answer.bytes;
    while let Some(chunk) = timeout(PATIENCE, bytes.next())
        .await
        .map_err(|_| Stopped::Server(Fault::new(Kind::TimedOut, "the server fell silent")))?
    {
        let chunk = chunk.map_err(Stopped::Server)?;
        file.write_all(&chunk).await.map_err(Stopped::Disk)?;
        there += chunk.len() as u64;
        progress(there.min(model.bytes), model.bytes);
        if there > model.bytes {
            break;
        }
    }
    file.flush().await.map_err(Stopped::Disk)?;
    file.sync_all().await.map_err(Stopped::Disk)?;
    if there < model.bytes {
        return Err(Stopped::Server(Fault::new(Kind::BrokenStream, "the file broke off")));
    }
    Ok(())
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
