//! The texts that people agree to: files of the repository, each with a version that changes with every letter.

use greenroom_domain::account::Purpose;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// A text that people agree to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText {
    /// What for.
    pub purpose: Purpose,
    /// The day since which it is used, and the first eight hexadecimal digits of its SHA-256: `2026-11-21.1f0c33aa`.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

static TEXTS: LazyLock<Vec<ConsentText>> = LazyLock::new(|| {
    let files = [
        (Purpose::ModelVendor, include_str!("../../../../consents/model_vendor.md")),
        (Purpose::SpeechVendor, include_str!("../../../../consents/speech_vendor.md")),
        (Purpose::Recording, include_str!("../../../../consents/recording.md")),
        (Purpose::CameraNumbers, include_str!("../../../../consents/camera_numbers.md")),
    ];
    files.into_iter().map(|(purpose, file)| read(purpose, file)).collect()
});

/// The texts of today.
pub fn texts() -> &'static [ConsentText] {
    &TEXTS
}

/// The text of today for this purpose.
pub fn text(purpose: Purpose) -> &'static ConsentText {
    TEXTS.iter().find(|text| text.purpose == purpose).expect("every purpose has its text")
}

fn read(purpose: Purpose, file: &str) -> ConsentText {
    let mut parts =
        file.trim().split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let since = parts.next().unwrap_or_default().trim_start_matches("since: ").to_owned();
    let title = parts.next().unwrap_or_default().trim_start_matches("# ").to_owned();
    let digest = Sha256::digest(file.as_bytes());
    let digest: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    ConsentText { purpose, version: format!("{since}.{digest}"), title, paragraphs: parts.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_a_text_with_a_version() {
        for purpose in Purpose::ALL {
            let text = text(purpose);
            let (since, digest) = text.version.split_once('.').expect("a day and a digest");
            assert!(since.parse::<chrono::NaiveDate>().is_ok() && digest.len() == 8, "{}", text.version);
            assert!(!text.title.is_empty() && text.paragraphs.len() >= 2);
            assert!(text.paragraphs.iter().all(|words| !words.contains('\n') && words.ends_with('.')));
        }
    }

    #[test]
    fn a_letter_changes_the_version() {
        let file = "since: 2026-11-21\n\n# Title\n\nOne.";
        let version = |file: &str| read(Purpose::Recording, file).version;
        assert_ne!(version(file), version(&file.replace("One", "Two")));
        assert_eq!(version(file), version(file));
    }
}
