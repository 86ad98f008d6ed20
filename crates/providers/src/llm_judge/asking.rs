//! The calls of one sample: ask, repair once, ask once more for what nothing supports.

use super::findings::{Bench, Findings};
use super::{prompt, reply};
use crate::model_calls::{Calls, room};
use crate::model_text::json;
use greenroom_llm::{Format, LanguageModel, Message, ModelName, Request, Role, Stop};
use std::sync::Arc;
use tokio::time::Instant;

/// Longest part of a bad reply that is shown to the model again, characters.
const SHOWN_AGAIN_CHARS: usize = 12_000;

/// Whom to ask, until when, and who pays.
pub(super) struct Line<'a> {
    pub model: &'a dyn LanguageModel,
    pub calls: &'a Calls,
    pub account: Option<&'a str>,
    pub until: Instant,
}

/// A question to a model, for as many samples as are wanted.
pub(super) struct Asking<'a> {
    line: Line<'a>,
    bench: Bench<'a>,
    request: Request,
}

impl<'a> Asking<'a> {
    /// The request for one judgement; an error when the model's context is known to be too small for it.
    pub fn new(
        line: Line<'a>,
        bench: Bench<'a>,
        system: &str,
        user: &str,
        samples: u8,
    ) -> Result<Self, String> {
        let entries = bench.rubric.criteria.len() * 350 + bench.points * 100;
        let max_tokens = u32::try_from(1000 + entries).unwrap_or(u32::MAX).min(16_000);
        let request = Request {
            system: system.to_owned(),
            messages: vec![Message { role: Role::User, text: user.to_owned() }],
            max_tokens,
            // Samples that cannot differ would show no range.
            temperature: Some(if samples > 1 { 0.4 } else { 0.0 }),
            format: Format::Json {
                name: "judgement".to_owned(),
                schema: Arc::new(reply::schema(bench.rubric)),
            },
            account: line.account.map(Into::into),
            // Samples that are equal would show no range either.
            reuse: samples == 1,
        };
        room(line.model, &request)?;
        Ok(Self { line, bench, request })
    }

    /// One sample; an error in words, without any of the candidate's, when the model gave nothing to use.
    pub async fn sample(&self) -> Result<(ModelName, Findings), String> {
        let mut request = self.request.clone();
        let (model, text, first) = match self.call(&request).await? {
            (model, text, Ok(reply)) => (model, text, reply),
            (_, text, Err(problem)) => {
                converse(&mut request, &text, prompt::repair(&problem));
                // The first reply may come from memory; with a fresh one now, a bad one does not stand for a day.
                request.reuse = false;
                match self.call(&request).await? {
                    (model, text, Ok(reply)) => (model, text, reply),
                    (_, _, Err(problem)) => return Err(format!("no usable reply, twice: {problem}")),
                }
            }
        };
        let mut findings = self.bench.findings(&first);
        let unsupported = findings.unsupported();
        if !unsupported.is_empty() {
            let keys = unsupported.iter().map(|index| self.bench.rubric.criteria[*index].key.as_str());
            converse(&mut request, &text, prompt::again(&keys.collect::<Vec<_>>()));
            // Without a second reply the first stands, and what it left without evidence is not assessed.
            if let Ok((_, _, Ok(second))) = self.call(&request).await {
                findings.complete_with(self.bench.findings(&second));
            }
        }
        Ok((model, findings))
    }

    async fn call(
        &self,
        request: &Request,
    ) -> Result<(ModelName, String, Result<reply::Reply, String>), String> {
        let Line { model, calls, until, .. } = self.line;
        let reply = calls.complete(model, request, until).await.map_err(|why| why.to_string())?;
        let read = match reply.end.stop {
            Stop::Length => Err("It was cut off; be briefer.".to_owned()),
            Stop::Done => json::read(&reply.text).and_then(|read| self.about_the_rubric(read)),
        };
        Ok((reply.model, reply.text, read))
    }

    /// The reply, unless it names none of the criteria: then it is no judgement, and says nothing of the answer.
    fn about_the_rubric(&self, reply: reply::Reply) -> Result<reply::Reply, String> {
        let is_named = |key: &str| reply.criteria.iter().any(|entry| entry.key == key);
        let any = self.bench.rubric.criteria.iter().any(|criterion| is_named(&criterion.key));
        any.then_some(reply).ok_or_else(|| "It names none of the criteria.".to_owned())
    }
}

/// Adds what the model said and what is asked next.
fn converse(request: &mut Request, said: &str, next: String) {
    let shown: String = said.chars().take(SHOWN_AGAIN_CHARS).collect();
    // Vendors refuse turns without text.
    let text = if shown.trim().is_empty() { "(nothing)".to_owned() } else { shown };
    request.messages.push(Message { role: Role::Assistant, text });
    request.messages.push(Message { role: Role::User, text: next });
}
