//! Telling that a file is as it was without reading it, as git does with its index: by its length, number and times. And finding a
//! piece of such a file without the rest of it.
//!
//! A file that was written shortly before it was sealed could be written again within one tick of the clock; such a seal is not
//! trusted.

use super::file::{Folder, new_temp, open_without_links};
use std::fs::{self, File, Metadata};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

/// How long a file must have been left alone before it was sealed.
const REST: Duration = Duration::from_secs(2);
const BLOCK: usize = 256 << 10;

impl Folder {
    /// Notes what a file looks like from outside, if it says `text`. A comfort: where it cannot be noted, nothing is said.
    pub fn seal(&self, relative: &str, text: &str, note: &Path) {
        let _ = self.try_seal(relative, text, note);
    }

    fn try_seal(&self, relative: &str, text: &str, note: &Path) -> Option<()> {
        let mut file = open_without_links(&self.join(relative).ok()?).ok()?;
        let look = look(&file.metadata().ok()?)?;
        let mut bytes = Vec::with_capacity(text.len() + 1);
        file.read_to_end(&mut bytes).ok()?;
        if bytes != text.as_bytes() {
            return None;
        }
        let mut temp = new_temp(note.parent()?).ok()?;
        temp.write_all(look.as_bytes()).ok()?;
        temp.persist(note).ok().map(drop)
    }

    /// Opens a file that is as it was when it was sealed; `None` where that is not sure.
    pub fn sealed(&self, relative: &str, note: &Path) -> Option<File> {
        let noted = fs::read_to_string(note).ok()?;
        let sealed_at = fs::metadata(note).ok()?.modified().ok()?;
        let file = open_without_links(&self.join(relative).ok()?).ok()?;
        let meta = file.metadata().ok()?;
        let has_rested = sealed_at.duration_since(meta.modified().ok()?).is_ok_and(|rest| rest >= REST);
        (has_rested && meta.is_file() && look(&meta)? == noted).then_some(file)
    }
}

#[cfg(unix)]
fn look(meta: &Metadata) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let (written, changed) = ((meta.mtime(), meta.mtime_nsec()), (meta.ctime(), meta.ctime_nsec()));
    Some(format!("{} {} {} {written:?} {changed:?}", meta.len(), meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn look(_meta: &Metadata) -> Option<String> {
    None
}

/// The piece of a file that begins with some bytes, at a line's beginning, and goes up to the next line that begins with `end`.
pub fn find_piece(file: &mut File, begin: &str, end: &str) -> Option<String> {
    let begin = format!("\n{begin}");
    let finder = memchr::memmem::Finder::new(&begin);
    let mut block = vec![0; BLOCK];
    let (mut at, mut kept) = (0, 0);
    let found = loop {
        let count = file.read(&mut block[kept..]).ok().filter(|count| *count > 0)?;
        let filled = kept + count;
        if let Some(found) = finder.find(&block[..filled]) {
            break at + found as u64 + 1;
        }
        // what was looked for may begin at the end of this block
        kept = filled.min(begin.len() - 1);
        block.copy_within(filled - kept..filled, 0);
        at += (filled - kept) as u64;
    };
    file.seek(SeekFrom::Start(found)).ok()?;
    let end = format!("\n{end}");
    let mut piece = Vec::new();
    loop {
        let from = piece.len().saturating_sub(end.len());
        let count = file.take(16 << 10).read_to_end(&mut piece).ok()?;
        if let Some(stop) = memchr::memmem::find(&piece[from..], end.as_bytes()) {
            piece.truncate(from + stop + 1);
            break;
        }
        if count == 0 {
            break;
        }
    }
    String::from_utf8(piece).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_found_wherever_it_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("text");
        for before in [0, 1, BLOCK - 9, BLOCK - 4, BLOCK - 1, BLOCK, BLOCK + 7, 3 * BLOCK - 5] {
            for long in [1, 20, 40_000] {
                let piece = format!("[a]\nid = 7\n{}\n", "x".repeat(long));
                for after in ["", "[b]\n", "[a]\nid = 7\nlater\n"] {
                    fs::write(&path, format!("{}\n{piece}{after}", "y".repeat(before))).expect("written");
                    let mut file = File::open(&path).expect("there");
                    assert_eq!(find_piece(&mut file, "[a]\nid = 7\n", "[").as_ref(), Some(&piece), "{before} {long}");
                    let mut file = File::open(&path).expect("there");
                    assert_eq!(find_piece(&mut file, "[a]\nid = 8\n", "["), None);
                }
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_seal_holds_until_the_file_is_touched() {
        let home = tempfile::tempdir().expect("a folder");
        let (folder, note) = (Folder::new(home.path()), home.path().join("note"));
        let path = home.path().join("text");
        fs::write(&path, "one").expect("written");
        folder.seal("text", "one", &note);
        assert!(folder.sealed("text", &note).is_none(), "it has just been written");
        let long_ago = std::time::SystemTime::now() - Duration::from_secs(60);
        let rest = || File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago));
        rest().expect("its time is set");
        assert!(folder.sealed("text", &note).is_none(), "its times have changed");
        folder.seal("text", "another", &note);
        assert!(folder.sealed("text", &note).is_none(), "that is not what it says");
        folder.seal("text", "one", &note);
        assert!(folder.sealed("text", &note).is_some());
        fs::write(&path, "two").expect("written");
        rest().expect("its time is set");
        assert!(folder.sealed("text", &note).is_none(), "same length, same time of writing, other words");
    }
}
