//! Word documents: a ZIP archive whose `word/document.xml` holds the text.

mod body;
mod run;

use crate::document::{Document, Line};
use crate::{Limits, ResumeError};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Parts of an honest document; a flood of entries is refused.
const MAX_ENTRIES: usize = 4096;

/// Reads the headers and the body of a Word document.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ResumeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(zip_error)?;
    if archive.len() > MAX_ENTRIES {
        return Err(ResumeError::TooLarge);
    }
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let main = names.iter().find(|name| is_main_part(name)).ok_or(ResumeError::Unsupported)?;
    let mut headers: Vec<&String> =
        names.iter().filter(|name| name.starts_with("word/header") && name.ends_with(".xml")).collect();
    headers.sort();

    let mut content = body::Content::default();
    for name in headers {
        // A broken header does not make the body unreadable.
        if let Err(ResumeError::TooLarge) = read_part(&mut archive, name, limits, &mut content) {
            return Err(ResumeError::TooLarge);
        }
    }
    content.lines.dedup_by(|a, b| a.text == b.text);
    read_part(&mut archive, main, limits, &mut content)?;

    let mut document = Document { lines: content.lines, pages: content.pages.max(1), warnings: Vec::new() };
    if content.has_hidden_text {
        document.warn(
            "hidden_text",
            "The file holds text that a reader cannot see (hidden, white or tiny); it was left out.",
        );
    }
    drop_outer_blank_lines(&mut document.lines);
    Ok(document)
}

fn is_main_part(name: &str) -> bool {
    name.strip_prefix("word/document")
        .and_then(|rest| rest.strip_suffix(".xml"))
        .is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

fn zip_error(error: ZipError) -> ResumeError {
    match error {
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => ResumeError::Encrypted,
        _ => ResumeError::Corrupt,
    }
}

fn read_part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    content: &mut body::Content,
) -> Result<(), ResumeError> {
    let entry = archive.by_name(name).map_err(zip_error)?;
    if entry.size() > limits.max_unpacked_bytes {
        return Err(ResumeError::TooLarge);
    }
    // The declared size may lie, so what comes out is counted too.
    let counted = BufReader::new(Counted { inner: entry, left: limits.max_unpacked_bytes });
    body::read(counted, content).map_err(|error| match error {
        quick_xml::Error::Io(io) if io.kind() == std::io::ErrorKind::FileTooLarge => ResumeError::TooLarge,
        _ => ResumeError::Corrupt,
    })
}

/// A reader that fails once more than `left` bytes came out of it.
struct Counted<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or(std::io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}

fn drop_outer_blank_lines(lines: &mut Vec<Line>) {
    let start = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    lines.drain(..start);
    while lines.last().is_some_and(Line::is_blank) {
        lines.pop();
    }
}
