//! whisper.cpp in this process: no key, no network; the operator gives the weights.

use super::batch;
use super::stream::{Listening, StreamOptions};
use super::transcript::{Raw, Segment, Transcript, Utterance, Word, two_letters};
use super::{SpeechToText, SttTraits};
use crate::options::SttEngine;
use crate::{Pcm16k, SpeechError};
use async_trait::async_trait;
use greenroom_upstream::{Fault, Kind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{OnceCell, Semaphore};
use tokio::task::spawn_blocking;
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState};

/// Steps of the encoder in a second of sound, and in the 30 s that it was made for.
const STEPS: usize = 50;
const ALL_STEPS: usize = 1500;
/// Steps beyond the end of the sound: with fewer, the last word is lost.
const MARGIN: usize = 64;
/// Letters of a hint.
const HINT: usize = 200;
/// The most processors that one utterance takes.
const MOST_THREADS: usize = 4;

/// A recogniser in this process.
#[derive(Clone)]
pub(crate) struct Whisper(Arc<Inner>);

struct Inner {
    name: String,
    file: PathBuf,
    traits: SttTraits,
    /// Read by the first utterance.
    model: OnceCell<Arc<WhisperContext>>,
    threads: usize,
    /// As many utterances at once as processors allow.
    turns: Arc<Semaphore>,
}

impl Whisper {
    pub fn new(engine: &SttEngine) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = processors.min(MOST_THREADS);
        let traits = SttTraits {
            languages: engine.languages.clone(),
            // It drops most of them.
            keeps_fillers: engine.keeps_fillers,
            word_times: true,
            streaming: false,
            leaves_machine: !engine.private,
        };
        Self(Arc::new(Inner {
            name: engine.name.clone(),
            file: PathBuf::from(&engine.model),
            traits,
            model: OnceCell::new(),
            threads,
            turns: Arc::new(Semaphore::new((processors / threads).max(1))),
        }))
    }
}

#[async_trait]
impl SpeechToText for Whisper {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn traits(&self) -> &SttTraits {
        &self.0.traits
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        self.0.transcribe(utterance).await.map_err(|fault| SpeechError::new(&self.0.name, fault))
    }

    async fn open(&self, options: StreamOptions) -> Result<Listening, SpeechError> {
        Ok(batch::open(self.clone(), options))
    }
}

impl Inner {
    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, Fault> {
        let model = Arc::clone(self.model.get_or_try_init(|| load(self.file.clone())).await?);
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_| Fault::new(Kind::Unreachable, "the program is ending"))?;
        let (threads, language) = (self.threads, utterance.language.clone());
        let pcm = utterance.pcm.clone();
        let raw = spawn_blocking(move || {
            let _turn = turn;
            hear(&model, &utterance, threads)
        });
        let raw = raw.await.map_err(|_| Fault::malformed("whisper.cpp failed"))??;
        Ok(raw.judged(&self.name, &self.traits, &pcm, language.as_deref()))
    }
}

async fn load(file: PathBuf) -> Result<Arc<WhisperContext>, Fault> {
    let read = spawn_blocking(move || {
        check(&file)?;
        whisper_rs::install_logging_hooks();
        WhisperContext::new_with_params(&file, WhisperContextParameters::default())
            .map(Arc::new)
            .map_err(|_| bad(&file, "whisper.cpp cannot read it"))
    });
    read.await.map_err(|_| Fault::malformed("whisper.cpp failed"))?
}

/// Looks at the file first: whisper.cpp says only that something is wrong.
fn check(file: &Path) -> Result<(), Fault> {
    use std::io::Read;
    let mut magic = [0; 4];
    let opened = std::fs::File::open(file).and_then(|mut open| open.read_exact(&mut magic));
    match opened {
        // "ggml", the least byte first.
        Ok(()) if &magic == b"lmgg" => Ok(()),
        Ok(()) => Err(bad(file, "it is not a model in whisper.cpp's format")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(bad(file, "it is not there (`greenroom models pull` fetches one)"))
        }
        Err(error) => Err(bad(file, &error.to_string())),
    }
}

fn bad(file: &Path, why: &str) -> Fault {
    let words = format!(
        "the model {} cannot be used: {why}; where to get one stands in docs/voice-engines.md",
        file.display()
    );
    Fault::new(Kind::NotFound, words)
}

fn hear(model: &WhisperContext, utterance: &Utterance, threads: usize) -> Result<Raw, Fault> {
    let failed = |what: &str| Fault::malformed(format!("whisper.cpp could not {what}"));
    let mut state = model.create_state().map_err(|_| failed("get memory"))?;
    let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    let language = utterance.language.as_deref().and_then(two_letters);
    // An unknown one would end the process.
    let language = language.filter(|language| whisper_rs::get_lang_id(language).is_some());
    parameters.set_language(Some(language.as_deref().unwrap_or("auto")));
    parameters.set_n_threads(i32::try_from(threads).unwrap_or(1));
    parameters.set_audio_ctx(audio_steps(&utterance.pcm));
    parameters.set_token_timestamps(true);
    parameters.set_no_context(true);
    parameters.set_print_special(false);
    parameters.set_print_progress(false);
    parameters.set_print_realtime(false);
    parameters.set_print_timestamps(false);
    if let Some(hint) = &utterance.hint {
        let hint: String = hint.chars().filter(|c| !c.is_control()).take(HINT).collect();
        parameters.set_initial_prompt(&hint);
    }
    let sound: Vec<f32> =
        utterance.pcm.samples().iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
    if sound.is_empty() {
        return Ok(Raw::default());
    }
    state.full(parameters, &sound).map_err(|_| failed("hear"))?;
    Ok(read(model, &state, utterance.pcm.ms()))
}

/// How many steps the encoder takes: as many as the sound needs, not the 30 s that it was made for. 0 is all of them.
fn audio_steps(pcm: &Pcm16k) -> i32 {
    let needed = pcm.samples().len() * STEPS / 16_000 + MARGIN;
    if needed >= ALL_STEPS { 0 } else { i32::try_from(needed.next_multiple_of(64)).unwrap_or(0) }
}

fn read(model: &WhisperContext, state: &WhisperState, longest: u32) -> Raw {
    // Times are hundredths of a second.
    let ms = |time: i64| u32::try_from(time.max(0) * 10).unwrap_or(u32::MAX).min(longest);
    let language = whisper_rs::get_lang_str(state.full_lang_id_from_state()).map(str::to_owned);
    let mut raw = Raw { language, ..Raw::default() };
    for index in 0..state.full_n_segments() {
        let Some(segment) = state.get_segment(index) else { continue };
        let text = segment.to_str_lossy().map(|text| text.into_owned()).unwrap_or_default();
        raw.text.push_str(&text);
        let (mut logs, mut count) = (0.0, 0_u16);
        for token in 0..segment.n_tokens() {
            let Some(token) = segment.get_token(token) else { continue };
            let data = token.token_data();
            if data.id >= model.token_eot() {
                continue;
            }
            (logs, count) = (logs + data.plog, count.saturating_add(1));
            let part = token.to_str_lossy().map(|text| text.into_owned()).unwrap_or_default();
            let (from_ms, to_ms) = (ms(data.t0), ms(data.t1));
            match raw.words.last_mut() {
                Some(last) if !part.starts_with(' ') => {
                    last.text.push_str(&part);
                    last.to_ms = to_ms.max(last.to_ms);
                }
                _ if part.trim().is_empty() => {}
                _ => raw.words.push(Word {
                    text: part.trim().to_owned(),
                    from_ms,
                    to_ms,
                    confidence: Some(data.p),
                    speaker: None,
                }),
            }
        }
        raw.segments.push(Segment {
            text,
            from_ms: ms(segment.start_timestamp()),
            to_ms: ms(segment.end_timestamp()),
            no_speech: Some(segment.no_speech_probability()),
            log_probability: (count > 0).then(|| logs / f32::from(count)),
            compression: None,
        });
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sound_takes_few_steps() {
        let steps = |seconds: usize| audio_steps(&Pcm16k::new(vec![0; seconds * 16_000]));
        assert_eq!((steps(1), steps(5), steps(28), steps(29), steps(90)), (128, 320, 1472, 0, 0));
    }
}
