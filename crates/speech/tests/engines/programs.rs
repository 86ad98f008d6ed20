//! Programs of the operator's that speak.

use crate::server::{Vendor, hear, listen, say, voice};
use futures::StreamExt;
use greenroom_speech::{Kind, Say, TextToSpeech};

fn program(command: &str, more: &str) -> std::sync::Arc<dyn TextToSpeech> {
    voice(&format!(
        "[to_speech]\norder = ['lab']\n[to_speech.engines.lab]\nprotocol = 'command'\ncommand = {command}\n{more}"
    ))
}

#[tokio::test]
async fn gets_the_text_by_standard_input_and_the_rest_in_its_arguments() {
    let command = "['espeak-ng', '--stdout', '--stdin', '-v', '{language}+{voice}', '-s', '150']";
    let voice = program(command, "voices = { ana = 'f2', ben = 'm3' }");
    assert_eq!(voice.voices().len(), 2);
    let ana = listen(&*voice, "Good morning.").await.unwrap();
    let ben = hear(&*voice, Say { voice: "ben".to_owned(), ..say("Good morning.") }).await.unwrap();
    assert!(ana.ms() > 400 && ana != ben);
    let bad = Say { language: "--path=/etc".to_owned(), ..say("Yes.") };
    assert_eq!(hear(&*voice, bad).await, Err((Kind::BadRequest, 0)));
}

#[tokio::test]
async fn raw_samples_are_taken_at_their_rate() {
    // A second of a tone at 16 kHz, whatever it is told to say.
    let script = "import math,struct,sys; sys.stdin.read(); sys.stdout.buffer.write(b''.join(struct.pack('<h', int(9000*math.sin(i/5))) for i in range(16000)))";
    let voice = program(&format!("['python3', '-c', \"{script}\"]"), "sound = 'raw'\nrate = 16000");
    let sound = listen(&*voice, "Yes.").await.unwrap();
    assert!((995..=1001).contains(&sound.ms()), "{sound:?}");
}

#[tokio::test]
async fn a_program_is_not_given_what_the_server_knows() {
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some(), "there is something to keep back");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names");
    let script = format!(
        "import os,sys; sys.stdin.read(); open('{}','w').write(' '.join(os.environ)); sys.stdout.buffer.write(bytes([1,32]*16000))",
        file.display()
    );
    let voice =
        program(&format!("['env', 'GREENROOM_VOICE=ana', 'python3', '-c', \"{script}\"]"), "sound = 'raw'");
    listen(&*voice, "Yes.").await.unwrap();
    let names = std::fs::read_to_string(&file).unwrap();
    let names: Vec<&str> = names.split(' ').collect();
    assert!(names.contains(&"PATH") && names.contains(&"GREENROOM_VOICE"), "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with("CARGO")), "{names:?}");
}

#[tokio::test]
async fn failures_are_told_apart() {
    let kind = async |command: &str| listen(&*program(command, ""), "Yes.").await.expect_err("it fails").0;
    assert_eq!(kind("['/nowhere/piper']").await, Kind::NotFound);
    assert_eq!(kind("['false']").await, Kind::Unavailable { retry_after: None });
    assert_eq!(kind("['true']").await, Kind::Malformed);
    assert_eq!(kind("['echo', '<html> is no sound, not at all, however long it is']").await, Kind::Malformed);
}

#[tokio::test]
async fn a_program_is_killed_when_nobody_listens_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("id");
    let script = format!(
        "import os,sys,time; open('{}','w').write(str(os.getpid())); sys.stdout.buffer.write(bytes([1,32]*4000)); sys.stdout.flush(); time.sleep(600)",
        file.display()
    );
    let voice = program(&format!("['python3', '-c', \"{script}\"]"), "sound = 'raw'");
    let mut sound = voice.speak(say("Yes.")).await.unwrap().sound;
    sound.next().await.unwrap().unwrap();
    let id = std::fs::read_to_string(&file).unwrap();
    drop(sound);
    let is_there =
        || std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    let gone = async {
        while is_there() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), gone).await.expect("it is killed");
}

#[tokio::test]
async fn a_service_is_asked_by_its_own_names() {
    let vendor = Vendor::start([crate::server::Play::json(500, "{}")]).await;
    assert_eq!(vendor.voice("").name(), "lab");
    assert!(!vendor.voice("").leaves_machine());
}
