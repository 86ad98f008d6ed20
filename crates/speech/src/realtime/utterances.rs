//! Which of the session's utterances the items of the service are, and whose words are awaited.

use super::SpokenTo;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// Utterances whose words are not there yet, oldest first.
#[derive(Default)]
pub(super) struct Utterances {
    open: VecDeque<Utterance>,
    /// Sound since the last one ended, samples at 16 kHz.
    samples: usize,
}

struct Utterance {
    number: u32,
    /// What the service calls it; `None` until it has said so.
    item: Option<String>,
    text: String,
    ended: Instant,
    /// Added to the patience with its words.
    longer: Duration,
}

impl Utterances {
    pub fn sound(&mut self, samples: usize) {
        self.samples += samples;
    }

    pub fn forget(&mut self) {
        self.samples = 0;
    }

    pub fn end(&mut self, number: u32) {
        let longer = Duration::from_millis(std::mem::take(&mut self.samples) as u64 / 16 / 10);
        let (item, text, ended) = (None, String::new(), Instant::now());
        self.open.push_back(Utterance { number, item, text, ended, longer });
    }

    /// The service has taken the oldest that has no name yet.
    pub fn taken(&mut self, item: String) {
        if !item.is_empty() {
            self.of(&item);
        }
    }

    /// The oldest without a name was too short to be heard.
    pub fn was_empty(&mut self) -> Option<SpokenTo> {
        let at = self.open.iter().position(|one| one.item.is_none())?;
        let one = self.open.remove(at)?;
        Some(SpokenTo::Heard { utterance: one.number, text: String::new() })
    }

    pub fn partly(&mut self, item: &str, text: &str) -> Option<SpokenTo> {
        let at = self.of(item)?;
        let one = self.open.get_mut(at)?;
        one.text.push_str(text);
        Some(SpokenTo::HeardPartly { utterance: one.number, text: one.text.clone() })
    }

    pub fn whole(&mut self, item: &str, text: String) -> Option<SpokenTo> {
        let at = self.of(item)?;
        let one = self.open.remove(at)?;
        Some(SpokenTo::Heard { utterance: one.number, text })
    }

    pub fn failed(&mut self, item: &str) -> Option<SpokenTo> {
        let at = self.of(item)?;
        let one = self.open.remove(at)?;
        Some(SpokenTo::NotHeard { utterance: one.number })
    }

    /// When words are late.
    pub fn due(&self, patience: Duration) -> Option<Instant> {
        self.open.iter().map(|one| one.ended + patience + one.longer).min()
    }

    /// The place of `item`. One that was not spoken of before is the oldest without a name.
    fn of(&mut self, item: &str) -> Option<usize> {
        let known = self.open.iter().position(|one| one.item.as_deref() == Some(item));
        let at = known.or_else(|| self.open.iter().position(|one| one.item.is_none()))?;
        self.open[at].item.get_or_insert_with(|| item.to_owned());
        Some(at)
    }
}
