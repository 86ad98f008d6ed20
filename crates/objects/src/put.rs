//! Putting a file: in one piece when it is short, in parts when it is long. At most two parts are in memory.

use crate::error::{Cause, ObjectError};
use crate::name::Name;
use crate::storage::{Objects, measured};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use std::pin::pin;

/// Bytes of a part. S3 wants 5 MiB at least, and some servers all parts but the last alike.
const PART: usize = 8 * 1024 * 1024;

/// What was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Bytes, as they lie there.
    pub bytes: u64,
    /// SHA-256 of them, hexadecimal.
    pub digest: String,
}

impl Objects {
    /// Puts `body` under a name that was never used before, at most `most` bytes. It is there, whole and durable, when
    /// this returns; when it fails or is dropped, there is nothing under the name, or parts that the storage forgets.
    pub async fn put<E: Into<Cause>>(
        &self,
        name: Name,
        most: u64,
        body: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Stored, ObjectError> {
        let outcome = measured("put", self.put_unmeasured(name, most, body)).await;
        if let Ok(stored) = &outcome {
            greenroom_telemetry::objects::written(stored.bytes);
        }
        outcome
    }

    async fn put_unmeasured<E: Into<Cause>>(
        &self,
        name: Name,
        most: u64,
        body: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Stored, ObjectError> {
        let mut body = pin!(body);
        let mut put = Put { total: 0, digest: Sha256::new(), waiting: BytesMut::new() };
        let mut upload: Option<Box<dyn MultipartUpload>> = None;
        loop {
            match put.fill(&mut body, most).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    give_up(upload).await;
                    return Err(error);
                }
            }
            let part = put.waiting.split_to(PART).freeze();
            let sent = match &mut upload {
                Some(upload) => upload.put_part(part.into()).await,
                None => match self.store().put_multipart(&name.path()).await {
                    Ok(begun) => upload.insert(begun).put_part(part.into()).await,
                    Err(error) => Err(error),
                },
            };
            if let Err(error) = sent {
                give_up(upload).await;
                return Err(nowhere(error));
            }
        }
        let rest = PutPayload::from(std::mem::take(&mut put.waiting).freeze());
        match upload {
            None => drop(self.store().put(&name.path(), rest).await.map_err(nowhere)?),
            Some(upload) => finish(upload, rest).await?,
        }
        Ok(Stored { bytes: put.total, digest: hex(&put.digest.finalize()) })
    }
}

struct Put {
    total: u64,
    digest: Sha256,
    waiting: BytesMut,
}

impl Put {
    /// Waits for more than a part. False at the end of the body.
    async fn fill<E: Into<Cause>>(
        &mut self,
        body: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
        most: u64,
    ) -> Result<bool, ObjectError> {
        while self.waiting.len() <= PART {
            let Some(bytes) = body.next().await else { return Ok(false) };
            let bytes = bytes.map_err(|error| ObjectError::BrokeOff(error.into()))?;
            self.total += bytes.len() as u64;
            if self.total > most {
                return Err(ObjectError::TooLarge(most));
            }
            self.digest.update(&bytes);
            self.waiting.extend_from_slice(&bytes);
        }
        Ok(true)
    }
}

async fn finish(mut upload: Box<dyn MultipartUpload>, rest: PutPayload) -> Result<(), ObjectError> {
    let sent = match upload.put_part(rest).await {
        Ok(()) => upload.complete().await.map(drop),
        Err(error) => Err(error),
    };
    if let Err(error) = sent {
        give_up(Some(upload)).await;
        return Err(nowhere(error));
    }
    Ok(())
}

/// Parts that cannot be taken back now are forgotten by the bucket's own rule (docs/operating.md).
async fn give_up(upload: Option<Box<dyn MultipartUpload>>) {
    let Some(mut upload) = upload else { return };
    if let Err(error) = upload.abort().await {
        tracing::warn!(%error, "parts of a file that was given up stay in the storage");
    }
}

/// Where something is to be put, "not found" is the bucket.
fn nowhere(error: object_store::Error) -> ObjectError {
    match error {
        object_store::Error::NotFound { .. } => ObjectError::Refused(error.into()),
        other => other.into(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
