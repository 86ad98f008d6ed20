//! A text with places changed, which knows where each of its parts comes from.

use std::ops::Range;

/// A change to a place of a text.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The place, bytes.
    pub at: Range<usize>,
    /// What stands there instead.
    pub with: String,
    /// Whether no quote may reach over it.
    pub withheld: bool,
}

/// A text after its changes. All places are bytes.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The changed text.
    pub text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
struct Piece {
    here: Range<usize>,
    origin: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Kept,
    Replaced,
    Withheld,
}

impl Edited {
    /// `source` with `edits`. Of two that overlap, the one that begins first counts.
    pub fn new(source: &str, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (edit.at.start, std::cmp::Reverse(edit.at.end)));
        let mut edited = Self { text: String::with_capacity(source.len()), pieces: Vec::new() };
        let mut done = 0;
        for edit in edits {
            if edit.at.start < done {
                continue;
            }
            edited.push(&source[done..edit.at.start], done..edit.at.start, Kind::Kept);
            done = edit.at.end;
            let kind = if edit.withheld { Kind::Withheld } else { Kind::Replaced };
            edited.push(&edit.with, edit.at, kind);
        }
        edited.push(&source[done..], done..source.len(), Kind::Kept);
        edited
    }

    fn push(&mut self, text: &str, origin: Range<usize>, kind: Kind) {
        if !origin.is_empty() {
            let start = self.text.len();
            self.text.push_str(text);
            self.pieces.push(Piece { here: start..self.text.len(), origin, kind });
        }
    }

    /// Whether anything was withheld.
    pub fn withholds(&self) -> bool {
        self.pieces.iter().any(|piece| piece.kind == Kind::Withheld)
    }

    /// Where a range of the changed text stands in the source. What was replaced is given whole; of a range that
    /// reaches over something withheld, the longest part beside it.
    pub fn origin(&self, range: Range<usize>) -> Option<Range<usize>> {
        let mut parts: Vec<Range<usize>> = vec![];
        let mut apart = true;
        for piece in &self.pieces {
            if piece.here.start >= range.end || piece.here.end < range.start {
                continue;
            }
            if piece.kind == Kind::Withheld {
                apart = true;
                continue;
            }
            let (from, to) = (piece.here.start.max(range.start), piece.here.end.min(range.end));
            if from >= to {
                continue;
            }
            let part = match piece.kind {
                Kind::Kept => {
                    piece.origin.start + from - piece.here.start..piece.origin.start + to - piece.here.start
                }
                Kind::Replaced | Kind::Withheld => piece.origin.clone(),
            };
            match parts.last_mut().filter(|_| !apart) {
                Some(last) => last.end = part.end,
                None => parts.push(part),
            }
            apart = false;
        }
        parts.into_iter().max_by_key(|part| part.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(source: &str, what: &str, with: &str, withheld: bool) -> Edit {
        let start = source.find(what).unwrap();
        Edit { at: start..start + what.len(), with: with.to_owned(), withheld }
    }

    #[test]
    fn places_are_found_again() {
        let source = "Ask Grete Müller, she knows. Give me 10. Then ship.";
        let edited = Edited::new(
            source,
            vec![
                edit(source, "she", "they", false),
                edit(source, "Grete Müller", "[name]", false),
                edit(source, "Give me 10. ", "", true),
            ],
        );
        assert_eq!(edited.text, "Ask [name], they knows. Then ship.");
        let origin = |what: &str| {
            let start = edited.text.find(what).unwrap();
            edited.origin(start..start + what.len()).map(|at| &source[at])
        };
        assert_eq!(origin("they knows"), Some("she knows"));
        assert_eq!(origin("ame], th"), Some("Grete Müller, she"));
        assert_eq!(origin("Then ship."), Some("Then ship."));
        assert_eq!(origin("they knows. Then"), Some("she knows. "));
        assert!(edited.withholds());
        assert_eq!(edited.origin(3..3), None);
    }

    #[test]
    fn without_edits_nothing_moves() {
        let edited = Edited::new("as it is", Vec::new());
        assert_eq!((edited.text.as_str(), edited.origin(3..5)), ("as it is", Some(3..5)));
    }
}
