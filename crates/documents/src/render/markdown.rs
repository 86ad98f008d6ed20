//! A document as Markdown. People's words are escaped, so that they stay words.

use super::{Bar, Block, Document};

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(&document.title), escaped(&document.subtitle));
    for block in &document.blocks {
        out.push('\n');
        out.push_str(&one(block));
        out.push('\n');
    }
    out
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => format!("{} {}", "#".repeat(usize::from(*level)), escaped(text)),
        Block::Paragraph(text) => lines(text).join("\n"),
        Block::Quote(text) => {
            lines(text).iter().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
        }
        Block::List(items) => {
            items.iter().map(|item| format!("- {}", escaped(item))).collect::<Vec<_>>().join("\n")
        }
        Block::Table { head, rows } => table(head, rows),
        Block::Bars { title, bars, .. } => {
            let rows: Vec<String> = bars.iter().map(bar).collect();
            format!("**{}**\n\n{}", escaped(title), rows.join("\n"))
        }
    }
}

fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell).replace('\n', " ")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", " --- |".repeat(head.len()));
    let mut all = vec![line(head), rule];
    all.extend(rows.iter().map(|row| line(row)));
    all.join("\n")
}

fn bar(bar: &Bar) -> String {
    let value = bar.value.map_or_else(|| "not assessed".to_owned(), |value| format!("{value:.1}"));
    format!("- {}: {value}", escaped(&bar.label))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(escaped).collect()
}

/// Marks and HTML lose their meaning.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_stay_words() {
        let document = Document {
            title: "# <script>".to_owned(),
            blocks: vec![
                Block::quote("*bold* [x](javascript:alert(1))\n# heading"),
                Block::table(["A", "B", "C"], vec![vec!["a|b".to_owned(), "1\n2".to_owned(), String::new()]]),
            ],
            ..Document::default()
        };
        let text = markdown(&document);
        assert!(!text.contains("<script>") && !text.contains("[x](") && !text.contains("\n# heading"));
        assert!(text.contains(r"| a\|b | 1 2 |  |"));
    }
}
