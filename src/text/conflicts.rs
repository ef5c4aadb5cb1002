//! Two people who disagree, and what is chosen.

/// Sentences about open conflicts.
#[derive(Debug)]
pub struct Conflicts {
    pub none: &'static str,
    pub count: fn(count: usize) -> String,
    /// Place, ours, theirs.
    pub sentence: fn(place: &str, ours: &str, theirs: &str) -> String,
    pub opened: fn(id: &str) -> String,
    pub closed: fn(id: &str) -> String,
    // a card
    pub ours: &'static str,
    pub theirs: &'static str,
    pub base: &'static str,
    /// A side's label with who wrote it and when.
    pub side: fn(label: &str, who: &str, when: &str) -> String,
    pub how: fn(id: &str) -> String,
    pub nothing: &'static str,
    pub whole: &'static str,
    pub deleted: &'static str,
    pub stands: &'static str,
    pub other_version: &'static str,
    /// The remark in the log of a task: field, chosen, the other one, basis.
    pub entry: fn(field: &str, chosen: &str, other: &str, basis: &str) -> String,
    pub basis: fn(words: &str) -> String,
    // what cannot be done
    pub unknown: fn(id: &str) -> String,
    pub ambiguous: fn(id: &str) -> String,
    pub bad_value: fn(text: &str, expected: &str) -> String,
    pub whole_only: &'static str,
    pub unwritable: fn(file: &str) -> String,
    // merging files
    pub kept: fn(file: &str, count: usize) -> String,
    pub not_merged: fn(file: &str) -> String,
    // the screen
    pub title: &'static str,
    pub hint: &'static str,
    pub type_value: &'static str,
    pub type_basis: &'static str,
    pub status: fn(count: usize) -> String,
    pub mark: &'static str,
    pub label: &'static str,
}

pub(super) const ZH: Conflicts = Conflicts {
    none: "没有待定的分歧。",
    count: |count| format!("待定的分歧 {count} 处。"),
    sentence: |place, ours, theirs| format!("{place}：待定，“{ours}”还是“{theirs}”"),
    opened: |id| format!("分歧 {id} 待定"),
    closed: |id| format!("分歧 {id} 已定"),
    ours: "甲",
    theirs: "乙",
    base: "原来",
    side: |label, who, when| {
        format!("{label}（{}）", [who, when].iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join("，"))
    },
    how: |id| format!("选定：lianxi settle {id} ours（用甲）|theirs（用乙）|另写一个值 [--basis 依据]"),
    nothing: "空",
    whole: "整条",
    deleted: "删去",
    stands: "保留（如文件中）",
    other_version: "另一个版本",
    entry: |field, chosen, other, basis| format!("{field}有两种写法，选定“{chosen}”，不用“{other}”{basis}"),
    basis: |words| format!("；依据：{words}"),
    unknown: |id| format!("没有待定的分歧 {id}。lianxi conflicts 列出全部。"),
    ambiguous: |id| format!("{id} 开头的分歧不止一处，请把编号写全。"),
    bad_value: |text, expected| format!("“{text}”在这里不能用，要写 {expected}。"),
    whole_only: "这一处分歧是关于整条或整个文件的，只能选 ours 或 theirs。",
    unwritable: |file| format!("{file} 的写法不能就地改，请用文本编辑器改好，并删去 [[conflict]] 一段。"),
    kept: |file, count| format!("{file}：{count} 处两边写得不一样，已记在文件里待定；lianxi conflicts 查看。"),
    not_merged: |file| format!("{file}：两边的版本合不到一起，留下了我方的；对方的没有并入。"),
    title: "待定的分歧",
    hint: "Enter 选定   ↑↓ 选哪一个   ←→ 上一处、下一处   Esc 返回",
    type_value: "另写一个值",
    type_basis: "依据",
    status: |count| format!("分歧 {count}"),
    mark: " 分歧",
    label: "分歧",
};

pub(super) const EN: Conflicts = Conflicts {
    none: "No open conflicts.",
    count: |count| if count == 1 { "1 open conflict.".to_string() } else { format!("{count} open conflicts.") },
    sentence: |place, ours, theirs| format!("{place}: “{ours}” or “{theirs}”, to be settled"),
    opened: |id| format!("conflict {id} is open"),
    closed: |id| format!("conflict {id} is settled"),
    ours: "ours",
    theirs: "theirs",
    base: "before",
    side: |label, who, when| {
        format!("{label} ({})", [who, when].iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join(", "))
    },
    how: |id| format!("Settle it: lianxi settle {id} ours|theirs|VALUE [--basis TEXT]"),
    nothing: "nothing",
    whole: "the whole record",
    deleted: "deleted",
    stands: "kept (as in the file)",
    other_version: "another version",
    entry: |field, chosen, other, basis| format!("{field}: chose “{chosen}” over “{other}”{basis}"),
    basis: |words| format!("; basis: {words}"),
    unknown: |id| format!("No open conflict {id}. lianxi conflicts lists them."),
    ambiguous: |id| format!("More than one conflict begins with {id}; please write more of it."),
    bad_value: |text, expected| format!("“{text}” cannot stand here; write {expected}."),
    whole_only: "This conflict is about a whole record or file: choose ours or theirs.",
    unwritable: |file| {
        format!(
            "{file} is written in a way that cannot be edited in place; please edit it and remove its [[conflict]]."
        )
    },
    kept: |file, count| format!("{file}: {count} conflicts are kept in the file; lianxi conflicts shows them."),
    not_merged: |file| format!("{file}: the two versions cannot be merged; ours stays, theirs is not in it."),
    title: "Open conflicts",
    hint: "Enter settle   ↑↓ choose   ←→ other conflicts   Esc back",
    type_value: "Another value",
    type_basis: "Basis",
    status: |count| format!("conflicts {count}"),
    mark: " conflict",
    label: "conflict",
};
