//! Opinions of departments on clauses: what cannot be done to one, and what the list says.

/// Sentences of `opinion`.
#[derive(Debug)]
pub struct OpinionWords {
    pub unknown: fn(word: &str) -> String,
    pub ambiguous: fn(word: &str, candidates: &str) -> String,
    pub text_needed: fn(stance: &str) -> String,
    pub reason_needed: &'static str,
    pub unknown_act: fn(word: &str) -> String,
    pub unknown_stance: fn(word: &str) -> String,
    pub unit_needed: &'static str,
    /// How an opinion that nobody has decided about is listed.
    pub open: &'static str,
    pub none: &'static str,
    pub total: fn(all: usize, adopted: usize, declined: usize, open: usize) -> String,
}

pub(super) const ZH: OpinionWords = OpinionWords {
    unknown: |word| format!("没有意见“{word}”。lianxi opinion list 列出全部。"),
    ambiguous: |word, candidates| format!("“{word}”可以是：{candidates}。请写编号。"),
    text_needed: |stance| format!("“{stance}”要写明意见内容。没有改动。"),
    reason_needed: "不采纳要写理由（--reason）。没有改动。",
    unknown_act: |word| format!("没有“{word}”这一步。可用：add 记意见、list 列出、adopt 采纳、decline 不采纳。"),
    unknown_stance: |word| format!("没有意见类别“{word}”。可用：agree 同意、amend 修改建议、object 不同意。"),
    unit_needed: "没有写是哪个单位的意见（--unit）。",
    open: "待定",
    none: "还没有收到意见。",
    total: |all, adopted, declined, open| format!("共 {all} 条意见：采纳 {adopted}，未采纳 {declined}，待定 {open}。"),
};

pub(super) const EN: OpinionWords = OpinionWords {
    unknown: |word| format!("There is no opinion “{word}”. `lianxi opinion list` shows them."),
    ambiguous: |word, candidates| format!("“{word}” could be: {candidates}. Write its id."),
    text_needed: |stance| format!("“{stance}” needs words that say what is wanted. Nothing changed."),
    reason_needed: "Declining needs a reason (--reason). Nothing changed.",
    unknown_act: |word| format!("There is no “{word}” here. Write add, list, adopt or decline."),
    unknown_stance: |word| format!("There is no “{word}” among agree, amend and object."),
    unit_needed: "Which department says it? (--unit)",
    open: "open",
    none: "No opinions yet.",
    total: |all, adopted, declined, open| {
        format!("{all} opinions: {adopted} adopted, {declined} declined, {open} open.")
    },
};
