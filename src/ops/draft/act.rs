//! What is done with drafts. Each step is made of commits first, then branches, then files, and can be done again after it was
//! cut off anywhere.

use super::event::{self, DraftEvent, DraftState};
use super::{BRANCHES, Draft, MAIN_LINE, drafts, line, slug_of};
use crate::domain::Conflict;
use crate::git::{GitError, Oid, Repo, private_folder};
use crate::ops::Moment;
use crate::ops::sync::join::{JoinRefusal, Joined, join_as};
use crate::ops::sync::{Desk, SyncRefusal, SyncReport, bring, pending};
use crate::text::Text;
use crate::workspace::{self, LandError, Move, head_of};
use std::fs;
use std::path::Path;

/// The most characters of a name; a branch is a file name, and a character may be three bytes.
const MOST_NAME: usize = 60;

/// What was done with a draft.
#[derive(Debug)]
pub struct DraftDone {
    /// As it is now.
    pub draft: Draft,
    pub what: Done,
    /// The branch of the plan itself.
    pub line: String,
    /// The first line of the commit that pending work became.
    pub kept: Option<String>,
}

/// The step that was made.
#[derive(Debug)]
pub enum Done {
    /// Begun; so many files that were changed and not committed belong to it now.
    Made {
        carried: usize,
    },
    Opened,
    Left,
    Submitted,
    /// It waits for approval already.
    SubmittedBefore,
    Approved {
        changes: usize,
        conflicts: Vec<(String, Conflict)>,
        beside: Vec<(String, String)>,
    },
    Returned,
}

/// Why nothing was done with a draft. Nothing has changed then.
#[derive(Debug)]
pub enum DraftRefusal {
    NoName,
    NameTooLong {
        most: usize,
    },
    BadName {
        name: String,
    },
    Unknown {
        name: String,
        known: Vec<String>,
    },
    /// None was named, and none is open.
    Which {
        known: Vec<String>,
    },
    IsOpen {
        name: String,
    },
    /// One draft is open at a time.
    OtherOpen {
        name: String,
    },
    NotOpen,
    NotSubmitted {
        name: String,
        state: DraftState,
    },
    IsApproved {
        name: String,
    },
    /// It changes nothing.
    Nothing {
        name: String,
    },
    CommentNeeded,
    /// Changes that a review sent back are in the files: they would go along into the plan.
    SentBackInside {
        count: usize,
    },
    /// The branch of the plan itself cannot be told.
    NoLine,
    /// A branch has the name that the folder of drafts needs.
    InTheWay {
        branch: String,
    },
    Sync(SyncRefusal),
}

impl<E: Into<SyncRefusal>> From<E> for DraftRefusal {
    fn from(error: E) -> Self {
        DraftRefusal::Sync(error.into())
    }
}

impl From<JoinRefusal> for DraftRefusal {
    fn from(JoinRefusal::Refused(refusal): JoinRefusal) -> Self {
        DraftRefusal::Sync(refusal)
    }
}

type Result<T = DraftDone> = std::result::Result<T, DraftRefusal>;

/// Begins a draft: what is changed from now on, and what is changed and not committed yet, belongs to it. One that is there
/// already is opened.
///
/// # Errors
/// See [`DraftRefusal`].
pub fn new_draft(root: &Path, name: &str, moment: &Moment, text: &'static Text) -> Result {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(DraftRefusal::NoName);
    }
    if name.chars().count() > MOST_NAME {
        return Err(DraftRefusal::NameTooLong { most: MOST_NAME });
    }
    let slug = slug_of(&name);
    if !slug.chars().any(char::is_alphanumeric) || name.chars().any(char::is_control) {
        return Err(DraftRefusal::BadName { name });
    }
    let here = Hand::open(root, moment, text)?;
    let branch = format!("{BRANCHES}{slug}");
    let before = here.all()?.into_iter().find(|draft| draft.branch == branch);
    match &before {
        Some(draft) if draft.is_here => return Err(DraftRefusal::IsOpen { name: draft.name.clone() }),
        Some(draft) if draft.state != DraftState::Approved => {
            here.none_is_open()?;
            let desk = &here.desk;
            let head = head_of(&desk.repo, &desk.branch).ok_or(GitError::NoCommit)?;
            let is_empty = desk.wire.tree_of(&draft.tip)? == desk.wire.tree_of(&head)?;
            if draft.base.as_ref() != Some(&head) || !is_empty {
                return here.go_on(draft);
            }
            // nothing is in it yet: beginning it was cut off, and what is pending was to go along
            let carried = pending::count(desk)?;
            here.go_to(&branch)?;
            return here.done(&branch, Done::Made { carried }, None);
        }
        Some(_) | None => here.none_is_open()?,
    }
    let desk = &here.desk;
    if head_of(&desk.repo, BRANCHES.trim_end_matches('/')).is_some() {
        return Err(DraftRefusal::InTheWay { branch: BRANCHES.trim_end_matches('/').to_string() });
    }
    let head = head_of(&desk.repo, &desk.branch).ok_or(GitError::NoCommit)?;
    // the same name again, after the first of that name was approved: it goes on from the plan as it is
    let from = before.map(|draft| draft.tip);
    if let Some(from) = &from
        && !desk.wire.is_ancestor(from, &head)?
    {
        return Err(DraftRefusal::IsApproved { name });
    }
    let carried = pending::count(desk)?;
    let tip = here.note(&name, &head, here.event(DraftState::Open, ""))?;
    workspace::move_branch(&desk.repo, &branch, from.as_ref(), &tip)?;
    here.go_to(&branch)?;
    here.done(&branch, Done::Made { carried }, None)
}

/// Goes on with a draft. Pending work is committed to the plan itself first.
///
/// # Errors
/// See [`DraftRefusal`].
pub fn open_draft(root: &Path, name: &str, moment: &Moment, text: &'static Text) -> Result {
    let here = Hand::open(root, moment, text)?;
    let draft = here.find(Some(name))?;
    if draft.is_here {
        return Err(DraftRefusal::IsOpen { name: draft.name });
    }
    here.none_is_open()?;
    here.go_on(&draft)
}

/// Leaves the open draft as it is; its pending work is committed to it.
///
/// # Errors
/// See [`DraftRefusal`].
pub fn leave_draft(root: &Path, moment: &Moment, text: &'static Text) -> Result {
    let here = Hand::open(root, moment, text)?;
    if !here.desk.branch.starts_with(BRANCHES) {
        return Err(DraftRefusal::NotOpen);
    }
    let kept = here.keep_all()?;
    let branch = here.desk.branch.clone();
    workspace::switch(&here.desk.repo, &here.desk.wire, &branch, &here.line)?;
    here.done(&branch, Done::Left, kept)
}

/// Submits a draft for approval, the open one where none is named; an open one is left.
///
/// # Errors
/// See [`DraftRefusal`].
pub fn submit_draft(root: &Path, name: Option<&str>, moment: &Moment, text: &'static Text) -> Result {
    let here = Hand::open(root, moment, text)?;
    let draft = here.find(name)?;
    let desk = &here.desk;
    if draft.state == DraftState::Approved {
        return Err(DraftRefusal::IsApproved { name: draft.name });
    }
    let kept = if draft.is_here { here.keep_all()? } else { None };
    let tip = head_of(&desk.repo, &draft.branch).ok_or(GitError::NoCommit)?;
    let is_news = draft.state != DraftState::Submitted || tip != draft.tip;
    if is_news {
        let same = match &draft.base {
            Some(base) => desk.wire.tree_of(base)? == desk.wire.tree_of(&tip)?,
            None => false,
        };
        if same {
            return Err(DraftRefusal::Nothing { name: draft.name });
        }
        let noted = here.note(&draft.name, &tip, here.event(DraftState::Submitted, ""))?;
        workspace::move_branch(&desk.repo, &draft.branch, Some(&tip), &noted)?;
    }
    if draft.is_here {
        workspace::switch(&desk.repo, &desk.wire, &draft.branch, &here.line)?;
    }
    let what = if is_news || draft.is_here { Done::Submitted } else { Done::SubmittedBefore };
    here.done(&draft.branch, what, kept)
}

/// Approves a draft: it is joined into the plan itself, whose rules have to hold; what both changed is a conflict in the data.
///
/// # Errors
/// See [`DraftRefusal`].
pub fn approve_draft(root: &Path, name: &str, moment: &Moment, text: &'static Text) -> Result {
    let here = Hand::open(root, moment, text)?;
    let draft = here.find(Some(name))?;
    here.is_submitted(&draft)?;
    let desk = &here.desk;
    let mut report = SyncReport::to("");
    if desk.branch == here.line {
        pending::keep(desk, &mut report, false)?;
    }
    let line = head_of(&desk.repo, &here.line).ok_or(GitError::NoCommit)?;
    let mut event = here.event(DraftState::Approved, "");
    event.base = draft.base.clone();
    let tip = here.note(&draft.name, &draft.tip, event)?;
    let message = (text.drafts.commit_join)(&draft.name);
    let Joined { commit, conflicts, beside } = join_as(desk, &line, &tip, &message)?;
    let changes = count_changes(desk, &line, &commit)?;
    let of_draft = Move { branch: draft.branch.clone(), from: Some(draft.tip.clone()), to: tip };
    if desk.branch == here.line {
        bring::may_land(desk, &report, &line, &commit)?;
        workspace::land_with(&desk.repo, &desk.wire, &desk.branch, &line, &commit, &[of_draft])?;
    } else {
        // another draft is open: the plan itself is not in the files now
        let of_line = Move { branch: here.line.clone(), from: Some(line), to: commit };
        workspace::move_branches(&desk.repo, &[of_line, of_draft])?;
    }
    here.done(&draft.branch, Done::Approved { changes, conflicts, beside }, report.kept)
}

/// Returns a draft with what is to be done about it.
///
/// # Errors
/// See [`DraftRefusal`].
pub fn return_draft(root: &Path, name: &str, comment: &str, moment: &Moment, text: &'static Text) -> Result {
    let comment = comment.trim();
    if comment.is_empty() {
        return Err(DraftRefusal::CommentNeeded);
    }
    let here = Hand::open(root, moment, text)?;
    let draft = here.find(Some(name))?;
    here.is_submitted(&draft)?;
    let tip = here.note(&draft.name, &draft.tip, here.event(DraftState::Returned, comment))?;
    workspace::move_branch(&here.desk.repo, &draft.branch, Some(&draft.tip), &tip)?;
    here.done(&draft.branch, Done::Returned, None)
}

/// The draft of a name or of how its name begins; the one that is open where none is named.
///
/// # Errors
/// Where there is none, or several.
pub fn find_draft(repo: &Repo, name: Option<&str>) -> Result<Draft> {
    let all = drafts(repo)?;
    let known = || all.iter().map(|draft| draft.name.clone()).collect();
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        let here = all.iter().find(|draft| draft.is_here).cloned();
        return here.ok_or_else(|| DraftRefusal::Which { known: known() });
    };
    let branch = format!("{BRANCHES}{}", slug_of(name));
    let exact = all.iter().find(|draft| draft.name == name || draft.branch == branch);
    let begun: Vec<&Draft> = all.iter().filter(|draft| draft.name.starts_with(name)).collect();
    match (exact, begun.as_slice()) {
        (Some(draft), _) => Ok(draft.clone()),
        (None, [draft]) => Ok((*draft).clone()),
        (None, _) => Err(DraftRefusal::Unknown { name: name.to_string(), known: known() }),
    }
}

/// A workspace in which something is done with a draft: nobody else moves branches meanwhile.
struct Hand<'d> {
    desk: Desk<'d>,
    line: String,
}

impl<'d> Hand<'d> {
    fn open(root: &Path, moment: &'d Moment, text: &'static Text) -> Result<Hand<'d>> {
        let desk = Desk::open(root, moment, text)?;
        let line = line(&desk.repo).ok_or(DraftRefusal::NoLine)?;
        head_of(&desk.repo, &line).ok_or(GitError::NoCommit)?;
        Ok(Hand { desk, line })
    }

    fn all(&self) -> Result<Vec<Draft>> {
        Ok(drafts(&self.desk.repo)?)
    }

    /// The draft of a name, or the one that is open.
    fn find(&self, name: Option<&str>) -> Result<Draft> {
        find_draft(&self.desk.repo, name)
    }

    fn none_is_open(&self) -> Result<()> {
        match self.all()?.into_iter().find(|draft| draft.is_here) {
            Some(draft) => Err(DraftRefusal::OtherOpen { name: draft.name }),
            None => Ok(()),
        }
    }

    fn is_submitted(&self, draft: &Draft) -> Result<()> {
        match draft.state {
            // submitting was cut off before it left the draft: done again, it leaves
            DraftState::Submitted if draft.is_here => Err(DraftRefusal::OtherOpen { name: draft.name.clone() }),
            DraftState::Submitted => Ok(()),
            DraftState::Approved => Err(DraftRefusal::IsApproved { name: draft.name.clone() }),
            state @ (DraftState::Open | DraftState::Returned) => {
                Err(DraftRefusal::NotSubmitted { name: draft.name.clone(), state })
            }
        }
    }

    fn event(&self, state: DraftState, comment: &str) -> DraftEvent {
        let Moment { author, today, .. } = self.desk.moment;
        DraftEvent { state, by: author.clone(), on: Some(*today), comment: comment.to_string(), base: None }
    }

    /// Makes the commit of an event on top of another one.
    fn note(&self, name: &str, on: &Oid, event: DraftEvent) -> Result<Oid> {
        let (desk, message) = (&self.desk, event::write(name, &event, self.desk.text));
        Ok(desk.wire.commit(&desk.wire.tree_of(on)?, &[on], &message, desk.moment.author.as_deref())?)
    }

    /// Commits everything that is pending to the branch that is open.
    fn keep_all(&self) -> Result<Option<String>> {
        let count = pending::sent_back(&self.desk)?;
        if count > 0 {
            return Err(DraftRefusal::SentBackInside { count });
        }
        let mut report = SyncReport::to("");
        pending::keep(&self.desk, &mut report, false)?;
        Ok(report.kept)
    }

    /// Opens a draft that is there. One that was submitted or returned is in work again, and everybody sees that.
    fn go_on(&self, draft: &Draft) -> Result {
        if draft.state == DraftState::Approved {
            return Err(DraftRefusal::IsApproved { name: draft.name.clone() });
        }
        let kept = self.keep_all()?;
        if draft.state != DraftState::Open {
            let tip = self.note(&draft.name, &draft.tip, self.event(DraftState::Open, ""))?;
            workspace::move_branch(&self.desk.repo, &draft.branch, Some(&draft.tip), &tip)?;
        }
        self.go_to(&draft.branch)?;
        self.done(&draft.branch, Done::Opened, kept)
    }

    /// Goes to the branch of a draft and notes where it came from.
    fn go_to(&self, branch: &str) -> Result<()> {
        let repo = &self.desk.repo;
        let path = private_folder(repo.root()).join(MAIN_LINE);
        let refused = |error: std::io::Error| GitError::Refused {
            command: path.display().to_string(),
            message: error.to_string(),
        };
        fs::write(&path, format!("{}\n", self.line)).map_err(refused)?;
        workspace::switch(repo, &self.desk.wire, &self.desk.branch, branch)?;
        Ok(())
    }

    fn done(&self, branch: &str, what: Done, kept: Option<String>) -> Result {
        let lost = || DraftRefusal::Sync(LandError::Moved.into());
        let draft = self.all()?.into_iter().find(|draft| draft.branch == branch).ok_or_else(lost)?;
        Ok(DraftDone { draft, what, line: self.line.clone(), kept })
    }
}

/// How many changes a way from one commit to another brings to the plans.
fn count_changes(desk: &Desk, from: &Oid, to: &Oid) -> std::result::Result<usize, SyncRefusal> {
    let (taken, _) = bring::news(desk, from, to)?;
    Ok(taken.iter().map(|taken| crate::ops::differences(taken.changes.clone())).map(told).sum())
}

fn told(differences: Vec<crate::ops::Difference>) -> usize {
    differences.iter().filter(|difference| difference.with.is_none()).count()
}
