//! Settings of spoken interviews.

use crate::turn;
use greenroom_media::link::LinkOptions;
use greenroom_media::webrtc::WebRtcOptions;
use schemars::JsonSchema;
use serde::Deserialize;

/// Settings of lines and turns.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceOptions {
    /// Lines to pages.
    pub lines: LinkOptions,
    /// Where sound comes in over WebRTC.
    pub webrtc: WebRtcOptions,
    /// How patient the listener is.
    pub patience: turn::Options,
}

impl VoiceOptions {
    /// Settings with their values and the ranges that they must lie in.
    pub fn ranges(&self) -> Vec<(String, u64, u64, u64)> {
        let patience = self
            .patience
            .ranges()
            .map(|(key, value, low, high)| (format!("patience.{key}"), value, low, high));
        let lines = [
            ("lines.grace_ms".to_owned(), self.lines.grace_ms, 1_000, 60_000),
            ("lines.max_links".to_owned(), self.lines.max_links as u64, 1, 100_000),
            ("lines.silent_line_ms".to_owned(), self.lines.silent_line_ms, 2_000, 60_000),
        ];
        let all = lines.into_iter().chain(patience);
        all.map(|(key, value, low, high)| (format!("voice.{key}"), value, low, high)).collect()
    }
}
