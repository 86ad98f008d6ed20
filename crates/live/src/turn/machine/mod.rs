//! The machine: an explicit state, one file for each that does something.

mod interrupted;
mod listening;
mod speaking;
mod thinking;

use super::effect::{Effect, EndedBy, Notice, Phase};
use super::input::{AnswerKind, Input, ReplyId, StretchId, TurnId};
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

/// How far back speech is heard when it is recognised, ms of audio. Who is listened to is recognised at once; a voice that has
/// gone on for longer went on before the first word, or was given up as noise.
const LONGEST_AGO_MS: u64 = 5_000;

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

    /// Where speech that has just been recognised began, with the sound before it; nothing of a turn that has ended,
    /// and nothing that was held for noise.
    fn onset(&self) -> Option<u64> {
        let from = self.voice.speech_from(self.options.onset_ms)?;
        let goes_on = self.voice.spoke_until_ms() > self.turn_ended_ms;
        let nothing_until = self.turn_ended_ms.max(self.deaf_until_ms);
        goes_on.then(|| self.reach_back(from).max(nothing_until))
    }

    /// From where a run that began at `from` is heard, ms of audio: with the sound before it, and not from too long ago.
    fn reach_back(&self, from: u64) -> u64 {
        from.saturating_sub(self.options.preroll_ms).max(self.voice.now_ms().saturating_sub(LONGEST_AGO_MS))
    }

    /// The same, of speech that began after the turn had ended.
    fn new_onset(&self) -> Option<u64> {
        self.voice.speech_since(self.turn_ended_ms, self.options.onset_ms).and_then(|_| self.onset())
    }

    /// Asks for the words of `speech` up to now.
    fn ask(&mut self, speech: &mut Speech, close_from_ms: u64, now: u64) {
        self.stretches += 1;
        let stretch = StretchId(self.stretches);
        let request = speech.ask(stretch, self.voice.now_ms(), now, close_from_ms);
        self.effects.push(Effect::Transcribe { stretch, from_ms: request.from_ms, to_ms: request.to_ms });
    }

    /// Follows speech over a reply: its words are asked for again and again while it lasts, and once more at its end.
    fn follow(&mut self, speech: &mut Speech, now: u64) {
        if let Some(from) = self.onset() {
            speech.goes_on(from, self.voice.spoke_until_ms());
        }
        let grown = self.voice.now_ms() - speech.asked_until_ms();
        let is_pause = self.voice.silence_ms() >= self.options.ask_ms;
        if speech.is_unasked() && (is_pause || grown >= self.options.barge_in_ms) {
            self.ask(speech, u64::MAX, now);
        }
    }

    /// Whether speech over a reply has words that are meant for us.
    fn is_meant(&self, speech: &Speech) -> bool {
        !self.ear.is_back_channel(speech.glimpse())
    }

    /// Takes words for `speech`.
    fn understand(speech: &mut Speech, input: Input) {
        match input {
            Input::Words { stretch, text, is_final } => speech.understood(stretch, text, is_final),
            Input::NoWords { stretch } => speech.failed(stretch),
            _ => {}
        }
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
