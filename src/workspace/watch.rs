//! Watching a plan's folders, so that what others write appears without anybody asking.
//!
//! Linux tells through one file descriptor that costs nothing while nothing happens. Elsewhere there is no descriptor, and the
//! plan is looked at again whenever a key is pressed after a while.

use super::Workspace;
use crate::store::layout;

/// A watch on the folders of a plan.
#[cfg(target_os = "linux")]
#[derive(Debug)]
pub struct Watch {
    inotify: std::os::fd::OwnedFd,
}

#[cfg(target_os = "linux")]
impl Watch {
    /// Watches the plan's folder, its tasks and its log folders; `None` where the system cannot.
    pub fn new(workspace: &Workspace) -> Option<Watch> {
        use rustix::fs::inotify;
        let flags = inotify::CreateFlags::CLOEXEC | inotify::CreateFlags::NONBLOCK;
        let watch = Watch { inotify: inotify::init(flags).ok()? };
        watch.renew(workspace);
        Some(watch)
    }

    /// Watches the folders again: those that were replaced, by a branch that had no plan for a moment, are new ones. The folders
    /// above are watched as well, since that is where a plan appears that had gone.
    pub fn renew(&self, workspace: &Workspace) {
        self.add(workspace.root());
        self.add(&workspace.root().join("plans"));
        self.add(workspace.folder());
        self.add(&workspace.folder().join(layout::TASKS));
        self.add(&workspace.folder().join(layout::LOG));
        self.add_records(workspace.folder());
    }

    /// Watches what belongs to meetings: every folder of records, and those of every meeting.
    fn add_records(&self, plan: &std::path::Path) {
        use crate::store::layout::records::{FOLDERS, MEETING_FOLDERS, MEETINGS};
        FOLDERS.iter().for_each(|(_, folder)| self.add(&plan.join(folder)));
        self.add(&plan.join(MEETINGS));
        let Ok(meetings) = std::fs::read_dir(plan.join(MEETINGS)) else { return };
        for meeting in meetings.flatten() {
            self.add(&meeting.path());
            MEETING_FOLDERS.iter().for_each(|(_, folder)| self.add(&meeting.path().join(folder)));
        }
    }

    /// Watches the log folder of a node too. `log/` itself as well, which a plan gets with its first entry.
    pub fn add_log(&self, workspace: &Workspace, node: &crate::domain::NodeId) {
        self.add(&workspace.folder().join(layout::LOG));
        self.add(&workspace.folder().join(layout::LOG).join(node.as_str()));
    }

    fn add(&self, folder: &std::path::Path) {
        use rustix::fs::inotify::{self, WatchFlags};
        let flags = WatchFlags::CLOSE_WRITE
            | WatchFlags::MOVED_TO
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE
            | WatchFlags::CREATE;
        let _ = inotify::add_watch(&self.inotify, folder, flags);
    }

    /// Takes what has been told; whether any of it was about a file of the plan and not a temporary one of ours.
    pub fn drain(&self) -> bool {
        use std::mem::MaybeUninit;
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = rustix::fs::inotify::Reader::new(&self.inotify, &mut buffer);
        let mut is_news = false;
        while let Ok(event) = reader.next() {
            let name = event.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            is_news |= !name.starts_with(".lianxi-");
        }
        is_news
    }
}

#[cfg(target_os = "linux")]
impl std::os::fd::AsFd for Watch {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.inotify.as_fd()
    }
}

/// Elsewhere there is nothing to watch with.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub struct Watch {}

#[cfg(not(target_os = "linux"))]
impl Watch {
    pub fn new(_workspace: &Workspace) -> Option<Watch> {
        None
    }

    pub fn renew(&self, _workspace: &Workspace) {}

    pub fn add_log(&self, _workspace: &Workspace, _node: &crate::domain::NodeId) {}

    pub fn drain(&self) -> bool {
        true
    }
}
