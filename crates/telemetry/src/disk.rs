//! Space on disks.

use crate::catalogue::{DISK_FREE, DISK_TOTAL};
use metrics::gauge;
use std::io;
use std::path::Path;

/// The disk that holds a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Bytes that this program may still write.
    pub free: u64,
    /// Size, bytes.
    pub total: u64,
}

/// The space of the disk that holds `folder`, which must be there. Not known outside Unix.
#[cfg(unix)]
pub fn space(folder: &Path) -> io::Result<Space> {
    let found = rustix::fs::statvfs(folder)?;
    Ok(Space {
        free: found.f_bavail.saturating_mul(found.f_frsize),
        total: found.f_blocks.saturating_mul(found.f_frsize),
    })
}

/// The space of the disk that holds `folder`, which must be there. Not known outside Unix.
#[cfg(not(unix))]
pub fn space(_: &Path) -> io::Result<Space> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Records the space of the data directory's disk.
pub fn record(space: Space) {
    gauge!(DISK_FREE).set(space.free as f64);
    gauge!(DISK_TOTAL).set(space.total as f64);
}
