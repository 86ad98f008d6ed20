//! One turn: ask, look the header up as soon as it is there, show the words as they come, and check what is left.

use super::case_file::CaseFile;
use super::heard::{Ears, Heard};
use super::history::History;
use super::person::Person;
use super::said::{Limits, Said};
use super::{LlmInterviewer, header, language, prompt};
use crate::conversation::{Listener, Moment, Spoken, Talked};
use crate::model_calls::{Streamed, room};
use futures::StreamExt;
use greenroom_domain::interview::Probe;
use greenroom_domain::model_call::ModelPurpose;
use greenroom_llm::{Format, Piece, Recorded, Request, Stop, Stream};
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};

/// Longest reply, tokens: a header and six hundred characters in a script that takes many tokens, and some thinking.
const MAX_TOKENS: u32 = 1_500;
/// Longest reply, bytes.
const MAX_BYTES: usize = 16 * 1024;

impl LlmInterviewer {
    pub(super) async fn speak(&self, moment: Moment<'_>, listener: &dyn Listener) -> Talked<Spoken> {
        let until = Instant::now() + self.options.deadline;
        let person = Person::of(&moment.brief);
        let case = CaseFile::new(&moment.brief, &person);
        let may_follow_up = moment.follow_up_of.is_some();
        let ears = Ears::new(&moment.brief, moment.state, &case, moment.planned, may_follow_up);
        let Some(ears) = ears else {
            return Talked { result: Err("there is no answer to react to".to_owned()), calls: Vec::new() };
        };
        let (request, nonces) = self.request(&moment, &person, &case, &ears);
        if let Err(cause) = room(&*self.model, &request) {
            return Talked { result: Err(cause), calls: Vec::new() };
        }
        let asked = asked(&moment);
        let mut reading = Reading {
            ears: &ears,
            asked: &asked,
            nonces: &nonces,
            language: &moment.brief.settings.language,
            text: String::new(),
            header: None,
            shown: String::new(),
        };
        let mut call =
            Streamed::begin(ModelPurpose::Turn, &format!("{}/turn", prompt::VERSION), self.model.name());
        let listening = self.listen(&request, &mut reading, &mut call, listener);
        let result = match timeout_at(until, listening).await {
            Ok(result) => result.map(|(heard, said)| spoken(&moment, heard, said)),
            Err(_) => {
                call.timed_out();
                Err("the time for the turn was over".to_owned())
            }
        };
        Talked { result, calls: vec![call.end()] }
    }

    /// What the model is asked, and the random words in it.
    fn request(
        &self,
        moment: &Moment<'_>,
        person: &Person<'_>,
        case: &CaseFile,
        ears: &Ears<'_>,
    ) -> (Request, Vec<String>) {
        let state = moment.state;
        let history = History::new(state, person, &self.bank.now());
        let planned = moment.planned.map(|question| person.without(&question.content));
        let view = prompt::TurnView {
            settings: moment.brief.settings,
            left_ms: moment.brief.settings.duration_ms().saturating_sub(state.used_ms),
            phase: state.phase(),
            history: &history,
            planned: planned.as_deref(),
            translate: ears.translates(),
            follow_up: moment.follow_up_of.is_some(),
        };
        let (opening, nonce) = prompt::opening(case);
        let (last, turn_nonce) = prompt::turn(&view);
        let request = Request {
            system: prompt::system(moment.brief.settings),
            messages: opening.into_iter().chain([last]).collect(),
            max_tokens: MAX_TOKENS,
            temperature: Some(0.4),
            format: Format::Text,
            account: moment.brief.account.map(Arc::from),
            reuse: false,
        };
        (request, vec![nonce, turn_nonce])
    }

    async fn listen(
        &self,
        request: &Request,
        reading: &mut Reading<'_>,
        call: &mut Streamed,
        listener: &dyn Listener,
    ) -> Result<(Heard, Said), String> {
        let Recorded { result, attempts } = self.model.stream_recorded(request).await;
        call.tried(&attempts, &result);
        let Stream { model, mut pieces } = result.map_err(|error| error.to_string())?;
        call.answered(&model);
        while let Some(piece) = pieces.next().await {
            match piece {
                Ok(Piece::Text(text)) => {
                    if let Some(words) = reading.push(&text)? {
                        listener.writing(words);
                    }
                }
                Ok(Piece::End(end)) => {
                    call.took(end.usage);
                    if end.stop == Stop::Length {
                        return Err("the reply was cut off".to_owned());
                    }
                    let (heard, said) = reading.finish()?;
                    listener.writing(&said.shown());
                    return Ok((heard, said));
                }
                Err(error) => {
                    call.broke(&error);
                    return Err(error.to_string());
                }
            }
        }
        Err("the reply broke off".to_owned())
    }
}

/// A reply while it comes.
struct Reading<'a> {
    ears: &'a Ears<'a>,
    asked: &'a [&'a str],
    nonces: &'a [String],
    language: &'a str,
    text: String,
    header: Option<(Heard, usize)>,
    shown: String,
}

impl<'a> Reading<'a> {
    /// Takes more text in; all words so far when there are more of them to show.
    fn push(&mut self, text: &str) -> Result<Option<&str>, &'static str> {
        self.text.push_str(text);
        if self.text.len() > MAX_BYTES {
            return Err("the reply is too long");
        }
        if self.header.is_none() {
            self.header = header::read(&self.text)?.map(|(header, end)| (self.ears.heard(&header), end));
        }
        let Some((heard, end)) = &self.header else { return Ok(None) };
        let shown = self.limits(heard).so_far(&self.text[*end..])?;
        if shown.len() <= self.shown.len() {
            return Ok(None);
        }
        self.shown = shown;
        Ok(Some(&self.shown))
    }

    fn finish(&mut self) -> Result<(Heard, Said), &'static str> {
        let (heard, end) = self.header.take().ok_or("there is no line of JSON")?;
        let said = self.limits(&heard).whole(&self.text[end..])?;
        Ok((heard, said))
    }

    fn limits(&self, heard: &Heard) -> Limits<'a> {
        Limits { part: heard.part, asked: self.asked, nonces: self.nonces, language: self.language }
    }
}

/// Questions that a follow-up must not repeat.
fn asked<'a>(moment: &Moment<'a>) -> Vec<&'a str> {
    let asked = moment.state.asked.iter().map(|asked| asked.question.content.as_str());
    asked.chain(moment.planned.map(|question| question.content.as_str())).collect()
}

fn spoken(moment: &Moment<'_>, heard: Heard, said: Said) -> Spoken {
    let follow_up = heard.said.zip(said.question);
    let translated = said.translated.filter(|text| {
        moment
            .planned
            .is_some_and(|planned| is_translation(text, &planned.content, &moment.brief.settings.language))
    });
    Spoken {
        reaction: said.reaction,
        follow_up: follow_up.map(|(said, text)| Probe { said, text, asks_for: 0 }),
        translated,
        asked: heard.asked,
        conduct: heard.conduct,
        contrast: heard.contrast,
        farewell: said.farewell,
    }
}

/// Whether `text` can be `original` in the language `wanted`: not the same, not in another language, of a like length.
pub(super) fn is_translation(text: &str, original: &str, wanted: &str) -> bool {
    let (length, of) = (text.chars().count(), original.chars().count());
    text != original
        && (of / 5..=of * 2 + 40).contains(&length)
        && !language::is_other(wanted, text)
        && super::said::is_question(text) >= original.trim_end().ends_with('?')
}
