//! A question with what a full answer says, taken apart once for many answers.

use crate::compare::{Question, Target, Terms};
use crate::text::{Forms, Text};
use crate::{Item, knows_meaning};
use greenroom_domain::bank::KeyPoint;
use std::borrow::Cow;

/// A question with what a full answer says.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The question.
    pub question: Question<'a>,
    /// The key points, in order.
    pub points: Vec<Point<'a>>,
    whole: Option<Whole<'a>>,
    /// Whether the table of meanings knows the language.
    pub english: bool,
}

/// A key point, taken apart.
#[derive(Debug)]
pub struct Point<'a> {
    /// As it was written.
    pub written: KeyPoint,
    /// What a good answer says.
    pub target: Target<'a>,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one for a question")]
enum Whole<'a> {
    /// What an answer is compared with: nobody wrote key points.
    Compared(Target<'a>),
    /// What the gate looks at.
    Looked(Terms<'a>),
}

impl<'a> Wanted<'a> {
    /// Takes apart what is asked by `item`; its answer does not matter.
    pub fn of(item: &Item<'a>, forms: &mut Forms) -> Self {
        Self::new(
            item.question.into(),
            item.reference.map(Cow::Borrowed),
            item.key_points,
            item.language,
            forms,
        )
    }

    /// Takes question, reference and key points apart; `language` is that of the interview, ISO 639-1.
    pub fn new(
        question: Cow<'a, str>,
        reference: Option<Cow<'a, str>>,
        key_points: &[KeyPoint],
        language: &str,
        forms: &mut Forms,
    ) -> Self {
        let english = knows_meaning(language);
        let question = Question::new(Text::with(question, language, forms), english);
        let points: Vec<Point<'a>> = key_points
            .iter()
            .map(|point| Point {
                target: Target::new(
                    &question,
                    Text::with(point.says.as_str().to_owned(), language, forms),
                    english,
                ),
                written: point.clone(),
            })
            .collect();
        let whole = whole_text(reference, key_points).map(|text| Text::with(text, language, forms));
        let whole = whole.map(|text| match points.is_empty() {
            true => Whole::Compared(Target::new(&question, text, english)),
            false => Whole::Looked(Terms::new(text, english)),
        });
        Self { question, points, whole, english }
    }

    /// What a full answer says as one text: the reference, else the key points.
    pub fn whole(&self) -> Option<&Terms<'a>> {
        self.whole.as_ref().map(|whole| match whole {
            Whole::Compared(target) => &target.terms,
            Whole::Looked(terms) => terms,
        })
    }

    /// What an answer is compared with as a whole: the reference, where nobody wrote key points.
    pub fn reference(&self) -> Option<&Target<'a>> {
        match &self.whole {
            Some(Whole::Compared(target)) => Some(target),
            _ => None,
        }
    }
}

fn whole_text<'a>(reference: Option<Cow<'a, str>>, key_points: &[KeyPoint]) -> Option<Cow<'a, str>> {
    let trimmed = reference.map(|text| match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    });
    trimmed.filter(|text| !text.is_empty()).or_else(|| {
        let says: Vec<&str> = key_points.iter().map(|point| point.says.as_str()).collect();
        (!says.is_empty()).then(|| says.join(" ").into())
    })
}
