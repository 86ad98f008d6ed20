//! Files beside a copy of the database, where they lie in a folder. Elsewhere the storage has copies of its own
//! (docs/operating.md).

use crate::config::{Config, make_private};
use anyhow::Context;
use greenroom_domain::ids::ObjectId;
use greenroom_store::Store;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Files that are looked up at a time.
const AT_ONCE: u64 = 500;

/// The folder where files lie; `None` where they lie elsewhere.
pub fn folder(config: &Config) -> Option<PathBuf> {
    config.objects.folder(config.objects_dir())
}

/// Copies all files to `copy`, which must not be there. They never change, so on one disk they are linked. Returns how
/// many.
pub fn write(folder: &Path, copy: &Path) -> anyhow::Result<u64> {
    let mut copied = 0;
    make_private(copy)?;
    for owner in entries(folder)? {
        if !owner.is_dir() {
            continue;
        }
        let target = copy.join(owner.file_name().unwrap_or_default());
        make_private(&target)?;
        for file in entries(&owner)? {
            copied += u64::from(carry(&file, &target.join(file.file_name().unwrap_or_default()))?);
        }
    }
    Ok(copied)
}

/// Puts files back that the database knows and that are not there. Returns how many are missing in the copy too.
pub async fn put_back(store: &Store, copy: &Path, folder: &Path) -> anyhow::Result<u64> {
    let (mut missing, mut after) = (0, None::<ObjectId>);
    loop {
        let page = store.objects_after(after, AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok(missing) };
        after = Some(last.id);
        for object in &page {
            let name =
                Path::new(&object.user_id.0.simple().to_string()).join(object.id.0.simple().to_string());
            let target = folder.join(&name);
            if target.exists() {
                continue;
            }
            make_private(target.parent().unwrap_or(folder))?;
            missing += u64::from(!carry(&copy.join(name), &target)?);
        }
    }
}

/// False when the file is gone: it was deleted since it was listed.
fn carry(from: &Path, to: &Path) -> anyhow::Result<bool> {
    let done = fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop));
    match done {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("{} cannot be copied", from.display())),
    }
}

/// What lies in a folder; nothing when it is not there.
fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", folder.display())),
    }
}
