//! A model conducts the interview; code decides what comes of what it says.

mod server;

use greenroom_testkit::model::{ModelServer, Play, interviewer};
use serde_json::{Value, json};
use server::{Candidate, GREENROOM, Server};
use std::process::Command;

/// Long enough for a follow-up, and with something to quote.
const PLAIN: &str =
    "I looked after the search of our shop for two years, and I made it much faster with an index.";
const CURIOUS: &str =
    "We measured it every night for a month. May I ask which database you work with these days?";
const RUDE: &str = "That is a stupid question from a stupid machine, and I will not answer it at all today.";
const DOUBTED: &str =
    "I had never touched the search of our shop before, that was all done by somebody else then.";

/// What a model says to the last answer.
fn says(request: &Value) -> String {
    if request["response_format"].is_object() {
        return interviewer(request);
    }
    let messages = request["messages"].as_array().expect("messages");
    let all: String = messages.iter().filter_map(|m| m["content"].as_str()).collect::<Vec<_>>().join("\n");
    let last = messages.last().and_then(|m| m["content"].as_str()).expect("words");
    let mut head = json!({"move": "next", "quote": null, "about": null, "asked": [], "conduct": null,
        "contrast": null});
    // The newest answer stands last.
    let newest = [PLAIN, CURIOUS, RUDE, DOUBTED].into_iter().max_by_key(|answer| last.rfind(answer));
    let words = match newest {
        Some(PLAIN) => {
            head["move"] = "follow_up".into();
            head["quote"] = "made it much faster with an index".into();
            head["about"] = "result".into();
            "An index is a good place to begin.\nHow much faster did it get?"
        }
        Some(CURIOUS) => {
            let line =
                all.lines().find(|line| line.starts_with('J') && line.contains("SQL")).expect("a line");
            let number = line.split_whitespace().next().expect("its number");
            head["asked"] = json!([{"quote": "which database you work with these days", "line": number}]);
            "Measuring every night tells a lot."
        }
        Some(RUDE) => {
            head["conduct"] = "a stupid question from a stupid machine".into();
            "Let us go on."
        }
        _ => {
            head["contrast"] = json!({"answer": 1, "earlier": "I looked after the search of our shop for two years",
                "now": "I had never touched the search of our shop before"});
            "I see that it was somebody else's part."
        }
    };
    format!("{head}\n{words}")
}

struct Room {
    candidate: Candidate,
    session: Value,
    question: Value,
    _server: Server,
    _model: ModelServer,
    _data: tempfile::TempDir,
}

impl Room {
    fn open() -> Self {
        let model = ModelServer::start(|request, _| Play::Words(says(request)));
        let mut command = Command::new(GREENROOM);
        model.provide(&mut command, "lab");
        let data = tempfile::tempdir().expect("a temporary directory");
        let server = Server::start(command, data.path());
        let candidate = server.candidate_for(20, None);
        let session = candidate.start().expect("an interview");
        let question = session["current_question"].clone();
        assert_eq!(question["engine"]["kind"], "builtin", "nobody waits for a model at the start");
        Self { candidate, session, question, _server: server, _model: model, _data: data }
    }

    fn answer(&mut self, words: &str) -> Value {
        let answered =
            self.candidate.answer(&self.session, &self.question, words, "an answer").expect("taken");
        self.question = answered["next_question"].clone();
        answered["session"].clone()
    }

    fn get(&self, what: &str) -> Value {
        let path = format!("/api/sessions/{}/{what}", self.session["id"].as_str().expect("an id"));
        self.candidate.get(&path).expect("an answer").1
    }

    fn notes(&self) -> Vec<Value> {
        self.get("report")["notes"].as_array().expect("notes").clone()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn a_follow_up_names_what_was_said_and_quotes_are_laid_side_by_side() {
    let mut room = Room::open();
    room.answer(PLAIN);
    let question = &room.question;
    assert_eq!(question["is_follow_up"], true, "{question}");
    assert_eq!(question["content"], "How much faster did it get?");
    assert_eq!(question["lead_in"], "An index is a good place to begin.");
    assert_eq!(question["engine"]["version"], "interviewer-v1");
    assert_eq!(question["grounding"][0]["text"], "made it much faster with an index");

    room.answer(DOUBTED);
    assert_eq!(room.question["is_follow_up"], false, "the patience for this question is used up");
    let notes = room.notes();
    assert_eq!(notes[0]["note"], "contrast", "{notes:?}");
    assert_eq!(
        text(&notes[0]["earlier"]["quote"]["text"]),
        "I looked after the search of our shop for two years"
    );
    let events = room.get("events?limit=500");
    let calls = events["items"].as_array().expect("events").iter();
    let calls: Vec<&Value> =
        calls.filter(|e| e["kind"] == "model_asked").map(|e| &e["data"]["call"]).collect();
    let turn = calls.iter().find(|call| call["purpose"] == "turn").expect("a turn is on the log");
    assert_eq!((text(&turn["prompt"]), text(&turn["model"])), ("interviewer-v1/turn", "lab/played"));
    assert_eq!(turn["attempts"][0]["outcome"], "answered");
}

#[test]
fn what_the_candidate_asks_is_answered_from_the_posting_only() {
    let mut room = Room::open();
    room.answer(CURIOUS);
    let lead_in = text(&room.question["lead_in"]);
    assert!(lead_in.contains("Experience with SQL is required"), "{lead_in}");
    assert!(lead_in.ends_with("Measuring every night tells a lot."), "{lead_in}");
    let notes = room.notes();
    assert_eq!(text(&notes[0]["asked"]["quote"]["text"]), "which database you work with these days");
    assert_eq!(notes[0]["answer"]["source"], "job");
}

#[test]
fn the_third_word_out_of_place_ends_the_interview_courteously() {
    let mut room = Room::open();
    for warnings in 1..=2 {
        let session = room.answer(RUDE);
        assert_eq!(session["status"], "active");
        assert!(!room.question.is_null(), "it goes on after {warnings} warnings");
    }
    let session = room.answer(RUDE);
    assert_eq!((text(&session["status"]), text(&session["completion_reason"])), ("completed", "conduct"));
    assert!(room.question.is_null());
    let turns = room.get("transcript?format=json");
    let last = turns["turns"].as_array().and_then(|turns| turns.last()).expect("turns").clone();
    assert_eq!(last["role"], "interviewer", "it ends with a word of farewell: {last}");
    assert_eq!(room.notes().len(), 3);
}

#[test]
fn an_interview_is_held_in_another_language_only_with_a_model() {
    let model = ModelServer::start(|request, _| {
        let text = request.to_string();
        if request["response_format"].is_object() {
            return Play::Words(interviewer(request));
        }
        assert!(text.contains("Dutch"), "the model is told the language: {text}");
        let head = json!({"move": "next", "quote": null, "about": null, "asked": [], "conduct": null,
            "contrast": null});
        let words = "Dat klinkt als veel verantwoordelijkheid.\nWat was voor u daarbij de moeilijkste beslissing, en \
            waarom hebt u uiteindelijk zo besloten?";
        Play::Words(format!("{head}\n{words}"))
    });
    let mut command = Command::new(GREENROOM);
    model.provide(&mut command, "lab");
    let data = tempfile::tempdir().expect("a temporary directory");
    let server = Server::start(command, data.path());
    let dutch = json!({"language": "nl"});
    let candidate = server.candidate_with(&dutch).expect("a set-up in Dutch");
    let session = candidate.start().expect("an interview");
    let question = &session["current_question"];
    assert!(text(&question["content"]).starts_with("Wilt u zich voorstellen"), "{question}");
    let words =
        "Ik werk al twee jaar aan de zoekfunctie van onze winkel en heb die met een index sneller gemaakt.";
    let answered = candidate.answer(&session, question, words, "an answer").expect("taken");
    let next = &answered["next_question"];
    assert_eq!(text(&next["lead_in"]), "Dat klinkt als veel verantwoordelijkheid.");
    assert!(text(&next["content"]).starts_with("Wat was voor u"), "{next}");

    let data = tempfile::tempdir().expect("a temporary directory");
    let alone = Server::start(Command::new(GREENROOM), data.path());
    assert!(alone.candidate_with(&dutch).is_none(), "nobody is there who could ask in Dutch");
}
