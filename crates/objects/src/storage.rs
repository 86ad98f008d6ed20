//! What can be done with files.

use crate::error::ObjectError;
use crate::name::Name;
use crate::opened::Opened;
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Instant, SystemTime};
use uuid::Uuid;

/// Says which installation the files belong to.
const MARK: &str = "installation";

/// A storage of files. Cheap to clone.
#[derive(Clone)]
pub struct Objects {
    kind: Opened,
    store: Arc<dyn ObjectStore>,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Objects").field(&self.kind).finish()
    }
}

/// A file that lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: Name,
    /// Bytes.
    pub bytes: u64,
    /// When it was put, by the clock of the storage.
    pub put_at: SystemTime,
}

/// What comes of a file, as it comes.
pub type Got = BoxStream<'static, Result<Bytes, ObjectError>>;

impl Objects {
    pub(crate) fn of(kind: Opened, store: Arc<dyn ObjectStore>) -> Self {
        Self { kind, store }
    }

    /// What kind of storage this is.
    pub fn kind(&self) -> Opened {
        self.kind
    }

    pub(crate) fn store(&self) -> &dyn ObjectStore {
        &*self.store
    }

    /// The bytes `range` of a file that has `whole` bytes; [`ObjectError::Damaged`] when it has not.
    pub async fn get(&self, name: Name, range: Range<u64>, whole: u64) -> Result<Got, ObjectError> {
        let wanted = range.end.saturating_sub(range.start);
        let got = measured("get", async {
            let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
            let found = match self.store.get_opts(&name.path(), options).await {
                Ok(found) => found,
                // A range behind the end of what is left of a file is refused, by each kind of storage in its words.
                Err(error) => match self.store.head(&name.path()).await {
                    Ok(there) => return Err(other_size(there.size, whole).unwrap_or_else(|| error.into())),
                    Err(missing) => return Err(missing.into()),
                },
            };
            match other_size(found.meta.size, whole) {
                Some(damaged) => Err(damaged),
                None => Ok(found.into_stream().map_err(ObjectError::from).boxed()),
            }
        });
        let got = got.await?;
        greenroom_telemetry::objects::read(wanted);
        Ok(got)
    }

    /// Deletes a file. One that is not there is deleted.
    pub async fn delete(&self, name: Name) -> Result<(), ObjectError> {
        measured("delete", async {
            match self.store.delete(&name.path()).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Deletes all files of an owner. Returns how many.
    pub async fn delete_all(&self, owner: Uuid) -> Result<u64, ObjectError> {
        measured("delete", async {
            let names =
                self.store.list(Some(&Path::from(owner.simple().to_string()))).map_ok(|found| found.location);
            let mut deleted = 0;
            let mut gone = self.store.delete_stream(names.boxed());
            while let Some(one) = gone.next().await {
                match one {
                    Ok(_) => deleted += 1,
                    // Another node deletes at the same time.
                    Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(deleted)
        })
        .await
    }

    /// All files of ours that lie there, in no order; what others put there is left out.
    pub fn list(&self) -> impl Stream<Item = Result<Listed, ObjectError>> + Send {
        self.store.list(None).map_err(ObjectError::from).try_filter_map(|found| {
            let listed = Name::of(&found.location).map(|name| Listed {
                name,
                bytes: found.size,
                put_at: found.last_modified.into(),
            });
            std::future::ready(Ok(listed))
        })
    }

    /// Takes the storage for this installation, or finds that it is taken for it. [`ObjectError::NotOurs`] when another
    /// one has it: its files would look as if nobody knew them.
    pub async fn claim(&self, installation: Uuid) -> Result<(), ObjectError> {
        measured("claim", async {
            let mark = Path::from(MARK);
            let found = match self.store.get(&mark).await {
                Ok(found) => found.bytes().await?,
                Err(object_store::Error::NotFound { .. }) => {
                    let payload = PutPayload::from(installation.to_string());
                    return match self.store.put(&mark, payload).await {
                        Ok(_) => Ok(()),
                        Err(error @ object_store::Error::NotFound { .. }) => {
                            Err(ObjectError::Refused(error.into()))
                        }
                        Err(error) => Err(error.into()),
                    };
                }
                Err(error) => return Err(error.into()),
            };
            if found.trim_ascii() == installation.to_string().as_bytes() {
                Ok(())
            } else {
                Err(ObjectError::NotOurs)
            }
        })
        .await
    }
}

fn other_size(found: u64, expected: u64) -> Option<ObjectError> {
    (found != expected).then_some(ObjectError::Damaged { expected, found })
}

/// Does it, and notes how long it took and how it ended.
pub(crate) async fn measured<T>(
    operation: &'static str,
    work: impl Future<Output = Result<T, ObjectError>>,
) -> Result<T, ObjectError> {
    let began = Instant::now();
    let outcome = work.await;
    greenroom_telemetry::objects::done(operation, word(&outcome), began.elapsed());
    outcome
}

fn word<T>(outcome: &Result<T, ObjectError>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(ObjectError::NotFound) => "not_found",
        Err(ObjectError::Refused(_) | ObjectError::NotOurs) => "refused",
        Err(ObjectError::Full(_)) => "full",
        Err(ObjectError::Unavailable(_)) => "unavailable",
        Err(ObjectError::Damaged { .. }) => "damaged",
        Err(ObjectError::TooLarge(_) | ObjectError::BrokeOff(_)) => "given_up",
    }
}
