//! Interviews follow what their answers show, through the interface, with the built-in engines.

use axum::http::StatusCode;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

const JOB: &str = "Backend engineer\n\nYou build and run our services. SQL databases and API design are required. \
                   You plan your work, own what you build and work with a team.";

/// An answer to this question as somebody good gives it: what its key points say.
fn strong(client: &Client, question: &Value) -> String {
    let content = question["content"].as_str().expect("words");
    let bank = client.test.app.bank();
    let known = bank.questions().map(|(_, known)| known).find(|known| known.text == content);
    let points =
        known.map(|known| known.key_points.iter().map(|point| point.says.clone()).collect::<Vec<_>>());
    points.map_or_else(
        || {
            "I led the migration of our order service to PostgreSQL in 2023. I measured the load first, wrote the \
             plan with two colleagues, and moved 40 million rows without downtime. In the end latency fell by 35 % \
             and we had no incident."
                .to_owned()
        },
        |points| points.iter().map(|says| says.as_str()).collect::<Vec<_>>().join(" "),
    )
}

fn weak(_: &Client, _: &Value) -> String {
    "Well, I have not really thought about that. I would probably ask somebody else what to do and then hope that it \
     works out somehow in the end."
        .to_owned()
}

/// Plays an interview; its questions without follow-ups, and its report.
async fn play(
    client: &Client,
    difficulty: &str,
    answer: fn(&Client, &Value) -> String,
) -> (Vec<Value>, Value) {
    let config = json!({
        "title": "Backend", "job_description": JOB, "difficulty": difficulty,
        "interview_type": ["technical", "behavioral", "situational"], "duration": 40,
    });
    let (status, config) = client.call("POST", "/api/configs", Some(config)).await;
    assert_eq!(status, StatusCode::CREATED, "{config}");
    let started = json!({"config_id": config["id"]});
    let (_, session) = client.call("POST", "/api/sessions", Some(started)).await;
    let (mut question, mut asked) = (session["current_question"].clone(), Vec::new());
    while question.is_object() {
        client.test.clock.advance(30_000);
        let (status, answered) = client.answer(&session, &question, &answer(client, &question)).await;
        assert_eq!(status, StatusCode::CREATED, "{answered}");
        // Answers are judged now and then only: the choice must not wait for it.
        if asked.len() % 3 == 2 {
            client.test.work().await;
        }
        asked.push(std::mem::replace(&mut question, answered["next_question"].clone()));
    }
    client.test.work().await;
    let (status, report) = client.call("GET", &at(&session, "/report"), None).await;
    assert_eq!(status, StatusCode::OK);
    asked.retain(|question| question["is_follow_up"] == false);
    (asked, report)
}

/// Levels of the questions that are chosen, in order: 0 to 2.
fn levels(asked: &[Value]) -> Vec<usize> {
    let chosen = asked.iter().filter(|question| {
        ["technical", "behavioral", "scenario"].contains(&question["phase"].as_str().expect("a phase"))
    });
    let place = |question: &Value| {
        let level = question["difficulty"].as_str().expect("a level");
        ["beginner", "intermediate", "advanced"].iter().position(|known| *known == level).expect("a level")
    };
    chosen.map(place).collect()
}

fn mean(levels: &[usize]) -> f64 {
    levels.iter().sum::<usize>() as f64 / levels.len() as f64
}

#[tokio::test]
async fn strong_and_weak_candidates_are_asked_and_seen_differently() {
    let client = Client::guest().await;
    let (strong_asked, _) = play(&client, "intermediate", strong).await;
    // One interview may ask once about each competency, and one answer tells no level.
    let (_, strong_report) = play(&client, "intermediate", strong).await;
    let mut other = client;
    other.sign_in_as_guest().await;
    let (weak_asked, _) = play(&other, "intermediate", weak).await;
    let (_, weak_report) = play(&other, "intermediate", weak).await;
    let (strong_levels, weak_levels) = (levels(&strong_asked), levels(&weak_asked));
    assert!(strong_levels.len() >= 6 && weak_levels.len() >= 6, "{strong_levels:?} {weak_levels:?}");
    assert!(mean(&strong_levels) > mean(&weak_levels) + 0.8, "{strong_levels:?} {weak_levels:?}");
    assert_eq!(strong_levels.last(), Some(&2), "{strong_levels:?}");
    assert_eq!(weak_levels.last(), Some(&0), "{weak_levels:?}");
    for levels in [&strong_levels, &weak_levels] {
        assert!(levels.windows(2).all(|pair| pair[0].abs_diff(pair[1]) <= 1), "{levels:?}");
    }
    let kind = weak_asked.iter().filter_map(|question| question["lead_in"].as_str());
    let kind: Vec<_> =
        kind.filter(|words| words.contains("more basic") || words.contains("foundations")).collect();
    assert!(!kind.is_empty(), "an easier question is led in with a kind word");

    for (report, level) in [(&strong_report, "advanced"), (&weak_report, "beginner")] {
        let bands = report["abilities"].as_array().expect("bands");
        assert_eq!(bands.len(), report["competencies"].as_array().expect("competencies").len());
        let known: Vec<_> = bands.iter().filter(|band| band["certainty"] != "not_yet_known").collect();
        assert!(!known.is_empty(), "{bands:?}");
        assert!(known.iter().all(|band| band["level_likely"] == level), "{level}: {known:?}");
        assert!(bands.iter().all(|band| band.get("theta").is_none()));
        let unknown = bands.iter().filter(|band| band["certainty"] == "not_yet_known");
        assert!(
            unknown.clone().all(|band| band["level_likely"].is_null() && band["answers"].as_u64() < Some(2))
        );
    }
}

#[tokio::test]
async fn no_question_comes_again_in_the_next_interview_while_there_are_others() {
    let client = Client::guest().await;
    let (first, _) = play(&client, "intermediate", strong).await;
    let (second, _) = play(&client, "intermediate", strong).await;
    let chosen = |asked: &[Value]| -> Vec<String> {
        let open = asked.iter().filter(|q| q["phase"] == "technical" || q["phase"] == "scenario");
        open.map(|question| question["content"].as_str().expect("words").to_owned()).collect()
    };
    let again: Vec<_> = chosen(&second).into_iter().filter(|text| chosen(&first).contains(text)).collect();
    assert_eq!(again, [""; 0]);
}

#[tokio::test]
async fn why_a_question_was_chosen_is_not_shown_to_the_candidate() {
    let client = Client::guest().await;
    let (asked, report) = play(&client, "beginner", weak).await;
    let shown = json!([asked, report]).to_string();
    for word in ["expected_standard_error", "theta", "information\":", "\"why\""] {
        assert!(!shown.contains(word), "{word}");
    }
}

#[tokio::test]
async fn bands_rest_on_all_practice_interviews_of_a_person_and_of_nobody_else() {
    let mut client = Client::guest().await;
    let most = |report: &Value| {
        let bands = report["abilities"].as_array().expect("bands").iter();
        bands.map(|band| band["interviews"].as_u64().expect("a number")).max()
    };
    let (_, first) = play(&client, "intermediate", strong).await;
    assert_eq!(most(&first), Some(1), "{first}");
    client.test.clock.advance(60_000);
    let (_, second) = play(&client, "intermediate", strong).await;
    assert_eq!(most(&second), Some(2), "{}", second["abilities"]);

    client.sign_in_as_guest().await;
    let (_, alone) = play(&client, "intermediate", strong).await;
    assert_eq!(most(&alone), Some(1), "{}", alone["abilities"]);
}
