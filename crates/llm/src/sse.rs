//! Server-sent events, read from bytes that may be cut anywhere.
//!
//! Our own, because a vendor's stream is not trusted: an event has a largest size, bytes that are not UTF-8 are
//! an error, and an event that its empty line never closed is not delivered.

use std::collections::VecDeque;

/// Largest event, bytes. The longest seen from a vendor is far under 100 KB.
const LARGEST_EVENT: usize = 1 << 20;

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Its `event:` field, empty when there was none.
    pub name: String,
    /// Its `data:` lines, joined by line feeds.
    pub data: String,
}

/// Why bytes are no event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A line is not UTF-8.
    #[error("the stream is not UTF-8")]
    NotUtf8,
    /// An event has no end within the largest size.
    #[error("one event is larger than {LARGEST_EVENT} bytes")]
    TooLarge,
}

/// Turns bytes into events.
#[derive(Debug, Default)]
pub struct Decoder {
    line: Vec<u8>,
    event: Event,
    has_data: bool,
    is_after_return: bool,
    is_begun: bool,
}

impl Decoder {
    /// Takes the next bytes and adds the events that they complete to `events`.
    pub fn push(&mut self, bytes: &[u8], events: &mut VecDeque<Event>) -> Result<(), Flaw> {
        let mut rest = bytes;
        if std::mem::take(&mut self.is_after_return) {
            match rest.first() {
                Some(b'\n') => rest = &rest[1..],
                Some(_) => {}
                None => self.is_after_return = true,
            }
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            self.extend(&rest[..end])?;
            let is_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if is_return {
                match rest.first() {
                    Some(b'\n') => rest = &rest[1..],
                    Some(_) => {}
                    None => self.is_after_return = true,
                }
            }
            self.close_line(events)?;
        }
        self.extend(rest)
    }

    fn extend(&mut self, bytes: &[u8]) -> Result<(), Flaw> {
        if self.line.len() + self.event.data.len() + bytes.len() > LARGEST_EVENT {
            return Err(Flaw::TooLarge);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn close_line(&mut self, events: &mut VecDeque<Event>) -> Result<(), Flaw> {
        let bytes = std::mem::take(&mut self.line);
        let line = str::from_utf8(&bytes).map_err(|_| Flaw::NotUtf8)?;
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        let line = if is_first { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            if std::mem::take(&mut self.has_data) {
                events.push_back(event);
            }
            return Ok(());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "event" => value.clone_into(&mut self.event.name),
            // Comments (an empty field), `id`, `retry` and what nobody has defined.
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(chunks: &[&[u8]]) -> Result<Vec<(String, String)>, Flaw> {
        let (mut decoder, mut events) = (Decoder::default(), VecDeque::new());
        for chunk in chunks {
            decoder.push(chunk, &mut events)?;
        }
        Ok(events.into_iter().map(|event| (event.name, event.data)).collect())
    }

    fn event(name: &str, data: &str) -> (String, String) {
        (name.to_owned(), data.to_owned())
    }

    #[test]
    fn reads_names_comments_and_data_of_several_lines() {
        let bytes = b": hello\nevent: ping\nid: 1\ndata: a\ndata:  b\n\n\nretry: 5\ndata:c\n\ndata\n\n";
        assert_eq!(read(&[bytes]), Ok(vec![event("ping", "a\n b"), event("", "c"), event("", "")]));
    }

    #[test]
    fn reads_every_kind_of_line_end_and_a_byte_order_mark() {
        let wanted = Ok(vec![event("", "a"), event("", "b")]);
        assert_eq!(read(&[b"data: a\r\n\r\ndata: b\r\n\r\n"]), wanted);
        assert_eq!(read(&[b"data: a\r\rdata: b\r\r"]), wanted);
        assert_eq!(read(&[b"data: a\r", b"", b"\n\r", b"\ndata: b\n", b"\n"]), wanted);
        assert_eq!(read(&["\u{feff}data: a\n\ndata: b\n\n".as_bytes()]), wanted);
    }

    #[test]
    fn does_not_deliver_an_event_that_was_not_closed() {
        assert_eq!(read(&[b"data: a\n\ndata: b\n"]), Ok(vec![event("", "a")]));
        assert_eq!(read(&[b"data: a"]), Ok(vec![]));
        assert_eq!(read(&[b"event: name without data\n\n"]), Ok(vec![]));
    }

    #[test]
    fn refuses_what_is_not_utf8_and_what_has_no_end() {
        assert_eq!(read(&[b"data: \xff\n\n"]), Err(Flaw::NotUtf8));
        assert_eq!(read(&[&vec![b'a'; LARGEST_EVENT], b"a"]), Err(Flaw::TooLarge));
        let line = [b"data: ".to_vec(), vec![b'a'; 1000], b"\n".to_vec()].concat();
        assert_eq!(read(&vec![line.as_slice(); 1100]), Err(Flaw::TooLarge));
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_events(
            text in "(data: [a-zé😀]{0,4}|event: x|: c|\r\n|\r|\n|\n\n|data:y){0,30}",
            cuts in proptest::collection::vec(0_usize..200, 0..12),
        ) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let chunks: Vec<&[u8]> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(read(&chunks), read(&[bytes]));
        }
    }
}
