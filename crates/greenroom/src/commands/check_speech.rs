//! `greenroom check --speech`: every engine of speech, in words. Each voice and each model that hears and speaks says a
//! sentence, and each recogniser is given what the first voice said.

use super::{Failure, run};
use crate::config::{Config, Source};
use futures::StreamExt;
use greenroom_media::audio::{HEARD_RATE, Resampler, SPOKEN_RATE};
use greenroom_speech::realtime::{self, Realtime, SpeechToSpeech, SpokenTo, Talking};
use greenroom_speech::{Pcm16k, RealtimeEngine, Say, Timeouts, Utterance, default_voice, to_speech, to_text};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const SENTENCE: &str = "Good morning. Please tell me about a project that you are proud of.";
/// Quiet around the sentence, as there is on a line, ms.
const QUIET_MS: u32 = 400;

pub fn check_speech(source: &Source) -> Result<ExitCode, Failure> {
    let config = Config::load(source).map_err(|error| Failure::BadInput(format!("{error:#}")))?;
    let passed = run(async { try_all(&config).await })?;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn try_all(config: &Config) -> anyhow::Result<bool> {
    let variable = |name: &str| std::env::var(name).ok();
    let (voices, recognisers) = (config.speech.voices(variable)?, config.speech.recognisers(variable)?);
    let (mut passed, mut said) = (true, None);
    for talker in config.speech.talkers(variable)? {
        let name = talker.name.clone();
        match talk(talker).await {
            Ok((seconds, first)) => {
                let first = first.as_millis();
                println!(
                    "pass  {name}: speaks in a conversation; {seconds:.1} s of sound, the first after {first} ms"
                );
            }
            Err(error) => {
                passed = false;
                println!("FAIL  {name}: {error}");
            }
        }
    }
    for voice in &voices {
        match speak(voice).await {
            Ok((pcm, first)) => {
                let seconds = pcm.len() as f64 / f64::from(SPOKEN_RATE);
                let first = first.as_millis();
                println!("pass  {}: speaks; {seconds:.1} s of sound, the first after {first} ms", voice.name);
                said = said.or(Some(pcm));
            }
            Err(error) => {
                passed = false;
                println!("FAIL  {}: {error}", voice.name);
            }
        }
    }
    if voices.is_empty() {
        println!("pass  voices: none is set up; questions are read, or the browser speaks");
    }
    if recognisers.is_empty() {
        println!("pass  recognisers: none is set up; answers are typed");
        return Ok(passed);
    }
    let Some(said) = said else {
        println!("skip  recognisers: nobody has said anything that they could hear");
        return Ok(false);
    };
    let sound = heard(&said)?;
    for recogniser in &recognisers {
        let began = Instant::now();
        let utterance = Utterance { pcm: sound.clone(), language: Some("en".to_owned()), hint: None };
        let outcome = match to_text(recogniser, Timeouts::default()) {
            Ok(engine) => engine.transcribe(utterance).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(transcript) => {
                let ms = began.elapsed().as_millis();
                println!(
                    "pass  {}: understands \"{}\" after {ms} ms",
                    recogniser.name,
                    transcript.text.trim()
                );
            }
            Err(error) => {
                passed = false;
                println!("FAIL  {}: {error}", recogniser.name);
            }
        }
    }
    Ok(passed)
}

/// How long this model says a sentence, seconds, and how long its first sound took.
async fn talk(engine: RealtimeEngine) -> anyhow::Result<(f64, Duration)> {
    let conversation = realtime::Conversation {
        instructions: "You say aloud what you are told to say, and nothing else.".to_owned(),
        voice: default_voice().to_owned(),
        language: Some("en".to_owned()),
    };
    let model = Realtime::new(engine, Timeouts::default())?;
    let Talking { voice, mut events, .. } = model.open(conversation).await?;
    let (began, mut first, mut seconds) = (Instant::now(), None, 0.0);
    voice.say(format!("Say aloud, and nothing else: {SENTENCE}"))?;
    while let Some(event) = events.next().await {
        match event? {
            SpokenTo::Sound { pcm, .. } => {
                first.get_or_insert_with(|| began.elapsed());
                seconds += pcm.duration().as_secs_f64();
            }
            SpokenTo::Ended { .. } => break,
            _ => {}
        }
    }
    Ok((seconds, first.ok_or_else(|| anyhow::anyhow!("it said nothing"))?))
}

/// The sentence by this voice, and how long its first sound took.
async fn speak(voice: &greenroom_speech::TtsEngine) -> anyhow::Result<(Vec<i16>, Duration)> {
    let engine = to_speech(voice, Timeouts::default())?;
    let say = Say {
        text: SENTENCE.to_owned(),
        voice: default_voice().to_owned(),
        language: "en".to_owned(),
        pace: 1.0,
    };
    let (began, mut first, mut pcm) = (Instant::now(), None, Vec::new());
    let mut spoken = engine.speak(say).await?;
    while let Some(piece) = spoken.sound.next().await {
        first.get_or_insert_with(|| began.elapsed());
        pcm.extend_from_slice(piece?.samples());
    }
    let first = first.ok_or_else(|| anyhow::anyhow!("it said nothing"))?;
    Ok((pcm, first))
}

/// What was said, as a recogniser hears it.
fn heard(said: &[i16]) -> anyhow::Result<Pcm16k> {
    let quiet = vec![0; (QUIET_MS * SPOKEN_RATE / 1000) as usize];
    let mut resampler = Resampler::new(SPOKEN_RATE, HEARD_RATE)?;
    let mut sound = Vec::new();
    for part in [&quiet[..], said, &quiet[..]] {
        resampler.push(part, &mut sound);
    }
    resampler.finish(&mut sound);
    Ok(Pcm16k::new(sound))
}
