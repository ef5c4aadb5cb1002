//! Revisions, days and versions, and what git could not do.

use chrono::NaiveDate;

/// Sentences about states of the plan and the repository that keeps them.
#[derive(Debug)]
pub struct Past {
    // states
    pub working: &'static str,
    pub index: &'static str,
    pub last_commit: &'static str,
    pub end_of: fn(day: NaiveDate) -> String,
    // what git could not do
    pub no_repository: fn(path: &str) -> String,
    pub untrusted: fn(message: &str) -> String,
    pub no_commit: &'static str,
    pub unknown_revision: fn(text: &str) -> String,
    pub before_history: fn(day: NaiveDate) -> String,
    pub cut_off: fn(text: &str) -> String,
    pub corrupt: fn(object: &str, message: &str) -> String,
    pub object_too_large: fn(object: &str, megabytes: u64) -> String,
    pub unfinished: fn(what: &str) -> String,
    pub merge: &'static str,
    pub rebase: &'static str,
    pub cherry_pick: &'static str,
    pub revert: &'static str,
    pub bisect: &'static str,
    // opening and saving
    pub not_then: fn(plan: &str, state: &str) -> String,
    pub read_only: fn(state: &str) -> String,
}

pub(super) const ZH: Past = Past {
    working: "现在的文件",
    index: "已接受的内容",
    last_commit: "上次提交",
    end_of: |day| format!("{day} 当天"),
    no_repository: |path| format!("{path} 不在版本库里。lianxi init 新建一个，或到有版本库的文件夹里做。"),
    untrusted: |message| format!("这个版本库属于别人，git 不肯打开：{message}"),
    no_commit: "还没有提交过，没有以前的版本可看。",
    unknown_revision: |text| {
        format!("没有版本“{text}”。可写日期（2024-06-30）、版本名（lianxi versions 列出全部）或提交号。")
    },
    before_history: |day| format!("{day} 还没有记录：第一次提交在这以后。"),
    cut_off: |text| format!("“{text}”看不到：这个版本库只取了最近的历史。用 git fetch --unshallow 取全后再看。"),
    corrupt: |object, message| {
        format!("版本库里的 {object} 坏了，读不出来（{message}）。现在的文件不受影响；从别的副本取回版本库。")
    },
    object_too_large: |object, megabytes| format!("版本库里的 {object} 有 {megabytes} MB，太大，没有读。"),
    unfinished: |what| format!("有人用别的程序开始了{what}，还没有做完。先在那里做完或放弃，再来。没有改动。"),
    merge: "合并（git merge）",
    rebase: "变基（git rebase）",
    cherry_pick: "摘取（git cherry-pick）",
    revert: "回退（git revert）",
    bisect: "查找（git bisect）",
    not_then: |plan, state| format!("{state}还没有规划“{plan}”。"),
    read_only: |state| format!("正在看{state}的样子，只能看不能改。回到现在再改。"),
};

pub(super) const EN: Past = Past {
    working: "the files as they are",
    index: "what has been accepted",
    last_commit: "the last commit",
    end_of: |day| format!("the end of {day}"),
    no_repository: |path| {
        format!("{path} is in no repository. Make one with `lianxi init`, or go to a folder that has one.")
    },
    untrusted: |message| format!("The repository belongs to somebody else and git will not open it: {message}"),
    no_commit: "Nothing has been committed yet; there is no earlier state.",
    unknown_revision: |text| {
        format!(
            "No revision “{text}”. Write a date (2024-06-30), a version (`lianxi versions` lists them) or a commit."
        )
    },
    before_history: |day| format!("Nothing was recorded by {day}: the first commit is later."),
    cut_off: |text| {
        format!(
            "“{text}” cannot be seen: this repository has recent history only. `git fetch --unshallow` brings the rest."
        )
    },
    corrupt: |object, message| {
        format!(
            "{object} in the repository is corrupt ({message}). The files are not affected; fetch the repository from another copy."
        )
    },
    object_too_large: |object, megabytes| format!("{object} in the repository has {megabytes} MB; it was not read."),
    unfinished: |what| {
        format!(
            "A {what} was begun with another program and is not finished. Finish or abort it there first. Nothing changed."
        )
    },
    merge: "merge",
    rebase: "rebase",
    cherry_pick: "cherry-pick",
    revert: "git revert",
    bisect: "bisect",
    not_then: |plan, state| format!("There was no plan “{plan}” in {state}."),
    read_only: |state| {
        format!("This is {state}, which can only be looked at. Go back to the present to change something.")
    },
};
