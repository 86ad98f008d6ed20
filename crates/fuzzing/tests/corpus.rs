//! Everything that is kept in `fuzz/corpus`, tried without a fuzzer.

use greenroom_fuzzing::READERS;
use std::path::Path;

#[test]
fn what_is_kept_breaks_nothing() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, reader) in READERS {
        let files = std::fs::read_dir(corpus.join(name)).expect("a folder for each reader");
        let mut tried = 0;
        for file in files {
            let path = file.expect("a file").path();
            let bytes = std::fs::read(&path).expect("a file that can be read");
            let result = std::panic::catch_unwind(|| reader(&bytes));
            assert!(result.is_ok(), "{} breaks {name}", path.display());
            tried += 1;
        }
        assert!(tried > 0, "nothing is kept for {name}");
    }
}
