//! Which question next: the most informative one that an interview's constraints allow.
//!
//! First the competencies that are behind have their turn (content balancing: Kingsbury & Zara 1989,
//! "Procedures for selecting items for computerized adaptive tests", Applied Measurement in Education 2(4)).
//! Among their questions the one is taken whose Fisher information (Lord 1980) takes most off the variance of
//! what it measures. Two things keep questions from wearing out: a question asked in
//! too large a share of interviews rests until it is below (restricted maximum information: Revuelta & Ponsoda
//! 1998, Journal of Educational Measurement 35(4)), and one of the few best is drawn (randomesque, Kingsbury &
//! Zara).

use super::bank::ItemBank;
use super::estimate::Posterior;
use super::pacing::Pacing;
use super::random::Draws;
use greenroom_domain::ability::{CompetencyTurn, SelectionReason, Stopped};
use greenroom_domain::interview::{Difficulty, Phase};

/// Answers before which information is averaged over what is thought possible instead of taken at the estimate.
const EARLY_ANSWERS: u32 = 3;

/// A question that might be asked. Questions that were asked are not to be among them.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its place in the [`ItemBank`].
    pub item: usize,
    /// Key of the competency that it measures.
    pub competency: &'a str,
    /// Phase to which it belongs.
    pub phase: Phase,
    /// Its level.
    pub level: Difficulty,
    /// Time of a full answer, minutes.
    pub minutes: f64,
    /// Share of recent interviews in which it was asked, 0..=1.
    pub exposure: f64,
}

/// A competency that the interview is to find out.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// Key of the competency.
    pub competency: &'a str,
    /// Its share of the interview's attention; only the proportions count.
    pub share: f64,
    /// Questions asked about it in this interview.
    pub asked: u32,
    /// What is known of it.
    pub posterior: &'a Posterior,
}

/// The constraints of an interview.
#[derive(Clone, Copy, Debug)]
pub struct Constraints {
    /// Only questions of this phase; `None` for any.
    pub phase: Option<Phase>,
    /// How hard the question may be after those before it; `None` for any level.
    pub pacing: Option<Pacing>,
    /// Minutes left, for this question and all that follow.
    pub minutes_left: f64,
    /// Questions that each competency gets before any gets more; default 1.
    pub least_each: u32,
    /// Questions by which a competency may be less behind than the one farthest behind and still have its turn
    /// with it, so that information decides between them; default 1. With 0 only the order decides.
    pub leeway: f64,
    /// Most questions about one competency; default 6.
    pub most_each: u32,
    /// Nothing more is asked about a competency whose standard error is at most this; default .5.
    pub standard_error: f64,
    /// A question asked in more than this share of interviews rests, 0..=1; default .4.
    pub most_exposure: f64,
    /// The question is drawn from so many of the best; default 3.
    pub among: usize,
    /// Those that would take less than this share of what the best one would off the variance are not drawn;
    /// default .9.
    pub within: f64,
}

impl Default for Constraints {
    fn default() -> Self {
        Self {
            phase: None,
            pacing: None,
            minutes_left: f64::INFINITY,
            least_each: 1,
            leeway: 1.0,
            most_each: 6,
            standard_error: 0.5,
            most_exposure: 0.4,
            among: 3,
            within: 0.9,
        }
    }
}

/// The question to ask.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    /// Its place among the candidates.
    pub candidate: usize,
    /// Why this one.
    pub reason: SelectionReason,
}

/// Why nothing more is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoQuestion {
    /// Every competency is known well enough or has had its questions.
    Done,
    /// Some are not, but no candidate is left for them in this phase and time.
    Spent,
}

/// Chooses the next question. The same arguments and the same state of `draws` give the same choice.
///
/// # Panics
/// When a candidate's item is not in the bank.
pub fn choose(
    bank: &ItemBank,
    targets: &[Target<'_>],
    candidates: &[Candidate<'_>],
    constraints: &Constraints,
    draws: &mut Draws,
) -> Result<Selected, NoQuestion> {
    let mut turns = turns(targets, constraints);
    if turns.is_empty() {
        return Err(NoQuestion::Done);
    }
    let reserve = Reserve::new(targets, candidates, constraints);
    while !turns.is_empty() {
        let together = turns.iter().take_while(|turn| turn.with(&turns[0], constraints.leeway)).count();
        let mut allowed = Vec::new();
        for turn in turns.drain(..together) {
            let left = constraints.minutes_left - reserve.beside(turn.target.competency);
            let fits = |candidate: &Candidate<'_>| {
                candidate.competency == turn.target.competency
                    && constraints.phase.is_none_or(|phase| candidate.phase == phase)
                    && candidate.minutes <= left
            };
            let mut places: Vec<_> =
                (0..candidates.len()).filter(|place| fits(&candidates[*place])).collect();
            if let Some(pacing) = constraints.pacing {
                let aim = pacing.aim(turn.target.posterior.ability().theta);
                let difficulty = |candidate: &Candidate<'_>| bank.items()[candidate.item].difficulty();
                aim.keep_nearest(&mut places, |place| {
                    (candidates[place].level, difficulty(&candidates[place]))
                });
            }
            allowed.extend(weigh(bank, turn, places.into_iter(), candidates));
        }
        if !allowed.is_empty() {
            return Ok(draw(rested(allowed, constraints.most_exposure), constraints, draws));
        }
    }
    Err(NoQuestion::Spent)
}

/// Why nothing more is asked about a competency, or `None` while more would help. `available` tells whether
/// a question that the constraints allow is left.
pub fn stopped(target: &Target<'_>, available: bool, constraints: &Constraints) -> Option<Stopped> {
    if target.asked >= constraints.least_each
        && target.posterior.ability().standard_error <= constraints.standard_error
    {
        Some(Stopped::Precise)
    } else if target.asked >= constraints.most_each {
        Some(Stopped::Enough)
    } else {
        (!available).then_some(Stopped::Spent)
    }
}

/// A competency that may be asked about.
#[derive(Clone, Copy)]
struct Turn<'t, 'a> {
    target: &'t Target<'a>,
    why: CompetencyTurn,
    /// Questions that it is behind its share.
    behind: f64,
}

impl Turn<'_, '_> {
    /// Whether it has its turn together with the `first` one.
    fn with(&self, first: &Self, leeway: f64) -> bool {
        self.why == first.why && first.behind - self.behind <= leeway
    }
}

/// The competencies that may be asked about, the one whose turn it is first.
fn turns<'t, 'a>(targets: &'t [Target<'a>], constraints: &Constraints) -> Vec<Turn<'t, 'a>> {
    let shares: f64 = targets.iter().map(|target| target.share.max(0.0)).sum();
    let asked: u32 = targets.iter().map(|target| target.asked).sum();
    let turn = |target: &'t Target<'a>| {
        let due = if shares > 0.0 { target.share.max(0.0) / shares } else { 1.0 / targets.len() as f64 };
        let behind = due * (f64::from(asked) + 1.0) - f64::from(target.asked);
        let uncovered = target.asked < constraints.least_each;
        let why = if uncovered { CompetencyTurn::Uncovered } else { CompetencyTurn::BehindItsShare };
        Turn { target, why, behind }
    };
    let open = targets.iter().filter(|target| stopped(target, true, constraints).is_none());
    let mut open: Vec<_> = open.map(turn).collect();
    // Stable: between equals the order of the targets decides.
    open.sort_by(|a, b| {
        let covered = |turn: &Turn<'_, '_>| turn.why != CompetencyTurn::Uncovered;
        covered(a).cmp(&covered(b)).then(b.behind.total_cmp(&a.behind))
    });
    open
}

/// Time to keep for competencies that have not had their least number of questions.
struct Reserve<'a>(Vec<(&'a str, f64)>);

impl<'a> Reserve<'a> {
    fn new(targets: &[Target<'a>], candidates: &[Candidate<'_>], constraints: &Constraints) -> Self {
        let uncovered = targets.iter().filter(|target| target.asked < constraints.least_each);
        let needs = uncovered.filter_map(|target| {
            let own = candidates.iter().filter(|candidate| candidate.competency == target.competency);
            let shortest = own.map(|candidate| candidate.minutes).reduce(f64::min)?;
            Some((target.competency, shortest))
        });
        let mut needs: Vec<_> = needs.collect();
        // What does not fit any more is not waited for: the shortest first, as many as fit.
        needs.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        let mut sum = 0.0;
        needs.retain(|(_, minutes)| {
            sum += minutes;
            sum <= constraints.minutes_left
        });
        Self(needs)
    }

    /// Minutes to keep when a question about `competency` is asked now.
    fn beside(&self, competency: &str) -> f64 {
        self.0.iter().filter(|(key, _)| *key != competency).map(|(_, minutes)| minutes).sum()
    }
}

/// A candidate with what it would tell.
struct Weighed<'t, 'a> {
    place: usize,
    exposure: f64,
    turn: Turn<'t, 'a>,
    information: f64,
    /// What the answer is expected to take off the variance.
    gain: f64,
}

fn weigh<'t, 'a>(
    bank: &ItemBank,
    turn: Turn<'t, 'a>,
    places: impl Iterator<Item = usize>,
    candidates: &[Candidate<'_>],
) -> Vec<Weighed<'t, 'a>> {
    let before = turn.target.posterior.ability();
    let mut information = Vec::new();
    if before.answers < EARLY_ANSWERS {
        bank.information_over(turn.target.posterior.weights(), &mut information);
    } else {
        bank.information_at(before.theta, &mut information);
    }
    let variance = before.standard_error.powi(2);
    places
        .map(|place| {
            let Candidate { item, exposure, .. } = candidates[place];
            let information = f64::from(information[item]);
            let gain = variance - 1.0 / (1.0 / variance + information);
            Weighed { place, exposure, turn, information, gain }
        })
        .collect()
}

/// Leaves out questions that were asked too often; when none would be left, all stay.
fn rested<'t, 'a>(mut allowed: Vec<Weighed<'t, 'a>>, most: f64) -> Vec<Weighed<'t, 'a>> {
    if allowed.iter().any(|candidate| candidate.exposure <= most) {
        allowed.retain(|candidate| candidate.exposure <= most);
    }
    allowed
}

/// Draws among the best of `allowed`, of which there is at least one.
fn draw(mut allowed: Vec<Weighed<'_, '_>>, constraints: &Constraints, draws: &mut Draws) -> Selected {
    allowed.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.place.cmp(&b.place)));
    let least = allowed[0].gain * constraints.within;
    let best = allowed.iter().take(constraints.among.max(1)).take_while(|candidate| candidate.gain >= least);
    let rank = draws.below(best.count().max(1));
    let Weighed { place, turn, information, .. } = allowed[rank];
    let before = turn.target.posterior.ability();
    let reason = SelectionReason {
        competency: turn.target.competency.to_owned(),
        turn: turn.why,
        before,
        information,
        expected_standard_error: 1.0 / (before.standard_error.powi(-2) + information).sqrt(),
        rank: rank as u32 + 1,
        allowed: allowed.len() as u32,
    };
    Selected { candidate: place, reason }
}
