//! Drafts for approval 送审稿: what is done with them, how they stand, and what cannot be done.

/// Sentences about drafts.
#[derive(Debug)]
pub struct DraftWords {
    // how they stand
    pub open: &'static str,
    pub submitted: &'static str,
    pub approved: &'static str,
    pub returned: &'static str,
    /// Marks the one that is edited here.
    pub here: &'static str,
    pub none: &'static str,
    pub total: fn(all: usize, waiting: usize) -> String,
    pub changes: fn(count: usize) -> String,
    pub no_changes: &'static str,
    // what happened to them
    pub was_begun: &'static str,
    pub was_submitted: &'static str,
    pub was_approved: &'static str,
    pub was_returned: &'static str,
    /// `who, when: what`, a line of a draft's own history.
    pub event: fn(state: &str, by: &str, on: &str) -> String,
    pub said: fn(comment: &str) -> String,
    // the messages of commits
    pub commit_new: fn(name: &str) -> String,
    pub commit_submitted: fn(name: &str) -> String,
    pub commit_approved: fn(name: &str) -> String,
    pub commit_returned: fn(name: &str) -> String,
    pub commit_join: fn(name: &str) -> String,
    // what was done
    pub made: fn(name: &str, carried: usize) -> String,
    pub reopened: fn(name: &str) -> String,
    pub sent: fn(name: &str, line: &str) -> String,
    pub sent_before: fn(name: &str) -> String,
    pub left: fn(name: &str) -> String,
    pub passed: fn(name: &str, count: usize) -> String,
    pub sent_back: fn(name: &str) -> String,
    pub tell_others: &'static str,
    // on the screen
    pub status: fn(name: &str) -> String,
    pub title: &'static str,
    pub hint: &'static str,
    pub name_title: &'static str,
    pub name_prompt: &'static str,
    pub name_hint: &'static str,
    pub comment_title: fn(name: &str) -> String,
    pub comment_hint: &'static str,
    pub empty: &'static str,
    // why not
    pub no_name: &'static str,
    pub name_too_long: fn(most: usize) -> String,
    pub bad_name: fn(name: &str) -> String,
    pub unknown: fn(name: &str, known: &str) -> String,
    pub which: fn(known: &str) -> String,
    pub is_open: fn(name: &str) -> String,
    pub other_open: fn(name: &str) -> String,
    pub not_open: &'static str,
    pub not_submitted: fn(name: &str, state: &str) -> String,
    pub is_approved: fn(name: &str) -> String,
    pub nothing: fn(name: &str) -> String,
    pub comment_needed: &'static str,
    pub sent_back_inside: fn(count: usize) -> String,
    pub no_line: &'static str,
    pub in_the_way: fn(branch: &str) -> String,
    pub unknown_act: fn(word: &str) -> String,
}

pub(super) const ZH: DraftWords = DraftWords {
    open: "起草中",
    submitted: "待审定",
    approved: "已审定",
    returned: "已退回",
    here: "正在改",
    none: "还没有送审稿。lianxi draft new <名称> 起一份。",
    total: |all, waiting| format!("共 {all} 份送审稿，{waiting} 份待审定。"),
    changes: |count| format!("改动 {count} 处"),
    no_changes: "还没有改动",
    was_begun: "起草",
    was_submitted: "提请审定",
    was_approved: "审定通过",
    was_returned: "退回修改",
    event: |state, by, on| [on, state, by].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
    said: |comment| format!("意见：{comment}"),
    commit_new: |name| format!("送审稿“{name}”：起草"),
    commit_submitted: |name| format!("送审稿“{name}”：提请审定"),
    commit_approved: |name| format!("送审稿“{name}”：审定通过"),
    commit_returned: |name| format!("送审稿“{name}”：退回修改"),
    commit_join: |name| format!("并入审定的送审稿“{name}”"),
    made: |name, carried| {
        let carried = match carried {
            0 => String::new(),
            count => format!("还没提交的 {count} 处改动一并归入。"),
        };
        format!("已起送审稿“{name}”：此后的改动都归入它，审定前不进正式规划。{carried}")
    },
    reopened: |name| format!("接着改送审稿“{name}”：此后的改动都归入它。"),
    sent: |name, line| format!("送审稿“{name}”已提请审定；现在回到正式规划（{line}）。"),
    sent_before: |name| format!("送审稿“{name}”已经提请过，等着审定。"),
    left: |name| format!("送审稿“{name}”先放下，改动都留着；现在回到正式规划。"),
    passed: |name, count| format!("送审稿“{name}”审定通过，{count} 处改动并入正式规划。"),
    sent_back: |name| format!("送审稿“{name}”已退回修改。"),
    tell_others: "同步后别人就能看到。",
    status: |name| format!("送审稿：{name}"),
    title: "送审稿",
    hint: "Enter 看改动   n 新起   o 接着改   s 提请   y 审定   b 退回   l 放下   Esc 关",
    name_title: "新起送审稿",
    name_prompt: "名称",
    name_hint: "Enter 确定   Esc 不做了",
    comment_title: |name| format!("退回送审稿“{name}”：写明意见"),
    comment_hint: "Ctrl-S / F2 确定   Esc 不做了",
    empty: "还没有送审稿。按 n（或 F2）起一份：此后的改动都归入它，审定后才进正式规划。",
    no_name: "送审稿要有名称：lianxi draft new <名称>。",
    name_too_long: |most| format!("名称太长，最多 {most} 个字。"),
    bad_name: |name| format!("“{name}”不能作名称：至少要有一个字或数字。"),
    unknown: |name, known| match known {
        "" => format!("没有送审稿“{name}”。还没有送审稿。"),
        known => format!("没有送审稿“{name}”。现有：{known}。"),
    },
    which: |known| format!("没有写是哪一份送审稿。现有：{known}。"),
    is_open: |name| format!("送审稿“{name}”正开着，直接改就是。"),
    other_open: |name| {
        format!("送审稿“{name}”正开着。先提请（lianxi draft submit）或放下（lianxi draft leave），再来。没有改动。")
    },
    not_open: "现在没有开着的送审稿。",
    not_submitted: |name, state| format!("送审稿“{name}”{state}，没有提请，不能审定或退回。没有改动。"),
    is_approved: |name| format!("送审稿“{name}”已经审定，不能再动。没有改动。"),
    nothing: |name| format!("送审稿“{name}”和正式规划一样，没有可送审的。"),
    comment_needed: "退回要写明意见（--comment）。没有改动。",
    sent_back_inside: |count| {
        format!("还有 {count} 处改动被审阅退回，没有处理。先改好重审或还原（lianxi review），再来。没有改动。")
    },
    no_line: "找不到正式规划所在的线，没有改动。请懂 git 的同事用 git switch 回到主线（如 main）。",
    in_the_way: |branch| {
        format!("版本库里有一个名叫“{branch}”的分支，挡住了送审稿。请懂 git 的同事给它改名。没有改动。")
    },
    unknown_act: |word| {
        format!(
            "没有“{word}”这一步。可用：new 新起、open 接着改、leave 放下、submit 提请、approve 审定、return 退回、list 列出、show 看一份。"
        )
    },
};

pub(super) const EN: DraftWords = DraftWords {
    open: "open",
    submitted: "submitted",
    approved: "approved",
    returned: "returned",
    here: "open here",
    was_begun: "begun",
    was_submitted: "submitted",
    was_approved: "approved",
    was_returned: "returned",
    none: "No drafts yet. `lianxi draft new NAME` begins one.",
    total: |all, waiting| format!("{all} drafts, {waiting} waiting for approval."),
    changes: |count| format!("{count} changes"),
    no_changes: "no changes yet",
    event: |state, by, on| [on, state, by].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
    said: |comment| format!("Comment: {comment}"),
    commit_new: |name| format!("Draft “{name}”: begun"),
    commit_submitted: |name| format!("Draft “{name}”: submitted for approval"),
    commit_approved: |name| format!("Draft “{name}”: approved"),
    commit_returned: |name| format!("Draft “{name}”: returned"),
    commit_join: |name| format!("Take in the approved draft “{name}”"),
    made: |name, carried| {
        let carried = match carried {
            0 => String::new(),
            count => format!(" The {count} uncommitted changes belong to it too."),
        };
        format!("Began the draft “{name}”: what is changed from now on belongs to it and waits for approval.{carried}")
    },
    reopened: |name| format!("Going on with the draft “{name}”: what is changed from now on belongs to it."),
    sent: |name, line| format!("Submitted the draft “{name}” for approval; back in the plan itself ({line})."),
    sent_before: |name| format!("The draft “{name}” was submitted already and waits for approval."),
    left: |name| format!("Left the draft “{name}” as it is; back in the plan itself."),
    passed: |name, count| format!("Approved the draft “{name}”: {count} changes are in the plan now."),
    sent_back: |name| format!("Returned the draft “{name}”."),
    tell_others: "A sync shows it to the others.",
    status: |name| format!("draft: {name}"),
    title: "Drafts for approval",
    hint: "Enter its changes   n new   o go on   s submit   y approve   b return   l leave   Esc close",
    name_title: "A new draft",
    name_prompt: "Name",
    name_hint: "Enter begin   Esc leave it",
    comment_title: |name| format!("Return the draft “{name}”: say why"),
    comment_hint: "Ctrl-S / F2 do it   Esc leave it",
    empty: "No drafts yet. Press n (or F2) to begin one: what you change then waits for approval before it is in the plan.",
    no_name: "A draft needs a name: `lianxi draft new NAME`.",
    name_too_long: |most| format!("The name is too long: {most} characters at most."),
    bad_name: |name| format!("“{name}” cannot be a name: it needs a letter or a digit."),
    unknown: |name, known| match known {
        "" => format!("There is no draft “{name}”; there are none yet."),
        known => format!("There is no draft “{name}”. There are: {known}."),
    },
    which: |known| format!("Which draft? There are: {known}."),
    is_open: |name| format!("The draft “{name}” is open already; just go on."),
    other_open: |name| {
        format!(
            "The draft “{name}” is open. Submit it (`lianxi draft submit`) or leave it (`lianxi draft leave`) first. Nothing changed."
        )
    },
    not_open: "No draft is open.",
    not_submitted: |name, state| {
        format!(
            "The draft “{name}” is {state} and was not submitted; it cannot be approved or returned. Nothing changed."
        )
    },
    is_approved: |name| format!("The draft “{name}” is approved and stays as it is. Nothing changed."),
    nothing: |name| format!("The draft “{name}” is the same as the plan; there is nothing to submit."),
    comment_needed: "Say why it is returned (--comment). Nothing changed.",
    sent_back_inside: |count| {
        format!(
            "{count} changes were sent back in the review and wait for you. Accept or revert them first (`lianxi review`). Nothing changed."
        )
    },
    no_line: "The branch of the plan itself was not found. Go back to it first (git switch main). Nothing changed.",
    in_the_way: |branch| format!("A branch called “{branch}” is in the way of drafts; rename it. Nothing changed."),
    unknown_act: |word| {
        format!("There is no “{word}” here. Write new, open, leave, submit, approve, return, list or show.")
    },
};
