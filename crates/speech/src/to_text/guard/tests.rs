use super::*;

/// `ms` of a tone that is as loud as speech, after `silence` ms of nothing.
fn sound(silence: u32, ms: u32) -> Pcm16k {
    let wave = |at: u32| (f64::from(at) * 0.2).sin() * 3000.0;
    let silent = std::iter::repeat_n(0, (silence * 16) as usize);
    Pcm16k::new(silent.chain((0..ms * 16).map(|at| wave(at) as i16)).collect::<Vec<_>>())
}

fn left(text: &str, pcm: &Pcm16k) -> (String, Vec<Doubt>) {
    let guarded = guard(text, Vec::new(), &[], pcm);
    (guarded.text, guarded.doubts)
}

fn word(text: &str, from_ms: u32) -> Word {
    Word { text: text.to_owned(), from_ms, to_ms: from_ms + 200, confidence: None, speaker: None }
}

#[test]
fn what_was_said_stays_to_the_letter() {
    let pcm = sound(0, 4000);
    for said in [
        "I led the migration, and it took six months.",
        "No, no, no, no - we never lost a message.",
        "Thank you. That was my last question.",
        "We had, um, we had, um, to start again and again.",
        "It was very, very, very slow.",
        "Please subscribe customers to the queue.",
        "",
    ] {
        assert_eq!(left(said, &pcm), (said.to_owned(), vec![]), "{said}");
    }
}

#[test]
fn words_of_an_engine_that_heard_nothing_are_made_up() {
    assert_eq!(left("I see.", &sound(4000, 0)), (String::new(), vec![Doubt::Silence]));
    assert_eq!(left("I see.", &sound(4000, 40)), (String::new(), vec![Doubt::Silence]), "a click");
    assert_eq!(left("Yes.", &sound(4000, 200)), ("Yes.".to_owned(), vec![]), "a short word");
}

#[test]
fn credits_of_subtitles_are_left_out_wherever_they_stand() {
    let pcm = sound(0, 4000);
    let known = vec![Doubt::KnownPhrase];
    assert_eq!(left("Thanks for watching!", &pcm), (String::new(), known.clone()));
    assert_eq!(left("I fixed it. Thank you for watching.", &pcm), ("I fixed it.".to_owned(), known.clone()));
    assert_eq!(left("Untertitel der Amara.org-Community", &pcm), (String::new(), known.clone()));
    assert_eq!(left("ご視聴ありがとうございました。", &pcm), (String::new(), known));
}

#[test]
fn thanks_are_doubted_only_where_hardly_anybody_spoke() {
    assert_eq!(left("Thank you.", &sound(0, 900)), ("Thank you.".to_owned(), vec![]));
    assert_eq!(left("Thank you.", &sound(3000, 120)), (String::new(), vec![Doubt::KnownPhrase]));
}

#[test]
fn an_engine_that_hangs_is_cut_to_what_it_said_once() {
    let pcm = sound(0, 9000);
    let hung = format!("We used {}then we stopped.", "the queue and ".repeat(20));
    assert_eq!(
        left(&hung, &pcm),
        ("We used the queue and then we stopped.".to_owned(), vec![Doubt::Repeats])
    );
    let stuck = format!("So {}", "no ".repeat(40));
    assert_eq!(left(&stuck, &pcm), ("So no".to_owned(), vec![Doubt::Repeats]));
}

#[test]
fn believes_an_engine_that_says_that_nobody_spoke() {
    let segment = |text: &str, from_ms, no_speech, log_probability| Segment {
        text: text.to_owned(),
        from_ms,
        to_ms: from_ms + 1000,
        no_speech: Some(no_speech),
        log_probability: Some(log_probability),
        compression: Some(1.1),
    };
    let words = vec![word("We", 100), word("shipped.", 400), word("Goodbye.", 1300)];
    let segments = [segment("We shipped.", 0, 0.1, -0.2), segment(" Goodbye.", 1000, 0.9, -1.4)];
    let guarded = guard("We shipped. Goodbye.", words.clone(), &segments, &sound(0, 2000));
    assert_eq!((guarded.text.as_str(), guarded.words.len()), ("We shipped.", 2));
    assert_eq!(guarded.doubts, [Doubt::NoSpeech]);

    let sure = [segment("We shipped.", 0, 0.1, -0.2), segment(" Goodbye.", 1000, 0.9, -0.3)];
    assert!(
        guard("We shipped. Goodbye.", words, &sure, &sound(0, 2000)).doubts.is_empty(),
        "it is sure of its words"
    );
}

#[test]
fn a_word_where_there_was_no_sound_is_left_out_and_the_others_keep_their_times() {
    let words = vec![word("done", 100), word("you", 2000), word("well", 4100)];
    let pcm = Pcm16k::new([sound(0, 500).samples(), sound(3500, 500).samples()].concat());
    let guarded = guard("Done you well", words, &[], &pcm);
    assert_eq!(guarded.text, "Done well");
    assert_eq!(guarded.words.iter().map(|word| word.from_ms).collect::<Vec<_>>(), [100, 4100]);
    assert_eq!(guarded.doubts, [Doubt::WordsInSilence]);
}

#[test]
fn every_phrase_of_the_list_is_written_as_it_is_looked_for() {
    for phrase in PHRASES.credits.iter().chain(&PHRASES.doubtful) {
        assert_eq!(&plain(phrase), phrase);
    }
}
