//! The machine: an explicit state, one file for each that does something.

mod hearing;
mod interrupted;
mod listening;
mod speaking;
mod thinking;

use super::effect::{Effect, EndedBy, Notice, Phase};
use super::input::{AnswerKind, Input, ReplyId, TurnId};
use super::options::Options;
use super::pace::Pace;
use super::playback::Playback;
use super::speech::Speech;
use super::voice::Voice;
use super::words::Ear;
use interrupted::Interrupted;
use listening::Listening;
use speaking::Speaking;
use thinking::Thinking;

/// Whose turn it is in one spoken interview.
#[derive(Debug)]
pub struct TurnMachine {
    core: Core,
    state: State,
}

/// What all states share.
#[derive(Debug)]
struct Core {
    options: Options,
    ear: Ear,
    voice: Voice,
    pace: Pace,
    kind: AnswerKind,
    turns: u64,
    /// Where the last turn ended, ms of audio: what was said before belongs to it.
    turn_ended_ms: u64,
    /// Up to where sound was held for noise without words, ms of audio.
    deaf_until_ms: u64,
    stretches: u64,
    is_muted: bool,
    lost_since: Option<u64>,
    has_given_up: bool,
    effects: Vec<Effect>,
}

#[derive(Debug)]
enum State {
    Connecting,
    Listening(Listening),
    Thinking(Thinking),
    Speaking(Speaking),
    Interrupted(Interrupted),
    Closing,
}

impl TurnMachine {
    /// A machine for an interview in `language` (two letters, a region may follow).
    pub fn new(options: Options, language: &str) -> Self {
        let core = Core {
            options,
            ear: Ear::new(language),
            voice: Voice::default(),
            pace: Pace::default(),
            kind: AnswerKind::default(),
            turns: 0,
            turn_ended_ms: 0,
            deaf_until_ms: 0,
            stretches: 0,
            is_muted: false,
            lost_since: None,
            has_given_up: false,
            effects: Vec::new(),
        };
        Self { core, state: State::Connecting }
    }

    /// What the session does now.
    pub fn phase(&self) -> Phase {
        match self.state {
            State::Connecting => Phase::Connecting,
            State::Listening(_) => Phase::Listening,
            State::Thinking(_) => Phase::Thinking,
            State::Speaking(_) => Phase::Speaking,
            State::Interrupted(_) => Phase::Interrupted,
            State::Closing => Phase::Closing,
        }
    }

    /// Sound received, ms.
    pub fn audio_ms(&self) -> u64 {
        self.core.voice.now_ms()
    }

    /// No sound before this will be asked for, ms of audio received.
    pub fn needs_from_ms(&self) -> u64 {
        let core = &self.core;
        let onset = core.reach_back(core.voice.run_from_ms()).max(core.deaf_until_ms);
        self.hears_from_ms().map_or(onset, |open| open.min(onset))
    }

    /// Where the speech begins whose words are not known yet, ms of audio received; `None` when nobody has said
    /// anything.
    pub fn hears_from_ms(&self) -> Option<u64> {
        match &self.state {
            State::Listening(listening) => listening.needs_from_ms(),
            State::Speaking(speaking) => speaking.over.as_ref().map(Speech::open_from_ms),
            State::Interrupted(interrupted) => Some(interrupted.needs_from_ms()),
            State::Connecting | State::Thinking(_) | State::Closing => None,
        }
    }

    /// Where speech ended last, ms of audio received; now, while somebody speaks.
    pub fn spoke_until_ms(&self) -> u64 {
        self.core.voice.spoke_until_ms()
    }

    /// Where the last turn ended, ms of audio received: words of what was said before are no part of the next one.
    pub fn turn_ended_ms(&self) -> u64 {
        self.core.turn_ended_ms
    }

    /// Whether it has been silent for so long that words are asked for.
    pub fn is_pause(&self) -> bool {
        self.core.voice.silence_ms() >= self.core.options.ask_ms
    }

    /// Takes what happened at `now`, ms since any fixed moment, never falling. Returns what is to be done, in order.
    pub fn handle(&mut self, input: Input, now: u64) -> Vec<Effect> {
        let before = self.phase();
        let state = std::mem::replace(&mut self.state, State::Closing);
        self.state = self.core.step(state, input, now);
        let phase = self.phase();
        let mut effects = std::mem::take(&mut self.core.effects);
        if phase != before {
            effects.push(Effect::Entered { phase });
        }
        effects
    }
}

impl Core {
    fn step(&mut self, state: State, input: Input, now: u64) -> State {
        match input {
            Input::Over => return self.over(state),
            Input::Lost => return self.lost(state, now),
            Input::Back => return self.back(state, now),
            Input::Muted(is_muted) => {
                self.is_muted = is_muted;
                return state.stayed(now);
            }
            Input::Frame { voiced } => self.voice.hear(voiced && !self.is_muted, self.options.onset_ms),
            Input::Tick if self.is_deserted(now) => {
                self.effects.push(Effect::Pause);
                return state;
            }
            _ => {}
        }
        match state {
            State::Connecting => match input {
                Input::Connected => State::Thinking(Thinking::before_the_first_word(now)),
                _ => State::Connecting,
            },
            State::Listening(listening) => self.listen(listening, input, now),
            State::Thinking(thinking) => self.think(thinking, input, now),
            State::Speaking(speaking) => self.speak(speaking, input, now),
            State::Interrupted(interrupted) => self.hold(interrupted, input, now),
            State::Closing => State::Closing,
        }
    }

    /// The line has been gone for so long that nobody will come back soon. Said once.
    fn is_deserted(&mut self, now: u64) -> bool {
        let gone = self.lost_since.is_some_and(|since| now - since >= self.options.give_up_ms);
        gone && !std::mem::replace(&mut self.has_given_up, true)
    }

    fn lost(&mut self, state: State, now: u64) -> State {
        self.lost_since.get_or_insert(now);
        if let State::Speaking(speaking) = &state {
            self.effects.push(Effect::Hush { reply: speaking.playback.reply });
        }
        state
    }

    /// Sound flows again. A reply goes on from the sentence that was broken off; a turn goes on where it was.
    fn back(&mut self, state: State, now: u64) -> State {
        if self.lost_since.take().is_none() {
            return state;
        }
        self.has_given_up = false;
        match state {
            State::Speaking(speaking) => State::Speaking(self.resume(speaking.playback)),
            State::Interrupted(interrupted) => State::Speaking(self.resume(interrupted.playback)),
            other => other.stayed(now),
        }
    }

    fn resume(&mut self, mut playback: Playback) -> Speaking {
        let from_ms = playback.rewind();
        self.effects.push(Effect::Resume { reply: playback.reply, from_ms });
        Speaking::new(playback)
    }

    fn over(&mut self, state: State) -> State {
        match state {
            State::Closing => return State::Closing,
            State::Speaking(Speaking { playback, .. }) | State::Interrupted(Interrupted { playback, .. }) => {
                self.stop(&playback);
            }
            _ => {}
        }
        self.effects.push(Effect::Close);
        State::Closing
    }

    /// Ends a reply before its end.
    fn stop(&mut self, playback: &Playback) {
        self.effects.push(Effect::Stop { reply: playback.reply });
        self.effects.push(Effect::Heard { reply: playback.reply, text: playback.heard(), is_whole: false });
    }

    /// Lets a reply sound.
    fn play(&mut self, playback: Playback) -> State {
        State::Speaking(self.speaking(playback))
    }

    fn speaking(&mut self, playback: Playback) -> Speaking {
        self.kind = playback.kind;
        self.effects.push(Effect::Play { reply: playback.reply });
        Speaking::new(playback)
    }

    fn next_turn(&mut self) -> TurnId {
        self.turns += 1;
        self.turn_ended_ms = self.voice.now_ms();
        TurnId(self.turns)
    }

    fn notice(&mut self, notice: Notice) {
        self.effects.push(Effect::Notice { notice });
    }

    /// Ends `turn` with what was typed.
    fn typed(&mut self, text: String, now: u64) -> State {
        let turn = self.next_turn();
        let at = self.voice.now_ms();
        self.effects.push(Effect::EndTurn {
            turn,
            text,
            from_ms: at,
            to_ms: at,
            by: EndedBy::Typed,
            is_partial: false,
        });
        State::Thinking(Thinking::about(turn, now, self.voice.now_ms(), 0))
    }
}

impl State {
    /// Nothing is to be made of the time that has passed: silence on the wall counts from now.
    fn stayed(self, now: u64) -> Self {
        match self {
            Self::Listening(listening) => Self::Listening(listening.afresh(now)),
            other => other,
        }
    }
}

/// Whether an input that names a reply is of this one. Everything of another is dropped here.
fn is_of(input: &Input, reply: ReplyId) -> bool {
    match input {
        Input::Sentence { reply: of, .. }
        | Input::Measured { reply: of, .. }
        | Input::Retold { reply: of, .. }
        | Input::Whole { reply: of }
        | Input::Unspeakable { reply: of }
        | Input::Played { reply: of, .. } => *of == reply,
        _ => true,
    }
}

/// Adds to a reply what has been made of it.
fn grow(playback: &mut Playback, input: Input) -> Option<Input> {
    match input {
        Input::Sentence { text, ms, .. } => playback.add(text, ms),
        Input::Measured { ms, .. } => playback.measure(ms),
        Input::Retold { sentences, .. } => playback.retell(sentences),
        Input::Whole { .. } => playback.complete(),
        other => return Some(other),
    }
    None
}
