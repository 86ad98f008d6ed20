//! Who the candidate is: what is taken out of every text that leaves for a model.

use crate::interviewer::Brief;
use crate::model_text::edited::{Edit, Edited};
use crate::model_text::prepared::{Prepared, nothing, visible};
use crate::model_text::redact::{self, Names};

/// What is known of the candidate's identity.
#[derive(Clone, Debug)]
pub(super) struct Person<'a> {
    names: Names,
    /// Address, number and links as the resume has them.
    contacts: Vec<&'a str>,
}

impl<'a> Person<'a> {
    /// The person of `brief`, as far as account and resume tell.
    pub fn of(brief: &Brief<'a>) -> Self {
        let of_resume = brief.resume.and_then(|resume| resume.name.as_deref());
        let names: Vec<&str> = brief.names.iter().map(String::as_str).chain(of_resume).collect();
        let contacts = brief.resume.into_iter().flat_map(|r| r.email.iter().chain(&r.phone).chain(&r.links));
        let contacts = contacts.map(|text| text.trim()).filter(|text| text.chars().count() > 4);
        Self { names: Names::new(&names), contacts: contacts.collect() }
    }

    /// An answer whose quotes find their way back.
    pub fn prepared<'t>(&self, answer: &'t str) -> Prepared<'t> {
        Prepared::new(answer, nothing, |text| self.edits(text))
    }

    /// `text` without what nobody can see and without who speaks.
    pub fn without(&self, text: &str) -> String {
        let seen = visible(text, nothing).text;
        Edited::new(&seen, self.edits(&seen)).text
    }

    /// The same for a line of a resume: without street addresses too.
    pub fn without_address(&self, text: &str) -> String {
        let seen = visible(text, nothing).text;
        let mut edits = self.edits(&seen);
        edits.extend(redact::addresses(&seen));
        Edited::new(&seen, edits).text
    }

    fn edits(&self, text: &str) -> Vec<Edit> {
        let written = self.contacts.iter().flat_map(|contact| text.match_indices(contact));
        let written = written.map(|(at, found)| Edit {
            at: at..at + found.len(),
            with: "[contact]".to_owned(),
            withheld: false,
        });
        redact::identity(text, &self.names).into_iter().chain(written).collect()
    }
}
