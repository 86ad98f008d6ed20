use greenroom_media::fuzz;

/// Any text as an offer of WebRTC: answered or refused.
pub fn offer(bytes: &[u8]) {
    fuzz::offer(bytes);
}

/// Any datagrams at the port of WebRTC and at a page that connects there.
pub fn datagrams(bytes: &[u8]) {
    fuzz::datagrams(bytes);
}

/// Any packets as a candidate's voice: never more sound than came, in order, nothing twice.
pub fn sound(bytes: &[u8]) {
    fuzz::sound(bytes);
}

/// Any messages of a page over a WebSocket: sound in order, nothing twice, numbers that are numbers.
pub fn socket(bytes: &[u8]) {
    fuzz::socket(bytes);
}

/// Anything that may happen in a spoken interview: turns end once, and hold only what was said.
pub fn turn(bytes: &[u8]) {
    greenroom_live::fuzz::story(bytes);
}
