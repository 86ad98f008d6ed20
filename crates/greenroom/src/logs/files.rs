//! Logs in files: one that is written, those that were put aside, and none that is old.

use greenroom_domain::clock::Clock;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

const NAME: &str = "greenroom.log";
/// At this size a file is put aside, bytes.
const LARGEST: u64 = 10 * 1000 * 1000;
/// A file that was put aside is kept this long, ms.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// The files of one folder. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Mutex<Current>>);

struct Current {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    file: File,
    size: u64,
}

impl Files {
    /// Goes on with the file in `folder`, which is made for nobody else to look into.
    pub fn open(folder: PathBuf, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        let file = begin(&folder)?;
        let size = file.metadata()?.len();
        let current = Current { folder, clock, file, size };
        current.forget_old();
        Ok(Self(Arc::new(Mutex::new(current))))
    }
}

fn begin(folder: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(folder.join(NAME))
}

impl Current {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.size > 0 && self.size + line.len() as u64 > LARGEST {
            self.put_aside()?;
        }
        self.file.write_all(line)?;
        self.size += line.len() as u64;
        Ok(line.len())
    }

    fn put_aside(&mut self) -> io::Result<()> {
        let time = self.clock.now().as_datetime().format("%Y%m%dT%H%M%S%6fZ");
        fs::rename(self.folder.join(NAME), self.folder.join(format!("greenroom-{time}.log")))?;
        self.file = begin(&self.folder)?;
        self.size = 0;
        self.forget_old();
        Ok(())
    }

    /// By the time in the name, so that a copy of the folder does not make files young again.
    fn forget_old(&self) {
        let oldest =
            self.clock.now().plus_ms(-KEPT_MS).as_datetime().format("greenroom-%Y%m%dT%H%M%S").to_string();
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for file in files {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with("greenroom-") && name.ends_with(".log") && name < oldest {
                // One that cannot be removed is tried again the next time.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

impl Write for &Files {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Files {
    type Writer = &'a Files;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenroom_domain::clock::Timestamp;

    /// A clock that stands wherever it was put last.
    struct Standing(Mutex<Timestamp>);

    impl Clock for Standing {
        fn now(&self) -> Timestamp {
            *self.0.lock().expect("nobody panicked")
        }
    }

    #[test]
    fn a_file_is_put_aside_when_it_is_full_and_forgotten_after_thirty_days() {
        let folder = tempfile::tempdir().expect("a folder");
        let start = Timestamp::new("2026-03-01T12:00:00Z".parse().expect("a moment"));
        let clock = Arc::new(Standing(Mutex::new(start)));
        let files = Files::open(folder.path().to_owned(), clock.clone()).expect("it opens");
        let names = || {
            let mut names: Vec<String> = fs::read_dir(folder.path())
                .expect("a folder")
                .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        };
        let line = vec![b'x'; 6 * 1000 * 1000];
        for _ in 0..2 {
            (&files).write_all(&line).expect("it is written");
        }
        let first = "greenroom-20260301T120000000000Z.log".to_owned();
        assert_eq!(names(), [first.clone(), NAME.to_owned()]);
        *clock.0.lock().expect("nobody panicked") = start.plus_ms(KEPT_MS - 1000);
        (&files).write_all(&line).expect("it is written");
        assert_eq!(names().len(), 3, "not yet");
        *clock.0.lock().expect("nobody panicked") = start.plus_ms(KEPT_MS + 1000);
        (&files).write_all(&line).expect("it is written");
        assert!(!names().contains(&first));
        let size = fs::metadata(folder.path().join(NAME)).expect("it is there").len();
        assert_eq!(size, 6 * 1000 * 1000);
    }
}
