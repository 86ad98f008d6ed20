//! The clock of a recording: its parts one after the other, and what of the interview lies where.

use greenroom_app::recordings::FoundPart;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::{Response, State, Status};

/// So long after an interview has ended what was recorded of it may still be on its way, ms.
const ON_ITS_WAY_MS: u64 = 120_000;

/// A part with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'a> {
    pub found: &'a FoundPart,
    /// Where it begins, ms.
    pub begins: u64,
}

/// The parts one after the other.
pub(super) fn placed<'a>(parts: impl IntoIterator<Item = &'a FoundPart>) -> Vec<Placed<'a>> {
    let mut begins = 0;
    let place = |found: &'a FoundPart| {
        let placed = Placed { found, begins };
        begins += found.part.length_ms;
        placed
    };
    parts.into_iter().map(place).collect()
}

/// How long they are together, ms.
pub(super) fn length_ms(parts: &[Placed<'_>]) -> u64 {
    parts.last().map_or(0, |last| last.begins + last.found.part.length_ms)
}

/// A spoken answer on the clock of `parts`.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedAnswer<'a> {
    /// Which question of the interview, from 0.
    pub index: usize,
    pub response: &'a Response,
    pub part: Placed<'a>,
    pub from_ms: u64,
    pub to_ms: u64,
}

/// The spoken answers whose line is among `parts`, in order.
pub(super) fn answers<'a>(state: &'a State, parts: &'a [Placed<'a>]) -> Vec<PlacedAnswer<'a>> {
    let responses = state
        .asked
        .iter()
        .enumerate()
        .flat_map(|(index, asked)| asked.responses.iter().map(move |response| (index, response)));
    let placed = responses.filter_map(|(index, response)| {
        let spoken = response.spoken.as_ref()?;
        let part = *parts.iter().find(|placed| placed.found.part.line == spoken.line)?;
        let place = |ms: u64| part.begins + ms.min(part.found.part.length_ms);
        Some(PlacedAnswer {
            index,
            response,
            part,
            from_ms: place(spoken.from_ms),
            to_ms: place(spoken.to_ms),
        })
    });
    placed.collect()
}

/// Whether something was spoken of which nothing is there yet, and may still come.
pub(super) fn is_awaited(state: &State, parts: &[FoundPart], now: Timestamp, changed_at: Timestamp) -> bool {
    let is_over = matches!(state.status, Status::Completed { .. } | Status::Abandoned { .. });
    let mut spoken =
        state.asked.iter().flat_map(|asked| &asked.responses).filter_map(|response| response.spoken.as_ref());
    let is_missing = spoken.any(|spoken| !parts.iter().any(|found| found.part.line == spoken.line));
    is_over && is_missing && now.ms_since(changed_at) < ON_ITS_WAY_MS
}
