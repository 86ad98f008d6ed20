//! What happens at the connection of a page, and what it means.

use str0m::media::MediaKind;
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpPacket;
use str0m::{Event, IceConnectionState, Input, Output};
use tokio::time::Instant;

use super::super::switch::Datagram;
use super::{Gone, Peer};
use crate::codec::{Arrived, Hearing};
use crate::link::LineStats;

/// The data channel for messages, opened by the page.
const CHANNEL: &str = "greenroom";
/// Messages that wait to be read, at most.
const MOST_MESSAGES: usize = 64;
/// Datagrams in a row that may be wrong. One may be somebody else's doing.
const MOST_ERRORS: u32 = 32;

impl Peer {
    pub(super) fn receive(&mut self, datagram: &Datagram) -> Result<(), Gone> {
        let Ok(contents) = (&*datagram.bytes).try_into() else { return Ok(()) };
        let source = datagram.from;
        // The port has one address for each family, as far as the page is told.
        let same = self.local.iter().find(|local| local.is_ipv4() == source.is_ipv4());
        let Some(destination) = same.or(self.local.first()).copied() else { return Ok(()) };
        let receive = Receive { proto: Protocol::Udp, source, destination, contents };
        self.came = datagram.at;
        match self.rtc.handle_input(Input::Receive(datagram.at.into_std(), receive)) {
            Ok(()) => self.errors = 0,
            Err(error) => {
                tracing::debug!(%error, "a datagram of a page was refused");
                self.errors += 1;
            }
        }
        if self.errors > MOST_ERRORS { Err(Gone) } else { Ok(()) }
    }

    pub(super) fn pass_time(&mut self) -> Result<(), Gone> {
        self.came = Instant::now();
        self.rtc.handle_input(Input::Timeout(self.came.into_std())).map_err(|_| Gone)
    }

    /// Sends all that wants to be sent, and notes all that has happened. Must follow whatever was done to `rtc`.
    pub(super) fn drain(&mut self) -> Result<Instant, Gone> {
        loop {
            match self.rtc.poll_output().map_err(|_| Gone)? {
                Output::Timeout(wake) if self.rtc.is_alive() => return Ok(Instant::from_std(wake)),
                Output::Timeout(_) => return Err(Gone),
                Output::Transmit(transmit) => self.place.send(&transmit.contents, transmit.destination),
                Output::Event(event) => self.note(event)?,
            }
        }
    }

    fn note(&mut self, event: Event) -> Result<(), Gone> {
        match event {
            Event::Connected => self.is_connected = true,
            Event::MediaAdded(media) if media.kind == MediaKind::Audio => self.sound = Some(media.mid),
            Event::RtpPacket(packet) => self.hear(packet),
            Event::ChannelOpen(id, label) if label == CHANNEL => self.channel = Some(id),
            Event::ChannelData(data) if Some(data.id) == self.channel => {
                let text = String::from_utf8(data.data).map_err(|_| Gone)?;
                if data.binary || self.messages.len() >= MOST_MESSAGES {
                    return Err(Gone);
                }
                self.messages.push_back(text);
            }
            Event::ChannelClose(id) if Some(id) == self.channel => return Err(Gone),
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) | Event::Closed => {
                return Err(Gone);
            }
            Event::PeerStats(_) => {
                let heard = self.hearing.stats();
                let (received, lost) = (heard.received - self.counted.0, heard.lost - self.counted.1);
                self.counted = (heard.received, heard.lost);
                let loss = lost as f32 / (received + lost).max(1) as f32;
                self.line = Some(LineStats { rtt_ms: self.rtt_ms, jitter_ms: heard.jitter_ms, loss });
            }
            // Only the page's reports tell it: this side sends no checks of its own.
            Event::MediaEgressStats(stats) => {
                self.rtt_ms = stats.rtt.map_or(self.rtt_ms, |rtt| rtt.as_secs_f32() * 1_000.0);
            }
            _ => {}
        }
        Ok(())
    }

    fn hear(&mut self, packet: RtpPacket) {
        self.page.sound = Instant::now();
        let ssrc = *packet.header.ssrc;
        if self.ssrc.replace(ssrc).is_some_and(|before| before != ssrc) {
            self.hearing = Hearing::default();
            (self.is_new_stream, self.counted) = (true, (0, 0));
        }
        let arrived = Arrived {
            sequence: *packet.seq_no,
            ticks: packet.time.numer(),
            payload: packet.payload,
            at: packet.timestamp,
        };
        self.hearing.arrive(arrived, &mut self.frames);
    }
}
