//! From lines to the fields of a resume.

mod contact;
mod dates;
mod doubts;
mod education;
mod entries;
mod experience;
mod header;
mod name;
mod sections;
mod seniority;
mod skills;
mod timeline;
mod titles;

use crate::document::Document;
use crate::headings::Section;
use crate::skill_names::skill_of;
pub(crate) use dates::is_date;
use greenroom_domain::resume::{KnownSkill, Resume, Seniority};
use sections::Outline;

/// Reads the fields of a resume; what is not found stays empty.
pub(crate) fn extract(mut document: Document) -> Resume {
    let outline = Outline::of(&document.lines);
    let text = document.text();
    let contact = contact::find(&document.lines);
    let name = name::find(&outline, contact.email.as_deref());
    let headline = header::headline(&outline, name.as_deref());
    let location = header::location(&outline, name.as_deref());
    let experience = experience::read(&outline);
    let education = education::read(&outline);
    let skills = skills::read(&outline, &text);
    let seniority = seniority::of(headline.as_deref(), &experience, None);
    let mut resume = Resume {
        pages: document.pages,
        name,
        email: contact.email,
        phone: contact.phone,
        links: contact.links,
        location,
        headline,
        known_skills: known_skills(&skills.items),
        skills: skills.items,
        experience,
        education,
        certifications: entries::items(outline.lines_of(Section::Certifications)),
        languages: skills::language_items(&outline),
        seniority,
        timeline: None,
        text,
        warnings: Vec::new(),
    };
    doubts::add(&resume, skills.from_section, &mut document);
    resume.warnings = document.warnings;
    resume
}

/// Brings up to date what is read from the corrected fields of a resume: the known skills, and the timeline on a
/// given day (year, month 1..=12).
///
/// [`crate::read_resume`] has no clock and leaves the timeline open.
pub fn refresh(resume: &mut Resume, year: i32, month: u32) {
    resume.known_skills = known_skills(&resume.skills);
    resume.timeline = timeline::timeline(&resume.experience, (year, month));
}

fn known_skills(written: &[String]) -> Vec<KnownSkill> {
    let known = |written: &String| {
        let skill = skill_of(written)?;
        Some(KnownSkill { written: written.clone(), name: skill.name, kind: skill.kind })
    };
    written.iter().filter_map(known).collect()
}

/// The level that a resume shows on a given day (year, month 1..=12), open positions counted until then.
///
/// [`crate::read_resume`] has no clock and leaves the level open where only the present day decides it.
pub fn seniority_on(resume: &Resume, year: i32, month: u32) -> Option<Seniority> {
    seniority::of(resume.headline.as_deref(), &resume.experience, Some((year, month)))
}
