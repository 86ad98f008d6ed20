use super::*;
use greenroom_speech::{Kind, Pcm24k, SpeechError, Spoken, Voice as Speaker};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Says 250 ms of a tone in two pieces. Breaks off after the first, or is another engine, when told to.
#[derive(Default)]
struct Tone {
    times: AtomicUsize,
    breaks: Mutex<bool>,
    stands_in: Mutex<bool>,
}

#[async_trait]
impl TextToSpeech for Tone {
    fn name(&self) -> &str {
        "tone"
    }

    fn voices(&self) -> &[Speaker] {
        &[]
    }

    fn leaves_machine(&self) -> bool {
        false
    }

    async fn speak(&self, _: Say) -> Result<Spoken, SpeechError> {
        self.times.fetch_add(1, Ordering::Relaxed);
        let tone =
            |samples: i32| Ok(Pcm24k::new((0..samples).map(|n| (n % 100 * 90) as i16).collect::<Vec<_>>()));
        let second = match *self.breaks.lock().expect("nobody panics with it") {
            false => tone(5_400),
            true => Err(SpeechError {
                engine: "tone".to_owned(),
                kind: Kind::BrokenStream,
                message: "broke off".to_owned(),
            }),
        };
        let engine = if *self.stands_in.lock().expect("nobody panics with it") { "other" } else { "tone" };
        Ok(Spoken { engine: engine.to_owned(), sound: stream::iter([tone(600), second]).boxed() })
    }
}

fn mouth(engine: &Arc<Tone>, kept: &SpokenCache) -> Voice {
    Voice { engine: engine.clone(), voice: "ana".to_owned(), language: "en".to_owned(), kept: kept.clone() }
}

async fn say(mouth: &Voice, is_for_all: bool) -> Result<Vec<Sound>, EngineLost> {
    let sentence = Sentence { text: "What are you proud of?".to_owned(), is_for_all };
    mouth.say(sentence).await?.collect::<Vec<_>>().await.into_iter().collect()
}

/// Where the bytes of the packets lie: bytes that were encoded anew lie elsewhere.
fn places(sounds: &[Sound]) -> Vec<*const u8> {
    let packets = sounds.iter().flat_map(|sound| match sound {
        Sound::Opus(packets) => packets.to_vec(),
        Sound::Pcm(_) => panic!("samples, where packets were to be"),
    });
    packets.map(|packet| packet.bytes().as_ptr()).collect()
}

#[tokio::test]
async fn a_second_interview_with_the_same_question_asks_no_engine_and_encodes_nothing() {
    let (engine, kept) = (Arc::new(Tone::default()), SpokenCache::new(1 << 20));
    let first = say(&mouth(&engine, &kept), true).await.expect("it speaks");
    let second = say(&mouth(&engine, &kept), true).await.expect("it speaks");
    assert_eq!(engine.times.load(Ordering::Relaxed), 1);
    assert_eq!(places(&first).len(), 13, "250 ms, and a packet for what does not fill one");
    assert_eq!(places(&first), places(&second), "the same packets, not others like them");
    assert_eq!(second.len(), 1, "all of it at once");
}

#[tokio::test]
async fn another_voice_or_language_is_another_sound() {
    let (engine, kept) = (Arc::new(Tone::default()), SpokenCache::new(1 << 20));
    let german = Voice { language: "de".to_owned(), ..mouth(&engine, &kept) };
    let omar = Voice { voice: "omar".to_owned(), ..mouth(&engine, &kept) };
    for mouth in [&mouth(&engine, &kept), &german, &omar] {
        say(mouth, true).await.expect("it speaks");
    }
    assert_eq!(engine.times.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn what_is_said_to_one_person_is_not_kept() {
    let (engine, kept) = (Arc::new(Tone::default()), SpokenCache::new(1 << 20));
    for _ in 0..2 {
        let sounds = say(&mouth(&engine, &kept), false).await.expect("it speaks");
        assert!(sounds.iter().all(|sound| matches!(sound, Sound::Pcm(_))));
    }
    assert_eq!(engine.times.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn neither_half_a_sentence_nor_that_of_an_engine_that_stands_in_is_kept() {
    let (engine, kept) = (Arc::new(Tone::default()), SpokenCache::new(1 << 20));
    *engine.breaks.lock().expect("nobody panics with it") = true;
    say(&mouth(&engine, &kept), true).await.expect_err("it breaks off");
    *engine.breaks.lock().expect("nobody panics with it") = false;
    *engine.stands_in.lock().expect("nobody panics with it") = true;
    say(&mouth(&engine, &kept), true).await.expect("it speaks");
    *engine.stands_in.lock().expect("nobody panics with it") = false;
    for _ in 0..2 {
        say(&mouth(&engine, &kept), true).await.expect("it speaks");
    }
    assert_eq!(engine.times.load(Ordering::Relaxed), 3);
}

#[test]
fn each_manner_has_a_voice_of_its_own_that_is_there() {
    let manners =
        [Personality::Supportive, Personality::Professional, Personality::Challenging, Personality::Direct];
    for manner in manners {
        assert_eq!(manner_of(voice_of(manner)), Some(manner));
    }
    assert_eq!((manner_of("mei"), manner_of("nobody")), (None, None));
}
