//! `note`: writing a note or progress, typed as a word or read from standard input.

use super::change;
use super::fail::{Code, Failure};
use super::session::{Answer, Session, Words};
use crate::domain::EntryKind;
use crate::ops;
use clap::ArgMatches;
use std::io::Read;

/// What is read of standard input at most, in bytes; a note may be much shorter.
const INPUT: usize = 1 << 20;

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let (ids, typed) = words.split_last();
    let written = self::typed(session, typed)?;
    let kind = if own.get_flag("progress") { EntryKind::Progress } else { EntryKind::Note };
    let (mut workspace, ids) = session.open_for(ids)?;
    let moment = session.moment(workspace.root(), true)?;
    let done = ops::note(&mut workspace, &moment, &ids, kind, &written);
    change::answer(session, &workspace, done)
}

/// A text as it was typed, or what standard input has where that is `-`.
pub(super) fn typed(session: &mut Session, word: &str) -> Result<String, Failure> {
    if word == "-" { read_input(session) } else { Ok(word.to_string()) }
}

fn read_input(session: &mut Session) -> Result<String, Failure> {
    let say = &session.text.help.usage;
    let mut bytes = Vec::new();
    let read = (&mut *session.world.input).take(INPUT as u64 + 1).read_to_end(&mut bytes);
    if let Err(error) = read {
        return Err(Failure { code: Code::Disk, sentence: (say.input_unreadable)(&error.to_string()) });
    }
    if bytes.len() > INPUT {
        return Err(Failure::refused((say.input_too_long)(INPUT)));
    }
    String::from_utf8(bytes).map_err(|_| Failure::refused(say.input_not_utf8.to_string()))
}
