//! What the interviewer is asked: the versioned templates of `prompts/interviewer/v1`, filled in.

use super::case_file::CaseFile;
use super::history::History;
use super::plan::{Shown, is_open, word};
use crate::bank::Bank;
use crate::model_text::templates::{Templates, nonce};
use crate::sentences;
use greenroom_domain::interview::{Personality, Phase, Plan, PlanItem, Settings, shares};
use greenroom_llm::{Message, Role};
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;
use std::sync::LazyLock;

/// Version of the templates; part of the engine's name on every question.
pub(super) const VERSION: &str = "interviewer-v1";

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(&[
        ("system", include_str!("../../../../prompts/interviewer/v1/system.j2")),
        ("case", include_str!("../../../../prompts/interviewer/v1/case.j2")),
        ("turn", include_str!("../../../../prompts/interviewer/v1/turn.j2")),
        ("plan_system", include_str!("../../../../prompts/interviewer/v1/plan_system.j2")),
        ("plan", include_str!("../../../../prompts/interviewer/v1/plan.j2")),
    ])
});

/// What the last message of a turn shows.
pub(super) struct TurnView<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// Time left, ms.
    pub left_ms: u64,
    /// The part of the interview.
    pub phase: Phase,
    /// What was said.
    pub history: &'a History,
    /// The planned question, when the interview goes on.
    pub planned: Option<&'a str>,
    /// Whether it is to be translated.
    pub translate: bool,
    /// Whether a follow-up is allowed.
    pub follow_up: bool,
}

/// What the last message of a plan shows.
pub(super) struct PlanView<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The built-in plan.
    pub draft: &'a Plan,
    /// The bank, for its competencies.
    pub bank: &'a Bank,
    /// What can be chosen.
    pub choices: Vec<Shown>,
    /// The answer to the first question, without who speaks.
    pub introduction: Option<&'a str>,
}

#[derive(Serialize)]
struct PhaseView {
    name: &'static str,
    minutes: u32,
    fixed: bool,
    numbers: Vec<String>,
}

/// The instructions for a turn: the same bytes through a whole interview, and for all with the same manner and language.
pub(super) fn system(settings: &Settings) -> String {
    let personality = match settings.personality {
        Personality::Supportive => "supportive",
        Personality::Professional => "professional",
        Personality::Challenging => "challenging",
        Personality::Direct => "direct",
    };
    TEMPLATES.render("system", context! { personality, language => language(settings) })
}

/// The beginning of every conversation, the same bytes through a whole interview: the case file and the model's nod.
/// And the random word in it.
pub(super) fn opening(case: &CaseFile) -> ([Message; 2], String) {
    let nonce = nonce(&case.texts());
    let text =
        TEMPLATES.render("case", context! { nonce => nonce.as_str(), sections => Serde(&case.sections) });
    let nod = Message { role: Role::Assistant, text: "Ready.".to_owned() };
    ([Message { role: Role::User, text }, nod], nonce)
}

/// The last message of a turn, and its random word.
pub(super) fn turn(view: &TurnView<'_>) -> (Message, String) {
    let mut shown = view.history.texts();
    shown.extend(view.planned);
    let nonce = nonce(&shown);
    let text = TEMPLATES.render(
        "turn",
        context! {
            nonce => nonce.as_str(),
            left => view.left_ms.div_ceil(60_000),
            total => view.settings.duration_minutes,
            phase => phase(view.phase),
            notes => Serde(&view.history.notes),
            left_out => view.history.left_out,
            exchanges => Serde(&view.history.exchanges),
            planned => view.planned,
            translate => view.translate,
            follow_up => view.follow_up,
            language => language(view.settings),
        },
    );
    (Message { role: Role::User, text }, nonce)
}

/// The instructions for a plan: the same bytes for all in one language.
pub(super) fn plan_system(settings: &Settings) -> String {
    let language = language(settings);
    TEMPLATES.render("plan_system", context! { language, english => language == "English" })
}

/// The last message of a plan.
pub(super) fn plan(view: &PlanView<'_>) -> Message {
    let settings = view.settings;
    let shown = view.choices.iter().map(|choice| choice.text.as_str()).chain(view.introduction);
    let nonce = nonce(&shown.collect::<Vec<_>>());
    let planned: Vec<&str> = view.draft.competencies.iter().map(|c| c.key.as_str()).collect();
    let keys = view.bank.competencies().iter().map(|c| c.key.as_str());
    let keys = keys.filter(|key| !planned.contains(key)).collect::<Vec<_>>().join(", ");
    let text = TEMPLATES.render(
        "plan",
        context! {
            nonce,
            minutes => settings.duration_minutes,
            difficulty => word(&settings.difficulty),
            kinds => settings.types.iter().map(word).collect::<Vec<_>>(),
            phases => Serde(phases(view)),
            competencies => Serde(&view.draft.competencies),
            keys,
            choices => Serde(&view.choices),
            introduction => view.introduction,
        },
    );
    Message { role: Role::User, text }
}

/// The draft by part, as far as a part has time.
fn phases(view: &PlanView<'_>) -> Vec<PhaseView> {
    let parts = shares(&view.settings.types).into_iter().map(|share| share.phase);
    parts
        .map(|part| {
            let items: Vec<&PlanItem> = view.draft.items.iter().filter(|item| item.phase == part).collect();
            let number = |item: &&PlanItem| {
                let choice = view.choices.iter().find(|choice| choice.key.as_deref() == Some(&item.key))?;
                Some(choice.number.clone())
            };
            PhaseView {
                name: phase(part),
                minutes: items.iter().map(|item| item.minutes).sum(),
                fixed: !is_open(part),
                numbers: items.iter().filter_map(number).collect(),
            }
        })
        .collect()
}

/// The name of the interview's language for a model. Only names that we know: nothing that somebody typed.
pub(super) fn language(settings: &Settings) -> &'static str {
    &sentences(&settings.language).english
}

/// A part of the interview in words.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Introduction => "introduction",
        Phase::Experience => "experience",
        Phase::Technical => "technical",
        Phase::Behavioral => "behavioral",
        Phase::Scenario => "scenario",
        Phase::WrapUp => "wrap-up",
    }
}
