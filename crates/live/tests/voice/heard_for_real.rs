//! Bad sound and a real recogniser: espeak-ng speaks, pocketsphinx hears (tools/speech_peer.py), the detector and the rules of
//! turns are the real ones. What comes back differs from what was said as recognisers differ; where nobody spoke, nothing may
//! come back. `--nocapture` prints the table of docs/voice.md.

use crate::engines::Engines;
use crate::interview::Kept;
use crate::page::Room;
use crate::recogniser::Recogniser;
use crate::sounds::{Noise, clipped, mixed, power, voice};
use async_trait::async_trait;
use greenroom_domain::interview::SpokenWord;
use greenroom_live::voice::{Ears, EngineLost, Understood};
use greenroom_media::Detector;
use greenroom_speech::{Pcm16k, Utterance};
use std::sync::Arc;
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};

const SAID: &str = "I led the migration of our billing system to a new database. It took us six months and we never lost a message.";
const OTHER: &str = "The hardest part was to keep the old system alive. We tested every change with a copy.";
const GERMAN: &str =
    "Ich habe die Abrechnung auf eine neue Datenbank gebracht und wir haben nichts verloren.";

type Question = (Vec<i16>, SyncSender<Understood>);

/// Ears that take no time of the story: it stands still while they hear.
#[derive(Clone)]
struct RealEars(Sender<Question>);

impl RealEars {
    fn start() -> Self {
        let (ask, asked) = channel::<Question>();
        let (ready, is_ready) = sync_channel(1);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let recogniser = Recogniser::start().await;
                let engine = recogniser.engine();
                ready.send(()).expect("it is waited for");
                while let Ok((sound, answer)) = asked.recv() {
                    let language = Some("en".to_owned());
                    let utterance = Utterance { pcm: Pcm16k::new(sound), language, hint: None };
                    let heard = engine.transcribe(utterance).await.expect("it hears");
                    let words = heard.words.into_iter().map(|word| SpokenWord {
                        text: word.text,
                        from_ms: word.from_ms.into(),
                        to_ms: word.to_ms.into(),
                    });
                    let understood = Understood {
                        text: heard.text,
                        words: words.collect(),
                        engine: heard.engine,
                        voices: Vec::new(),
                    };
                    // Who does not listen any more has gone.
                    let _ = answer.send(understood);
                }
            });
        });
        is_ready.recv().expect("it starts");
        Self(ask)
    }
}

#[async_trait]
impl Ears for RealEars {
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        let (answer, answered) = sync_channel(1);
        self.0.send((sound, answer)).expect("it runs");
        Ok(answered.recv().expect("it answers"))
    }
}

/// What was kept as an answer when this sounds after the question, with `room` around it.
async fn kept_of(ears: &RealEars, sound: &[i16], silence: &[i16]) -> String {
    let kept = Kept::new(&["What are you proud of?", "Why?"]);
    let (engines, detector) = (Arc::new(Engines::default()), Box::new(Detector::default()));
    let mut room = Room::hearing(kept, engines, "one", Arc::new(ears.clone()), detector).await;
    room.until("speaking").await.until("listening").await;
    room.sound(silence).await.sound(sound).await.sound(silence).await;
    let kept = room.kept.told();
    let answers =
        kept.iter().filter_map(|line| line.split_once(": ").filter(|_| line.starts_with("answered")));
    answers.map(|(_, words)| words.to_owned()).collect::<Vec<_>>().join(" / ")
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase().split_whitespace().map(|word| word.trim_matches(['.', ',']).to_owned()).collect()
}

/// How many of the words that were said came back, in their order.
fn found(said: &str, heard: &str) -> usize {
    let (said, heard) = (words(said), words(heard));
    let mut row = vec![0; heard.len() + 1];
    for word in &said {
        let mut corner = 0;
        for at in 0..heard.len() {
            let above = row[at + 1];
            row[at + 1] = if *word == heard[at] { corner + 1 } else { row[at].max(above) };
            corner = above;
        }
    }
    row[heard.len()]
}

#[tokio::test(start_paused = true)]
#[expect(clippy::print_stdout, reason = "the table stands in docs/voice.md")]
async fn what_comes_back_of_bad_sound() {
    let ears = RealEars::start();
    let (said, other, german) = (voice("en-us", SAID), voice("en-us+f3", OTHER), voice("de", GERMAN));
    let still = vec![0; 16 * 3_000];
    let hiss = Noise::new(6).white(30_000, 1_000.0);
    let loud = Noise::new(6).white(30_000, 1_000.0 * (power(&said) / power(&hiss)).sqrt());
    let after = &loud[..16 * 4_000];
    let spoken = [
        ("clean", said.clone(), still.as_slice()),
        ("hiss as loud as the voice", mixed(&said, &loud), after),
        ("clipped", clipped(&said), still.as_slice()),
        ("two talkers, as loud as each other", mixed(&said, &other), still.as_slice()),
        ("German, heard as English", german, still.as_slice()),
    ];
    let mut came = Vec::new();
    for (name, sound, silence) in spoken {
        let heard = kept_of(&ears, &sound, silence).await;
        println!("| {name} | {} of {} | {heard} |", found(SAID, &heard), words(SAID).len());
        came.push((found(SAID, &heard), words(&heard).len()));
    }
    let all = words(SAID).len();
    assert!(came[0].0 * 10 >= all * 8, "clean speech is understood: {came:?}");
    assert!(came[2].0 * 10 >= all * 6, "clipped speech as well, mostly: {came:?}");

    // Nobody speaks, for as long as the interview stands.
    let mut noise = Noise::new(7);
    let silent = [
        ("silence", vec![0; 16 * 125_000]),
        ("a microphone that hisses", noise.white(125_000, 60.0)),
        ("loud hiss", noise.white(125_000, 3_000.0)),
        ("a loud fan", noise.fan(125_000, 9_000.0)),
    ];
    for (name, sound) in silent {
        let heard = kept_of(&ears, &sound, &still).await;
        println!("| {name}, 125 s | | {heard} |");
        assert_eq!(heard, "", "{name}: nobody said anything");
    }
}
