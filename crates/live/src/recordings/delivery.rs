//! How somebody spoke, in numbers: for the speaker alone, and no part of a score.

use super::clock::{self, Placed, answers, is_awaited};
use super::numbers::unpacked;
use greenroom_app::recordings::{self, FoundPart};
use greenroom_app::{App, AppError, interviews};
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{Response, State, Status};
use greenroom_media::delivery::{
    self, Context, MeasureKey, MomentKind, NotMeasured, SoundFrame, Turn, measure,
};
use greenroom_speech::count_fillers;

/// What there is to say of how somebody spoke.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// The interview goes on, or its sound is still on its way.
    Pending,
    /// Nothing was spoken, or nothing could be measured.
    NotAvailable,
    /// This.
    Ready(Delivered),
}

/// Numbers of how somebody spoke, with places to listen to.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivered {
    /// The numbers.
    pub measures: Vec<DeliveredMeasure>,
    /// Where it is worth listening again, on the clock of the recording; none without one.
    pub moments: Vec<DeliveredMoment>,
}

/// A number, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveredMeasure {
    /// Which.
    pub key: MeasureKey,
    /// It.
    pub value: Option<f32>,
    /// What it counts in.
    pub unit: &'static str,
    /// Why there is none.
    pub left_out: Option<NotMeasured>,
    /// The lower end of what is usual.
    pub low: Option<f32>,
    /// The upper end.
    pub high: Option<f32>,
    /// Who found that, or why we chose it.
    pub source: String,
}

/// Where it is worth listening again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredMoment {
    /// What is to be heard.
    pub kind: MomentKind,
    /// From where, ms.
    pub from_ms: u64,
    /// To where, ms.
    pub to_ms: u64,
    /// The same in words.
    pub says: String,
}

/// How this person spoke in their practice interview. Somebody else's is not found.
pub async fn delivery(app: &App, user: UserId, session: SessionId) -> Result<Delivery, AppError> {
    let record = interviews::get(app, user, session).await?;
    let state = interviews::state(app, user, session).await?;
    let parts = recordings::parts(app, user, session).await?;
    let goes_on = matches!(state.status, Status::Active { .. } | Status::Paused);
    if goes_on || is_awaited(&state, &parts, app.now(), record.updated_at) {
        return Ok(Delivery::Pending);
    }
    let parts: Vec<FoundPart> = parts.into_iter().filter(|found| found.numbers.is_some()).collect();
    if parts.is_empty() {
        return Ok(Delivery::NotAvailable);
    }
    let mut frames = Vec::new();
    for placed in clock::placed(&parts) {
        let begins = u32::try_from(placed.begins).unwrap_or(u32::MAX);
        let own = numbers(app, placed.found).await?.into_iter();
        frames.extend(own.map(|frame| SoundFrame { at_ms: frame.at_ms.saturating_add(begins), ..frame }));
    }
    // Some hundred thousand numbers are sorted.
    let measuring = tokio::task::spawn_blocking(move || delivered(&state, &parts, &frames));
    Ok(Delivery::Ready(measuring.await.map_err(AppError::internal)?))
}

fn delivered(state: &State, parts: &[FoundPart], frames: &[SoundFrame]) -> Delivered {
    let placed = clock::placed(parts);
    let language = &state.settings.language;
    let answers = answers(state, &placed);
    let turns: Vec<Turn> = answers
        .iter()
        .map(|answer| Turn {
            from_ms: short(answer.from_ms),
            to_ms: short(answer.to_ms),
            asked_ms: asked_ms(state, answer.index, &answer.part, answer.from_ms),
            words: words(answer.response),
            fillers: fillers(answer.response, answer.part.found.part.keeps_fillers, language),
        })
        .collect();
    let spoken = placed.iter().flat_map(|placed| {
        let said = placed.found.part.said.iter();
        said.map(|said| (short(placed.begins + said.from_ms), short(placed.begins + said.to_ms)))
    });
    // Pages ask the browser to keep the level; what is not known counts as that.
    let auto_gain = parts.iter().any(|found| found.part.auto_gain != Some(false));
    let context = Context { language: language.clone(), spoken: spoken.collect(), auto_gain };
    let measured = measure(frames, &turns, &context);
    let measures = measured.measures.into_iter().map(|measure| DeliveredMeasure {
        unit: unit(measure.key),
        key: measure.key,
        value: measure.value,
        left_out: measure.not_measured,
        low: measure.norm.low,
        high: measure.norm.high,
        source: measure.norm.source.or(measure.norm.ours).unwrap_or_default(),
    });
    let moments = measured.moments.into_iter().filter_map(|moment| on_recording(parts, &placed, moment));
    Delivered { measures: measures.collect(), moments: moments.collect() }
}

/// The same moment on the clock of the recording, which has no parts without sound.
fn on_recording(
    parts: &[FoundPart],
    placed: &[Placed<'_>],
    moment: delivery::Moment,
) -> Option<DeliveredMoment> {
    let from_ms = u64::from(moment.from_ms);
    let part = placed.iter().rev().find(|placed| placed.begins <= from_ms)?;
    let recorded = clock::placed(parts.iter().filter(|found| found.is_recorded()));
    let there = recorded.iter().find(|placed| placed.found.part.id == part.found.part.id)?;
    let place = |ms: u32| there.begins + u64::from(ms) - part.begins;
    Some(DeliveredMoment {
        kind: moment.kind,
        from_ms: place(moment.from_ms),
        to_ms: place(moment.to_ms.max(moment.from_ms)),
        says: says(moment),
    })
}

fn says(moment: delivery::Moment) -> String {
    let seconds = f64::from(moment.to_ms.saturating_sub(moment.from_ms)) / 1_000.0;
    match moment.kind {
        MomentKind::LongPause => format!("A silence of {seconds:.1} s within an answer"),
        MomentKind::Interruption => "You spoke while the interviewer did".to_owned(),
        MomentKind::Rushed => "An answer much faster than your others".to_owned(),
        MomentKind::Clipping => "Too loud for the microphone: the sound is cut off".to_owned(),
    }
}

/// Where the candidate spoke over the interviewer in a part, ms.
pub(super) async fn interruptions(app: &App, found: &FoundPart) -> Result<Vec<(u64, u64)>, AppError> {
    let frames = numbers(app, found).await?;
    let said = found.part.said.iter();
    let spoken: Vec<(u32, u32)> = said.map(|said| (short(said.from_ms), short(said.to_ms))).collect();
    let over = delivery::interruptions(&frames, &spoken);
    Ok(over.into_iter().map(|(from, to)| (u64::from(from), u64::from(to))).collect())
}

async fn numbers(app: &App, found: &FoundPart) -> Result<Vec<SoundFrame>, AppError> {
    let Some(file) = &found.numbers else { return Ok(Vec::new()) };
    Ok(unpacked(&recordings::bytes_of(app, file).await?))
}

/// When a question had been asked for the last time before the answer began, on the clock of the answers.
fn asked_ms(state: &State, index: usize, part: &Placed<'_>, answered_ms: u64) -> Option<u32> {
    let question = state.asked.get(index)?.question.id;
    let said = part.found.part.said.iter().filter(|said| said.question_id == Some(question));
    said.map(|said| part.begins + said.to_ms).filter(|at| *at <= answered_ms).max().map(short)
}

/// Words as they were understood; `None` where they are not told apart.
fn words(response: &Response) -> Option<u32> {
    let heard = response.misheard.as_ref().unwrap_or(&response.content);
    let told = response.spoken.as_ref().map_or(0, |spoken| spoken.words.len());
    let count = heard.split_whitespace().count();
    let is_apart = count > 1 || heard.chars().count() < 12;
    let count = if is_apart { count } else { told };
    u32::try_from(count).ok().filter(|count| *count > 0)
}

fn fillers(response: &Response, are_kept: bool, language: &str) -> Option<u32> {
    let heard = response.misheard.as_ref().unwrap_or(&response.content);
    let short = language.split('-').next().unwrap_or_default();
    are_kept.then(|| count_fillers(heard, short))
}

fn unit(key: MeasureKey) -> &'static str {
    match key {
        MeasureKey::WordsPerMinute | MeasureKey::ArticulationWordsPerMinute => "words/min",
        MeasureKey::PausesPerMinute => "1/min",
        MeasureKey::LongestPauseS | MeasureKey::ResponseDelayS => "s",
        MeasureKey::PitchSpreadSemitones => "semitones",
        MeasureKey::LoudnessSpreadDb | MeasureKey::SignalToNoiseDb => "dB",
        MeasureKey::TalkShare | MeasureKey::ClippedShare => "share",
        MeasureKey::Interruptions => "times",
        MeasureKey::FillersPerHundredWords => "in 100 words",
    }
}

fn short(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}
