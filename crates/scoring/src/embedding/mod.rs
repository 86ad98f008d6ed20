//! Meaning without a network: each token has a vector, a text has the direction of their sum.
//!
//! A table knows which words go together, not their order: negation and who does what are for others to see. The table
//! is all-MiniLM-L6-v2, distilled; docs/adr/0010-a-table-of-meanings.md.
//!
//! ```
//! use greenroom_scoring::embedding::{Tokens, encode};
//!
//! let answer = "We wrote a failing test first. Then my colleague brought cake.";
//! let point = encode("Begins with a test that fails");
//! let tokens = Tokens::new(answer);
//! let (first, second) = (tokens.sum(0..30), tokens.sum(31..answer.len()));
//! assert!(first.vector().cosine(&point) > second.vector().cosine(&point));
//!
//! let mut whole = first;
//! whole.add(&second);
//! assert!(whole.vector().cosine(&encode(answer)) > 0.9999);
//! ```

mod sense;
mod table;
mod tokenizer;
mod vector;

pub use sense::{LEADING, Meaning, Sense};
pub use table::{DIMS, Row};
pub use tokenizer::{Token, tokenize};
pub use vector::{Sum, Vector, product};

use std::ops::Range;

/// The direction of a whole text. Nothing is loaded first; docs/scoring.md has the speed.
pub fn encode(text: &str) -> Vector {
    sum_of(&tokenize(text)).vector()
}

/// The sum of the vectors of some tokens. Unknown words add nothing.
pub fn sum_of(tokens: &[Token]) -> Sum {
    let mut sum = Sum::default();
    for token in tokens.iter().filter(|token| token.row != Row::UNKNOWN) {
        token.row.add_to(&mut sum);
    }
    sum
}

/// A text taken apart once, to be asked about its parts.
#[derive(Clone, Debug)]
pub struct Tokens(Vec<Token>);

impl Tokens {
    /// Takes a text apart.
    pub fn new(text: &str) -> Self {
        Self(tokenize(text))
    }

    /// All tokens, in order.
    pub fn as_slice(&self) -> &[Token] {
        &self.0
    }

    /// The tokens of the words that begin in `part`, bytes of the text; parts that meet share none.
    pub fn within(&self, part: Range<usize>) -> &[Token] {
        let from = self.0.partition_point(|token| token.at.start < part.start);
        let to = self.0.partition_point(|token| token.at.start < part.end);
        self.0.get(from..to).unwrap_or_default()
    }

    /// The sum of the vectors of a part, bytes of the text.
    pub fn sum(&self, part: Range<usize>) -> Sum {
        sum_of(self.within(part))
    }
}
