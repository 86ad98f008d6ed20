//! A plan by the model: it betters the draft of the built-in interviewer, question by question, and code checks each.

mod assembled;
mod own;
mod reply;
mod shortlist;

pub(super) use shortlist::{Shown, is_open, word};

use super::case_file::CaseFile;
use super::history::without_middle;
use super::person::Person;
use super::{LlmInterviewer, prompt};
use crate::conversation::{Replanned, Talked};
use crate::interviewer::Brief;
use crate::model_calls::{Calls, full_name, room};
use crate::model_text::{json, plain};
use crate::phrases::VERDICTS;
use assembled::Assembling;
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::interview::{Plan, Reading};
use greenroom_domain::model_call::ModelPurpose;
use greenroom_llm::{Format, ModelName, Request, Stop};
use reply::{PlanReply, ReadingReply};
use shortlist::Shortlist;
use std::sync::Arc;
use tokio::time::Instant;

/// Version of the prompt, for the log.
const PROMPT: &str = "interviewer-v1/plan";
/// Words that the quote of a reading must have, or all of a shorter introduction.
const QUOTE_WORDS: usize = 3;
/// Longest role of a reading, characters.
const ROLE_CHARS: usize = 80;

impl LlmInterviewer {
    pub(super) async fn better(
        &self,
        brief: Brief<'_>,
        draft: &Plan,
        introduction: Option<&str>,
    ) -> Talked<Replanned> {
        let person = Person::of(&brief);
        let case = CaseFile::new(&brief, &person);
        let bank = self.bank.now();
        let shortlist = Shortlist::new(&bank, &brief, draft);
        let request = self.plan_request(&brief, draft, introduction, &person, &case, &shortlist);
        if let Err(cause) = room(&*self.planner, &request) {
            return Talked { result: Err(cause), calls: Vec::new() };
        }
        let calls = Calls::new(ModelPurpose::Plan, PROMPT);
        let result = self.ask_for_plan(&request, &calls).await.and_then(|(model, reply)| {
            let assembling =
                Assembling { bank: &bank, brief: &brief, draft, case: &case, shortlist: &shortlist };
            let reading = introduction.zip(reply.reading.as_ref());
            let reading = reading.and_then(|(said, reading)| read(&person, said, reading));
            let plan = match assembling.plan(&reply) {
                Some(plan) => plan,
                None if reading.is_some() => draft.clone(),
                None => return Err("no question of the reply passed the checks".to_owned()),
            };
            Ok(Replanned { plan, reading, engine: engine(&model) })
        });
        Talked { result, calls: calls.into_ended() }
    }

    fn plan_request(
        &self,
        brief: &Brief<'_>,
        draft: &Plan,
        introduction: Option<&str>,
        person: &Person<'_>,
        case: &CaseFile,
        shortlist: &Shortlist<'_>,
    ) -> Request {
        let introduction = introduction.map(|text| without_middle(&person.without(text)));
        let view = prompt::PlanView {
            settings: brief.settings,
            draft,
            bank: shortlist.bank,
            choices: shortlist.shown(person),
            introduction: introduction.as_deref(),
        };
        let (opening, _) = prompt::opening(case);
        let tokens = 1_500 + 400 * draft.items.len();
        Request {
            system: prompt::plan_system(brief.settings),
            messages: opening.into_iter().chain([prompt::plan(&view)]).collect(),
            max_tokens: u32::try_from(tokens).unwrap_or(u32::MAX).min(16_000),
            temperature: Some(0.4),
            format: Format::Json { name: "plan".to_owned(), schema: Arc::new(reply::schema(shortlist.bank)) },
            account: brief.account.map(Arc::from),
            reuse: false,
        }
    }

    async fn ask_for_plan(&self, request: &Request, calls: &Calls) -> Result<(ModelName, PlanReply), String> {
        let until = Instant::now() + self.options.plan_deadline;
        let reply =
            calls.complete(&*self.planner, request, until).await.map_err(|error| error.to_string())?;
        if reply.end.stop == Stop::Length {
            return Err("the reply was cut off".to_owned());
        }
        let read = json::read(&reply.text).map_err(|problem| format!("no usable reply: {problem}"))?;
        Ok((reply.model, read))
    }
}

fn engine(model: &ModelName) -> Engine {
    Engine { kind: EngineKind::Llm, name: full_name(model).into(), version: prompt::VERSION.into() }
}

/// What the introduction told, when the words that tell it stand there.
fn read(person: &Person<'_>, introduction: &str, reading: &ReadingReply) -> Option<Reading> {
    let quote = person.prepared(introduction).quote(&reading.quote, QUOTE_WORDS)?;
    let role = plain::line(&reading.role, ROLE_CHARS);
    let is_role = !role.is_empty() && !plain::has_link(&role) && !plain::has_markup(&role);
    let known = ["junior", "mid", "senior", "lead"].into_iter().find(|known| *known == reading.seniority);
    (is_role && !VERDICTS.are_in(&role)).then(|| Reading { role, seniority: known.map(str::to_owned), quote })
}
