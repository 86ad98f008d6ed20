//! Passwords that everybody tries first. The filter is made by `tools/common_passwords.py`.

use sha2::{Digest, Sha256};

/// Four bytes of the SHA-256 of each, little-endian, sorted. A password that is not among them is taken for one of them
/// once in a hundred thousand times.
const FILTER: &[u8] = include_bytes!("../../data/common_passwords.bin");

/// Whether `password`, in lower case and NFC, stands on a list of passwords that were used often.
pub(super) fn is_known(password: &str) -> bool {
    let Some(mark) = Sha256::digest(password.as_bytes()).first_chunk::<4>().copied() else { return false };
    let (marks, _) = FILTER.as_chunks::<4>();
    marks.binary_search_by_key(&u32::from_le_bytes(mark), |known| u32::from_le_bytes(*known)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{FILTER, is_known};
    use sha2::{Digest, Sha256};

    #[test]
    fn passwords_that_everybody_tries_are_known() {
        for password in
            ["password", "password1", "qwertyuiop", "iloveyou", "123456789", "trustno1", "letmein"]
        {
            assert!(is_known(password), "{password}");
        }
        for password in ["a quiet green room", "zkqvplum-harbour", "ferry timetable 1974", ""] {
            assert!(!is_known(password), "{password}");
        }
    }

    #[test]
    fn the_filter_is_what_its_record_says() {
        let record = include_str!("../../data/common_passwords.toml");
        let digest: String = Sha256::digest(FILTER).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(record.contains(&format!("sha256 = \"{digest}\"")));
        assert!(record.contains(&format!("bytes = {}\n", FILTER.len())));
    }

    #[test]
    fn few_others_are_taken_for_known() {
        let taken =
            (0..200_000).filter(|n| is_known(&format!("a long sentence of my own, number {n}"))).count();
        assert!(taken <= 8, "{taken} of 200 000; about two are expected");
    }
}
