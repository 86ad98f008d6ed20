//! A document as PDF, A4: no network, no browser. Its own fonts are enough for Latin, Greek, Cyrillic, Hebrew
//! and Arabic; other scripts are drawn with the system's fonts.

mod fonts;
mod layout;
mod page;

use super::{Bar, Block, Document, markdown};
use fontdb::Database;
use fonts::{Face, Fonts};
use krilla::metadata::Metadata;
use page::Pages;
use std::sync::LazyLock;

/// The PDF could not be written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The fonts that ship with the program cannot be read.
    #[error("the fonts of the report cannot be read")]
    Fonts,
    /// The PDF writer refused.
    #[error("the PDF could not be written: {0}")]
    Writer(String),
}

const BODY: f32 = 10.0;
const SMALL: f32 = 8.5;
const GREEN: [u8; 3] = [24, 84, 68];
const INK: [u8; 3] = [28, 30, 28];
const MUTED: [u8; 3] = [96, 102, 98];
const PALE: [u8; 3] = [226, 232, 227];

static SYSTEM: LazyLock<Database> = LazyLock::new(|| {
    let mut system = Database::new();
    system.load_system_fonts();
    system
});

/// The document as PDF.
pub fn pdf(document: &Document) -> Result<Vec<u8>, RenderError> {
    let fonts = Fonts::covering(&markdown(document), || &SYSTEM).ok_or(RenderError::Fonts)?;
    let metadata = Metadata::new().title(document.title.clone()).creator("Greenroom".to_owned());
    let mut pages = Pages::new(&fonts, metadata.language("en".to_owned()));
    pages.text(&document.title, Face::Bold, 20.0, GREEN, 0.0);
    pages.text(&document.subtitle, Face::Regular, SMALL, MUTED, 0.0);
    pages.gap(10.0);
    for block in &document.blocks {
        draw(&mut pages, block);
    }
    pages.finish()
}

fn draw(pages: &mut Pages<'_>, block: &Block) {
    match block {
        Block::Heading { level, text } => {
            pages.gap(10.0);
            // A heading alone at the foot of a page has lost what it heads.
            pages.keep(48.0);
            let (size, colour) = if *level <= 2 { (13.0, GREEN) } else { (BODY, INK) };
            pages.text(text, Face::Bold, size, colour, 0.0);
            pages.gap(3.0);
        }
        Block::Paragraph(text) => {
            pages.text(text, Face::Regular, BODY, INK, 0.0);
            pages.gap(4.0);
        }
        Block::Quote(text) => {
            pages.quoted(text, BODY, INK, GREEN);
            pages.gap(4.0);
        }
        Block::List(items) => {
            for item in items {
                pages.text(&format!("•  {item}"), Face::Regular, BODY, INK, 8.0);
            }
            pages.gap(4.0);
        }
        Block::Table { head, rows } => {
            pages.row(head, Face::Bold, SMALL, MUTED);
            for row in rows {
                pages.row(row, Face::Regular, SMALL, INK);
            }
            pages.gap(6.0);
        }
        Block::Bars { title, max, bars } => chart(pages, title, *max, bars),
    }
}

fn chart(pages: &mut Pages<'_>, title: &str, max: f64, bars: &[Bar]) {
    pages.gap(8.0);
    pages.keep(20.0 + 18.0 * bars.len().min(12) as f32);
    pages.text(title, Face::Bold, BODY, INK, 0.0);
    pages.gap(4.0);
    for bar in bars {
        let value = bar.value.map_or_else(|| "not assessed".to_owned(), |value| format!("{value:.1}"));
        let share = bar.value.map_or(0.0, |value| (value / max).clamp(0.0, 1.0)) as f32;
        pages.bar(&bar.label, share, &value, GREEN, PALE, MUTED);
    }
    pages.gap(6.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_block_is_written() {
        let long = "word ".repeat(3000);
        let document = Document {
            title: "Rapport d’entretien".to_owned(),
            subtitle: "Łódź, Αθήνα, עברית".to_owned(),
            blocks: vec![
                Block::heading(2, "One"),
                Block::paragraph(long),
                Block::quote("“quoted”\nsecond line"),
                Block::list(vec!["a".to_owned(), "b".to_owned()]),
                Block::table(
                    ["A", "B", "C"],
                    vec![vec!["x".to_owned(), "1.0".to_owned(), "why ".repeat(40)]],
                ),
                Block::bars(
                    "Bars",
                    10.0,
                    vec![
                        Bar { label: "One".to_owned(), value: Some(7.0) },
                        Bar { label: "Two".to_owned(), value: None },
                    ],
                ),
            ],
        };
        let bytes = pdf(&document).expect("a document is written");
        assert!(bytes.starts_with(b"%PDF-"));
        assert!(bytes.len() > 10_000);
    }

    #[test]
    fn an_unbroken_word_and_an_empty_text_do_no_harm() {
        let document = Document {
            title: String::new(),
            blocks: vec![
                Block::paragraph("x".repeat(5000)),
                Block::paragraph(""),
                Block::quote("\u{0}\u{202e}\t"),
            ],
            ..Document::default()
        };
        assert!(pdf(&document).is_ok());
    }
}
