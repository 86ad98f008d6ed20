//! A reply whose words are found by who speaks: they become known while it sounds.

use super::{Reply, Timed, guess_ms};
use crate::voice::sentences;
use tokio::task::AbortHandle;

/// The words of such a reply.
#[derive(Debug)]
pub(super) struct Worded {
    /// As they stand in the plan.
    plan: String,
    /// As they were found so far.
    said: String,
}

impl Reply {
    /// Somebody finds the words for `plan` and says them.
    pub fn worded_by(&mut self, task: AbortHandle, plan: String) {
        self.worded = Some(Worded { plan, said: String::new() });
        self.sentences.push(Timed { text: String::new(), from_ms: 0, ms: 0 });
        self.voicing = Some(task);
        (self.is_complete, self.is_measured) = (true, false);
    }

    /// Whether who speaks finds the words.
    pub fn is_worded(&self) -> bool {
        self.worded.is_some()
    }

    /// All words that were found so far.
    pub fn found(&mut self, words: String) {
        if let Some(worded) = &mut self.worded {
            worded.said = words;
            let total_ms = guess_ms(&worded.said).max(self.length_ms());
            self.places(total_ms);
        }
    }

    /// All of it was said: its words, and those of the plan.
    pub fn found_all(&mut self) -> Option<(String, String)> {
        self.voicing = None;
        self.is_measured = true;
        self.fill_up();
        self.places(self.length_ms());
        let worded = self.worded.as_ref()?;
        Some((worded.said.clone(), worded.plan.clone()))
    }

    /// Nobody finds words any more: what sounded stays, and what stands in the plan is to be said by others. All words,
    /// as they will have been said then.
    pub fn goes_by_the_plan(&mut self) -> String {
        self.found_all();
        let Some(Worded { plan, said }) = self.worded.take() else { return String::new() };
        let said = if self.length_ms() == 0 { String::new() } else { said };
        if said.is_empty() {
            self.sentences.clear();
        }
        self.hand(sentences::all(&plan));
        format!("{said} {plan}").trim().to_owned()
    }

    /// Its sentences so far.
    pub fn sentences(&self) -> &[Timed] {
        &self.sentences
    }

    /// Each sentence has the share of the sound that it has of the letters: nobody says where it sounds.
    fn places(&mut self, total_ms: u64) {
        let Some(worded) = &self.worded else { return };
        let texts = sentences::all(&worded.said);
        let letters = texts.iter().map(|text| text.chars().count() as u64).sum::<u64>().max(1);
        let (mut before, mut from_ms) = (0, 0);
        let place = |text: String| {
            before += text.chars().count() as u64;
            let to_ms = total_ms * before / letters;
            let ms = to_ms - std::mem::replace(&mut from_ms, to_ms);
            Timed { text, from_ms: to_ms - ms, ms }
        };
        let placed: Vec<Timed> = texts.into_iter().map(place).collect();
        if !placed.is_empty() {
            self.sentences = placed;
        } else if let Some(silent) = self.sentences.last_mut() {
            silent.ms = total_ms;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turn::{AnswerKind, ReplyId};
    use crate::voice::reply::About;
    use greenroom_media::link::Sound;

    fn reply() -> Reply {
        let mut reply = Reply::new(ReplyId(1), About::Farewell, AnswerKind::Telling);
        reply.worded =
            Some(Worded { plan: "What did you learn? And who helped?".to_owned(), said: String::new() });
        reply.sentences.push(Timed { text: String::new(), from_ms: 0, ms: 0 });
        (reply.is_complete, reply.is_measured) = (true, false);
        reply
    }

    fn places(reply: &Reply) -> Vec<(&str, u64, u64)> {
        reply.sentences.iter().map(|one| (one.text.as_str(), one.from_ms, one.ms)).collect()
    }

    #[test]
    fn words_are_placed_by_their_letters_as_they_become_known() {
        let mut reply = reply();
        assert!(reply.sounds(&Sound::Pcm(vec![7; 24_000].into())));
        assert!(!reply.sounds(&Sound::Pcm(vec![7; 24_000].into())));
        reply.found("I see.".to_owned());
        assert_eq!(places(&reply), [("I see.", 0, 2_000)]);
        reply.found("I see. So what did you learn?".to_owned());
        assert_eq!(reply.found_all().expect("words").0, "I see. So what did you learn?");
        let placed = places(&reply);
        assert_eq!((placed[0].0, placed[1].0), ("I see.", "So what did you learn?"));
        assert_eq!((placed[0].2 + placed[1].2, placed[1].1), (2_000, placed[0].2));
        assert!(reply.is_whole());
    }

    #[test]
    fn what_sounded_stays_when_others_go_on_by_the_plan() {
        let mut cut = reply();
        cut.sounds(&Sound::Pcm(vec![7; 24_000].into()));
        cut.found("I see. So what".to_owned());
        assert_eq!(cut.goes_by_the_plan(), "I see. So what What did you learn? And who helped?");
        assert_eq!(cut.next_sentence().expect("the plan").text, "What did you learn?");
        assert!(!cut.is_whole());
        let mut silent = reply();
        silent.found("I see.".to_owned());
        assert_eq!(silent.goes_by_the_plan(), "What did you learn? And who helped?");
        assert!(silent.sentences().is_empty(), "words that nobody heard were not said");
    }
}
