//! The docx as a file: well-formed, of fixed bytes, and safe whatever the text.

use super::samples;
use lianxi::export::paper::{Block, Paper, Run};
use lianxi::export::{Form, Templates, docx, paper};
use std::io::{Cursor, Read};

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().to_string(), text)
        })
        .collect()
}

/// Reads a part with a parser that is not ours; every tag that is opened is closed.
fn read(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0i32;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name}");
}

#[test]
fn every_part_is_well_formed_and_two_exports_are_the_same_bytes() {
    let own = Templates::default();
    for form in [Form::Notice, Form::Agenda, Form::Script, Form::SignIn, Form::Seats] {
        let paper = paper(form, &own, &samples::meeting()).unwrap();
        let bytes = docx(&paper);
        assert_eq!(bytes, docx(&paper), "{form:?}");
        let parts = parts(&bytes);
        assert_eq!(parts.len(), 10);
        parts.iter().for_each(|(name, text)| read(name, text));
    }
    let minutes = samples::minutes_paper(&own);
    assert_eq!(docx(&minutes), docx(&samples::minutes_paper(&own)));
    let parts = parts(&docx(&minutes));
    parts.iter().for_each(|(name, text)| read(name, text));
    let document = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert!(!document.contains("<w:b/>"), "no face is made bold");
}

#[test]
fn no_text_breaks_the_xml() {
    let nasty = "<w:t>&amp; ]]> \u{0}\u{8}\u{1b}[31m \u{202e}倒 \u{fffe} 𠮷 é \"'";
    let block = |text: &str| Block::Paragraph(vec![Run::body(text)]);
    let paper = Paper {
        blocks: vec![
            Block::Mark(nasty.into()),
            Block::Title(vec![nasty.into()]),
            block(nasty),
            Block::Number(nasty.into()),
        ],
        ..Paper::default()
    };
    for (name, text) in parts(&docx(&paper)) {
        read(&name, &text);
        assert!(!text.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{fffe}']), "{name}");
    }
}
