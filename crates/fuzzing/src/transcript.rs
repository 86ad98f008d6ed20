use greenroom_scoring::screening::{parse, screen};

/// Any text as a finished conversation: whatever is quoted stands in the turn that it is quoted from.
pub fn transcript(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(conversation) = parse(text) else { return };
    let screening = screen(&conversation);
    for evidence in &screening.evidence {
        let turn = conversation.turns.get(evidence.turn).expect("evidence names a turn that is there");
        assert!(
            turn.text.contains(&evidence.quote),
            "not said in turn {}: {:?}",
            evidence.turn,
            evidence.quote
        );
    }
}
