//! Hostile and broken files: each ends in good time, within its memory, with an answer.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use greenroom_documents::{Limits, ResumeError, sandbox};
use rstest::rstest;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn worker() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_parse-worker"))
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<greenroom_domain::resume::Resume, ResumeError> {
    sandbox::parse_in_child(worker(), bytes, Some("resume"), limits)
}

/// A PDF of one page from its objects; object 1 is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        writeln!(table, "{offset:010} 00000 n ").unwrap();
    }
    write!(table, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
        .unwrap();
    out.extend(table.into_bytes());
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

fn deflated(pattern: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let block = pattern.repeat(1 << 16);
    for _ in 0..times {
        encoder.write_all(&block).unwrap();
    }
    encoder.finish().unwrap()
}

fn page_with(contents: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << {resources} >> >>").into_bytes(),
        contents,
    ];
    objects.extend(more);
    pdf(&objects)
}

/// 400 MB of drawing from a small file.
fn flate_bomb() -> Vec<u8> {
    page_with(stream("/Filter /FlateDecode", &deflated(b"0 0 m ", 1000)), "", Vec::new())
}

/// The same behind two filters, which the first look at the file does not see through.
fn nested_flate_bomb() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&deflated(b"0 0 m ", 1000)).unwrap();
    page_with(stream("/Filter [/FlateDecode /FlateDecode]", &encoder.finish().unwrap()), "", Vec::new())
}

/// Forms that each draw the next one twice: 2^30 drawings.
fn doubling_forms() -> Vec<u8> {
    let form = |next: usize| {
        let dictionary = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /F {next} 0 R >> >>"
        );
        stream(&dictionary, b"/F Do /F Do")
    };
    let forms = (0..30)
        .map(|index| form(6 + index))
        .chain([stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 5 5 re f")]);
    page_with(stream("", b"/F Do"), "/XObject << /F 5 0 R >>", forms.collect())
}

/// Two million letters on one page.
fn flood_of_text() -> Vec<u8> {
    let line = format!("BT /F1 10 Tf 50 700 Td ({}) Tj ET ", "a".repeat(1000));
    page_with(
        stream("", line.repeat(3000).as_bytes()),
        "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
        Vec::new(),
    )
}

fn docx(document: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("word/document.xml", options).unwrap();
    archive.write_all(document).unwrap();
    archive.finish().unwrap().into_inner()
}

fn docx_bomb() -> Vec<u8> {
    let mut text = b"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>".to_vec();
    text.extend(b"bomb ".repeat(20 << 20));
    docx(&text)
}

/// Elements within elements, deep enough to overflow the stack of a recursive reader.
fn deep_docx() -> Vec<u8> {
    docx(format!("<w:document xmlns:w=\"w\"><w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(200_000)).as_bytes())
}

fn deep_pdf() -> Vec<u8> {
    page_with(stream("", b""), &"<< /A ".repeat(200_000), Vec::new())
}

#[rstest]
#[case(flate_bomb())]
#[case(nested_flate_bomb())]
#[case(doubling_forms())]
#[case(flood_of_text())]
#[case(docx_bomb())]
#[case(deep_docx())]
#[case(deep_pdf())]
fn bombs_end_in_time(#[case] file: Vec<u8>) {
    let started = Instant::now();
    let limits = Limits { timeout_ms: 6_000, ..Limits::default() };
    let result = parse(&file, &limits);
    assert!(started.elapsed() < Duration::from_secs(10), "took {:?}", started.elapsed());
    let error = result.expect_err("a bomb holds no resume");
    assert!(matches!(error, ResumeError::TooLarge | ResumeError::Corrupt | ResumeError::NoText), "{error:?}");
}

#[test]
fn a_child_that_takes_too_long_is_ended() {
    let started = Instant::now();
    let limits = Limits { timeout_ms: 1, ..Limits::default() };
    assert_eq!(parse(&fixture("single_column.pdf"), &limits), Err(ResumeError::TooLarge));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_that_takes_too_much_memory_is_ended() {
    let file = page_with(stream("/Filter /FlateDecode", &deflated(b"0 0 m ", 300)), "", Vec::new());
    let limits = Limits { max_memory_bytes: 1 << 20, max_unpacked_bytes: 200 << 20, ..Limits::default() };
    assert_eq!(parse(&file, &limits), Err(ResumeError::TooLarge));
}

#[test]
fn an_executable_that_is_no_worker_is_told_from_a_bad_file() {
    let result =
        sandbox::parse_in_child(Path::new("/nonexistent/greenroom"), b"Ada", None, &Limits::default());
    assert_eq!(result, Err(ResumeError::Unavailable));
}

#[test]
fn external_entities_are_never_read() {
    let file = docx(b"<?xml version=\"1.0\"?><!DOCTYPE z [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Jane Roe &amp; Co &x; jane@example.com</w:t></w:r></w:p></w:body></w:document>");
    let text = parse(&file, &Limits::default()).unwrap().text;
    assert!(text.contains("Jane Roe & Co"));
    assert!(!text.contains("root:"));
}

#[rstest]
#[case(b"<html><body>Ada</body></html>".to_vec(), ResumeError::Unsupported)]
#[case(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old".to_vec(), ResumeError::Unsupported)]
#[case(b"%PDF-1.4\n\x00\x01\x02 noise".to_vec(), ResumeError::Corrupt)]
#[case(b"PK\x03\x04 broken".to_vec(), ResumeError::Corrupt)]
#[case(Vec::new(), ResumeError::NoText)]
#[case(b"  \n\t ".to_vec(), ResumeError::NoText)]
fn other_files_are_refused(#[case] file: Vec<u8>, #[case] error: ResumeError) {
    assert_eq!(parse(&file, &Limits::default()), Err(error));
}

/// A generator of test bytes: the same on every run.
struct Bytes(u64);

impl Bytes {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

/// Cut and changed files give a resume or an error; nothing escapes the reader.
#[rstest]
#[case("single_column.pdf", 150)]
#[case("german.pdf", 40)]
#[case("table.docx", 60)]
fn damaged_files_never_panic(#[case] name: &str, #[case] rounds: usize) {
    let good = fixture(name);
    let mut random = Bytes(7);
    let limits = Limits { max_drawing_operations: 100_000, ..Limits::default() };
    for round in 0..rounds {
        let mut bad = good.clone();
        bad.truncate(good.len() - (round * good.len() / (rounds * 2)));
        for _ in 0..round % 12 {
            let at = usize::try_from(random.next()).unwrap() % bad.len();
            bad[at] = u8::try_from(random.next() % 256).unwrap();
        }
        let read = std::panic::catch_unwind(|| greenroom_documents::read_resume(&bad, Some(name), &limits));
        assert!(read.is_ok(), "round {round} of {name} panicked");
    }
}
