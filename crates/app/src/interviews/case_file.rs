//! What an interviewer may know: the job, the candidate's papers, and what earlier interviews showed.

use crate::engines::engines_for;
use crate::{App, Result};
use greenroom_domain::ability::EarlierAnswer;
use greenroom_domain::account::Profile;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::interview::{InterviewConfig, SessionRecord, Settings, State, summarize};
use greenroom_domain::resume::Resume;
use greenroom_providers::Brief;
use greenroom_scoring::irt::interview::earlier_answers;
use greenroom_store::{Page, SessionFilter};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Earlier interviews that are looked at.
const REMEMBERED_SESSIONS: usize = 5;
/// Lines of memory at most.
const MAX_MEMORY: usize = 6;
const MS_A_DAY: f64 = 86_400_000.0;

/// What an interviewer may know.
pub(super) struct CaseFile {
    pub config: Option<InterviewConfig>,
    pub resume: Option<Resume>,
    profile: Profile,
    memory: Vec<String>,
    seen: HashSet<String>,
    abilities: Vec<EarlierAnswer>,
    names: Vec<String>,
    translates: bool,
    account: String,
    id: SessionId,
}

impl CaseFile {
    /// For an interview that begins now.
    pub async fn fresh(app: &App, user: UserId, config: InterviewConfig, id: SessionId) -> Result<Self> {
        Self::read(app, user, Some(config), id, app.now()).await
    }

    /// For an interview that has begun; its set-up may have been deleted since.
    pub async fn of(app: &App, record: &SessionRecord) -> Result<Self> {
        let config = app.store().config(record.user_id, record.config_id).await?;
        let names = crate::evaluations::known(app, record.id).await?.names;
        let file = Self::read(app, record.user_id, config, record.id, record.created_at).await?;
        Ok(Self { names, ..file })
    }

    async fn read(
        app: &App,
        user: UserId,
        config: Option<InterviewConfig>,
        id: SessionId,
        began: Timestamp,
    ) -> Result<Self> {
        let resume = match config.as_ref().and_then(|config| config.resume_id) {
            Some(resume) => app.store().resume(user, resume).await?.map(|record| record.resume),
            None => None,
        };
        let earlier = earlier(app, user, id, began).await?;
        Ok(Self {
            profile: app.store().profile(user).await?,
            memory: memory(&earlier),
            seen: seen(&earlier),
            abilities: abilities(&earlier, began),
            names: Vec::new(),
            translates: engines_for(app, user).await?.conversation.is_some(),
            account: id.to_string(),
            resume,
            config,
            id,
        })
    }

    /// What the interviewer is told.
    pub fn brief<'a>(&'a self, settings: &'a Settings) -> Brief<'a> {
        static NO_POSTING: std::sync::LazyLock<greenroom_domain::job::JobPosting> =
            std::sync::LazyLock::new(Default::default);
        let config = self.config.as_ref();
        Brief {
            settings,
            job_description: config.map_or("", |config| &config.job_description),
            posting: config.map_or(&NO_POSTING, |config| &config.posting),
            resume: self.resume.as_ref(),
            profile: Some(&self.profile),
            names: &self.names,
            translates: self.translates,
            account: Some(&self.account),
            earlier: &self.abilities,
            memory: &self.memory,
            seen: &self.seen,
            seed: self.id.0.as_u64_pair().1,
        }
    }
}

/// This person's interviews before this one. Later ones are left out, so that what an interviewer knows does not
/// change while it goes on.
async fn earlier(app: &App, user: UserId, id: SessionId, began: Timestamp) -> Result<Vec<Arc<State>>> {
    let page = Page { limit: REMEMBERED_SESSIONS as u64 + 1, after: None };
    let mut states = Vec::new();
    for session in app.store().sessions(user, &SessionFilter::default(), &page).await?.items {
        if session.id != id && session.created_at <= began && states.len() < REMEMBERED_SESSIONS {
            states.extend(app.states().get(app, session.id).await?);
        }
    }
    Ok(states)
}

/// Questions of earlier interviews; they are asked again only when nothing else fits.
fn seen(earlier: &[Arc<State>]) -> HashSet<String> {
    let asked = earlier.iter().flat_map(|state| &state.asked);
    asked.filter_map(|asked| asked.question.bank_id.clone()).collect()
}

/// What the scored answers of earlier interviews still tell. All interviews there are are practice; what is practised must
/// never count in an interview for hiring.
fn abilities(earlier: &[Arc<State>], now: Timestamp) -> Vec<EarlierAnswer> {
    let days = |state: &State| now.ms_since(state.started_at) as f64 / MS_A_DAY;
    earlier.iter().flat_map(|state| earlier_answers(state, days(state))).collect()
}

/// What earlier interviews showed by competency, the weakest first.
fn memory(earlier: &[Arc<State>]) -> Vec<String> {
    let mut marks: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for state in earlier {
        for competency in summarize(state).competencies {
            if let Some(score) = competency.score {
                marks.entry(competency.label).or_default().push(score);
            }
        }
    }
    let mut shown: Vec<(f64, String)> = marks
        .into_iter()
        .map(|(label, marks)| {
            let mean = marks.iter().sum::<f64>() / marks.len() as f64;
            let times = if marks.len() == 1 { "one earlier interview" } else { "earlier interviews" };
            (mean, format!("{label}: {mean:.1} of 10 in {times}"))
        })
        .collect();
    shown.sort_by(|a, b| a.0.total_cmp(&b.0));
    shown.into_iter().take(MAX_MEMORY).map(|(_, line)| line).collect()
}
