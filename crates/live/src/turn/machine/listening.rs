//! The candidate has the word.

mod noise;

use super::thinking::Thinking;
use super::{Core, State, grow, is_of};
use crate::turn::effect::{Effect, EndedBy, Notice, Reassurance};
use crate::turn::input::{Input, TurnId};
use crate::turn::playback::Playback;
use crate::turn::policy;
use crate::turn::speech::Speech;

/// A stretch is closed at a pause when it is as long as this share of the longest.
const CLOSE_AT_PAUSE: (u64, u64) = (2, 3);

#[derive(Debug)]
pub(super) struct Listening {
    speech: Option<Speech>,
    /// The turn that was taken for finished when they went on.
    continues: Option<TurnId>,
    /// The reply to it, which waits.
    waiting: Option<Playback>,
    /// Where the voice ended before the present pause, ms.
    paused_at_ms: Option<u64>,
    /// They began while the reply still sounded.
    is_over_the_end: bool,
    quiet_since: u64,
    reassured: u8,
    told_long: bool,
    told_muted: bool,
    told_failed: bool,
    told_noise: bool,
    /// What sounds is no speech: silence on the wall counts on.
    is_drowned: bool,
}

impl Listening {
    /// Listens from `now` on; `speech` when they have begun already.
    pub fn new(speech: Option<Speech>, now: u64) -> Self {
        Self {
            speech,
            continues: None,
            waiting: None,
            paused_at_ms: None,
            is_over_the_end: false,
            quiet_since: now,
            reassured: 0,
            told_long: false,
            told_muted: false,
            told_failed: false,
            told_noise: false,
            is_drowned: false,
        }
    }

    /// They began while the reply still sounded.
    pub fn over_the_end(speech: Option<Speech>, now: u64) -> Self {
        Self { is_over_the_end: speech.is_some(), ..Self::new(speech, now) }
    }

    /// They went on after `turn` had been taken for finished; its reply may be there already.
    pub fn going_on(speech: Speech, turn: TurnId, now: u64) -> Self {
        Self { continues: Some(turn), ..Self::new(Some(speech), now) }
    }

    /// Where the sound begins whose words may yet be asked for.
    pub fn needs_from_ms(&self) -> Option<u64> {
        self.speech.as_ref().map(Speech::open_from_ms)
    }

    /// The same, with silence counted from now.
    pub fn afresh(self, now: u64) -> Self {
        Self { quiet_since: now, ..self }
    }
}

impl Core {
    pub(super) fn listen(&mut self, mut listening: Listening, input: Input, now: u64) -> State {
        match input {
            Input::Frame { .. } => self.heard_frame(listening, now),
            Input::Tick => self.passed_time(listening, now),
            Input::Words { .. } | Input::NoWords { .. } => {
                if let Some(speech) = &mut listening.speech {
                    Self::understand(speech, input);
                    listening.is_drowned &= speech.words_so_far().is_empty();
                }
                self.weigh(listening, now)
            }
            Input::Done => self.pressed_done(listening, now),
            Input::Typed { text } => match listening.continues {
                None => self.typed(text, now),
                Some(turn) => self.amended(listening, turn, text, now),
            },
            Input::Reply { reply, kind, is_last } => {
                let playback = Playback::new(reply, kind, is_last);
                if listening.continues.is_none() && listening.speech.is_none() {
                    return self.play(playback);
                }
                // It waits until they have finished.
                listening.waiting = Some(playback);
                State::Listening(listening)
            }
            other => {
                if let Some(waiting) =
                    listening.waiting.as_mut().filter(|waiting| is_of(&other, waiting.reply))
                {
                    grow(waiting, other);
                }
                State::Listening(listening)
            }
        }
    }

    fn heard_frame(&mut self, mut listening: Listening, now: u64) -> State {
        if let Some(from) = self.onset() {
            if !listening.is_drowned {
                listening.quiet_since = now;
            }
            self.goes_on(&mut listening, from, now);
        }
        if let Some(speech) = &mut listening.speech
            && self.voice.silence_ms() >= self.options.ask_ms
            && speech.is_unasked()
        {
            listening.paused_at_ms = Some(self.voice.spoke_until_ms());
            let close_from = self.options.stretch_ms * CLOSE_AT_PAUSE.0 / CLOSE_AT_PAUSE.1;
            self.ask(speech, close_from, now);
        }
        self.passed_time(listening, now)
    }

    /// The voice is there.
    fn goes_on(&mut self, listening: &mut Listening, from: u64, now: u64) {
        let Some(speech) = &mut listening.speech else {
            listening.speech = Some(Speech::new(from));
            return;
        };
        if let Some(paused_at) = listening.paused_at_ms.take() {
            self.pace.went_on_after((from + self.options.preroll_ms).saturating_sub(paused_at));
        }
        speech.goes_on(from, self.voice.spoke_until_ms());
        if speech.open_ms() >= self.options.stretch_ms {
            self.ask(speech, 0, now);
        }
        let length = self.voice.now_ms() - speech.began_ms();
        if length >= self.options.long_ms && !std::mem::replace(&mut listening.told_long, true) {
            self.notice(Notice::LongAnswer);
        }
    }

    /// Is it their last word?
    fn weigh(&mut self, mut listening: Listening, now: u64) -> State {
        let Some(speech) = &mut listening.speech else { return State::Listening(listening) };
        let deadline = now.saturating_sub(self.options.words_patience_ms);
        speech.give_up_on(deadline);
        if speech.is_drowned() {
            return self.drowned(listening, now);
        }
        if speech.is_partial() {
            if !std::mem::replace(&mut listening.told_failed, true) {
                self.notice(Notice::NotUnderstood);
            }
        } else {
            listening.told_failed = false;
        }
        let text = speech.knows_the_end().then(|| speech.words_so_far());
        let wanted = self.wanted_ms(speech, text.as_deref());
        let silence = self.voice.silence_ms();
        let is_undecided = self.voice.is_undecided(self.options.onset_ms) && !speech.is_done;
        if silence < wanted || is_undecided || (self.is_muted && !speech.is_done) {
            return State::Listening(listening);
        }
        let Some(text) = speech.text() else { return State::Listening(listening) };
        if text.is_empty() || (listening.is_over_the_end && self.ear.is_back_channel(&text)) {
            return self.said_nothing(listening, now);
        }
        let by = match (speech.is_done, self.is_too_long(speech)) {
            (true, _) => EndedBy::Done,
            (_, true) => EndedBy::Length,
            _ => EndedBy::Silence { ms: wanted },
        };
        self.ended(listening, text, by, now)
    }

    fn wanted_ms(&self, speech: &Speech, text: Option<&str>) -> u64 {
        if speech.is_done {
            return 0;
        }
        if self.is_too_long(speech) {
            return self.options.ask_ms;
        }
        policy::silence_ms(&self.options, &self.ear, &self.pace, self.kind, text)
    }

    fn is_too_long(&self, speech: &Speech) -> bool {
        self.voice.spoke_until_ms().saturating_sub(speech.began_ms()) >= self.options.longest_ms
    }

    fn ended(&mut self, listening: Listening, text: String, by: EndedBy, now: u64) -> State {
        if let Some(turn) = listening.continues {
            return self.amended(listening, turn, text, now);
        }
        let Some(speech) = &listening.speech else { return State::Listening(listening) };
        let turn = self.next_turn();
        let waited = self.voice.silence_ms();
        self.effects.push(Effect::EndTurn {
            turn,
            text,
            from_ms: speech.began_ms(),
            to_ms: self.voice.spoke_until_ms(),
            by,
            is_partial: speech.is_partial(),
        });
        match listening.waiting {
            // Asked before they had begun to answer: it was another matter, and is said now.
            Some(waiting) => self.play(waiting),
            None => State::Thinking(Thinking::about(turn, now, self.voice.now_ms(), waited)),
        }
    }

    fn amended(&mut self, listening: Listening, turn: TurnId, text: String, now: u64) -> State {
        let at = self.voice.now_ms();
        self.turn_ended_ms = at;
        let (from_ms, to_ms) = listening
            .speech
            .as_ref()
            .map_or((at, at), |speech| (speech.began_ms(), self.voice.spoke_until_ms()));
        self.effects.push(Effect::Amend { turn, text, from_ms, to_ms });
        match listening.waiting {
            Some(waiting) => self.play(waiting),
            None => State::Thinking(Thinking::about(turn, now, self.voice.now_ms(), self.voice.silence_ms())),
        }
    }

    fn pressed_done(&mut self, mut listening: Listening, now: u64) -> State {
        let Some(speech) = &mut listening.speech else { return State::Listening(listening) };
        speech.is_done = true;
        if speech.is_unasked() {
            self.ask(speech, 0, now);
        }
        self.weigh(listening, now)
    }

    /// Silence on the wall.
    fn passed_time(&mut self, mut listening: Listening, now: u64) -> State {
        if self.lost_since.is_some() {
            return State::Listening(listening);
        }
        let quiet = now.saturating_sub(listening.quiet_since);
        if self.is_muted
            && quiet >= self.options.reassure_ms
            && !std::mem::replace(&mut listening.told_muted, true)
        {
            self.notice(Notice::Muted);
            return State::Listening(listening);
        }
        let steps = [
            (self.options.reassure_ms, Effect::Reassure { how: Reassurance::TakeYourTime }),
            (self.options.offer_ms, Effect::Reassure { how: Reassurance::RepeatOrType }),
            (self.options.give_up_ms, Effect::Pause),
        ];
        let next = steps.into_iter().nth(usize::from(listening.reassured));
        if let Some((_, effect)) = next.filter(|(after, _)| quiet >= *after && !self.is_muted) {
            listening.reassured += 1;
            self.effects.push(effect);
        }
        self.weigh(listening, now)
    }
}
