//! Tables: those of the paper, the seat cards, and the imprint at the foot of the last page.

use super::super::paper::{Block, Imprint, PageForm, Table};
use super::page::{WIDTH, width_of};
use super::xml::{BODY, HEI, Look, SIZE_4, SIZE_SMALL_4, Shape, paragraph, run};

/// 0.35 mm and 0.25 mm in eighths of a point: §7.4.1.
const THICK: u32 = 8;
const THIN: u32 = 6;

/// A 4号 character, and the pitch of the imprint's lines.
const FOUR: i32 = 280;
const IMPRINT_LINE: i32 = 480;

/// A table over the whole width. Its head is repeated on every page and no row is cut in two.
pub(super) fn table(table: &Table, form: PageForm) -> String {
    let all: u32 = table.columns.iter().map(|column| column.share.max(1)).sum::<u32>().max(1);
    let width = width_of(form);
    let widths: Vec<i32> = table.columns.iter().map(|column| width * column.share.max(1) as i32 / all as i32).collect();
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/>{}<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>\
         <w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/>\
         <w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>{}",
        widths.iter().sum::<i32>(),
        borders(&["top", "left", "bottom", "right", "insideH", "insideV"].map(|side| (side, 4))),
        grid(&widths)
    );
    // eight columns and more are set smaller, as offices do
    let size = if table.columns.len() >= 8 { SIZE_SMALL_4 } else { SIZE_4 };
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"560\" w:hRule=\"atLeast\"/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(&widths) {
        out.push_str(&cell(&column.head, *width, Look::plain(HEI, size), true));
    }
    out.push_str("</w:tr>\n");
    for row in &table.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"560\" w:hRule=\"atLeast\"/></w:trPr>");
        for (at, (column, width)) in table.columns.iter().zip(&widths).enumerate() {
            let text = row.get(at).map_or("", String::as_str);
            out.push_str(&cell(text, *width, Look::plain(BODY, size), column.is_centred));
        }
        out.push_str("</w:tr>\n");
    }
    out.push_str("</w:tbl>\n");
    out.push_str(&nothing());
    out
}

fn cell(text: &str, width: i32, look: Look, is_centred: bool) -> String {
    let justify = if is_centred { "center" } else { "" };
    let shape = Shape { style: "Cell", justify, ..Shape::default() };
    let lines: String = text.split('\n').map(|line| paragraph(&shape, &run(line, look))).collect();
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{lines}</w:tc>")
}

/// Two cards a sheet, with a line to cut or fold along.
pub(super) fn cards(cards: &[&Block]) -> String {
    const HEIGHT: i32 = 6300;
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>{}<w:tblLayout w:type=\"fixed\"/></w:tblPr>{}",
        borders(&["top", "left", "bottom", "right", "insideH"].map(|side| (side, 4))),
        grid(&[WIDTH])
    );
    for card in cards {
        let Block::Card { name, below } = card else { continue };
        // as large as the card takes: 96 pt for four characters, less for a long name
        let count = name.chars().count().max(4) as i32;
        let size = ((WIDTH - 600) / count / 10).min(192);
        // two characters stand apart, as on every name card
        let name = match name.chars().collect::<Vec<_>>()[..] {
            [first, second] => format!("{first}\u{3000}{second}"),
            _ => name.clone(),
        };
        let centred = |line| Shape { style: "Cell", justify: "center", line, ..Shape::default() };
        let mut inside = paragraph(&centred(size * 13), &run(&name, Look::plain(HEI, size as u32)));
        if !below.is_empty() {
            inside.push_str(&paragraph(&centred(900), &run(below, Look::plain(BODY, 44))));
        }
        out.push_str(&format!(
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{HEIGHT}\" w:hRule=\"exact\"/></w:trPr><w:tc><w:tcPr>\
             <w:tcW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{inside}</w:tc></w:tr>\n"
        ));
    }
    out.push_str("</w:tbl>\n");
    out.push_str(&nothing());
    out
}

/// 版记: first and last line of 0.35 mm, those between of 0.25 mm, its foot at the foot of the type area of the last page.
///
/// A table in a text box that hangs on the last paragraph and stands against the lower margin. A floating table would do for
/// Word, but LibreOffice lets none float that is as wide as the page.
pub(super) fn imprint(imprint: &Imprint) -> String {
    let look = Look::plain(BODY, SIZE_4);
    let mut table = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>{}<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>\
         <w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>{}",
        borders(&[("top", THICK), ("bottom", THICK), ("insideH", THIN)]),
        grid(&[WIDTH])
    );
    let mut row = |inside: String| {
        table.push_str(&format!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{WIDTH}\" w:type=\"dxa\"/></w:tcPr>\
             {inside}</w:tc></w:tr>\n"
        ));
    };
    let mut lines = 1;
    if !imprint.copies.is_empty() {
        let mut inside = String::new();
        for (label, text) in &imprint.copies {
            let hang = FOUR * (label.chars().count() as i32 + 1);
            let shape = Shape {
                style: "Cell",
                justify: "both",
                left: FOUR + hang,
                right: FOUR,
                first: -hang,
                line: IMPRINT_LINE,
                ..Shape::default()
            };
            inside.push_str(&paragraph(&shape, &run(&format!("{label}：{text}"), look)));
            // one character less than there is room for: a mark may not begin a line
            let room = (WIDTH - FOUR * 2 - hang) / FOUR - 1;
            lines += (text.chars().count() as i32 + room - 1).max(1) / room.max(1);
        }
        row(inside);
    }
    let tabs = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>", WIDTH - FOUR);
    let shape = Shape { style: "Cell", left: FOUR, line: IMPRINT_LINE, tabs, ..Shape::default() };
    let inside = [run(&imprint.organ, look), "<w:r><w:tab/></w:r>".to_string(), run(&imprint.date, look)].concat();
    row(paragraph(&shape, &inside));
    table.push_str("</w:tbl>");
    at_the_foot(&table, lines * IMPRINT_LINE + 20)
}

/// A text box of the width of the type area that stands on its lower edge. The text keeps above it.
fn at_the_foot(inside: &str, height: i32) -> String {
    /// A twip in the units of drawings.
    const EMU: i32 = 635;
    let (wide, high) = (WIDTH * EMU, (height + 20) * EMU);
    format!(
        "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr><w:r>\
         <mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" \
         distR=\"0\" simplePos=\"0\" relativeHeight=\"2\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" \
         allowOverlap=\"0\"><wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"margin\"><wp:align>left</wp:align>\
         </wp:positionH><wp:positionV relativeFrom=\"margin\"><wp:align>bottom</wp:align></wp:positionV>\
         <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapTopAndBottom/>\
         <wp:docPr id=\"1\" name=\"版记\"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData \
         uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr txBox=\"1\"/>\
         <wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\">\
         <a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{inside}{}\
         </w:txbxContent></wps:txbx><wps:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"b\"><a:noAutofit/>\
         </wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>\
         </w:r></w:p>\n",
        nothing()
    )
}

/// The paragraph that has to stand behind a table, a hair high.
fn nothing() -> String {
    "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>\n".to_string()
}

fn borders(sides: &[(&str, u32)]) -> String {
    let sides = sides
        .iter()
        .map(|(side, size)| format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"000000\"/>"));
    format!("<w:tblBorders>{}</w:tblBorders>", sides.collect::<String>())
}

fn grid(widths: &[i32]) -> String {
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!("<w:tblGrid>{columns}</w:tblGrid>\n")
}
