//! What comes to a conversation, one thing after another, and what goes to the page.

use super::actor::{Actor, Done, Written};
use super::control::{FromPageMessage, NoticeKind, Reason, ToPageMessage};
use super::ports::Told;
use super::reply::Reply;
use crate::turn::{Input, Phase, ReplyId};
use greenroom_domain::interview::{State, Transport};
use greenroom_media::link::{self, FromPage, ToPage};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// How often the machine is told that time passes.
const TICK: Duration = Duration::from_millis(100);
/// Loss from which the candidate is told, share of packets.
const WEAK_LOSS: f32 = 0.08;
/// Round trip from which the candidate is told, ms.
const WEAK_RTT_MS: f32 = 600.0;

impl Actor {
    /// Does what comes next, until the conversation ends.
    pub async fn run(
        &mut self,
        state: &State,
        incoming: &mut mpsc::Receiver<FromPage>,
        outgoing: &mpsc::Sender<ToPage>,
        mut told: mpsc::Receiver<Told>,
        mut work: mpsc::Receiver<Done>,
        stopping: CancellationToken,
    ) -> Reason {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if let Some(reason) = self.ended {
                return reason;
            }
            tokio::select! {
                biased;
                () = stopping.cancelled() => return Reason::Restart,
                room = outgoing.reserve(), if self.has_something_to_send() => match room {
                    Ok(room) => if let Some(next) = self.next_to_send() { room.send(next) },
                    Err(_) => return Reason::Left,
                },
                done = work.recv() => if let Some(done) = done { self.worked(done) },
                Some(written) = self.writes.join_next() => match written {
                    Ok(written) => self.written(written),
                    Err(error) => tracing::error!(%error, "what was said could not be stored"),
                },
                told = told.recv(), if self.is_connected => match told {
                    Some(told) => self.learns(told),
                    None => return Reason::Broken,
                },
                from_page = incoming.recv() => match from_page {
                    Some(from_page) => self.hears(from_page, state),
                    None => return Reason::Left,
                },
                _ = tick.tick() => self.time_passes(),
                Some(_) = self.engines.join_next() => {}
            }
        }
    }

    fn hears(&mut self, from_page: FromPage, state: &State) {
        match from_page {
            FromPage::Connected { transport } => self.connected(transport, state),
            FromPage::Audio { at_ms, pcm, concealed, packets } => {
                self.hears_sound(at_ms, &pcm, concealed, &packets);
            }
            FromPage::Message(text) => self.reads(&text),
            FromPage::Played { reply, ms } => self.played(ReplyId(reply), ms),
            FromPage::Lost => {
                self.is_lost = true;
                self.give(Input::Lost);
            }
            FromPage::Back { .. } => {
                self.is_lost = false;
                self.tells(ToPageMessage::Phase { phase: self.machine.phase() });
                if !self.is_paused {
                    self.give(Input::Back);
                }
            }
            FromPage::Stats(stats) => {
                let is_weak = stats.loss >= WEAK_LOSS || stats.rtt_ms >= WEAK_RTT_MS;
                if is_weak && !self.is_weak {
                    self.notices(NoticeKind::NetworkWeak, None);
                }
                self.is_weak = is_weak;
            }
        }
    }

    fn connected(&mut self, transport: link::Transport, state: &State) {
        let transport = match transport {
            link::Transport::Webrtc => Transport::WebRtc,
            link::Transport::Websocket => Transport::WebSocket,
        };
        let (interview, line) = (self.interview.clone(), self.line.clone());
        self.writes.spawn(async move { Written::Other("join", interview.join(&line, transport).await) });
        self.is_connected = true;
        self.tells(ToPageMessage::Phase { phase: Phase::Connecting });
        self.tells_recording();
        self.opens_ear();
        self.give(Input::Connected);
        self.begins(state);
    }

    fn reads(&mut self, text: &str) {
        let Ok(message) = serde_json::from_str(text) else { return };
        match message {
            FromPageMessage::Hello { muted, auto_gain, .. } => {
                if let Some(take) = &self.take {
                    take.hears_with(auto_gain);
                }
                self.mutes(muted);
            }
            FromPageMessage::Muted { on } => self.mutes(on),
            // Silence counts anew: somebody is there.
            FromPageMessage::Typing => self.give(Input::Muted(self.is_muted)),
            FromPageMessage::Done => self.give(Input::Done),
            FromPageMessage::Repeat => self.says_again(),
            FromPageMessage::Bye => self.ended = Some(Reason::Left),
        }
    }

    fn mutes(&mut self, on: bool) {
        self.is_muted = on;
        self.give(Input::Muted(on));
    }

    fn worked(&mut self, done: Done) {
        match done {
            Done::Words { stretch, from_ms, to_ms, outcome } => {
                self.understood(stretch, (from_ms, to_ms), outcome);
            }
            Done::Slow { engine } => self.engine_lost(engine),
            Done::Heard { ear, heard } => self.ear_heard(ear, heard),
            Done::EarEnded { ear, hears_on } => self.ear_ended(ear, hears_on),
            Done::Sound { reply, sound } => self.sounds(reply, &sound),
            Done::SentenceOver { reply, outcome } => self.sentence_over(reply, outcome),
            Done::Worded { reply, text } => self.worded(reply, text),
            Done::ReplyOver { reply, outcome } => self.reply_over(reply, outcome),
        }
    }

    fn has_something_to_send(&self) -> bool {
        !self.outbox.is_empty() || self.replies.iter().any(Reply::has_block)
    }

    fn next_to_send(&mut self) -> Option<ToPage> {
        if let Some(next) = self.outbox.pop_front() {
            return Some(next);
        }
        let block = self.replies.iter_mut().find_map(Reply::next_block)?;
        if let ToPage::Audio { reply, from_ms, sound } = &block {
            self.take.iter_mut().for_each(|take| take.says(*reply, *from_ms, sound));
            let now = self.now();
            let marks = self.marks.as_mut().and_then(|marks| marks.audio(now));
            marks.into_iter().for_each(|marks| self.tells(marks));
        }
        Some(block)
    }
}
