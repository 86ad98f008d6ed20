//! How much silence ends a turn.

use super::input::AnswerKind;
use super::options::Options;
use super::pace::Pace;
use super::words::{Ear, Ending};

/// Silence, ms, that ends a turn whose words so far are `text` (`None`: not known yet).
///
/// What was said decides; the kind of question stretches it; it never falls below the person's own pace.
pub(super) fn silence_ms(
    options: &Options,
    ear: &Ear,
    pace: &Pace,
    kind: AnswerKind,
    text: Option<&str>,
) -> u64 {
    let stretched = |ms: u64| match kind {
        AnswerKind::Telling => ms,
        AnswerKind::WorkingOut => ms * options.working_out_percent / 100,
    };
    let own = pace.floor_ms().min(options.unfinished_ms);
    let wanted = match text.map(|text| ear.ending(text)) {
        None | Some(Ending::Open) => stretched(options.base_ms),
        Some(Ending::Finished) => stretched(options.finished_ms),
        Some(Ending::Unfinished) => options.unfinished_ms,
        Some(Ending::AsksForTime) => options.asked_for_time_ms,
    };
    wanted.max(own)
}
