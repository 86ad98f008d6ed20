//! Whether the storage answers, and is this installation's own.

use crate::operations::{Dependency, is_enough};
use crate::{App, Result};
use async_trait::async_trait;
use greenroom_domain::ids::IdSource;
use greenroom_objects::{ObjectError, Objects};
use greenroom_store::Store;
use greenroom_telemetry::disk;
use std::path::PathBuf;
use std::sync::Arc;

/// Takes the storage for this installation. What the error says is for operators.
pub async fn claim(app: &App) -> Result<std::result::Result<(), ObjectError>> {
    let installation = app.store().installation(app.ids().next()).await?;
    Ok(app.objects().claim(installation).await)
}

/// The storage of files, as something that the program needs.
pub struct StorageOfFiles {
    /// The storage.
    pub objects: Objects,
    /// Says which installation this is.
    pub store: Store,
    /// Names it the first time.
    pub ids: Arc<dyn IdSource>,
    /// The folder where files lie; `None` where they lie elsewhere.
    pub folder: Option<PathBuf>,
}

#[async_trait]
impl Dependency for StorageOfFiles {
    fn name(&self) -> &'static str {
        "objects"
    }

    /// Without it interviews go on; files can be neither kept nor had.
    fn is_vital(&self) -> bool {
        false
    }

    async fn check(&self) -> std::result::Result<(), String> {
        let installation = self.store.installation(self.ids.next()).await.map_err(|error| {
            tracing::warn!(%error, "this installation has no name");
            "the database does not answer".to_owned()
        })?;
        self.objects.claim(installation).await.map_err(|error| {
            tracing::warn!(error = error.in_full(), "the storage of files does not answer");
            error.to_string()
        })?;
        // Where the space cannot be told, there is enough.
        let space = self.folder.as_ref().and_then(|folder| disk::space(folder).ok());
        space.map_or(Ok(()), is_enough)
    }
}
