//! How much is read of the project's own resumes in many languages and layouts, with bounds that must hold.
//! `tools/known_resumes.py` makes them.

mod measure;

use greenroom_documents::{Limits, read_resume};
use measure::{Known, Measure};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn measured(folder: &Path) -> Measure {
    let expected: BTreeMap<String, Known> =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut measure = Measure::default();
    for (file, known) in &expected {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let resume = read_resume(&bytes, Some(file), &Limits::default())
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        measure.add(file, known, &resume);
    }
    measure
}

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/known")
}

#[test]
fn enough_of_each_field_is_read() {
    let measure = measured(&own());
    let report = format!("{measure}{}", measure.misses.join("\n"));
    assert!(measure.count("contact").recall() >= 0.98, "contact\n{report}");
    assert!(measure.count("skills").recall() >= 0.9, "skills\n{report}");
    assert!(measure.count("experience").recall() >= 0.85, "experience\n{report}");
}

/// Prints what is read of the own resumes, and of those in the folders that `GREENROOM_KNOWN` lists (`:` between).
#[test]
#[ignore = "prints figures; holds no bound"]
#[expect(clippy::print_stdout, reason = "figures are read by people")]
fn figures() {
    let more = std::env::var("GREENROOM_KNOWN").unwrap_or_default();
    let folders = std::iter::once(own()).chain(more.split(':').filter(|f| !f.is_empty()).map(PathBuf::from));
    for folder in folders {
        let measure = measured(&folder);
        println!("{}\n{measure}{}\n", folder.display(), measure.misses.join("\n"));
    }
}
