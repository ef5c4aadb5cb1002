//! Styles, settings and fonts. The styles carry Word's own names for headings, so that its outline works; the faces of runs are
//! written on the runs too, because programs differ in what they take from a style.

use super::page::{BODY_SQUEEZE, CHAR, LINE};
use super::xml::{BODY, HEAD, HEI, KAI, NAMESPACES, SIZE_2, SIZE_3, SIZE_4, SONG, SONG_MARK};

/// Kinsoku: no mark that closes begins a line; none hangs over its end; digits stand beside characters without a gap.
pub(super) const BREAKS: &str = "<w:widowControl w:val=\"0\"/><w:kinsoku/><w:wordWrap/><w:overflowPunct w:val=\"0\"/>\
    <w:topLinePunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>";

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u32,
    squeeze: i32,
    /// `<w:pPr>` without its tags.
    shape: String,
}

pub(super) fn styles() -> String {
    let indent = format!("<w:ind w:firstLine=\"{}\"/>", CHAR * 2);
    let heading = |level: usize| format!("{indent}<w:outlineLvl w:val=\"{}\"/>", level - 1);
    let body = |id, name, font, shape| Style { id, name, font, size: SIZE_3, squeeze: BODY_SQUEEZE, shape };
    let styles = [
        body("Body", "公文正文", BODY, indent.clone()),
        body("Heading1", "heading 1", HEI, heading(1)),
        body("Heading2", "heading 2", KAI, heading(2)),
        body("Heading3", "heading 3", BODY, heading(3)),
        body("Heading4", "heading 4", BODY, heading(4)),
        Style {
            id: "Title",
            name: "Title",
            font: SONG_MARK,
            size: SIZE_2,
            squeeze: 0,
            shape: "<w:keepNext/><w:snapToGrid w:val=\"0\"/>\
                    <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"640\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>"
                .to_string(),
        },
        Style {
            id: "Cell",
            name: "公文表格",
            font: BODY,
            size: SIZE_4,
            squeeze: 0,
            shape: "<w:snapToGrid w:val=\"0\"/>\
                    <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"400\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>"
                .to_string(),
        },
        Style {
            id: "Footer",
            name: "footer",
            font: SONG,
            size: SIZE_4,
            squeeze: 0,
            shape: "<w:snapToGrid w:val=\"0\"/>\
                    <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"280\" w:lineRule=\"exact\"/>"
                .to_string(),
        },
    ];
    let mut out = format!(
        "{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{}\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr>{BREAKS}</w:pPr></w:pPrDefault></w:docDefaults>",
        face(BODY, SIZE_3, 0)
    );
    out.push_str(&format!(
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         {BREAKS}\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{LINE}\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr>\
         <w:rPr>{}</w:rPr></w:style>",
        face(BODY, SIZE_3, 0)
    ));
    out.push_str(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
         <w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr></w:style>",
    );
    for style in styles {
        let Style { id, name, font, size, squeeze, shape } = style;
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{shape}</w:pPr><w:rPr>{}</w:rPr></w:style>",
            face(font, size, squeeze)
        ));
    }
    out.push_str("</w:styles>\n");
    out
}

fn face(font: &str, size: u32, squeeze: i32) -> String {
    let squeeze = if squeeze == 0 { String::new() } else { format!("<w:spacing w:val=\"{squeeze}\"/>") };
    format!(
        "<w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>{squeeze}\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"
    )
}

pub(super) fn settings() -> String {
    format!(
        "{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:bordersDoNotSurroundHeader/>\
         <w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/>\
         <w:drawingGridVerticalSpacing w:val=\"{LINE}\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>\
         <w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>\n"
    )
}

/// The fonts by name, each with another name of the same face, which programs look for where the first is missing.
pub(super) fn font_table() -> String {
    let fonts = [(SONG_MARK, "小标宋"), (BODY, "仿宋"), (KAI, "楷体"), (HEI, "SimHei"), (SONG, "SimSun")];
    let mut out = format!("{HEAD}<w:fonts {NAMESPACES}>");
    for (name, other) in fonts {
        out.push_str(&format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/><w:family w:val=\"modern\"/>\
             <w:pitch w:val=\"default\"/></w:font>"
        ));
    }
    out.push_str("</w:fonts>\n");
    out
}
