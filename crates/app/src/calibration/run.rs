//! Calibrates the bank: collects answers, estimates, stores.

use super::answers::{Collected, collect};
use super::job::KIND;
use super::refresh::refresh;
use crate::{App, AppError, Result};
use greenroom_domain::ability::ItemEstimate;
use greenroom_domain::bank::QuestionCalibration;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::Difficulty;
use greenroom_scoring::irt::calibration::{
    Answer, CalibratedItem, CalibrationError, ItemPrior, Options, Person, calibrate,
};
use greenroom_scoring::irt::drift::Drift;
use greenroom_scoring::irt::marks::first_parameters;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

/// People who must have answered a question before anything is said of it.
const LEAST_ANSWERS: u32 = 30;

/// How far a calibration is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Interviews are read.
    Reading {
        /// So many so far.
        interviews: u32,
    },
    /// Parameters are estimated.
    Estimating {
        /// Share of the way, 0..=1.
        share: f64,
    },
}

/// What a calibration came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calibrated {
    /// Interviews that were looked at.
    pub interviews: u32,
    /// Answers that counted.
    pub answers: u32,
    /// Questions that enough people answered: these have new parameters.
    pub questions: u32,
    /// Questions with fewer answers: these keep their author's level.
    pub too_few: u32,
    /// Questions that a curator should look at.
    pub flagged: u32,
}

/// Where calibration stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// When the last one was stored; `None` before the first with a result.
    pub at: Option<Timestamp>,
    /// How far the one is that is under way at this node.
    pub progress: Option<Progress>,
    /// Whether one is queued for now, or under way anywhere.
    pub waiting: bool,
    /// Questions with parameters by their answers.
    pub questions: u32,
    /// Those of them that a curator should look at.
    pub flagged: u32,
}

/// The calibration that is under way at this node.
#[derive(Clone, Default)]
pub(crate) struct Going(Arc<Mutex<Option<Progress>>>);

impl Going {
    fn put(&self, progress: Option<Progress>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }

    fn get(&self) -> Option<Progress> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the display, also when the task was ended or panicked.
struct Leave(Going);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.put(None);
    }
}

/// Where calibration stands.
pub async fn standing(app: &App) -> Result<Standing> {
    let found = app.store().question_calibrations().await?;
    Ok(Standing {
        at: found.iter().map(|one| one.at).max(),
        progress: app.calibrating().get(),
        waiting: app.store().due_jobs(KIND, app.now()).await? > 0,
        questions: found.len() as u32,
        flagged: found.iter().filter(|one| one.flagged).count() as u32,
    })
}

/// Calibrates by the stored answers and takes up what is found. `told` hears how far it is.
pub async fn run(app: &App, told: impl Fn(Progress) + Send + Sync + 'static) -> Result<Calibrated> {
    let going = app.calibrating().clone();
    let _leave = Leave(going.clone());
    let tell = move |progress| {
        going.put(Some(progress));
        told(progress);
    };
    let collected = collect(app, &tell).await?;
    let now = app.now();
    let work = tokio::task::spawn_blocking(move || found(&collected, now, &tell));
    let (calibrated, found) = work.await.map_err(AppError::internal)?.map_err(AppError::internal)?;
    app.store().replace_question_calibrations(&found).await?;
    refresh(app).await?;
    app.parts().relay.changed();
    let Calibrated { interviews, answers, questions, flagged, .. } = calibrated;
    tracing::info!(interviews, answers, questions, flagged, "the question bank was calibrated");
    Ok(calibrated)
}

type Found = (Calibrated, Vec<QuestionCalibration>);

fn found(
    collected: &Collected,
    now: Timestamp,
    tell: &dyn Fn(Progress),
) -> std::result::Result<Found, CalibrationError> {
    let (keys, people) = arranged(collected);
    let answers = people.iter().map(|person| person.answers.len() as u32).sum();
    let mut calibrated = Calibrated { interviews: collected.looked_at, answers, ..Calibrated::default() };
    if keys.is_empty() {
        return Ok((calibrated, Vec::new()));
    }
    let priors: Vec<ItemPrior> =
        keys.iter().map(|(_, level)| ItemPrior::of_author(first_parameters(*level))).collect();
    let result = calibrate(&priors, &people, &Options::default(), &mut |progress| {
        tell(Progress::Estimating { share: progress.share });
        ControlFlow::Continue(())
    })?;
    let enough = |item: &CalibratedItem| item.answers >= LEAST_ANSWERS;
    let found: Vec<QuestionCalibration> = keys
        .into_iter()
        .zip(&result.items)
        .filter(|(_, item)| enough(item))
        .map(|((key, level), item)| {
            let asked = collected.asked.get(&key).copied().unwrap_or_default();
            let exposure = f64::from(asked) / f64::from(collected.looked_at.max(1));
            question(key, level, item, exposure, now)
        })
        .collect();
    calibrated.questions = found.len() as u32;
    calibrated.too_few = (result.items.len() - found.len()) as u32;
    calibrated.flagged = found.iter().filter(|one| one.flagged).count() as u32;
    Ok((calibrated, found))
}

/// Questions in the order of their keys, and each interview's answers to them.
fn arranged(collected: &Collected) -> (Vec<(String, Difficulty)>, Vec<Person>) {
    let mut places: BTreeMap<&str, (Difficulty, usize)> = BTreeMap::new();
    for (key, level, _) in collected.interviews.iter().flat_map(|interview| &interview.answers) {
        places.insert(key, (*level, 0));
    }
    for (place, known) in places.values_mut().enumerate() {
        known.1 = place;
    }
    let people = collected.interviews.iter().map(|interview| Person {
        prior: interview.prior,
        answers: interview
            .answers
            .iter()
            .map(|(key, _, category)| Answer {
                item: places[key.as_str()].1 as u32,
                category: *category as u8,
            })
            .collect(),
    });
    let people = people.collect();
    (places.into_iter().map(|(key, (level, _))| (key.to_owned(), level)).collect(), people)
}

fn question(
    question_id: String,
    level: Difficulty,
    item: &CalibratedItem,
    exposure: f64,
    at: Timestamp,
) -> QuestionCalibration {
    let authored = first_parameters(level);
    let drift = Drift::of(&authored, 0.0, item);
    QuestionCalibration {
        question_id,
        level,
        estimate: ItemEstimate {
            discrimination: item.parameters.discrimination(),
            thresholds: item.parameters.thresholds().to_vec(),
            answers: item.answers,
        },
        authored: drift.before,
        difficulty: drift.now,
        difficulty_error: item.difficulty_error,
        discrimination_error: item.discrimination_error,
        flagged: drift.flagged,
        exposure,
        at,
    }
}
