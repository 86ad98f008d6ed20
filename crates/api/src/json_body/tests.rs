use super::{Unreadable, read};
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
struct Outer {
    count: u32,
    weight: Option<f64>,
    level: Option<Level>,
    #[serde(default)]
    inner: Vec<Inner>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Inner {
    name: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Level {
    Low,
    High,
}

fn refused(text: &str) -> (String, String) {
    match read::<Outer>(text.as_bytes()) {
        Err(Unreadable::Form(misfit)) => (misfit.place(), misfit.reason),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn whole_floats_are_integers_and_integers_are_numbers() {
    let read: Outer = read(br#"{"count": 28.0, "weight": 2, "level": "low"}"#).unwrap();
    assert_eq!((read.count, read.weight, read.level), (28, Some(2.0), Some(Level::Low)));
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let cases = [
        (r#"{}"#, "count", "This is needed."),
        (r#"{"count": -1}"#, "count", "This number is out of range."),
        (r#"{"count": 2.5}"#, "count", "Send a whole number here, not a fraction."),
        (r#"{"count": 1, "level": "top"}"#, "level", "Choose one of: low, high."),
        (r#"{"count": 1, "level": {"low": null}}"#, "level", "Send text here, not an object."),
        (r#"{"count": 1, "inner": [["x"]]}"#, "inner.0", "Send an object here, not a list."),
        (r#"{"count": 1, "inner": [{"name": "x"}, {}]}"#, "inner.1.name", "This is needed."),
        (r#"{"count": null}"#, "count", "Send a whole number here, not null."),
        (r#"[1]"#, "", "Send an object here, not a list."),
    ];
    for (text, place, reason) in cases {
        assert_eq!(refused(text), (place.to_owned(), reason.to_owned()), "{text}");
    }
}

#[test]
fn what_is_not_json_is_told_apart() {
    assert!(matches!(read::<Outer>(b" \n"), Err(Unreadable::Empty)));
    assert!(matches!(read::<Outer>(b"\"\xff\""), Err(Unreadable::Encoding)));
    assert!(read::<Outer>("\u{feff}{\"count\": 1}".as_bytes()).is_ok(), "a byte order mark is no harm");
    for text in [&b"{"[..], b"{\"count\": 1} x", b"{\"a\": \"\\ud800\"}"] {
        assert!(matches!(read::<Outer>(text), Err(Unreadable::Syntax(_))), "{text:?}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(read::<Outer>(deep.as_bytes()), Err(Unreadable::Syntax(_))));
}
