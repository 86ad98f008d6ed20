use crate::SEPARATOR;
use greenroom_llm::sse::Decoder;
use std::collections::VecDeque;

/// What a vendor sends, cut at every separator: the same events, and the same flaw, as in one piece.
pub fn stream(bytes: &[u8]) {
    let mark = u8::try_from(SEPARATOR).expect("the separator is ASCII");
    let pieces: Vec<&[u8]> = bytes.split(|byte| *byte == mark).collect();
    let whole = pieces.concat();
    let (mut events, mut cut_events) = (VecDeque::new(), VecDeque::new());
    let read = Decoder::default().push(&whole, &mut events);
    let mut decoder = Decoder::default();
    let cut_read = pieces.iter().try_for_each(|piece| decoder.push(piece, &mut cut_events));
    assert_eq!(read, cut_read, "a cut changes what is wrong");
    assert_eq!(events, cut_events, "a cut changes what is said");
}
