//! Where the master key comes from: the configuration, else a file that is made at the first start.

use crate::config::{Config, make_private};
use anyhow::Context;
use greenroom_store::Keyring;
use secrecy::{ExposeSecret, SecretString};
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

/// Bytes of the keys that are made, and fewest characters of those that are configured.
pub const KEY_BYTES: usize = 32;
/// The present master key; older ones stand beside it with their ids behind the name.
const FILE: &str = "secret.key";
/// One that is being made.
const NEXT: &str = "secret.key.next";

/// The master keys.
pub fn keyring(config: &Config) -> anyhow::Result<Keyring> {
    if let Some(present) = &config.secrets.key {
        let secrets = [present].into_iter().chain(&config.secrets.old_keys);
        let secrets = secrets.map(configured).collect::<anyhow::Result<Vec<_>>>()?;
        return Ok(Keyring::new(move || secrets.clone()));
    }
    anyhow::ensure!(
        config.secrets.old_keys.is_empty(),
        "secrets.old_keys needs secrets.key, the present one"
    );
    let dir = config.data_dir();
    read_or_make(&dir, FILE, "put the right one back: what people said is encrypted with it")?;
    Ok(Keyring::new(move || secrets_in(&dir)))
}

/// Whether there is a master key; [`keyring`] makes one otherwise.
pub fn has_key(config: &Config) -> bool {
    config.secrets.key.is_some() || config.data_dir().join(FILE).exists()
}

/// Makes a new master key in the data directory; the old one stays beside it. False when the key is configured: then it
/// is changed there.
pub fn make_new(config: &Config) -> anyhow::Result<bool> {
    if config.secrets.key.is_some() {
        return Ok(false);
    }
    let dir = config.data_dir();
    let old = keyring(config)?.current();
    let (present, next) = (dir.join(FILE), dir.join(NEXT));
    if next.exists() {
        // Left behind when the program was stopped in the middle; nothing was encrypted with it.
        std::fs::remove_file(&next)?;
    }
    make(&next)?;
    let kept = dir.join(format!("{FILE}.{old}"));
    if !kept.exists() {
        std::fs::hard_link(&present, &kept).with_context(|| format!("{} cannot be made", kept.display()))?;
    }
    // From one moment to the next: there is always a present key, and the old one is always there.
    std::fs::rename(&next, &present)?;
    #[cfg(unix)]
    std::fs::File::open(&dir)?.sync_all()?;
    Ok(true)
}

fn configured(key: &SecretString) -> anyhow::Result<Vec<u8>> {
    let key = key.expose_secret().as_bytes().to_vec();
    let long = key.len() >= KEY_BYTES;
    anyhow::ensure!(long, "secrets.key and secrets.old_keys must have at least {KEY_BYTES} characters each");
    Ok(key)
}

/// The present secret and older ones.
fn secrets_in(dir: &Path) -> Vec<Vec<u8>> {
    let Ok(present) = std::fs::read(dir.join(FILE)) else { return Vec::new() };
    let mut older: Vec<PathBuf> =
        std::fs::read_dir(dir).into_iter().flatten().flatten().map(|f| f.path()).collect();
    older.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("secret.key.") && name != NEXT
    });
    older.sort();
    let secrets = [present].into_iter().chain(older.iter().filter_map(|path| std::fs::read(path).ok()));
    secrets.filter(|secret| secret.len() >= KEY_BYTES).collect()
}

/// The key in this file of the data directory; made when it is not there.
pub fn read_or_make(dir: &Path, file: &str, lost: &str) -> anyhow::Result<Vec<u8>> {
    make_private(dir)?;
    let file = dir.join(file);
    match std::fs::read(&file) {
        Ok(key) if key.len() >= KEY_BYTES => Ok(key),
        Ok(_) => anyhow::bail!("{} is too short; {lost}", file.display()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&file),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}

fn make(file: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Write;
    let key: [u8; KEY_BYTES] = rand::random();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file).with_context(|| format!("{} cannot be written", file.display()))?;
    out.write_all(&key)?;
    out.sync_all()?;
    Ok(key.to_vec())
}
