//! Looks questions up.

use super::not_there;
use crate::{App, Result};
use greenroom_domain::bank::{BankEntry, OwnQuestion, QuestionCalibration};
use greenroom_domain::interview::{Difficulty, InterviewType};
use greenroom_providers::bank::ORIGINAL;
use std::collections::HashMap;

/// Where a question comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It ships with the program.
    Shipped,
    /// The operator added it.
    Own,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct BankQuery {
    /// Of this role.
    pub role: Option<String>,
    /// Of this type.
    pub kind: Option<InterviewType>,
    /// Of this level.
    pub difficulty: Option<Difficulty>,
    /// Of this competency.
    pub competency: Option<String>,
    /// That are there in this language, an ISO 639-1 code.
    pub language: Option<String>,
    /// From there.
    pub origin: Option<Origin>,
    /// Retired ones, and no others.
    pub retired: bool,
    /// These words in key, question or reference, whatever the case.
    pub q: Option<String>,
}

/// A question with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The question.
    pub entry: BankEntry,
    /// Its version, if the operator added it.
    pub own: Option<OwnQuestion>,
    /// What answers have taught of it.
    pub calibration: Option<QuestionCalibration>,
}

/// Questions in the order of their keys, after the key `after`, at most `limit`; and whether more follow.
pub async fn list(
    app: &App,
    query: &BankQuery,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<Listed>, bool)> {
    let mut all = all(app).await?;
    let bank = app.bank();
    let speaks = |id: &str| query.language.as_ref().is_none_or(|code| bank.question_in(code, id).is_some());
    all.retain(|listed| query.fits(listed) && speaks(&listed.entry.question.id));
    all.sort_by(|a, b| a.entry.question.id.cmp(&b.entry.question.id));
    let mut rest =
        all.into_iter().filter(|one| after.is_none_or(|after| one.entry.question.id.as_str() > after));
    let mut page: Vec<Listed> = rest.by_ref().take(limit).collect();
    let more = rest.next().is_some();
    calibrated(app, &mut page).await?;
    Ok((page, more))
}

/// The question with this key, retired or not.
pub async fn get(app: &App, id: &str) -> Result<Listed> {
    let found = all(app).await?.into_iter().find(|listed| listed.entry.question.id == id);
    let mut found = vec![found.ok_or_else(not_there)?];
    calibrated(app, &mut found).await?;
    found.pop().ok_or_else(not_there)
}

/// The same in the words of another language (ISO 639-1), where the bank has them.
pub async fn get_in(app: &App, id: &str, language: &str) -> Result<Listed> {
    let found = get(app, id).await?;
    let bank = app.bank();
    // A retired question has no translations.
    if language == ORIGINAL {
        return Ok(found);
    }
    let there = bank.question_in(language, id).ok_or_else(not_there)?;
    Ok(Listed { entry: BankEntry { question: there.clone(), ..found.entry }, ..found })
}

/// All versions of a question, the newest first; none of what ships.
pub async fn versions(app: &App, id: &str) -> Result<Vec<OwnQuestion>> {
    get(app, id).await?;
    Ok(app.store().own_question_versions(id).await?)
}

async fn calibrated(app: &App, page: &mut [Listed]) -> Result<()> {
    let known = app.store().question_calibrations().await?.into_iter();
    let mut known: HashMap<String, QuestionCalibration> =
        known.map(|found| (found.question_id.clone(), found)).collect();
    for listed in page {
        listed.calibration = known.remove(&listed.entry.question.id);
    }
    Ok(())
}

/// What ships, and the newest version of what was added.
pub(super) async fn all(app: &App) -> Result<Vec<Listed>> {
    let shipped = app.parts().bank.shipped();
    let mut all: Vec<Listed> = shipped
        .questions()
        .map(|(role, question)| Listed {
            entry: BankEntry {
                role: role.role.clone(),
                question: question.clone(),
                source: None,
                licence: None,
            },
            own: None,
            calibration: None,
        })
        .collect();
    let own = app.store().own_questions().await?;
    let new = own.into_iter().filter(|own| shipped.question(&own.entry.question.id).is_none());
    all.extend(new.map(|own| Listed { entry: own.entry.clone(), own: Some(own), calibration: None }));
    Ok(all)
}

impl BankQuery {
    fn fits(&self, listed: &Listed) -> bool {
        let (question, role) = (&listed.entry.question, &listed.entry.role);
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|wanted| wanted == value);
        let origin = if listed.own.is_some() { Origin::Own } else { Origin::Shipped };
        let retired = listed.own.as_ref().is_some_and(|own| own.retired);
        is(&self.role, role)
            && is(&self.competency, &question.competency)
            && self.kind.is_none_or(|kind| question.kind == kind)
            && self.difficulty.is_none_or(|difficulty| question.difficulty == difficulty)
            && self.origin.is_none_or(|wanted| wanted == origin)
            && self.retired == retired
            && self.q.as_ref().is_none_or(|q| {
                let q = q.to_lowercase();
                [&question.id, &question.text, &question.reference]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&q))
            })
    }
}
