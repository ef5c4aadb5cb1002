//! Reviewing what has been changed since the last commit: accepting, sending back, taking back, committing.
//!
//! Accepted is what stands in the index: there is no second book about it, and whoever knows git sees it with `git diff --cached`.
//! A file of which only some changes are accepted gets into the index with those alone. Sent back is a remark on this machine: the
//! change is not in anybody else's hands yet, and the remark goes when the clerk changes the value again.

use super::difference::{Difference, differences};
use super::{Moment, Outcome, Refusal};
use crate::domain::{NodeId, Plan, Str};
use crate::edit::{Change, Transaction, Verb, current};
use crate::git::{GitError, Oid};
use crate::store::Problem;
use crate::workspace::{self, Archive, Between, CommitError, LandError, OpenError, Returned, State, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

/// What has been decided about a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Open,
    Accepted,
    Returned { comment: String, by: Option<String> },
}

/// A change that waits for the next commit.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    pub difference: Difference,
    pub verdict: Verdict,
}

/// Everything that waits for the next commit.
#[derive(Clone, Debug, Default)]
pub struct Review {
    pub pending: Vec<Pending>,
    /// What the files that differ say now and said at the last commit; for the names of things.
    pub new: Plan,
    pub old: Plan,
    /// Files that cannot be understood.
    pub problems: Vec<Problem>,
}

impl Review {
    /// What has not been decided yet.
    pub fn open(&self) -> usize {
        self.count(|verdict| *verdict == Verdict::Open)
    }

    pub fn accepted(&self) -> usize {
        self.count(|verdict| *verdict == Verdict::Accepted)
    }

    pub fn returned(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Returned { .. }))
    }

    fn count(&self, is_it: impl Fn(&Verdict) -> bool) -> usize {
        self.pending.iter().filter(|one| one.difference.with.is_none() && is_it(&one.verdict)).count()
    }

    /// The pending changes that words name: short ids or their beginnings, a place with everything below it, `all`.
    ///
    /// # Errors
    /// The first word that names none, or several ids.
    pub fn select(&self, words: &[String]) -> Result<BTreeSet<usize>, Refusal> {
        let mut selected = BTreeSet::new();
        for word in words {
            let found = self.named(word);
            if found.is_empty() {
                return Err(Refusal::UnknownChange { word: word.clone() });
            }
            selected.extend(found);
        }
        Ok(selected)
    }

    fn named(&self, word: &str) -> Vec<usize> {
        let at = |is_it: &dyn Fn(&Difference) -> bool| -> Vec<usize> {
            (0..self.pending.len()).filter(|at| is_it(&self.pending[*at].difference)).collect()
        };
        if matches!(word, "all" | "全部") {
            return at(&|_| true);
        }
        let by_id = at(&|difference| difference.id == word);
        if !by_id.is_empty() {
            return by_id;
        }
        if let Some(node) = NodeId::parse(word) {
            let below = format!("{node}.");
            let here = at(&|difference| {
                difference.place.node().is_some_and(|id| *id == node || id.as_str().starts_with(&below))
            });
            if !here.is_empty() {
                return here;
            }
        }
        let begun = at(&|difference| word.len() >= 2 && difference.id.starts_with(word));
        if begun.len() == 1 {
            return begun;
        }
        at(&|difference| difference.units().iter().any(|unit| unit.as_str() == word))
    }

    /// A selection with everything that goes along with it: the reason of a deadline, the state of a renumbered task.
    fn whole(&self, selected: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mains: BTreeSet<usize> =
            selected.iter().map(|at| self.pending[*at].difference.with.unwrap_or(*at)).collect();
        let goes = |at: &usize| mains.contains(&self.pending[*at].difference.with.unwrap_or(*at));
        (0..self.pending.len()).filter(goes).collect()
    }
}

/// What waits for the next commit, with what has been decided.
///
/// # Errors
/// No repository; whatever git says.
pub fn review(archive: &mut Archive) -> Result<Review, GitError> {
    workspace::mend_landing(archive.repo().root());
    let [work, index] = archive.pending()?;
    let staged = differences(index.changes);
    let returned = archive.returned();
    let is_staged = |difference: &Difference| {
        staged.iter().any(|one| one.place == difference.place && one.new == difference.new && one.old == difference.old)
    };
    let verdict = |difference: &Difference| {
        let sent = returned.iter().find(|sent| sent.place == difference.place && sent.new == difference.new);
        match sent {
            _ if is_staged(difference) => Verdict::Accepted,
            Some(sent) => Verdict::Returned { comment: sent.comment.clone(), by: sent.by.clone() },
            None => Verdict::Open,
        }
    };
    let found = differences(work.changes);
    let pending = found.into_iter().map(|difference| Pending { verdict: verdict(&difference), difference }).collect();
    Ok(Review { pending, new: work.new, old: work.old, problems: work.problems })
}

/// What differs between two states as a review of which nothing can be decided.
pub fn compared(between: Between) -> Review {
    let found = differences(between.changes).into_iter();
    let pending = found.map(|difference| Pending { difference, verdict: Verdict::Open }).collect();
    Review { pending, new: between.new, old: between.old, problems: between.problems }
}

/// Accepts changes: they stand in the next commit.
///
/// # Errors
/// Changes of whole records that share a file with others which are not accepted; whatever git says.
pub fn accept(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    selected: &BTreeSet<usize>,
) -> Result<usize, Refusal> {
    not_unfinished(archive)?;
    let _lock = alone(archive)?;
    accept_here(archive, workspace, review, selected)
}

fn accept_here(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    selected: &BTreeSet<usize>,
) -> Result<usize, Refusal> {
    let selected = review.whole(selected);
    let is_in = |at: &usize, accepts: bool| {
        selected.contains(at) || accepts && review.pending[*at].verdict == Verdict::Accepted
    };
    let files = stage_files(archive, workspace, review, &selected, State::Working, |at| is_in(at, true))?;
    archive.stage(&files)?;
    let kept = not_about(archive.returned(), review, &selected);
    keep_returned(archive, &kept)?;
    Ok(selected.iter().filter(|at| review.pending[**at].difference.with.is_none()).count())
}

/// Takes changes out of the next commit again.
fn unaccept(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    selected: &BTreeSet<usize>,
) -> Result<(), Refusal> {
    let accepted: BTreeSet<usize> =
        selected.iter().copied().filter(|at| review.pending[*at].verdict == Verdict::Accepted).collect();
    if accepted.is_empty() {
        return Ok(());
    }
    let stays = |at: &usize| review.pending[*at].verdict != Verdict::Accepted || accepted.contains(at);
    let files = stage_files(archive, workspace, review, &accepted, State::head(), stays)?;
    archive.stage(&files)?;
    Ok(())
}

/// What the files of some changes are in the index when those changes have there the value of another state: the whole file of
/// that state where that is all that differs, else the file of the index with only these values replaced.
fn stage_files(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    selected: &BTreeSet<usize>,
    state: State,
    is_so: impl Fn(&usize) -> bool,
) -> Result<Vec<(String, Option<Str>)>, Refusal> {
    let file = |at: &usize| workspace.file_of(&review.pending[*at].difference.place);
    let files: BTreeSet<String> = selected.iter().map(file).collect();
    let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    (0..review.pending.len()).for_each(|at| by_file.entry(file(&at)).or_default().push(at));
    let mut staged = Vec::new();
    let mut partly: Vec<usize> = Vec::new();
    for name in files {
        let here = by_file.get(&name).map_or(&[][..], Vec::as_slice);
        if here.iter().all(&is_so) {
            staged.push((name.clone(), archive.file(&state, &name)?));
        } else {
            partly.extend(here.iter().filter(|at| selected.contains(at)));
        }
    }
    if !partly.is_empty() {
        let index = workspace.index().map_err(open_refusal)?;
        let mut index = index.ok_or(GitError::NoCommit)?;
        let is_new = state == State::Working;
        let mut changes = Vec::new();
        for at in &partly {
            let difference = &review.pending[*at].difference;
            index.read_for(&difference.changes);
            let to = if is_new { &difference.new } else { &difference.old };
            let now = current(index.plan(), &difference.place);
            changes.push(Change::new(difference.place.clone(), now, to.clone()));
        }
        changes.retain(|change| !change.is_empty());
        staged.extend(index.texts_after(&changes).map_err(whole_file)?);
    }
    Ok(staged)
}

/// Sends changes back with a comment: they are left out of the next commit.
///
/// # Errors
/// Whatever git or the disk says.
pub fn send_back(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    selected: &BTreeSet<usize>,
    comment: &str,
    moment: &Moment,
) -> Result<usize, Refusal> {
    let selected = review.whole(selected);
    let _lock = alone(archive)?;
    unaccept(archive, workspace, review, &selected)?;
    let mut kept = not_about(archive.returned(), review, &selected);
    for at in &selected {
        let difference = &review.pending[*at].difference;
        kept.push(Returned {
            place: difference.place.clone(),
            new: difference.new.clone(),
            comment: comment.trim().to_string(),
            by: moment.author.clone(),
            on: moment.today,
        });
    }
    keep_returned(archive, &kept)?;
    Ok(selected.iter().filter(|at| review.pending[**at].difference.with.is_none()).count())
}

/// Takes changes back in the files, as one step that can be undone.
///
/// # Errors
/// Changes of whole records that share a file with others which stay; whatever the disk says.
pub fn revert(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    selected: &BTreeSet<usize>,
) -> Result<Outcome, Refusal> {
    let selected = review.whole(selected);
    let _lock = alone(archive)?;
    unaccept(archive, workspace, review, &selected)?;
    let mut changes: Vec<Change> = Vec::new();
    for at in selected.iter().rev() {
        changes.extend(review.pending[*at].difference.changes.iter().rev().map(Change::invert));
    }
    workspace.read_for(&changes);
    let transaction = Transaction::new(Verb::Revert, changes);
    match workspace.commit(&transaction) {
        Ok(()) => {}
        Err(CommitError::NoTable { .. }) => {
            // a record has no line of its own: its file goes back as a whole where all of it goes back
            let file = |at: usize| workspace.file_of(&review.pending[at].difference.place);
            let files: BTreeSet<String> = selected.iter().map(|at| file(*at)).collect();
            if (0..review.pending.len()).any(|at| files.contains(&file(at)) && !selected.contains(&at)) {
                return Err(Refusal::WholeFile);
            }
            let texts = files.into_iter().map(|name| Ok((archive.file(&State::head(), &name)?, name)));
            let texts: Result<Vec<_>, GitError> = texts.map(|one| one.map(|(text, name)| (name, text))).collect();
            workspace.put_back(&transaction, texts?)?;
        }
        Err(error) => return Err(error.into()),
    }
    keep_returned(archive, &not_about(archive.returned(), review, &selected))?;
    Ok(Outcome::Saved(transaction))
}

/// A commit that was just made.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    pub oid: Oid,
    pub message: String,
    pub count: usize,
}

/// Which of the pending changes the next commit takes: what was accepted, or, where nothing was, everything not sent back.
pub fn to_commit(review: &Review) -> BTreeSet<usize> {
    let is_accepted = review.accepted() > 0;
    let goes = |one: &Pending| match one.verdict {
        Verdict::Accepted => true,
        Verdict::Open => !is_accepted,
        Verdict::Returned { .. } => false,
    };
    (0..review.pending.len()).filter(|at| goes(&review.pending[*at])).collect()
}

/// Commits what was accepted, or everything where nothing was reviewed.
///
/// # Errors
/// Nothing to commit, files that cannot be understood, something unfinished elsewhere; what git or a hook says.
pub fn commit(
    archive: &mut Archive,
    workspace: &mut Workspace,
    review: &Review,
    message: &str,
    author: Option<&str>,
) -> Result<Committed, Refusal> {
    not_unfinished(archive)?;
    let _lock = alone(archive)?;
    if let Some(problem) = review.problems.iter().find(|problem| problem.kind.is_damage()) {
        return Err(CommitError::Damaged { file: problem.file.clone() }.into());
    }
    let taken = to_commit(review);
    let count = taken.iter().filter(|at| review.pending[**at].difference.with.is_none()).count();
    if count == 0 {
        return Err(Refusal::NothingToCommit { returned: review.returned() });
    }
    if message.trim().is_empty() {
        return Err(Refusal::NoMessage);
    }
    let message = format!("{}\n", message.trim());
    let oid = match (review.accepted(), review.returned()) {
        // comments and files that nobody knows go along
        (0, 0) => archive.commit_all(&message, author)?,
        (0, _) => {
            accept_here(archive, workspace, review, &taken)?;
            archive.repo().commit(&message, author)?
        }
        _ => archive.repo().commit(&message, author)?,
    };
    let kept = archive.returned();
    let open: Vec<Returned> = kept.into_iter().filter(|sent| is_pending(review, sent)).collect();
    keep_returned(archive, &open)?;
    Ok(Committed { oid, message, count })
}

fn is_pending(review: &Review, sent: &Returned) -> bool {
    review.pending.iter().any(|one| one.difference.place == sent.place && one.difference.new == sent.new)
}

/// The remarks that are not about the selected changes, and still about any.
fn not_about(kept: Vec<Returned>, review: &Review, selected: &BTreeSet<usize>) -> Vec<Returned> {
    let about = |sent: &Returned| selected.iter().any(|at| review.pending[*at].difference.place == sent.place);
    kept.into_iter().filter(|sent| !about(sent) && is_pending(review, sent)).collect()
}

fn keep_returned(archive: &Archive, kept: &[Returned]) -> Result<(), Refusal> {
    let private = |error| {
        Refusal::Commit(CommitError::Journal(crate::store::JournalError::Private {
            path: archive.private().unwrap_or_default(),
            error,
        }))
    };
    archive.keep_returned(kept).map_err(private)
}

fn not_unfinished(archive: &Archive) -> Result<(), Refusal> {
    match archive.repo().unfinished() {
        Some(crate::git::Unfinished::Bisect) | None => Ok(()),
        Some(what) => Err(Refusal::Git(GitError::Unfinished(what))),
    }
}

/// Makes sure that nobody else moves files and branches as long as what it gives is held.
fn alone(archive: &Archive) -> Result<Option<File>, Refusal> {
    let root = archive.repo().root();
    match workspace::lock_desk(root) {
        // what a landing has left since the review was made would be taken for work of this desk
        Ok(_) if workspace::has_landing(root) => Err(Refusal::Busy),
        Ok(lock) => Ok(lock),
        Err(LandError::Git(error)) => Err(Refusal::Git(error)),
        Err(LandError::Save(error)) => Err(Refusal::Commit(error)),
        Err(LandError::Busy | LandError::Moved | LandError::InTheWay { .. }) => Err(Refusal::Busy),
    }
}

fn whole_file(error: CommitError) -> Refusal {
    match error {
        CommitError::NoTable { .. } => Refusal::WholeFile,
        error => Refusal::Commit(error),
    }
}

fn open_refusal(error: OpenError) -> Refusal {
    match error {
        OpenError::Git(error) => Refusal::Git(error),
        OpenError::NoSuchPlan { id, .. } | OpenError::NotThen { id, .. } => Refusal::UnknownId { text: id },
        OpenError::WhichPlan { .. } => Refusal::NothingAsked,
    }
}
