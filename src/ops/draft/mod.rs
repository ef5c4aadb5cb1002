//! Drafts for approval 送审稿: branches underneath, which nobody has to know.
//!
//! An open draft is a branch that is checked out, so that whatever is changed meanwhile belongs to it. How a draft stands is
//! written in commits of its branch that change nothing else ([`event`]), so that it goes wherever the branch goes: the
//! director who approves it may sit at another machine.

mod act;
mod event;
mod say;

pub use act::{
    Done, DraftDone, DraftRefusal, approve_draft, find_draft, leave_draft, new_draft, open_draft, return_draft,
    submit_draft,
};
pub use event::{DraftEvent, DraftState};
pub use say::{draft_state_word, say_draft, say_draft_event, say_draft_refusal};

use crate::git::{GitError, Oid, Repo, private_folder};
use crate::ops::{Difference, differences};
use crate::workspace::{Archive, Between, State, head_of, version_tag};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fs;

/// What the branches of drafts begin with.
pub(super) const BRANCHES: &str = "draft/";
/// The file that says where an open draft came from.
const MAIN_LINE: &str = "main-line";
/// The most commits of a draft that are looked through.
const MOST_COMMITS: usize = 2000;

/// A draft for approval.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub name: String,
    pub branch: String,
    /// Its last commit.
    pub tip: Oid,
    pub state: DraftState,
    /// What happened to it, oldest first.
    pub events: Vec<DraftEvent>,
    /// The state of the plan that it changes.
    pub base: Option<Oid>,
    /// It is open on this machine.
    pub is_here: bool,
}

impl Draft {
    /// The event that made it what it is.
    pub fn last(&self) -> Option<&DraftEvent> {
        self.events.iter().rev().find(|event| event.state == self.state)
    }

    pub fn by(&self) -> Option<&str> {
        self.last()?.by.as_deref()
    }

    pub fn on(&self) -> Option<NaiveDate> {
        self.last()?.on
    }

    /// What is to be done about it: the comment with which it was returned, until it is submitted again.
    pub fn comment(&self) -> Option<&DraftEvent> {
        let since = self.events.iter().rposition(|event| event.state == DraftState::Submitted).unwrap_or(0);
        let returned = self.events[since..].iter().rev().find(|event| event.state == DraftState::Returned);
        returned.filter(|_| !matches!(self.state, DraftState::Submitted | DraftState::Approved))
    }

    /// What it changes in a plan.
    ///
    /// # Errors
    /// Where a state of it cannot be read.
    pub fn between(&self, archive: &mut Archive) -> Result<Between, GitError> {
        let Some(base) = &self.base else { return Ok(Between::default()) };
        // of the one that is open here, what is not committed yet is part of it
        let tip = if self.is_here { State::Working } else { State::Revision(self.tip.to_string()) };
        archive.between(&State::Revision(base.to_string()), &tip)
    }

    /// What it changes in a plan, as a reader is told of it, with the names of things.
    ///
    /// # Errors
    /// Where a state of it cannot be read.
    pub fn changes(&self, archive: &mut Archive) -> Result<(Vec<Difference>, Between), GitError> {
        let mut between = self.between(archive)?;
        let mut found = differences(std::mem::take(&mut between.changes));
        found.retain(|difference| difference.with.is_none());
        Ok((found, between))
    }
}

/// All drafts: the one that is open here, then those that wait for somebody, then the approved ones.
///
/// # Errors
/// What git says.
pub fn drafts(repo: &Repo) -> Result<Vec<Draft>, GitError> {
    let shown = repo.branch();
    let line = line(repo).and_then(|line| head_of(repo, &line));
    let mut found = Vec::new();
    for (branch, tip) in branches(repo)? {
        found.push(draft(repo, branch, tip, line.as_ref(), shown.as_deref())?);
    }
    found.sort_by(|a, b| (!a.is_here, a.state, &a.name).cmp(&(!b.is_here, b.state, &b.name)));
    Ok(found)
}

fn draft(repo: &Repo, branch: String, tip: Oid, line: Option<&Oid>, shown: Option<&str>) -> Result<Draft, GitError> {
    let slug = branch.strip_prefix(BRANCHES).unwrap_or(&branch);
    let common = match line {
        Some(line) => repo.common(line, &tip)?,
        None => None,
    };
    // of what is in the plan already, the last word says where it began
    let is_in = common.as_ref() == Some(&tip);
    let said = match is_in {
        true => {
            let last = repo.messages(&tip, None, 1)?;
            let base = last.last().and_then(|said| event::read(&said.message)).and_then(|(_, event)| event.base);
            if base.is_some() { repo.messages(&tip, base.as_ref(), MOST_COMMITS)? } else { last }
        }
        false => repo.messages(&tip, line, MOST_COMMITS)?,
    };
    let mut events: Vec<DraftEvent> = Vec::new();
    let mut name = slug.to_string();
    for one in &said {
        let Some((of, event)) = event::read(&one.message) else { continue };
        if slug_of(&of) == slug {
            name = of;
            events.push(event);
        }
    }
    let mut state = DraftState::Open;
    for event in &events {
        // what has been approved is in the plan: nobody who did not know yet can return it
        if !(state == DraftState::Approved && event.state == DraftState::Returned) {
            state = event.state;
        }
    }
    if is_in && !events.is_empty() {
        state = DraftState::Approved;
    }
    let noted =
        events.iter().rev().find(|event| event.state == DraftState::Approved).and_then(|event| event.base.clone());
    let base = if state == DraftState::Approved { noted.or(common) } else { common };
    let is_here = shown == Some(branch.as_str());
    Ok(Draft { name, branch, tip, state, events, base, is_here })
}

/// The name of the draft that is open here; a look at files and no more.
pub fn open_draft_name(repo: &Repo) -> Option<String> {
    repo.branch()?.strip_prefix(BRANCHES).map(str::to_string)
}

/// What a name is in the name of a branch.
fn slug_of(name: &str) -> String {
    version_tag(name)
}

/// The branches of all drafts that are here.
pub(super) fn branches(repo: &Repo) -> Result<BTreeMap<String, Oid>, GitError> {
    let name = format!("refs/heads/{BRANCHES}");
    let listed = repo.read(&["for-each-ref", "--format=%(objectname) %(refname)", &name])?;
    let mut found = BTreeMap::new();
    for line in String::from_utf8_lossy(&listed).lines() {
        if let Some((oid, name)) = line.split_once(' ')
            && let (Some(oid), Some(name)) = (Oid::parse(oid), name.strip_prefix("refs/heads/"))
        {
            found.insert(name.to_string(), oid);
        }
    }
    Ok(found)
}

/// The branch that drafts are merged into, while a draft is open.
pub(super) fn main_line(repo: &Repo) -> Option<String> {
    let branch = repo.branch()?;
    if !branch.starts_with(BRANCHES) {
        return None;
    }
    let is_there = |name: &String| !name.starts_with(BRANCHES) && head_of(repo, name).is_some();
    let noted = fs::read_to_string(private_folder(repo.root()).join(MAIN_LINE)).ok();
    let noted = noted.map(|noted| noted.trim().to_string()).filter(is_there);
    noted.or_else(|| {
        // somebody has gone to a draft with git itself: the only other branch, or the usual names
        let listed = repo.read(&["for-each-ref", "--format=%(refname:strip=2)", "refs/heads"]).ok()?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let others: Vec<&str> = listed.lines().filter(|name| !name.starts_with(BRANCHES)).collect();
        match others.as_slice() {
            [one] => Some(one.to_string()),
            several => ["main", "master"].into_iter().find(|name| several.contains(name)).map(str::to_string),
        }
    })
}

/// The branch of the plan itself, whether a draft is open or not.
pub(super) fn line(repo: &Repo) -> Option<String> {
    main_line(repo).or_else(|| repo.branch().filter(|branch| !branch.starts_with(BRANCHES)))
}
