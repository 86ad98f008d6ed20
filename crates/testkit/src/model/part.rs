//! The part that a model plays in an interview: it judges with true quotes, reacts, and leaves the plan as it is.

use serde_json::{Value, json};

/// What a sound model would reply to `request`: a judgement of the answer in it, a plan with no question of its own,
/// or one sentence as the interviewer.
pub fn interviewer(request: &Value) -> String {
    let format = &request["response_format"]["json_schema"];
    match format["name"].as_str() {
        Some("judgement") => judgement(request),
        Some(_) => json!({"reading": null, "questions": []}).to_string(),
        None => turn(),
    }
}

fn turn() -> String {
    let head =
        json!({"move": "next", "quote": null, "about": null, "asked": [], "conduct": null, "contrast": null});
    format!("{head}\nThat gives me a clear picture of how you went about it.")
}

/// Every criterion of the rubric at 7, each with the first words of the answer.
fn judgement(request: &Value) -> String {
    let messages = request["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |role: &str| messages.iter().find(|m| m["role"] == role).and_then(|m| m["content"].as_str());
    let (system, user) = (text("system").unwrap_or_default(), text("user").unwrap_or_default());
    let answer = between(user, "<<<answer ", "<<<end ").and_then(|block| block.split_once(">>>\n"));
    let words: Vec<&str> = answer.map_or("", |(_, answer)| answer).split_whitespace().take(6).collect();
    let keys =
        system.lines().filter_map(|line| line.strip_prefix("## ")?.split_once(": ")).map(|(key, _)| key);
    let criteria: Vec<Value> = keys
        .map(|key| {
            json!({"key": key, "reasoning": "It says what was done.", "quotes": [words.join(" ")],
                "status": "assessed", "score": 7.0})
        })
        .collect();
    json!({"criteria": criteria, "key_points": [], "strengths": ["It names what was done."],
        "areas_for_improvement": ["Say how it ended."]})
    .to_string()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let rest = &text[text.find(from)? + from.len()..];
    Some(&rest[..rest.find(to)?])
}
