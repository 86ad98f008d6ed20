use greenroom_documents::{Limits, read_job, read_resume, read_resume_text};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const HEAD: &str =
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const FOOT: &str = "</w:body></w:document>";

/// Any file as a resume: read or refused, and never more text than the limit. Smaller limits than the server's, so
/// that a fuzzer does not wait; the server's own time and memory are held in a process apart.
pub fn resume(bytes: &[u8]) {
    let limits = Limits { max_drawing_operations: 20_000, max_unpacked_bytes: 1 << 20, ..Limits::default() };
    let Ok(resume) = read_resume(bytes, None, &limits) else { return };
    assert!(resume.text.chars().count() <= limits.max_text_chars, "more text than the limit");
    for found in [&resume.name, &resume.email, &resume.phone].into_iter().flatten() {
        assert!(!found.trim().is_empty(), "what is not there is null, not empty");
    }
}

/// Any XML as the body of a DOCX. The archive around it is sound, so that what reads the XML is reached.
pub fn docx(body: &[u8]) {
    resume(&archive(body).expect("an archive in memory takes what it is given"));
}

fn archive(body: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("[Content_Types].xml", stored)?;
    archive.write_all(TYPES.as_bytes())?;
    archive.start_file("word/document.xml", stored)?;
    for piece in [HEAD.as_bytes(), body, FOOT.as_bytes()] {
        archive.write_all(piece)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Any text as a job description, and as a resume that was pasted.
pub fn job(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let job = read_job(text, &[]);
    for skill in &job.skills {
        assert!(!skill.name.trim().is_empty(), "a skill without a name");
    }
    let _ = read_resume_text(text);
}
