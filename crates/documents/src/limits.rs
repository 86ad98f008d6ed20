//! How much of a document is read before it is refused.

use serde::{Deserialize, Serialize};

/// Limits on one document. The defaults suit resumes and are far above an honest one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file. Default 10 MiB.
    pub max_bytes: usize,
    /// Pages that are read; later ones are left out with a warning. Default 50.
    pub max_pages: u32,
    /// Characters of text that are kept; the rest is left out with a warning. Default 200 000.
    pub max_text_chars: usize,
    /// Bytes that one compressed part of the file may unpack to. Default 32 MiB.
    pub max_unpacked_bytes: u64,
    /// Drawing operations of a PDF that are followed. Default 2 000 000.
    pub max_drawing_operations: u64,
    /// Wall clock time of [`crate::sandbox::parse_in_child`], in ms. Default 8000.
    pub timeout_ms: u64,
    /// Memory that the child process may reserve above what it starts with, in bytes. Default 160 MiB:
    /// with the 16 MiB stack and the 64 MiB that glibc sets aside for a thread, under 256 MB in all.
    pub max_memory_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 10 << 20,
            max_pages: 50,
            max_text_chars: 200_000,
            max_unpacked_bytes: 32 << 20,
            max_drawing_operations: 2_000_000,
            timeout_ms: 8_000,
            max_memory_bytes: 160 << 20,
        }
    }
}
