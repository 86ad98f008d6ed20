//! espeak-ng, the voice that is always there: no key, no network, no model. A program of its own, since its licence
//! (GPL-3) does not go with ours.

use super::program::{command, speak};
use super::tune::Coming;
use super::voices::{self, EspeakVoice, Interviewer};
use super::{Say, Spoken, TextToSpeech, Voice};
use crate::SpeechError;
use crate::limits::Timeouts;
use async_trait::async_trait;
use greenroom_upstream::{Fault, Kind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::timeout;

const INSTALL: &str = "install it (Debian: apt-get install espeak-ng, macOS: brew install espeak-ng)";
const LIST: Duration = Duration::from_secs(5);

/// Speaks with espeak-ng.
pub(crate) struct Espeak {
    name: String,
    program: PathBuf,
    voices: Vec<Voice>,
    timeouts: Timeouts,
    /// The languages that it speaks, once it has been asked.
    languages: OnceCell<BTreeSet<String>>,
}

impl Espeak {
    pub fn new(name: &str, program: &Path, timeouts: Timeouts) -> Self {
        Self {
            name: name.to_owned(),
            program: program.to_owned(),
            voices: voices::all(),
            timeouts,
            languages: OnceCell::new(),
        }
    }

    async fn languages(&self) -> Result<&BTreeSet<String>, Fault> {
        self.languages
            .get_or_try_init(|| async {
                let listing = command(&self.program)
                    .arg("--voices")
                    .stdin(Stdio::null())
                    .stderr(Stdio::null())
                    .kill_on_drop(true)
                    .output();
                let listing = timeout(LIST, listing)
                    .await
                    .map_err(|_| Fault::new(Kind::TimedOut, "did not list its voices in time"))?
                    .map_err(|error| match error.kind() {
                        std::io::ErrorKind::NotFound => {
                            Fault::new(Kind::NotFound, format!("espeak-ng is not there: {INSTALL}"))
                        }
                        _ => Fault::new(Kind::Unreachable, format!("espeak-ng does not start: {error}")),
                    })?;
                let text = String::from_utf8_lossy(&listing.stdout);
                // Second column, after a line of headings.
                let second = |line: &str| line.split_whitespace().nth(1).map(str::to_lowercase);
                Ok(text.lines().skip(1).filter_map(second).collect())
            })
            .await
    }
}

#[async_trait]
impl TextToSpeech for Espeak {
    fn name(&self) -> &str {
        &self.name
    }

    fn voices(&self) -> &[Voice] {
        &self.voices
    }

    fn leaves_machine(&self) -> bool {
        false
    }

    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError> {
        let interviewer = voices::interviewer(&say.voice);
        let known = self.languages().await.map_err(|fault| SpeechError::new(&self.name, fault))?;
        let language = language(&say.language, interviewer, known).ok_or_else(|| {
            let fault = Fault::new(Kind::NotFound, "espeak-ng does not speak this language");
            SpeechError::new(&self.name, fault)
        })?;
        let mut program = command(&self.program);
        program.args(arguments(&interviewer.espeak, &language, say.pace));
        // Between double brackets it would read names of phonemes.
        let say = Say { text: say.text.replace("[[", "[").replace("]]", "]"), ..say };
        speak(&self.name, program, INSTALL, &say, Coming::Wav, self.timeouts).await
    }
}

fn arguments(voice: &EspeakVoice, language: &str, pace: f32) -> Vec<String> {
    let pace = (f32::from(voice.pace) * pace.clamp(0.5, 2.0)).round() as u16;
    let mut arguments = vec!["--stdout".to_owned(), "--stdin".to_owned(), "-z".to_owned()];
    for (flag, value) in [
        ("-v", format!("{language}+{}", voice.variant)),
        ("-p", voice.pitch.to_string()),
        ("-s", pace.to_string()),
        // Text is UTF-8, whatever the locale says.
        ("-b", "1".to_owned()),
    ] {
        arguments.extend([flag.to_owned(), value]);
    }
    arguments
}

/// What espeak-ng calls the language of a tag; `None` for one that it does not speak.
fn language(tag: &str, interviewer: &Interviewer, known: &BTreeSet<String>) -> Option<String> {
    let tag = tag.trim().to_lowercase().replace('_', "-");
    let first = tag.split('-').next().unwrap_or_default().to_owned();
    let usual = match first.as_str() {
        "en" => interviewer.english.as_deref().unwrap_or("en-us"),
        "fr" => "fr-fr",
        "zh" => "cmn",
        "no" => "nb",
        "vi" => "vi",
        other => other,
    };
    let wanted = if tag == first { [usual, &tag] } else { [tag.as_str(), usual] };
    wanted.into_iter().find(|name| known.contains(*name)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_language_of_a_tag_or_none() {
        let known = ["en-us", "en-gb", "de", "fr-fr", "fr-ch", "pt", "pt-br", "cmn"];
        let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
        let find = |tag: &str, voice: &str| language(tag, voices::interviewer(voice), &known);
        for (tag, name) in [
            ("en", Some("en-us")),
            ("en-GB", Some("en-gb")),
            ("en_AU", Some("en-us")),
            ("de-AT", Some("de")),
            ("fr", Some("fr-fr")),
            ("fr-CH", Some("fr-ch")),
            ("pt-BR", Some("pt-br")),
            ("zh-Hans", Some("cmn")),
            ("tlh", None),
            ("; rm -rf /", None),
            ("--help", None),
        ] {
            assert_eq!(find(tag, "ana").as_deref(), name, "{tag}");
        }
        assert_eq!(find("en", "clara").as_deref(), Some("en-gb"));
    }
}
