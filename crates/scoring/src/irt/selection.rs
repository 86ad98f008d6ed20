//! Which question next: the most informative one that an interview's constraints allow.
//!
//! First the competency has its turn (content balancing: Kingsbury & Zara 1989, "Procedures for selecting
//! items for computerized adaptive tests", Applied Measurement in Education 2(4)), then the question of most
//! Fisher information is taken (Lord 1980). Two things keep questions from wearing out: a question asked in
//! too many interviews sits some of them out (item eligibility: van der Linden & Veldkamp 2004, Journal of
//! Educational and Behavioral Statistics 29(3)), and one of the few best is drawn (randomesque, Kingsbury &
//! Zara).

use super::bank::ItemBank;
use super::estimate::Posterior;
use super::random::Draws;
use greenroom_domain::ability::{CompetencyTurn, SelectionReason, Stopped};
use greenroom_domain::interview::Phase;

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
    /// Minutes left, for this question and all that follow.
    pub minutes_left: f64,
    /// Questions that each competency gets before any gets more; default 1.
    pub least_each: u32,
    /// Most questions about one competency; default 6.
    pub most_each: u32,
    /// Nothing more is asked about a competency whose standard error is at most this; default .5.
    pub standard_error: f64,
    /// Largest share of interviews in which one question is asked, above 0; default .3.
    pub most_exposure: f64,
    /// The question is drawn from so many of the best; default 3.
    pub among: usize,
    /// Those of the best with less than this share of the best one's information are not drawn; default .8.
    pub within: f64,
}

impl Default for Constraints {
    fn default() -> Self {
        Self {
            phase: None,
            minutes_left: f64::INFINITY,
            least_each: 1,
            most_each: 6,
            standard_error: 0.5,
            most_exposure: 0.3,
            among: 3,
            within: 0.8,
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
    let turns = turns(targets, constraints);
    if turns.is_empty() {
        return Err(NoQuestion::Done);
    }
    let reserve = Reserve::new(targets, candidates, constraints);
    for (target, turn) in turns {
        let left = constraints.minutes_left - reserve.beside(target.competency);
        let fits = |candidate: &Candidate<'_>| {
            candidate.competency == target.competency
                && constraints.phase.is_none_or(|phase| candidate.phase == phase)
                && candidate.minutes <= left
        };
        let allowed: Vec<usize> = (0..candidates.len()).filter(|index| fits(&candidates[*index])).collect();
        if !allowed.is_empty() {
            let eligible = eligible(&allowed, candidates, constraints.most_exposure, draws);
            return Ok(most_informative(bank, target, turn, candidates, &eligible, constraints, draws));
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

/// The competencies that may be asked about, the one whose turn it is first.
fn turns<'t, 'a>(
    targets: &'t [Target<'a>],
    constraints: &Constraints,
) -> Vec<(&'t Target<'a>, CompetencyTurn)> {
    let shares: f64 = targets.iter().map(|target| target.share.max(0.0)).sum();
    let asked: u32 = targets.iter().map(|target| target.asked).sum();
    let behind = |target: &Target<'_>| {
        let due = if shares > 0.0 { target.share.max(0.0) / shares } else { 1.0 / targets.len() as f64 };
        due * (f64::from(asked) + 1.0) - f64::from(target.asked)
    };
    let turn = |target: &Target<'_>| {
        if target.asked < constraints.least_each {
            CompetencyTurn::Uncovered
        } else {
            CompetencyTurn::BehindItsShare
        }
    };
    let open = targets.iter().filter(|target| stopped(target, true, constraints).is_none());
    let mut open: Vec<_> = open.map(|target| (target, turn(target))).collect();
    // Stable: between equals the order of the targets decides.
    open.sort_by(|(a, a_turn), (b, b_turn)| {
        let covered = |turn: &CompetencyTurn| *turn != CompetencyTurn::Uncovered;
        covered(a_turn).cmp(&covered(b_turn)).then(behind(b).total_cmp(&behind(a)))
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

/// Leaves out questions that were asked too often, each with the chance that brings it back to its share. When
/// none would be left, all are.
fn eligible(allowed: &[usize], candidates: &[Candidate<'_>], most: f64, draws: &mut Draws) -> Vec<usize> {
    let mut kept = allowed.to_vec();
    kept.retain(|index| {
        let exposure = candidates[*index].exposure;
        exposure <= most || draws.uniform() < most / exposure
    });
    if kept.is_empty() { allowed.to_vec() } else { kept }
}

fn most_informative(
    bank: &ItemBank,
    target: &Target<'_>,
    turn: CompetencyTurn,
    candidates: &[Candidate<'_>],
    eligible: &[usize],
    constraints: &Constraints,
    draws: &mut Draws,
) -> Selected {
    let before = target.posterior.ability();
    let mut information = Vec::new();
    if before.answers < EARLY_ANSWERS {
        bank.information_over(target.posterior.weights(), &mut information);
    } else {
        bank.information_at(before.theta, &mut information);
    }
    let of = |index: usize| information[candidates[index].item];
    let mut ranked = eligible.to_vec();
    ranked.sort_by(|a, b| of(*b).total_cmp(&of(*a)).then(a.cmp(b)));
    let least = of(ranked[0]) * constraints.within as f32;
    let best = ranked.iter().take(constraints.among.max(1)).take_while(|index| of(**index) >= least).count();
    let rank = draws.below(best.max(1));
    let candidate = ranked[rank];
    let information = f64::from(of(candidate));
    let expected = 1.0 / (before.standard_error.powi(-2) + information).sqrt();
    let reason = SelectionReason {
        competency: target.competency.to_owned(),
        turn,
        before,
        information,
        expected_standard_error: expected,
        rank: rank as u32 + 1,
        allowed: eligible.len() as u32,
    };
    Selected { candidate, reason }
}
