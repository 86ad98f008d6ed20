//! Runs of voice and silence, in ms of audio received.

use super::input::FRAME_MS;

/// A gap inside a word: shorter ones do not end a run.
const GAP_MS: u64 = 64;

/// What the detector has said so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Voice {
    clock_ms: u64,
    run: Option<Run>,
    spoke_until_ms: u64,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    from_ms: u64,
    voiced_ms: u64,
    until_ms: u64,
}

impl Voice {
    /// Takes the next frame. A run of at least `onset_ms` is speech, anything shorter a click.
    pub fn hear(&mut self, voiced: bool, onset_ms: u64) {
        let began = self.clock_ms;
        self.clock_ms += FRAME_MS;
        if voiced {
            let run = self.run.get_or_insert(Run { from_ms: began, voiced_ms: 0, until_ms: began });
            run.voiced_ms += FRAME_MS;
            run.until_ms = self.clock_ms;
            if run.voiced_ms >= onset_ms {
                self.spoke_until_ms = self.clock_ms;
            }
        } else if self.run.is_some_and(|run| self.clock_ms - run.until_ms > GAP_MS) {
            self.run = None;
        }
    }

    /// Audio received, ms.
    pub fn now_ms(&self) -> u64 {
        self.clock_ms
    }

    /// Where the present run began, also one that is not yet speech; now, in silence.
    pub fn run_from_ms(&self) -> u64 {
        self.run.map_or(self.clock_ms, |run| run.from_ms)
    }

    /// Where the present run began, when it is already speech.
    pub fn speech_from(&self, onset_ms: u64) -> Option<u64> {
        self.run.filter(|run| run.voiced_ms >= onset_ms).map(|run| run.from_ms)
    }

    /// Where the present run began, when it is already speech and began at `ms` or later.
    pub fn speech_since(&self, ms: u64, onset_ms: u64) -> Option<u64> {
        self.speech_from(onset_ms).filter(|from| *from >= ms)
    }

    /// Voice of the present run, ms; 0 in silence.
    pub fn run_ms(&self) -> u64 {
        self.run.map_or(0, |run| run.voiced_ms)
    }

    /// Whether a run is under way that may yet become speech.
    pub fn is_undecided(&self, onset_ms: u64) -> bool {
        self.run.is_some_and(|run| run.voiced_ms < onset_ms)
    }

    /// Where speech last ended, ms.
    pub fn spoke_until_ms(&self) -> u64 {
        self.spoke_until_ms
    }

    /// Silence since speech last ended, ms.
    pub fn silence_ms(&self) -> u64 {
        self.clock_ms - self.spoke_until_ms
    }
}
