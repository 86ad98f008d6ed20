//! A first pass over a PDF's compressed streams, before anything unpacks them into memory.

use crate::ResumeError;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// All streams together may unpack to this many times the limit of one.
const TOTAL_FACTOR: u64 = 4;

/// Refuses a file in which one Flate stream unpacks to more than `max_unpacked` bytes, or all to four times that.
///
/// Images are not looked at: they may be large in an honest scan, and reading text never unpacks them.
/// Streams are found by their keyword, so this also holds for files with a broken cross-reference table.
pub(super) fn check_streams(bytes: &[u8], max_unpacked: u64) -> Result<(), ResumeError> {
    let mut at = 0;
    let mut total = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") || is_image(&bytes[..keyword]) {
            continue;
        }
        let start = at + bytes[at..].iter().take_while(|b| matches!(b, b'\r' | b'\n' | b' ')).count();
        let data = &bytes[start..];
        // A zlib header: deflate with a window of at most 32 KiB and a valid check value.
        let is_zlib = data.len() > 2
            && data[0] & 0x0F == 8
            && u16::from_be_bytes([data[0], data[1]]).is_multiple_of(31);
        let size = if is_zlib { unpacked_size(data, max_unpacked) } else { 0 };
        total += size;
        if size > max_unpacked || total > TOTAL_FACTOR * max_unpacked {
            return Err(ResumeError::TooLarge);
        }
    }
    Ok(())
}

/// Bytes that the stream unpacks to, counted up to just above `stop_after`.
fn unpacked_size(data: &[u8], stop_after: u64) -> u64 {
    let mut decoder = ZlibDecoder::new(data);
    let mut buffer = [0; 16 * 1024];
    let mut total = 0;
    while total <= stop_after {
        match decoder.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(count) => total += count as u64,
        }
    }
    total
}

fn is_image(before: &[u8]) -> bool {
    let from = before.len().saturating_sub(1024);
    let dictionary = &before[from..];
    let own = find_last(dictionary, b" obj").map_or(dictionary, |at| &dictionary[at..]);
    find(own, b"/Subtype").is_some_and(|at| {
        let value = own[at + b"/Subtype".len()..].trim_ascii_start();
        value.strip_prefix(b"/Image").is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

fn find_last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn object(dictionary: &str, size: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![b' '; size]).unwrap();
        let mut out = format!("1 0 obj\n<< {dictionary} >>\nstream\r\n").into_bytes();
        out.extend(encoder.finish().unwrap());
        out.extend(b"\nendstream\nendobj\n");
        out
    }

    #[test]
    fn only_streams_beyond_the_limit_are_refused() {
        assert_eq!(check_streams(&object("/Filter /FlateDecode", 90_000), 100_000), Ok(()));
        assert_eq!(
            check_streams(&object("/Filter /FlateDecode", 110_000), 100_000),
            Err(ResumeError::TooLarge)
        );
        assert_eq!(check_streams(&object("/Type /XObject /Subtype /Image", 110_000), 100_000), Ok(()));
    }
}
