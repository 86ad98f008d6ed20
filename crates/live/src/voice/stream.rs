//! A streaming recogniser's share of a conversation: what it was told, what it understood, and whose words are waited for.

use super::ears::understood;
use super::ports::Understood;
use crate::turn::StretchId;
use greenroom_domain::interview::SpokenWord;
use greenroom_speech::{Command, Heard, Pcm16k};
use std::collections::VecDeque;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// What became of one streaming recogniser after the other. Places are ms of sound received.
#[derive(Debug, Default)]
pub(super) struct Stream {
    ear: Option<Ear>,
    /// Which one it is, counted from 1. What others say is dropped.
    number: u64,
    /// From when on a new one may be opened, ms by the wall; `None` when there is none that hears while one speaks.
    opens_at: Option<u64>,
    told_until: u64,
    /// Where the utterance begins that is being told.
    began: Option<u64>,
    /// Its number.
    utterance: u32,
    /// Those that were finished, in order.
    finished: VecDeque<Utterance>,
    partial: Option<(u32, String)>,
    wanted: Vec<Wanted>,
}

#[derive(Debug)]
struct Ear {
    told: mpsc::Sender<Command>,
    task: AbortHandle,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
struct Utterance {
    number: u32,
    from_ms: u64,
    to_ms: u64,
    words: Option<Understood>,
}

/// A stretch whose words are waited for, with its sound: should the ear fail, somebody else is asked.
#[derive(Debug)]
pub(super) struct Wanted {
    pub stretch: StretchId,
    pub from_ms: u64,
    pub to_ms: u64,
    pub sound: Vec<i16>,
    /// Since when its end was told, ms by the wall; `None` while the voice goes on.
    pub since: Option<u64>,
    /// Whether the candidate was told that it takes long.
    pub is_told: bool,
}

impl Wanted {
    fn has(&self, from_ms: u64, to_ms: u64) -> bool {
        (self.from_ms..self.to_ms).contains(&u64::midpoint(from_ms, to_ms))
    }
}

impl Stream {
    /// One that may be opened at once.
    pub fn new() -> Self {
        Self { opens_at: Some(0), ..Self::default() }
    }

    pub fn may_open(&self, now: u64) -> bool {
        self.ear.is_none() && self.opens_at.is_some_and(|at| now >= at)
    }

    /// The number of the next ear, which has heard nothing yet.
    pub fn begins(&mut self) -> u64 {
        *self = Self { number: self.number + 1, ..Self::default() };
        self.number
    }

    pub fn opened(&mut self, told: mpsc::Sender<Command>, task: AbortHandle) {
        self.ear = Some(Ear { told, task });
    }

    /// Ends the ear. Those whose words are waited for have to be asked for elsewhere.
    pub fn closed(&mut self, opens_at: Option<u64>) -> Vec<Wanted> {
        let (number, wanted) = (self.number, std::mem::take(&mut self.wanted));
        *self = Self { number, opens_at, ..Self::default() };
        wanted
    }

    pub fn is_open(&self) -> bool {
        self.ear.is_some()
    }

    /// Whether this is the ear that listens now.
    pub fn is(&self, number: u64) -> bool {
        self.is_open() && self.number == number
    }

    /// Up to where it was told.
    pub fn told_until(&self) -> u64 {
        self.told_until
    }

    /// Whether an utterance is being told.
    pub fn has_begun(&self) -> bool {
        self.began.is_some()
    }

    /// Tells it sound. `false` when it takes no more.
    pub fn tell(&mut self, from_ms: u64, to_ms: u64, sound: Vec<i16>) -> bool {
        // What was left unfinished belongs to something else: an answer that was typed after all.
        if from_ms > self.told_until && !self.finish() {
            return false;
        }
        self.began.get_or_insert(from_ms);
        self.told_until = to_ms;
        self.send(Command::Sound(Pcm16k::new(sound)))
    }

    /// Ends the utterance: its words follow. `false` when it takes no more.
    pub fn finish(&mut self) -> bool {
        let Some(from_ms) = self.began.take() else { return true };
        let (number, to_ms) = (self.utterance, self.told_until);
        self.finished.push_back(Utterance { number, from_ms, to_ms, words: None });
        self.utterance += 1;
        self.send(Command::Finish)
    }

    fn send(&self, command: Command) -> bool {
        self.ear.as_ref().is_some_and(|ear| ear.told.try_send(command).is_ok())
    }

    /// Words are waited for. Those of the same stretch before it had grown are not any more.
    pub fn want(&mut self, wanted: Wanted) {
        self.wanted.retain(|before| before.from_ms != wanted.from_ms);
        self.wanted.push(wanted);
    }

    /// Whether words are waited for whose end was not told yet.
    pub fn has_open_end(&self) -> bool {
        self.wanted.iter().any(|wanted| wanted.since.is_none())
    }

    /// The end of all that is waited for was told.
    pub fn ends_told(&mut self, now: u64) {
        self.wanted.iter_mut().for_each(|wanted| wanted.since = wanted.since.or(Some(now)));
    }

    /// What is waited for.
    pub fn waiting(&mut self) -> impl Iterator<Item = &mut Wanted> {
        self.wanted.iter_mut()
    }

    /// It understood something.
    pub fn understood(&mut self, heard: Heard) {
        match heard {
            Heard::Partial { utterance, text } => self.partial = Some((utterance, text)),
            Heard::Final { utterance, transcript } => {
                self.partial.take_if(|(of, _)| *of <= utterance);
                if let Some(found) = self.finished.iter_mut().find(|one| one.number == utterance) {
                    found.words = Some(understood(transcript));
                }
            }
        }
    }

    /// Words that may still change, of what was said at `from_ms` or later; empty when there are none.
    pub fn partial(&self, from_ms: u64) -> &str {
        let Some((number, text)) = &self.partial else { return "" };
        let is_now = self.place_of(*number).is_some_and(|(_, to_ms)| to_ms > from_ms);
        if is_now { text.trim() } else { "" }
    }

    /// Whether there were words that may still change; there are none any more.
    pub fn forgets_partial(&mut self) -> bool {
        self.partial.take().is_some()
    }

    fn place_of(&self, number: u32) -> Option<(u64, u64)> {
        if number == self.utterance {
            return self.began.map(|from_ms| (from_ms, self.told_until));
        }
        let found = self.finished.iter().find(|one| one.number == number && one.words.is_none());
        found.map(|one| (one.from_ms, one.to_ms))
    }

    /// All words so far of what was asked for last; `None` when there are none.
    pub fn glimpse(&self) -> Option<(StretchId, String)> {
        let wanted = self.wanted.last()?;
        let known = self.finished.iter().filter(|one| wanted.has(one.from_ms, one.to_ms));
        let known = known.filter_map(|one| one.words.as_ref()).map(|words| words.text.trim());
        let all: Vec<&str> =
            known.chain([self.partial(wanted.from_ms)]).filter(|text| !text.is_empty()).collect();
        (!all.is_empty()).then(|| (wanted.stretch, all.join(" ")))
    }

    /// What is wanted and known by now, which is no longer waited for.
    pub fn answered(&mut self) -> Option<(Wanted, Understood)> {
        let is_known = |wanted: &Wanted| {
            let is_told = wanted.since.is_some() && self.began.is_none_or(|began| began >= wanted.to_ms);
            let mut of = self.finished.iter().filter(|one| wanted.has(one.from_ms, one.to_ms));
            is_told && of.all(|one| one.words.is_some())
        };
        let at = self.wanted.iter().position(is_known)?;
        let wanted = self.wanted.remove(at);
        let words = self.words_of(&wanted);
        Some((wanted, words))
    }

    fn words_of(&self, wanted: &Wanted) -> Understood {
        let mut all = Understood::default();
        for one in self.finished.iter().filter(|one| wanted.has(one.from_ms, one.to_ms)) {
            let Some(words) = &one.words else { continue };
            let begins = one.from_ms.saturating_sub(wanted.from_ms);
            let moved = |word: &SpokenWord| SpokenWord {
                text: word.text.clone(),
                from_ms: begins + word.from_ms,
                to_ms: begins + word.to_ms,
            };
            all.words.extend(words.words.iter().map(moved));
            all.voices.extend(words.voices.iter().map(|voice| voice.moved(begins)));
            all.text = format!("{} {}", all.text, words.text.trim()).trim().to_owned();
            all.engine.clone_from(&words.engine);
        }
        all
    }

    /// Nothing before this place will be asked for.
    pub fn forget_before(&mut self, ms: u64) {
        let first = self.wanted.iter().map(|wanted| wanted.from_ms).fold(ms, u64::min);
        self.finished.retain(|one| one.to_ms > first);
    }
}
