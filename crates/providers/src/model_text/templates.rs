//! Strict templates, and the random word that parts data from instructions.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};
use sha2::{Digest, Sha256};

/// Templates of one version of one prompt.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Templates by name. A value that a template names and does not get is an error.
    pub fn new(sources: &[(&'static str, &'static str)]) -> Self {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        let lines = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        templates.set_syntax(lines.expect("the marks of blocks are the usual ones"));
        for (name, source) in sources {
            templates
                .add_template(name, source)
                .expect("the shipped templates are valid; a test renders them");
        }
        Self(templates)
    }

    /// The template `name` with `values`. Nothing in a value is taken for a template.
    pub fn render(&self, name: &str, values: minijinja::Value) -> String {
        let template = self.0.get_template(name).expect("the template is one of the shipped ones");
        template.render(values).expect("every value that the template names is given; a test renders it")
    }
}

/// A word that stands in none of `texts`. It is made of them, so that equal requests are equal to the byte; and
/// nobody can write it into a text, because that would change it.
pub fn nonce(texts: &[&str]) -> String {
    let mut number = 0_u32;
    loop {
        let mut hash = Sha256::new();
        hash.update(number.to_be_bytes());
        for text in texts {
            hash.update(text.len().to_be_bytes());
            hash.update(text.as_bytes());
        }
        let word: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        if texts.iter().all(|text| !text.contains(&word)) {
            return word;
        }
        number += 1;
    }
}
