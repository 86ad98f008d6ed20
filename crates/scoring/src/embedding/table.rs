//! The table: tokens and their vectors, read in place from the program's own bytes.
//!
//! `tools/embedding_table.py` writes it and describes the layout; a file that does not fit does not compile.

use super::vector::Sum;

static BYTES: &[u8] = include_bytes!("../../data/embedding.bin");

const HEADER: usize = 32;
const ROWS: usize = header(12);
/// Numbers in a vector.
pub const DIMS: usize = header(16);
const SLOTS: usize = header(20);
const TEXT_BYTES: usize = header(24);
/// Bytes of the longest token, without the sign that it continues a word.
pub const LONGEST: usize = header(28);

const SLOTS_AT: usize = HEADER;
const STARTS_AT: usize = SLOTS_AT + 2 * SLOTS;
const TEXT_AT: usize = STARTS_AT + 4 * (ROWS + 1);
const SCALES_AT: usize = TEXT_AT + TEXT_BYTES;
const ROWS_AT: usize = SCALES_AT + 4 * ROWS;

const _: () = {
    let magic = BYTES.first_chunk().expect("a header");
    assert!(u64::from_le_bytes(*magic) == u64::from_le_bytes(*b"GREENEMB"), "not an embedding table");
    assert!(header(8) == 1, "another version of the layout");
    assert!(SLOTS.is_power_of_two() && SLOTS <= 1 << 16 && ROWS < SLOTS, "no free slot ends a search");
    assert!(BYTES.len() == ROWS_AT + ROWS * DIMS, "parts and length do not agree");
};

static ENTRIES: &[[u8; 2]] = part(SLOTS_AT, STARTS_AT).as_chunks().0;
static STARTS: &[[u8; 4]] = part(STARTS_AT, TEXT_AT).as_chunks().0;
static TEXT: &[u8] = part(TEXT_AT, SCALES_AT);
static SCALES: &[[u8; 4]] = part(SCALES_AT, ROWS_AT).as_chunks().0;
static VECTORS: &[[u8; DIMS]] = part(ROWS_AT, BYTES.len()).as_chunks().0;

const EMPTY: u16 = u16::MAX;
const CONTINUES: &[u8] = b"##";

const fn header(at: usize) -> usize {
    u32::from_le_bytes([BYTES[at], BYTES[at + 1], BYTES[at + 2], BYTES[at + 3]]) as usize
}

const fn part(from: usize, to: usize) -> &'static [u8] {
    BYTES.split_at(to).0.split_at(from).1
}

/// A row of the table, below [`Row::COUNT`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Row(u16);

impl Row {
    /// Rows of the table.
    pub const COUNT: usize = ROWS;
    /// What stands for a word that the vocabulary lacks. It has no meaning and is in no sum.
    pub const UNKNOWN: Self = Self(1);

    /// The number of the row, which is the id of its token in the reference implementation.
    pub fn id(self) -> u16 {
        self.0
    }

    /// The token; `##` begins one that continues a word.
    pub fn token(self) -> &'static str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    fn bytes(self) -> &'static [u8] {
        let row = usize::from(self.0);
        &TEXT[start(row)..start(row + 1)]
    }

    /// Adds the token's vector.
    pub(super) fn add_to(self, sum: &mut Sum) {
        let row = usize::from(self.0);
        sum.add_scaled(f32::from_le_bytes(SCALES[row]), &VECTORS[row]);
    }
}

fn start(row: usize) -> usize {
    u32::from_le_bytes(STARTS[row]) as usize
}

/// The hash of a token, built byte by byte so that all beginnings of a word cost one walk.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u32);

impl Hash {
    /// Of nothing yet, at the beginning of a word or further on.
    pub fn new(continues: bool) -> Self {
        Self(if continues { 0x9747_b28c } else { 0x811c_9dc5 })
    }

    /// With one byte more (FNV-1a).
    pub fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}

/// The row of a token whose hash is `hash`.
pub fn find(token: &[u8], continues: bool, hash: Hash) -> Option<Row> {
    let mut slot = (hash.0 ^ (hash.0 >> 16)) as usize % SLOTS;
    loop {
        let row = u16::from_le_bytes(ENTRIES[slot]);
        if row == EMPTY {
            return None;
        }
        let bytes = Row(row).bytes();
        let same = if continues { bytes.strip_prefix(CONTINUES) == Some(token) } else { bytes == token };
        if same {
            return Some(Row(row));
        }
        slot = (slot + 1) % SLOTS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_shipped_table_is_the_recorded_one() {
        let record: toml::Table = include_str!("../../data/embedding.toml").parse().unwrap();
        let digest: String = Sha256::digest(BYTES).iter().map(|byte| format!("{byte:02x}")).collect();
        let table = &record["table"];
        assert_eq!(table["sha256"].as_str(), Some(digest.as_str()));
        assert_eq!(table["bytes"].as_integer(), Some(BYTES.len() as i64));
        assert_eq!(table["rows"].as_integer(), Some(ROWS as i64));
        assert_eq!(table["dims"].as_integer(), Some(DIMS as i64));
    }

    #[test]
    fn every_token_is_found_in_its_row() {
        for row in (0..ROWS as u16).map(Row) {
            let (token, continues) = match row.token().strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (rest, true),
                _ => (row.token(), false),
            };
            let hash = token.bytes().fold(Hash::new(continues), Hash::with);
            let special = ["[PAD]", "[UNK]"].contains(&token);
            assert_eq!(find(token.as_bytes(), continues, hash), (!special).then_some(row), "{token}");
            assert!(special || token.len() <= LONGEST, "{token}");
        }
    }

    #[test]
    fn the_unknown_is_where_it_is_thought_to_be() {
        assert_eq!(Row::UNKNOWN.token(), "[UNK]");
    }
}
