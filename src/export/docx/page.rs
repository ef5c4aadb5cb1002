//! The page of GB/T 9704-2012: A4, the type area of 156 × 225 mm, 22 lines of 28 characters, page numbers on the outer side.
//!
//! Lengths are in twips, 1/1440 inch; 1 mm is 56.7 of them.

use super::super::paper::PageForm;
use super::xml::{HEAD, Look, NAMESPACES, SIZE_4, SONG, properties, run};

/// 210 × 297 mm
const PAPER: (i32, i32) = (11906, 16838);
/// 天头 37 mm, 订口 28 mm; the type area leaves 35 and 26 mm on the other sides: §5.2.1.
const TOP: i32 = 2098;
const LEFT: i32 = 1588;
const BOTTOM: i32 = 1984;
const RIGHT: i32 = 1474;

/// The width of the type area: 156 mm.
pub(super) const WIDTH: i32 = PAPER.0 - LEFT - RIGHT;
/// A line: 22 of them fill the 225 mm, §5.2.3.
pub(super) const LINE: i32 = 579;
/// What a 3号 character (16 pt) gives up so that 28 of them fill the line. A grid of characters would say the same, but
/// LibreOffice then sets half as many.
pub(super) const BODY_SQUEEZE: i32 = -5;
/// A character of the body with its share of the squeeze.
pub(super) const CHAR: i32 = 320 + BODY_SQUEEZE;

/// From the foot of the page to the foot of the number, so that its dashes stand 7 mm below the type area: §7.5.
const FOOTER: i32 = 1430;
/// A 4号 character, by which the number stands in from the edge.
const NUMBER_CHAR: i32 = 280;

/// Pages with odd numbers lie on the right.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Odd,
    Even,
}

/// `<w:sectPr>`: the sheet, its margins, the grid of lines and the page numbers.
pub(super) fn section(form: PageForm, is_numbered: bool) -> String {
    let numbers = match is_numbered {
        true => {
            "<w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>"
        }
        false => "",
    };
    let (width, height) = PAPER;
    let (size, margins) = match form {
        PageForm::Portrait => (format!("w:w=\"{width}\" w:h=\"{height}\""), (TOP, RIGHT, BOTTOM, LEFT)),
        // the sheet turned to the left: its head lies at the binding
        PageForm::Landscape => {
            (format!("w:w=\"{height}\" w:h=\"{width}\" w:orient=\"landscape\""), (LEFT, TOP, RIGHT, BOTTOM))
        }
    };
    let (top, right, bottom, left) = margins;
    let footer = FOOTER.min(bottom - 500);
    format!(
        "<w:sectPr>{numbers}<w:pgSz {size}/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" \
         w:footer=\"{footer}\" w:gutter=\"0\"/><w:docGrid w:type=\"lines\" w:linePitch=\"{LINE}\"/></w:sectPr>"
    )
}

/// The width of a table on such a page.
pub(super) fn width_of(form: PageForm) -> i32 {
    match form {
        PageForm::Portrait => WIDTH,
        PageForm::Landscape => PAPER.1 - TOP - BOTTOM,
    }
}

/// `— 1 —` in 4号 half-width digits of 宋体: right on odd pages, left on even ones, one character in.
pub(super) fn footer(side: Side) -> String {
    let look = Look::plain(SONG, SIZE_4);
    let (justify, indent) = match side {
        Side::Odd => ("right", format!("w:right=\"{NUMBER_CHAR}\"")),
        Side::Even => ("left", format!("w:left=\"{NUMBER_CHAR}\"")),
    };
    let field = |inside: &str| format!("<w:r>{}{inside}</w:r>", properties(look));
    let number = [
        run("— ", look),
        field("<w:fldChar w:fldCharType=\"begin\"/>"),
        field("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"),
        field("<w:fldChar w:fldCharType=\"separate\"/>"),
        run("1", look),
        field("<w:fldChar w:fldCharType=\"end\"/>"),
        run(" —", look),
    ]
    .concat();
    format!(
        "{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent}/>\
         <w:jc w:val=\"{justify}\"/></w:pPr>{number}</w:p></w:ftr>\n"
    )
}
