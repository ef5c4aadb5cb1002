//! Drafts for approval between desks: made at one, approved or returned at another, cut off anywhere.

use super::office::{Office, PLAN};
use crate::desk::Run;
use std::fs;

const NAME: &str = "中期调整";
const DUE: &str = "三（二）4 完成时限 — → 2025-12-31";

/// What the shared place has of a file on the branch of the plan itself.
fn shared(office: &Office, file: &str) -> String {
    let line = office.git("甲", &["symbolic-ref", "-q", "--short", "refs/remotes/origin/HEAD"]);
    let line = line.trim().trim_start_matches("origin/").to_string();
    office.git("共用", &["show", &format!("{line}:plans/{PLAN}/{file}")])
}

fn office() -> Office {
    let office = Office::with(&["乙"]);
    let line = office.git("甲", &["branch", "--show-current"]);
    let origin = format!("refs/remotes/origin/{}", line.trim());
    office.git("甲", &["symbolic-ref", "refs/remotes/origin/HEAD", &origin]);
    office
}

fn json(office: &Office, desk: &str, args: &[&str]) -> serde_json::Value {
    let run = office.run(desk, &[args, &["--json"]].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// `state by` of the draft at a desk.
fn stands(office: &Office, desk: &str) -> String {
    let found = json(office, desk, &["draft", "list"]);
    let one = &found.as_array().expect("a list")[0];
    format!("{} {}", one["state"].as_str().unwrap_or("?"), one["by"].as_str().unwrap_or("-"))
}

fn due(office: &Office, desk: &str) -> String {
    json(office, desk, &["show", "3.2.4"])["state"]["due"].as_str().unwrap_or("-").to_string()
}

/// A draft of one change, submitted at 甲.
fn submitted() -> Office {
    let office = office();
    office.done("甲", &["draft", "new", NAME]);
    office.done("甲", &["deadline", "3.2.4", "2025-12-31"]);
    office.done("甲", &["draft", "submit"]);
    office
}

#[test]
fn a_draft_is_made_at_one_desk_returned_and_approved_at_another() {
    let office = office();
    office.done("甲", &["mark", "3.2.4", "doing"]);
    let run = office.done("甲", &["draft", "new", NAME]);
    assert!(run.talk.contains("1 处改动一并归入"), "{run:?}");
    office.done("甲", &["deadline", "3.2.4", "2025-12-31"]);
    // a sync while it is open sends the draft and nothing of it into the plan itself
    office.done("甲", &["sync"]);
    assert!(!shared(&office, "tasks/3.2.toml").contains("2025-12-31"));
    assert!(!shared(&office, "tasks/3.2.toml").contains("= \"doing\""));
    office.done("乙", &["sync"]);
    assert_eq!(stands(&office, "乙"), "open 甲");
    assert_eq!(due(&office, "乙"), "-");
    office.ends("乙", &["draft", "approve", NAME], 1);
    let run = office.done("甲", &["draft", "submit"]);
    assert!(run.talk.contains("已提请审定"), "{run:?}");
    assert_eq!(due(&office, "甲"), "-", "the plan itself is in the files again");
    office.is_tidy("甲");
    office.done("甲", &["sync"]);
    assert!(!shared(&office, "tasks/3.2.toml").contains("2025-12-31"));
    office.done("乙", &["sync"]);
    assert_eq!(stands(&office, "乙"), "submitted 甲");
    let show = office.done("乙", &["draft", "show", NAME]).out;
    assert!(show.contains(DUE) && show.contains("三（二）4 状态 未启动 → 推进中"), "{show}");
    // returned, with a comment of two lines that the clerk reads
    let comment = "12月底太晚\n请改为9月底";
    office.ends("乙", &["draft", "return", NAME], 2);
    office.done("乙", &["draft", "return", NAME, "--comment", comment]);
    office.done("乙", &["sync"]);
    let run = office.done("甲", &["sync"]);
    assert!(run.talk.contains("送审稿有新情况：中期调整"), "{run:?}");
    assert_eq!(stands(&office, "甲"), "returned 乙");
    assert_eq!(json(&office, "甲", &["draft"])[0]["comment"], comment);
    let run = office.done("甲", &["draft", "new", NAME]);
    assert!(run.talk.contains("接着改") && run.talk.contains("请改为9月底"), "{run:?}");
    assert_eq!(json(&office, "甲", &["draft"])[0]["comment"], comment, "until it is submitted again");
    office.done("甲", &["deadline", "3.2.4", "2025-09-30"]);
    office.done("甲", &["draft", "submit", NAME]);
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    // approved beside pending work at the director's desk
    office.done("乙", &["mark", "3.1.2", "doing"]);
    let run = office.done("乙", &["draft", "approve", NAME]);
    assert!(run.talk.contains("2 处改动并入正式规划"), "{run:?}");
    assert_eq!(due(&office, "乙"), "2025-09-30");
    office.ends("乙", &["draft", "approve", NAME], 1);
    office.done("乙", &["sync"]);
    office.done("甲", &["sync"]);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
    assert_eq!(stands(&office, "甲"), "approved 乙");
    assert!(shared(&office, "tasks/3.2.toml").contains("2025-09-30"));
    let found = json(&office, "甲", &["draft", "show", NAME]);
    let events: Vec<&str> =
        found["events"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(events, ["open", "submitted", "returned", "open", "submitted", "approved"]);
    assert_eq!(found["changes"], 2, "{found:#}");
    assert_eq!(found["on"], "2025-06-10");
    let log = office.git("甲", &["log", "-1", "--format=%s%n%an"]);
    assert_eq!(log, "并入审定的送审稿“中期调整”\n乙\n");
    // a second round of the same name
    office.done("甲", &["draft", "new", NAME]);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    office.done("甲", &["draft", "submit"]);
    office.done("甲", &["draft", "approve", NAME]);
    assert_eq!(json(&office, "甲", &["draft"])[0]["changes"], 1);
}

#[test]
fn what_both_the_plan_and_a_draft_changed_is_a_conflict() {
    let office = submitted();
    office.done("甲", &["deadline", "3.2.4", "2025-11-30"]);
    let run = office.ends("甲", &["draft", "approve", NAME], 4);
    assert!(run.talk.contains("有 1 处两边改得不一样"), "{run:?}");
    assert_eq!(stands(&office, "甲"), "approved 甲");
    let conflicts = json(&office, "甲", &["conflicts"]);
    assert_eq!(conflicts.as_array().unwrap().len(), 1, "{conflicts:#}");
    let id = conflicts[0]["id"].as_str().unwrap();
    office.done("甲", &["settle", id, "theirs"]);
    assert_eq!(due(&office, "甲"), "2025-12-31");
}

#[test]
fn a_draft_that_would_break_a_rule_is_not_taken_in() {
    let office = office();
    let units = office.text("甲", "units.toml");
    let more = format!("{units}\n[[unit]]\nname = \"市试验局\"\nfull = \"市试验局\"\ngroup = \"government\"\n");
    fs::write(office.file("甲", "units.toml"), more).expect("a department");
    office.done("甲", &["commit"]);
    office.done("甲", &["draft", "new", NAME]);
    office.done("甲", &["assign", "3.1.2", "--add", "市试验局"]);
    office.done("甲", &["draft", "submit"]);
    fs::write(office.file("甲", "units.toml"), units).expect("it is no more");
    office.done("甲", &["commit"]);
    let before = office.git("甲", &["for-each-ref", "refs/heads"]);
    let run = office.ends("甲", &["draft", "approve", NAME], 3);
    assert!(run.talk.contains("合并后会违反规则") && run.talk.contains("市试验局"), "{run:?}");
    assert_eq!(office.git("甲", &["for-each-ref", "refs/heads"]), before);
    assert_eq!(stands(&office, "甲"), "submitted 甲");
    office.is_tidy("甲");
}

#[test]
fn what_cannot_be_done_is_said() {
    let office = office();
    let says = |run: &Run, words: &str| assert!(run.talk.contains(words), "{words}: {run:?}");
    says(&office.ends("甲", &["draft", "new", "/ ~^"], 2), "不能作名称");
    says(&office.ends("甲", &["draft", "new", " "], 2), "要有名称");
    says(&office.ends("甲", &["draft", "new", &"长".repeat(61)], 2), "名称太长");
    says(&office.ends("甲", &["draft", "submit"], 2), "还没有送审稿");
    says(&office.ends("甲", &["draft", "leave"], 1), "没有开着的送审稿");
    says(&office.ends("甲", &["draft", "approve", "无"], 1), "没有送审稿“无”");
    says(&office.ends("甲", &["draft", "送"], 2), "没有“送”这一步");
    office.done("甲", &["draft", "new", "关于 2025/要点~草案"]);
    assert_eq!(office.git("甲", &["branch", "--show-current"]).trim(), "draft/关于-2025-要点-草案");
    assert_eq!(json(&office, "甲", &["draft"])[0]["name"], "关于 2025/要点~草案");
    says(&office.ends("甲", &["draft", "new", "关于 2025/要点~草案"], 1), "正开着");
    says(&office.ends("甲", &["draft", "new", "另一份"], 1), "正开着");
    says(&office.ends("甲", &["draft", "submit"], 1), "没有可送审的");
    office.done("甲", &["mark", "3.1.2", "doing"]);
    // what a review sent back would go along
    office.done("甲", &["review", "return", "all", "--comment", "再核"]);
    says(&office.ends("甲", &["draft", "submit"], 1), "1 处改动被审阅退回");
    office.done("甲", &["review", "accept", "all"]);
    office.done("甲", &["draft", "leave"]);
    assert_eq!(office.git("甲", &["status", "--porcelain"]), "");
    says(&office.ends("甲", &["draft", "return", "关于", "--comment", "早了"], 1), "没有提请");
    // somebody is in the middle of something with another program
    let head = office.git("甲", &["rev-parse", "HEAD"]);
    let merge = office.at("甲").join(".git/MERGE_HEAD");
    fs::write(&merge, &head).expect("written");
    says(&office.ends("甲", &["draft", "open", "关于"], 1), "合并");
    fs::remove_file(&merge).expect("there");
    office.git("甲", &["checkout", "-q", "--detach"]);
    says(&office.ends("甲", &["draft", "new", "三"], 1), "某个旧版本");
    office.git("甲", &["checkout", "-q", "-"]);
    // a branch of git's own in the way of the names
    office.git("乙", &["branch", "draft"]);
    says(&office.ends("乙", &["draft", "new", "三"], 1), "名叫“draft”的分支");
    // nothing has been committed yet
    fs::create_dir(office.at("新")).expect("a folder");
    fs::create_dir_all(office.at("新").join("plans").join(PLAN)).expect("a folder");
    for file in fs::read_dir(office.file("甲", "")).expect("files").flatten().filter(|file| file.path().is_file()) {
        fs::copy(file.path(), office.file("新", &file.file_name().to_string_lossy())).expect("a copy");
    }
    office.git("新", &["init", "-q"]);
    says(&office.ends("新", &["draft", "new", "三"], 1), "还没有提交过");
}

#[test]
fn git_can_go_to_a_draft_and_back() {
    let office = submitted();
    office.git("甲", &["checkout", "-q", &format!("draft/{NAME}")]);
    fs::remove_file(office.at("甲").join(".git/lianxi/main-line")).expect("there");
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["sync"]);
    assert!(!shared(&office, "tasks/3.1.toml").contains("= \"doing\""));
    office.done("甲", &["draft", "submit"]);
    assert!(!office.git("甲", &["branch", "--show-current"]).contains("draft"));
}

#[test]
fn a_bundle_carries_drafts_and_what_was_decided() {
    let office = submitted();
    office.done("甲", &["bundle", "make", "../一.bundle"]);
    office.done("乙", &["bundle", "take", "../一.bundle"]);
    assert_eq!(stands(&office, "乙"), "submitted 甲");
    office.done("乙", &["draft", "approve", NAME]);
    office.done("乙", &["bundle", "make", "../二.bundle"]);
    // a draft of one's own is open meanwhile
    office.done("甲", &["draft", "new", "别的"]);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    office.done("甲", &["bundle", "take", "../二.bundle"]);
    assert_eq!(office.git("甲", &["branch", "--show-current"]).trim(), "draft/别的");
    office.done("甲", &["draft", "leave"]);
    assert_eq!(due(&office, "甲"), "2025-12-31");
    let states = json(&office, "甲", &["draft"]);
    assert_eq!(states[1]["state"], "approved", "{states:#}");
    office.is_tidy("甲");
}

/// Runs a verb and kills the program at its nth call of git, before or after that call; whether it got that far.
#[cfg(unix)]
fn killed_at(office: &Office, desk: &str, args: &[&str], nth: usize, after: bool) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let folder = office.at("刀");
    fs::create_dir_all(&folder).expect("a folder");
    let real = std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let real = real.map(|folder| folder.join("git")).find(|path| path.is_file()).expect("git is there");
    let (count, real) = (folder.join("count"), real.display().to_string());
    fs::write(&count, "0").expect("written");
    let run = format!("'{real}' \"$@\"");
    let body = if after { format!("{run}; kill -9 $PPID; exit 1") } else { "kill -9 $PPID; exit 1".to_string() };
    let count = count.display();
    let script = format!(
        "#!/bin/sh\nn=$(cat '{count}'); n=$((n+1)); echo $n > '{count}'\nif [ $n -eq {nth} ]; then {body}; fi\nexec {run}\n"
    );
    let knife = folder.join("git");
    fs::write(&knife, script).expect("written");
    fs::set_permissions(&knife, fs::Permissions::from_mode(0o755)).expect("its own file");
    let mut paths = vec![folder];
    paths.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let mut command = office.command(desk, args);
    command.env("PATH", std::env::join_paths(paths).expect("a path"));
    let status = command.output().expect("it runs").status;
    status.code().is_none()
}

/// Cuts a step off at every call of git; done again, it comes to the same.
#[cfg(unix)]
fn survives(make: impl Fn() -> Office, args: &[&str], again: &[&[&str]], holds: impl Fn(&Office)) {
    let mut cuts = 0;
    for after in [false, true] {
        // a fresh office costs more than the step: one is cut again and again until the step gets through
        let office = make();
        for nth in 1.. {
            if !killed_at(&office, "甲", args, nth, after) {
                break;
            }
            cuts += 1;
            assert!(nth < 200, "it ends");
        }
        again.iter().for_each(|args| drop(office.run("甲", args)));
        holds(&office);
        office.is_tidy("甲");
    }
    assert!(cuts > 10, "{cuts}");
}

#[cfg(unix)]
#[test]
fn beginning_and_submitting_can_be_cut_off_anywhere() {
    let begun = || {
        let office = office();
        office.done("甲", &["deadline", "3.2.4", "2025-12-31"]);
        office
    };
    survives(begun, &["draft", "new", NAME], &[&["draft", "new", NAME], &["draft", "submit", NAME]], |office| {
        assert_eq!(stands(office, "甲"), "submitted 甲");
        // cut off before the draft was open and begun again, the deadline is either the draft's or the plan's, and not lost
        let drafted = office.done("甲", &["draft", "show", NAME]).out.contains(DUE);
        assert!(drafted != (due(office, "甲") == "2025-12-31"), "{drafted}");
    });
    let open = || {
        let office = begun();
        office.done("甲", &["draft", "new", NAME]);
        office
    };
    survives(open, &["draft", "submit"], &[&["draft", "submit", NAME]], |office| {
        assert_eq!(stands(office, "甲"), "submitted 甲");
        assert!(office.done("甲", &["draft", "show", NAME]).out.contains(DUE));
        assert_eq!(due(office, "甲"), "-");
        assert!(!office.git("甲", &["branch", "--show-current"]).contains("draft"));
    });
}

#[cfg(unix)]
#[test]
fn opening_approving_and_returning_can_be_cut_off_anywhere() {
    survives(submitted, &["draft", "open", NAME], &[&["draft", "open", NAME]], |office| {
        assert_eq!(stands(office, "甲"), "open 甲");
        assert_eq!(due(office, "甲"), "2025-12-31");
        office.done("甲", &["draft", "submit"]);
        assert_eq!(due(office, "甲"), "-");
    });
    survives(submitted, &["draft", "approve", NAME], &[&["draft", "approve", NAME]], |office| {
        assert_eq!(stands(office, "甲"), "approved 甲");
        assert_eq!(due(office, "甲"), "2025-12-31");
        let joined = office.git("甲", &["log", "--format=%s", "--merges"]);
        assert_eq!(joined.lines().count(), 1, "{joined}");
    });
    let no = ["draft", "return", NAME, "--comment", "再核"];
    survives(submitted, &no, &[&no], |office| {
        assert_eq!(stands(office, "甲"), "returned 甲");
        assert_eq!(due(office, "甲"), "-");
    });
}

#[cfg(unix)]
#[test]
fn whoever_opens_the_plan_finishes_a_landing_that_was_cut_off() {
    for verb in [&["commit"][..], &["review"], &["draft", "new", "新稿"], &["mark", "3.1.3", "doing"]] {
        let office = office();
        office.done("乙", &["mark", "3.1.2", "doing"]);
        office.done("乙", &["sync"]);
        let mut cuts = 0;
        for nth in 1..200 {
            // cut off where the files have come and the branch has not
            let was_cut = killed_at(&office, "甲", &["sync"], nth, false);
            if office.at("甲").join(".git/lianxi/landing").exists() {
                cuts += 1;
                office.run("甲", verb);
                let said = office.git("甲", &["log", "--format=%an %s", "-1", "--", "plans"]);
                assert_eq!(said, "乙 三（一）2 状态 未启动 → 推进中\n", "{verb:?}");
                assert!(!office.at("甲").join(".git/lianxi/landing").exists(), "{verb:?}");
                break;
            }
            assert!(was_cut, "the sync got through without a note");
        }
        assert_eq!(cuts, 1);
    }
}
