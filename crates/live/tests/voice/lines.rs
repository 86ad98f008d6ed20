//! Messages of the server in words.

use serde_json::Value;

/// A message as a line of a story; `None` for those that stories do not tell.
pub fn line(message: &Value) -> Option<String> {
    let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
    let reply = || message["reply"].as_u64().unwrap_or_default();
    Some(match text("type").as_str() {
        "caption" if message["final"] == true && text("who") == "interviewer" => {
            format!("interviewer: {}", text("text"))
        }
        "play" => format!("plays {}", reply()),
        "hush" => format!("hushes {}", reply()),
        "resume" => format!("resumes {} at {}", reply(), message["from_ms"]),
        "stop" => format!("stops {}", reply()),
        "turn" => format!("turn {} by {}: {}", message["turn"], text("by"), text("text")),
        "notice" => match message["engine"].as_str() {
            Some(engine) => format!("notice: {} {engine}", text("notice")),
            None if message["lost_ms"].is_u64() => {
                format!("notice: {} {}", text("notice"), message["lost_ms"])
            }
            None => format!("notice: {}", text("notice")),
        },
        "reassure" => format!("reassures: {}", text("how")),
        "closed" => format!("closed: {}", text("reason")),
        _ => return None,
    })
}
