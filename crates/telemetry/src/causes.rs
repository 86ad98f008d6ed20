//! Failures as operators read them.

use std::error::Error;

/// A failure with all its causes in a line. Some tell of theirs by themselves: nothing is told twice.
pub fn in_full(failure: &(dyn Error + 'static)) -> String {
    let mut words = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !words.contains(&said) {
            words = format!("{words}: {said}");
        }
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt;

    #[derive(Debug)]
    struct Said(&'static str, Option<Box<Said>>);

    impl fmt::Display for Said {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Said {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|cause| cause as _)
        }
    }

    #[test]
    fn every_cause_is_told_once() {
        let root = Said("connection refused", None);
        let middle = Said("no connection: connection refused", Some(Box::new(root)));
        let outer = Said("the database is not available", Some(Box::new(middle)));
        assert_eq!(in_full(&outer), "the database is not available: no connection: connection refused");
    }
}
