//! PDF: glyphs with their places, what a reader sees of them, and the order in which they are read.

mod actual_text;
mod columns;
mod device;
mod guard;
mod hidden;
mod layout;

use crate::document::{Document, Line};
use crate::{Limits, ResumeError};
use device::{PageContent, TextDevice};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page, kurbo};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads the visible text of a PDF.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ResumeError> {
    guard::check_streams(bytes, limits.max_unpacked_bytes)?;
    // The library reads hostile input; should it panic, the file is at fault.
    match catch_unwind(AssertUnwindSafe(|| read_pages(bytes, limits))) {
        Ok(result) => result,
        Err(payload) if payload.is::<device::OverBudget>() => Err(ResumeError::TooLarge),
        Err(_) => Err(ResumeError::Corrupt),
    }
}

fn read_pages(bytes: &[u8], limits: &Limits) -> Result<Document, ResumeError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => ResumeError::Encrypted,
        _ => ResumeError::Corrupt,
    })?;
    let total = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    if total == 0 {
        return Err(ResumeError::Corrupt);
    }
    let cache = InterpreterCache::new();
    let mut document = Document { pages: total, ..Document::default() };
    let mut findings = Findings::default();
    let mut budget = limits.max_drawing_operations;
    for page in pdf.pages().iter().take(limits.max_pages as usize) {
        let (width, height) = page.render_dimensions();
        let area = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, area, &cache, pdf.xref(), InterpreterSettings::default());
        let mut device = TextDevice::new(area, budget);
        interpret_page(page, &mut context, &mut device);
        budget = device.budget_left();
        findings.add_page(device.finish(), &mut document);
    }
    if document.is_blank() && !has_end_mark(bytes) {
        return Err(ResumeError::Corrupt);
    }
    findings.report(&mut document, total, limits);
    Ok(document)
}

/// A file that was cut off lacks the mark at its end.
fn has_end_mark(bytes: &[u8]) -> bool {
    const WINDOW: usize = 2048;
    bytes[bytes.len().saturating_sub(WINDOW)..].windows(5).any(|w| w == b"%%EOF")
}

/// What was noticed on any page.
#[derive(Default)]
struct Findings {
    has_columns: bool,
    has_hidden_text: bool,
    has_ocr_layer: bool,
    unreadable_glyphs: usize,
    glyphs: usize,
}

impl Findings {
    fn add_page(&mut self, content: PageContent, document: &mut Document) {
        self.has_hidden_text |= content.has_hidden_text;
        self.has_ocr_layer |= content.has_ocr_layer;
        self.unreadable_glyphs += content.unreadable_glyphs;
        self.glyphs += content.glyphs.len();
        for fragments in layout::fragments(content.glyphs) {
            let part = columns::order(fragments);
            self.has_columns |= part.has_columns;
            if !document.lines.is_empty() && !part.lines.is_empty() {
                document.lines.push(Line::default());
            }
            document.lines.extend(part.lines);
        }
    }

    fn report(&self, document: &mut Document, total: u32, limits: &Limits) {
        if self.has_columns {
            document.warn(
                "two_columns",
                "The page has columns. They were read one after the other; check that the order is right.",
            );
        }
        if self.has_hidden_text {
            document.warn(
                "hidden_text",
                "The file holds text that a reader cannot see (white, tiny, covered or off the page); it was left out.",
            );
        }
        if self.has_ocr_layer {
            document.warn(
                "ocr_text",
                "The page is a scan with recognised text behind it; check names, figures and dates.",
            );
        }
        if self.unreadable_glyphs * 20 > self.glyphs {
            document.warn(
                "unreadable_characters",
                "Some characters of this file have no known letter; check the text or paste it.",
            );
        }
        if total > limits.max_pages {
            let max = limits.max_pages;
            document.warn(
                "many_pages_cut",
                format!("Only the first {max} of {total} pages were read; the rest was left out."),
            );
        }
    }
}
