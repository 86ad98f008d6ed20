//! Replies as their sound is made, sent and broken off.

use super::*;

fn reply() -> Reply {
    Reply::new(ReplyId(1), About::Draft, AnswerKind::Telling)
}

fn said(reply: &mut Reply) -> Vec<String> {
    std::iter::from_fn(|| reply.next_sentence()).map(|sentence| sentence.text).collect()
}

#[test]
fn a_draft_is_said_as_it_grows_and_nothing_of_it_twice() {
    let mut reply = reply();
    reply.drafted("That was brave. What did you");
    assert_eq!(said(&mut reply), ["That was brave."]);
    reply.drafted("That was brave. What did you learn? And");
    assert_eq!(said(&mut reply), ["What did you learn?"]);
    reply.complete("That was brave. What did you learn? And who helped?");
    assert_eq!(said(&mut reply), ["And who helped?"]);
    assert!(reply.is_whole());
}

#[test]
fn a_draft_that_was_given_up_is_not_said_on() {
    let mut reply = reply();
    reply.drafted("That was brave. Who helped? Why ");
    assert_eq!(reply.next_sentence().map(|sentence| sentence.text).as_deref(), Some("That was brave."));
    reply.complete("I see. What did you learn?");
    assert_eq!(said(&mut reply), ["I see.", "What did you learn?"]);
}

#[test]
fn only_the_question_is_for_all() {
    let mut reply = reply();
    reply.says_to_all("What did you learn? And who helped?");
    reply.complete("That was brave. What did you learn? And who helped?");
    let sentences = std::iter::from_fn(|| reply.next_sentence());
    assert_eq!(sentences.map(|sentence| sentence.is_for_all).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn samples_and_packets_follow_each_other_without_a_gap() {
    let mut reply = reply();
    reply.is_playing = true;
    assert!(!reply.sounds(&Sound::Pcm(vec![7; 480 * 6 + 100].into())));
    assert_eq!(reply.length_ms(), 124);
    let packet = Packet::read([8; 60]).expect("a packet");
    reply.sounds(&Sound::Opus(vec![packet; 3].into()));
    assert_eq!(reply.length_ms(), 200);
    let mut sent = Vec::new();
    while let Some(ToPage::Audio { from_ms, sound, .. }) = reply.next_block() {
        sent.push(match sound {
            Sound::Pcm(pcm) => (from_ms, "samples", pcm.len()),
            Sound::Opus(packets) => (from_ms, "packets", packets.len()),
        });
    }
    assert_eq!(sent, [(0, "samples", 2_400), (100, "samples", 960), (140, "packets", 3)]);
    reply.back_to(165);
    assert!(matches!(reply.next_block(), Some(ToPage::Audio { from_ms: 160, .. })));
}
