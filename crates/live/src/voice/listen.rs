//! Listening while one speaks: sound goes to a streaming recogniser as it comes, words that may still change to captions
//! and turn machine, and the words of a stretch are there soon after its end. When it fails, stretches are asked for as
//! a whole: their sound is kept until their words are there.

use super::actor::{Actor, Done};
use super::ears::lost;
use super::hear::SLOW;
use super::ports::{Ears, EngineLost};
use super::stream::Wanted;
use crate::turn::{Input, Phase, StretchId};
use futures::StreamExt;
use greenroom_speech::{Command, Heard, Listening};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Frames of 20 ms that may wait for an ear that is being opened: 20 s.
const WAITING: usize = 1_000;
/// How long words may take after the end of an utterance was told, on top of a tenth of its length. Engines have failed
/// over to each other by then.
const PATIENCE: Duration = Duration::from_millis(3_500);
/// How long after an ear has failed the next one is opened, ms.
const AGAIN_MS: u64 = 5_000;

impl Actor {
    /// Opens an ear that hears while one speaks, where there is one.
    pub(super) fn opens_ear(&mut self) {
        let Some(ears) = self.ears.clone() else { return };
        if !self.stream.may_open(self.now()) {
            return;
        }
        let number = self.stream.begins();
        let (told, commands) = mpsc::channel(WAITING);
        let task = self.engines.spawn(attend(ears, number, commands, self.done.clone()));
        self.stream.opened(told, task);
    }

    /// Tells the ear what has come since somebody speaks. Silence between answers is told to nobody.
    pub(super) fn tells_ear(&mut self) {
        let Some(from_ms) = self.machine.hears_from_ms() else { return };
        self.opens_ear();
        let (told, to_ms) = (self.stream.told_until(), self.sound.received_ms());
        let from_ms = from_ms.max(told);
        let goes_on = self.stream.has_begun() || self.machine.spoke_until_ms() > told;
        if !self.stream.is_open() || !goes_on || from_ms >= to_ms {
            return;
        }
        let sound = self.sound.between(from_ms, to_ms);
        let is_taken = self.stream.tell(from_ms, to_ms, sound);
        if !is_taken {
            self.loses_ear(Some(AGAIN_MS));
        } else if self.stream.has_open_end() && self.machine.is_pause() {
            self.ends_utterance();
        }
    }

    /// Waits for the words of a stretch that the ear has heard, and asks for its last ones unless the voice goes on.
    pub(super) fn waits_for_words(&mut self, stretch: StretchId, from_ms: u64, to_ms: u64) {
        self.tells_ear();
        let sound = self.sound.between(from_ms, to_ms);
        if !self.stream.is_open() {
            return self.asks_engine(stretch, from_ms, to_ms, sound);
        }
        self.stream.want(Wanted { stretch, from_ms, to_ms, sound, since: None, is_told: false });
        // Words over a reply are only glimpsed while they last: an utterance that is cut is understood badly.
        if self.machine.phase() == Phase::Listening || self.machine.is_pause() {
            self.ends_utterance();
        }
        self.gives_glimpse();
        self.gives_words();
    }

    /// Ends the utterance that is being told: what follows is another matter.
    pub(super) fn ends_utterance(&mut self) {
        let now = self.now();
        match self.stream.finish() {
            true => self.stream.ends_told(now),
            false => self.loses_ear(Some(AGAIN_MS)),
        }
    }

    /// The ear understood something.
    pub(super) fn ear_heard(&mut self, number: u64, heard: Heard) {
        if !self.stream.is(number) {
            return;
        }
        let before = self.partial_words().to_owned();
        self.stream.understood(heard);
        if self.partial_words() != before && !self.partial_words().is_empty() {
            self.captions(false);
        }
        self.gives_glimpse();
        self.gives_words();
        self.stream.forget_before(self.machine.needs_from_ms());
    }

    /// Words of the answer that may still change.
    pub(super) fn partial_words(&self) -> &str {
        self.machine.hears_from_ms().map_or("", |from_ms| self.stream.partial(from_ms))
    }

    fn gives_glimpse(&mut self) {
        if let Some((stretch, text)) = self.stream.glimpse() {
            self.give(Input::Words { stretch, text, is_final: false });
        }
    }

    fn gives_words(&mut self) {
        while let Some((wanted, words)) = self.stream.answered() {
            self.understood(wanted.stretch, (wanted.from_ms, wanted.to_ms), Ok(words));
        }
    }

    /// The ear has ended; `hears_on` is false where there is none that hears while one speaks.
    pub(super) fn ear_ended(&mut self, number: u64, hears_on: bool) {
        if self.stream.is(number) {
            self.loses_ear(hears_on.then_some(AGAIN_MS));
        }
    }

    /// Looks whether words take too long.
    pub(super) fn minds_ear(&mut self) {
        let now = self.now();
        let late = |wanted: &Wanted, patience: Duration| {
            let patience = patience.as_millis() as u64 + (wanted.to_ms - wanted.from_ms) / 10;
            wanted.since.is_some_and(|since| now >= since + patience)
        };
        let mut is_slow = false;
        for wanted in self.stream.waiting() {
            is_slow |= late(wanted, SLOW) && !std::mem::replace(&mut wanted.is_told, true);
        }
        if is_slow {
            self.engine_lost("speech_to_text".to_owned());
        }
        if self.stream.waiting().any(|wanted| late(wanted, PATIENCE)) {
            self.loses_ear(Some(AGAIN_MS));
        }
    }

    /// The ear is of no use any more: what it was asked for is asked for as a whole.
    fn loses_ear(&mut self, again_ms: Option<u64>) {
        let opens_at = again_ms.map(|ms| self.now() + ms);
        for Wanted { stretch, from_ms, to_ms, sound, .. } in self.stream.closed(opens_at) {
            self.asks_engine(stretch, from_ms, to_ms, sound);
        }
    }
}

/// Carries sound to an ear and words back until one of them ends.
async fn attend(ears: Arc<dyn Ears>, ear: u64, told: mpsc::Receiver<Command>, done: mpsc::Sender<Done>) {
    let hears_on = match ears.listen().await {
        None => false,
        Some(Ok(listening)) => {
            if let Err(lost) = carry(listening, ear, told, &done).await {
                tracing::info!(engine = lost.engine, "an ear that heard while one spoke has ended");
            }
            true
        }
        Some(Err(_)) => true,
    };
    // Who does not listen any more has gone.
    let _ = done.send(Done::EarEnded { ear, hears_on }).await;
}

async fn carry(
    listening: Listening,
    ear: u64,
    mut told: mpsc::Receiver<Command>,
    done: &mpsc::Sender<Done>,
) -> Result<(), EngineLost> {
    let Listening { sink, mut heard } = listening;
    loop {
        tokio::select! {
            biased;
            heard = heard.next() => match heard {
                Some(Ok(heard)) => {
                    if done.send(Done::Heard { ear, heard }).await.is_err() {
                        return Ok(());
                    }
                }
                Some(Err(error)) => return Err(lost(&error)),
                None => return Ok(()),
            },
            command = told.recv() => {
                let outcome = match command {
                    Some(Command::Sound(pcm)) => sink.send(pcm).await,
                    Some(Command::Finish) => sink.finish_utterance().await,
                    Some(Command::Close) | None => return Ok(()),
                };
                // Why it takes no more stands in what it says.
                if outcome.is_err() {
                    told.close();
                }
            }
        }
    }
}
