//! Names of files: ids, and nothing else.

use object_store::path::Path;
use std::fmt;
use uuid::Uuid;

/// The name of a file. It says nothing of its owner and nothing of what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// Whose it is: files of one owner can be deleted together.
    pub owner: Uuid,
    /// The file.
    pub id: Uuid,
}

impl Name {
    pub(crate) fn path(self) -> Path {
        Path::from(self.to_string())
    }

    /// `None` for what was put there by somebody else.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let (owner, id) = path.as_ref().split_once('/')?;
        let name = Self { owner: owner.parse().ok()?, id: id.parse().ok()? };
        (name.to_string() == path.as_ref()).then_some(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner.simple(), self.id.simple())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_read() {
        let name = Name { owner: Uuid::from_u128(7), id: Uuid::from_u128(0xabc) };
        assert_eq!(Name::of(&name.path()), Some(name));
        for foreign in ["installation", "a/b", "00000000000000000000000000000007", "x/y/z"] {
            assert_eq!(Name::of(&Path::from(foreign)), None, "{foreign}");
        }
        let hyphens = format!("{}/{}", name.owner, name.id);
        assert_eq!(Name::of(&Path::from(hyphens)), None, "another spelling is another file");
    }
}
