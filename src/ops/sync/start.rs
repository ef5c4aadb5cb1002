//! Starting at a desk that has nothing yet: everything is taken from the place that the others share.

use super::{Desk, SyncRefusal, SyncReport, SyncRequest, Waiting, bring, share, sync};
use crate::git::{self, Act, Address, Patience, TransferError, bundle_head};
use crate::ops::Moment;
use crate::text::Text;
use crate::workspace;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Takes a whole workspace from a place into a folder that is not there yet, or empty.
///
/// It is made beside the folder and gets its name last, so that one that was cut off leaves nothing that looks whole.
///
/// # Errors
/// A folder with something in it, a place without a plan, and whatever a sync may meet; that the place cannot be reached is one here.
pub fn start_from(
    folder: &Path,
    request: &SyncRequest,
    moment: &Moment,
    text: &'static Text,
    waiting: &mut Waiting,
) -> Result<SyncReport, SyncRefusal> {
    let refused = |error: io::Error| {
        SyncRefusal::Transfer(TransferError::NoEntry { message: format!("{}: {error}", folder.display()) })
    };
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(SyncRefusal::Occupied { folder: folder.to_path_buf() });
    }
    let made = beside(folder);
    let _ = fs::remove_dir_all(&made);
    fs::create_dir_all(&made).map_err(refused)?;
    let taken = take_all(&made, request, moment, text, waiting).and_then(|place| {
        // the clean repository names the folder it was made in
        let _ = fs::remove_dir_all(git::private_folder(&made));
        match fs::remove_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused(error)),
            _ => {}
        }
        fs::rename(&made, folder).map_err(refused)?;
        Ok(place)
    });
    let place = match taken {
        Ok(place) => place,
        Err(refusal) => {
            let _ = fs::remove_dir_all(&made);
            return Err(refusal);
        }
    };
    // drafts, names of versions, and where the place is; what stands here stands without them
    Ok(sync(folder, request, moment, text, waiting).unwrap_or_else(|_| SyncReport::to(&place)))
}

/// The folder that the workspace is made in.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "lianxi".to_string(), |name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!(".{name}.lianxi-new"))
}

/// Fills a new folder; the place as people call it.
fn take_all(
    root: &Path,
    request: &SyncRequest,
    moment: &Moment,
    text: &'static Text,
    waiting: &mut Waiting,
) -> Result<String, SyncRefusal> {
    git::begin(root)?;
    let desk = Desk::open(root, moment, text)?;
    let mut remote = share::find(&desk.repo, &desk.branch, request)?;
    match &mut remote.address {
        // a bundle that came on a stick
        Address::Folder(file) if file.is_file() => match bundle_head(file).map(|head| head.map(|head| head.needs)) {
            Ok(Some(needs)) if needs.is_empty() => {}
            Ok(Some(needs)) => {
                return Err(SyncRefusal::NoBase { missing: needs.into_iter().map(|(_, words)| words).collect() });
            }
            Ok(None) | Err(_) => return Err(SyncRefusal::NotABundle { file: file.clone() }),
        },
        Address::Folder(folder) if !folder.exists() => return Err(SyncRefusal::NoFile { file: folder.clone() }),
        Address::Folder(folder) => {
            share::ready(folder, &desk.branch, request).map_err(|refusal| match refusal {
                SyncRefusal::NotShared { folder } => SyncRefusal::NothingThere { place: folder.display().to_string() },
                refusal => refusal,
            })?;
        }
        Address::Server(_) => {}
    }
    let mut tell = |progress| (waiting.tell)(super::Step::Fetching(progress));
    let mut patience = Patience { stop: waiting.stop.clone(), silence: waiting.silence, tell: &mut tell };
    let theirs = bring::fetch(&desk, &remote, None, &mut patience).map_err(SyncRefusal::Transfer)?;
    let place = remote.shown();
    let Some(front) = theirs.front else { return Err(SyncRefusal::NothingThere { place }) };
    desk.repo.act(Act::Plain, &["symbolic-ref", "HEAD", &format!("refs/heads/{}", theirs.branch)], None)?;
    workspace::move_branch(&desk.repo, &theirs.branch, None, &front)?;
    desk.wire.put_files(&front)?;
    match workspace::plans_of(root).is_empty() {
        true => Err(SyncRefusal::NothingThere { place }),
        false => Ok(place),
    }
}
