//! Resumes and job descriptions that nobody would write on purpose, and everybody does once.

use greenroom_documents::{read_job, read_resume_text, refresh, seniority_on};
use greenroom_domain::resume::Resume;
use rstest::rstest;

const TODAY: (i32, u32) = (2026, 11);

fn read(text: &str) -> Resume {
    let mut resume = read_resume_text(text);
    refresh(&mut resume, TODAY.0, TODAY.1);
    resume
}

fn with_span(span: &str) -> Resume {
    read(&format!(
        "Ada Moss\nada@example.com\n\nExperience\nCook, Blue Door ({span})\n- Ran the grill\n\nSkills\nGrilling"
    ))
}

#[rstest]
#[case("05/2021 - present")]
#[case("05/2021 – heute")]
#[case("2021年5月 至今")]
#[case("मई 2021 - वर्तमान")]
#[case("mai 2021 – aujourd’hui")]
#[case("mayo de 2021 – actualidad")]
#[case("since May 2021")]
fn a_position_that_goes_on_lasts_until_today(#[case] span: &str) {
    let resume = with_span(span);
    assert_eq!(resume.experience[0].start.as_deref(), Some("2021-05"));
    assert_eq!(resume.experience[0].end, None);
    assert_eq!(resume.timeline.map(|timeline| timeline.months), Some(67));
}

#[rstest]
#[case::ends_before_it_begins("2020-09 - 2020-02")]
#[case::begins_in_the_future("2031-01 - 2033-01")]
fn dates_that_cannot_be_add_up_to_nothing(#[case] span: &str) {
    let resume = with_span(span);
    assert_eq!(resume.experience.len(), 1, "what is written is shown to its owner");
    assert_eq!(resume.timeline, None);
    assert_eq!(seniority_on(&resume, TODAY.0, TODAY.1), None);
}

#[rstest]
#[case("1066 - 1087")]
#[case("99/2021 - 77/2024")]
#[case("once upon a time")]
fn what_is_no_date_is_none(#[case] span: &str) {
    assert!(with_span(span).experience.iter().all(|e| e.start.as_deref().is_none_or(|date| date.len() == 4)));
}

#[test]
fn two_jobs_at_once_are_counted_once_and_told() {
    let resume = read(
        "Ada Moss\nada@example.com\n\nExperience\nCook, Blue Door (01/2020 - 12/2022)\n- Ran the grill\n\
         Teacher, Evening College (06/2021 - 12/2022)\n- Taught knife skills\nWaiter, Corner Café (01/2016 - 12/2017)\n- Served",
    );
    let timeline = resume.timeline.unwrap();
    assert_eq!(timeline.months, 60);
    assert_eq!((timeline.overlaps[0].a, timeline.overlaps[0].b), (0, 1));
    assert_eq!(
        (timeline.overlaps[0].from.as_str(), timeline.overlaps[0].to.as_str()),
        ("2021-06", "2022-12")
    );
    assert_eq!((timeline.gaps[0].from.as_str(), timeline.gaps[0].months), ("2018-01", 24));
}

#[test]
fn a_resume_without_dates_has_no_timeline_and_no_level() {
    let resume = read(
        "Ada Moss\nada@example.com\n\nExperience\n- Ran the grill at Blue Door for ninety covers\n\nSkills\nk8s, Postgres, JS, Grilling",
    );
    assert_eq!((resume.timeline, resume.seniority), (None, None));
    let known: Vec<(&str, &str)> =
        resume.known_skills.iter().map(|s| (s.written.as_str(), s.name.as_str())).collect();
    assert_eq!(known, [("k8s", "Kubernetes"), ("Postgres", "PostgreSQL"), ("JS", "JavaScript")]);
}

#[test]
fn a_very_long_list_of_skills_ends() {
    let list: Vec<String> = (0..400).map(|number| format!("Craft {}", word(number))).collect();
    let resume = read(&format!("Ada Moss\nada@example.com\n\nSkills\n{}", list.join(", ")));
    assert_eq!(resume.skills.len(), 200);
    assert!(resume.skills.iter().all(|skill| list.contains(skill)));
}

#[test]
fn a_job_with_sixty_requirements_is_read_whole() {
    let asked: Vec<String> =
        (0..60).map(|number| format!("Experience with Widget {}", word(number))).collect();
    let text = format!("Widget Engineer\nFull-time\n\nRequirements\n- {}\n", asked.join("\n- "));
    let job = read_job(&text, &[]);
    assert_eq!(job.skills.len(), 60);
    assert!(job.skills.iter().all(|skill| skill.required && text.contains(&skill.evidence)));
}

/// A made-up word for a number.
fn word(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    format!("Q{}{}ux", letter(number), letter(number / 26))
}
