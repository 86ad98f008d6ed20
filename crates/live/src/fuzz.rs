//! A spoken interview as lines of text, each something that happens, and what must hold whatever happens. For a fuzzer,
//! and for tests.

use std::collections::HashSet;

use crate::turn::{
    AnswerKind, Effect, FRAME_MS, Input, Options, Phase, ReplyId, StretchId, TurnId, TurnMachine,
};
use crate::voice::FromPageMessage;

/// Longest run of voice or silence of one line, ms.
const LONGEST_MS: u64 = 60_000;
/// Longest stretch of sound whose words are asked for at once, ms: the longest of the settings, its onset, a pause.
const STRETCH_MS: u64 = 32_000;

/// Plays a story: `voice 300`, `silence 700`, `wait 500`, `words 1 I built a boat.`, `nowords 1`, `reply 1`, `last 2`,
/// `sentence 1 900 What did you build?`, `whole 1`, `unspeakable 1`, `played 1 500`, `typed A boat.`, `lost`, `back`, and
/// messages of the page as they come, in JSON. Lines that are none of these are passed over.
pub fn story(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut held = Held::default();
    held.happens(Input::Connected, 0);
    for line in text.lines().take(2_000) {
        tell(&mut held, line);
    }
}

fn tell(held: &mut Held, line: &str) {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let number = |text: &str| text.parse::<u64>().unwrap_or_default();
    let (reply, stretch) = (ReplyId(number(first)), StretchId(number(first)));
    let input = match word {
        "voice" | "silence" => {
            for _ in 0..number(first).min(LONGEST_MS) / FRAME_MS {
                held.happens(Input::Frame { voiced: word == "voice" }, FRAME_MS);
            }
            return;
        }
        "wait" => return held.happens(Input::Tick, number(first).min(LONGEST_MS)),
        "words" => Input::Words { stretch, text: after.to_owned(), is_final: true },
        "glimpse" => Input::Words { stretch, text: after.to_owned(), is_final: false },
        "nowords" => Input::NoWords { stretch },
        "reply" => Input::Reply { reply, kind: AnswerKind::Telling, is_last: false },
        "last" => Input::Reply { reply, kind: AnswerKind::WorkingOut, is_last: true },
        "sentence" => {
            let (ms, text) = after.split_once(' ').unwrap_or((after, ""));
            Input::Sentence { reply, text: text.to_owned(), ms: number(ms).min(LONGEST_MS) }
        }
        "whole" => Input::Whole { reply },
        "unspeakable" => Input::Unspeakable { reply },
        "played" => Input::Played { reply, ms: number(after) },
        "typed" => Input::Typed { text: rest.to_owned() },
        "lost" => Input::Lost,
        "back" => Input::Back,
        _ => match serde_json::from_str(line) {
            Ok(FromPageMessage::Hello { muted: on, .. } | FromPageMessage::Muted { on }) => Input::Muted(on),
            Ok(FromPageMessage::Typing) => Input::Muted(false),
            Ok(FromPageMessage::Done) => Input::Done,
            Ok(FromPageMessage::Bye) => Input::Over,
            Ok(FromPageMessage::Repeat) | Err(_) => return,
        },
    };
    held.happens(input, 0);
}

/// A machine that is watched: turns are counted, end once and hold only what was said; nothing plays that did not begin.
#[derive(Debug)]
pub(crate) struct Held {
    machine: TurnMachine,
    now: u64,
    turns: u64,
    begun: HashSet<ReplyId>,
    said: HashSet<String>,
}

impl Default for Held {
    fn default() -> Self {
        let machine = TurnMachine::new(Options::default(), "en");
        Self { machine, now: 0, turns: 0, begun: HashSet::new(), said: HashSet::new() }
    }
}

impl Held {
    /// Something happens so many ms after what was before. Panics where something does not hold.
    pub fn happens(&mut self, input: Input, after_ms: u64) {
        self.now += after_ms;
        match &input {
            Input::Words { text, .. } | Input::Typed { text } => {
                self.said.extend(text.split_whitespace().map(str::to_owned));
            }
            Input::Reply { reply, .. } => {
                self.begun.insert(*reply);
            }
            _ => {}
        }
        let before = self.machine.phase();
        for effect in self.machine.handle(input, self.now) {
            self.check(&effect, before);
        }
    }

    fn check(&mut self, effect: &Effect, before: Phase) {
        match effect {
            Effect::EndTurn { turn, text, from_ms, to_ms, .. } => {
                self.turns += 1;
                assert_eq!(*turn, TurnId(self.turns), "turns are counted");
                self.was_said(text, *from_ms, *to_ms);
            }
            Effect::Amend { turn, text, from_ms, to_ms } => {
                assert_eq!(*turn, TurnId(self.turns), "only the last turn is added to");
                self.was_said(text, *from_ms, *to_ms);
            }
            Effect::Transcribe { from_ms, to_ms, .. } => {
                assert!(from_ms < to_ms && *to_ms <= self.machine.audio_ms(), "{from_ms}..{to_ms} ms");
                assert!(to_ms - from_ms <= STRETCH_MS, "a stretch of {} ms", to_ms - from_ms);
            }
            Effect::Play { reply }
            | Effect::Hush { reply }
            | Effect::Resume { reply, .. }
            | Effect::Stop { reply } => {
                assert!(self.begun.contains(reply), "{reply:?} did not begin");
            }
            Effect::Entered { phase } => assert!(*phase != before && *phase != Phase::Connecting),
            _ => {}
        }
    }

    fn was_said(&self, text: &str, from_ms: u64, to_ms: u64) {
        assert!(from_ms <= to_ms && to_ms <= self.machine.audio_ms(), "{from_ms}..{to_ms} ms");
        let made_up = text.split_whitespace().find(|word| !self.said.contains(*word));
        assert_eq!(made_up, None, "nobody said that");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_told_to_its_end() {
        let mut held = Held::default();
        held.happens(Input::Connected, 0);
        for line in include_str!("../../../fuzz/corpus/turn/an-answer").lines() {
            tell(&mut held, line);
        }
        assert_eq!((held.turns, held.machine.phase()), (1, Phase::Closing));
    }

    #[test]
    #[should_panic(expected = "nobody said that")]
    fn words_that_nobody_said_are_noticed() {
        Held::default().was_said("I built a boat.", 0, 0);
    }
}
