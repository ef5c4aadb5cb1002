//! Sync, bundles and what may go wrong between two machines.

/// Sentences about sharing a plan.
#[derive(Debug)]
pub struct SyncWords {
    // commits
    pub merge_message: fn(place: &str) -> String,
    pub new_plan: fn(plan: &str) -> String,
    pub kept_files: &'static str,
    // what was done
    pub kept: fn(what: &str) -> String,
    pub would_keep: fn(what: &str) -> String,
    pub left: fn(count: usize) -> String,
    pub taken: fn(plan: &str, count: usize) -> String,
    pub would_take: fn(plan: &str, count: usize) -> String,
    pub more: fn(count: usize) -> String,
    pub others: fn(files: &str) -> String,
    pub drafts_in: fn(names: &str) -> String,
    pub drafts_out: fn(names: &str) -> String,
    pub conflicts: fn(count: usize) -> String,
    pub beside: fn(ours: &str, theirs: &str) -> String,
    pub created: fn(place: &str) -> String,
    pub sent: fn(place: &str, count: usize) -> String,
    pub would_send: fn(place: &str, count: usize) -> String,
    pub same: fn(place: &str) -> String,
    pub synced: fn(place: &str) -> String,
    pub offline: fn(place: &str) -> String,
    pub not_sent: fn(place: &str) -> String,
    pub looked: &'static str,
    pub took: fn(file: &str) -> String,
    pub nothing_new: fn(file: &str) -> String,
    pub bundle_part: fn(file: &str, count: usize) -> String,
    pub bundle_whole: fn(file: &str, count: usize) -> String,
    pub bundle_nothing: &'static str,
    pub not_a_bundle: fn(file: &str) -> String,
    // while it is done
    pub keeping: &'static str,
    pub fetching: fn(percent: Option<u8>) -> String,
    pub merging: &'static str,
    pub sending: fn(percent: Option<u8>) -> String,
    pub stop_hint: &'static str,
    pub took_changes: fn(count: usize) -> String,
    /// Between two sentences on one line.
    pub between: &'static str,
    // other git programs
    pub set_up: &'static str,
    pub set_up_chained: &'static str,
    pub set_up_elsewhere: &'static str,
    pub taken_out: &'static str,
    pub not_set_up: &'static str,
    // why not
    pub unfinished: fn(what: &str) -> String,
    pub detached: &'static str,
    pub busy: &'static str,
    pub no_remote: fn(known: &str) -> String,
    pub no_address: fn(text: &str) -> String,
    pub transport: fn(text: &str, name: &str) -> String,
    pub not_shared: fn(folder: &str) -> String,
    pub damaged: fn(list: &str) -> String,
    pub findings: fn(list: &str) -> String,
    pub outside_conflicts: fn(files: &str) -> String,
    pub in_the_way: fn(files: &str) -> String,
    pub occupied: fn(folder: &str) -> String,
    pub nothing_there: fn(place: &str) -> String,
    /// A workspace that was taken from a place: the folder, the place.
    pub started: fn(folder: &str, place: &str) -> String,
    pub sent_back: fn(files: &str) -> String,
    pub unrelated: &'static str,
    pub restless: &'static str,
    pub no_base: fn(missing: &str) -> String,
    pub no_repository: fn(message: &str) -> String,
    pub no_entry: fn(message: &str) -> String,
    pub unknown_host: fn(message: &str) -> String,
    pub silent: fn(seconds: u64) -> String,
    pub stopped: &'static str,
    pub in_use: &'static str,
    pub corrupt: fn(message: &str) -> String,
    pub disk_full: fn(message: &str) -> String,
}

pub(super) const ZH: SyncWords = SyncWords {
    merge_message: |place| format!("合并来自 {place} 的改动"),
    new_plan: |plan| format!("新增规划 {plan}"),
    kept_files: "更新规划文件",
    kept: |what| format!("本机的改动已记入历史：{what}"),
    would_keep: |what| format!("本机的改动将记入历史：{what}"),
    left: |count| format!("审阅退回的 {count} 处没有记入，仍留在本机文件里；改好或还原后再同步。"),
    taken: |plan, count| format!("{plan}：取回别人的改动 {count} 处"),
    would_take: |plan, count| format!("{plan}：将取回别人的改动 {count} 处"),
    more: |count| format!("……还有 {count} 处"),
    others: |files| format!("规划以外的文件也有更新：{files}"),
    drafts_in: |names| format!("送审稿有新情况：{names}（lianxi draft 列出）"),
    drafts_out: |names| format!("送审稿已送出：{names}"),
    conflicts: |count| {
        format!(
            "有 {count} 处两边改得不一样，暂照原来的写法，两种新写法都留着；lianxi conflicts 列出来，lianxi settle 选定。"
        )
    },
    beside: |ours, theirs| format!("{ours} 合不到一起：本机的留在原处，对方的放在 {theirs}"),
    created: |place| format!("已在 {place} 建好共用的版本库。"),
    sent: |place, count| format!("已送到 {place}：{count} 次提交。"),
    would_send: |place, count| format!("将送到 {place}：{count} 次提交。"),
    same: |place| format!("和 {place} 一样，没有要取的，也没有要送的。"),
    synced: |place| format!("已和 {place} 同步。"),
    offline: |place| format!("现在连不上 {place}。改动都已存在本机，下次同步时一起送出。"),
    not_sent: |place| {
        format!("对方的改动已取回；{place} 是有人正在用的工作文件夹，没有往里送。请对方来取，或换一个共用文件夹。")
    },
    looked: "只是看看，什么也没有改。",
    took: |file| format!("已取入 {file}。"),
    nothing_new: |file| format!("{file} 里的内容本机都有了，没有改动。"),
    bundle_part: |file, count| {
        format!(
            "已写入 {file}：上次之后的 {count} 次提交。对方用 lianxi bundle take 取入；对方若说接不上，用 --since none 做一个从头的。"
        )
    },
    bundle_whole: |file, count| format!("已写入 {file}：从头起的 {count} 次提交。对方用 lianxi bundle take 取入。"),
    bundle_nothing: "上次之后没有新的内容，没有写文件。要从头做一个，用 --since none。",
    not_a_bundle: |file| format!("{file} 不是 lianxi bundle make 做的包，或者没有传完整。没有改动。"),
    keeping: "同步：记下本机的改动…",
    fetching: |percent| match percent {
        Some(percent) => format!("同步：取回别人的改动 {percent}%"),
        None => "同步：正在连接…".to_string(),
    },
    merging: "同步：合并…",
    sending: |percent| match percent {
        Some(percent) => format!("同步：送出本机的改动 {percent}%"),
        None => "同步：送出本机的改动…".to_string(),
    },
    stop_hint: "Esc 停下",
    took_changes: |count| format!("取回别人的改动 {count} 处。"),
    between: "",
    set_up: "已装好：别的 git 程序合并规划时也逐项合并，提交前先检查。lianxi setup-git --undo 恢复原样。",
    set_up_chained: "原有的提交前检查照旧先运行。",
    set_up_elsewhere: "本机的钩子统一放在别处（core.hooksPath），没有往那里装提交前检查。",
    taken_out: "已恢复原样。",
    not_set_up: "没有装过，无可恢复。",
    unfinished: |what| format!("有人用别的程序开始了{what}，还没有做完。先在那里做完或放弃，再同步。没有改动。"),
    detached: "现在停在某个旧版本上，不在任何一条线上，不能同步。先用 git switch 回到主线（如 main）。没有改动。",
    busy: "另一个窗口正在同步，等它做完再来。没有改动。",
    no_remote: |known| match known {
        "" => {
            "还没有说和哪里同步。第一次要写明：lianxi sync <共用文件夹、优盘路径或服务器地址>，以后会记住。".to_string()
        }
        known => format!("有几个可以同步的地方，请写明一个：{known}。"),
    },
    no_address: |text| format!("“{text}”不是地方：可写文件夹、优盘路径、ssh 或 https 地址。"),
    transport: |text, name| {
        format!("“{text}”用的方式“{name}”会运行别的程序，不接受。可写文件夹、ssh:// 或 https:// 地址。")
    },
    not_shared: |folder| format!("{folder} 还没有共用的版本库。要在那里新建，请加 --create 再来一次。没有改动。"),
    damaged: |list| format!("有文件读不懂，没有同步，以免传给别人。先改好：\n{list}"),
    findings: |list| format!("合并后会违反规则，没有合并，一切照旧。先改好本机的这些地方，再同步：\n{list}"),
    outside_conflicts: |files| {
        format!("规划以外的文件两边都改了，合不起来：{files}。没有改动；请懂 git 的同事用 git merge 合好再同步。")
    },
    in_the_way: |files| format!("规划以外的文件有没提交的改动，会被盖掉：{files}。没有改动；先提交或移开它们。"),
    occupied: |folder| format!("{folder} 里已有东西。取来的规划要放在新的或空的文件夹里。没有改动。"),
    nothing_there: |place| format!("{place} 还没有规划。先在有规划的电脑上同步一次。没有改动。"),
    started: |folder, place| format!("已从 {place} 取来规划，放在 {folder}；以后 lianxi sync 就和那里同步。"),
    sent_back: |files| {
        format!(
            "审阅退回的改动还在 {files} 里，别人也改了同一文件，合不到一起。什么也没有丢；先改好重审（lianxi review accept）或还原（lianxi review revert），再同步。"
        )
    },
    unrelated: "两边的规划来历不同，没有共同的开头，不能合并。没有改动。请一方把整个文件夹复制给另一方，从同一份开始。",
    restless: "别人一直在送，没有排上。本机的改动都已记下，过一会儿再同步。",
    no_base: |missing| {
        format!(
            "这个包接在本机没有的版本（{missing}）后面，接不上。请对方重新做一个从头的包（lianxi bundle make 文件 --since none），或先补上中间的包。没有改动。"
        )
    },
    no_repository: |message| format!("那里没有版本库：{message}。没有改动；地址写对了吗？"),
    no_entry: |message| {
        format!(
            "进不去：{message}。改动都已存在本机；密钥、密码或写权限要先设好（ssh-add、git credential，或请管理员开权限）。"
        )
    },
    unknown_host: |message| {
        format!("还没有确认过这台服务器：{message}。先在终端里 ssh 登录它一次，核对指纹，再同步。没有改动。")
    },
    silent: |seconds| format!("对方 {seconds} 秒没有动静，已停下。改动都已存在本机，再来一次就接着做。"),
    stopped: "已停下。改动都在本机，再来一次就接着做。",
    in_use: "那是有人正在用的工作文件夹，不能往里送。换一个共用的文件夹。",
    corrupt: |message| format!("那里的数据坏了，没有采用：{message}。本机不受影响；从别的副本重建那里的版本库。"),
    disk_full: |message| format!("磁盘满了：{message}。本机原有的一切照旧；腾出空间再来一次就接着做。"),
};

pub(super) const EN: SyncWords = SyncWords {
    merge_message: |place| format!("Merge the changes from {place}"),
    new_plan: |plan| format!("New plan {plan}"),
    kept_files: "Update the plan's files",
    kept: |what| format!("Kept in the history: {what}"),
    would_keep: |what| format!("Would be kept in the history: {what}"),
    left: |count| {
        format!("{count} changes that were sent back were left out and stay in the files here; mend or revert them.")
    },
    taken: |plan, count| format!("{plan}: {count} changes by others"),
    would_take: |plan, count| format!("{plan}: {count} changes by others would come"),
    more: |count| format!("… and {count} more"),
    others: |files| format!("Files outside the plans changed too: {files}"),
    drafts_in: |names| format!("News of drafts: {names} (`lianxi draft` lists them)"),
    drafts_out: |names| format!("Drafts sent: {names}"),
    conflicts: |count| {
        format!(
            "{count} conflicts: the old value stands for now and both new ones are kept; `lianxi conflicts` lists them, `lianxi settle` chooses."
        )
    },
    beside: |ours, theirs| format!("{ours} could not be merged: ours stays, theirs is {theirs}"),
    created: |place| format!("Made a shared repository at {place}."),
    sent: |place, count| format!("Sent to {place}: {count} commits."),
    would_send: |place, count| format!("Would be sent to {place}: {count} commits."),
    same: |place| format!("The same as {place}; nothing to take, nothing to send."),
    synced: |place| format!("In sync with {place}."),
    offline: |place| format!("{place} cannot be reached now. Everything is kept here and goes with the next sync."),
    not_sent: |place| {
        format!(
            "Their changes are here; {place} is a folder that somebody works in, so nothing was sent. Let them fetch, or share through another folder."
        )
    },
    looked: "Only looked; nothing was changed.",
    took: |file| format!("Took in {file}."),
    nothing_new: |file| format!("Everything in {file} is here already; nothing changed."),
    bundle_part: |file, count| {
        format!(
            "Wrote {file}: {count} commits since the last one. They take it with `lianxi bundle take`; if it does not fit there, make a whole one with --since none."
        )
    },
    bundle_whole: |file, count| format!("Wrote {file}: all {count} commits. They take it with `lianxi bundle take`."),
    bundle_nothing: "Nothing new since the last one; no file was written. For a whole one, use --since none.",
    not_a_bundle: |file| format!("{file} is no bundle, or was not copied completely. Nothing changed."),
    keeping: "Sync: keeping what is here…",
    fetching: |percent| match percent {
        Some(percent) => format!("Sync: fetching {percent}%"),
        None => "Sync: connecting…".to_string(),
    },
    merging: "Sync: merging…",
    sending: |percent| match percent {
        Some(percent) => format!("Sync: sending {percent}%"),
        None => "Sync: sending…".to_string(),
    },
    stop_hint: "Esc stops",
    took_changes: |count| format!("{count} changes by others."),
    between: " ",
    set_up: "Set up: other git programs now merge plans field by field, and check before a commit. `lianxi setup-git --undo` restores what was there.",
    set_up_chained: " The hook that was there still runs first.",
    set_up_elsewhere: " Your hooks are kept elsewhere (core.hooksPath); no check was put there.",
    taken_out: "Restored what was there.",
    not_set_up: "Nothing was set up; nothing to restore.",
    unfinished: |what| {
        format!("A {what} was begun with another program. Finish or abort it there, then sync. Nothing changed.")
    },
    detached: "This is an old state and no branch, so it cannot be synced. Go back first (git switch main). Nothing changed.",
    busy: "Another window is syncing; wait for it. Nothing changed.",
    no_remote: |known| match known {
        "" => "Sync with what? Name it once: `lianxi sync FOLDER|STICK|ADDRESS`; it is remembered.".to_string(),
        known => format!("There are several places to sync with; name one: {known}."),
    },
    no_address: |text| format!("“{text}” is no place: write a folder, a stick's path, an ssh or https address."),
    transport: |text, name| {
        format!(
            "“{text}”: the transport “{name}” would run a program and is not accepted. Use a folder, ssh:// or https://."
        )
    },
    not_shared: |folder| {
        format!("{folder} has no shared repository yet. Add --create to make one there. Nothing changed.")
    },
    damaged: |list| format!("Some files cannot be understood and were not sent to others. Mend them first:\n{list}"),
    findings: |list| {
        format!("The merged plan would break rules, so nothing was merged. Mend these places here, then sync:\n{list}")
    },
    outside_conflicts: |files| {
        format!("Both sides changed files outside the plans: {files}. Nothing changed; merge them with git first.")
    },
    in_the_way: |files| {
        format!("Files outside the plans have uncommitted work: {files}. Nothing changed; commit or move them first.")
    },
    occupied: |folder| {
        format!("{folder} has something in it. A workspace is taken into a new or an empty folder. Nothing changed.")
    },
    nothing_there: |place| {
        format!("There is no plan at {place} yet. Sync there first from the machine that has it. Nothing changed.")
    },
    started: |folder, place| format!("Took the plan from {place} to {folder}; from now on lianxi sync goes there."),
    sent_back: |files| {
        format!(
            "Changes that were sent back are still in {files}, which others changed too. Nothing is lost; accept (`lianxi review accept`) or revert them (`lianxi review revert`), then sync."
        )
    },
    unrelated: "The two plans have no common beginning and cannot be merged. Nothing changed. Let one side copy the other's folder.",
    restless: "Others keep sending; our turn did not come. Everything is kept here; sync again in a while.",
    no_base: |missing| {
        format!(
            "The bundle builds on something that is not here ({missing}). Ask for a whole one (`lianxi bundle make FILE --since none`) or for the bundles between. Nothing changed."
        )
    },
    no_repository: |message| format!("There is no repository: {message}. Nothing changed; is the address right?"),
    no_entry: |message| {
        format!(
            "No way in: {message}. Everything is kept here; set up the key, the password or the permission first (ssh-add, git credential)."
        )
    },
    unknown_host: |message| {
        format!(
            "This server has not been confirmed yet: {message}. Log in once with ssh and compare the fingerprint. Nothing changed."
        )
    },
    silent: |seconds| {
        format!("Nothing heard for {seconds} seconds; stopped. Everything is kept here; sync again to go on.")
    },
    stopped: "Stopped. Everything is kept here; sync again to go on.",
    in_use: "That is a folder somebody works in; nothing can be sent there. Share through another folder.",
    corrupt: |message| {
        format!(
            "The data there is damaged and was not taken: {message}. Nothing here is affected; make that repository anew from a good copy."
        )
    },
    disk_full: |message| {
        format!("The disk is full: {message}. Everything here is as it was; make room and sync again to go on.")
    },
};
