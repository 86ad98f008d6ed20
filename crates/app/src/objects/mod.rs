//! Files of people: sealed on their way into the storage, opened on their way out, deleted with what they belong to.
//!
//! The database says which files there are. A file is put first and noted in the transaction of what it belongs to; it
//! is forgotten in the transaction that deletes that, and deleted in the storage afterwards. So a crash leaves files
//! that nobody knows, which [`sweep()`] finds, and never a person whose file is gone.

mod clear;
mod dependency;
mod failure;
mod put;
mod read;
mod sweep;

pub use clear::{clear, clear_soon, measure};
pub use dependency::{StorageOfFiles, claim};
pub use greenroom_objects::{ObjectError, Objects, Options as ObjectOptions};
pub use put::{NewObject, give_up, put};
pub use read::{Content, read};
pub use sweep::{Swept, sweep};

use greenroom_domain::object::StoredObject;
use greenroom_objects::Name;

fn name(object: &StoredObject) -> Name {
    Name { owner: object.user_id.0, id: object.id.0 }
}
