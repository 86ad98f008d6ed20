//! Documents out: one model, written as Markdown or PDF.

mod markdown;
mod pdf;

pub use markdown::markdown;
pub use pdf::{RenderError, pdf};

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Title.
    pub title: String,
    /// A line below the title.
    pub subtitle: String,
    /// Contents in order.
    pub blocks: Vec<Block>,
}

/// A part of a document. Texts are plain: nothing in them is markup.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 2 or 3.
    Heading {
        /// 2 or 3.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// Somebody's words.
    Quote(String),
    /// A list of short lines.
    List(Vec<String>),
    /// A table of three columns.
    Table {
        /// Names of the columns.
        head: [String; 3],
        /// Rows.
        rows: Vec<Vec<String>>,
    },
    /// A bar chart.
    Bars {
        /// What is shown.
        title: String,
        /// The longest possible bar.
        max: f64,
        /// The bars.
        bars: Vec<Bar>,
    },
}

/// A bar of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length; `None` when not assessed.
    pub value: Option<f64>,
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// A paragraph.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(text.into())
    }

    /// Somebody's words.
    pub fn quote(text: impl Into<String>) -> Self {
        Self::Quote(text.into())
    }

    /// A list.
    pub fn list(lines: Vec<String>) -> Self {
        Self::List(lines)
    }

    /// A table.
    pub fn table(head: [&str; 3], rows: Vec<Vec<String>>) -> Self {
        Self::Table { head: head.map(str::to_owned), rows }
    }

    /// A bar chart.
    pub fn bars(title: impl Into<String>, max: f64, bars: Vec<Bar>) -> Self {
        Self::Bars { title: title.into(), max, bars }
    }
}
