//! Files as one archive (ZIP) that is sent while it is made: one file at a time is in memory.

use axum::body::Bytes;
use futures::stream::{self, Stream, TryStreamExt};
use greenroom_app::accounts::ArchiveFile;
use greenroom_app::{AppError, Result};
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

type Files = Pin<Box<dyn Stream<Item = Result<ArchiveFile>> + Send>>;

/// The archive of `files`, piece by piece. A failure breaks it off, so that nobody takes half for the whole.
pub(crate) fn zipped(
    files: impl Stream<Item = Result<ArchiveFile>> + Send + 'static,
) -> impl Stream<Item = Result<Bytes>> + Send {
    let files: Files = Box::pin(files);
    stream::try_unfold(Some((files, Archive::default())), async |state| {
        let Some((mut files, mut archive)) = state else { return Ok(None) };
        match files.try_next().await? {
            Some(file) => {
                archive.add(&file).map_err(AppError::internal)?;
                let bytes = archive.made.take();
                Ok(Some((bytes, Some((files, archive)))))
            }
            None => Ok(Some((archive.end().map_err(AppError::internal)?, None))),
        }
    })
}

/// An archive that is being made.
struct Archive {
    made: Made,
    zip: ZipWriter<StreamWriter<Made>>,
}

impl Default for Archive {
    fn default() -> Self {
        let made = Made::default();
        Self { zip: ZipWriter::new_stream(made.clone()), made }
    }
}

impl Archive {
    fn add(&mut self, file: &ArchiveFile) -> io::Result<()> {
        // Nobody else on a shared machine reads what is unpacked.
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        self.zip.start_file(&*file.path, options)?;
        self.zip.write_all(&file.bytes)
    }

    fn end(self) -> io::Result<Bytes> {
        self.zip.finish()?;
        Ok(self.made.take())
    }
}

/// What was made and not sent yet.
#[derive(Clone, Default)]
struct Made(Arc<Mutex<Vec<u8>>>);

impl Made {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Made {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
