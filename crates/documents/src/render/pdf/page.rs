//! Pages: what is drawn where. Drawing is collected first, so that page numbers can say how many there are.

use super::RenderError;
use super::fonts::{Face, Fonts};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::TextDirection;

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const LEADING: f32 = 1.45;
const MUTED: [u8; 3] = [96, 102, 98];

/// A colour, red green blue.
pub type Colour = [u8; 3];

enum Mark {
    Text { x: f32, y: f32, text: String, face: Face, size: f32, colour: Colour },
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
}

/// The pages of one document.
pub struct Pages<'a> {
    fonts: &'a Fonts,
    metadata: Metadata,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl<'a> Pages<'a> {
    /// One empty page.
    pub fn new(fonts: &'a Fonts, metadata: Metadata) -> Self {
        Self { fonts, metadata, pages: vec![Vec::new()], y: MARGIN }
    }

    /// Space, points.
    pub fn gap(&mut self, points: f32) {
        self.y += points;
    }

    /// Begins a new page when less than `points` are left.
    pub fn keep(&mut self, points: f32) {
        if self.y + points > HEIGHT - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    /// Text over the whole width, `indent` points in.
    pub fn text(&mut self, text: &str, face: Face, size: f32, colour: Colour, indent: f32) {
        for line in self.fonts.lines(text, face, size, WIDTH - 2.0 * MARGIN - indent) {
            self.keep(size * LEADING);
            self.y += size * LEADING;
            self.put(MARGIN + indent, line, face, size, colour);
        }
    }

    /// Text with a bar at its left.
    pub fn quoted(&mut self, text: &str, size: f32, colour: Colour, bar: Colour) {
        let indent = 12.0;
        for line in self.fonts.lines(text, Face::Regular, size, WIDTH - 2.0 * MARGIN - indent) {
            let height = size * LEADING;
            self.keep(height);
            self.mark(Mark::Box { x: MARGIN, y: self.y + 3.0, width: 2.0, height, colour: bar });
            self.y += height;
            self.put(MARGIN + indent, line, Face::Regular, size, colour);
        }
    }

    /// A row of a table: a quarter, a fifth, the rest.
    pub fn row(&mut self, cells: &[String], face: Face, size: f32, colour: Colour) {
        let whole = WIDTH - 2.0 * MARGIN;
        let widths = [whole * 0.26, whole * 0.16, whole * 0.58];
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| self.fonts.lines(cell, face, size, width - 8.0))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0) as f32 * size * LEADING;
        self.keep(height + 4.0);
        let top = self.y;
        let mut x = MARGIN;
        for (lines, width) in wrapped.into_iter().zip(widths) {
            for (index, line) in lines.into_iter().enumerate() {
                self.y = top + (index + 1) as f32 * size * LEADING;
                self.put(x, line, face, size, colour);
            }
            x += width;
        }
        self.y = top + height + 4.0;
    }

    /// A bar with its label and value.
    pub fn bar(
        &mut self,
        label: &str,
        share: f32,
        value: &str,
        colour: Colour,
        ground: Colour,
        text: Colour,
    ) {
        let (size, left, width) = (9.0, MARGIN + 170.0, 220.0);
        self.keep(18.0);
        let label =
            self.fonts.lines(label, Face::Regular, size, 160.0).into_iter().next().unwrap_or_default();
        self.mark(Mark::Box { x: left, y: self.y + 4.0, width, height: 9.0, colour: ground });
        if share > 0.0 {
            self.mark(Mark::Box { x: left, y: self.y + 4.0, width: width * share, height: 9.0, colour });
        }
        self.y += 12.0;
        self.put(MARGIN, label, Face::Regular, size, text);
        self.put(left + width + 10.0, value.to_owned(), Face::Regular, size, text);
        self.y += 6.0;
    }

    /// Writes the PDF.
    pub fn finish(self) -> Result<Vec<u8>, RenderError> {
        let mut document = Document::new();
        document.set_metadata(self.metadata);
        let count = self.pages.len();
        for (index, marks) in self.pages.into_iter().enumerate() {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT)
                .ok_or_else(|| RenderError::Writer("the page has no size".to_owned()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let number = format!("{} / {count}", index + 1);
            let foot = Mark::Text {
                x: MARGIN,
                y: HEIGHT - 28.0,
                text: number,
                face: Face::Regular,
                size: 8.0,
                colour: MUTED,
            };
            for mark in marks.into_iter().chain([foot]) {
                match mark {
                    Mark::Text { mut x, y, text, face, size, colour } => {
                        surface.set_fill(Some(fill(colour)));
                        for run in self.fonts.runs(&text, face, size) {
                            let start = Point::from_xy(x, y);
                            let direction = if run.is_right_to_left {
                                TextDirection::RightToLeft
                            } else {
                                TextDirection::LeftToRight
                            };
                            surface.draw_text(start, run.font, size, run.text, false, direction);
                            x += run.width;
                        }
                    }
                    Mark::Box { x, y, width, height, colour } => {
                        surface.set_fill(Some(fill(colour)));
                        let mut path = PathBuilder::new();
                        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                            path.push_rect(rect);
                        }
                        if let Some(path) = path.finish() {
                            surface.draw_path(&path);
                        }
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| RenderError::Writer(format!("{error:?}")))
    }

    fn put(&mut self, x: f32, text: String, face: Face, size: f32, colour: Colour) {
        if !text.is_empty() {
            self.mark(Mark::Text { x, y: self.y, text, face, size, colour });
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: rgb::Color::new(colour[0], colour[1], colour[2]).into(), ..Fill::default() }
}
