//! The built-in plan: a greedy choice of questions by what the job calls for, within the time.

use super::{asking, grounding, matching, reserve};
use crate::bank::{Bank, GENERAL};
use crate::interviewer::{Brief, PlanError};
use greenroom_domain::bank::{BankQuestion, BankRole, CompetencyKind};
use greenroom_domain::interview::{
    Difficulty, Grounding, GroundingSource, Phase, Plan, PlanItem, PlannedCompetency, shares,
};
use std::collections::HashMap;

/// Competencies that one interview looks at, at most.
const MAX_COMPETENCIES: usize = 6;
/// Core competencies for a job that names none.
const DEFAULT_COMPETENCIES: [&str; 4] = ["communication", "problem_solving", "teamwork", "ownership"];

/// The plan for `brief`.
pub fn plan(bank: &Bank, brief: &Brief<'_>) -> Result<Plan, PlanError> {
    let roles = roles(bank, brief);
    let wanted = wanted_competencies(bank, brief, roles.first().copied());
    let mut chooser = Chooser { bank, brief, wanted: &wanted, roles, items: Vec::new(), resume_lines: 0 };
    for (phase, count) in questions_by_phase(brief) {
        chooser.fill(phase, count);
    }
    chooser.fill_up(brief.settings.question_count.unwrap_or(0) as usize);
    if chooser.items.is_empty() {
        return Err(PlanError::NoQuestions);
    }
    let competencies = planned_competencies(bank, &wanted, &chooser.items);
    let reserve = reserve::reserve(&chooser, &competencies);
    let seniority = brief.resume.and_then(|resume| resume.seniority);
    Ok(Plan { items: chooser.items, competencies, reserve, seniority, earlier: brief.earlier.to_vec() })
}

/// The competencies that `items` measure, with the weights that the job gives them.
pub fn competencies(bank: &Bank, brief: &Brief<'_>, items: &[PlanItem]) -> Vec<PlannedCompetency> {
    let wanted = wanted_competencies(bank, brief, roles(bank, brief).first().copied());
    planned_competencies(bank, &wanted, items)
}

/// Roles of the bank for the job, else for what the person is or wants to be; best first.
fn roles<'a>(bank: &'a Bank, brief: &Brief<'_>) -> Vec<&'a BankRole> {
    let position = brief.settings.position.as_deref().or(brief.posting.position.as_deref());
    let roles = matching::roles(bank, position, brief.posting);
    if !roles.is_empty() {
        return roles;
    }
    own_trades(brief)
        .map(|trade| matching::roles(bank, Some(trade), brief.posting))
        .find(|roles| !roles.is_empty())
        .unwrap_or_default()
}

/// What the person says they are, or want to be; asked when the job points at no role.
fn own_trades<'a>(brief: &Brief<'a>) -> impl Iterator<Item = &'a str> {
    let (resume, profile) = (brief.resume, brief.profile);
    let headline = resume.and_then(|resume| resume.headline.as_deref());
    let titles = resume.into_iter().flat_map(|resume| &resume.experience).filter_map(|e| e.title.as_deref());
    let targets = profile.into_iter().flat_map(|profile| &profile.target_job_titles).map(String::as_str);
    targets.chain(headline).chain(titles)
}

/// How many questions each phase gets, by its share of the time or of the wanted number.
fn questions_by_phase(brief: &Brief<'_>) -> Vec<(Phase, usize)> {
    let settings = brief.settings;
    let shares = shares(&settings.types);
    let Some(count) = settings.question_count else {
        let minutes = f64::from(settings.duration_minutes);
        let per_question =
            |phase| if phase == Phase::Introduction || phase == Phase::WrapUp { 1.5 } else { 2.8 };
        return shares
            .into_iter()
            .map(|s| (s.phase, ((s.share * minutes / per_question(s.phase)).round() as usize).max(1)))
            .collect();
    };
    spread(count as usize, &shares.iter().map(|s| (s.phase, s.share)).collect::<Vec<_>>())
}

/// Gives `count` questions to the phases by largest share first, so that small counts still go to the core.
fn spread(count: usize, shares: &[(Phase, f64)]) -> Vec<(Phase, usize)> {
    let mut given: Vec<(Phase, f64, usize)> =
        shares.iter().map(|&(phase, share)| (phase, share, 0)).collect();
    for _ in 0..count {
        let next = given.iter_mut().max_by(|a, b| {
            let need = |x: &(Phase, f64, usize)| x.1 / (x.2 + 1) as f64;
            need(a).total_cmp(&need(b)).then(b.0.cmp(&a.0))
        });
        if let Some(entry) = next {
            entry.2 += 1;
        }
    }
    given.into_iter().map(|(phase, _, n)| (phase, n)).filter(|(_, n)| *n > 0).collect()
}

/// What the job calls for, weighted; filled up from the role's craft and the core.
fn wanted_competencies(bank: &Bank, brief: &Brief<'_>, role: Option<&BankRole>) -> HashMap<String, f64> {
    let mut wanted: HashMap<String, f64> =
        brief.posting.competencies.iter().map(|c| (c.key.clone(), c.weight)).collect();
    let craft = role.into_iter().flat_map(|role| role.competencies.iter()).take(4);
    for (rank, key) in craft.enumerate() {
        *wanted.entry(key.clone()).or_default() += 0.12 / (rank + 1) as f64;
    }
    if !wanted.keys().any(|key| is_core(bank, key)) {
        for key in DEFAULT_COMPETENCIES {
            wanted.entry(key.to_owned()).or_insert(0.08);
        }
    }
    wanted
}

fn is_core(bank: &Bank, key: &str) -> bool {
    bank.competencies().iter().any(|c| c.key == key && c.kind == CompetencyKind::Core)
}

/// The competencies that the chosen questions measure, heaviest first, weights summing to 1.
fn planned_competencies(
    bank: &Bank,
    wanted: &HashMap<String, f64>,
    items: &[PlanItem],
) -> Vec<PlannedCompetency> {
    let mut weights: Vec<(String, f64)> = Vec::new();
    for item in items.iter().filter(|item| !matches!(item.phase, Phase::Introduction | Phase::WrapUp)) {
        if !weights.iter().any(|(key, _)| *key == item.competency) {
            let weight = wanted.get(item.competency.as_str()).copied().unwrap_or(0.04);
            weights.push((item.competency.to_string(), weight));
        }
    }
    if weights.is_empty() {
        weights.extend(items.iter().take(1).map(|item| (item.competency.to_string(), 1.0)));
    }
    weights.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    weights.truncate(MAX_COMPETENCIES);
    if weights.iter().all(|(_, weight)| *weight <= 0.0) {
        weights.iter_mut().for_each(|(_, weight)| *weight = 1.0);
    }
    let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
    weights
        .into_iter()
        .map(|(key, weight)| PlannedCompetency {
            label: bank.label(&key).to_owned(),
            weight: ((weight / sum) * 1000.0).round() / 1000.0,
            key,
        })
        .collect()
}

/// A question beside the plan.
pub struct Spare<'a> {
    /// The question.
    pub question: &'a BankQuestion,
    /// How much it is worth to ask it, above 0.
    pub value: f64,
    /// Whether the bank has it in the interview's language.
    pub speaks: bool,
}

/// Chooses questions for a plan.
pub struct Chooser<'a> {
    bank: &'a Bank,
    brief: &'a Brief<'a>,
    wanted: &'a HashMap<String, f64>,
    roles: Vec<&'a BankRole>,
    items: Vec<PlanItem>,
    resume_lines: usize,
}

impl<'a> Chooser<'a> {
    /// What is planned.
    pub fn items(&self) -> &[PlanItem] {
        &self.items
    }

    /// Questions that might be asked but are not planned; none that the candidate has had or that asks about the resume.
    pub fn spare(&self, wanted: impl Fn(&BankQuestion) -> bool) -> Vec<Spare<'a>> {
        let fits = |question: &BankQuestion| {
            wanted(question)
                && !self.brief.seen.contains(&question.id)
                && !question.text.contains("{resume_line}")
                && self.suits(question, question.phase())
        };
        let all = self.bank.questions().filter(|(_, question)| fits(question));
        all.map(|(role, question)| {
            let speaks = self.bank.question_in(&self.brief.settings.language, &question.id).is_some();
            Spare { question, value: self.value(role, question), speaks }
        })
        .filter(|spare| spare.value > 0.0 && (spare.speaks || self.brief.translates))
        .collect()
    }

    fn fill(&mut self, phase: Phase, count: usize) {
        for _ in 0..count {
            let translated = || self.best(phase, false).filter(|_| self.brief.translates);
            let Some(question) = self.best(phase, true).or_else(translated) else { return };
            if question.text.contains("{resume_line}") {
                self.resume_lines += 1;
            }
            self.items.push(self.item(question, phase));
        }
    }

    /// The question that is most worth asking; with `worded`, of those that the bank has in the interview's language.
    fn best(&self, phase: Phase, worded: bool) -> Option<&'a BankQuestion> {
        let language = &self.brief.settings.language;
        let speaks = |q: &BankQuestion| !worded || self.bank.question_in(language, &q.id).is_some();
        let candidates = self.bank.questions().filter(|(_, q)| speaks(q) && self.suits(q, phase));
        candidates
            .map(|(role, question)| (self.value(role, question), question))
            .filter(|(value, _)| *value > 0.0)
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.id.cmp(&x.id)))
            .map(|(_, question)| question)
    }

    /// Makes up in the middle of the interview what a phase could not give towards the wanted number.
    fn fill_up(&mut self, wanted: usize) {
        for phase in [Phase::Technical, Phase::Behavioral, Phase::Scenario, Phase::Experience] {
            let missing = wanted.saturating_sub(self.items.len());
            self.fill(phase, missing);
        }
        self.items.sort_by_key(|item| item.phase);
    }

    fn suits(&self, question: &BankQuestion, phase: Phase) -> bool {
        let chosen_type = match phase {
            Phase::Introduction | Phase::Experience | Phase::WrapUp => true,
            _ => self.brief.settings.types.contains(&question.kind),
        };
        question.phase() == phase
            && chosen_type
            && !self.items.iter().any(|item| item.key == question.id)
            && self.placeholders_known(question)
    }

    fn placeholders_known(&self, question: &BankQuestion) -> bool {
        let position = self.brief.settings.position.is_some() || self.brief.posting.position.is_some();
        let line = grounding::telling_resume_line(self.brief, self.resume_lines).is_some();
        (position || !question.text.contains("{position}"))
            && (line || !question.text.contains("{resume_line}"))
    }

    /// How much it is worth to ask `question`; 0 when it does not belong to this job.
    fn value(&self, role: &BankRole, question: &BankQuestion) -> f64 {
        let affinity = if role.role == GENERAL {
            0.5
        } else {
            match self.roles.iter().position(|r| r.role == role.role) {
                Some(0) => 1.0,
                Some(rank @ 1..=2) => 0.45 / rank as f64,
                _ => return 0.0,
            }
        };
        let asked = self.items.iter().filter(|item| item.competency == question.competency).count();
        let wanted = self.wanted.get(&question.competency).copied().unwrap_or(0.02) / (1 + 2 * asked) as f64;
        let resume_bonus = if question.text.contains("{resume_line}") { 0.25 } else { 0.0 };
        let seen = if self.brief.seen.contains(&question.id) { 0.3 } else { 1.0 };
        let far =
            if level_distance(question.difficulty, self.brief.settings.difficulty) > 1 { 0.4 } else { 1.0 };
        let value = 2.0 * wanted
            + grounding::strength(question, self.brief)
            + resume_bonus
            + 0.6 * level_fit(question.difficulty, self.brief.settings.difficulty)
            + 0.25 * variety(self.brief.seed, &question.id);
        affinity * value * seen * far
    }

    /// The question as it stands in a plan.
    pub fn item(&self, question: &BankQuestion, phase: Phase) -> PlanItem {
        let mut lines = grounding::of(question, self.brief);
        if question.text.contains("{resume_line}")
            && let Some(text) = grounding::telling_resume_line(self.brief, self.resume_lines - 1)
        {
            lines.retain(|g| g.source != GroundingSource::Resume);
            lines.push(Grounding { source: GroundingSource::Resume, text: text.into() });
        }
        PlanItem {
            key: question.id.as_str().into(),
            wording: asking::worded(self.bank, question, self.brief.settings, &lines).map(Box::new),
            phase,
            kind: question.kind,
            competency: question.competency.as_str().into(),
            difficulty: question.difficulty,
            minutes: question.minutes,
            grounding: lines.into(),
        }
    }
}

fn level_fit(question: Difficulty, wanted: Difficulty) -> f64 {
    match level_distance(question, wanted) {
        0 => 1.0,
        1 => 0.4,
        _ => 0.0,
    }
}

fn level_distance(question: Difficulty, wanted: Difficulty) -> u8 {
    (question as u8).abs_diff(wanted as u8)
}

/// 0..1, fixed for a seed and a question (FNV-1a), so that two interviews differ and one can be repeated.
fn variety(seed: u64, id: &str) -> f64 {
    let hash = id.bytes().chain(seed.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 11) as f64 / (1_u64 << 53) as f64
}
