//! WordprocessingML to lines: paragraphs, line breaks, tables and text boxes in reading order.

use super::run::{RunFormat, attribute, has_dark_fill};
use crate::document::{Line, clean};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Nested tables deeper than this are read as one.
const MAX_TABLE_DEPTH: usize = 32;

/// Beginnings of the names of the list styles that Word brings along, in its languages.
const LIST_STYLES: &[&str] = &[
    "listbullet",
    "listnumber",
    "aufzhlungszeichen",
    "aufzählungszeichen",
    "listennummer",
    "listepuces",
    "listenumros",
    "listenuméros",
    "listaconvietas",
    "listaconviñetas",
    "listaconnmeros",
    "puntoelenco",
    "numeroelenco",
    "commarcadores",
    "lijstopsomteken",
    "lijstnummering",
];

/// What was read so far.
#[derive(Default)]
pub(super) struct Content {
    pub(super) lines: Vec<Line>,
    pub(super) pages: u32,
    pub(super) has_hidden_text: bool,
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    cells: Vec<Vec<Line>>,
    has_style: bool,
    cell_has_fill: bool,
}

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    size: f32,
    is_heading: bool,
    is_list_item: bool,
    has_fill: bool,
}

#[derive(Default)]
struct BodyReader {
    tables: Vec<Table>,
    /// More than one when a text box stands inside a paragraph.
    paragraphs: Vec<Paragraph>,
    run: RunFormat,
    in_text: bool,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    /// Depth inside `mc:Fallback`, which repeats what `mc:Choice` said.
    fallback_depth: usize,
    page_has_background: bool,
    out: Content,
}

/// Reads one part of the document into `content`.
pub(super) fn read(source: impl BufRead, content: &mut Content) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_reader(source);
    let mut state = BodyReader { out: std::mem::take(content), ..BodyReader::default() };
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => break,
            Event::Start(element) => state.start(&element),
            Event::Empty(element) => {
                state.start(&element);
                state.end(element.local_name().into_inner());
            }
            Event::End(element) => state.end(element.local_name().into_inner()),
            Event::Text(text) if state.in_text => state.push(&text.xml10_content()),
            // Only the five built-in entities and numbers are resolved; declared ones are dropped.
            Event::GeneralRef(reference) if state.in_text => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    state.push(c.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference) {
                    state.push(text);
                }
            }
            _ => {}
        }
        buffer.clear();
    }
    // A truncated part may leave things open.
    while !state.paragraphs.is_empty() {
        state.end_paragraph();
    }
    while !state.tables.is_empty() {
        state.end_row();
        state.tables.pop();
    }
    *content = state.out;
    Ok(())
}

impl BodyReader {
    fn start(&mut self, element: &BytesStart<'_>) {
        let local = element.local_name();
        let name = local.into_inner();
        if name == "Fallback" || self.fallback_depth > 0 {
            self.fallback_depth += 1;
            return;
        }
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_paragraph_properties = true,
            "r" => self.run = RunFormat::default(),
            "rPr" => self.in_run_properties = true,
            "t" => self.in_text = true,
            "tab" if !self.in_paragraph_properties => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "tbl" if self.tables.len() < MAX_TABLE_DEPTH => self.tables.push(Table::default()),
            "background" => self.page_has_background = true,
            "lastRenderedPageBreak" => self.out.pages = self.out.pages.max(1) + 1,
            _ => self.start_property(name, element),
        }
    }

    fn start_property(&mut self, name: &str, element: &BytesStart<'_>) {
        match (name, self.tables.last_mut(), self.paragraphs.last_mut()) {
            ("tc", Some(table), _) => {
                table.cells.push(Vec::new());
                table.cell_has_fill = false;
            }
            ("tblStyle", Some(table), _) => table.has_style = true,
            ("shd", Some(table), None) => table.cell_has_fill |= has_dark_fill(element),
            ("pStyle", _, Some(paragraph)) => {
                let style = attribute(element, "val").unwrap_or_default().to_lowercase();
                paragraph.is_heading = style.starts_with("heading") || style.starts_with("title");
                paragraph.is_list_item |= LIST_STYLES.iter().any(|list| style.starts_with(list));
            }
            ("numPr", _, Some(paragraph)) => paragraph.is_list_item = true,
            ("shd", _, Some(paragraph)) if self.in_paragraph_properties && !self.in_run_properties => {
                paragraph.has_fill = has_dark_fill(element);
            }
            _ if self.in_run_properties && !self.in_paragraph_properties => self.run.read(name, element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.fallback_depth > 0 {
            self.fallback_depth -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_run_properties = false,
            "t" => self.in_text = false,
            "tr" => self.end_row(),
            "tbl" => {
                self.end_row();
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let table_fill = self.tables.last().is_some_and(|t| t.cell_has_fill || t.has_style);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if self.run.is_hidden(paragraph.has_fill || table_fill || self.page_has_background) {
            self.out.has_hidden_text |= text.chars().any(char::is_alphanumeric);
            return;
        }
        paragraph.text.push_str(text);
        paragraph.size = paragraph.size.max(self.run.size);
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        self.in_paragraph_properties = false;
        let text = clean(&paragraph.text);
        let bullet = if paragraph.is_list_item && !text.trim().is_empty() { "• " } else { "" };
        let lines = text.split('\n').enumerate().map(|(index, line)| Line {
            text: format!("{}{}", if index == 0 { bullet } else { "" }, line.trim()),
            size: paragraph.size,
            is_heading: paragraph.is_heading,
            // Here lines end where their writer ended them.
            has_room: true,
        });
        match self.tables.last_mut().map(|table| &mut table.cells) {
            Some(cells) if !cells.is_empty() => {
                cells
                    .last_mut()
                    .into_iter()
                    .for_each(|cell| cell.extend(lines.clone().filter(|l| !l.is_blank())));
            }
            _ => self.out.lines.extend(lines),
        }
    }

    /// A row of one-line cells is one line with tabs; larger cells are read one after the other.
    fn end_row(&mut self) {
        let depth = self.tables.len();
        let Some(table) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        let row: Vec<Line> = if cells.iter().all(|cell| cell.len() <= 1) {
            let cells: Vec<Line> = cells.into_iter().flatten().collect();
            let text = cells.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\t");
            let size = cells.iter().map(|line| line.size).fold(0.0, f32::max);
            let is_heading = cells.len() == 1 && cells[0].is_heading;
            if text.is_empty() { Vec::new() } else { vec![Line { text, size, is_heading, has_room: true }] }
        } else {
            cells.into_iter().flatten().collect()
        };
        let outer = depth.checked_sub(2).and_then(|above| self.tables[above].cells.last_mut());
        match outer {
            Some(cell) => cell.extend(row),
            None => self.out.lines.extend(row),
        }
    }
}
