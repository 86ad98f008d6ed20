//! A small disk in memory that can be filled. Needs root.

use crate::postgres::is_root;
use crate::run;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

/// A small disk.
pub struct Disk(TempDir);

impl Disk {
    pub fn of(megabytes: u32) -> Self {
        assert!(is_root(), "only root may mount a disk: run scripts/faults as root");
        let place = tempfile::tempdir().expect("a temporary directory");
        run(
            "mount",
            &["-t", "tmpfs", "-o", &format!("size={megabytes}m,mode=777"), "none", name(place.path())],
        );
        Self(place)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn filler(&self) -> std::path::PathBuf {
        self.0.path().join("filler")
    }

    /// Takes all room that is left.
    pub fn fill(&self) {
        let mut file = std::fs::File::create(self.filler()).expect("a file");
        for size in [64 * 1024, 4096] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
    }

    pub fn make_room(&self) {
        std::fs::remove_file(self.filler()).expect("it is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").args(["-l", name(self.0.path())]).status();
    }
}

fn name(path: &Path) -> &str {
    path.to_str().expect("a name")
}
