//! Takes questions in from a file: each is checked like one that ships, and what passes goes in.

use super::LONGEST_NOTE;
use super::refresh::refresh;
use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::bank::{BankEntry, OwnQuestion};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use greenroom_providers::bank::Bank;
use greenroom_providers::bank::checks::{self, Likeness, Severity};
use greenroom_providers::bank::exchange::{Format, Row};
use std::collections::{HashMap, HashSet};

/// Rows of one file, at most.
const MOST_ROWS: usize = 2_000;

/// A file with questions.
#[derive(Clone, Debug)]
pub struct Import {
    /// What kind of file.
    pub format: Format,
    /// Its content.
    pub text: String,
    /// The role of all its questions, whatever they say themselves.
    pub role: Option<String>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that were there.
    pub rows: usize,
    /// New questions.
    pub added: usize,
    /// Questions that are there in another version now; also retired ones that are asked again.
    pub changed: usize,
    /// Questions that were there already, word for word.
    pub unchanged: usize,
    /// Rows that did not go in.
    pub refused: usize,
    /// Why rows did not go in, and what somebody should look at.
    pub notes: Vec<Note>,
}

/// A remark on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Number of the line that the row begins on, from 1.
    pub line: usize,
    /// Name of the column, or number of the character on the line; `None` when it is about the whole row.
    pub column: Option<String>,
    /// Key of the question, if it could be read.
    pub question: Option<String>,
    /// Whether it kept the row out.
    pub severity: Severity,
    /// Stable key of the rule.
    pub rule: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Takes in what passes the checks. It is asked from then on.
pub async fn import(app: &App, who: Option<UserId>, file: Import) -> Result<Imported> {
    let (imported, new) = judged(app, file).await?;
    if !new.is_empty() {
        app.store().save_own_questions(&new).await?;
        let details = format!("{} added, {} changed", imported.added, imported.changed);
        audit::record(app, who, Action::BankChanged, "import", details).await;
        let who = who.map_or("the command line".to_owned(), |who| who.to_string());
        tracing::info!(user.id = who, imported.added, imported.changed, "questions were imported");
        refresh(app).await?;
        app.parts().relay.changed();
    }
    Ok(imported)
}

/// What [`import`] would do. Nothing is stored.
pub async fn rehearse(app: &App, file: Import) -> Result<Imported> {
    Ok(judged(app, file).await?.0)
}

async fn judged(app: &App, file: Import) -> Result<(Imported, Vec<OwnQuestion>)> {
    let known = app.store().own_questions().await?;
    let (bank, now) = (app.parts().bank.clone(), app.now());
    // Answers are scored, so it takes a while.
    let judging = tokio::task::spawn_blocking(move || {
        let rows = rows(file)?;
        let known = known.into_iter().map(|own| (own.entry.question.id.clone(), own)).collect();
        let bank_now = bank.now();
        let likeness = Likeness::new(&bank_now);
        let mut intake = Intake {
            shipped: bank.shipped(),
            bank: &bank_now,
            likeness,
            known,
            now,
            seen: HashSet::new(),
            done: Imported::default(),
            new: Vec::new(),
        };
        rows.into_iter().for_each(|row| intake.take(row));
        Ok((intake.done, intake.new))
    });
    judging.await.map_err(AppError::internal)?
}

fn rows(file: Import) -> Result<Vec<Row>> {
    let mut rows = file.format.read(&file.text);
    if rows.is_empty() {
        return Err(AppError::field("content", "There is no question in it."));
    }
    if rows.len() > MOST_ROWS {
        let message = format!("These are {} rows. Split the file: one may have {MOST_ROWS}.", rows.len());
        return Err(AppError::field("content", message));
    }
    if let Some(role) = &file.role {
        rows.iter_mut()
            .filter_map(|row| row.entry.as_mut().ok())
            .for_each(|entry| entry.role.clone_from(role));
    }
    Ok(rows)
}

/// Rows on their way into the bank.
struct Intake<'a> {
    shipped: &'a Bank,
    bank: &'a Bank,
    likeness: Likeness,
    known: HashMap<String, OwnQuestion>,
    now: Timestamp,
    seen: HashSet<String>,
    done: Imported,
    new: Vec<OwnQuestion>,
}

impl Intake<'_> {
    fn take(&mut self, row: Row) {
        self.done.rows += 1;
        let entry = match row.entry {
            Ok(entry) => entry,
            Err(unreadable) => {
                self.done.refused += 1;
                self.done.notes.push(Note {
                    line: row.line,
                    column: unreadable.column,
                    question: None,
                    severity: Severity::Error,
                    rule: "unreadable".to_owned(),
                    message: unreadable.message,
                });
                return;
            }
        };
        let notes = faults(self.shipped, self.bank, &self.likeness, &self.seen, &entry);
        let is_refused = notes.iter().any(|(severity, ..)| *severity == Severity::Error);
        self.done.notes.extend(notes.into_iter().map(|(severity, rule, message)| Note {
            line: row.line,
            column: column(&rule).map(str::to_owned),
            question: Some(entry.question.id.clone()),
            severity,
            rule,
            message,
        }));
        if is_refused {
            self.done.refused += 1;
        } else {
            self.keep(entry);
        }
    }

    fn keep(&mut self, entry: BankEntry) {
        self.seen.insert(entry.question.id.clone());
        self.likeness.add(&entry.question);
        let known = self.known.get(&entry.question.id);
        let version = known.map_or(1, |known| known.version.saturating_add(1));
        match known {
            Some(known) if known.entry == entry && !known.retired => {
                self.done.unchanged += 1;
                return;
            }
            Some(_) => self.done.changed += 1,
            None => self.done.added += 1,
        }
        self.new.push(OwnQuestion { entry, version, retired: false, at: self.now });
    }
}

type Fault = (Severity, String, String);

/// What is wrong with a question that is to join the bank.
pub(super) fn faults(
    shipped: &Bank,
    bank: &Bank,
    likeness: &Likeness,
    seen: &HashSet<String>,
    entry: &BankEntry,
) -> Vec<Fault> {
    let BankEntry { role, question, source, licence } = entry;
    let error = |rule: &str, message: String| vec![(Severity::Error, rule.to_owned(), message)];
    let Some(known_role) = bank.role(role) else {
        let message = format!("there is no role “{role}”: take one of the bank, or general for any job");
        return error("role", message);
    };
    if shipped.question(&question.id).is_some() {
        let message = "this key belongs to a question that ships: take another key".to_owned();
        return error("id", message);
    }
    if seen.contains(&question.id) {
        return error("id", "this key is in the file twice: take another key".to_owned());
    }
    let too_long = |note: &Option<String>| note.as_ref().is_some_and(|n| n.chars().count() > LONGEST_NOTE);
    if too_long(source) || too_long(licence) {
        return error("source", format!("source and licence may have {LONGEST_NOTE} characters each"));
    }
    let findings = checks::question(bank, likeness, known_role, question).into_iter();
    findings.map(|finding| (finding.severity, finding.rule.to_owned(), finding.message)).collect()
}

/// The column that a rule is about, when it is one.
fn column(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "role" => "role",
        "id" => "id",
        "source" => "source",
        "competency" => "competency",
        "minutes" => "minutes",
        "weights" => "key_point_1_weight",
        "key_points" => "key_point_1",
        "follow_ups" => "follow_up_1",
        "red_flags" | "red_flag" => "red_flag_1",
        "placeholder" | "several_questions" | "duplicate" | "alike" => "text",
        "reference_length" | "reference_gap" | "reference_score" => "reference",
        "sounds_like_order" => "sounds_like_1",
        _ => return None,
    })
}
