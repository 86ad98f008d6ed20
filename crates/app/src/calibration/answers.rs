//! Collects stored answers: the first answer of each person to each question, by interview.

use super::run::Progress;
use crate::{App, Result};
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{Asked, Difficulty, State};
use greenroom_providers::bank::Bank;
use greenroom_scoring::irt::Prior;
use greenroom_scoring::irt::interview::{expected, scored};
use std::collections::{BTreeMap, HashSet};

/// Interviews that are looked at, the newest ones.
const MOST_INTERVIEWS: usize = 10_000;
/// Interviews that are looked up at a time.
const AT_ONCE: u64 = 200;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// Interviews with at least one answer that counts.
    pub interviews: Vec<Interview>,
    /// Interviews in which each question was asked.
    pub asked: BTreeMap<String, u32>,
    /// Interviews that were looked at.
    pub looked_at: u32,
}

/// What one interview tells.
#[derive(Debug)]
pub(super) struct Interview {
    /// What was expected of the candidate.
    pub prior: Prior,
    /// Key and level of each question, with the category of its answer.
    pub answers: Vec<(String, Difficulty, usize)>,
}

/// Reads the newest interviews. A person who answers the same question again has seen it before: the first time counts.
pub(super) async fn collect(app: &App, progress: &(dyn Fn(Progress) + Sync)) -> Result<Collected> {
    let bank = app.bank();
    let mut seen = HashSet::new();
    let mut collected = Collected::default();
    // The first answers count, so the oldest come first.
    for (id, user) in newest(app).await?.into_iter().rev() {
        let log = app.store().log(id, 0, i64::MAX as u64).await?;
        if let Some(state) = State::fold(id, log) {
            collected.add(&bank, &state, user, &mut seen);
        }
        collected.looked_at += 1;
        progress(Progress::Reading { interviews: collected.looked_at });
    }
    Ok(collected)
}

async fn newest(app: &App) -> Result<Vec<(SessionId, UserId)>> {
    let mut found: Vec<(SessionId, UserId)> = Vec::new();
    while found.len() < MOST_INTERVIEWS {
        let before = found.last().map(|(id, _)| *id);
        let some = app.store().interviews_before(before, AT_ONCE).await?;
        if some.is_empty() {
            break;
        }
        found.extend(some);
    }
    Ok(found)
}

impl Collected {
    fn add(&mut self, bank: &Bank, state: &State, user: UserId, seen: &mut HashSet<(UserId, String)>) {
        let mut answers = Vec::new();
        for asked in state.asked.iter().filter(|asked| is_as_in(bank, state, asked)) {
            let Some(key) = asked.question.bank_id.clone() else { continue };
            *self.asked.entry(key.clone()).or_default() += 1;
            let Some(category) = scored(asked) else { continue };
            if seen.insert((user, key.clone())) {
                answers.push((key, asked.question.difficulty, category));
            }
        }
        if !answers.is_empty() {
            self.interviews.push(Interview { prior: expected(state), answers });
        }
    }
}

/// Whether the question is still the one that was asked: answers to another version tell nothing of this one.
fn is_as_in(bank: &Bank, state: &State, asked: &Asked) -> bool {
    let question = &asked.question;
    let Some(id) = question.bank_id.as_deref() else { return false };
    let now = bank.question_in(&state.settings.language, id).or_else(|| bank.question(id));
    now.is_some_and(|now| now.key_points == question.key_points && now.difficulty == question.difficulty)
}
