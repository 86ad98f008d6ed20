//! Who the candidate is does not reach the model, and nothing of theirs stands in the instructions.

use crate::interview::{ANSWERS, Interview, RESUME, settings};
use crate::scripted::{Scripted, follow_up, next, reply};
use crate::turns::talked;
use greenroom_domain::account::Profile;
use greenroom_llm::{Request, Role};
use greenroom_providers::{Brief, Conversation, LlmInterviewer, Moment, TurnOptions};

async fn request(interview: &Interview) -> Request {
    let model = Scripted::saying(reply(&next(), "Fridays."));
    talked(model.clone(), interview, true).await.0.result.unwrap();
    model.requests().remove(0)
}

#[tokio::test]
async fn names_and_addresses_stay_here() {
    let answer = "My name is Ama Serwaa-Lindqvist, write to ama.serwaa@example.org or see ama-codes.example. I read \
                  the plan on +44 20 7946 0018.";
    let mut interview = Interview::answered(settings(), &[answer, ANSWERS[1], ANSWERS[2], answer]).await;
    interview.resume.text.push_str("\nAma Serwaa-Lindqvist, ama-codes.example. Once Ama Oduya");
    interview.names = vec!["Ama Oduya".to_owned()];
    let request = request(&interview).await;
    let all: Vec<&str> = request.messages.iter().map(|message| message.text.as_str()).collect();
    let all = all.join("\n");
    for private in
        ["Ama", "Serwaa", "Oduya", "Lindqvist", "ama.", "7946", "ama-codes", "Hill Street", "jobs@"]
    {
        assert!(!all.contains(private), "{private} in {all}");
    }
    for kept in [
        "Senior backend engineer",
        "90 ms",
        "[name] led the on-call team",
        "I read the plan",
        "J1 Backend Engineer",
    ] {
        assert!(all.contains(kept), "{kept} in {all}");
    }
}

#[tokio::test]
async fn a_quote_shows_the_true_words() {
    let answer = "I asked Ama in the mirror. She said it was a lot faster than before.";
    let interview = Interview::answered(settings(), &[answer]).await;
    let model =
        Scripted::saying(reply(&follow_up("asked [name] in the mirror"), "In the mirror.\nHow much faster?"));
    let probe = talked(model, &interview, true).await.0.result.unwrap().follow_up.unwrap();
    assert_eq!(probe.said.text, "asked Ama in the mirror");
    assert!(probe.said.holds(answer));
}

#[tokio::test]
async fn nothing_of_job_or_candidate_stands_in_the_instructions() {
    let mut interview = Interview::answered(settings(), &ANSWERS).await;
    let first = request(&interview).await;
    interview.job = "Zookeeper for giraffes".to_owned();
    interview.resume.text = "Keeper of giraffes".to_owned();
    interview.settings.position = Some("Giraffe keeper".to_owned());
    let other = request(&interview).await;
    assert_eq!(first.system, other.system);
    assert!(!other.system.contains("iraffe") && other.messages[0].text.contains("Zookeeper for giraffes"));
}

#[tokio::test]
async fn what_vendors_can_cache_stays_the_same_through_an_interview() {
    let mut interview = Interview::begun(settings()).await;
    let mut requests = Vec::new();
    for turn in 0..8 {
        interview.ask_and_answer(ANSWERS[turn % 4]).await;
        requests.push(request(&interview).await);
    }
    for request in &requests {
        assert_eq!(request.system, requests[0].system);
        assert_eq!(request.messages[..2], requests[0].messages[..2]);
        let roles: Vec<Role> = request.messages.iter().map(|message| message.role).collect();
        assert_eq!(roles, [Role::User, Role::Assistant, Role::User]);
    }
    assert!(requests.windows(2).all(|pair| pair[0].messages[2] != pair[1].messages[2]));
}

#[tokio::test]
async fn profile_and_long_papers_are_part_of_the_case_as_far_as_they_fit() {
    let mut interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    let filler: Vec<String> =
        (0..200).map(|n| format!("Clause {n} says that visitors sign in at the gate.")).collect();
    interview.job = format!("{}\n{}\nYou mend the winches.", interview.job, filler.join("\n"));
    interview.posting.responsibilities = vec!["You mend the winches.".to_owned()];
    interview.resume.text = format!("{RESUME}\n{}", "One long sentence without an end goes on ".repeat(300));
    let profile = Profile { target_job_titles: vec!["Harbour master".to_owned()], ..Profile::default() };
    let planned = interview.planned().await;
    let brief = Brief { profile: Some(&profile), ..interview.brief() };
    let moment = Moment { brief, state: &interview.state, planned: Some(&planned), follow_up_of: None };
    let model = Scripted::saying(reply(&next(), "Fridays."));
    let interviewer =
        LlmInterviewer::new(model.clone(), crate::interview::BANK.clone(), TurnOptions::default());
    interviewer.turn(moment, &crate::scripted::Screen::default()).await.result.unwrap();
    let case = &model.requests()[0].messages[0].text;
    assert!(case.chars().count() < 14_000, "{}", case.chars().count());
    for kept in [
        "You mend the winches.",
        "P1 Aims at: Harbour master",
        "90 ms",
        "M1 Problem solving",
        "lines of it are left out",
    ] {
        assert!(case.contains(kept), "{kept} in {case}");
    }
}
