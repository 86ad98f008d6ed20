//! The messages of the page that a line itself understands.

use serde::Deserialize;

use super::{LineStats, LinkId};

/// The version of the agreement between page and server that this server speaks.
pub const PROTOCOL_VERSION: u32 = 1;

/// The longest message a page may send, bytes. Corrections of a whole answer go another way.
pub(super) const LONGEST_MESSAGE: usize = 16 * 1024;

/// How a page introduces itself: its first message.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Hello {
    /// What it speaks; [`PROTOCOL_VERSION`].
    pub version: u32,
    /// The link that it had before.
    #[serde(default)]
    pub resume: Option<LinkId>,
    /// The link whose sound comes on this connection too.
    #[serde(default)]
    pub beside: Option<LinkId>,
    /// Whether its microphone is off.
    #[serde(default)]
    pub muted: bool,
    /// What the browser does to the sound, as it says; `None` when it does not.
    #[serde(default)]
    pub echo_cancellation: Option<bool>,
    /// See `echo_cancellation`.
    #[serde(default)]
    pub noise_suppression: Option<bool>,
    /// Whether the browser turns the level up and down: then loudness says little about the speaker.
    #[serde(default)]
    pub auto_gain: Option<bool>,
}

/// A message as a line sees it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Control {
    Hello(Hello),
    Played {
        reply: u64,
        ms: u64,
    },
    Stats(LineStats),
    /// Meant for those who hold the link.
    #[serde(other)]
    Other,
}

/// Reads a message; `None` for what no page of ours sends.
pub(crate) fn read(text: &str) -> Option<Control> {
    (text.len() <= LONGEST_MESSAGE).then(|| serde_json::from_str(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_say_more_than_we_know_but_not_nonsense() {
        let hello = r#"{"type":"hello","version":1,"resume":"a","muted":true,"colour":"green"}"#;
        let Some(Control::Hello(hello)) = read(hello) else { panic!("no hello") };
        assert_eq!((hello.resume, hello.muted, hello.auto_gain), (Some(LinkId("a".to_owned())), true, None));
        assert_eq!(
            read(r#"{"type":"played","reply":3,"ms":40}"#),
            Some(Control::Played { reply: 3, ms: 40 })
        );
        assert_eq!(read(r#"{"type":"done"}"#), Some(Control::Other));
        assert_eq!(read(r#"{"type":"later","x":[1]}"#), Some(Control::Other));
        let nested = "[".repeat(10_000);
        let long = format!(r#"{{"type":"done","x":"{}"}}"#, "a".repeat(LONGEST_MESSAGE));
        for text in ["", "done", "{}", r#"{"type":7}"#, r#"{"type":"played","ms":-1}"#, &nested, &long] {
            assert_eq!(read(text), None, "{}", &text[..text.len().min(40)]);
        }
    }
}
