//! What kind of file it is, by its content.

use crate::ResumeError;

/// Kinds of file that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Docx,
    Text,
    Markdown,
}

/// A PDF header may follow some junk; readers accept it in the first kilobyte.
const PDF_HEADER_WINDOW: usize = 1024;

/// Starts of files that are not text and not read.
const UNSUPPORTED: &[&[u8]] = &[
    b"\xD0\xCF\x11\xE0", // OLE: old Word, Excel
    b"{\\rtf",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"\x1F\x8B",
    b"7z\xBC\xAF",
    b"Rar!",
    b"\x7FELF",
    b"MZ",
    b"%!PS",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
];

/// Decides the format by content. The name is used only to tell Markdown from plain text.
pub(crate) fn detect(bytes: &[u8], file_name: Option<&str>) -> Result<Format, ResumeError> {
    if bytes.is_empty() {
        return Err(ResumeError::NoText);
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WINDOW)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Format::Docx);
    }
    if UNSUPPORTED.iter().any(|magic| bytes.starts_with(magic)) || is_markup(head) {
        return Err(ResumeError::Unsupported);
    }
    let is_markdown = file_name.is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        name.ends_with(".md") || name.ends_with(".markdown")
    });
    Ok(if is_markdown { Format::Markdown } else { Format::Text })
}

/// HTML and XML files: their text is between marks that a resume reader would take for words.
fn is_markup(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    ["<!doctype", "<html", "<?xml", "<head", "<body", "<svg"].iter().any(|tag| start.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(b"%PDF-1.7 ...", "cv.txt", Ok(Format::Pdf))]
    #[case(b"PK\x03\x04....", "cv.pdf", Ok(Format::Docx))]
    #[case(b"<html><body>", "cv.pdf", Err(ResumeError::Unsupported))]
    #[case(b"\xD0\xCF\x11\xE0\xA1\xB1", "cv.docx", Err(ResumeError::Unsupported))]
    #[case(b"Ada Lovelace", "cv.docx", Ok(Format::Text))]
    #[case(b"# Ada Lovelace", "CV.MD", Ok(Format::Markdown))]
    #[case(b"", "cv.txt", Err(ResumeError::NoText))]
    fn content_decides(
        #[case] bytes: &[u8],
        #[case] name: &str,
        #[case] expected: Result<Format, ResumeError>,
    ) {
        assert_eq!(detect(bytes, Some(name)), expected);
    }
}
