//! Put a file of a person into the storage.

use super::name;
use crate::{App, Result};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, stream};
use greenroom_domain::ids::{ObjectId, UserId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_objects::Name;
use greenroom_store::ObjectSeal;
use std::pin::Pin;
use uuid::Uuid;

/// Bytes of a piece before it is sealed.
const PIECE: usize = ObjectSeal::PIECE as usize;

/// A file that is to be kept.
#[derive(Clone, Debug)]
pub struct NewObject {
    /// What it is.
    pub kind: ObjectKind,
    /// What it belongs to and falls with.
    pub belongs_to: Uuid,
    /// What kind of content it has, such as `application/pdf`.
    pub content_type: &'static str,
    /// Bytes that are accepted.
    pub most: u64,
}

/// Puts `body` into the storage, sealed with the person's key. It is there when this returns; note what this returns in
/// the transaction of what it belongs to ([`greenroom_store::Store::insert_object`] where that is there already), else it
/// is swept away after a day.
pub async fn put<E: Into<Box<dyn std::error::Error + Send + Sync>> + Send>(
    app: &App,
    user: UserId,
    new: NewObject,
    body: impl Stream<Item = std::result::Result<Bytes, E>> + Send,
) -> Result<StoredObject> {
    let id = ObjectId::fresh(app.ids());
    let seal = app.store().new_object_seal(user, id, new.kind).await?;
    let text = seal.text().to_owned();
    let at = Name { owner: user.0, id: id.0 };
    let most = ObjectSeal::sealed_bytes(new.most);
    let stored = app.objects().put(at, most, sealed(seal, Box::pin(body))).await?;
    Ok(StoredObject {
        id,
        user_id: user,
        kind: new.kind,
        belongs_to: new.belongs_to,
        content_type: new.content_type.to_owned(),
        bytes: ObjectSeal::plain_bytes(stored.bytes),
        digest: stored.digest,
        seal: text,
        created_at: app.now(),
    })
}

/// Deletes a file that was put and could not be noted. One that cannot be deleted now is swept away later.
pub async fn give_up(app: &App, object: &StoredObject) {
    if let Err(error) = app.objects().delete(name(object)).await {
        tracing::warn!(error = error.in_full(), object.id = %object.id, "a file that nobody knows stays until it is swept away");
    }
}

struct Sealing<S> {
    body: Pin<Box<S>>,
    seal: ObjectSeal,
    waiting: BytesMut,
    piece: u64,
    is_over: bool,
}

/// The pieces of `body`, sealed. The last one is known as such only when nothing comes after it.
fn sealed<S: Stream<Item = std::result::Result<Bytes, E>> + Send, E: Send>(
    seal: ObjectSeal,
    body: Pin<Box<S>>,
) -> impl Stream<Item = std::result::Result<Bytes, E>> + Send {
    let sealing = Sealing { body, seal, waiting: BytesMut::new(), piece: 0, is_over: false };
    stream::try_unfold(sealing, async |mut sealing| {
        if sealing.is_over {
            return Ok(None);
        }
        while sealing.waiting.len() <= PIECE {
            match sealing.body.next().await {
                Some(bytes) => sealing.waiting.extend_from_slice(&bytes?),
                None => {
                    sealing.is_over = true;
                    break;
                }
            }
        }
        let length = sealing.waiting.len().min(PIECE);
        // The body may have ended just behind a whole piece and more.
        let is_last = sealing.is_over && length == sealing.waiting.len();
        sealing.is_over = is_last;
        let plain = sealing.waiting.split_to(length);
        let piece = sealing.seal.seal(sealing.piece, is_last, &plain);
        sealing.piece += 1;
        Ok(Some((Bytes::from(piece), sealing)))
    })
}
