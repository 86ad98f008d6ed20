//! The interviewers' voices (`data/voices.toml`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How a voice sounds to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Like a woman.
    Female,
    /// Like a man.
    Male,
}

/// A voice that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Its id, the same with every engine.
    pub id: String,
    /// The interviewer's name.
    pub name: String,
    /// The language that it speaks; `None` when it speaks each that its engine does.
    pub language: Option<String>,
    /// How it sounds; `None` when that is not known.
    pub gender: Option<Gender>,
}

/// A voice with what each engine calls it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Interviewer {
    pub id: String,
    name: String,
    gender: Gender,
    openai: String,
    realtime: String,
    kokoro: String,
    /// The English that it speaks when English is all that is asked for.
    #[serde(default)]
    pub english: Option<String>,
    pub espeak: EspeakVoice,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EspeakVoice {
    pub variant: String,
    pub pitch: u8,
    pub pace: u16,
}

#[derive(Deserialize)]
struct File {
    voice: Vec<Interviewer>,
}

static INTERVIEWERS: LazyLock<Vec<Interviewer>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/voices.toml"))
        .expect("the shipped file is valid; a test reads it");
    file.voice
});

/// The interviewer with this id, else the first one.
pub(crate) fn interviewer(id: &str) -> &'static Interviewer {
    INTERVIEWERS.iter().find(|one| one.id == id).unwrap_or(&INTERVIEWERS[0])
}

/// Id of the voice for those who have not chosen one.
pub fn default_voice() -> &'static str {
    &INTERVIEWERS[0].id
}

/// The interviewers as voices of an engine that has them all.
pub(crate) fn all() -> Vec<Voice> {
    let voice = |one: &Interviewer| Voice {
        id: one.id.clone(),
        name: one.name.clone(),
        language: None,
        gender: Some(one.gender),
    };
    INTERVIEWERS.iter().map(voice).collect()
}

/// Whose names of voices a service knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceNames {
    /// OpenAI's.
    #[default]
    Openai,
    /// Kokoro's.
    Kokoro,
}

/// What a service calls each interviewer: `own` says it for those that the operator named.
pub(crate) fn names(whose: VoiceNames, own: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let theirs = |one: &Interviewer| match whose {
        VoiceNames::Openai => one.openai.clone(),
        VoiceNames::Kokoro => one.kokoro.clone(),
    };
    named(theirs, own)
}

/// The same of OpenAI's models that hear and speak.
pub(crate) fn realtime_names(own: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    named(|one| one.realtime.clone(), own)
}

fn named(
    theirs: impl Fn(&Interviewer) -> String,
    own: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> =
        INTERVIEWERS.iter().map(|one| (one.id.clone(), theirs(one))).collect();
    names.extend(own.iter().map(|(id, name)| (id.clone(), name.clone())));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn at_least_four_interviewers_differ_with_every_engine() {
        let all = &*INTERVIEWERS;
        assert!(all.len() >= 4);
        let differ =
            |of: fn(&Interviewer) -> String| all.iter().map(of).collect::<HashSet<_>>().len() == all.len();
        assert!(differ(|one| one.id.clone()) && differ(|one| one.name.clone()));
        assert!(differ(|one| one.openai.clone()) && differ(|one| one.kokoro.clone()));
        assert!(differ(|one| one.realtime.clone()));
        assert!(differ(|one| one.espeak.variant.clone()) && differ(|one| one.espeak.pitch.to_string()));
    }

    /// Another name is refused when the conversation is opened.
    #[test]
    fn models_that_hear_and_speak_know_the_voices_by_these_names() {
        let known = ["alloy", "ash", "ballad", "cedar", "coral", "echo", "marin", "sage", "shimmer", "verse"];
        assert!(INTERVIEWERS.iter().all(|one| known.contains(&one.realtime.as_str())));
    }

    #[test]
    fn an_unknown_voice_is_replaced_by_the_first() {
        assert_eq!(interviewer("nobody").id, default_voice());
        assert_eq!(interviewer("omar").id, "omar");
    }
}
