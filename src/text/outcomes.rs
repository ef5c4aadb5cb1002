//! What was done.

/// Sentences for changes and outcomes.
#[derive(Debug)]
pub struct Outcomes {
    pub unchanged: &'static str,
    /// A change of a field: place, field, old, new.
    pub field: fn(place: &str, field: &str, old: &str, new: &str) -> String,
    pub field_status: &'static str,
    pub field_due: &'static str,
    pub field_original_due: &'static str,
    pub field_lead: &'static str,
    pub field_responsible: &'static str,
    pub field_role: &'static str,
    /// Departments that a list gained and lost; at least one of both is there.
    pub units: fn(place: &str, field: &str, come: Option<String>, gone: Option<String>) -> String,
    /// What a task has that sets no departments of its own.
    pub as_row: &'static str,
    pub entry_added: fn(place: &str, kind: &str, text: &str) -> String,
    pub entry_removed: fn(place: &str, kind: &str, text: &str) -> String,
    pub actual: fn(target: &str, year: i32, old: &str, new: &str) -> String,
    pub record_changed: fn(what: &str) -> String,
    /// Several changes in one step.
    pub and_more: fn(first: &str, count: usize) -> String,
    pub undone: fn(what: &str) -> String,
    pub redone: fn(what: &str) -> String,
    pub outside: fn(what: &str) -> String,
    pub understood: fn(wording: &str, date: &str) -> String,
    pub understood_open: fn(wording: &str) -> String,
    pub imported: fn(plan: &str, nodes: usize) -> String,
    pub created: fn(path: &str) -> String,
    pub sound: &'static str,
    pub findings: fn(count: usize) -> String,
}

pub(super) const ZH: Outcomes = Outcomes {
    unchanged: "本来就是这样，没有改动。",
    field: |place, field, old, new| format!("{place} {field} {old} → {new}"),
    field_status: "状态",
    field_due: "完成时限",
    field_original_due: "原定时限",
    field_lead: "牵头单位",
    field_responsible: "责任单位",
    field_role: "分工",
    units: |place, field, come, gone| {
        let parts = [come.map(|units| format!("增加{units}")), gone.map(|units| format!("减去{units}"))];
        format!("{place} {field} {}", parts.into_iter().flatten().collect::<Vec<_>>().join("，"))
    },
    as_row: "随本行",
    entry_added: |place, kind, text| format!("{place} 记{kind}：{text}"),
    entry_removed: |place, kind, text| format!("{place} 去掉{kind}：{text}"),
    actual: |target, year, old, new| format!("指标 {target} {year}年 {old} → {new}"),
    record_changed: |what| format!("{what} 有改动"),
    and_more: |first, count| format!("{first}（共 {count} 处）"),
    undone: |what| format!("已撤销：{what}"),
    redone: |what| format!("已重做：{what}"),
    outside: |what| format!("外部改动已读入：{what}"),
    understood: |wording, date| format!("“{wording}”理解为 {date}"),
    understood_open: |wording| format!("“{wording}”：不设具体日期"),
    imported: |plan, nodes| format!("已写入 plans/{plan}：{nodes} 段。"),
    created: |path| format!("已建好 {path}，并提交了第一版。"),
    sound: "没有发现问题。",
    findings: |count| format!("发现 {count} 处问题。"),
};

pub(super) const EN: Outcomes = Outcomes {
    unchanged: "It was that way already; nothing changed.",
    field: |place, field, old, new| format!("{place} {field}: {old} → {new}"),
    field_status: "status",
    field_due: "deadline",
    field_original_due: "original deadline",
    field_lead: "lead",
    field_responsible: "responsible",
    field_role: "role",
    units: |place, field, come, gone| {
        let parts = [come.map(|units| format!("+ {units}")), gone.map(|units| format!("− {units}"))];
        format!("{place} {field}: {}", parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    },
    as_row: "as its row",
    entry_added: |place, kind, text| format!("{place} {kind} added: {text}"),
    entry_removed: |place, kind, text| format!("{place} {kind} removed: {text}"),
    actual: |target, year, old, new| format!("target {target}, {year}: {old} → {new}"),
    record_changed: |what| format!("{what} changed"),
    and_more: |first, count| format!("{first} ({count} changes)"),
    undone: |what| format!("Undone: {what}"),
    redone: |what| format!("Redone: {what}"),
    outside: |what| format!("Changed outside: {what}"),
    understood: |wording, date| format!("“{wording}” is understood as {date}"),
    understood_open: |wording| format!("“{wording}”: no particular date"),
    imported: |plan, nodes| format!("Wrote plans/{plan}: {nodes} paragraphs."),
    created: |path| format!("Made {path} and committed the first version."),
    sound: "No findings.",
    findings: |count| format!("{count} findings."),
};
