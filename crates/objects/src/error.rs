//! Failures, by what the caller can do about them.

use greenroom_telemetry::causes::in_full;
use std::error::Error;
use std::io;

/// The cause of a failure, for the log.
pub(crate) type Cause = Box<dyn Error + Send + Sync>;

/// The storage does not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// There is no such file.
    #[error("there is no such file in the storage")]
    NotFound,
    /// The storage refuses the credentials, or they do not allow this, or there is no such bucket.
    #[error("the storage refuses what it is asked")]
    Refused(#[source] Cause),
    /// There is no space left.
    #[error("the storage is full")]
    Full(#[source] Cause),
    /// The storage does not answer.
    #[error("the storage does not answer")]
    Unavailable(#[source] Cause),
    /// The file in the storage is not as long as what was put there.
    #[error("a file in the storage has {found} bytes instead of {expected}")]
    Damaged {
        /// Bytes that were put there.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// What was to be put is longer than is accepted, bytes.
    #[error("more than {0} bytes are not accepted")]
    TooLarge(u64),
    /// What was to be put broke off before its end.
    #[error("what was to be stored broke off")]
    BrokeOff(#[source] Cause),
    /// The storage holds the files of another installation of this program.
    #[error("the storage holds the files of another installation of Greenroom")]
    NotOurs,
}

impl ObjectError {
    /// A failure with all its causes in a line, for operators.
    pub fn in_full(&self) -> String {
        in_full(self)
    }
}

impl From<object_store::Error> for ObjectError {
    fn from(error: object_store::Error) -> Self {
        use object_store::Error as E;
        match error {
            E::NotFound { .. } => Self::NotFound,
            E::PermissionDenied { .. } | E::Unauthenticated { .. } => Self::Refused(error.into()),
            _ if is_full(&error) => Self::Full(error.into()),
            _ => Self::Unavailable(error.into()),
        }
    }
}

fn is_full(error: &object_store::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(StorageFull | QuotaExceeded | FileTooLarge)) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart() {
        let of = |kind: io::ErrorKind| {
            let source = Box::new(io::Error::from(kind));
            ObjectError::from(object_store::Error::Generic { store: "LocalFileSystem", source })
        };
        assert!(matches!(of(io::ErrorKind::StorageFull), ObjectError::Full(_)));
        assert!(matches!(of(io::ErrorKind::QuotaExceeded), ObjectError::Full(_)));
        assert!(matches!(of(io::ErrorKind::ConnectionRefused), ObjectError::Unavailable(_)));
    }

    #[test]
    fn a_cause_is_told_once() {
        let source = Box::new(io::Error::other("401 Unauthorized"));
        let failure = object_store::Error::Unauthenticated { path: "rooms/a".to_owned(), source };
        let said = ObjectError::from(failure).in_full();
        assert!(said.starts_with("the storage refuses what it is asked: "), "{said}");
        assert_eq!(said.matches("401 Unauthorized").count(), 1, "{said}");
    }
}
