//! Feedback in words: from the judgement and the person's own sentences. Nothing is invented.

use crate::features::{manner, story};
use crate::text::{LISTS, Text};
use greenroom_domain::account::FeedbackStyle;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::Judgement;
use greenroom_domain::feedback::FeedbackContent;
use greenroom_domain::interview::InterviewType;

/// A judged answer.
#[derive(Clone, Copy, Debug)]
pub struct Reviewed<'a> {
    /// The question.
    pub question: &'a str,
    /// Its kind.
    pub kind: InterviewType,
    /// What a full answer says.
    pub key_points: &'a [KeyPoint],
    /// The answer.
    pub answer: &'a str,
    /// The judgement.
    pub judgement: &'a Judgement,
    /// Tags of the question.
    pub tags: &'a [String],
    /// How it should sound.
    pub style: FeedbackStyle,
    /// ISO 639-1 code of the interview's language.
    pub language: &'a str,
}

impl Reviewed<'_> {
    /// Whether the parts of a story or an argument can be found: their signs are English words.
    fn shows_parts(&self) -> bool {
        self.language == "en"
    }
}

/// Writes the feedback.
pub fn write(reviewed: &Reviewed<'_>) -> FeedbackContent {
    let judgement = reviewed.judgement;
    FeedbackContent {
        detailed_feedback: paragraph(reviewed),
        strengths: judgement.strengths.clone(),
        areas_for_improvement: judgement.areas_for_improvement.clone(),
        sample_answer: stronger(reviewed),
        tips: tips(reviewed),
        resources: resources(reviewed),
    }
}

fn paragraph(reviewed: &Reviewed<'_>) -> String {
    let judgement = reviewed.judgement;
    let (good, better) = (judgement.strengths.first(), judgement.areas_for_improvement.first());
    let opening = match reviewed.style {
        FeedbackStyle::Supportive => "Thank you for trying this one. ",
        FeedbackStyle::Direct | FeedbackStyle::Detailed => "",
    };
    let mut text = String::from(opening);
    match judgement.overall.score {
        None => {
            text.push_str("There was too little to judge, so there is no score; that is not a bad mark. ")
        }
        Some(_) => {
            if let Some(good) = good {
                text.push_str(&format!("What works: {good} "));
            }
        }
    }
    if let Some(better) = better {
        text.push_str(&format!("What would help most: {better}"));
    }
    if reviewed.style == FeedbackStyle::Detailed {
        for criterion in &judgement.criteria {
            let score = criterion.score().map_or("not assessed".to_owned(), |score| format!("{score:.1}"));
            text.push_str(&format!(" {} ({score}): {}", criterion.key.replace('_', " "), criterion.reason()));
        }
    }
    text.trim().to_owned()
}

/// A stronger version of the person's own answer: their sentences in their order, with blanks in brackets where a
/// part of the story is missing.
fn stronger(reviewed: &Reviewed<'_>) -> String {
    let answer = Text::of(reviewed.answer, reviewed.language);
    if answer.sentences.is_empty() {
        return String::new();
    }
    if !reviewed.shows_parts() {
        let own = std::iter::once(reviewed.answer.trim().to_owned());
        return own.chain(to_add(reviewed)).collect::<Vec<_>>().join("\n");
    }
    let behavioral = reviewed.kind == InterviewType::Behavioral;
    let parts: [(&[String], &str); 4] = if behavioral {
        [
            (&LISTS.situation, "[Where and when was this? One sentence.]"),
            (&LISTS.task, "[What was your task or goal?]"),
            (&LISTS.action, "[What did you do yourself? Begin with “I”.]"),
            (&LISTS.result, "[What came of it? Give a figure: how many, how long, by how much?]"),
        ]
    } else {
        [
            (&[], ""),
            (&LISTS.reason, "[Why? Give the reason in one sentence, beginning with “because”.]"),
            (&LISTS.example, "[One example from something you did.]"),
            (&LISTS.result, "[What was the effect? Give a figure if you have one.]"),
        ]
    };
    // Which words belong where is a guess; to reorder by it would tear stories apart.
    let mut lines: Vec<Vec<&str>> = vec![Vec::new(); parts.len()];
    let mut reached = 0;
    for (index, sentence) in answer.sentences.iter().enumerate() {
        let raw = &answer.raw[sentence.at.clone()];
        let alone = Text::new(raw);
        let place = parts.iter().rposition(|(cues, _)| !cues.is_empty() && alone.has(cues));
        let fallback = if behavioral && index > 0 { 2 } else { 0 };
        reached = reached.max(place.unwrap_or(fallback));
        lines[reached].push(raw);
    }
    let mut text: Vec<String> = Vec::new();
    for ((cues, blank), own) in parts.iter().zip(lines) {
        if !own.is_empty() {
            text.push(own.join(" "));
        } else if !blank.is_empty() && !answer.has(cues) {
            text.push((*blank).to_owned());
        }
    }
    text.extend(to_add(reviewed));
    text.join("\n")
}

/// Blanks for key points that are missing.
fn to_add<'a>(reviewed: &'a Reviewed<'_>) -> impl Iterator<Item = String> + 'a {
    let points = reviewed.judgement.key_points.iter().zip(reviewed.key_points);
    let missing = points.filter(|(result, _)| !result.covered).take(2);
    missing.map(|(result, _)| format!("[Add, if it is true for you: {}.]", lowered(&result.text)))
}

fn tips(reviewed: &Reviewed<'_>) -> Vec<String> {
    let answer = Text::of(reviewed.answer, reviewed.language);
    let story = story(&answer);
    let mut tips = Vec::new();
    let is_story = reviewed.kind == InterviewType::Behavioral && reviewed.shows_parts();
    if is_story && !(story.situation && story.result) {
        tips.push(
            "Tell it in four steps: the situation, your task, what you did, what came of it.".to_owned(),
        );
    }
    if !story.figure && reviewed.shows_parts() {
        tips.push("Bring one figure: a number of people, days, euros or per cent.".to_owned());
    }
    if manner(&answer).words < 60 {
        tips.push("Aim for one to two minutes: about 120 to 250 words.".to_owned());
    }
    if answer.count(&LISTS.hedges) >= 2 {
        tips.push("Say it once without “I think” and “maybe”, and hear the difference.".to_owned());
    }
    if tips.is_empty() {
        tips.push("Say it again aloud without looking, and keep to the same points.".to_owned());
    }
    tips
}

fn resources(reviewed: &Reviewed<'_>) -> Vec<String> {
    let mut resources = Vec::new();
    // A missing part of somebody's own story is not in any book.
    if matches!(reviewed.kind, InterviewType::Technical | InterviewType::Case) {
        let missing = reviewed.judgement.key_points.iter().filter(|point| !point.covered);
        resources.extend(missing.take(2).map(|point| format!("Read up on: {}.", lowered(&point.text))));
    }
    if !reviewed.tags.is_empty() {
        resources.push(format!("Practise more questions tagged {}.", reviewed.tags.join(", ")));
    }
    resources
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // Leave acronyms and names alone.
        Some(first) if chars.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stronger_of(answer: &str) -> String {
        let rubric = crate::rubrics::practice_core();
        let question = "Tell me about a relative who was angry.";
        let item = crate::Item {
            question,
            answer,
            reference: None,
            key_points: &[],
            kind: Some(InterviewType::Behavioral),
            language: "en",
        };
        let judgement = crate::judge::judge(&item, &rubric);
        stronger(&Reviewed {
            question,
            kind: InterviewType::Behavioral,
            key_points: &[],
            answer,
            judgement: &judgement,
            tags: &[],
            style: FeedbackStyle::Detailed,
            language: "en",
        })
    }

    #[test]
    fn a_story_keeps_its_order() {
        let told = [
            "Last March a daughter was furious.",
            "I sat with her for twenty minutes and rang her every evening after that.",
            "She wrote a letter to the ward.",
        ];
        let text = stronger_of(&told.join(" "));
        let places: Vec<Option<usize>> = told.iter().map(|sentence| text.find(sentence)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
    }

    #[test]
    fn only_what_is_missing_is_left_blank() {
        let text = stronger_of("In the end the queue fell to ten. I had to decide that in my last job.");
        assert!(!text.contains("What came of it?") && !text.contains("your task"), "{text}");
        assert!(text.contains("Begin with “I”"), "{text}");
    }
}
