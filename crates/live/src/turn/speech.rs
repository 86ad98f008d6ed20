//! What was said in one turn: stretches of sound, and their words as they come back.

use super::input::StretchId;

/// Silence that belongs to no stretch, ms of audio: nobody is asked for the words of a minute with the microphone off.
const LONG_PAUSE_MS: u64 = 5_000;

/// What was said so far.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    stretches: Vec<Stretch>,
    /// Every request, and the words of the one that came back last: what is old for the text still shows that there
    /// are words.
    requests: Vec<StretchId>,
    glimpse: String,
    asked_until_ms: u64,
    /// The key was pressed: it ends as soon as its words are known.
    pub is_done: bool,
}

#[derive(Clone, Debug)]
struct Stretch {
    from_ms: u64,
    to_ms: u64,
    words: Words,
    /// Closed ones keep their words; what follows is a stretch of its own.
    is_closed: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Words {
    Unasked,
    Asked { stretch: StretchId, at: u64, so_far: Option<String> },
    Known(String),
    Failed,
}

/// A request for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub from_ms: u64,
    pub to_ms: u64,
}

impl Speech {
    /// Speech that began at `from_ms`.
    pub fn new(from_ms: u64) -> Self {
        let first = Stretch { from_ms, to_ms: from_ms, words: Words::Unasked, is_closed: false };
        Self {
            stretches: vec![first],
            requests: Vec::new(),
            glimpse: String::new(),
            asked_until_ms: from_ms,
            is_done: false,
        }
    }

    /// Where it began.
    pub fn began_ms(&self) -> u64 {
        self.stretches[0].from_ms
    }

    /// Where the stretch begins whose words may yet be asked for; a closed one has its words on the way.
    pub fn open_from_ms(&self) -> u64 {
        self.stretches.last().map_or(0, |last| if last.is_closed { last.to_ms } else { last.from_ms })
    }

    /// The voice was heard again from `from_ms`, until `to_ms`. After a pause whose words were asked for, the stretch is
    /// open again; after a long one another begins.
    pub fn goes_on(&mut self, from_ms: u64, to_ms: u64) {
        let last = self.last();
        if to_ms <= last.to_ms {
            return;
        }
        let is_anew = last.words != Words::Unasked && from_ms > last.to_ms + LONG_PAUSE_MS;
        if last.is_closed || is_anew {
            let from_ms = if is_anew { from_ms } else { last.to_ms };
            self.stretches.push(Stretch { from_ms, to_ms, words: Words::Unasked, is_closed: false });
        } else {
            last.to_ms = to_ms;
            last.words = Words::Unasked;
        }
    }

    /// Length of the stretch that is open, ms.
    pub fn open_ms(&self) -> u64 {
        self.stretches.last().filter(|last| !last.is_closed).map_or(0, |last| last.to_ms - last.from_ms)
    }

    /// Whether the words of the open stretch have not been asked for since it grew.
    pub fn is_unasked(&self) -> bool {
        self.stretches.last().is_some_and(|last| last.words == Words::Unasked)
    }

    /// Asks for the words of the open stretch up to `to_ms`. A long one is closed, so that requests stay short.
    pub fn ask(&mut self, stretch: StretchId, to_ms: u64, at: u64, close_from_ms: u64) -> Request {
        let last = self.last();
        last.to_ms = last.to_ms.max(to_ms);
        last.words = Words::Asked { stretch, at, so_far: None };
        last.is_closed = last.to_ms - last.from_ms >= close_from_ms;
        let request = Request { from_ms: last.from_ms, to_ms: last.to_ms };
        self.asked_until_ms = request.to_ms;
        self.requests.push(stretch);
        request
    }

    /// Words came back. Those of a stretch that has grown since are only a glimpse.
    pub fn understood(&mut self, id: StretchId, text: String, is_final: bool) {
        if !text.trim().is_empty() && self.requests.contains(&id) {
            self.glimpse.clone_from(&text);
        }
        for one in &mut self.stretches {
            if let Words::Asked { stretch, so_far, .. } = &mut one.words
                && *stretch == id
            {
                if is_final {
                    one.words = Words::Known(text)
                } else {
                    *so_far = Some(text)
                }
                return;
            }
        }
    }

    /// No words will come back.
    pub fn failed(&mut self, id: StretchId) {
        let asked = |one: &&mut Stretch| matches!(one.words, Words::Asked { stretch, .. } if stretch == id);
        if let Some(one) = self.stretches.iter_mut().find(asked) {
            one.words = Words::Failed;
        }
    }

    /// Gives up on words that were asked for before `deadline`.
    pub fn give_up_on(&mut self, deadline: u64) {
        let late = |one: &&mut Stretch| matches!(one.words, Words::Asked { at, .. } if at < deadline);
        self.stretches.iter_mut().filter(late).for_each(|one| one.words = Words::Failed);
    }

    /// All words, when those of every stretch are known or given up; `None` while some are under way.
    pub fn text(&self) -> Option<String> {
        let settled = |one: &Stretch| matches!(one.words, Words::Known(_) | Words::Failed);
        self.stretches.iter().all(settled).then(|| self.words_so_far())
    }

    /// The words that are known by now, also those that may yet change.
    pub fn words_so_far(&self) -> String {
        let words = self.stretches.iter().filter_map(|one| match &one.words {
            Words::Known(text) | Words::Asked { so_far: Some(text), .. } => Some(text.trim()),
            _ => None,
        });
        words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The last words that came back, whatever became of their stretch; empty when none did.
    pub fn glimpse(&self) -> &str {
        &self.glimpse
    }

    /// Up to where words were asked for, ms.
    pub fn asked_until_ms(&self) -> u64 {
        self.asked_until_ms
    }

    /// Whether words of the end are known, if only in part.
    pub fn knows_the_end(&self) -> bool {
        let last = self.stretches.last().map(|last| &last.words);
        matches!(last, Some(Words::Known(_) | Words::Asked { so_far: Some(_), .. }))
    }

    /// Whether the last stretch that was asked for whole has no word in it, and the sound goes on.
    pub fn is_drowned(&self) -> bool {
        let last = self.stretches.iter().rev().find(|one| one.is_closed && one.words != Words::Failed);
        last.is_some_and(|last| matches!(&last.words, Words::Known(text) if text.trim().is_empty()))
            && self.stretches.last().is_some_and(|last| !last.is_closed)
    }

    /// Forgets all but the stretch that is open: there was no word in it.
    pub fn begin_anew(&mut self) {
        self.stretches.drain(..self.stretches.len() - 1);
    }

    /// Whether a part was not understood.
    pub fn is_partial(&self) -> bool {
        self.stretches.iter().any(|one| one.words == Words::Failed)
    }

    fn last(&mut self) -> &mut Stretch {
        self.stretches.last_mut().expect("speech has a stretch from the beginning")
    }
}
