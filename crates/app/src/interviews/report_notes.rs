//! What the interviewer noticed, for the report's document. Quotes stand beside each other; nobody judges them.

use greenroom_documents::render::Block;
use greenroom_domain::interview::{Note, Said};

/// A section for each kind of note that there is.
pub(super) fn note_blocks(notes: &[Note]) -> Vec<Block> {
    let mut blocks = asked(notes);
    let contrasts: Vec<(&Said, &Said)> = notes
        .iter()
        .filter_map(|note| match note {
            Note::Contrast { earlier, later } => Some((earlier, later)),
            _ => None,
        })
        .collect();
    if !contrasts.is_empty() {
        blocks.push(Block::heading(2, "Side by side"));
        let why = "These were said at different moments, and somebody may ask how they go together.";
        blocks.push(Block::paragraph(why));
        for (earlier, later) in contrasts {
            blocks.push(Block::quote(&earlier.quote.text));
            blocks.push(Block::quote(&later.quote.text));
        }
    }
    let warnings = notes.iter().filter(|note| matches!(note, Note::Conduct { .. })).count();
    if warnings > 0 {
        blocks.push(Block::heading(2, "Conduct"));
        let times = if warnings == 1 { "once".to_owned() } else { format!("{warnings} times") };
        blocks.push(Block::paragraph(format!("The interviewer asked for a courteous tone {times}.")));
    }
    blocks
}

fn asked(notes: &[Note]) -> Vec<Block> {
    let questions = notes.iter().filter_map(|note| match note {
        Note::CandidateAsked { asked, answer } => Some((&asked.quote.text, answer)),
        _ => None,
    });
    let mut blocks = Vec::new();
    for (question, answer) in questions {
        blocks.push(Block::quote(question));
        blocks.push(Block::paragraph(match answer {
            Some(line) => format!("The job description says: {}", line.text),
            None => "Passed on: the job description does not say.".to_owned(),
        }));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading(2, "What you asked"));
    }
    blocks
}
