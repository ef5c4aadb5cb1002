//! The little XML that the writer needs: text made safe, runs and paragraphs.

use super::super::paper::{Face, Run};
use super::page::{BODY_SQUEEZE, LINE};

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// What a drawing needs besides.
pub(super) const DRAWING: &str = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";

pub(super) const SONG_MARK: &str = "方正小标宋简体";
pub(super) const BODY: &str = "仿宋_GB2312";
pub(super) const KAI: &str = "楷体_GB2312";
pub(super) const HEI: &str = "黑体";
pub(super) const SONG: &str = "宋体";

/// Sizes in half points.
pub(super) const SIZE_2: u32 = 44;
pub(super) const SIZE_3: u32 = 32;
pub(super) const SIZE_4: u32 = 28;
pub(super) const SIZE_SMALL_4: u32 = 24;

/// How characters look.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub font: &'static str,
    /// In half points.
    pub size: u32,
    /// Twentieths of a point between characters, so that 28 of them fill the line.
    pub squeeze: i32,
    pub is_red: bool,
}

impl Look {
    /// A face at the size and pitch of the body.
    pub fn of(face: Face) -> Look {
        Look { font: font_of(face), size: SIZE_3, squeeze: BODY_SQUEEZE, is_red: false }
    }

    pub fn plain(font: &'static str, size: u32) -> Look {
        Look { font, size, squeeze: 0, is_red: false }
    }
}

pub(super) fn font_of(face: Face) -> &'static str {
    match face {
        Face::Body => BODY,
        Face::Hei => HEI,
        Face::Kai => KAI,
    }
}

/// Text between tags. Characters that XML has no place for become the replacement character.
pub(super) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            // controls of direction turn what stands behind them
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c => out.push(c),
        }
    }
}

/// A run of one look. The East Asian hint keeps “ ” — … in the Chinese font.
pub(super) fn run(text: &str, look: Look) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = format!("<w:r>{}<w:t xml:space=\"preserve\">", properties(look));
    push_text(&mut out, text);
    out.push_str("</w:t></w:r>");
    out
}

/// `<w:rPr>` of a look.
pub(super) fn properties(look: Look) -> String {
    let Look { font, size, squeeze, is_red } = look;
    let mut out = format!(
        "<w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>"
    );
    if is_red {
        out.push_str("<w:color w:val=\"FF0000\"/>");
    }
    if squeeze != 0 {
        out.push_str(&format!("<w:spacing w:val=\"{squeeze}\"/>"));
    }
    out.push_str(&format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"));
    out
}

pub(super) fn runs(runs: &[Run]) -> String {
    runs.iter().map(|one| run(&one.text, Look::of(one.face))).collect()
}

/// How a paragraph stands.
#[derive(Clone, Default)]
pub(super) struct Shape {
    /// The id of a style, which a clerk sees in the list of styles.
    pub style: &'static str,
    /// Twips before and behind.
    pub before: i32,
    pub after: i32,
    /// Exact line pitch; 0 is the body's.
    pub line: i32,
    /// Twips from the left and the right margin, and of the first line against the others (negative hangs).
    pub left: i32,
    pub right: i32,
    pub first: i32,
    /// `both`, `center`, `left`, `right`; empty is the style's.
    pub justify: &'static str,
    /// Stays with what follows.
    pub keeps: bool,
    /// Begins a page.
    pub begins_page: bool,
    /// Stands where its own pitch says and not on the grid of lines.
    pub off_grid: bool,
    /// `<w:pBdr>` and `<w:tabs>`.
    pub borders: String,
    pub tabs: String,
}

/// A paragraph. The order of the properties is the schema's, which Word insists on.
pub(super) fn paragraph(shape: &Shape, inside: &str) -> String {
    let mut out = String::from("<w:p><w:pPr>");
    if !shape.style.is_empty() {
        out.push_str(&format!("<w:pStyle w:val=\"{}\"/>", shape.style));
    }
    if shape.keeps {
        out.push_str("<w:keepNext/>");
    }
    if shape.begins_page {
        out.push_str("<w:pageBreakBefore/>");
    }
    out.push_str(&shape.borders);
    out.push_str(&shape.tabs);
    if shape.off_grid {
        out.push_str("<w:snapToGrid w:val=\"0\"/>");
    }
    if shape.before != 0 || shape.after != 0 || shape.line != 0 {
        let line = if shape.line == 0 { LINE } else { shape.line };
        out.push_str(&format!(
            "<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{line}\" w:lineRule=\"exact\"/>",
            shape.before, shape.after
        ));
    }
    if shape.left != 0 || shape.right != 0 || shape.first != 0 {
        let first = match shape.first {
            0 => String::new(),
            1.. => format!(" w:firstLine=\"{}\"", shape.first),
            ..0 => format!(" w:hanging=\"{}\"", -shape.first),
        };
        out.push_str(&format!("<w:ind w:left=\"{}\" w:right=\"{}\"{first}/>", shape.left, shape.right));
    }
    if !shape.justify.is_empty() {
        out.push_str(&format!("<w:jc w:val=\"{}\"/>", shape.justify));
    }
    out.push_str("</w:pPr>");
    out.push_str(inside);
    out.push_str("</w:p>\n");
    out
}
