//! A file with everybody's keys, wrapped by the master key: a line each, JSON. It is kept apart from copies of the
//! database; who is erased is not in the next one, and then no copy can tell what they said.

use anyhow::Context;
use greenroom_store::{Store, WrappedKey};
use std::fs::{self, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The first line.
const HEAD: &str = r#"{"format":"greenroom.keys/1"}"#;
/// Keys that are read at a time.
const AT_ONCE: u64 = 1000;

/// Writes the keys of this database. Returns how many.
pub async fn write(store: &Store, file: &Path) -> anyhow::Result<u64> {
    let mut keys: Vec<WrappedKey> = Vec::new();
    loop {
        let some = store.wrapped_keys(keys.last().map(|key| key.user_id), AT_ONCE).await?;
        if some.is_empty() {
            break;
        }
        keys.extend(some);
    }
    write_keys(&keys, file)?;
    Ok(keys.len() as u64)
}

/// Writes these keys; a file that is there is replaced as a whole.
pub fn write_keys(keys: &[WrappedKey], file: &Path) -> anyhow::Result<()> {
    let fresh = PathBuf::from(format!("{}.writing", file.display()));
    let failed = || format!("{} cannot be written", file.display());
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = BufWriter::new(options.open(&fresh).with_context(failed)?);
    writeln!(out, "{HEAD}")?;
    for key in keys {
        writeln!(out, "{}", serde_json::to_string(key)?)?;
    }
    out.into_inner().context("the last of it")?.sync_all()?;
    fs::rename(&fresh, file).with_context(failed)
}

/// The keys in this file.
pub fn read(file: &Path) -> anyhow::Result<Vec<WrappedKey>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut lines = text.lines();
    anyhow::ensure!(lines.next() == Some(HEAD), "{} is no file of keys", file.display());
    let key = |line: &str| serde_json::from_str(line);
    lines.map(key).collect::<Result<_, _>>().with_context(|| format!("{} is damaged", file.display()))
}
