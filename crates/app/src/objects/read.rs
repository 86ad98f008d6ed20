//! Read a file of a person, or a part of it.

use super::failure::damaged;
use super::name;
use crate::{App, Result};
use bytes::{Bytes, BytesMut};
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use greenroom_domain::object::StoredObject;
use greenroom_objects::Got;
use greenroom_store::ObjectSeal;
use std::ops::Range;

const SEALED_PIECE: usize = ObjectSeal::SEALED_PIECE as usize;

/// What was asked for of a file, as it comes.
pub type Content = BoxStream<'static, Result<Bytes>>;

/// The bytes `range` of a file, cut to what there is. What is damaged, missing or cannot be opened at its beginning is an
/// error here; what shows later ends the content with an error.
pub async fn read(app: &App, object: &StoredObject, range: Range<u64>) -> Result<Content> {
    let range = range.start.min(object.bytes)..range.end.min(object.bytes);
    let range = range.start..range.end.max(range.start);
    if range.is_empty() && object.bytes > 0 {
        return Ok(stream::empty().boxed());
    }
    let seal = app.store().object_seal(object).await?;
    let pieces = ObjectSeal::pieces_of(&range);
    let place = ObjectSeal::place_of(&pieces, object.bytes);
    let got = app.objects().get(name(object), place, ObjectSeal::sealed_bytes(object.bytes)).await?;
    let opening = Opening { got, seal, waiting: BytesMut::new(), pieces, plain: object.bytes, range };
    let mut content = stream::try_unfold(opening, Opening::next).boxed();
    let first = content.try_next().await?;
    Ok(stream::iter(first).map(Ok).chain(content).boxed())
}

struct Opening {
    got: Got,
    seal: ObjectSeal,
    waiting: BytesMut,
    /// Those that are still to come.
    pieces: Range<u64>,
    plain: u64,
    range: Range<u64>,
}

impl Opening {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        if self.pieces.is_empty() {
            return Ok(None);
        }
        let piece = self.pieces.start;
        let place = ObjectSeal::place_of(&(piece..piece + 1), self.plain);
        let length = usize::try_from(place.end - place.start).unwrap_or(SEALED_PIECE);
        while self.waiting.len() < length {
            let more = self.got.try_next().await?;
            self.waiting.extend_from_slice(&more.ok_or_else(|| damaged("it ends too early"))?);
        }
        let sealed = self.waiting.split_to(length).to_vec();
        let is_last = ObjectSeal::is_last(piece, self.plain);
        let opened = self.seal.open(piece, is_last, sealed).map_err(damaged)?;
        self.pieces.start += 1;
        Ok(Some((cut(opened, piece * ObjectSeal::PIECE, &self.range), self)))
    }
}

/// What of a piece that begins at `from` lies within `range`.
fn cut(piece: Vec<u8>, from: u64, range: &Range<u64>) -> Bytes {
    let within = |at: u64| usize::try_from(at.saturating_sub(from)).unwrap_or(usize::MAX).min(piece.len());
    let (start, end) = (within(range.start), within(range.end));
    Bytes::from(piece).slice(start..end)
}
