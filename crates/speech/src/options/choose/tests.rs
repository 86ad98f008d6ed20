//! Engines that settings and variables come to.

use super::*;
use secrecy::ExposeSecret;

fn options(text: &str) -> Options {
    toml::from_str(text).expect("valid settings")
}

fn with<'a>(set: &'a [&'a str]) -> impl Fn(&str) -> Option<String> + 'a {
    move |name| set.contains(&name).then(|| "secret".to_owned())
}

fn heard_by(options: &Options, set: &[&str]) -> Vec<String> {
    options.recognisers(with(set)).expect("engines").into_iter().map(|engine| engine.name).collect()
}

fn spoken_by(options: &Options, set: &[&str]) -> Vec<String> {
    options.voices(with(set)).expect("engines").into_iter().map(|engine| engine.name).collect()
}

#[test]
fn a_key_in_a_well_known_variable_is_enough_and_espeak_is_always_there() {
    assert_eq!(heard_by(&Options::default(), &[]), [""; 0]);
    assert_eq!(spoken_by(&Options::default(), &[]), ["espeak"]);
    assert_eq!(heard_by(&Options::default(), &["OPENAI_API_KEY"]), ["openai"]);
    assert_eq!(spoken_by(&Options::default(), &["OPENAI_API_KEY"]), ["openai", "espeak"]);
    assert_eq!(spoken_by(&options("enabled = false"), &["OPENAI_API_KEY"]), [""; 0]);
}

#[test]
fn an_empty_variable_is_not_set() {
    let empty = |_: &str| Some(" ".to_owned());
    assert!(Options::default().recognisers(empty).expect("no engine").is_empty());
    assert_eq!(Options::default().voices(empty).expect("espeak").len(), 1);
}

#[test]
fn the_order_decides_and_names_what_is_missing() {
    let ordered = options("to_text.order = ['speaches', 'openai']\nto_speech.order = ['espeak']");
    assert_eq!(heard_by(&ordered, &["OPENAI_API_KEY"]), ["speaches", "openai"]);
    assert_eq!(spoken_by(&ordered, &["OPENAI_API_KEY"]), ["espeak"]);
    let refused = ordered.recognisers(with(&[])).expect_err("no key").to_string();
    assert_eq!(refused, "openai has no key: set OPENAI_API_KEY or speech.to_text.engines.openai.api_key");
    let unknown = options("to_speech.order = ['opnai']").voices(with(&[])).expect_err("unknown").to_string();
    assert!(unknown.contains("opnai") && unknown.contains("speech.to_speech.order"), "{unknown}");
}

#[test]
fn an_entry_changes_what_is_known_or_stands_alone() {
    let settings = options(
        "[to_text.engines.lab]\nbase_url = 'http://10.0.0.7:8000/v1/'\nmodel = 'base'\n\
         [to_speech.engines.piper]\nprotocol = 'command'\ncommand = ['piper', '--output-raw']\nsound = 'raw'\n\
         [to_speech.engines.openai]\nmodel = 'tts-1'\nvoices = { ana = 'nova' }",
    );
    let engines = settings.recognisers(with(&[])).expect("engines");
    assert_eq!((engines[0].base_url.as_str(), engines[0].word_times), ("http://10.0.0.7:8000/v1", true));
    let voices = settings.voices(with(&["OPENAI_API_KEY"])).expect("engines");
    let names: Vec<&str> = voices.iter().map(|voice| voice.name.as_str()).collect();
    assert_eq!(names, ["openai", "piper", "espeak"]);
    assert_eq!((voices[0].model.as_str(), voices[0].voices["ana"].as_str()), ("tts-1", "nova"));
    assert_eq!(voices[0].api_key.as_ref().expect("a key").expose_secret(), "secret");
    assert_eq!((voices[1].rate, voices[1].command.len()), (22_050, 2));
}

#[test]
fn an_engine_of_ones_own_network_is_private_unless_the_settings_say_otherwise() {
    let settings = options(
        "to_text.order = ['openai', 'lab', 'hosted', 'near', 'own']\n\
         to_speech.order = ['openai', 'espeak', 'kokoro', 'gateway']\n\
         [to_text.engines.lab]\nbase_url = 'http://10.0.0.7:8000/v1'\nmodel = 'base'\n\
         [to_text.engines.hosted]\nbase_url = 'https://speech.example.com/v1'\nmodel = 'base'\nprivate = true\n\
         [to_text.engines.near]\nbase_url = 'http://gateway:8000/v1'\nmodel = 'base'\nprivate = false\n\
         [to_text.engines.own]\nprotocol = 'whisper'\nmodel = 'base'\n\
         [to_speech.engines.gateway]\nprotocol = 'command'\ncommand = ['say-by-vendor']\nprivate = false",
    );
    let ears = settings.recognisers(with(&["OPENAI_API_KEY"])).expect("engines");
    let private: Vec<bool> = ears.iter().map(|engine| engine.private).collect();
    assert_eq!(private, [false, true, true, false, true]);
    let voices = settings.voices(with(&["OPENAI_API_KEY"])).expect("engines");
    let private: Vec<bool> = voices.iter().map(|engine| engine.private).collect();
    assert_eq!(private, [false, true, true, false]);
}

#[test]
fn weights_are_named_or_a_file() {
    let weights = |model: &str| {
        let text = format!("[to_text.engines.own]\nprotocol = 'whisper'\nmodel = '{model}'");
        let options = Options { models_dir: Some("data/models".into()), ..options(&text) };
        options.recognisers(with(&[])).expect("an engine")[0].model.clone()
    };
    assert_eq!(weights("base"), "data/models/ggml-base.bin");
    assert_eq!(weights("/srv/mine.bin"), "/srv/mine.bin");
}

#[test]
fn says_what_an_entry_lacks() {
    let error = |text: &str| options(text).voices(with(&[])).expect_err("a flaw").to_string();
    assert!(error("[to_speech.engines.a]\nprotocol = 'command'").contains("needs command"));
    assert!(error("[to_speech.engines.a]\nprotocol = 'openai'\nmodel = 'm'").contains("needs base_url"));
    assert!(
        error("[to_speech.engines.a]\nbase_url = 'ftp://a'\nmodel = 'm'").contains("must begin with http")
    );
    assert!(error("[to_speech.engines.espeak]\nprotocol = 'espeak'\nrate = 7").contains("8000..=192000"));
    assert!(toml::from_str::<Options>("to_sppech = 1").is_err());
}

#[test]
fn keys_are_not_shown() {
    let settings = options("[to_text.engines.openai]\napi_key = 'sk-1234'");
    assert!(!format!("{settings:?}").contains("sk-1234"));
}
